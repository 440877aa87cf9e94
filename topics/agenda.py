"""An agenda laid beside the deck: where its items begin, and so parts, and what they are called.

The author listed the parts in order. A hidden Markov model walks the items forward over the slides; a slide speaks for an
item whose words stand in its title, less so on the slide, and for one whose vector is near. Forward and backward sums give
for each slide how sure it is that it belongs to an item, and that it is the first to do so. An item that nothing on the
slides speaks for moves nothing: the sums then stay near what they were without it. The figures are hand-set.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.document import Part, Unit
from topics import wording
from topics.reading import Reading, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Items that an agenda has, and the characters and meaningful words of one; longer lines are explanations.
_FEWEST, _MOST, _LONG, _WORDS = 2, 40, 100, 8
#: What an item's words count for in a title and elsewhere on a slide, and what the nearness of vectors does.
_IN_TITLE, _ON_SLIDE, _NEAR = 3.0, 1.0, 2.5
#: What the title of a slide that is the item counts for the item to begin there (half, as far as it shares words), and
#: from which share of words in common it is the item.
_ENTERS, _SAME = 3.0, 0.75
#: The chance that an item is passed over, and that the first one begins right behind the agenda.
_PASSED, _AT_ONCE = 0.35, 0.4
#: The share of the slides up to which an agenda stands at the start, and the least share of its lines that are titles
#: later on where nothing else says that a slide is an agenda.
_EARLY, _TITLES = 0.2, 0.6
#: What an agenda can speak against a cut and for it, at most.
_AGAINST, _FOR = -0.4, 3.0
#: What a run must say for the item that names it, and what it is worth that the run before has the item before.
_ENOUGH, _NEXT = 0.8, 0.5
#: What the last slide of a run says less than the first.
_LATE = 0.5
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an agenda: its text, the block it stands in, and its meaningful words."""

    text: str
    source: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The items; what each slide says for each and whether its title is one, shape (slides, items); and how likely it
    begins one, shape (slides,)."""

    items: tuple[Item, ...]
    spoken: NDArray[np.float64]
    titled: NDArray[np.bool_]
    begins: NDArray[np.float64]


def boosts_of(plan: Plan) -> NDArray[np.float64]:
    """For each slide the log-odds that a part begins there, beside those that any slide has; 0 up to the agenda."""
    import numpy as np

    usual = min(0.5, len(plan.items) / max(1, int((plan.begins > 0).sum())))
    sure = np.clip(plan.begins, 0.01, 0.99)
    odds = np.log(sure / (1 - sure)) - math.log(usual / (1 - usual))
    boosts: NDArray[np.float64] = np.where(plan.begins > 0, np.clip(odds, _AGAINST, _FOR), 0.0)
    return boosts


def names(plan: Plan, runs: Sequence[Sequence[int]]) -> list[Item | None]:
    """For each run of slides (positions) the item that it is about, or None.

    Items come in the order of the agenda, each at most once. A run must speak for its item; less will do where the run
    before it has the item before, or the one behind it the next.
    """
    import numpy as np

    size = len(plan.items)
    # best[k] is the best value so far with item k - 1 as the last one given (0: none yet).
    best = np.full(size + 1, -np.inf)
    best[0] = 0.0
    fresh = np.full(size + 1, -np.inf)
    steps: list[list[tuple[int, bool]]] = []
    for run in runs:
        rows = plan.spoken[list(run)] if len(run) else np.zeros((1, size))
        # What a run begins with counts most: later items are parts of it.
        early = 1.0 - _LATE * np.arange(len(rows)) / len(rows)
        says = (rows * early[:, None]).max(axis=0) + rows.mean(axis=0) - _ENOUGH
        # An item that is the title of a slide elsewhere is not this run's.
        says[plan.titled.any(axis=0) & ~plan.titled[list(run)].any(axis=0)] = -np.inf
        new, newly, step = best.copy(), np.full(size + 1, -np.inf), [(k, False) for k in range(size + 1)]
        for k in range(1, size + 1):
            ways = [(float(best[j]), -j) for j in range(k)]
            ways.append((float(fresh[k - 1]) + _NEXT, 1 - k))
            value, origin = max(ways)
            newly[k] = value + says[k - 1]
            if newly[k] > new[k]:
                new[k], step[k] = newly[k], (-origin, True)
        best, fresh = new, newly
        steps.append(step)
    found: list[Item | None] = []
    at = int(best.argmax())
    for step in reversed(steps):
        before, given = step[at]
        found.append(plan.items[at - 1] if given else None)
        at = before
    return found[::-1]


def lines_of(unit: Unit) -> list[tuple[str, str]]:
    """The lines of a slide without its title, each with the id of its block; of a table the column that says most, without
    its head: the others have times and numbers.
    """
    letters: Counter[int] = Counter()
    for block in unit.blocks:
        if block.part is Part.TABLE and block.column is not None:
            letters[block.column] += sum(map(str.isalpha, block.text))
    told = letters.most_common(1)[0][0] if len(letters) > 1 else None
    found = ((_SPACE.sub(" ", block.text).strip(), block.id) for block in unit.blocks
             if block.readable and block.part not in {Part.TITLE, Part.NOTES}
             and (told is None or block.column is None or (block.column == told and block.row != 0)))
    return [(text, source) for text, source in found if text != unit.title]


def items_of(lines: Iterable[tuple[str, str]], language: str) -> tuple[Item, ...]:
    """The items among the lines of an agenda, in order."""
    speaker = wording.starting("bio_start", language)
    found: dict[frozenset[str], Item] = {}
    for text, source in lines:
        words = frozenset(stems(text, language))
        if len(text) <= _LONG and 0 < len(words) <= _WORDS and not speaker.match(text):
            found.setdefault(words, Item(text, source, words))
    return tuple(found.values())[:_MOST]


def announced_in(one: Reading, language: str) -> list[frozenset[str]]:
    """The meaningful words of each item of an agenda."""
    return [item.words for item in items_of(((piece, "") for piece in one.pieces[1:]), language)]


def announces(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> list[int]:
    """The position of an early slide that lists titles of later slides, whatever it is called; () where there is none."""
    last: dict[frozenset[str], int] = {one.title_words: n for n, one in enumerate(readings) if one.title_words}
    for n in range(1, min(len(units), _early(len(units)))):
        items = items_of(lines_of(units[n]), language)
        later = sum(last.get(item.words, 0) > n for item in items)
        if later >= max(_FEWEST + 1, _TITLES * len(items)):
            return [n]
    return []


def _early(count: int) -> int:
    return max(3, int(_EARLY * count)) + 1


def plan_of(lines: Mapping[int, Sequence[tuple[str, str]]], readings: Sequence[Reading], language: str) -> Plan | None:
    """The fullest early agenda laid beside the slides; None where there is none, or nothing speaks for any of its items.

    `lines` has for the position of each agenda its lines, with the ids of their blocks.
    """
    early = {n: items_of(these, language) for n, these in lines.items() if n < _early(len(readings))}
    place = max(early, key=lambda n: (len(early[n]), -n), default=None)
    if place is None or len(early[place]) < _FEWEST:
        return None
    return _laid(early[place], readings, frozenset(lines), place)


def _laid(items: Sequence[Item], readings: Sequence[Reading], agendas: frozenset[int], place: int) -> Plan | None:
    import numpy as np

    spoken = _spoken(items, readings, agendas, place)
    if not spoken.any():
        return None
    count, size = spoken.shape
    # State 0 is what stands before the first item.
    says = np.hstack([np.zeros((count, 1)), spoken])
    titled = _titled(items, readings[place + 1:])
    enters = np.hstack([np.zeros((count, 1)), _ENTERS * np.where(titled >= _SAME, titled, titled / 2)])
    moves = _moves(size, count)
    with np.errstate(divide="ignore"):
        log = np.log(moves)
    ahead, back = np.empty((count, size + 1)), np.zeros((count, size + 1))
    # What is worth more when an item begins there: everything but staying with the one before.
    other = 1.0 - np.eye(size + 1)
    ahead[0] = log[0] + says[0] + other[0] * enters[0]
    for n in range(1, count):
        ahead[n] = _sum(ahead[n - 1][:, None] + log + other * enters[n], 0) + says[n]
    for n in range(count - 2, -1, -1):
        back[n] = _sum(log + other * enters[n + 1] + (says[n + 1] + back[n + 1])[None, :], 1)
    whole = float(_sum(ahead[-1], 0))
    stays = np.exp(ahead[:-1] + np.diag(log) + says[1:] + back[1:] - whole).sum(axis=1)
    # Where the first item begins is where the talk does: what stands before it is no part.
    waits = np.exp(ahead[:, 0] + back[:, 0] - whole)
    begins = np.concatenate([[0.0], np.clip(1 - stays - (waits[:-1] - waits[1:]), 0.0, 1.0)])
    ahead_of = place + 1
    before = np.zeros((ahead_of, size))
    return Plan(tuple(items), np.vstack([before, spoken]), np.vstack([before > 0, titled >= _SAME]),
                np.concatenate([np.zeros(ahead_of), begins]))


def _titled(items: Sequence[Item], slides: Sequence[Reading]) -> NDArray[np.float64]:
    """How much the title of each slide is each item: words in common among all words of both, 0 to 1."""
    import numpy as np

    return np.array([[len(item.words & one.title_words) / max(1, len(item.words | one.title_words)) for item in items]
                     for one in slides])


def _sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    import numpy as np

    summed: NDArray[np.float64] = np.logaddexp.reduce(values, axis=axis)
    return summed


def _moves(size: int, count: int) -> NDArray[np.float64]:
    """The chances of going from one item to another; every item has about its share of the slides."""
    import numpy as np

    on = min(0.5, (size + 1) / max(1, count))
    table = np.zeros((size + 1, size + 1))
    for now in range(size + 1):
        ahead = np.array([_PASSED ** step for step in range(size - now)])
        if len(ahead):
            # What comes behind an agenda is most often its first item.
            table[now, now + 1:] = (on if now else max(on, _AT_ONCE)) * ahead / ahead.sum()
        table[now, now] = 1 - table[now, now + 1:].sum()
    return table


def _spoken(items: Sequence[Item], readings: Sequence[Reading], agendas: frozenset[int], place: int) -> NDArray[np.float64]:
    """For each slide behind the agenda what it says for each item, in log-odds; zeros where it says nothing."""
    import numpy as np

    from topics.embed import centred, vectors

    slides = readings[place + 1:]
    titles, result = np.zeros((len(slides), len(items))), np.zeros((len(slides), len(items)))
    if not slides:
        return result
    spread: Counter[str] = Counter()
    for one in slides:
        spread.update(one.bag.keys() | one.title_words)
    # Words of several items tell them apart no better than words of many slides.
    among = Counter(word for item in items for word in item.words)
    rare = {word: math.log(1 + len(slides) / (1 + spread[word])) / among[word] for word in among}
    rows = centred(vectors([*(one.text for one in slides), *(item.text for item in items)]))
    near = np.maximum(0.0, rows[:len(slides)] @ rows[len(slides):].T - 0.1)
    for k, item in enumerate(items):
        total = sum(rare[word] for word in item.words)
        for n, one in enumerate(slides):
            if place + 1 + n not in agendas:
                in_title = sum(rare[word] for word in item.words & one.title_words) / total
                on_slide = sum(rare[word] for word in item.words & one.bag.keys()) / total
                titles[n, k] = _IN_TITLE * in_title
                result[n, k] = _ON_SLIDE * on_slide + _NEAR * float(near[n, k])
    if not (titles.any() or result.any()):
        return result
    # An item in words that stand all over the deck is spoken for by the slides that have more of them than others.
    centred_on: NDArray[np.float64] = titles + result - result.mean(axis=0)
    return centred_on
