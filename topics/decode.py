"""Finds the cheapest way to cut a row of units, exactly, in one dynamic programme.

A cut has a price at its place (negative where cues ask for it, infinite where it is forbidden), a run has the price of
its lack of cohesion. Without a count the number of runs is whatever is cheapest; with one it is exactly that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def cheapest(band: NDArray[np.float64], price: NDArray[np.float64]) -> list[int]:
    """The starts of the runs after the first.

    `band[i, l]` is the price of a run of l + 1 units from unit i on, `price[i]` that of a cut before unit i.
    Ties go to the longer run, so that nothing is cut without a reason.
    """
    import numpy as np

    count, longest = band.shape
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    back = [0] * (count + 1)
    entry = np.concatenate([[0.0], price[1:]])
    for end in range(1, count + 1):
        starts = np.arange(max(0, end - longest), end)
        costs = best[starts] + entry[starts] + band[starts, end - 1 - starts]
        pick = int(np.argmin(costs))
        best[end] = costs[pick]
        # Everything is forbidden only when a run must be longer than the band: cut there, whatever it costs.
        back[end] = int(starts[pick]) if np.isfinite(costs[pick]) else int(starts[0])
    return _walk(back, count)


def by_count(band: NDArray[np.float64], price: NDArray[np.float64], sizes: Sequence[Sequence[int]],
             least: Sequence[int], most: int) -> dict[int, tuple[float, list[int]]]:
    """For each number of runs up to `most` that can be had: its price and its cuts.

    Each of `sizes` measures the rows in one way (units, units with content), and `least` says how much of that measure
    a run must have. `band` must hold every run (no bound on length): shape (rows, rows).
    """
    import numpy as np

    count = len(band)
    ends = [np.concatenate([[0], np.cumsum(measure)]) for measure in sizes]
    entry = np.concatenate([[0.0], price[1:]])
    cost = np.full((count, count + 1), np.inf)
    for start in range(count):
        cost[start, start + 1:] = band[start, :count - start] + entry[start]
        for reached, needed in zip(ends, least, strict=True):
            cost[start, start + 1:][reached[start + 1:] - reached[start] < needed] = np.inf
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    backs: list[list[int]] = []
    found: dict[int, tuple[float, list[int]]] = {}
    for runs in range(1, most + 1):
        table = best[:count, None] + cost
        back = table.argmin(axis=0)
        best = table.min(axis=0)
        backs.append([int(place) for place in back])
        if np.isfinite(best[count]):
            cuts: list[int] = []
            place = count
            for step in reversed(range(runs)):
                place = backs[step][place]
                cuts.append(place)
            found[runs] = (float(best[count]), sorted(cuts)[1:])
    return found


def _walk(back: Sequence[int], end: int) -> list[int]:
    cuts: list[int] = []
    while end > 0:
        end = back[end]
        if end > 0:
            cuts.append(end)
    return cuts[::-1]
