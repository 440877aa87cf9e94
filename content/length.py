"""How long an episode is: as its file was measured where there is one, else as its script was estimated, and said so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft

#: Where a spoken file has its chapters with their times.
CHAPTERS = "audio/chapters.json"


@dataclass(frozen=True, slots=True)
class Length:
    """Whole seconds; `measured` is False for an estimate."""

    seconds: int
    measured: bool

    @property
    def clock(self) -> str:
        """"8:38"."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


def measured(chapters: bytes | str) -> Length | None:
    """The length that the chapters of a spoken file give; None when they cannot be read."""
    try:
        return Length(round(max(float(each["endTime"]) for each in json.loads(chapters)["chapters"])), True)
    except (ValueError, KeyError, TypeError):
        return None


def length_of(drafts: Sequence[Draft], artefacts: Sequence[Artefact]) -> Length | None:
    """The length of a pack's episode; None without a script."""
    chapters = next((each.data for each in artefacts if each.path == CHAPTERS), b"")
    spoken = measured(chapters) if chapters else None
    estimated = next((draft.seconds for draft in drafts if draft.seconds), 0)
    return spoken or (Length(estimated, False) if estimated else None)
