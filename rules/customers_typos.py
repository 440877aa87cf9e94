"""One wrong letter: the words of all names indexed by what is left when one character is taken out of them.

A word of a text and a word of a name are one edit apart (letter missing, added, changed, or two swapped) only if they
share such a rest (Garbe's symmetric deletes). Rests are kept as sorted hashes in arrays: 100,000 names take about 15 MB
and every unknown word of a text is looked up at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from rules.customers_index import name_forms
from rules.customers_names import tokens
from rules.vocabulary import dictionary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rules.customers_list import Customer

#: Shorter words have too many neighbours.
SHORTEST = 4
LONGEST = 24


class NearWords(Protocol):
    """What the search for slips asks; words are numbered by whoever answers."""

    @property
    def words(self) -> Sequence[str]:
        """Number -> word."""
        ...

    @property
    def ids(self) -> Mapping[str, int] | Numbers:
        """Word -> number, for words of names."""
        ...

    def near(self, unknown: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Word -> numbers of the name words exactly one edit away, for words that have any."""
        ...

    def neighbours(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether some name has these two words (by number, -1 for no word) side by side."""
        ...


class Numbers(Protocol):
    """Word -> number, asked word by word."""

    def get(self, word: str, default: int, /) -> int:
        """The number of a word, or the default."""
        ...


@dataclass(frozen=True)
class Typos:
    """Words of names, their deletes, and which words stand side by side in a name."""

    words: Sequence[str]
    ids: Mapping[str, int]
    hashes: NDArray[np.int64]
    targets: NDArray[np.int32]
    #: first * len(words) + second of every two neighbours in a name, sorted.
    pairs: NDArray[np.int64]
    _near: dict[str, tuple[int, ...]]

    def near(self, unknown: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Word -> numbers of the name words exactly one edit away, for words that have any."""
        import numpy as np

        unknown = list(unknown)
        fresh = [word for word in unknown if word not in self._near]
        rests: list[int] = []
        origin: list[int] = []
        for number, word in enumerate(fresh):
            hashed = _rests(word)
            rests.extend(hashed)
            origin.extend([number] * len(hashed))
        found: dict[int, set[int]] = {}
        if rests:
            wanted = np.array(rests, dtype=np.int64)
            low = np.searchsorted(self.hashes, wanted, "left")
            high = np.searchsorted(self.hashes, wanted, "right")
            for at in np.nonzero(high > low)[0].tolist():
                word = fresh[origin[at]]
                for target in self.targets[low[at]:high[at]].tolist():
                    if one_edit(word, self.words[target]):
                        found.setdefault(origin[at], set()).add(target)
        if len(self._near) > 50_000:
            self._near.clear()
        for number, word in enumerate(fresh):
            self._near[word] = tuple(sorted(found.get(number, ())))
        return {word: self._near[word] for word in unknown if self._near.get(word)}

    def neighbours(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether some name has these two words (by number, -1 for no word) side by side."""
        import numpy as np

        wanted = first * len(self.words) + second
        at = np.minimum(np.searchsorted(self.pairs, wanted), max(0, len(self.pairs) - 1))
        if not len(self.pairs):
            return np.zeros(len(wanted), dtype=np.bool_)
        result: NDArray[np.bool_] = (self.pairs[at] == wanted) & (first >= 0) & (second >= 0)
        return result


def _rests(word: str) -> list[int]:
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    return [hash(word), *{hash(word[:at] + word[at + 1:]) for at in range(len(word))}]


def one_edit(left: str, right: str) -> bool:
    """Whether two words differ by exactly one letter missing, added or changed, or two neighbours swapped."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    at = 0
    while at < len(left) and left[at] == right[at]:
        at += 1
    if len(left) < len(right):
        return left[at:] == right[at + 1:]
    if left[at + 1:] == right[at + 1:]:
        return True
    return left[at:at + 2] == right[at:at + 2][::-1] and left[at + 2:] == right[at + 2:]


def build_typos(rows: Sequence[Customer]) -> Typos:
    """Index the words of names and aliases; ordinary words too, since "Enery" may be anybody's energy."""
    import numpy as np

    ids: dict[str, int] = {}
    pairs: set[tuple[int, int]] = set()
    for form in sources_of(rows):
        numbers = [ids.setdefault(word, len(ids)) for word in form]
        pairs.update(pairwise(numbers))
    words = list(ids)
    rests: list[int] = []
    targets: list[int] = []
    for number, word in enumerate(words):
        hashed = _rests(word)
        rests.extend(hashed)
        targets.extend([number] * len(hashed))
    hashes = np.array(rests, dtype=np.int64)
    order = np.argsort(hashes, kind="stable")
    joined = np.array([first * len(words) + second for first, second in pairs], dtype=np.int64)
    joined.sort()
    return Typos(words, ids, hashes[order], np.array(targets, dtype=np.int32)[order], joined, {})


def sources_of(rows: Sequence[Customer]) -> Iterator[list[str]]:
    """The words of names and aliases as they stand side by side, in every form that is looked for with a slip in it."""
    for row in rows:
        for source in (row.name, *row.aliases):
            words = tokens(source)
            yield words
            if len(words) >= 4 or "&" in source:
                yield from name_forms(source)


def worth_trying(word: str) -> bool:
    """Whether a word of a text could be a slip of the pen: long enough and in no dictionary."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word not in dictionary()
