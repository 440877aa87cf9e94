"""What is left of a slide once something on it was withheld, and says something untrue or nothing without it.

A row of a table whose figure is gone goes whole, and the line that adds up the others goes with it: a total over parts
that nobody sees is a false sum. Where the text or the figure that a slide shows was taken out, what the speaker says of "this
letter" or "that amount" goes too. Nothing here decides what is withheld, and a slide that lost nothing is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from content.document import Block, Part, Unit
from language.amounts import told_amounts
from language.leaning import credits, pointed, reads_out, shown, totals
from language.sentences import split
from rules.clearing_edits import Edit, Kind, apply
from rules.clearing_words import wording_language
from rules.masks import wording

_SHOWN = frozenset({Part.BODY, Part.TABLE, Part.CHART, Part.SMARTART})
#: Words of a text that is more than a label; and the share of what a slide shows that it must be for "this letter".
_TEXT_WORDS, _MOST = 5, 0.5
#: Words of a line in a list that may be its total.
_LINE_WORDS = 14
#: Words that are only a stump of a paragraph of so many words or more, and their share of it.
_STUMP_WORDS, _STUMP, _PARAGRAPH = 15, 1 / 3, 40
#: Words that a line must have lost to be nothing, where only a stand-in is left of it.
_TOLD = 4
#: Words of a line that says whose words stand above it; letters by which two words are one.
_CREDIT_WORDS, _STEM = 12, 5
#: An amount that a line shows and a speaker says again: smaller ones are counts of anything. And amounts before a sum.
_AMOUNT, _PARTS = 100, 2
_DIGIT = re.compile(r"\d")
#: What ties a clause to the one before it; how a sentence ends.
_CLAUSE = re.compile(r",? (?:and|but|en|maar) $")
_END = ".!?:…\"'”’) \n"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A block before and after clearing; `held` when a whole statement was taken out of it."""

    unit: Unit
    block: Block
    text: str
    held: bool

    @property
    def gone(self) -> bool:
        """Whether nothing is left of it, for what it stated."""
        return self.held and not self.text


def left(cleaned: Sequence[Cleaned], default: str) -> list[str]:
    """The texts of the blocks, in order, without what is false or empty because of what was withheld beside it."""
    out: list[str] = []
    before: list[Cleaned] = []
    for _, group in groupby(cleaned, key=lambda each: each.unit.number):
        items = list(group)
        texts = [each.text for each in items]
        if any(each.gone for each in items):
            added = {*_rows(items, default), *_totals(items, default)}
            sums = {value for place in added for value in _amounts(items[place].text, items[place], default)}
            for place in {*added, *_credits(items, default)}:
                texts[place] = ""
            texts = [_unshown(text, items, sums, default) if text and each.block.part is Part.NOTES else text
                     for each, text in zip(items, texts, strict=True)]
            if before and _lost_text(items) and (last := _last_note(before, out)) is not None:
                out[last] = _unread(out[last], default, at_end=True)
        texts = ["" if _stump(each, text) else text for each, text in zip(items, texts, strict=True)]
        out += texts
        before = items
    return out


def _rows(items: Sequence[Cleaned], default: str) -> Iterator[int]:
    """The places of the cells in rows of which one was withheld, and in those that add up rows above."""
    tables: dict[str, dict[int, list[int]]] = {}
    for place, each in enumerate(items):
        if each.block.part is Part.TABLE and each.block.row:  # the head names columns, and stays
            tables.setdefault(each.block.shape, {}).setdefault(each.block.row, []).append(place)
    for rows in tables.values():
        lost = False
        for _, places in sorted(rows.items()):
            total = lost and any(totals(items[place].block.text, _language(items[place], default)) for place in places)
            if total or any(items[place].gone for place in places):
                lost = True
                yield from places


def _totals(items: Sequence[Cleaned], default: str) -> Iterator[int]:
    """The places of lines that add up others of their list, of which one was withheld."""
    lost: set[str] = set()
    for place, each in enumerate(items):
        if each.block.part is not Part.BODY or not _DIGIT.search(each.block.text) or (
                len(each.block.text.split()) > _LINE_WORDS):
            continue
        if each.gone:
            lost.add(each.block.shape)
        elif each.block.shape in lost and totals(each.block.text, _language(each, default)):
            yield place


