"""Customers' names that the author's line break cut in two: "Norwick" on one line of a text box, "Mutual" on the next.

A line of its own is a paragraph, and so a block, in slides. Two neighbours are read as one here, around the break only.
What is whole in one of them is none of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.document import Block, Part, Unit
from rules.customers_index import Index
from rules.customers_match import Match, matches

#: Characters on either side of a break that are read: more than the longest name has.
_REACH = 70
_SURE = 0.7
#: Cells and labels stand next to each other without belonging together.
_APART = frozenset({Part.TABLE, Part.CHART, Part.PROPERTY, Part.LINK})
_ENDS = re.compile(r"[.!?;:]\s*$")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two parts of a name: number of the text it stands in, and its span there."""

    number: int
    start: int
    end: int
    owner: int
    confidence: float


def split_names(places: Sequence[tuple[Unit, Block]], found: Sequence[Sequence[Match]], index: Index) -> Iterator[Half]:
    """The halves of the names that stand across two neighbouring blocks; `found` are the finds inside each block."""
    for number, ((unit, block), (following, after)) in enumerate(pairwise(places)):
        if unit is not following or block.part is not after.part or block.shape != after.shape or block.part in _APART:
            continue
        if _ENDS.search(block.text):
            continue
        left = block.text.rstrip()
        start = left.find(" ", len(left) - _REACH) + 1 if len(left) > _REACH else 0
        lead = len(after.text) - len(after.text.lstrip())
        right = after.text[lead:lead + _REACH].rpartition(" ")[0] if len(after.text) > lead + _REACH else after.text[lead:]
        edge = len(left) - start
        for match in matches(f"{left[start:]}\n{right}", index):
            if match.start >= edge or match.end <= edge + 1 or match.confidence < _SURE:
                continue
            halves = (Half(number, start + match.start, len(left), match.owner, match.confidence),
                      Half(number + 1, lead, lead + match.end - edge - 1, match.owner, match.confidence))
            if not any(_is_whole(half, found[half.number]) for half in halves):
                yield from halves


def _is_whole(half: Half, found: Sequence[Match]) -> bool:
    """Whether a half is a spelling of the customer by itself ("Norwick Mutual" before "Insurance")."""
    return any(match.owner == half.owner and match.confidence >= 0.5 and match.start < half.end and match.end > half.start
               for match in found)
