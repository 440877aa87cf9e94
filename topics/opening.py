"""Slides at the start of a deck that say who speaks and what comes when, known by what stands on them and not by a title.

A timetable is a table with times or slide numbers in a column; speakers are those whom the title page, or an address at
the end, names, each at the head of a line, or the notes begin by saying so. A table of times alone may tell what happened,
so it asks for a second sign; a slide that has none is content. Nothing here looks at words of a title: those are in
topics/asides.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from content.document import Part, Unit
from language.sentences import split
from topics import wording
from topics.builds import bare
from topics.reading import Reading

#: How far into a deck its opening goes: so many slides, or this share of them.
_FIRST, _SHARE = 6, 0.1
#: Cells of a column that make it one of times or numbers, and lines that begin with a speaker.
_CELLS, _LINES = 3, 2
#: Slides at the end that may name the speakers again, and the words of a slide that is about them.
_LAST, _SHORT = 3, 150
#: Words of the sentence of the notes that introduces the speakers.
_SAID = 10
_CLOCK = re.compile(r"\d{1,2}[.:h]\d{2}(?:\s*[-–—]\s*\d{1,2}[.:h]\d{2})?(?:\s*[ap]\.?m\.?)?", re.IGNORECASE)
_PLACES = re.compile(r"(\d{1,3})(?:\s*[-–—]\s*\d{1,3})?\+?")
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?: (?:van|de|der|den|von|ten|ter|[^\W\d_a-z][\w'’-]*\.?)){0,3} [^\W\d_a-z][\w'’-]+")
_BEHIND_NAME = re.compile(r"\s*(?:[,:(|]|[-–—]\s)\s*\w")


def opening(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> dict[int, str]:
    """Position in `units` -> "agenda" or "bio", for slides at the start that nothing else has named."""
    reach = min(len(units), max(_FIRST, round(_SHARE * len(units))))
    names = _speakers(readings)
    found: dict[int, str] = {}
    for n in range(1, reach):
        if _is_timetable(units[n], {bare(one.title, language) for one in readings[n + 1:]}, language):
            found[n] = "agenda"
        elif readings[n].shown <= _SHORT and (_introduces(units[n], language) or sum(
                _begins(piece, names) for piece in readings[n].pieces) >= _LINES):
            found[n] = "bio"
    return found


def _introduces(unit: Unit, language: str) -> bool:
    """Whether the notes begin by saying who speaks: the first thing said there, in a short sentence."""
    notes = next((block.text for block in unit.notes if block.text.strip()), "")
    first = next((notes[start:end] for start, end in split(notes)), "")
    return len(first.split()) <= _SAID and wording.within("introducing", language).search(first) is not None


def listed_places(units: Sequence[Unit], kinds: Sequence[str], language: str) -> frozenset[int]:
    """Positions in `units` of the slides at which the parts of an agenda begin whose table says so."""
    head = wording.whole("places", language)
    numbers: set[int] = set()
    for unit, kind in zip(units, kinds, strict=True):
        for cells in _columns(unit).values() if kind == "agenda" else ():
            if head.fullmatch(cells[0]):
                numbers |= {int(match[1]) for match in map(_PLACES.fullmatch, cells[1:]) if match}
    return frozenset(n for n, unit in enumerate(units) if n and unit.number in numbers)


def _columns(unit: Unit) -> dict[int, list[str]]:
    columns: dict[int, list[str]] = defaultdict(list)
    for block in unit.blocks:
        if block.part is Part.TABLE and block.column is not None and block.visible:
            columns[block.column].append(" ".join(block.text.split()))
    return columns


def _is_timetable(unit: Unit, titles: set[str], language: str) -> bool:
    columns = _columns(unit)
    pause, head = wording.starting("pause", language), wording.whole("places", language)
    others = sum(bool(pause.match(cell)) or (bare(cell, language) in titles and bool(bare(cell, language)))
                 for cells in columns.values() for cell in cells)
    timed = others >= _LINES and any(_count(_CLOCK, cells) >= _CELLS for cells in columns.values())
    return timed or any(head.fullmatch(cells[0]) and _count(_PLACES, cells[1:]) >= _CELLS for cells in columns.values())


def _count(pattern: re.Pattern[str], cells: Sequence[str]) -> int:
    return sum(pattern.fullmatch(cell) is not None for cell in cells)


def _speakers(readings: Sequence[Reading]) -> frozenset[str]:
    """What looks like a person's name below the title of the title page, and beside an address at the end."""
    said = [piece for one in readings[:1] for piece in one.pieces if " ".join(piece.split()) != one.title]
    said += [piece for one in readings[1:][-_LAST:] for piece in one.pieces if "@" in piece]
    return frozenset(name for piece in said for name in _NAME.findall(piece))


def _begins(piece: str, names: frozenset[str]) -> bool:
    return any(piece.startswith(name) and _BEHIND_NAME.match(piece, len(name)) for name in names)
