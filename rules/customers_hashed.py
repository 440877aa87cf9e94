"""A customer list of keyed hashes: it finds every spelling that a plain list finds, and holds no name.

Each spelling, the first six letters of each, each word of a name, what is left of it without one letter, each pair of
neighbouring words, each short form and ticker stands here as the first eight bytes of BLAKE2b (RFC 7693) with the key of
the store. Industry, size, country, owner and status are in clear, since masks are made of them. The customer is called
what the document calls it. Whoever has the list and its key can test a guess; with the list alone nobody can.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from language.fold import folded
from rules.customers_found import Match
from rules.customers_index import Index, Spelling, name_forms
from rules.customers_list import Customer, CustomerList
from rules.customers_match import matches
from rules.customers_names import Grade

if TYPE_CHECKING:
    from rules.customers_hashed_words import HashedWords
    from rules.customers_split import Half

#: Bytes of a hash: eight to look up, four to lock what belongs to it.
SIZE = 12
_KEPT = 300_000
_HOW = ("acronym", "short_form")


@dataclass(frozen=True, slots=True)
class Hasher:
    """Texts to numbers with a key. `kind` keeps a word from being the same as a whole name of that word."""

    key: bytes

    def raw(self, kind: bytes, text: str) -> bytes:
        """The twelve bytes."""
        return blake2b(kind + text.encode("utf-8", "surrogatepass"), key=self.key, digest_size=SIZE).digest()

    def number(self, kind: bytes, text: str) -> int:
        """The first eight bytes as a number."""
        return int.from_bytes(self.raw(kind, text)[:8], "little")


class HashedTable:
    """A table that is asked by the text and looks up its hash; what was asked lately is remembered."""

    def __init__(self, hasher: Hasher, kind: bytes, table: Mapping[int, int]) -> None:
        """`table`: hash -> number."""
        self._hasher, self._kind, self._table = hasher, kind, table
        self._known: dict[str, int | None] = {}

    def get(self, key: str, /) -> int | None:
        """The number for a text, or None."""
        known = self._known
        if key in known:
            return known[key]
        if len(known) > _KEPT:
            known.clear()
        found = known[key] = self._table.get(self._hasher.number(self._kind, key))
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __len__(self) -> int:
        return len(self._table)


class ShortForms(Mapping[str, tuple[int, str, Grade]]):
    """Acronyms and first words of a few rows: form -> owner, how, grade. Nobody can list them, only ask."""

    def __init__(self, hasher: Hasher, table: Mapping[int, tuple[int, str, Grade]]) -> None:
        self._hasher, self._table = hasher, table
        self._known: dict[str, tuple[int, str, Grade] | None] = {}

    def __getitem__(self, form: str) -> tuple[int, str, Grade]:
        if form not in self._known:
            self._known[form] = self._table.get(self._hasher.number(b"s", form))
        found = self._known[form]
        if found is None:
            raise KeyError(form)
        return found

    def __contains__(self, form: object) -> bool:
        if not isinstance(form, str):
            return False
        if form not in self._known:
            self._known[form] = self._table.get(self._hasher.number(b"s", form))
        return self._known[form] is not None

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return len(self._table)


@dataclass(frozen=True)
class HashedIndex(Index):
    """The index over hashes. `lengths` from `offsets[entry]` on are the lengths of an entry's words."""

    hasher: Hasher = field(default_factory=lambda: Hasher(b""))
    offsets: Sequence[int] = ()
    lengths: Sequence[int] = ()
    #: Owner -> where its short forms begin in `shorts`, which has hash, how and grade.
    short_at: Sequence[int] = ()
    shorts: Sequence[int] = ()
    short_grades: Sequence[int] = ()
    marks: frozenset[int] = frozenset()
    words: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def typos(self) -> HashedWords:
        """The one-edit index over hashes of words."""
        from rules.customers_hashed_words import HashedWords

        return HashedWords(self.hasher, self.words)

    def forms(self, entry: int, key: str) -> list[str]:
        """The spelling cut at its word edges."""
        words, at = [], 0
        for length in self.lengths[self.offsets[entry]:self.offsets[entry + 1]]:
            words.append(key[at:at + length])
            at += length
        return words

    def mentions(self, owner: int, text: str) -> bool:
        """Whether the name of a row has a comma, or a word with a full stop behind it."""
        return self.hasher.number(b"m", f"{owner} {text}") in self.marks

    def short_forms(self, owners: Sequence[int]) -> ShortForms:
        """The short forms of some rows; of two rows with one form the first in `owners` keeps it."""
        table: dict[int, tuple[int, str, Grade]] = {}
        for owner in owners:
            for at in range(self.short_at[owner], self.short_at[owner + 1]):
                how, value = divmod(self.short_grades[at], 4)
                table.setdefault(self.shorts[at], (owner, _HOW[how], Grade(value)))
        return ShortForms(self.hasher, table)


