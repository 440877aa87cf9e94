"""One piece, one subject: the subjects that a topic holds, and which of them are articles of their own.

A talk is told as one story, of slides of a hundred words; its topics stay whole. A reference or a workshop is told in
chapters: slides, or runs of slides under one title, that each have an article's worth of words about something else. There
a subject with words enough becomes a piece; what is too thin goes with a neighbour only where both are parts of one thing,
and else to its author.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.blog_cover import generic, states, unlabelled, without_number
from generators.blog_form import by_unit
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import Cues
from language.fold import folded
from language.words import content_words, stem, tokens

#: Words of a subject that make a piece of its own, and of the longest that several make together.
OWN, TOGETHER = 320, 1300
#: Subjects of that weight, and the share of what a deck tells that they hold, that make it a deck of chapters.
_CHAPTERS, _HELD = 2, 0.3
#: Share of a topic that one subject must hold to be told without the bare labels beside it.
_MAIN = 0.6
#: Likeness of two subjects, 0 to 1, from which they are parts of one: five times what two of one deck have by chance.
_NEAR = 0.2
#: Words of a heading that is a label.
_LABEL = 4
#: Share of the headings of a deck that hold a word which tells none of them from another.
_COMMON = 0.3


@dataclass(frozen=True, slots=True)
class Subject:
    """A run of passages about one thing, the headings it stands under (none where nothing stands above it), and its words."""

    passages: tuple[Passage, ...]
    heads: tuple[Sentence, ...]
    #: How often it says each word of weight, and, for each of its parts, what those weigh in the deck, of length 1.
    count: Counter[str]
    weights: tuple[dict[str, float], ...] = ()
    #: It stands under a label that any deck could have, or under none.
    stock: bool = False

    @property
    def words(self) -> int:
        """Words of all that it prints, its questions with it."""
        return sum(p.words + (len(p.run_in.text.split()) if p.run_in else 0) for p in self.passages)


def subjects_of(piece: Piece, cue: Cues) -> list[Subject]:
    """The subjects of a piece in their order: slides under one title are one, whatever their count."""
    out: list[Subject] = []
    for group in by_unit(piece.passages):
        head = unlabelled(group[0].heading, cue) if group[0].heading else None
        last = out[-1] if out else None
        again = last is not None and (head is None or any(
            folded(without_number(head.text, cue)) == folded(without_number(each.text, cue)) for each in last.heads))
        said = Counter(_words(group, head, cue))
        if last is not None and again:
            out[-1] = replace(last, passages=(*last.passages, *group), count=last.count + said)
        else:
            stock = head is None or generic(head.text, cue) or cue.has("empty_title", head.text)
            out.append(Subject(tuple(group), (head,) if head else (), said, stock=stock))
    return out


def in_chapters(pieces: Sequence[Piece], materials: Sequence[Material], cue: Cues) -> bool:
    """Whether a deck is told in chapters: a case study, or two subjects of article's length and three tenths of its words."""
    if any(p.running for piece in pieces for p in piece.passages):
        return False  # the sections of a document go on with one another
    if any(p.heading and cue.has("brief_title", p.heading.text) for m in materials for p in m.passages):
        return True
    found = [each for piece in pieces for each in subjects_of(piece, cue) if not each.stock]
    long = [each.words for each in found if each.words >= OWN]
    return len(long) >= _CHAPTERS and sum(long) >= _HELD * sum(each.words for each in found)


def chapters(pieces: Sequence[Piece], materials: Sequence[Material], cue: Cues) -> list[list[Piece]]:
    """For each piece of a deck in chapters its subjects that are pieces of their own; [] where it holds none.

    A topic of small subjects under titles that state something is a story within the reference, and stays whole.
    """
    every = [subjects_of(piece, cue) for piece in pieces]
    deck = [each for m in materials for each in subjects_of(Piece((m,), m.passages), cue)]
    every = [[_weighed(each, deck) for each in found] for found in every]
    titles = [each.heads[0] for found in every for each in found if each.heads]
    common = _common(titles, cue)
    out: list[list[Piece]] = []
    for piece, found in zip(pieces, every, strict=True):
        joined = _bound(found, common, cue)
        whole = [each for each in joined if each.words >= OWN and not each.stock]
        if not whole and _story(found, cue):
            out.append([piece])
        else:
            out.append([replace(piece, passages=each.passages, subject=each.heads[0]) for each in whole])
    return out


