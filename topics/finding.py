"""From a document to its topics: builds kept whole, asides known, author sections honoured, the rest decided at once.

The order of authority: who asks for a number of topics, the author's sections, then everything that speaks for or
against a cut (layouts, dividers, agenda, headings, titles, words, vectors) weighed in one dynamic programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from content.document import Body, Unit
from content.topic import Topic
from topics import agenda, builds, reading
from topics.asides import asides_of
from topics.describing import describe
from topics.dividers import SURE, dividers
from topics.opening import listed_places
from topics.reading import Reading
from topics.segmenting import NEVER, Weights, band, evidence, weights
from topics.structure import author_sections, boosts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Units that a topic has where the document allows it.
LEAST = 3
#: More rows than this are first cut into short runs, so that the exact programme stays small.
_ROWS = 240
#: Sections of an author that become topics at most; beyond, the closest neighbours are joined.
_MOST_SECTIONS = 12
#: What the log-odds of structure are multiplied with against the words; hand-set, flat from 1 to 2.
_STRUCTURE = 1.5
#: The log-odds of a slide at which an agenda says that a part begins, by its number.
_TOLD = 4.0
#: The price of a cut that must be.
FORCED = -1000.0
#: Kinds of aside that open a document and go with its first topic, and that close it and go with its last.
_FRONT = frozenset({"title", "agenda", "bio", "legal", "picture", "empty"})
_BACK = frozenset({"thanks", "references", "appendix", "legal", "picture", "empty", "bio", "agenda"})


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, or the builds of one slide in a very long deck. `size` is what they count for as slides."""

    first: int
    last: int
    size: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Wish:
    """Fewest, most and likeliest number of topics, and the least units of each."""

    few: int
    many: int
    aim: int
    least: int


def topics_of(body: Body, wanted: int | None = None, by_hand: Sequence[int] = ()) -> tuple[Topic, ...]:
    """See `topics.find_topics`. Raises ValueError when `wanted` is less than 1."""
    if wanted is not None and wanted < 1:
        raise ValueError("at least one topic must be wanted")
    units = body.content_units()
    if not units:
        return ()
    language = body.language
    readings = [reading.of_unit(unit, language) for unit in units]
    asides = asides_of(units, readings, language)
    if units[0].kind == "slide":
        styled = dividers(units, readings, language)
        asides |= {n: "divider" for n, value in enumerate(styled) if value >= SURE and n not in asides and not units[n].notes}
    # The sections of a document have headings; what lists them says nothing more.
    listed = [] if units[0].kind == "section" else [n for n, kind in asides.items() if kind == "agenda"]
    plan = agenda.plan_of({n: agenda.lines_of(units[n]) for n in listed}, readings, language)
    starts = _by_hand(units, by_hand) if by_hand else [0, *cuts(units, readings, asides, language, wanted, plan)]
    return describe(body, units, readings, asides, starts, plan)


def _by_hand(units: Sequence[Unit], numbers: Sequence[int]) -> list[int]:
    """Positions of the units at which a person wants topics to begin; the first unit always begins one."""
    found = {next((n for n, unit in enumerate(units) if unit.number >= number), 0) for number in numbers}
    return sorted({0, *found})


def cuts(units: Sequence[Unit], readings: Sequence[Reading], asides: dict[int, str], language: str,
         wanted: int | None, plan: agenda.Plan | None = None) -> list[int]:
    """Positions in `units` at which topics after the first start."""
    import numpy as np

    kinds = [asides.get(n, "") for n in range(len(units))]
    rows = rows_of(units, readings, language)
    if len(rows) < 2:
        return []
    table = weights("slides" if _like_slides(units, readings) else "paragraphs")
    found = evidence([row.reading for row in rows], language, table)
    boost = boosts(units, readings, kinds, language, agenda.boosts_of(plan).tolist() if plan else ())
    places_told = listed_places(units, kinds, language)
    boost = [value + _TOLD * (n in places_told) for n, value in enumerate(boost)]
    # What is forbidden stays so: a gap between two builds of one slide has an infinite price.
    price = found.price - _STRUCTURE * np.array([boost[row.first] for row in rows])
    front = next((n for n, row in enumerate(rows) if kinds[row.first] not in _FRONT), 0)
    back = len(rows) - next((n for n, row in enumerate(reversed(rows)) if kinds[row.first] not in _BACK), 0)
    price[1:front + 1] = NEVER
    price[back:] = NEVER
    sections = author_sections(units, kinds)
    # Units that all say the same, or nothing, hold no sign of where to cut them.
    if wanted is None and not sections and len({row.reading.text for row in rows}) == 1:
        return []
    places = {row.first: n for n, row in enumerate(rows)}
    forced = [places[start] for start in sections if start in places and np.isfinite(price[places[start]])]
    sizes = [row.size for row in rows]
    told = [row.size if not kinds[row.first] else 0 for row in rows]
    if forced and wanted is None:
        price = _within_sections(price, forced, sizes)
    sure = [n for n, row in enumerate(rows) if boost[row.first] >= SURE]
    marked = sum(bool(np.isfinite(price[n])) for n in sure) if len(sure) > 1 else 0
    wish = Wish(wanted, wanted, wanted, LEAST) if wanted is not None else _how_many(sum(sizes), len(forced), marked)
    chosen = _decide([row.reading.bag for row in rows], found.rows, table, price, (sizes, told), wish)
    return [rows[n].first for n in chosen]


