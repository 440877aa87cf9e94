"""What a blog draft closes with: what to take away, or the author's own last word.

A takeaway is the author's own short form, understood by somebody who reads nothing else, and true as it stands: a line
under "Signs that you are not ready" is a warning there and advice here, so it is not taken. Three are better than five,
and none is better than one that leans on the text above: nothing is ever made up to fill the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.alone import dangling, needs_another, whole_thought
from generators.blog_plan import Piece
from generators.context import Context
from generators.facts import shared
from generators.material import Passage, length, unit_of
from generators.prose_cues import Cues
from language.fold import folded
from language.pipeline import has_model, parse
from language.verbless import FINITE
from language.words import content_words

_MOST, _FEWEST, _SUMMED = 3, 3, 2
#: Things that a line may call "the" without having said which.
_LOOSE = 1
_SHORTEST, _LONGEST = 4, 22
#: A summary may be this share of its piece; one that is longer is the piece.
_SHARE = 0.3
_LIKE = 0.6
#: Share of its words that a take-away must have from the piece, and a line of the author's own summing up; slides that
#: take-aways come from at least, and at the end of a piece those that its last word comes from.
_KNOWN, _SUM, _SLIDES, _LAST = 0.5, 0.34, 2, 2
#: Slides of a piece of which one is not all; words of weight of a full line, and the share that a shorter one must have.
_PIECE, _FULL, _SHORT = 5, 5, 0.75
#: Letters that two forms of one word have in common.
_START = 3
#: Finite verbs of a sentence with a clause as its subject.
_TWO = 2
#: Words of a statement that is a last word.
_TOLD = 6


def split_summary(piece: Piece, context: Context, cue: Cues) -> tuple[Piece, tuple[Sentence, ...]]:
    """The piece without the slide that sums it up, and the lines of that slide; the piece as it is when it has none."""
    kept: list[Passage] = []
    lines: list[Sentence] = []
    for passage in piece.passages:
        own = summary_of(passage, context, cue)
        lines += own
        if not own:
            kept.append(passage)
    lines = [s for s in lines if not (cue.has("question", s.text) or _half(s.text, cue) or cue.has("pronoun_start", s.text))]
    if not all(whole_thought(s.text, cue.language) for s in lines):
        return piece, ()
    words = length(lines)
    if not lines or not kept or words > _SHARE * piece.words:
        return piece, ()
    return replace(piece, passages=tuple(kept)), tuple(lines)


def summary_of(passage: Passage, context: Context, cue: Cues) -> list[Sentence]:
    """The lines of a slide that sums up, whole sentences with their full stop; [] for any other."""
    title = next((unit.title for unit in context.cleared.units if unit.number == passage.unit), "")
    own = [*passage.prose, *(s for each in passage.lists for s in each.items)]
    sums_up = not passage.running and not passage.table and cue.has("summary_title", title) and 2 <= len(own) <= 7
    return [_stopped(s) for s in own] if sums_up and all(len(s.text.split()) <= _LONGEST for s in own) else []


def takeaways(piece: Piece, summary: Sequence[Sentence], said: Iterable[Sentence], cue: Cues) -> tuple[Sentence, ...]:
    """The author's own summary, or else three short forms that stand alone; () rather than weak ones.

    `said` is what the piece prints; nothing of it is printed again.
    """
    said = list(said)
    printed = {folded(s.text) for s in said}
    units = {passage.unit for passage in piece.passages}
    warned = _warned(piece, cue)
    known = content_words(" ".join(s.text for s in said), cue.language)
    if summary:
        # The author's own sum is not mixed with lines of other slides.
        own = tuple(s for s in summary if _told(s, known, cue, _SUM))
        return own if len(own) >= _SUMMED else ()
    picked: list[Sentence] = []
    for s in (s for material in piece.materials for s in material.points):
        if unit_of(s) in units - warned and folded(s.text) not in printed and says_alone(s, known, cue) and _told(
                s, known, cue) and (all(shared(s.text, other.text, cue.language) < _LIKE for other in picked)):
            picked.append(s)
    if len(picked) < _FEWEST or (
            len({unit_of(s) for s in picked}) < _SLIDES and len(units) >= _PIECE):
        return ()
    # One of each slide where that is enough, and spread over the piece.
    firsts = list({unit_of(s): s for s in reversed(picked)}.values())[::-1]
    rest = firsts if len(firsts) >= _FEWEST else picked
    few = min(_MOST, len(rest))
    return tuple(rest[place * len(rest) // few] for place in range(few))


def closing(piece: Piece, summary: Sequence[Sentence], said: Iterable[Sentence], cue: Cues) -> tuple[Sentence, ...]:
    """The author's own last word on a piece without take-aways: what its summing up says in a line or two, or a statement
    that is the short form of what its last slides tell; () where none stands alone, or the piece has it in the same words.
    """
    said = list(said)
    words = [content_words(s.text, cue.language) for s in said]
    known = frozenset(word for each in words for word in each)
    own = tuple(s for s in summary if _told(s, known, cue, _SUM))
    if own:
        return own
    last = set(list(dict.fromkeys(p.unit for p in piece.passages))[-_LAST:]) - _warned(piece, cue)
    for s in reversed([s for m in piece.materials for s in m.points if unit_of(s) in last]):
        mine = content_words(s.text, cue.language)
        states = cue.has("finite", s.text) and not cue.has("advice", s.text)
        if len(s.text.split()) >= _TOLD and states and says_alone(s, known, cue) and _told(s, known, cue) and not any(
                len(mine & each) >= _LIKE * len(mine) for each in words):
            return (_stopped(s),)
    return ()


def _told(sentence: Sentence, known: frozenset[str], cue: Cues, least: float = _KNOWN) -> bool:
    """Whether a line speaks of what the piece tells: what is new in the last lines was never shown."""
    words = content_words(sentence.text, cue.language)
    # "owns" and "owner" have no stem in common, and a start.
    met = sum(word in known or any(word.startswith(each) or each.startswith(word) for each in known if len(each) >= _START)
              for word in words if len(word) >= _START or word in known)
    short = len(words) < _FULL and least >= _KNOWN
    return not known or met >= (_SHORT if short else least) * len(words)


def _warned(piece: Piece, cue: Cues) -> set[int]:
    """The units of a piece on which faults, fears or wishes stand."""
    warned = {p.unit for p in piece.passages for head in (p.heading, p.run_in) if head and _warns(head.text, cue)}
    return warned | {m.topic.first + n for m in piece.materials if _demands(m.title.text, cue)
                     for n in range(m.topic.last - m.topic.first + 1)}


def stands_alone(sentence: Sentence, cue: Cues) -> bool:
    """Whether a line is general and needs no other: it tells of no one day, points at nothing, and asks nothing."""
    text = sentence.text
    if not _SHORTEST <= len(text.split()) <= _LONGEST or cue.has("question", text) or text[0] in "“\"«‘" or any(
            char in text for char in "?=+→"):
        return False
    if needs_another(text, cue.language) or cue.has("bare_pronoun", text) or cue.has("narrative", text):
        return False
    # An instruction speaks to anybody; a statement with two bare figures is a line of a table.
    return len(re.findall(r"\d+", text)) < 2


def says_alone(sentence: Sentence, known: frozenset[str], cue: Cues) -> bool:
    """Whether a line that stands alone is also a sentence of its own, and names nothing that the reader has not met.

    `known` are the words of the piece that it closes.
    """
    text = sentence.text
    if not (stands_alone(sentence, cue) and whole_thought(text, cue.language)) or _half(text, cue):
        return False
    return dangling(text, known, cue.language) < _LOOSE


def _half(text: str, cue: Cues) -> bool:
    """"Who answers the fourth.", a clause that begins with its question word and of which nothing is said, and "Restricts
    types to scopes.", of which somebody stands elsewhere.
    """
    asks, known = cue.has("asking_start", text), cue.language == "en" and has_model("en")
    if not known:
        return asks and len(cue.single["finite"].findall(text)) < _TWO
    (doc,) = parse([text], cue.language)
    return doc[0].tag_ == "VBZ" or (asks and sum(token.tag_ in FINITE for token in doc) < _TWO)


def _warns(heading: str, cue: Cues) -> bool:
    """Whether what stands under a heading is a fault, a fear or an objection: as a line of its own it would be advice."""
    return cue.has("warning_title", heading) or _demands(heading, cue)


def _demands(heading: str, cue: Cues) -> bool:
    """Whether what stands under a heading is what a client asks for, which no reader is advised to do."""
    return cue.has("demand_title", heading) or cue.has("wish_title", heading)


def _stopped(sentence: Sentence) -> Sentence:
    text = sentence.text[:1].upper() + sentence.text[1:]
    return sentence.model_copy(update={"text": text if text[-1] in ".!?…”\"’" else text.rstrip(" ,;:") + "."})


def every(passage: Passage) -> list[Sentence]:
    """All that a passage prints but its headings."""
    return [*passage.prose, *(s for each in passage.lists for s in each.items), *(c for row in passage.table for c in row)]
