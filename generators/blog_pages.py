"""The pages of a reference that is running text: sections that repeat the same headings one after the other.

"Is it loose?", "What helps", and again "Is it loose?", "What helps": each round is about another thing, whose name stands
in the heading above it. Joined with its neighbours a page would say "What helps" four times and be named after the first
of them. So each page that is long enough is a piece of its own, under its own heading, and the others go to their author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from content.document import Part
from content.draft import Sentence
from generators.blog_overview import uncoded
from generators.blog_plan import Piece
from generators.material import Material, Passage
from language.fold import folded
from language.source import SourceIndex

#: Times that a heading stands in a document for it to be a label of its pages, and how many such labels a reference has.
_ROUNDS, _LABELS = 3, 2
#: Words of a page that makes a piece.
_LONG = 240


def labels_of(materials: Sequence[Material]) -> frozenset[str]:
    """The headings, folded, that every page of a reference has; none of any other text, and of no slides."""
    count = Counter(folded(p.heading.text) for m in materials for p in m.passages if p.running and p.heading)
    found = frozenset(name for name, n in count.items() if n >= _ROUNDS)
    return found if len(found) >= _LABELS else frozenset()


def pages_of(piece: Piece, labels: frozenset[str], names: Mapping[int, Sentence]) -> list[Piece]:
    """The pages of a piece that are pieces of their own; the piece as it is where it tells no round of the `labels`.
    `names` are the titles of units in which nothing else stands, which name the pages.
    """
    rounds: list[tuple[Sentence | None, list[Passage]]] = [(None, [])]
    for passage in piece.passages:
        head = folded(passage.heading.text) if passage.heading else ""
        if head in labels and (name := _name(passage.unit, rounds[-1][1], names)):
            rounds.append((name, []))
        rounds[-1][1].append(passage)
    if len(rounds) < 2:
        return [piece]
    first = [replace(piece, passages=tuple(rounds[0][1]))] if rounds[0][1] else []
    whole = [*first, *(replace(piece, passages=_page(name, held, labels), subject=name) for name, held in rounds[1:])]
    return [each for each in whole if each.words >= _LONG]


def _page(name: Sentence | None, held: Sequence[Passage], labels: frozenset[str]) -> tuple[Passage, ...]:
    """A page under its name, with its labels as small headings."""
    small = [replace(p, heading=None, run_in=p.heading) if p.heading and folded(p.heading.text) in labels else p
             for p in held]
    return (replace(small[0], heading=name), *small[1:])


def names_of(materials: Sequence[Material], source: SourceIndex) -> dict[int, Sentence]:
    """The titles of the units that say nothing else, without what counts them off."""
    told = {p.unit for m in materials for p in m.passages}
    heads = {unit: [s for s in said if s.part is Part.TITLE] for unit, said in source.by_unit.items() if unit not in told}
    return {unit: Sentence(text=uncoded(" ".join(s.text for s in own)), sources=tuple(s.id for s in own))
            for unit, own in heads.items() if own}


def _name(unit: int, before: Sequence[Passage], names: Mapping[int, Sentence]) -> Sentence | None:
    """The nearest title above a unit that stands behind what was told before it."""
    last = before[-1].unit if before else 0
    above = [n for n in names if last < n < unit]
    return names[max(above)] if above else None
