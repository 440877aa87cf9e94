"""Finds statements that make somebody look bad, decided per sentence and target.

A sentiment score is worse here than flagging every sentence with a name in it: "fraud team" is no fraud, and "had no
backups at all" holds no bad word. So each sentence is judged for each company it speaks of (see reputation_targets and
reputation_clause), and a sentence with only "they" belongs to the company named before it. It asks for a look, never
for a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.document import Block, Part, Unit
from content.finding import Severity
from language.fold import folded
from language.sentences import split
from rules.detector import Hit, Scan
from rules.haystack import plain
from rules.reputation_clause import judge
from rules.reputation_targets import Grade, Target, apart, named, persons, supposed, unnamed
from rules.reputation_words import EVERY, SURE

_NAMED, _UNNAMED = "reputation.named", "reputation.unnamed"
#: What goes on about a company; "he" and "she" are people, "it" may be anything.
_THEY = re.compile(r"\b(?:they|their|them|its|ze|zij|hun|hen)\b", re.IGNORECASE)
#: Who has no name, or perhaps none, is only flagged for what is said outright.
_OUTRIGHT = {Grade.UNNAMED: frozenset({"verdict", "ridicule", "blame", "deed", "harm", "late"}),
             Grade.SUPPOSED: frozenset({"verdict", "ridicule", "blame", "deed"})}
#: What only may be meant badly is worth a look when a customer reads it.
_CUSTOMERS_ONLY = frozenset({"hint"})
#: Said of "they", only these are surely said of the company.
_CARRIED = frozenset({"verdict", "deed", "harm", "late"})
#: Said outright of a name, these hold a pack whoever it is: without a customer list nobody else would stop the sentence.
_HOLDING = frozenset({"verdict", "ridicule", "blame", "deed"})
#: A supposed name takes this from how sure a statement is.
_SUPPOSED = 0.2
#: Below this a finding never holds a pack.
_LIGHT = 0.55
_SILENT = frozenset({Part.LINK, Part.PROPERTY, Part.FOOTER, Part.MASTER})
#: Characters before and after a name that are judged; a "sentence" of a page of text is a table or a list.
_WINDOW = 600
#: Sentences after the one with the name in which "they" still means that name.
_REACH = 2


class Reputation:
    """The detector for statements that make a customer, partner or competitor look bad."""

    name = "reputation"
    order = 30

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each sentence and target."""
        known, people = named(scan), persons(scan)
        for unit, block in scan.texts():
            if block.part not in _SILENT and len(block.text) > 12:
                yield from _in_block(unit, block, known.get(block.id, []), people.get(block.id, []))


def _in_block(unit: Unit, block: Block, known: list[Target], people: list[tuple[int, int]]) -> Iterator[Hit]:
    text = plain(block.text)
    last: Target | None = None
    distance = 0
    for start, end in split(block.text):
        here = apart([target for target in known if target.start < end and target.end > start])
        here = here or unnamed(text, start, end)
        carried = not here and last is not None and distance < _REACH and bool(_THEY.search(text[start:end]))
        if carried and last is not None:
            here = [last]
        targets = here
        if not carried and not any(target.severity is Severity.MEDIUM for target in here):
            taken = [*people, *((target.start, target.end) for target in here)]
            targets = [*here, *supposed(text, start, end, taken)]
        yield from _about(unit, block, text, (start, end), targets, carried=carried)
        if here and not carried:
            last, distance = here[0], 0
        else:
            distance += 1


def _about(unit: Unit, block: Block, text: str, span: tuple[int, int], targets: list[Target], *,
           carried: bool) -> Iterator[Hit]:
    start, end = span
    done: set[str] = set()
    for target in sorted(targets, key=lambda target: (target.severity.rank * -1, target.start)):
        if target.key in done:
            continue
        kinds = _OUTRIGHT.get(target.grade, EVERY)
        if target.severity is not Severity.MEDIUM:
            kinds -= _CUSTOMERS_ONLY
        if carried:
            kind = judge(text[start:min(end, start + _WINDOW)], None, (), kinds)
        else:
            begin, stop = max(start, target.start - _WINDOW), min(end, target.end + _WINDOW)
            others = tuple((other.start - begin, other.end - begin) for other in targets
                           if other.key != target.key and other.sure and begin <= other.start and other.end <= stop)
            place = (max(target.start, begin) - begin, min(target.end, stop) - begin)
            kind = judge(text[begin:stop], place, others, kinds)
        if not kind:
            continue
        done.add(target.key)
        sure = SURE[kind] - (_SUPPOSED if target.grade is Grade.SUPPOSED else 0)
        plain_enough = sure >= _LIGHT and (not carried or kind in _CARRIED)
        severity = target.severity if plain_enough else Severity.LOW
        if plain_enough and kind in _HOLDING and target.grade is Grade.NAMED and target.sure:
            severity = Severity.MEDIUM
        yield Hit(_UNNAMED if target.grade is Grade.UNNAMED else _NAMED, block, unit, start, end,
                  f"{target.key}|{folded(text[start:end])[:60]}", f"about {target.label}", sure, severity=severity)


DETECTOR = Reputation()
