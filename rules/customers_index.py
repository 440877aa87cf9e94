"""The index over a customer list: every spelling squashed to letters and digits, looked up by its first six characters.

One dictionary look-up for each word of a text finds all spellings that differ only in case, spaces, hyphens, line breaks,
look-alike letters or gluing ("#HaldenFoods", "halden-foods.com"), whatever the length of the list. Nothing here judges a
find; rules/customers_match.py does.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from rules.customers_names import Grade, core, grade, tokens

if TYPE_CHECKING:
    from rules.customers_list import Customer
    from rules.customers_typos import NearWords

#: Characters of a squashed name that the first look-up takes.
HEAD = 6
_AND = frozenset({"and", "und", "et", "en", "y"})
_PLACE = frozenset({"international", "nederland", "netherlands", "europe", "global", "benelux", "usa", "uk", "emea",
                    "deutschland", "france", "belgium", "belgie"})
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


class Spelling(IntEnum):
    """Which column of the list a spelling came from."""

    NAME = 0
    ALIAS = 1
    CODE_NAME = 2
    DOMAIN = 3


class Lookup(Protocol):
    """A table that is asked by the text, whatever it keeps in the text's place."""

    def get(self, key: str, /) -> int | None:
        """The number for a text, or None."""
        ...

    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Index:
    """Squashed spelling -> entry; an entry has an owner (row number), a spelling and a grade.

    The matcher asks only through the methods and `get`, so that a list of keyed hashes can answer in the same way
    (rules/customers_hashed.py).
    """

    rows: Sequence[Customer]
    keys: Lookup
    owners: Sequence[int]
    spellings: Sequence[int]
    grades: Sequence[int]
    #: First six characters -> lengths of the spellings that begin so, as bits.
    heads: Lookup
    #: Ticker as given -> row number.
    tickers: Lookup = field(default_factory=lambda: dict[str, int]())

    @cached_property
    def typos(self) -> NearWords:
        """The one-edit index over the words of all names, built when the first unknown word is met."""
        from rules.customers_typos import build_typos

        return build_typos(self.rows)

    def forms(self, entry: int, key: str) -> list[str]:
        """The words of the spelling `key` behind an entry."""
        row = self.rows[self.owners[entry]]
        sources = (row.name, *row.aliases) if self.spellings[entry] <= Spelling.ALIAS else ()
        for source in sources:
            for words in name_forms(source):
                if "".join(words) == key:
                    return words
        if self.spellings[entry] == Spelling.CODE_NAME:
            words = tokens(row.code_name)
            return words if "".join(words) == key else words[1:]
        return [key]

    def mentions(self, owner: int, text: str) -> bool:
        """Whether the name in a row has a mark in it: a comma, or a word with a full stop behind it."""
        return text in self.rows[owner].name.lower()

    def short_forms(self, owners: Sequence[int]) -> Mapping[str, tuple[int, str, Grade]] | None:
        """Short forms of some rows where the list knows them ready made; None when they are to be made of the names."""
        return None


def build(rows: Sequence[Customer]) -> Index:
    """Index every spelling of every row. Two rows with one spelling: the first row keeps it."""
    keys: dict[str, int] = {}
    owners = array("i")
    spellings, grades = bytearray(), bytearray()
    tickers: dict[str, int] = {}
    for number, row in enumerate(rows):
        for words, spelling, value in entries(row):
            key = "".join(words)
            if key not in keys:
                keys[key] = len(owners)
                owners.append(number)
                spellings.append(spelling)
                grades.append(value)
        if ticker := ticker_of(row):
            tickers.setdefault(ticker, number)
    heads: dict[str, int] = {}
    for key in keys:
        if len(key) >= HEAD:
            head = key[:HEAD]
            heads[head] = heads.get(head, 0) | 1 << (len(key) - HEAD)
    return Index(rows, keys, owners, spellings, grades, heads, tickers)


def ticker_of(row: Customer) -> str:
    """The ticker of a row as texts write it, without the exchange; '' when it has none."""
    return row.ticker.upper().split(":")[-1].strip() if len(row.ticker) >= 2 else ""


def entries(row: Customer) -> Iterator[tuple[list[str], Spelling, Grade]]:
    """The words of every spelling of a row that is looked up, with where it came from and how far it can be trusted."""
    for words in name_forms(row.name):
        yield words, Spelling.NAME, grade(words)
    for alias in row.aliases:
        for words in name_forms(alias):
            yield words, Spelling.ALIAS, grade(words)
    if row.code_name:
        words = tokens(row.code_name)
        plain = words[1:] if len(words) > 1 and words[0] in {"project", "operation", "operatie"} else words
        if plain:
            yield plain, Spelling.CODE_NAME, grade(plain)
    for domain in re.split(r"[;,\s]+", row.domain) if row.domain else ():
        if "." in domain:
            label = "".join(tokens(domain.rsplit(".", 1)[0].split(".")[-1]))
            yield ["".join(tokens(domain))], Spelling.DOMAIN, Grade.SAFE
            if len(label) >= 3:
                yield [label], Spelling.DOMAIN, Grade.NEVER


def name_forms(name: str) -> Iterable[list[str]]:
    """The ways a name is written apart from case and separators: without legal form, with "and" for "&", and so on."""
    words = tokens(name)
    if not words:
        return
    base = core(words)
    yield base
    if grade(base) >= Grade.CAPITAL and len(words) > len(base):
        start = words.index(base[0])
        for end in range(start + len(base) + 1, len(words) + 1):
            yield words[start:end]
    if "(" in name or "[" in name:
        bare = core(tokens(_BRACKETS.sub(" ", name))) if _BRACKETS.sub("", name).strip() else base
        if bare and bare != base:
            yield bare
    if len(base) > 2 and any(word in _AND for word in base[1:-1]):
        yield [base[0], *(word for word in base[1:-1] if word not in _AND), base[-1]]
        for link in ("and", "en", "und"):
            yield [base[0], *(link if word in _AND else word for word in base[1:-1]), base[-1]]
    if ("&" in name or "+" in name) and len(base) > 1:
        cut = len(tokens(re.split(r"[&+]", name, maxsplit=1)[0])) - (len(words) - len(base) if words[0] != base[0] else 0)
        for word in ("and", "en", "und") if 0 < cut < len(base) else ():
            yield [*base[:cut], word, *base[cut:]]
    if len(base) > 1 and base[-1] in _PLACE:
        short = base[:-1]
        if len(short) > 1 or grade(short) is Grade.SAFE:
            yield short


def forms_of(index: Index, entry: int, key: str) -> list[str]:
    """The words of the spelling behind an entry, so that its word edges can be compared with those of a text."""
    return index.forms(entry, key)
