"""The customer list as everybody uses it: rows, frozen, with what was odd about them, and one index built at first use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from language.fold import folded
from rules.customers_names import Grade, core, grade, tokens

if TYPE_CHECKING:
    from rules.customers_found import Match
    from rules.customers_index import Index
    from rules.customers_split import Half


@dataclass(frozen=True, slots=True)
class Customer:
    """A row of the list. Only `name` is sure to be there; the rest is empty when the list has no such column."""

    name: str
    aliases: tuple[str, ...] = ()
    domain: str = ""
    ticker: str = ""
    industry: str = ""
    size: str = ""
    country: str = ""
    account_owner: str = ""
    status: str = ""
    code_name: str = ""


@dataclass(frozen=True, eq=False)
class CustomerList:
    """Customers without duplicates, in the order of the list. `problems` are notes for whoever keeps the list."""

    rows: tuple[Customer, ...] = ()
    problems: tuple[str, ...] = ()
    #: Column of ours -> heading in the file, and how many lines of a report were no customers: for who imports a list.
    columns: tuple[tuple[str, str], ...] = ()
    left_out: int = 0

    @staticmethod
    def of(names: Iterable[str]) -> CustomerList:
        """A list of bare names. The same names give the same, already indexed list.

        A name may carry columns, as the examples of rules do: "Halden Foods | ticker=HLDF | code_name=Bluegannet".
        """
        return _of(tuple(names))

    @staticmethod
    def empty() -> CustomerList:
        """No customers at all."""
        return _of(())

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @cached_property
    def index(self) -> Index:
        """The index over all spellings; built once (about 3 s for 100,000 names), kept with the list."""
        from rules.customers_index import build

        return build(self.rows)

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {folded(row.name): number for number, row in enumerate(self.rows)}

    def number(self, name: str) -> int | None:
        """The row number of the customer of this name, compared folded, or None."""
        return self._by_name.get(folded(name))

    def row(self, number: int, label: str = "") -> Customer:
        """A row by its number. A list without names calls the customer by the label, as the document does."""
        return self.rows[number]

    def labels(self, texts: Sequence[str], found: Sequence[Sequence[Match]], halves: Sequence[Half]) -> dict[int, str]:
        """Row number -> what to call a customer found in these texts, where the list itself does not know."""
        return {}

    def ordinary(self) -> int:
        """How many names are ordinary words."""
        return len(self.risky())

    def named(self, name: str) -> Customer | None:
        """The customer of this name, compared folded, or None."""
        number = self.number(name)
        return None if number is None else self.rows[number]

    def risky(self) -> tuple[tuple[str, Grade], ...]:
        """Names that are ordinary words, with their grade: to be shown after an import."""
        graded = ((row.name, grade(core(tokens(row.name)))) for row in self.rows)
        return tuple((name, value) for name, value in graded if value in {Grade.CONTEXT, Grade.NEVER})


def tidy(rows: Sequence[Customer], problems: Sequence[str] = (), numbers: Sequence[int] = ()) -> CustomerList:
    """Merge rows of one name and leave out names that say nothing, with a note for each kind.

    `numbers` are the rows' numbers in their file, as far as they have any.
    """
    kept: dict[str, Customer] = {}
    short: list[str] = []
    twice: list[int] = []
    for at, row in enumerate(rows):
        key = row.name.lower() if row.name.isascii() else folded(row.name)
        if (len(key) < 2 or not key[:2].isalnum()) and sum(char.isalnum() for char in key) < 2:
            short.append(row.name)
        elif key in kept:
            kept[key] = _merged(kept[key], row)
            twice.append(at)
        else:
            kept[key] = row
    notes = list(problems)
    if short:
        notes.append(f"{len(short)} name(s) of one letter or none were ignored: give the full name")
    if twice:
        places = [str(numbers[at]) for at in twice[:5]] if numbers else []
        where = f" ({'row' if len(twice) == 1 else 'rows'} {', '.join(places)}{', ...' if len(twice) > 5 else ''})"
        notes.append(f"{len(twice)} row(s) repeat a name and were merged with the first row of that name"
                     + (where if places else ""))
    return CustomerList(tuple(kept.values()), tuple(notes))


def _merged(first: Customer, other: Customer) -> Customer:
    """The first row, with what only the other one says filled in."""
    if first == other:
        return first
    return Customer(
        first.name, tuple(dict.fromkeys((*first.aliases, *other.aliases))), first.domain or other.domain,
        first.ticker or other.ticker, first.industry or other.industry, first.size or other.size,
        first.country or other.country, first.account_owner or other.account_owner, first.status or other.status,
        first.code_name or other.code_name)


@lru_cache(maxsize=4)
def _of(names: tuple[str, ...]) -> CustomerList:
    return tidy([_row(name) if "|" in name and "=" in name else Customer(name.strip()) for name in names if name.strip()])


def _row(text: str) -> Customer:
    """A name with columns in one string."""
    name, *fields = (piece.strip() for piece in text.split("|"))
    cells = dict(field.partition("=")[::2] for field in fields)
    return Customer(name, tuple(filter(None, cells.get("alias", "").split(";"))), cells.get("domain", ""),
                    cells.get("ticker", ""), cells.get("industry", ""), cells.get("size", ""), cells.get("country", ""),
                    cells.get("account_owner", ""), cells.get("status", ""), cells.get("code_name", ""))
