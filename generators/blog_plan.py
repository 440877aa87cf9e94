"""How a piece is told: with which angle it opens, and in which sections.

The order is the author's. Only one thing is moved: the sentence (or two) that opens the piece, and it is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from content.draft import Sentence
from generators.blog_open import leans, opens
from generators.material import ItemList, Material, Passage, length
from generators.prose_cues import Cues
from language.words import content_words

#: Words of a section under one subheading.
SECTION_LEAST, SECTION_MOST = 120, 250
#: Words of a slide that is a paragraph under the heading before, and letters of a heading of one line.
PARAGRAPH, _LINE = 60, 65
#: Different angles that a pack must have where its pieces offer them, and what a missing one costs: more than any moving.
_DISTINCT, _MISSING = 6, 8.0
#: Cost of an angle that another draft has already, where there are enough different ones.
_AGAIN = 0.6
#: What it costs to put a subheading above a sentence that leans on the one before.
_LEANING = 0.7
#: What it costs to lose a heading of those that the title counts: more than any section too short.
_COUNTED = 5.0
#: The same of bullets and running text, which keep it run in, where it stands above few words and above more.
_BULLETS, _FULL = 0.2, 0.5
#: The same of a heading of a row ("Mistake 1", "Mistake 2"), of one above a slide, above a short one, above few words, and
#: above what goes on; and what it costs to print one of several lines.
_ROW, _SLIDE, _SHORT, _FEW, _ON, _LONG = 2.5, 0.8, 0.35, 0.1, 0.05, 2.0
#: "Diagnosis 2: ...".
_LABELLED = re.compile(r"([^\W\d_]{3,}) #?\d{1,2}\s*[:–—]\s")
#: Words that may be moved to the front.
_MOVED = 130
#: Angles in the order in which a piece that has several of them should take one.
ANGLES = ("myth", "story", "number", "example", "question", "contrast", "how-to")


@dataclass(frozen=True, slots=True)
class Piece:
    """One draft to be: its passages in the deck's order and what may be picked from them."""

    materials: tuple[Material, ...]
    passages: tuple[Passage, ...]
    #: Number among the pieces of a topic that was cut in two; 0 otherwise.
    part: int = 0
    #: An entry a slide, numbered, instead of an article.
    listicle: bool = False
    #: The heading of the one subject of its topic that it tells; None where it tells all of it.
    subject: Sentence | None = None

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


@dataclass(frozen=True, slots=True)
class Opening:
    """How a piece may open: sentences to be moved to the front, or () when the author's own start is of that angle."""

    sentences: tuple[Sentence, ...] = ()
    #: What it costs the flow: nothing for the author's own start, 1 for the start of a slide, 2 from inside one.
    cost: float = 0.0


def openings(piece: Piece, cues: Cues, spoken: frozenset[str] = frozenset()) -> dict[str, Opening]:
    """Angle -> the best way to open this piece with it; angles that cannot be opened with soundly are left out.

    `spoken` are the ids of sentences from notes: where a piece has any, only those are moved.
    """
    if any(p.asked for p in piece.passages):
        return {}  # questions with their answers are told in their order
    told = any(p.running for p in piece.passages)
    before = {s: n for n, s in enumerate(s for p in piece.passages for s in p.prose)}
    talks = any(name in spoken for p in piece.passages for s in p.prose for name in s.sources)
    places = {s: (passage, row, n) for passage in piece.passages for row in passage.paragraphs or (passage.prose,)
              for n, s in enumerate(row)}
    start = [s for passage in piece.passages[:1] for s in passage.prose[:2]]
    found: dict[str, Opening] = {}
    for angle in ANGLES:
        pool = [s for material in piece.materials for s in _pool(material, angle) if s in places]
        if any(s in start for s in pool):
            found[angle] = Opening()
            continue
        if told:
            continue  # running text has a beginning of its own
        # What somebody else says opens a piece badly, credited or not, and closes one well.
        ways = [way for s in pool[:6] if " — " not in s.text
                and (not talks or set(s.sources) <= spoken) and (way := _way(s, *places[s], cues))
                and opens(way[0].text, cues) and way[0].text[0] not in "\"“‘«'"]
        if ways:
            # What begins a paragraph of the author needs nothing before it.
            way = min(ways, key=lambda way: _price(way, places[way[0]][2], before))
            # A paragraph that stands first already is the author's own start, only further in.
            found[angle] = Opening(way, _price(way, places[way[0]][2], before)) if before[way[0]] else Opening((), 0.3)
    return found


