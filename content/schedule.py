"""What runs by itself, and when: one `[[schedule]]` of deckprism.toml.

Here only the form is judged: names, kinds, what a kind needs, whether the zone is known. Whether a cron line is one is
judged where schedules are loaded (flows/schedules), with the library that later counts with it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from content.frozen import Frozen

Kind = Literal["batch", "watch", "reconcile", "retention"]
#: Kinds that read a folder and write packs.
FOLDER_KINDS = frozenset({"batch", "watch"})
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError("must be small letters, digits and hyphens, at most 60, as in nightly-decks")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value[:60]!r} is no known time zone: write it as in Europe/Amsterdam") from None
    return value


class Schedule(Frozen):
    """One piece of work with its times. Paths are relative to deckprism.toml.

    `cron` has five fields (minute, hour, day, month, day of the week) and counts in `time_zone`.
    """

    name: Annotated[str, AfterValidator(_name)]
    kind: Kind = "batch"
    cron: str
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    folder: Path | None = None
    out: Path | None = None
    customers: Path | None = None
    decisions: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    audio: bool = True
    workers: int = Field(default=1, ge=1, le=64)
    #: Seconds without a change until a file of a watched folder is taken.
    settle: float = Field(default=2.0, ge=0, le=3600)

    @model_validator(mode="after")
    def _complete(self) -> Schedule:
        if self.kind in FOLDER_KINDS and (self.folder is None or self.out is None):
            missing = "folder" if self.folder is None else "out"
            raise ValueError(f"schedule {self.name!r} of kind {self.kind} needs {missing}")
        return self

    def placed(self, home: Path) -> Schedule:
        """The same with its paths made absolute, seen from the folder of deckprism.toml."""
        paths = {key: (home / value).absolute() for key in ("folder", "out", "customers", "decisions")
                 if isinstance(value := getattr(self, key), Path)}
        return self.model_copy(update=paths) if paths else self


def unique(schedules: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
    """The schedules, if no two have one name. Raises ValueError."""
    names = [each.name for each in schedules]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"two schedules are called {twice[0]!r}: give each a name of its own")
    return schedules
