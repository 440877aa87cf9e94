"""How many slides, pages or sections a file has, and which of them no piece may use: one count for all who print it."""

from __future__ import annotations

from dataclasses import dataclass

from content.cleared import ClearedDocument
from content.document import Body


@dataclass(frozen=True, slots=True)
class Size:
    """`units` are all of the file, `hidden` and `dropped` those of them that are hidden in it or that a reviewer took out."""

    units: int
    hidden: int = 0
    dropped: int = 0


def size_of(body: Body) -> Size:
    """The size of a document, or of a cleared one, which keeps count of what it was cleared of."""
    own = [unit for unit in body.units if unit.number > 0]
    hidden = sum(unit.hidden for unit in own)
    if not isinstance(body, ClearedDocument):
        return Size(len(own), hidden)
    gone = [why for number, why in body.left_out.items() if number > 0]
    return Size(len(own) + len(gone), hidden + gone.count("hidden"), gone.count("dropped"))
