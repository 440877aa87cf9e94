"""Reads a customer list: the rows of a CSV or XLSX file become customers, whatever system exported them.

A row that cannot be used refuses the whole list, since a customer who silently is not on it is not protected; whoever
knows better says `good_rows`. Every message names file, row and what to do, and never quotes a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from content.errors import BadCustomers
from rules.customers_formats import HEADINGS, columns_of, header_of, is_footer, is_total, size_word
from rules.customers_list import Customer, CustomerList, tidy
from rules.customers_tables import FIRST, MOST_ROWS, table

_LONGEST = 300  # characters of a name; more is a sentence that slipped into the column
_SHOWN = 5
_COLUMNS = tuple(HEADINGS)
#: What spreadsheets run when it stands behind + - or @; behind "=" everything is a formula. The last part is DDE.
_FUNCTION = re.compile(
    r"^[-+@]\s*(?:(?:sum|hyperlink|if|concat\w*|text|[vhx]?lookup|index|indirect|webservice|import\w+|image|call|exec|dde|"
    r"char|now|today|rand|average|min|max|counta?|register|evaluate|row|subtotal|som|als|cmd)\s*\(|"
    r"(?=[-+@$a-z\d*/(),.:]*\d)[-+@]?[-+*/()$\d.,:a-z]*(?<![a-z])(?:[a-z]{1,3}\$?\d+|\d+)\s*[-+*/]\s*[$a-z]*\d)|"
    r"^[-+@]?[\w\s]*\|.*!", re.IGNORECASE)
_PLATFORMS = re.compile(r"^(?:https?://)?(?:[\w-]+\.)*(?:facebook|linkedin|twitter|instagram|youtube|xing|x|tiktok)\.com/\w",
                        re.IGNORECASE)


def load_customers(path: Path, good_rows: bool = False) -> CustomerList:
    """Read a customer list, CSV or XLSX, of at most a million rows.

    Raises BadCustomers when the file is missing, broken, without names, or has rows that cannot be used; with
    `good_rows` such rows are left out instead, and `problems` of the list says which.
    """
    where = path.name
    rows = iter(table(path))
    first = list(islice(rows, FIRST))
    if not first:
        raise BadCustomers(where, "has no rows", "Export it again with a header row and at least one customer")
    at = header_of(first)
    if at is None:
        raise BadCustomers(f"{where}, row {first[0][0]}", "has no column for the customer's name",
                           'Give the first row a column called "name" (or "Account Name")')
    header = first[at][1]
    columns = columns_of(header)
    reading = _Reading(header, columns)
    reading.read(chain(first[at + 1:], rows), where)
    return reading.customers(where, good_rows)


def is_formula(text: str) -> bool:
    """Whether a cell would be run by a spreadsheet; "+Company" and "@Home" would not."""
    bare = text.lstrip(" \t\r\n'\"\u00a0")
    return bare[:1] == "=" or (bare[:1] in "-+@" and bool(bare) and bool(_FUNCTION.match(bare))) or bool(
        "|" in bare and re.match(r"^\w+\|.*!", bare))


class _Reading:
    """One pass over the rows below the header."""

    def __init__(self, header: Sequence[str], columns: dict[str, int]) -> None:
        self.header, self.columns, self.width = header, columns, len(header)
        self.name = columns["name"]
        self.places = tuple(columns.get(column, -1) for column in _COLUMNS)
        self.found: list[Customer] = []
        self.numbers: list[int] = []
        #: What is wrong -> row numbers.
        self.wrong: dict[str, list[int]] = {}
        self.left_out = 0
        #: Rows of one filled cell since the last blank row; a footer takes them with it.
        self.block: list[int] = []

    def read(self, rows: Iterable[tuple[int, Sequence[str]]], where: str) -> None:
        """Sort the rows into customers, lines of the report, and what is wrong."""
        below, last = False, 0
        blank = tuple(self.header)
        for number, row in rows:
            filled = [cell for cell in row if cell and not cell.isspace()]
            if len(filled) <= 1:
                if not filled:
                    continue
                if number > last + 1:
                    self.block = []
                if is_footer(filled[0]):
                    self._take_back()
                    below = True
                if below:
                    self.left_out += 1
                    continue
            elif tuple(row) == blank:  # the header again, as on every page of a printed report
                self.left_out += 1
                continue
            alone = len(filled) == 1
            if is_total(filled[0], filled[1:], len(self.columns)):
                self.left_out += 1
            else:
                below = False
                self._row(number, row)
                if alone and (self.block or number > last + 1):
                    self.block.append(number)
            if not alone:
                self.block = []
            last = number
            if len(self.found) > MOST_ROWS:
                raise BadCustomers(where, f"has more than {MOST_ROWS:,} rows", "Leave out who never was a customer")

    def _take_back(self) -> None:
        """The lines above a footer, back to the blank line, are the report's title and the like."""
        for number in self.block:
            if self.numbers and self.numbers[-1] >= number:
                at = self.numbers.index(number) if number in self.numbers[-len(self.block):] else None
                if at is not None:
                    del self.numbers[at], self.found[at]
                    self.left_out += 1
            for numbers in self.wrong.values():
                if number in numbers:
                    numbers.remove(number)
                    self.left_out += 1
        self.block = []

    def _row(self, number: int, row: Sequence[str]) -> None:
        raw = row[self.name] if self.name < len(row) else ""
        name = " ".join(raw.split())
        wrong = _wrong(name, raw)
        if not wrong and len(row) > self.width and any(cell.strip() for cell in row[self.width:]):
            wrong = "there are more cells than the header has; a name with the separator in it needs quotation marks"
        if wrong:
            self.wrong.setdefault(wrong, []).append(number)
            return
        cells = [row[at].strip() if 0 <= at < len(row) else "" for at in self.places]
        cells[0] = name
        customer = _customer(cells)
        if any(is_formula(alias) or len(alias) > _LONGEST for alias in (*customer.aliases, customer.code_name)):
            self.wrong.setdefault("an alias or code name is a formula or too long", []).append(number)
            return
        self.found.append(customer)
        self.numbers.append(number)

    def customers(self, where: str, good_rows: bool) -> CustomerList:
        """The list. Raises BadCustomers when it is empty, or has bad rows and nobody said to go without them."""
        self.wrong = {what: numbers for what, numbers in self.wrong.items() if numbers}
        if not self.found:
            if self.wrong:
                what, numbers = min(self.wrong.items(), key=lambda item: item[1][0])
                raise BadCustomers(f"{where}, row {numbers[0]}", f"has no customer in it that can be used: {what}",
                                   "Export it again with at least one name below the header row")
            raise BadCustomers(where, "has no customer in it", "Export it again with at least one name below the header row")
        if self.wrong and not good_rows:
            what, numbers = min(self.wrong.items(), key=lambda item: item[1][0])
            others = sorted(number for each in self.wrong.values() for number in each if number != numbers[0])
            raise BadCustomers(f"{where}, row {numbers[0]}", what + _and_more(others),
                               "Mend these rows, or give --good-rows to use the others" if others
                               else "Mend this row, or give --good-rows to use the others")
        notes = [f"{where}, row {numbers[0]}: {what}{_and_more(numbers[1:])}; left out, so not protected"
                 for what, numbers in self.wrong.items()]
        listed = tidy(self.found, notes, self.numbers)
        return replace(listed, columns=tuple((column, " ".join(self.header[at].split())[:60])
                                             for column, at in self.columns.items()), left_out=self.left_out)


