"""How much of the source the pieces use, and for what is left out a reason from a closed list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from content.cleared import ClearedDocument
from content.draft import Draft, Origin
from content.pack import Coverage, UnusedUnit
from content.topic import Topic
from language.source import SourceIndex

#: Why a unit is in no piece. Whatever a generator says maps to one of these.
REASONS = ("agenda", "bio", "boilerplate", "code", "divider", "dropped by a reviewer", "hidden", "no text left",
           "picture only", "references", "repeats another slide", "thanks", "title", "too little text",
           "not chosen")
_SAME = {"dropped": "dropped by a reviewer", "image": "picture only", "repeats": "repeats another slide",
         "no text": "no text left", "empty": "no text left"}


def coverage(cleared: ClearedDocument, index: SourceIndex, topics: Sequence[Topic], drafts: Sequence[Draft],
             skipped: Mapping[int, str]) -> Coverage:
    """Which content units the drafts rest on.

    `skipped` maps unit numbers to the reasons that the writers gave. Content units are the visible units that are no
    aside of their topic and still hold text after clearing.
    """
    asides = {unit: kind for topic in topics for unit, kind in topic.asides.items()}
    uses: dict[int, set[str]] = defaultdict(set)
    for draft in drafts:
        for segment in (draft.title, *draft.segments):
            if segment.origin is not Origin.TEMPLATE:
                for unit in index.units(segment.sources):
                    uses[unit].add(draft.name)
    content: list[int] = []
    unused: list[UnusedUnit] = [UnusedUnit(unit=unit, reason=reason(why)) for unit, why in cleared.left_out.items()]
    for each in cleared.content_units():
        number = each.number
        if number in asides:
            if number not in uses:
                unused.append(UnusedUnit(unit=number, reason=reason(asides[number])))
            continue
        if not index.by_unit.get(number):
            unused.append(UnusedUnit(unit=number, reason="picture only" if each.pictures else "no text left"))
            continue
        content.append(number)
        if number not in uses:
            unused.append(UnusedUnit(unit=number, reason=reason(skipped.get(number, ""))))
    return Coverage(
        content_units=tuple(content), used_units=tuple(number for number in content if number in uses),
        unused=tuple(sorted(unused, key=lambda item: item.unit)),
        uses={number: tuple(sorted(names)) for number, names in sorted(uses.items())})


def reason(said: str) -> str:
    """The entry of the closed list for what a writer said."""
    said = _SAME.get(said, said)
    return said if said in REASONS else "not chosen"
