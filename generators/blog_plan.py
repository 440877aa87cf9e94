"""How a piece is told: its passages in the order of the author, and under which headings they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from content.draft import Sentence
from generators.blog_open import goes_on, leans
from generators.material import ItemList, Material, Passage
from generators.prose_cues import Cues
from language.words import content_words

#: Words of a section under one subheading.
SECTION_LEAST, SECTION_MOST = 120, 250
#: Words of a slide that is a paragraph under the heading before, and letters of a heading of one line.
PARAGRAPH, _LINE = 60, 65
#: What it costs to put a subheading above a sentence that leans on the one before, by its first word and otherwise.
_LEANING, _LEANS = 0.7, 0.1
#: What it costs more with each slide under a heading that is about something else, and what a heading costs: tried one after
#: the other until no more headings stand than a piece wants.
_PRICES, _HEADINGS = ((0.6, 0.0), (0.3, 0.25), (0.0, 0.5)), 6
#: Words of a question that a slide is called and that asks something: "And?" does not.
_ASKS = 3
#: What it costs to lose a heading of those that the title counts: more than any section too short.
_COUNTED = 5.0
#: The same of bullets and running text, which keep it run in, where it stands above few words and above more.
_BULLETS, _FULL = 0.2, 0.5
#: The same of a heading of a row ("Mistake 1", "Mistake 2"), of one above a slide, above a short one, above few words, and
#: above what goes on; and what it costs to print one of several lines.
_ROW, _SLIDE, _SHORT, _FEW, _ON, _LONG = 2.5, 0.8, 0.35, 0.1, 0.05, 2.0
#: "Diagnosis 2: ...".
_LABELLED = re.compile(r"([^\W\d_]{3,}) #?\d{1,2}\s*[:–—]\s")


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
    #: Its headings are the labels of the parts of one page: each stands above what is its own.
    parts: bool = False
    #: The slides that tell whom a case is about and what is wrong, where it tells the case of a workshop from its beginning.
    brief: frozenset[int] = frozenset()

    @property
    def case(self) -> bool:
        """Whether it tells a case."""
        return bool(self.brief)

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


def without(piece: Piece, gone: Iterable[Sentence]) -> tuple[Passage, ...]:
    """The passages without some sentences; a passage that has nothing left goes too, its heading moves on."""
    away = set(gone)
    out: list[Passage] = []
    pending: Sentence | None = None
    for passage in piece.passages:
        left = replace(passage, heading=passage.heading or pending).retold(
            kept for row in passage.rows if (kept := tuple(s for s in row if s not in away)))
        pending = None
        if left.prose or left.lists or left.table:
            out.append(left)
        else:
            pending = left.heading
    return tuple(out)


def sections(passages: Sequence[Passage], cues: Cues | None = None, counted: Sequence[Sentence] = (),
             every: bool = False) -> list[Section]:
    """Passages grouped under subheadings: about 120 to 250 words each, and no heading of weight lost.

    What one slide says in few words, or going on with the one before, is a paragraph under the heading before it; a heading
    over more than one or two slides about something else would name none of them. Headings of a row stand, and a heading of
    several lines does not. A slide that goes on with the one before, and is called nothing else, has no heading left.

    Exact, by dynamic programming over the places where a heading stands. With `cues`, rather not above a sentence that
    leans on the one before it; each heading that is `counted` off stands, however little is under it. With `every`, each
    heading stands above what is its own, as questions do.
    """
    if every:
        starts = [n for n, passage in enumerate(passages) if n == 0 or passage.heading]
        return _grouped(passages, [*starts, len(passages)])
    for prices in _PRICES:
        cuts = _cuts(passages, cues, counted, *prices)
        if len(cuts) - 1 <= _HEADINGS:
            break
    if cues is not None:
        passages = [replace(p, heading=None) if n not in cuts and continues(passages, n, cues) else p
                    for n, p in enumerate(passages)]
    return _grouped(passages, cuts)


def continues(passages: Sequence[Passage], place: int, cues: Cues) -> bool:
    """Whether a slide only goes on with the one before it: so it begins, and its heading names nothing that is new there."""
    passage = passages[place]
    if not place or passage.heading is None or not passage.prose or passage.running or not passage.spoken:
        return False
    if passage.captioned and passage.words < PARAGRAPH:
        return True
    if not goes_on(passage, cues):
        return False
    head = passage.heading.text
    named = {word for word in content_words(head, cues.language) if not word[0].isdigit()}
    if not named:
        return not (head.endswith("?") and len(head.split()) >= _ASKS)
    unit = passages[place - 1].unit
    before = [p for p in passages[:place] if p.unit == unit]
    said = [s.text for p in before for s in (*((p.heading,) if p.heading else ()), *p.prose,
                                             *(i for each in p.lists for i in each.items))]
    return named <= content_words(" ".join(said), cues.language)


def _grouped(passages: Sequence[Passage], cuts: Sequence[int]) -> list[Section]:
    groups = [passages[start:end] for start, end in pairwise(cuts)]
    return [Section(group[0].heading, (replace(group[0], heading=None), *group[1:])) for group in groups]


def _cuts(passages: Sequence[Passage], cues: Cues | None, counted: Sequence[Sentence], others: float,
          each: float) -> list[int]:
    """Where the sections of a piece begin, and its end: the places that cost least."""
    row = in_rows(passages, cues) if cues is not None else frozenset()
    on = [cues is not None and continues(passages, n, cues) for n in range(len(passages))]
    leaning = [_leaning(passage, cues) for passage in passages]
    words = [passage.words for passage in passages]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(passages) + 1):
        ways = []
        size, lost, extra = 0, 0.0, 0
        for start in range(end - 1, -1, -1):
            size += words[start]
            head = passages[start].heading
            if start == 0 or head:
                price = leaning[start] if start else 0.0
                price += _LONG if start and _long(head) else 0.0
                price += others * extra * (extra - 1) / 2 + each
                ways.append((best[start][0] + _strain(size) + lost + price, start))
            if head:
                unit = passages[start].unit
                under = sum(words[n] for n in range(start, end) if passages[n].unit == unit)
                lost += _COUNTED if head in counted else _ROW if head in row else (
                    _ON if on[start] else _loss(passages[start], under))
                extra += passages[start].spoken and not passages[start].running and not on[start]
        best.append(min(ways))
    cuts = [len(passages)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return cuts[::-1]


def _leaning(passage: Passage, cues: Cues | None) -> float:
    """What it costs to put a subheading above a passage, by how it begins: "It is a list" speaks of the heading."""
    if cues is None or not leans(passage, cues):
        return 0.0
    first = passage.prose[0].text
    return _LEANING if passage.running or cues.has("connective", first) or cues.has("answer_label", first) else _LEANS


def in_rows(passages: Sequence[Passage], cues: Cues) -> frozenset[Sentence]:
    """The headings of a piece that are a row: two or more of one label with a number, or two or more questions."""
    heads = [p.heading for p in passages if p.heading]
    found = [(head, label) for head in heads if (label := row_label(head.text, cues))]
    asked = [head for head in heads if head.text.endswith("?")]
    rows = [head for head, label in found if sum(label == other for _, other in found) > 1]
    return frozenset((*rows, *(asked if len(asked) > 1 else ())))


def row_label(text: str, cues: Cues) -> str:
    """"mistake" of "Mistake 1: the cache"; '' for what has no number behind its first word."""
    found = cues.single["series_label"].match(text) or _LABELLED.match(text)
    return found[1].casefold() if found else ""


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