def _pool(material: Material, angle: str) -> tuple[Sentence, ...]:
    return {"myth": material.myths, "story": material.stories, "number": material.numbers, "example": material.examples,
            "question": material.questions, "contrast": material.contrasts, "how-to": material.advice}[angle]


def _price(way: tuple[Sentence, ...], place: int, before: dict[Sentence, int]) -> float:
    """What it costs to open with sentences that stand elsewhere: what begins a paragraph needs nothing before it, and
    what comes early leans on little.
    """
    return (1.0 if place == 0 else 2.0) + before[way[0]] / max(1, len(before)) + (0.3 if length(way) > 80 else 0.0)


def _way(sentence: Sentence, passage: Passage, row: tuple[Sentence, ...], place: int, cues: Cues) -> tuple[Sentence, ...]:
    """A sentence with what leans on it, or its whole paragraph; () when neither is fit to open.

    What begins a paragraph is what the rest of it rests on, so it moves with all of it or not at all.
    """
    if passage.table or passage.lists or passage.run_in or passage.code or not passage.spoken:
        return ()
    before: list[Sentence] = []
    for each in passage.paragraphs or (passage.prose,):
        if each is row or each == row:
            before += each[:place]
            break
        before += each
    if place and not _leans(sentence, before, cues):
        taken = [sentence]
        rest = list(row[place + 1:])
        asks = cues.has("question", sentence.text)
        while rest and (cues.has("leaning", rest[0].text) or (asks and len(taken) == 1)
                        or _parallel(taken[-1], rest[0], cues)):
            taken.append(rest.pop(0))
        if len(taken) <= 3 and length(taken) <= 75 and not (taken == [sentence] and asks and rest == []) and (
                not any(cues.has("line_reference", s.text) for s in taken)):
            return tuple(taken)
    whole = row if place == 0 else passage.paragraphs[0] if passage.paragraphs else passage.prose
    first = row == (passage.paragraphs[0] if passage.paragraphs else passage.prose)
    fits = sentence in whole and first and len(whole) >= 2 and length(whole) <= _MOVED
    return tuple(whole) if fits and not cues.has("anaphora", whole[0].text) and (
        not any(cues.has("line_reference", s.text) for s in whole)) else ()


def _parallel(one: Sentence, other: Sentence, cues: Cues) -> bool:
    """Whether the second goes on with an enumeration that the first is part of: "When ... When ..."."""
    first, second = (cues.single["parallel"].search(s.text) for s in (one, other))
    return bool(first and second and first[0].lower() == second[0].lower())


def _leans(sentence: Sentence, before: Sequence[Sentence], cues: Cues) -> bool:
    """Whether a sentence speaks of "the" thing, or of "her", that an earlier sentence brought in."""
    if not before:
        return False
    if cues.has("leaning", sentence.text):
        return True
    known = content_words(" ".join(s.text for s in before), cues.language)
    named = " ".join(match[1] for match in cues.single["definite"].finditer(sentence.text))
    return bool(content_words(named, cues.language) & known)


def angles(found: Sequence[dict[str, Opening]]) -> list[str]:
    """One angle for each piece, '' for a piece that offers none: six different ones where the sources allow, then as
    little moved as possible. Exact, by dynamic programming over the set of angles taken.
    """
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for ways in found:
        after: dict[int, tuple[float, tuple[str, ...]]] = {}
        for used, (cost, chosen) in sorted(best.items()):
            for place, angle in enumerate(ANGLES):
                if angle not in ways:
                    continue
                price = cost + ways[angle].cost + 0.01 * place + (_AGAIN if used >> place & 1 else 0.0)
                key = used | 1 << place
                if key not in after or price < after[key][0]:
                    after[key] = (price, (*chosen, angle))
            if not ways:
                after[used] = min(after.get(used, (cost, (*chosen, ""))), (cost, (*chosen, "")))
        best = after
    wanted = min(_DISTINCT, sum(bool(ways) for ways in found))
    return list(min((cost + _MISSING * max(0, wanted - used.bit_count()), chosen)
                    for used, (cost, chosen) in best.items())[1])


