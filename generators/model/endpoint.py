"""Where the model is and by what name and key: from the environment, then from the settings.

The key is in no settings file and in no `repr`, so it is in no log and no error either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from content.errors import BadSettings
from content.model import Price, WriterSettings

URL, MODEL, KEY = "DECKPRISM_WRITER_URL", "DECKPRISM_WRITER_MODEL", "DECKPRISM_WRITER_KEY"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service and what may be spent there."""

    url: str
    host: str
    model: str
    limits: WriterSettings
    #: The machine itself: no proxy stands in between.
    local: bool
    price: Price | None
    key: str = field(default="", repr=False)


def endpoint(settings: WriterSettings, environment: Mapping[str, str]) -> Endpoint:
    """The service to use. Raises BadSettings when its address or model is missing, or cannot be used safely."""
    url = (environment.get(URL, "") or settings.url).strip().rstrip("/")
    model = (environment.get(MODEL, "") or settings.model).strip()
    for value, name, key in ((url, URL, "url"), (model, MODEL, "model")):
        if not value:
            raise BadSettings("the model as writer", f"has no {key}", f"Set {name}, or {key} under [writer]")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _bad("is not a web address", "Write it as https://host/v1") from None
    if parts.scheme not in {"http", "https"} or not host or not url.isprintable() or " " in url:
        raise _bad("is not a web address", "Write it as https://host/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _bad("holds more than host and path", f"Put the key in {KEY}")
    local = _loopback(host)
    if parts.scheme == "http" and not local and not settings.plain_http:
        raise _bad("is not encrypted and leads to another machine",
                   "Use https://, or set plain_http = true under [writer] where the network is yours")
    key = environment.get(KEY, "").strip()
    if not key.isascii() or not key.isprintable():
        raise BadSettings(KEY, "holds a character that no key has", "Copy it again")
    price = settings.prices.get(model)
    if settings.max_cost is not None and price is None:
        raise BadSettings("[writer] max_cost", "cannot be kept without a price for the model that is used",
                          f'Add [writer.prices."{model}"] with input and output for a million tokens')
    return Endpoint(url, host, model, settings, local, price, key)


def _bad(what: str, todo: str) -> BadSettings:
    """Without the address: somebody may have put a key into it."""
    return BadSettings("the address of the model as writer", what, todo)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
