"""deckprism.toml: who speaks (the profile) and what is allowed (the policy). Sensible without a file."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from content.allowing import Allow
from content.decision import Policy
from content.errors import BadSettings
from content.frozen import Frozen
from content.model import WriterSettings
from content.schedule import Schedule, unique


def _one_line(value: object) -> object:
    """Text as one line without control characters: a line break would end a calendar entry or a front matter field."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _web_address(value: object) -> object:
    if isinstance(value, str) and value and not value.startswith(("https://", "http://")):
        raise ValueError("must begin with https://")
    return value


_LARGEST_LOGO = 4 << 20

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
    #: Products and labels of the company's own.
    brands: tuple[Line, ...] = ()
    authors: tuple[Author, ...] = ()
    goals: tuple[Line, ...] = ()
    audiences: tuple[Line, ...] = ()
    promises: tuple[Line, ...] = ()
    teams: tuple[Team, ...] = ()
    fallbacks: tuple[Line, ...] = ()
    banned_words: tuple[Line, ...] = ()
    call_to_action: Line = ""
    site: Annotated[Line, BeforeValidator(_web_address)] = ""
    #: The company's own name on each platform: x = "@name", linkedin = "urn:li:organization:1".
    handles: dict[Line, Line] = {}
    hashtags: tuple[Line, ...] = ()
    campaign: Line = ""
    licence: Line = ""
    #: When each slide comes in the recording of the talk, for chapters: 4 = "2:30".
    times: dict[int, Line] = {}
    event: Line = ""
    language: Line = ""
    #: Languages that pieces may be in, the preferred one first; () means whatever the document is in.
    languages: tuple[Line, ...] = ()
    #: Who speaks where the wording speaks for itself: one person or the company.
    person: Literal["i", "we"] = "we"
    #: How people are spoken to ("je" or "u" in Dutch).
    tone: Literal["light", "formal"] = "light"
    #: At most so many pieces of a kind ("blog", "interview", ...); 0 leaves a kind out. Posts are counted by topic.
    pieces: dict[Line, Annotated[int, Field(ge=0, le=1000)]] = {}
    #: Whether the plan may use Saturdays; otherwise nothing goes out at the weekend.
    weekends: bool = False
    #: A PNG or JPEG for cards and carousel, relative to deckprism.toml. Drawn in the ink of the palette.
    logo: Path | None = None
    #: Palette of the cards, background and text, as #RRGGBB.
    palette: tuple[str, str] = ("#A8432A", "#FFF7ED")
    platforms: tuple[Line, ...] = (
        "x", "linkedin", "bluesky", "mastodon", "threads", "facebook", "instagram", "internal")
    #: ISO date of the first Monday of the plan; without it the plan speaks of week 1, week 2.
    start: Line = ""
    #: Respellings for speech: "Kubernetes" = "koo-ber-net-eez".
    lexicon: dict[Line, Line] = {}
    #: Length of the episode in minutes, met within 15 % where the source says so much; unnamed, 9 of at most 12.
    minutes: int = Field(default=12, ge=1, le=120)
    voice: Line = ""

    def own(self) -> tuple[str, ...]:
        """Every name that is the company's own: never a finding of a customer, an organisation or a person."""
        names = (self.company, *self.own_names, *self.brands, *(author.name for author in self.authors))
        return tuple(dict.fromkeys(name for name in names if name))


class Packs(Frozen):
    """Rules of one's own: `folder` holds packs (*.yaml) and is relative to deckprism.toml."""

    folder: Path | None = None
    #: Use the rules that are good when others are broken, instead of refusing them all.
    good_rules: bool = False


class Templates(Frozen):
    """Templates of one's own (Jinja2): `folder` holds them under the names of ours and is relative to deckprism.toml."""

    folder: Path | None = None


class Customers(Frozen):
    """How the customer list is taken."""

    #: Use the rows that are good when others cannot be used, instead of refusing the list.
    good_rows: bool = False


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


class Scale(Frozen):
    """On what the documents of a batch are made."""

    #: `local`: warm workers of this machine; `dask`: a Dask cluster, which needs deckprism[scale].
    runner: Literal["local", "dask"] = "local"
    #: A scheduler that runs somewhere (tls://host:8786); without one a cluster of this machine is started.
    address: Line = ""
    #: How many processes a cluster of this machine has.
    processes: int = Field(default=2, ge=1, le=256)


class Settings(Frozen):
    """The whole configuration of a run."""

    profile: Profile = Profile()
    policy: Policy = Policy()
    notices: Notices = Notices()
    customers: Customers = Customers()
    allow: Allow = Allow()
    rules: Packs = Packs()
    scale: Scale = Scale()
    #: What runs by itself; it acts once `deckprism deploy` was told.
    schedule: Annotated[tuple[Schedule, ...], AfterValidator(unique)] = ()
    templates: Templates = Templates()
    writer: WriterSettings = WriterSettings()
    #: The day that every `until` is compared with. Nothing below the desk knows what day it is: where no day is given,
    #: what has an `until` does not act.
    on: date | None = None

    def with_rules(self, folder: Path | None, good_rules: bool = False) -> Settings:
        """The same with another folder of rules, where one is given, and with `good_rules` where it is asked for."""
        packs = Packs(folder=folder or self.rules.folder, good_rules=good_rules or self.rules.good_rules)
        return self if packs == self.rules else self.model_copy(update={"rules": packs})

    def with_day(self, day: date | None) -> Settings:
        """The same, compared with a day; a day that the file itself names stays unless another is given."""
        return self if day is None else self.model_copy(update={"on": day})


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
        made = Settings.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(piece) for piece in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{path}, {key}", message[:1].lower() + message[1:],
                          "Mend that key or run deckprism init for a fresh file") from None
    folder = made.rules.folder
    placed = made.with_rules(path.parent / folder) if folder is not None else made
    return _placed(placed, path)


def _check_profile(profile: Profile, path: Path) -> None:
    """What only a generator would notice, minutes later. Raises BadSettings."""
    if profile.start:
        try:
            date.fromisoformat(profile.start)
        except ValueError:
            raise BadSettings(f"{path}, profile.start", "is not a date", "Write it as 2027-01-04") from None
    if any(not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) for colour in profile.palette):
        raise BadSettings(f"{path}, profile.palette", "has a colour that is not written #RRGGBB",
                          'Write it as palette = ["#A8432A", "#FFF7ED"], background first')


def _placed(made: Settings, path: Path) -> Settings:
    """The same with logo and templates looked for beside the file. Raises BadSettings when they are not there."""
    _check_profile(made.profile, path)
    logo, own = made.profile.logo, made.templates.folder
    if logo is not None:
        logo = path.parent / logo
        try:
            with logo.open("rb") as stream:
                head, size = stream.read(8), logo.stat().st_size
        except OSError as error:
            raise BadSettings(f"{path}, profile.logo", f"cannot be read ({error.strerror})",
                              "Name a PNG or JPEG beside this file, or leave the key out") from None
        if not head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")) or size > _LARGEST_LOGO:
            raise BadSettings(f"{path}, profile.logo", "is not a PNG or JPEG of at most 4 MB", "Save the logo as a PNG")
        made = made.model_copy(update={"profile": made.profile.model_copy(update={"logo": logo})})
    if own is not None:
        own = path.parent / own
        if not own.is_dir():
            raise BadSettings(f"{path}, templates.folder", "is not a folder", "Name the folder that holds your *.j2 files")
        made = made.model_copy(update={"templates": Templates(folder=own)})
    return made
