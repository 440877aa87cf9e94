"""What the segmentation reads of one unit: its title, its words, and how much there is.

The same shape serves plain strings (`of_text`) and units of a document (`of_unit`), so that one set of cues and one
table of weights works on both.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from content.document import Part, Unit
from language.words import stem, tokens, word_list

#: How often each meaningful word stands on a unit.
Bag = Counter[str]
_PIECES = re.compile(r"\n|\s\.\s")
_EDGE = " .\t"
#: A first line of more words than this is a sentence and no title.
_TITLE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """One unit as the cues see it. `shown` counts the words on it, notes apart; `bag` has the notes as well."""

    title: str
    text: str
    pieces: tuple[str, ...]
    shown: int
    bag: Bag
    title_words: frozenset[str]


def stems(text: str, language: str) -> list[str]:
    """The meaningful words of a text in order, stemmed; numbers and single letters left out."""
    stop = word_list("stop", language)
    return [stem(word, language) for word in tokens(text) if len(word) > 1 and word not in stop and not word.isdigit()]


def of_text(text: str, language: str) -> Reading:
    """Read a plain string. Its first line, or what stands before the first " . ", is its title where it is short."""
    pieces = tuple(piece for raw in _PIECES.split(text) if (piece := raw.strip(_EDGE)))
    title = ""
    if pieces:
        words, alone = len(pieces[0].split()), len(pieces) == 1
        # A lone piece is a title only when it does not end like a sentence.
        if words <= (10 if alone else _TITLE_WORDS) and not (alone and text.rstrip()[-1:] in ".:;"):
            title = pieces[0]
    return Reading(title, text, pieces, len(tokens(text)), Counter(stems(text, language)),
                   frozenset(stems(title, language)))


def of_unit(unit: Unit, language: str) -> Reading:
    """Read a unit of a document: what an audience sees, then the notes."""
    blocks = [block for block in unit.blocks if block.readable and block.text.strip()]
    seen = [block.text for block in blocks if block.part is not Part.NOTES]
    title = unit.title or next((block.text for block in blocks if block.part is Part.TITLE), "")
    title = " ".join(title.split())
    if title and not any(" ".join(text.split()) == title for text in seen):
        seen.insert(0, title)
    notes = [block.text for block in blocks if block.part is Part.NOTES]
    if not title and seen and len(seen[0].split()) <= _TITLE_WORDS:
        title = " ".join(seen[0].split())
    return Reading(title, "\n".join(seen + notes), tuple(text.strip() for text in seen), len(tokens(" ".join(seen))),
                   Counter(stems("\n".join(seen + notes), language)), frozenset(stems(title, language)))
