"""What the finders of customers' names yield, and which of several finds at one place stays.

Nothing here looks at a text or knows how a find was made.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A customer at a span of a text. `how` is the rule's last word: name, alias, code_name, domain, ticker, ..."""

    start: int
    end: int
    owner: int
    how: str
    confidence: float
    reason: str = ""


def without_overlaps(found: Iterable[Match]) -> list[Match]:
    """The finds in order; of those that overlap the surer of two, then the longer."""
    kept: list[tuple[int, int, int]] = []
    ranked = sorted(found, key=lambda item: (item.confidence < 0.5, item.start - item.end, -item.confidence, item.start))
    for number, match in enumerate(ranked):
        at = bisect_left(kept, (match.start,))
        if (at == 0 or kept[at - 1][1] <= match.start) and (at == len(kept) or match.end <= kept[at][0]):
            insort(kept, (match.start, match.end, number))
    return [ranked[number] for _, _, number in kept]
