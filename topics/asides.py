"""Recognises the units that hold a talk together but are not worth a piece: agenda, bio, thanks, dividers and the like.

Words come from data/words.*.yaml, the rest from where a unit stands, what its layout is called and how little is on it.
A unit with real notes is never an aside for being short: its speaker had something to say there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.document import Unit
from language.words import tokens
from topics import wording
from topics.agenda import announced_in, announces
from topics.opening import opening
from topics.reading import Reading, stems

#: Notes of this many words make a bare slide a slide of its own.
_TELLING_NOTES = 15
_HEADER_LAYOUTS = ("section header", "section title", "sectiekop")
_JOINED = re.compile(r"[.!?;,]+\s*|\s+(?:and|en|&|\+)\s+|\s*/\s*")
_TIME = re.compile(r"\b\d{1,2}[.:h]\d{2}\b")
_TITLE_LAYOUT = re.compile(r"\W*(?:\d+[_\W]*)?(?:title slide|titeldia|cover|titelfolie|opening)\b", re.IGNORECASE)


def is_header_layout(layout: str) -> bool:
    """Whether a layout is the one that PowerPoint offers for opening a section."""
    name = layout.lower()
    return any(entry in name for entry in _HEADER_LAYOUTS)


def names_divider(layout: str, language: str) -> bool:
    """Whether a layout's name says that it opens a part."""
    return bool(layout) and wording.within("divider_layouts", language).search(layout.replace("_", " ")) is not None


def is_title_layout(layout: str) -> bool:
    """Whether a layout is that of the first slide of a deck."""
    return bool(_TITLE_LAYOUT.match(layout))


def is_bare_heading(one: Reading) -> bool:
    """Whether a section of a document is its heading alone."""
    return len(one.pieces) == 1 and 0 < one.shown <= 15


def asides_of(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> dict[int, str]:
    """Position in `units` -> kind of aside.

    Kinds: title, agenda, bio, thanks, divider, references, legal, appendix, picture, empty.
    """
    count = len(units)
    paged = bool(units) and units[0].kind != "slide"
    found: dict[int, str] = {}
    appendix = False
    for n, (unit, one) in enumerate(zip(units, readings, strict=True)):
        notes = sum(len(tokens(block.text)) for block in unit.notes)
        kind = _kind(n, count, unit, one, notes, language, paged)
        # What follows "Appendix" near the end belongs to it.
        appendix = appendix or (kind == "appendix" and n >= 0.5 * count)
        if not kind and appendix:
            kind = "appendix"
        if kind:
            found[n] = kind
    if not paged:
        found |= {n: kind for n, kind in opening(units, readings, language).items() if n not in found}
    if not paged and "agenda" not in found.values():
        found |= dict.fromkeys(announces(units, readings, language), "agenda")
    if not paged:
        found |= {n: "divider" for n in _echoed(readings, found, language) if n not in found}
    # Never everything: a document of asides alone is taken as content.
    if len(found) == count:
        found = {n: kind for n, kind in found.items() if kind in {"picture", "empty"}} if count > 1 else {}
    return found


def _kind(n: int, count: int, unit: Unit, one: Reading, notes: int, language: str, paged: bool) -> str:
    title, late, short = one.title, n >= 0.6 * count, one.shown <= 40
    said = notes >= _TELLING_NOTES

    def is_called(*keys: str) -> bool:
        # "References and further reading", "Thanks! Questions?": each of its parts is called so.
        parts = [part for part in _JOINED.split(title) if any(map(str.isalpha, part))]
        return bool(parts) and (any(wording.whole(key, language).fullmatch(title) for key in keys) or (
            len(parts) > 1 and all(any(wording.whole(key, language).fullmatch(part) for key in keys) for part in parts)))

    def begins(key: str) -> bool:
        return bool(title) and wording.starting(key, language).match(title) is not None

    if not one.shown:
        return "" if said else ("picture" if unit.pictures else "empty")
    if n == 0 and count > 3 and not paged and one.shown <= 60 and not said and not is_header_layout(unit.layout) and (
            is_title_layout(unit.layout) or len(one.pieces) <= 6):
        return "title"
    if is_called("agenda") and (one.shown <= 150 if not paged else one.shown <= 400):
        return "agenda"
    if is_called("bio") or (n <= 5 and begins("bio") and (short or (begins("bio_start") and one.shown <= 150))):
        return "bio"
    if (n >= 0.8 * count or n >= count - 3) and (is_called("thanks", "questions") or (begins("thanks") and short)):
        return "thanks"
    if (late and is_called("questions")) or (is_called("questions") and one.shown <= 12 and not said):
        return "thanks"
    if is_called("references") and (late or (one.shown <= 12 and not said)):
        return "references"
    if late and (is_called("appendix") or (begins("appendix") and (one.shown <= 12 or _labels(title, language)))):
        return "appendix"
    if not paged and one.shown <= 25 and ((is_called("pause") and not said) or (begins("pause") and _TIME.search(title))):
        return "legal"
    if is_called("legal") or len(set(map(str.lower, wording.within("small_print", language).findall(one.text)))) >= 2:
        return "legal"
    if unit.kind == "section" and is_bare_heading(one):
        return "divider"
    if paged or said:
        return ""
    if is_header_layout(unit.layout) and one.shown <= 30:
        return "divider"
    if names_divider(unit.layout, language) and one.shown <= 20:
        return "divider"
    return ""


def _labels(title: str, language: str) -> bool:
    """Whether the word for an appendix is the label of a title ("Backup: the raw counts")."""
    match = wording.starting("appendix", language).match(title)
    return match is not None and re.match(r"\s*\d*\s*[:–—-]", title[match.end():]) is not None


def _echoed(readings: Sequence[Reading], found: dict[int, str], language: str) -> list[int]:
    """Slides with nothing but a title that an agenda announced, and perhaps its number."""
    agendas = [readings[n] for n, kind in sorted(found.items()) if kind == "agenda"]
    items = {words for one in agendas for words in announced_in(one, language)}
    said = [[piece for piece in one.pieces if any(map(str.isalpha, piece))] for one in readings]
    return [n for n, (one, pieces) in enumerate(zip(readings, said, strict=True)) if len(pieces) == 1 and (
        (words := frozenset(stems(pieces[0], language))) and words in items)]
