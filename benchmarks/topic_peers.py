"""What others do to cut a text into topics, written down from their papers, to stand beside ours in one run.

Each function takes units of text and gives the indices at which a segment starts. They choose the number of segments
themselves, as ours does, with the settings that their authors give. They share our stems and vectors, so that methods are
compared and not word lists.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from language.detect import language_of
from topics import embed, reading

#: The width that TextTiling's blocks have in units, and the rank mask of C99.
_BLOCK, _MASK = 3, 11


def none(units: Sequence[str]) -> list[int]:
    """No boundary at all: on decks a strong opponent."""
    return []


def even(units: Sequence[str]) -> list[int]:
    """Segments of equal length, one for each dozen units, three to eight."""
    count = len(units)
    wanted = max(1, min(count, max(3, min(8, round(count / 12)))))
    return sorted({round(n * count / wanted) for n in range(1, wanted)} - {0, count})


def text_tiling(units: Sequence[str]) -> list[int]:
    """Hearst 1997: cosine of word blocks at each gap, smoothed; a boundary where the valley is deeper than mean - sd / 2.

    Units stand for the pseudo-sentences of the paper.
    """
    table = _words(units)
    count = len(table)
    sums = np.vstack([np.zeros((1, table.shape[1])), np.cumsum(table, axis=0)])
    likeness = np.array([_cosine(sums[n] - sums[max(0, n - _BLOCK)], sums[min(count, n + _BLOCK)] - sums[n])
                         for n in range(1, count)])
    padded = np.concatenate([likeness[:1], likeness, likeness[-1:]])
    smooth = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
    depth = np.array([_climb(smooth, n, -1) + _climb(smooth, n, 1) - 2 * smooth[n] for n in range(len(smooth))])
    limit = depth.mean() - depth.std() / 2
    deepest = [n for n in range(len(depth)) if depth[n] > limit and depth[n] == depth[max(0, n - 1):n + 2].max()]
    return [n + 1 for n in deepest]


def c99(units: Sequence[str]) -> list[int]:
    """Choi 2000: ranks of the cosines within an 11 x 11 mask, divisive clustering by density, stop at mean + 1.2 sd."""
    table = _words(units)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    unit = table / np.maximum(length, 1e-9)
    likeness = unit @ unit.T
    count = len(likeness)
    half = _MASK // 2
    rank, seen = np.zeros((count, count)), np.zeros((count, count))
    for down in range(-half, half + 1):
        for across in range(-half, half + 1):
            here = np.s_[max(0, -down):count - max(0, down), max(0, -across):count - max(0, across)]
            there = np.s_[max(0, down):count - max(0, -down), max(0, across):count - max(0, -across)]
            rank[here] += likeness[there] < likeness[here]
            seen[here] += 1
    rank /= np.maximum(seen - 1, 1)
    area = np.zeros((count + 1, count + 1))
    area[1:, 1:] = rank.cumsum(axis=0).cumsum(axis=1)

    def inside(start: int, end: int) -> float:
        return float(area[end, end] - area[start, end] - area[end, start] + area[start, start])

    bounds, densities = [0, count], [inside(0, count) / count**2]
    order: list[int] = []
    while len(order) < count - 1:
        segments = list(pairwise(bounds))
        total, square = sum(inside(a, b) for a, b in segments), sum((b - a) ** 2 for a, b in segments)
        best, place = -1.0, 0
        for a, b in segments:
            cuts = np.arange(a + 1, b)
            if not len(cuts):
                continue
            left = area[cuts, cuts] - area[a, cuts] - area[cuts, a] + area[a, a]
            right = area[b, b] - area[cuts, b] - area[b, cuts] + area[cuts, cuts]
            density = (total - inside(a, b) + left + right) / (square - (b - a) ** 2 + (cuts - a) ** 2 + (b - cuts) ** 2)
            if density.max() > best:
                best, place = float(density.max()), int(cuts[density.argmax()])
        order.append(place)
        densities.append(best)
        bounds = sorted([*bounds, place])
    gains = np.pad(np.diff(densities), 2, mode="edge")
    # The paper smooths the gradient before the threshold; splits go on as long as it is steep.
    smooth = np.convolve(gains, [1 / 8, 2 / 8, 2 / 8, 2 / 8, 1 / 8], mode="valid")
    steep = np.flatnonzero(smooth > smooth.mean() + 1.2 * smooth.std())
    return sorted(order[:int(steep[-1]) + 1]) if len(steep) else []


def semantic_chunker(units: Sequence[str]) -> list[int]:
    """What the chunkers of retrieval libraries do: a boundary where neighbours are further apart than 95 % of them.

    A unit is embedded together with its neighbours; the vectors are ours.
    """
    joined = [" ".join(units[max(0, n - 1):n + 2]) for n in range(len(units))]
    rows = embed.vectors(joined)
    far = 1 - np.einsum("ij,ij->i", rows[:-1], rows[1:])
    return [n + 1 for n in range(len(far)) if far[n] > np.percentile(far, 95)]


def _words(units: Sequence[str]) -> NDArray[np.float64]:
    language = language_of("\n".join(units)[:60_000])
    bags = [reading.of_text(unit, language).bag for unit in units]
    place = {word: n for n, word in enumerate(sorted({word for bag in bags for word in bag}))}
    table = np.zeros((len(bags), max(1, len(place))))
    for row, bag in enumerate(bags):
        for word, often in bag.items():
            table[row, place[word]] = often
    return table


def _cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    length = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / length if length else 0.0


def _climb(values: NDArray[np.float64], place: int, step: int) -> float:
    """The top of the hill beside a place, going one way."""
    while 0 <= place + step < len(values) and values[place + step] >= values[place]:
        place += step
    return float(values[place])
