"""How much of the source the pieces use, and for what is left out a reason from a closed list.

The gate holds the account against the drafts: a unit that is said to be used must carry a sentence of a draft, one that
is said to be left out must not, and every content unit is either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from content.cleared import ClearedDocument
from content.draft import Draft, Origin
from content.pack import Coverage, GateResult, UnusedUnit
from content.topic import Topic
from gates.work import Work
from language.source import SourceIndex

#: What a slide of bullets is said to be that stood between told ones and was left out of their article.
BOXES = "bullets without notes between told slides"
#: Why a unit is in no piece. Whatever a generator says maps to one of these.
REASONS = ("agenda", "bio", "boilerplate", "code", "divider", "dropped by a reviewer", "hidden", "no text left",
           "other language", "picture only", "references", "repeats another slide", "thanks", "title", "too little text",
           "in a starter for its author", "asks without an answer", "an exercise", "a demonstration",
           "notes for the trainer", "waits for a decision", BOXES, "not chosen")
#: Pieces that are no writing: what they show of a unit does not make it used.
_STARTER = "outline"
_SAME = {"dropped": "dropped by a reviewer", "waiting": "waits for a decision", "image": "picture only",
         "repeats": "repeats another slide",
         "no text": "no text left", "unanswered": "asks without an answer",
         "exercise": "an exercise", "demonstration": "a demonstration", "empty": "no text left"}

#: Less of the content than this in the pieces, and somebody should look at what was left out.
_WARN_USED = 0.70


class CoverageGate:
    """Refuses an account of used and unused units that the drafts do not bear out."""

    name = "coverage"

    def check(self, work: Work) -> GateResult:
        """Compare the account with what the drafts rest on."""
        if work.coverage is None or work.index is None:
            return GateResult(gate=self.name, passed=False, run=False, reasons=("the source is not at hand",))
        said = work.coverage
        true = _uses(work.drafts, work.index)
        reasons = [f"unit {unit}: the account names other pieces than those that use it"
                   for unit in sorted(set(true) | set(said.uses))
                   if tuple(sorted(true.get(unit, ()))) != tuple(sorted(said.uses.get(unit, ())))]
        listed = {each.unit for each in said.unused}
        reasons += [f"unit {unit} is said to be used, and no piece rests on it" for unit in said.used_units
                    if unit not in true]
        reasons += [f"unit {unit} is neither used nor left out for a reason" for unit in said.content_units
                    if unit not in said.used_units and unit not in listed]
        reasons += [f"unit {each.unit} is left out for a reason that is on no list" for each in said.unused
                    if each.reason not in REASONS]
        few = f"{said.share:.0%} of the content is in a piece"
        warnings = (few,) if said.share < _WARN_USED else ()
        return GateResult(gate=self.name, passed=not reasons, reasons=tuple(reasons), warnings=warnings, figures={
            "content": float(len(said.content_units)), "used": float(len(said.used_units)),
            "left_out": float(len(said.unused_content)),
            "set_apart": float(len(said.set_apart)), "share": round(said.share, 4)})


GATE = CoverageGate()


def coverage(cleared: ClearedDocument, index: SourceIndex, topics: Sequence[Topic], drafts: Sequence[Draft],
             skipped: Mapping[int, str]) -> Coverage:
    """Which content units the drafts rest on.

    `skipped` maps unit numbers to the reasons that the writers gave. Content units are the visible units that are no
    aside of their topic and still hold text after clearing.
    """
    asides = {unit: kind for topic in topics for unit, kind in topic.asides.items()}
    uses = _uses(drafts, index)
    started = {unit for draft in drafts if draft.kind == _STARTER for segment in (draft.title, *draft.segments)
               for unit in index.units(segment.sources)}
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
        content.append(number)  # whatever a writer says of it: nobody may make his own share look better
        if number not in uses:
            why = reason(skipped.get(number, ""))
            shown = number in started and why in {"too little text", "divider", "not chosen"}
            unused.append(UnusedUnit(unit=number, reason="in a starter for its author" if shown else why))
    return Coverage(
        content_units=tuple(content), used_units=tuple(number for number in content if number in uses),
        unused=tuple(sorted(unused, key=lambda item: item.unit)),
        uses={number: tuple(sorted(names)) for number, names in sorted(uses.items())})


def reason(said: str) -> str:
    """The entry of the closed list for what a writer said."""
    said = _SAME.get(said, said)
    return said if said in REASONS else "not chosen"


def _uses(drafts: Sequence[Draft], index: SourceIndex) -> dict[int, set[str]]:
    """Unit number -> names of the drafts with a sentence that rests on it."""
    uses: dict[int, set[str]] = defaultdict(set)
    for draft in (each for each in drafts if each.kind != _STARTER):
        for segment in (draft.title, *draft.told):
            if segment.origin is not Origin.TEMPLATE:
                for unit in index.units(segment.sources):
                    uses[unit].add(draft.name)
    return dict(uses)
