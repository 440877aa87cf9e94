"""deckprism.toml: who speaks (the profile) and what is allowed (the policy). Sensible without a file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from content.decision import Policy
from content.errors import BadSettings
from content.frozen import Frozen


class Author(Frozen):
    """Somebody who is named as the author of pieces: a credit, never a finding."""

    name: str
    bio: str = ""


class Team(Frozen):
    """Who answers for a subject, as the heads-up and the plan name them."""

    name: str
    handles: str = ""
    contact: str = ""


class Profile(Frozen):
    """The company's own side of every piece. Everything has a default that says nothing untrue."""

    company: str = ""
    own_names: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    goals: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    teams: tuple[Team, ...] = ()
    fallbacks: tuple[str, ...] = ()
    banned_words: tuple[str, ...] = ()
    call_to_action: str = ""
    site: str = ""
    handles: dict[str, str] = {}
    hashtags: tuple[str, ...] = ()
    campaign: str = ""
    licence: str = ""
    event: str = ""
    language: str = ""
    #: Palette of the cards, background and text, as #RRGGBB.
    palette: tuple[str, str] = ("#A8432A", "#FFF7ED")
    platforms: tuple[str, ...] = (
        "x", "linkedin", "bluesky", "mastodon", "threads", "facebook", "instagram", "internal")
    #: ISO date of the first Monday of the plan; without it the plan speaks of week 1, week 2.
    start: str = ""
    #: Respellings for speech: "Kubernetes" = "koo-ber-net-eez".
    lexicon: dict[str, str] = {}
    #: Length of the episode in minutes, a ceiling.
    minutes: int = Field(default=12, ge=1, le=120)
    voice: str = ""


class Settings(Frozen):
    """The whole configuration of a run."""

    profile: Profile = Profile()
    policy: Policy = Policy()


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
        raise BadSettings(f"{path}, {key}", first["msg"][:1].lower() + first["msg"][1:],
                          "Mend that key or run deckprism init for a fresh file") from None
