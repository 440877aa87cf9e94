"""An index with what has been learned while looking through it: words that need no second thought.

Texts repeat their words, so everything that depends on a word and the list alone is worked out once for each word. A lens
never changes an answer; it holds memory only, lives as long as its index is in use, and forgets all when it grows large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rules.customers_index import HEAD, Index, forms_of
from rules.customers_names import GLUED, LEGAL, Grade
from rules.customers_typos import worth_trying
from rules.vocabulary import dictionary

#: What may follow a name without a gap: legal forms, a plural s.
GLUED_ENDS = frozenset({*GLUED, *LEGAL, "s", "es", "reit"})
_TAILS = tuple(sorted(GLUED_ENDS - {"s"}))
_ENDINGS = ("s", *GLUED)
#: Marks of `Lens.ends`: nothing ends here (0); a name may (the rest is an "s", "gmbh" or number); a piece of one letter.
ENDS_NAME, ENDS_LETTER = 1, 3
_MOST = 200_000
#: From so many rows on, an ordinary word is more likely the word than the customer.
CROWD = 5000
_KEPT = 4

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class _Memory(dict[_Key, _Value]):
    """A dictionary that works out what it does not hold, so that a whole text can be mapped through it in C."""

    __slots__ = ("work",)

    def __init__(self, work: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, key: _Key) -> _Value:
        value = self.work(key)
        self[key] = value
        return value


class Lens:
    """One index and the memory of its look-ups."""

    __slots__ = ("_forms", "crowd", "ends", "index", "lengths", "near", "with_ending")

    def __init__(self, index: Index) -> None:
        self.index = index
        self.crowd = len(index.rows) > CROWD
        #: Lengths of spellings as bits (see Index.heads) -> the lengths, longest first.
        self.lengths: _Memory[int, tuple[int, ...]] = _Memory(_lengths)
        #: Piece -> a byte for each of its characters: see ENDS_* for what can end behind the character.
        self.ends: _Memory[str, bytes] = _Memory(_ends)
        #: Piece -> entry of the short name that it is with an ending, or -1.
        self.with_ending: _Memory[str, int] = _Memory(self._with_ending)
        #: Word of a text -> numbers of the name words one letter away.
        self.near: dict[str, tuple[int, ...]] = {}
        self._forms: dict[int, tuple[str, ...]] = {}

    def forms(self, entry: int, key: str) -> tuple[str, ...]:
        """The words of the spelling behind an entry whose key is `key`."""
        known = self._forms.get(entry)
        if known is None:
            known = self._forms[entry] = tuple(forms_of(self.index, entry, key))
        return known

    def comma(self, entry: int) -> bool:
        """Whether the customer's name has a comma in it, as "Vos, Kok and Sons"."""
        return self.index.mentions(self.index.owners[entry], ",")

    def dotted(self, entry: int, word: str) -> bool:
        """Whether a word has a full stop behind it in the customer's name, as "Amazon.com"."""
        return self.index.mentions(self.index.owners[entry], f"{word}.")

    def known(self, word: str) -> bool:
        """Whether a single folded word is a spelling on the list."""
        return len(word) > 1 and self.index.keys.get(word) is not None

    def learn_near(self, words: Iterable[str]) -> None:
        """Look up the words not looked up before, all at once, for names one letter away."""
        fresh = set(words) - self.near.keys()
        if fresh:
            self.near.update(dict.fromkeys(fresh, ()))
            tried = sorted(filter(worth_trying, fresh))
            if tried:  # the index of slips is built at the first word that asks for it
                self.near.update(self.index.typos.near(tried))

    def forget(self) -> None:
        """Drop what was learned once it takes too much room; called between texts."""
        for memory in (self.ends, self.with_ending, self.near, self._forms):
            if len(memory) > _MOST:
                memory.clear()

    def _with_ending(self, piece: str) -> int:
        if len(piece) < 4 or not piece.endswith(_ENDINGS):
            return -1
        for ending in _ENDINGS:
            stem = piece.removesuffix(ending)
            if stem != piece and 2 < len(stem) < HEAD:
                entry = self.index.keys.get(stem)
                if entry is not None and self.index.grades[entry] <= Grade.CAPITAL and stem + "s" not in dictionary():
                    return entry
        return -1


def _lengths(bits: int) -> tuple[int, ...]:
    return tuple(HEAD + bit for bit in range(bits.bit_length() - 1, -1, -1) if bits >> bit & 1)


def _ends(piece: str) -> bytes:
    marks = bytearray(len(piece))
    if piece[-1] == "s" and len(piece) > 1:
        marks[-2] = ENDS_NAME
    for end in _TAILS if piece.endswith(_TAILS) else ():
        if piece.endswith(end) and len(end) < len(piece):
            marks[-len(end) - 1] = ENDS_NAME
    for at in range(len(piece.rstrip("0123456789")), len(piece)):
        marks[at - 1] = ENDS_NAME
    marks[-1] = ENDS_LETTER if len(piece) == 1 else ENDS_NAME
    return bytes(marks)


_lenses: list[Lens] = []


def lens_of(index: Index) -> Lens:
    """The lens of an index; the last few are kept."""
    for lens in _lenses:
        if lens.index is index:
            return lens
    lens = Lens(index)
    _lenses.insert(0, lens)
    del _lenses[_KEPT:]
    return lens
