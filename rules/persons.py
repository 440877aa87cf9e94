"""Finds people: full names by shape and lists, single names by a cue beside them, the model's proposals with evidence.

The model alone flags a third of clean headings ("Change Management") and misses most names in capitals, so it never
decides alone. Those who give the talk (author property, profile, title slide) are credits and no findings; people who
are only cited are low. Once a full name is known, its single parts elsewhere belong to the same person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from content.document import Block, Part, Unit
from content.finding import Severity
from language.fold import folded
from rules.beside import placed, told_beside
from rules.cues import after_cue, before_role, listed, quoted_source, role_place
from rules.detector import Hit, Scan
from rules.natural import entities, is_language
from rules.prefixes import articled_name, named_by_kind
from rules.spans import Line, Word, full_name, lines_of, proposals, runs
from rules.suffixes import looks_like_organisation
from rules.titles import surname_start
from rules.vocabulary import Given, everyday, given, technology

_RULE = "entity.person"
#: Blanks between the letter of an entry and its text, which no name has between its initial and itself.
_GAP = 1
#: Names that everybody knows to be nobody.
_NOBODY = frozenset({"john doe", "jane doe", "joe bloggs", "alice", "bob", "max mustermann", "jan modaal", "jan jansen",
                     "santa claus", "john smith", "jane smith"})


@dataclass(frozen=True, slots=True)
class _Mention:
    unit: Unit
    block: Block
    start: int
    end: int
    name: str
    sure: float
    cited: bool


class Persons:
    """The detector for names of people."""

    name = "persons"
    order = 10

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield a hit for every mention of a person."""
        mentions = [m for unit, block in scan.texts() if _worth(block) for m in _in_block(scan, unit, block)]
        credits = _credits(scan, mentions)
        mentions = [m for m in mentions if folded(m.name) not in credits]
        full = {folded(m.name): m for m in reversed(mentions) if " " in m.name}
        parts = _parts(full, credits)
        mentions += _echoes(scan, mentions, full)
        yield from _hits(mentions, parts)


def _worth(block: Block) -> bool:
    return is_language(block, any_length=True) or (block.part is Part.EMBEDDED and 3 <= len(block.text) < 5000)


def _in_block(scan: Scan, unit: Unit, block: Block) -> Iterator[_Mention]:
    proposed = entities(scan.docs.get(block.id), "PERSON")
    for line in lines_of(block.text, scan.tongue(block)):
        taken: list[tuple[int, int]] = []
        for start, end, sure in sorted(_in_line(line, proposed), key=lambda s: (-s[2], s[0] - s[1], s[0])):
            if any(start < other[1] and end > other[0] for other in taken):
                continue
            taken.append((start, end))
            name = line.text[start - line.start:end - line.start]
            if articled_name(line, start, end):
                continue
            cited = quoted_source(line.text, start - line.start, end - line.start, unit.title)
            yield _Mention(unit, block, start, end, name, sure, cited)


