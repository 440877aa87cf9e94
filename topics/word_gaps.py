"""How alike the words on the two sides of a gap are, for every gap: the lexical half of the cues.

Units are vectors of their stems, weighted by frequency and rarity in the document; windows of a few units are compared by
their cosine (Hearst 1997, with the weights of information retrieval). Words that stand on one unit alone join nothing and
are left out. Gaps are worked off in blocks with a vocabulary of their own, so memory does not grow with the square of
the document, nor with units times words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from topics.reading import Bag
from topics.windows import alike, sums_of, window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Units on either side whose words are compared, and units that one unit is compared with.
_NEAR, _FAR = 4, 5
#: Gaps worked off at once.
_BLOCK = 128


def word_gaps(bags: Sequence[Bag]) -> NDArray[np.float64]:
    """A matrix of shape (units - 1, 3): likeness across the gap, and what `goes_forward` and `leaves_behind` say.

    `goes_forward` is how much more the unit after the gap is like those behind it than like those before the gap;
    `leaves_behind` says the same of the unit before it, the other way round. All lie between -1 and 1.
    """
    import numpy as np

    count = len(bags)
    result = np.zeros((max(0, count - 1), 3))
    spread: Counter[str] = Counter()
    for bag in bags:
        spread.update(bag.keys())
    rare = {word: math.log(1 + count / units) for word, units in spread.items() if units > 1}
    for first in range(1, count, _BLOCK):
        last = min(count, first + _BLOCK)
        low, high = max(0, first - _FAR - 1), min(count, last + _FAR + 1)
        result[first - 1:last - 1] = _block(bags[low:high], rare, first - low, last - low)
    return result


def _block(bags: Sequence[Bag], rare: dict[str, float], first: int, last: int) -> NDArray[np.float64]:
    import numpy as np

    count = len(bags)
    columns: dict[str, int] = {}
    table = np.zeros((count, max(1, sum(len(bag) for bag in bags))))
    for row, bag in enumerate(bags):
        for word, often in bag.items():
            if word in rare:
                table[row, columns.setdefault(word, len(columns))] = (1 + math.log(often)) * rare[word]
    table = table[:, :max(1, len(columns))]
    sums = sums_of(table)
    gaps = np.arange(first, last)
    now, before = window(sums, gaps, gaps + 1), window(sums, gaps - 1, gaps)
    ahead, behind = window(sums, gaps + 1, gaps + 1 + _FAR), window(sums, gaps - _FAR, gaps)
    after, earlier = window(sums, gaps, gaps + _FAR), window(sums, gaps - 1 - _FAR, gaps - 1)
    return np.stack([alike(window(sums, gaps - _NEAR, gaps), window(sums, gaps, gaps + _NEAR)),
                     alike(now, ahead) - alike(now, behind), alike(before, earlier) - alike(before, after)], axis=1)