def _credits(items: Sequence[Cleaned], default: str) -> Iterator[int]:
    """The places of lines that say whose words stand above them, where those words are gone."""
    for place, (above, each) in enumerate(pairwise(items), start=1):
        told = above.gone and above.block.part is Part.BODY is each.block.part
        few = len(above.block.text.split()) >= _TEXT_WORDS and len(each.text.split()) <= _CREDIT_WORDS
        if told and few and credits(each.text, _language(each, default)):
            yield place


def _amounts(text: str, each: Cleaned, default: str) -> frozenset[float]:
    return frozenset(value for value in told_amounts(text, _language(each, default)) if value >= _AMOUNT)


def _lost(items: Sequence[Cleaned]) -> list[str]:
    """What a unit showed and no longer does, where that is most of it."""
    seen = [each for each in items if each.block.part in _SHOWN]
    gone = [each.block.text for each in seen if each.gone]
    return gone if gone and sum(map(len, gone)) >= _MOST * sum(len(each.block.text) for each in seen) else []


def _lost_text(items: Sequence[Cleaned]) -> bool:
    return any(len(said.split()) >= _TEXT_WORDS for said in _lost(items))


def _last_note(before: Sequence[Cleaned], out: Sequence[str]) -> int | None:
    """The place, among all texts so far, of the last that was said on the unit before."""
    first = len(out) - len(before)
    return next((first + place for place in reversed(range(len(before)))
                 if before[place].block.part is Part.NOTES and out[first + place]), None)


def _unread(text: str, default: str, *, at_end: bool) -> str:
    """What was said, without announcing to read out what is gone; `at_end`: in the last sentence alone."""
    language = wording_language(text, default)
    edits = []
    for start, end in split(text)[-1:] if at_end else split(text):
        found = reads_out(text[start:end], language)
        if found is not None:
            clause = _CLAUSE.search(text[start:start + found])
            stop = start + len(text[start:end].rstrip(_END))
            edits.append(Edit(start + clause.start(), stop, Kind.CUT) if clause else Edit(start, end, Kind.SENTENCE))
    return apply(text, edits, language) if edits else text


def _unshown(text: str, items: Sequence[Cleaned], sums: set[float], default: str) -> str:
    """What was said, without the sentences that point at what is no longer shown, or say a sum whose parts are not."""
    language = wording_language(text, default)
    gone = _lost(items)
    words = any(len(said.split()) >= _TEXT_WORDS for said in gone)
    figure = any(_DIGIT.search(said) for said in gone)
    named = {word.lower()[:_STEM] for each in items if each.gone and len(each.block.text.split()) >= _TEXT_WORDS
             for word in re.findall(r"\w{4,}", each.block.text)}
    edits = [Edit(start, end, Kind.SENTENCE) for start, end in split(text)
             if (words and shown(text[start:end], language, figure=False))
             or (figure and shown(text[start:end], language, figure=True))
             or (named and pointed(text[start:end], language)[:_STEM] in named)
             # A sum whose parts the speaker has told is understood all the same.
             or (sums and sums & told_amounts(text[start:end], language)
                 and len(told_amounts(text[:start], language)) < _PARTS)]
    out = apply(text, edits, language) if edits else text
    return _unread(out, default, at_end=False) if words else out


def _stump(each: Cleaned, text: str) -> bool:
    """Whether of a paragraph only a lead-in or an afterword is left, few words of many; or nothing but a stand-in."""
    words, all_words = len(text.split()), len(each.block.text.split())
    if words + _TOLD <= all_words and text.strip(" •-–—.").lower() in _stand_ins():
        return True
    return each.held and words <= _STUMP_WORDS and all_words >= _PARAGRAPH and words <= _STUMP * all_words


@cache
def _stand_ins() -> frozenset[str]:
    """What stands for a name, in all languages with wording."""
    return frozenset(mask for code in ("en", "nl") for mask in wording(code).category.values() if mask)


def _language(each: Cleaned, default: str) -> str:
    return wording_language(each.block.text, default)
