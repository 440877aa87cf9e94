"""deckprism.toml: who speaks (the profile) and what is allowed (the policy). Sensible without a file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from content.decision import Policy
from content.errors import BadSettings
from content.frozen import Frozen


def _one_line(value: object) -> object:
    """Text as one line without control characters: a line break would end a calendar entry or a front matter field."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _web_address(value: object) -> object:
    if isinstance(value, str) and value and not value.startswith(("https://", "http://")):
        raise ValueError("must begin with https://")
    return value


#: A piece of the profile: it is printed in the midst of other text, so it is one line.
Line = Annotated[str, BeforeValidator(_one_line)]


class Author(Frozen):
    """Somebody who is named as the author of pieces: a credit, never a finding."""

    name: Line
    bio: Line = ""


class Team(Frozen):
    """Who answers for a subject, as the heads-up and the plan name them."""

    name: Line
    handles: Line = ""
    contact: Line = ""


class Profile(Frozen):
    """The company's own side of every piece. Everything has a default that says nothing untrue."""

    company: Line = ""
    own_names: tuple[Line, ...] = ()
    authors: tuple[Author, ...] = ()
    goals: tuple[Line, ...] = ()
    audiences: tuple[Line, ...] = ()
    promises: tuple[Line, ...] = ()
    teams: tuple[Team, ...] = ()
    fallbacks: tuple[Line, ...] = ()
    banned_words: tuple[Line, ...] = ()
    call_to_action: Line = ""
    site: Annotated[Line, BeforeValidator(_web_address)] = ""
    handles: dict[Line, Line] = {}
    hashtags: tuple[Line, ...] = ()
    campaign: Line = ""
    licence: Line = ""
    event: Line = ""
    language: Line = ""
    #: Palette of the cards, background and text, as #RRGGBB.
    palette: tuple[str, str] = ("#A8432A", "#FFF7ED")
    platforms: tuple[Line, ...] = (
        "x", "linkedin", "bluesky", "mastodon", "threads", "facebook", "instagram", "internal")
    #: ISO date of the first Monday of the plan; without it the plan speaks of week 1, week 2.
    start: Line = ""
    #: Respellings for speech: "Kubernetes" = "koo-ber-net-eez".
    lexicon: dict[Line, Line] = {}
    #: Length of the episode in minutes, a ceiling.
    minutes: int = Field(default=12, ge=1, le=120)
    voice: Line = ""


class Notices(Frozen):
    """How people are told of what happens at the desk; off until a mail server or a webhook is named.

    User, password and secret are not here: they come from the environment.
    """

    smtp_host: Line = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_from: Line = "deckprism@localhost"
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    #: Addresses that get every mail, besides those whose turn it is.
    to: tuple[Line, ...] = ()
    webhook: Annotated[Line, BeforeValidator(_web_address)] = ""
    #: Under which address browsers reach the desk, for the links.
    address: Annotated[Line, BeforeValidator(_web_address)] = ""
    #: Events that are told; empty means all.
    events: tuple[Line, ...] = ()


class Settings(Frozen):
    """The whole configuration of a run."""

    profile: Profile = Profile()
    policy: Policy = Policy()
    notices: Notices = Notices()


def load_settings(path: Path | None) -> Settings:
    """Read deckprism.toml, or return the defaults when `path` is None.

    Raises BadSettings naming the first key that is wrong.
    """
    if path is None:
        return Settings()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(str(path), f"cannot be read ({error.strerror})", "Check the path given to --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(str(path), f"is not valid TOML ({error})", "Mend that line or run deckprism init") from None
    try:
        return Settings.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(piece) for piece in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{path}, {key}", message[:1].lower() + message[1:],
                          "Mend that key or run deckprism init for a fresh file") from None
