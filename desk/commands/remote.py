"""The way out at a desk elsewhere: one request to its API, with a token's rights. The desk judges, not this side."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from content.errors import Fault, InputError

_PATIENCE = 120.0


def token_from(file: Path | None) -> str:
    """The token: the first line of a file, or DECKPRISM_TOKEN. Raises InputError when there is none.

    It is never an argument itself, where other users of the machine could read it.
    """
    if file is None:
        token = os.environ.get("DECKPRISM_TOKEN", "")
        if not token:
            raise InputError("DECKPRISM_TOKEN", "is not set", "Make a token on your page at the desk and put it there")
        return token
    try:
        token = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError):
        raise InputError(f"--token-file {file.name}", "cannot be read", "Check the path and its permissions") from None
    if not token or not token.isascii() or not token.isprintable():
        raise InputError(f"--token-file {file.name}", "holds no token", "Put the token on its first line")
    return token


def ask(desk: str, token: str, identity: str, step: str, body: Mapping[str, str]) -> dict[str, object]:
    """Have a desk take a step (approve, release, withdraw, reject, reopen) on a submission; returns what it answered.

    Raises InputError with the desk's own words when it refuses, Fault when it cannot be reached or fails.
    """
    import httpx

    address = urlsplit(desk)
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise InputError(f"--desk {desk}", "is not an address", "Write it as https://desk.example")
    try:
        answer = httpx.post(f"{desk.rstrip('/')}/api/v1/submissions/{quote(identity, safe='')}/{step}", json=dict(body),
                            timeout=_PATIENCE, headers={"Authorization": f"Bearer {token}"})
    except httpx.HTTPError as error:
        raise Fault(desk, f"cannot be reached ({type(error).__name__})",
                    "Check the address, and whether it runs") from None
    try:
        found = answer.json()
    except ValueError:
        found = {}
    told: dict[str, object] = found if isinstance(found, dict) else {}
    if answer.status_code == 200 and told:
        return told
    said = told.get("detail")
    detail = said.rstrip(".") if isinstance(said, str) and said else f"answered {answer.status_code}"
    if answer.status_code >= 500:
        raise Fault(desk, detail, "Look at what the desk printed")
    raise InputError(desk, detail, "" if isinstance(said, str) and said else "Check the address and the id")
