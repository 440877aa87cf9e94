"""One wrong letter, by hashes: the words of names indexed by what is left of them without one letter.

What belongs to a rest (which letter, and where) is locked with the last bytes of its hash, so it opens only for a text
that has this very rest: then the right word is known from the text itself, and no word of a name is ever stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rules.customers_typos import LONGEST, SHORTEST, one_edit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rules.customers_hashed import Hasher

_KEPT = 100_000


class _Ids:
    """Word of a text -> number, given when it is first asked for, to words of names only."""

    def __init__(self, words: HashedWords) -> None:
        self._words = words

    def get(self, word: str, default: int, /) -> int:
        """The number of a word, or the default."""
        return self._words.number(word, default)


class HashedWords:
    """Answers as `Typos` does. Words get numbers as texts name them."""

    def __init__(self, hasher: Hasher, parts: Mapping[str, bytes]) -> None:
        """`parts` as `customers_hashed_build` makes them."""
        import numpy as np

        self._hasher = hasher
        self._rests: NDArray[np.uint64] = np.frombuffer(parts["rests"], dtype="<u8")
        self._locked: NDArray[np.uint32] = np.frombuffer(parts["rest_letters"], dtype="<u4")
        self._members: NDArray[np.uint64] = np.frombuffer(parts["words"], dtype="<u8")
        self._pairs: NDArray[np.uint64] = np.frombuffer(parts["pairs"], dtype="<u8")
        self._list: list[str] = []
        self._numbers: dict[str, int] = {}
        self._near: dict[str, tuple[int, ...]] = {}
        self._beside: dict[tuple[int, int], bool] = {}
        self._ids = _Ids(self)

    @property
    def words(self) -> Sequence[str]:
        """Number -> word."""
        return self._list

    @property
    def ids(self) -> _Ids:
        """Word -> number, for words of names."""
        return self._ids

    def number(self, word: str, default: int) -> int:
        """The number of a word that stands in a name, or the default."""
        known = self._numbers.get(word)
        if known is None:
            if len(self._numbers) > 2 * _KEPT:  # what is in no name need not be remembered
                self._numbers = {word: number for word, number in self._numbers.items() if number >= 0}
            known = self._new(word) if self._has(self._members, self._hasher.number(b"w", word)) else -1
            self._numbers[word] = known
        return known if known >= 0 else default

    def near(self, unknown: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Word -> numbers of the name words exactly one edit away, for words that have any."""
        import numpy as np

        unknown = list(unknown)
        fresh = [word for word in unknown if word not in self._near]
        if len(self._near) > _KEPT:
            self._near.clear()
            fresh = list(dict.fromkeys(unknown))
        rests: list[str] = []
        origin: list[int] = []
        for number, word in enumerate(fresh):
            left = rests_of(word)
            rests.extend(left)
            origin.extend([number] * len(left))
        found: dict[int, set[int]] = {}
        if rests:
            raw = b"".join([self._hasher.raw(b"r", rest) for rest in rests])
            asked = np.frombuffer(raw, dtype=[("hash", "<u8"), ("lock", "<u4")])
            low = np.searchsorted(self._rests, asked["hash"], "left")
            high = np.searchsorted(self._rests, asked["hash"], "right")
            for at in np.nonzero(high > low)[0].tolist():
                word, lock = fresh[origin[at]], int(asked["lock"][at])
                for locked in self._locked[low[at]:high[at]].tolist():
                    right = unlocked(rests[at], locked ^ lock)
                    if right and one_edit(word, right):
                        known = self._numbers.get(right, -1)
                        found.setdefault(origin[at], set()).add(known if known >= 0 else self._new(right))
        for number, word in enumerate(fresh):
            self._near[word] = tuple(sorted(found.get(number, ())))
        return {word: self._near[word] for word in unknown if self._near.get(word)}

    def neighbours(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether some name has these two words (by number, -1 for no word) side by side."""
        import numpy as np

        result: NDArray[np.bool_] = np.fromiter(
            (left >= 0 and right >= 0 and self._side_by_side(left, right)
             for left, right in zip(first.tolist(), second.tolist(), strict=True)), dtype=np.bool_, count=len(first))
        return result

    def _side_by_side(self, left: int, right: int) -> bool:
        if (left, right) not in self._beside:
            if len(self._beside) > _KEPT:
                self._beside.clear()
            pair = self._hasher.number(b"p", f"{self._list[left]} {self._list[right]}")
            self._beside[left, right] = self._has(self._pairs, pair)
        return self._beside[left, right]

    def _new(self, word: str) -> int:
        self._numbers[word] = len(self._list)
        self._list.append(word)
        return self._numbers[word]

    @staticmethod
    def _has(ordered: NDArray[np.uint64], wanted: int) -> bool:
        import numpy as np

        at = int(np.searchsorted(ordered, np.uint64(wanted)))
        return at < len(ordered) and int(ordered[at]) == wanted


def rests_of(word: str) -> list[str]:
    """A word and what is left of it without one letter, each once; nothing for words too short or too long."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    return list(dict.fromkeys([word, *(word[:at] + word[at + 1:] for at in range(len(word)))]))


def letter_of(word: str, rest: str) -> int:
    """Which letter is missing in a rest, and where: place * 2**21 + code point, plus 2**31; 0 when none is."""
    if rest == word:
        return 0
    at = next((at for at, (left, right) in enumerate(zip(word, rest, strict=False)) if left != right), len(rest))
    return 1 << 31 | at << 21 | ord(word[at])


def unlocked(rest: str, letter: int) -> str:
    """The word that a rest was made of; '' when the number is none of `letter_of`."""
    if not letter:
        return rest
    at, code = letter >> 21 & 0x3FF, letter & 0x1FFFFF
    if not letter >> 31 or at > len(rest) or code > 0x10FFFF:
        return ""
    return rest[:at] + chr(code) + rest[at:]