def rows_of(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> list[Row]:
    """What is decided over; pages and sections count for as many slides as they have words.

    A gap inside a run of builds is forbidden in any case. Builds are joined to one row only where there are so many
    slides that runs of a bounded length are looked at: joined, their words weigh less, which costs a ninth of the places.
    """
    titles = [one.title for one in readings]
    paged = units[0].kind != "slide"
    whole = paged or len(units) <= _ROWS
    again = [False] * len(units) if whole else builds.same_as_before(titles, language)
    rows: list[Row] = []
    for n, one in enumerate(readings):
        size = max(1, min(12, round(one.shown / 120))) if paged else 1
        if again[n]:
            last = rows.pop()
            fuller = max(last.reading, one, key=lambda each: each.shown)
            both = Reading(last.reading.title, fuller.text, fuller.pieces, fuller.shown, last.reading.bag | one.bag,
                           last.reading.title_words)
            rows.append(Row(last.first, n, last.size + size, both))
        else:
            rows.append(Row(n, n, size, one))
    return rows


def _like_slides(units: Sequence[Unit], readings: Sequence[Reading]) -> bool:
    return units[0].kind == "slide" or sum(one.shown for one in readings) < 90 * len(readings)


def _how_many(size: int, forced: int, marked: int) -> Wish:
    """What to wish for a document the size of so many slides, with so many sections and dividers of its author."""
    if forced:
        # The author's word goes over the rule of eight, but not to a topic for every page.
        sections = min(forced + 1, _MOST_SECTIONS)
        return Wish(sections, max(sections, 8), sections, 1)
    few = 1 if size < 8 else 2 if size < 24 else 3 if size < 60 else 4
    many = max(few, min(8, size // 4)) if size <= 120 else min(16, max(8, round(size / 20)))
    aim = min(round(size / 12), marked + 1) if marked else round(size / 12)
    return Wish(few, many, max(few, min(many, aim)), LEAST)


def _within_sections(price: NDArray[np.float64], forced: Sequence[int], sizes: Sequence[int]) -> NDArray[np.float64]:
    """Prices that take every section start, and others only inside sections too big for one piece."""
    import numpy as np

    result = np.full(len(price), NEVER)
    giant = max(20.0, sum(sizes) / 3)
    bounds = [0, *forced, len(price)]
    for start, end in pairwise(bounds):
        if sum(sizes[start:end]) > giant:
            result[start:end] = price[start:end]
    result[list(forced)] = FORCED
    result[0] = 0.0
    return result


def _decide(bags: Sequence[reading.Bag], vectors: NDArray[np.float32], table: Weights, price: NDArray[np.float64],
            sizes: Sequence[Sequence[int]], wish: Wish) -> list[int]:
    """The rows at which topics start: the cheapest way to cut within the wished number of topics.

    `sizes` has what each row counts for as units, and as units with content. Where the document does not allow the
    least of both for the wished number of topics, less will do.
    """
    import numpy as np

    from topics.cohesion import longest_run
    from topics.decode import by_count, cheapest

    groups = list(range(len(bags)))
    if len(bags) > _ROWS:
        trimmed = [_most_telling(bag) for bag in bags]
        fine = cheapest(band(trimmed, vectors, table, longest_run(len(bags))), price)
        step = -(-len(fine) // _ROWS) if len(fine) > _ROWS else 1
        must = {n for n in range(1, len(price)) if price[n] <= FORCED}
        groups = sorted({0, *fine[::step], *must})
        bags = [sum(trimmed[start:end], reading.Bag()) for start, end in _runs(groups, len(bags))]
    runs = _runs(groups, len(vectors))
    means = np.stack([vectors[start:end].mean(axis=0) for start, end in runs])
    weight = [[sum(measure[start:end]) for start, end in runs] for measure in sizes]
    prices = price[groups]
    costs = band([_most_telling(bag) for bag in bags] if len(bags) > 100 else bags, means, table, len(bags))
    found: dict[int, tuple[float, list[int]]] = {}
    for least in ((3, 1), (2, 1), (1, 1), (1, 0)):
        if least[0] > wish.least:
            continue
        found = by_count(costs, prices, weight, least, min(wish.many, len(groups)))
        fitting = {count: way for count, way in found.items() if wish.few <= count <= wish.many}
        if fitting:
            return [groups[n] for n in fitting[_pick(fitting, wish)][1]]
    return [groups[n] for n in found[max(found)][1]] if found else []


def _pick(found: dict[int, tuple[float, list[int]]], wish: Wish) -> int:
    """The cheapest number of topics; far too few of them gives way to the likeliest number."""
    best = min(found, key=lambda count: (found[count][0], count))
    if best < 0.7 * wish.aim:
        best = min(found, key=lambda count: (abs(count - wish.aim), count))
    return best


def _runs(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _most_telling(bag: reading.Bag) -> reading.Bag:
    """The 60 most frequent words: a page of prose needs no more to be told from its neighbours."""
    if len(bag) <= 60:
        return bag
    return reading.Bag(dict(sorted(bag.items(), key=lambda item: (-item[1], item[0]))[:60]))
