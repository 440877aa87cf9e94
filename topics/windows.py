"""Windows of units, each as one direction, and how alike two are: what the cues of vectors and of words both rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def sums_of(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    """The sums of the rows before each place, shape (rows + 1, columns): a window is then one subtraction."""
    import numpy as np

    return np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])


def window(sums: NDArray[np.float64], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each pair of places the direction of what lies between them, of length 1; zeros where nothing does."""
    import numpy as np

    last = len(sums) - 1
    between = sums[np.clip(end, 0, last)] - sums[np.clip(start, 0, last)]
    length = np.linalg.norm(between, axis=1, keepdims=True)
    scaled: NDArray[np.float64] = np.where(length > 1e-9, between / np.maximum(length, 1e-9), 0.0)
    return scaled


def alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of each pair of rows, which have length 1 or 0."""
    import numpy as np

    dots: NDArray[np.float64] = np.einsum("ij,ij->i", one, other)
    return dots