@dataclass(frozen=True, eq=False)
class HashedList(CustomerList):
    """Customers without names: `rows` have only what masks and reviewers need."""

    made: HashedIndex | None = None

    @cached_property
    def index(self) -> Index:
        """The index that was read with the list."""
        assert self.made is not None
        return self.made

    def number(self, name: str) -> int | None:
        """The row number of the customer that a spelling from a document means, or None."""
        for words in name_forms(name):
            entry = self.index.keys.get("".join(words))
            if entry is not None and self.index.spellings[entry] <= Spelling.CODE_NAME:
                return self.index.owners[entry]
        found = sorted(matches(name, self.index), key=lambda match: (-match.confidence, match.start - match.end))
        return found[0].owner if found else self.index.tickers.get(name.strip().upper())

    def row(self, number: int, label: str = "") -> Customer:
        """A row, called what the document calls it."""
        return replace(self.rows[number], name=label)

    def labels(self, texts: Sequence[str], found: Sequence[Sequence[Match]], halves: Sequence[Half]) -> dict[int, str]:
        """Owner -> the best spelling of it in a document: the surest, then the longest, that leads back to it."""
        spelled = [(match.owner, text[match.start:match.end], match.how in {"name", "alias"}, match.confidence)
                   for text, each in zip(texts, found, strict=True) for match in each]
        spelled += [(left.owner, f"{texts[left.number][left.start:left.end]} {texts[right.number][right.start:right.end]}",
                     True, left.confidence) for left, right in zip(halves[::2], halves[1::2], strict=True)]
        best: dict[int, tuple[tuple[bool, bool, float, int], str]] = {}
        known: dict[str, int | None] = {}
        for owner, words, named, confidence in spelled:
            label = " ".join(words.split())
            if label not in known:
                known[label] = self.number(label)
            rank = (known[label] == owner, named, confidence, min(80, len(folded(label))))
            if owner not in best or rank > best[owner][0]:
                best[owner] = (rank, label)
        return {owner: label for owner, (_, label) in best.items()}

    def risky(self) -> tuple[tuple[str, Grade], ...]:
        """Nothing: which names they are, nobody knows."""
        return ()

    def ordinary(self) -> int:
        """How many names are ordinary words."""
        counted = {owner for owner, spelling, value in zip(
            self.index.owners, self.index.spellings, self.index.grades, strict=True)
            if spelling == Spelling.NAME and value >= Grade.CONTEXT}
        return len(counted)


def opened(parts: Mapping[str, bytes], key: bytes) -> HashedList:
    """The list that `customers_hashed_build.hashed` made of a plain one; it must be the same key."""
    import json

    import numpy as np

    hasher = Hasher(key)
    columns: list[list[str]] = json.loads(parts["rows"])
    rows = tuple(Customer(name="", industry=industry, size=size, country=country, account_owner=owner, status=status)
                 for industry, size, country, owner, status in zip(*columns, strict=True))

    def numbers(name: str, kind: str) -> list[int]:
        values: list[int] = np.frombuffer(parts[name], dtype=kind).tolist()
        return values

    keys = numbers("keys", "<u8")
    heads = dict(zip(numbers("heads", "<u8"), numbers("head_lengths", "<u8"), strict=True))
    for head, length in zip(numbers("long_heads", "<u8"), numbers("long_lengths", "<u2"), strict=True):
        heads[head] = heads.get(head, 0) | 1 << length
    tickers = dict(zip(numbers("tickers", "<u8"), numbers("ticker_owners", "<i4"), strict=True))
    index = HashedIndex(
        rows, HashedTable(hasher, b"k", dict(zip(keys, range(len(keys)), strict=True))),
        array("i", parts["owners"]), parts["spellings"], parts["grades"], HashedTable(hasher, b"h", heads),
        HashedTable(hasher, b"t", tickers), hasher, array("i", parts["offsets"]), array("H", parts["lengths"]),
        array("i", parts["short_at"]), array("Q", parts["shorts"]), parts["short_grades"],
        frozenset(numbers("marks", "<u8")), parts)
    return HashedList(rows, made=index)
