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
from itertools import groupby

from content.document import Block, Part, Unit
from language.leaning import shown, totals
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
_DIGIT = re.compile(r"\d")


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
    for _, group in groupby(cleaned, key=lambda each: each.unit.number):
        items = list(group)
        texts = [each.text for each in items]
        if any(each.gone for each in items):
            for place in {*_rows(items, default), *_totals(items, default)}:
                texts[place] = ""
            texts = [_unshown(text, items, default) if text and each.block.part is Part.NOTES else text
                     for each, text in zip(items, texts, strict=True)]
        texts = ["" if _stump(each, text) else text for each, text in zip(items, texts, strict=True)]
        out += texts
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


def _unshown(text: str, items: Sequence[Cleaned], default: str) -> str:
    """What was said, without the sentences that point at what is no longer shown."""
    seen = [each for each in items if each.block.part in _SHOWN]
    gone = [each.block.text for each in seen if each.gone]
    if sum(map(len, gone)) < _MOST * sum(len(each.block.text) for each in seen):
        return text
    language = wording_language(text, default)
    words = any(len(said.split()) >= _TEXT_WORDS for said in gone)
    figure = any(_DIGIT.search(said) for said in gone)
    edits = [Edit(start, end, Kind.SENTENCE) for start, end in split(text)
             if (words and shown(text[start:end], language, figure=False))
             or (figure and shown(text[start:end], language, figure=True))]
    return apply(text, edits, language) if edits else text


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