def alike(one: Sequence[Subject], other: Sequence[Subject], pieces: Sequence[Piece], cue: Cues, near: float = _NEAR) -> float:
    """How much two stretches of a deck speak of one thing, 0 where they do not: the best of their subjects, as they are
    weighed among those of all its `pieces`. `near`: the likeness from which they do.
    """
    deck = [each for piece in pieces for each in subjects_of(piece, cue)]
    common = _common([head for each in deck for head in each.heads], cue)
    left, right = ([replace(_weighed(each, deck), stock=False) for each in found] for found in (one, other))
    return max((_bond(first, second, common, cue, near) for first in left for second in right), default=0.0)


def main_subject(piece: Piece, cue: Cues) -> Piece:
    """The piece without the labels beside its main subject: short slides that neither state anything nor were told."""
    if any(p.running for p in piece.passages):
        return piece
    found = subjects_of(piece, cue)
    total = sum(each.words for each in found)
    main = max(found, key=lambda each: each.words, default=None)
    if main is None or main.stock or main.words < max(OWN, _MAIN * total) or len(found) == 1:
        return piece
    kept = [each for each in found if each is main or not each.heads or states(each.heads[0].text, cue)
            or len(each.heads[0].text.split()) >= _LABEL]
    if len(kept) == len(found):
        return piece
    return replace(piece, passages=tuple(p for each in kept for p in each.passages), subject=main.heads[0])


def _story(found: Sequence[Subject], cue: Cues) -> bool:
    """Whether the slides of a topic have titles that tell, and no questions that are answered one after the other."""
    heads = [head for each in found for head in each.heads]
    asked = any(p.run_in and p.run_in.text.endswith("?") for each in found for p in each.passages)
    telling = sum(states(head.text, cue) or len(head.text.split()) > _LABEL for head in heads)
    return not asked and bool(heads) and 2 * telling >= len(heads)


def _bound(found: Sequence[Subject], common: frozenset[str], cue: Cues) -> list[Subject]:
    """Subjects, those too thin for a piece with the neighbour that they are most of all part of one thing with."""
    out = list(found)
    while True:
        ways = [(_bond(out[n], out[n + 1], common, cue), -n) for n in range(len(out) - 1)
                if min(out[n].words, out[n + 1].words) < OWN and out[n].words + out[n + 1].words <= TOGETHER]
        bond, place = max(ways, default=(0.0, 0))
        if bond <= 0:
            return out
        first, second = out[-place], out[-place + 1]
        joined = Subject((*first.passages, *second.passages), (*first.heads, *second.heads), first.count + second.count,
                         (*first.weights, *second.weights))
        out[-place:-place + 2] = [joined]


def _bond(one: Subject, other: Subject, common: frozenset[str], cue: Cues, near: float = _NEAR) -> float:
    """How much two subjects are parts of one: more than 1 where their titles share a telling word, 0 where they are not."""
    if one.stock or other.stock:
        return 0.0
    like = max(sum(weight * right.get(word, 0.0) for word, weight in sorted(left.items()))
               for left in one.weights for right in other.weights)
    first, second = (_named(each, cue) - common for each in (one, other))
    if first & second:
        return 1.0 + like
    return like if like >= near else 0.0


def _named(subject: Subject, cue: Cues) -> frozenset[str]:
    return content_words(" ".join(head.text for head in subject.heads), cue.language)


def _common(titles: Sequence[Sentence], cue: Cues) -> frozenset[str]:
    """Words that stand in so many titles of a deck that they tell none from another."""
    count = Counter(word for each in titles for word in content_words(each.text, cue.language))
    return frozenset(word for word, n in count.items() if n > max(2.0, _COMMON * len(titles)))


def _weighed(subject: Subject, deck: Sequence[Subject]) -> Subject:
    """The subject with weights: rare words of the deck weigh most (tf-idf, log of both)."""
    held = {word: sum(word in each.count for each in deck) or 1 for word in subject.count}
    own = {word: (1 + math.log(n)) * math.log(max(1.0, len(deck) / held[word])) for word, n in subject.count.items()}
    return replace(subject, weights=(_unit(own),))


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for _, weight in sorted(weights.items()))) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _words(group: Sequence[Passage], head: Sentence | None, cue: Cues) -> list[str]:
    said = [head.text] if head else []
    for p in group:
        said += [p.run_in.text] if p.run_in else []
        said += [s.text for s in (*p.prose, *(s for each in p.lists for s in each.items))]
        said += [cell.text for row in p.table for cell in row]
    text = " ".join(said)
    kept = content_words(text, cue.language)
    return [word for word in (stem(each, cue.language) for each in tokens(text)) if word in kept]