def _wrong(name: str, raw: str) -> str:
    """What makes a name unusable, in words; '' when nothing does."""
    if not name:
        return "there is no name"
    if (not name[0].isalnum() or "|" in name) and is_formula(raw):
        return "the name is a formula"
    if len(name) > _LONGEST:
        return f"the name has more than {_LONGEST} characters"
    if (not name[:2].isalnum() and sum(char.isalnum() for char in name) < 2) or len(name) < 2:
        return "the name has fewer than two letters or digits"
    if raw.count("\n") > 2:
        return "the name goes over several lines; a quotation mark may be missing"
    return ""


def _and_more(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:_SHOWN])) + (", ..." if len(numbers) > _SHOWN else "")
    return f" (and {len(numbers):,} more {'row' if len(numbers) == 1 else 'rows'}: {shown})"


def _customer(cells: Sequence[str]) -> Customer:
    """A row whose cells stand in the order of `_COLUMNS`."""
    name, aliases, domain, ticker, industry, size, country, owner, status, code_name = cells
    split = tuple(filter(None, (alias.strip() for alias in re.split(r"[;|\n]", aliases)))) if aliases else ()
    if domain:
        domain = "" if _PLATFORMS.match(domain) else re.sub(r"^(?:https?://)?(?:www\.)?", "", domain.lower()).split("/")[0]
    return Customer(name, split, domain, ticker, industry, size_word(size) if size else "", country, owner, status, code_name)
