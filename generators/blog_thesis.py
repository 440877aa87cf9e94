"""What a piece maintains or asks, where no sentence of it sums it up: the line that makes somebody want to read it.

"You do not lose trust through a mistake. You lose it through the silence after it." says less of what stands in a piece than
a list of its headings, and more of what it is for. Such a line is a closed window (windows.py), a sentence or two that are
one thought, of general sense, and speaks of something that the piece keeps coming back to. The question with which a piece
begins is another. Nothing is shortened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from content.draft import Sentence
from generators.alone import asks_alone, on_screen, points_back
from generators.blog_close import every
from generators.blog_open import begins
from generators.blog_plan import Piece
from generators.context import Context
from generators.prose_cues import Cues
from generators.windows import merit, single
from language.pipeline import has_model, parse
from language.words import content_words, stem

#: Letters of a line, and of one of two sentences at the least.
_LEAST, _MOST, _SHORT = 50, 160, 40
#: What a line is worth that may begin with its condition, or speak of one section; and one that may speak of anything.
_POINTED, _SHARP = 2.0, 3.0
#: What windows.merit gives to a pair for being one.
_PAIR = 0.5
#: What a line must be worth (windows.merit) to stand for its piece, and sentences at the head of a piece among which its
#: question is.
_WORTH, _FIRST = 0.5, 2
#: Words at the start of a line that say what it is about; paragraphs of a piece that must hold one of them, at the least, and
#: share of them. A line that is just worth it begins with it, and needs twice as many.
_START, _HELD, _OFTEN = 6, 2, 0.15
#: Cues of a line that tells of one day or one person, gives one piece of advice, or holds for some.
_OF_ONE = ("first_person", "myth", "this_thing", "such", "told_on")
#: Tags of a verb that says what holds, and of one that helps another to.
_NOW, _HELPS = {"VBZ", "VBP", "MD"}, {"MD", "VBZ", "VBP"}
_ENDS = re.compile(r"(?<=[.!?]) ")
_QUOTES = "\"'“‘«"


def fits_line(sentence: Sentence) -> bool:
    """Whether a sentence is neither too short nor too long where one line is shown."""
    return _LEAST <= len(sentence.text) <= _MOST


def opening_question(piece: Piece, cue: Cues) -> Sentence | None:
    """The question with which a piece begins, whole and understood alone; None where it begins with none."""
    return next((s for s in begins(piece.passages)[:_FIRST] if s.text.endswith("?") and fits_line(s)
                 and asks_alone(s.text, cue.language) and not points_back(s.text, cue.language)
                 and not on_screen(s.text, cue.language) and not cue.has("pronoun_start", s.text)), None)


def thesis(piece: Piece, title: Sentence, context: Context, cue: Cues) -> Sentence | None:
    """The best line of a piece; None where no line stands for it. `title` is that of the piece."""
    ranked = sorted(_lines(piece, title, context, cue), key=lambda each: -each[0])
    return ranked[0][1] if ranked else None


def _holds(text: str, cue: Cues) -> bool:
    """Whether each sentence of a line says what holds, with a verb of its own: none that tells what was, none that orders."""
    rows = [each for each in _ENDS.split(text) if each]
    if any(cue.has("advice", each) for each in rows):
        return False
    if cue.language != "en" or not has_model(cue.language):
        return not cue.has("narrative", text) and cue.has("finite", rows[0])
    heads = [next(token for token in doc if token.dep_ == "ROOT") for doc in parse(rows, cue.language)]
    return all(head.tag_ in _NOW or any(child.tag_ in _HELPS for child in head.children) for head in heads)


def _lines(piece: Piece, title: Sentence, context: Context, cue: Cues) -> Iterator[tuple[float, Sentence]]:
    said = {name for p in piece.passages for s in every(p) for name in s.sources}
    rows = [row for p in piece.passages for row in p.paragraphs or (p.prose,)]
    held = Counter(word for row in rows for word in _stems(" ".join(s.text for s in row), cue))
    named = _stems(title.text, cue)
    heads = _stems(" ".join(p.heading.text for p in piece.passages if p.heading), cue)
    for material in piece.materials:
        for line in single(material, context):
            text, value = line.text, merit(line, context)
            if not set(line.sources) <= said or value < _WORTH or not _fits(line, value, cue) or not _holds(text, cue):
                continue
            # What a line is about stands at its start.
            weak = value - _PAIR * (len(line.sources) > 1) <= _WORTH
            starts = " ".join(word for each in _ENDS.split(text) for word in each.split()[:_START // (1 + weak)])
            words = _stems(starts, cue)
            often = max((held[word] for word in words), default=0) / len(rows)
            near = value >= _SHARP or bool(words & (named | heads if value >= _POINTED else named))
            if near or often >= max(_HELD / len(rows), _OFTEN * (1 + weak)):
                yield value + often + len(words & named) / 2, line


def _stems(text: str, cue: Cues) -> frozenset[str]:
    return frozenset(stem(word, cue.language) for word in content_words(text, cue.language))


def _fits(line: Sentence, value: float, cue: Cues) -> bool:
    """Whether a line has the length, and holds for everybody, or is worth a condition."""
    text, pair = line.text, len(line.sources) > 1
    if not (_SHORT if pair else _LEAST) <= len(text) <= _MOST or text[0] in _QUOTES or ":" in text:
        return False
    some = cue.has("holds_for_some", text) and value < _POINTED
    return not some and not any(cue.has(name, text) for name in _OF_ONE)