def _in_line(line: Line, proposed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
    taken = [role_place(line), *((words[0].start, words[-1].end) for words, _ in named_by_kind(line))]
    for run in runs(line):
        if len(taken) == 1 and not taken[0][1]:
            yield from _in_run(line, run)
            continue
        for inside, part in groupby(run, lambda word: any(word.start < stop and word.end > start for start, stop in taken)):
            if not inside:
                yield from _in_run(line, list(part))
    for words, sure in listed(line, person=True):
        yield (words[0].start, words[-1].base_end, sure)
    for words in proposals(line, proposed):
        sure = _believe(line, words)
        if sure:
            yield (words[0].start, words[-1].base_end, sure)


def _in_run(line: Line, run: list[Word]) -> Iterator[tuple[int, int, float]]:
    index = 0
    while index < len(run):
        head, end = run[index], line.start + len(line.text)
        rest = run[index:]
        if _lettered(line, rest):
            index += 1
            continue
        known = after_cue(line, head)
        if before_role(line, rest[min(len(rest), 2) - 1]):
            known = 2
        stop, sure = full_name(run, index, known=known, prose=head.language == "nl" and not line.headline)
        if sure:
            words = run[index:stop]
            if not looks_like_organisation(line, words):
                yield (words[0].start, words[-1].base_end, sure)
            index = stop
            continue
        # a single name is believed when the words beside it say that a person follows or was meant
        role = before_role(line, head) and len(run) - index == 1
        if (known > 1 or (known and len(rest) == 1) or role) and head.start < end and _single(head, known if known else 2):
            yield (head.start, head.base_end, 0.75 if head.given is Given.CLEAR else 0.6)
        elif len(run) == 1 and not head.ordinary and _single(head, 2) and _clause_tells(
                line.text, head.start - line.start, head.base_end - line.start, head.given):
            yield (head.start, head.base_end, 0.65)
        elif len(run) == 1 and _amid(line, head) and head.given is Given.CLEAR and _single(head, 1):
            yield (head.start, head.base_end, 0.6)
        index += 1


def _lettered(line: Line, rest: Sequence[Word]) -> bool:
    """Whether an initial is the letter of an entry ("B.   Bakery"): it opens its line, and a gap sets it off."""
    first = rest[0]
    return first.initial and first.start == line.start and len(rest) > 1 and rest[1].start - first.base_end > _GAP


def _amid(line: Line, word: Word) -> bool:
    """Whether a word stands inside a Dutch sentence, where only names have a capital."""
    before = line.text[:word.start - line.start].rstrip(" '\"(")
    return word.language == "nl" and not line.headline and bool(before) and before[-1] not in ".!?:•|–-"


def _single(word: Word, strength: int) -> bool:
    base = word.base
    if len(base) < 3 or technology(base) or base.isupper() or any(c.isdigit() for c in base):
        return False
    if word.given is Given.CLEAR:
        return True
    if strength >= 2:
        likely = word.given is Given.AMBIGUOUS and not word.everyday
        return likely or word.family is Given.CLEAR or not word.ordinary
    return False


def _believe(line: Line, words: list[Word]) -> float:
    """How far a proposal of the model is believed; 0 for not at all."""
    words = [word for word in words if word.text not in ("&",)]
    if not words or len(words) > 4 or any(any(c.isdigit() for c in word.text) for word in words):
        return 0.0
    text = " ".join(word.base for word in words)
    if technology(text) or looks_like_organisation(line, words) or not words[0].capital or _lettered(line, words):
        return 0.0
    first, last = words[0], words[-1]
    evidence = first.given is Given.CLEAR or last.family is Given.CLEAR or first.initial
    if len(words) == 1:
        return 0.55 if first.given is Given.CLEAR and line.running and not first.ordinary else 0.0
    if not words[-1].capital or all(word.everyday for word in words):
        return 0.0
    if line.headline and (not evidence or (last.ordinary and not last.family)):
        return 0.0
    if evidence and not (first.ordinary and first.given is Given.NO):
        return 0.8
    strange = sum(not word.ordinary for word in words)
    return 0.55 if strange == len(words) and line.running else 0.0


def _credits(scan: Scan, mentions: list[_Mention]) -> frozenset[str]:
    """Folded names of those who give the talk, with their single parts."""
    names = [author.name for author in scan.settings.profile.authors]
    properties = scan.document.properties
    names += [value for key, value in properties.items() if re.search(r"author|creator|modified_?by|manager", key, re.I)]
    content = scan.document.content_units()
    if len(content) >= 2:
        names += [m.name for m in mentions if m.unit.number == content[0].number]
    split = [part for name in names for part in re.split(r"[;,/]| and | en ", name)]
    whole = {folded(name) for name in split if name.strip()}
    return frozenset(whole | {part for name in whole for part in name.split() if len(part) > 2})


def _parts(full: dict[str, _Mention], credits: frozenset[str]) -> dict[str, str]:
    """Single name -> the one full name it belongs to; a part shared by two people belongs to none."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in full:
        words = name.split()
        for part in (words[0], words[-1]):
            owners[part].add(name)
    return {part: next(iter(names)) for part, names in owners.items() if len(names) == 1 and part not in credits}


def _echoes(scan: Scan, mentions: list[_Mention], full: dict[str, _Mention]) -> Iterator[_Mention]:
    """Single parts of known full names elsewhere, written with a capital; a surname that is an everyday word, by a title."""
    alone, titled = _sought(full)
    titled -= alone
    if not alone and not titled:
        return
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for known in mentions:
        taken[known.block.id].append((known.start, known.end))
    for unit, block in scan.texts():
        if block.part in (Part.LINK,):
            continue
        for line in lines_of(block.text, scan.tongue(block)):
            for word in line.words:
                key, at = folded(word.base), word.start - line.start
                start: int | None = at if key in alone and word.text[0].isupper() else None
                if key in titled and (line.capitals or word.text[0].isupper()):
                    start = surname_start(line.text, at)
                if start is not None and not any(line.start + start < e and word.end > s for s, e in taken[block.id]):
                    yield _Mention(unit, block, line.start + start, word.base_end, word.base, 0.7, False)


def _sought(full: dict[str, _Mention]) -> tuple[frozenset[str], frozenset[str]]:
    """The folded parts of full names that are sought wherever they have a capital, and the surnames sought by a title."""
    alone, titled = set(), set()
    for mention in full.values():
        words = mention.name.split()
        if mention.cited or mention.sure < 0.6:
            continue
        titled |= {folded(part) for part in words[-1:] if len(part) > 2 and "." not in part}
        if mention.sure >= 0.7:
            alone |= {folded(part) for part in (words[0], words[-1])
                      if len(part) > 2 and "." not in part and not everyday(part) and not technology(part)}
    return frozenset(alone), frozenset(titled)


def _hits(mentions: list[_Mention], parts: dict[str, str]) -> Iterator[Hit]:
    named = [replace(m, name=" ".join(m.name.split())) for m in mentions]
    whole: dict[str, list[_Mention]] = defaultdict(list)
    for mention in named:
        key = folded(mention.name)
        whole[parts.get(key, key) if " " not in key else key].append(mention)
    for key, own in whole.items():
        label = max((m.name for m in own), key=lambda name: (len(name), name))
        seen_in_text = any(not m.cited for m in own)
        known = " " in key or any(map(_told, own))
        severity = Severity.MEDIUM if known and seen_in_text and key not in _NOBODY else Severity.LOW
        sure = max(m.sure for m in own)
        if sure < 0.6 and (" " in key or not known):
            severity = Severity.LOW
        for m in own:
            yield Hit(_RULE if seen_in_text else "entity.cited_person", m.block, m.unit, m.start, m.end, key,
                      label.title() if label.isupper() else label, max(m.sure, sure - 0.1), severity=severity)


def _told(mention: _Mention) -> bool:
    """Whether what stands beside a first name tells who is meant."""
    return _clause_tells(mention.block.text, mention.start, mention.end, given(mention.name, "en"))


def _clause_tells(text: str, start: int, end: int, known: Given) -> bool:
    """Whether the clause around a single name tells which person is meant; of a name of no list it must tell more."""
    return told_beside(text, start, end) if known is Given.CLEAR else placed(text, start, end)


DETECTOR = Persons()
