"""How badly a run of units hangs together, by its words and by its vectors, for every run up to a longest one.

Words: the probabilistic cost of Utiyama and Isahara (2001), -log P(words of the run | run) with Laplace smoothing.
Vectors: the scatter around the run's mean (the cosine kernel of kernel change-point detection). Both are held as bands
of shape (units, longest), so memory grows with the number of units and not with its square.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def longest_run(count: int) -> int:
    """The longest run that is looked at: everything up to 150 units, less on long documents to bound the work."""
    return count if count <= 150 else max(60, min(150, 40_000 // count))


def lexical_band(bags: Sequence[Counter[str]], longest: int) -> NDArray[np.float64]:
    """band[i, l] is the cost of the run of l + 1 units from unit i on; infinite past the end."""
    import numpy as np

    count = len(bags)
    band = np.full((count, longest), np.inf)
    spread: Counter[str] = Counter()
    for bag in bags:
        spread.update(bag.keys())
    # A word of one unit alone costs the same in every run, so only its share is added, not looked up run by run.
    alone = [sum(n * math.log(n + 1) for word, n in bag.items() if spread[word] == 1) for bag in bags]
    common = [[(word, n) for word, n in bag.items() if spread[word] > 1] for bag in bags]
    totals = [bag.total() for bag in bags]
    # f log(f + 1) for every frequency that can come up.
    log = [n * math.log(n + 1) for n in range(max(1, sum(totals)) + 1)]
    for start in range(count):
        seen: dict[str, int] = {}
        length, cost = 0, 0.0
        for end in range(start, min(count, start + longest)):
            for word, n in common[end]:
                before = seen.get(word, 0)
                seen[word] = after = before + n
                cost += log[after] - log[before]
            cost += alone[end]
            length += totals[end]
            band[start, end - start] = length * math.log(length + len(spread)) - cost if length else 0.0
    return band


def vector_band(rows: NDArray[np.float32], longest: int) -> NDArray[np.float64]:
    """band[i, l] is the scatter of the vectors of the run of l + 1 units from unit i on; infinite past the end."""
    import numpy as np

    count = len(rows)
    band = np.full((count, longest), np.inf)
    sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    squares = np.concatenate([[0.0], np.cumsum(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))])
    for length in range(1, min(longest, count) + 1):
        moved = sums[length:] - sums[:-length]
        scatter = squares[length:] - squares[:-length] - np.einsum("ij,ij->i", moved, moved) / length
        band[:len(scatter), length - 1] = np.maximum(scatter, 0.0)
    return band