def without(piece: Piece, gone: Iterable[Sentence]) -> tuple[Passage, ...]:
    """The passages without some sentences; a passage that has nothing left goes too, its heading moves on."""
    away = set(gone)
    out: list[Passage] = []
    pending: Sentence | None = None
    for passage in piece.passages:
        rows = tuple(kept for row in (passage.paragraphs or (passage.prose,))
                     if (kept := tuple(s for s in row if s not in away)))
        left = replace(passage, paragraphs=rows, prose=tuple(s for row in rows for s in row),
                       heading=passage.heading or pending)
        pending = None
        if left.prose or left.lists or left.table:
            out.append(left)
        else:
            pending = left.heading
    return tuple(out)


def sections(passages: Sequence[Passage], cues: Cues | None = None, counted: Sequence[Sentence] = (),
             every: bool = False) -> list[Section]:
    """Passages grouped under subheadings: about 120 to 250 words each, and no heading of weight lost.

    What one slide says in few words, or going on with the one before, is a paragraph under the heading before it. Headings
    of a row stand, and a heading of several lines does not.

    Exact, by dynamic programming over the places where a heading stands. With `cues`, rather not above a sentence that
    leans on the one before it; each heading that is `counted` off stands, however little is under it. With `every`, each
    heading stands above what is its own, as questions do.
    """
    if every:
        starts = [n for n, passage in enumerate(passages) if n == 0 or passage.heading]
        groups = [passages[start:end] for start, end in pairwise([*starts, len(passages)])]
        return [Section(group[0].heading, (replace(group[0], heading=None), *group[1:])) for group in groups]
    row = in_rows(passages, cues) if cues is not None else frozenset()
    leaning = [cues is not None and leans(passage, cues) for passage in passages]
    words = [passage.words for passage in passages]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(passages) + 1):
        ways = []
        size, lost = 0, 0.0
        for start in range(end - 1, -1, -1):
            size += words[start]
            if start == 0 or passages[start].heading:
                price = _LEANING if start and leaning[start] else 0.0
                price += _LONG if start and _long(passages[start].heading) else 0.0
                ways.append((best[start][0] + _strain(size) + lost + price, start))
            if passages[start].heading:
                unit = passages[start].unit
                under = sum(words[n] for n in range(start, end) if passages[n].unit == unit)
                lost += _COUNTED if passages[start].heading in counted else _ROW if passages[start].heading in row else (
                    _ON if leaning[start] and under < SECTION_LEAST else _loss(passages[start], under))
        best.append(min(ways))
    cuts = [len(passages)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    groups = [passages[start:end] for end, start in pairwise(cuts)][::-1]
    return [Section(group[0].heading, (replace(group[0], heading=None), *group[1:])) for group in groups]


def in_rows(passages: Sequence[Passage], cues: Cues) -> frozenset[Sentence]:
    """The headings of a piece that are a row: two or more of one label with a number, or two or more questions."""
    heads = [p.heading for p in passages if p.heading]
    found = [(head, each[1].casefold()) for head in heads if (
        each := cues.single["series_label"].match(head.text) or _LABELLED.match(head.text))]
    asked = [head for head in heads if head.text.endswith("?")]
    rows = [head for head, label in found if sum(label == other for _, other in found) > 1]
    return frozenset((*rows, *(asked if len(asked) > 1 else ())))


def _long(heading: Sentence | None) -> bool:
    return heading is not None and len(heading.text) > _LINE


def _strain(words: int) -> float:
    """What is wrong with a section of so many words: nothing from 120 to 250."""
    if words < SECTION_LEAST:
        return (SECTION_LEAST - words) / SECTION_LEAST + (1.0 if words < SECTION_LEAST // 3 else 0.0)
    return max(0.0, words - SECTION_MOST) / SECTION_LEAST


def _loss(passage: Passage, words: int) -> float:
    """What it costs to print a passage without a subheading: bullets and running text keep theirs, run in."""
    if not passage.spoken or passage.running:
        return _BULLETS if words < SECTION_LEAST else _FULL
    return _FEW if words < PARAGRAPH or _long(passage.heading) else _SHORT if words < SECTION_LEAST else _SLIDE


def lead_of(passage: Passage, items: ItemList) -> Sentence | None:
    """What leads into a list: its own lead, or the heading of its slide when that is printed nowhere else."""
    if items.lead or passage.heading is None:
        return items.lead
    text = passage.heading.text
    # "Answer: two lines" has its colon.
    mark = "." if ":" in text.rstrip(" .:") else ":"
    return passage.heading.model_copy(update={"text": text if text.endswith("?") else text.rstrip(" .:") + mark})
