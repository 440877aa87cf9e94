"""Decides what each blog draft is: which topics it takes, with which angle, under which title, in which sections.

The order is the author's. Only one thing is moved: the sentence (or two) that opens the piece, and it is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.material import ItemList, Material, Passage
from generators.prose_cues import Cues
from language.fold import folded
from language.words import content_words

#: Words of prose under which a topic is no piece of its own, and over which it is two.
LEAST, MOST = 180, 1500
#: Words of a section under one subheading.
SECTION_LEAST, SECTION_MOST = 90, 260
_PIECES = 8
#: Angles in the order in which a piece that has several of them should take one.
ANGLES = ("myth", "story", "number", "example", "question", "contrast", "how-to")


@dataclass(frozen=True, slots=True)
class Piece:
    """One draft to be: its passages in the deck's order and what may be picked from them."""

    materials: tuple[Material, ...]
    passages: tuple[Passage, ...]
    #: Number among the pieces of a topic that was cut in two; 0 otherwise.
    part: int = 0

    @property
    def words(self) -> int:
        """Words of its passages."""
        return sum(passage.words for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one subheading (None: no subheading)."""

    heading: Sentence | None
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        """Words of its passages."""
        return sum(passage.words for passage in self.passages)


def pieces(materials: Sequence[Material]) -> list[Piece]:
    """Topics as pieces: thin ones go with a neighbour, very long ones become two."""
    whole = [Piece((m,), m.passages) for m in materials if m.passages]
    while len(whole) > 1:
        thin = min(range(len(whole)), key=lambda n: whole[n].words)
        if whole[thin].words >= LEAST:
            break
        beside = [n for n in (thin - 1, thin + 1) if 0 <= n < len(whole) and whole[n].words + whole[thin].words <= MOST]
        if not beside:
            break
        other = min(beside, key=lambda n: whole[n].words)
        first, second = sorted((thin, other))
        whole[first:second + 1] = [Piece((*whole[first].materials, *whole[second].materials),
                                         (*whole[first].passages, *whole[second].passages))]
    out: list[Piece] = []
    room = _PIECES - len(whole)
    for piece in whole:
        if piece.words > MOST and room > 0 and (cut := _middle(piece.passages)):
            out += [Piece(piece.materials, piece.passages[:cut], 1), Piece(piece.materials, piece.passages[cut:], 2)]
            room -= 1
        else:
            out.append(piece)
    return out


def _middle(passages: Sequence[Passage]) -> int:
    """The passage with a heading nearest to the middle of the words, 0 when there is none."""
    total = sum(passage.words for passage in passages)
    done, best, gap = 0, 0, float(total)
    for position, passage in enumerate(passages):
        if position and passage.heading and abs(done - total / 2) < gap and 0.3 * total < done < 0.7 * total:
            best, gap = position, abs(done - total / 2)
        done += passage.words
    return best


def offers(piece: Piece) -> dict[str, tuple[Sentence, ...]]:
    """Angle -> sentences of this piece that could open it, best first."""
    here = {id(s) for s in ()} or {s for p in piece.passages for s in p.prose}
    found: dict[str, list[Sentence]] = {angle: [] for angle in ANGLES}
    for material in piece.materials:
        for angle, pool in (("myth", material.myths), ("story", material.stories), ("number", material.numbers),
                            ("example", material.examples), ("question", material.questions),
                            ("contrast", material.contrasts), ("how-to", material.advice)):
            found[angle] += [s for s in pool if s in here]
    return {angle: tuple(pool) for angle, pool in found.items() if pool}


def angles(offered: Sequence[dict[str, tuple[Sentence, ...]]]) -> list[str]:
    """One angle for each piece, as different as the sources allow; '' for a piece that offers none.

    The piece with the fewest choices chooses first; an angle is taken twice only when nothing else is left.
    """
    taken: dict[str, int] = dict.fromkeys(ANGLES, 0)
    out = [""] * len(offered)
    for position in sorted(range(len(offered)), key=lambda n: (len(offered[n]), n)):
        choices = [angle for angle in ANGLES if angle in offered[position]]
        if choices:
            chosen = min(choices, key=lambda angle: (taken[angle], ANGLES.index(angle)))
            taken[chosen] += 1
            out[position] = chosen
    return out


def opening(piece: Piece, angle: str, offered: dict[str, tuple[Sentence, ...]], cues: Cues) -> tuple[Sentence, ...]:
    """The sentences that open the piece: the best of its angle, with what leans on it; () to open as the author did."""
    follow: dict[Sentence, Sentence] = {}
    first = next((s for p in piece.passages for s in p.prose), None)
    for passage in piece.passages:
        for row in passage.paragraphs or (passage.prose,):
            follow.update(zip(row, row[1:], strict=False))
    for sentence in offered.get(angle, ())[:4]:
        taken = [sentence]
        asks = cues.has("question", sentence.text)
        while (after := follow.get(taken[-1])) and (cues.has("anaphora", after.text) or (asks and len(taken) == 1)):
            taken.append(after)
            if len(taken) > 3:
                break
        if len(taken) <= 3 and (sentence == first or sum(len(s.text.split()) for s in taken) <= 75):
            return tuple(taken)
    return ()


def without(piece: Piece, gone: Iterable[Sentence]) -> tuple[Passage, ...]:
    """The passages without some sentences; a passage that has nothing left goes too, its heading moves on."""
    away = set(gone)
    out: list[Passage] = []
    pending: Sentence | None = None
    for passage in piece.passages:
        rows = tuple(kept for row in (passage.paragraphs or (passage.prose,)) if (kept := tuple(s for s in row if s not in away)))
        left = replace(passage, paragraphs=rows, prose=tuple(s for row in rows for s in row),
                       heading=passage.heading or pending)
        pending = None
        if left.prose or left.lists or left.table:
            out.append(left)
        else:
            pending = left.heading
    return tuple(out)


def sections(passages: Sequence[Passage]) -> list[Section]:
    """Passages grouped so that a subheading has about 90 to 260 words under it."""
    out: list[list[Passage]] = []
    for passage in passages:
        words = sum(p.words for p in out[-1]) if out else 0
        if not out or (passage.heading and (words >= SECTION_LEAST or words + passage.words > SECTION_MOST)):
            out.append([passage])
        else:
            out[-1].append(passage)
    if len(out) > 1 and sum(p.words for p in out[-1]) < SECTION_LEAST // 2:
        last = out.pop()
        out[-1] += last
    return [Section(group[0].heading, (replace(group[0], heading=None), *group[1:])) for group in out]


def lead_of(passage: Passage, items: ItemList) -> Sentence | None:
    """What leads into a list: its own lead, or the heading of its slide when that is printed nowhere else."""
    if items.lead or passage.heading is None:
        return items.lead
    text = passage.heading.text
    return passage.heading.model_copy(update={"text": text if text.endswith("?") else text.rstrip(" .:") + ":"})


def title_of(piece: Piece, taken: set[str], cues: Cues) -> Sentence:
    """The topic's title, or a heading of the piece that says more; never one that another draft has."""
    own = [m.title for m in piece.materials] if piece.part != 2 else []
    heads = [p.heading for p in piece.passages if p.heading]
    best = [*own[:1]]
    if not best or _says(best[0], cues) < 2:
        best = sorted([*best, *heads], key=lambda s: -_says(s, cues))
    for candidate in [*best, *own, *heads]:
        if candidate.sources and folded(candidate.text) not in taken and len(candidate.text) >= 4:
            return candidate
    return next((s for p in piece.passages for s in p.prose), piece.materials[0].title)


def _says(title: Sentence, cues: Cues) -> int:
    """How much a title promises: a question or a statement more than a noun; 0 for a single word."""
    words = title.text.split()
    if cues.has("empty_title", title.text) or not 2 <= len(words) <= 12 or len(title.text) > 80:
        return -1
    value = 1 if len(content_words(title.text, cues.language)) >= 2 else 0
    value += cues.has("question_start", title.text) or title.text.endswith("?")
    value += cues.has("finite", title.text) or cues.has("advice", title.text)
    return value + (4 <= len(words) <= 10)
