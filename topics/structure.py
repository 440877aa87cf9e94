"""What layouts, dividers, agenda, headings and author sections say about where topics start, in log-odds.

The figures are hand-set from observed frequencies of author sections under each cue (base rate 0.155): a slide on a
section-header layout opened one every time, one whose layout is called "divider" or the like in 62 %, one with nothing
but a title in 56 %, one whose title the agenda announced in 50 %, one on a rare layout in 43 %; the layout of the first
slide, met again inside a deck, never did. Cues overlap, so their sum is capped. In decks whose dividers were taken out,
bare titles told nothing (they were demos and pictures): a bare title counts in full on a layout of its own alone, and not
at all above a picture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from content.document import Part, Unit
from topics import wording
from topics.asides import is_bare_heading, is_title_layout
from topics.builds import bare
from topics.dividers import SURE, dividers
from topics.reading import Reading

_TITLE_ONLY, _RARE, _NUMBERED, _TITLE_AGAIN = 1.4, 1.0, 1.5, -2.5
#: A bare title on the layout that most slides have, and an agenda that comes back between the parts.
_BARE_AMONG_OTHERS, _AGENDA_AGAIN = 0.6, 3.5
_TOP_HEADING, _LOWER_HEADING, _REPEATED_HEADING, _PAGE_HEADING = 6.0, -3.0, -3.0, 1.0
#: What any other place loses in a deck that has two sure dividers.
_PLAIN = 3.0
_CAP = 6.0


def boosts(units: Sequence[Unit], readings: Sequence[Reading], kinds: Sequence[str], language: str,
           announced: Sequence[float] = ()) -> list[float]:
    """For each unit the log-odds, on top of the text's, that a topic starts there.

    `kinds` has for each unit its kind of aside, or ''; `announced` what an agenda says of it, where there is one.
    """
    count = len(units)
    if not count:
        return []
    if units[0].kind != "slide":
        return _headings(units, readings, language)
    layouts = Counter(unit.layout for unit in units)
    usual = max(sorted(layouts), key=lambda name: layouts[name])
    lone = [is_lone(unit, one) for unit, one in zip(units, readings, strict=True)]
    opens = dividers(units, readings, language)
    # Who marks the parts so has said where they are not, too.
    authored = sum(value >= SURE for value in opens) >= 2
    # In a deck of one-line slides a bare title says nothing.
    telling = sum(lone) <= 0.25 * count
    part = re.compile(r"\W*(?:(?:" + "|".join(map(re.escape, wording.phrases("numbering", language)))
                      + r")\s+(?:\d+|[ivx]+|one|two|three|four|five|six)\b)", re.IGNORECASE)
    parts: set[str] = set()
    agendas: set[str] = set()
    returned = False
    closing = wording.whole("closing", language)
    result: list[float] = []
    for n, (unit, one, kind) in enumerate(zip(units, readings, kinds, strict=True)):
        value = opens[n]
        rare = bool(unit.layout) and 1 < layouts[unit.layout] <= 0.1 * count
        if not value and rare and kind in {"", "divider"} and one.shown <= 20:
            value += _RARE
        if kind in {"", "divider"} and lone[n] and telling and not opens[n] and not closing.fullmatch(one.title):
            value += _TITLE_ONLY if kind == "divider" or unit.layout != usual else _BARE_AMONG_OTHERS
        if kind == "agenda":
            title = bare(one.title, language)
            returned = title in agendas and bare(readings[n - 1].title, language) != title
            value += _AGENDA_AGAIN * returned
            agendas.add(title)
        elif returned:
            # The agenda itself opened this part.
            value, returned = value - _AGENDA_AGAIN, False
        if announced:
            value += announced[n]
        if (match := part.match(one.title)) and match.group().lower() not in parts:
            value += _NUMBERED
            parts.add(match.group().lower())
        if n and is_title_layout(unit.layout) and layouts[unit.layout] <= 3:
            value += _TITLE_AGAIN
        result.append(max(-_CAP, min(max(_CAP, opens[n]), value)) - _PLAIN * (authored and not opens[n]))
    return result


def is_lone(unit: Unit, one: Reading) -> bool:
    """Whether a slide shows a few words and nothing else: a title, perhaps with a number or a line below it."""
    worded = [piece for piece in one.pieces if any(char.isalpha() for char in piece)]
    return not unit.pictures and 0 < one.shown <= 12 and (len(worded) == 1 or (len(worded) == 2 and one.shown <= 8))


def _headings(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> list[float]:
    """Sections and pages of a document.

    A section of a heading alone has those below it, so it opens a part. A heading that comes back again and again ("How
    to prevent") stands inside parts. A page that begins with a heading is likelier to open something than another.
    """
    often = Counter(bare(one.title, language) for one in readings)
    levels = [next((block.level for block in unit.blocks if block.part is Part.TITLE), -1) for unit in units]
    many = Counter(level for level in levels if level >= 0)
    shared = [level for level in sorted(many) if many[level] >= 2]
    mixed = len(shared) > 1
    result: list[float] = []
    for unit, one, level in zip(units, readings, levels, strict=True):
        value = 0.0
        if unit.kind != "section":
            first = next((block for block in unit.blocks if block.readable), None)
            value += _PAGE_HEADING * (first is not None and first.part is Part.TITLE)
        elif level >= 0:
            if is_bare_heading(one):
                value += _TOP_HEADING
            elif mixed:
                value += _TOP_HEADING if level <= shared[0] else _LOWER_HEADING
        if often[bare(one.title, language)] >= 3 and one.title:
            value += _REPEATED_HEADING
        result.append(value)
    return result


def author_sections(units: Sequence[Unit], kinds: Sequence[str]) -> list[int]:
    """Where the author's own sections start, 0 left out; () when there are none.

    A section with fewer than two content units (a title page, the questions at the end) is joined to the section after
    it when it is the first, to the one before it otherwise.
    """
    starts = [n for n in range(1, len(units)) if units[n].section != units[n - 1].section]
    if not starts:
        return []
    kept: list[int] = []
    begun = 0
    for start, end in zip([0, *starts], [*starts, len(units)], strict=True):
        content = sum(not kind for kind in kinds[start:end])
        if content >= 2:
            # Too little before this one: it goes along with it.
            if start and begun:
                kept.append(start)
            begun = 1
    return kept
