"""Reads a customer list: CSV with any usual separator and encoding, or XLSX; columns as CRM exports call them.

Formulas are never evaluated. Every refusal names file, row and what to do, and never quotes a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from content.errors import BadCustomers
from rules.customers_list import Customer, CustomerList, tidy

#: Column of ours -> what exports of Salesforce, Dynamics, HubSpot and people call it (letters and digits only, lower case).
_HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "accountname", "companyname", "company", "account", "customer", "customername", "organization",
             "organisation", "organizationname", "klant", "klantnaam", "bedrijf", "bedrijfsnaam", "naam", "fullname"),
    "aliases": ("aliases", "alias", "alsoknownas", "aka", "tradename", "tradenames", "shortname", "dba", "handelsnaam"),
    "domain": ("domain", "domains", "website", "websiteurl", "companydomainname", "domainname", "web", "url"),
    "ticker": ("ticker", "tickersymbol", "stocksymbol", "symbol"),
    "industry": ("industry", "industrycode", "sector", "branche", "vertical"),
    "size": ("size", "companysize", "segment", "numberofemployees", "employees", "grootte", "omvang"),
    "country": ("country", "billingcountry", "address1country", "countryregion", "address1countryregion", "land",
                "billingcountrycode", "countryregioncode"),
    "account_owner": ("accountowner", "owner", "ownername", "companyowner", "accountmanager", "hubspotowner", "ownerid"),
    "status": ("status", "accountstatus", "lifecyclestage", "statuscode", "type", "accounttype"),
    "code_name": ("codename", "projectname", "codenames", "project"),
}
_COLUMN = {alias: column for column, aliases in _HEADERS.items() for alias in aliases}
_LONGEST = 300  # characters of a name; more is a sentence that slipped into the column


def load_customers(path: Path) -> CustomerList:
    """Read a customer list. Raises BadCustomers when the file is missing, broken, without names or without rows."""
    where = path.name
    if not path.is_file():
        raise BadCustomers(where, "there is no such file", "Check the path given to --customers")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadCustomers(where, f"cannot be read ({error.strerror})", "Check the rights of the file") from None
    if not data.strip():
        raise BadCustomers(where, "is empty", "Export it again with a header row and at least one customer")
    rows = _sheet(path, where) if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} else _csv(data, where)
    return _customers(rows, where)


def _csv(data: bytes, where: str) -> list[list[str]]:
    text = _decoded(data, where)
    separator = _separator(text)
    try:
        csv.field_size_limit(1_000_000)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise BadCustomers(where, f"is not a table that can be read ({error})", "Export it again as CSV UTF-8") from None


def _decoded(data: bytes, where: str) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise BadCustomers(where, "is not text", "Export the list as CSV UTF-8 or as XLSX")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[:error.start].count(b"\n") + 1
    raise BadCustomers(f"{where}, row {line}", "has characters in no known encoding", "Export it again as CSV UTF-8")


def _separator(text: str) -> str:
    """The separator that the header row uses most; a comma when there is only one column."""
    if text[:4].lower() == "sep=":  # Excel's own hint
        return text[4:5] or ","
    header = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    best = max(";,\t|", key=header.count)
    return best if header.count(best) else ","


def _sheet(path: Path, where: str) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = [[_cell(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
            if any(any(row) for row in rows):
                return rows
    except (CalamineError, OSError, ValueError) as error:
        raise BadCustomers(where, f"is not a workbook that can be read ({type(error).__name__})",
                           "Open it in Excel and save it again as XLSX, or export it as CSV UTF-8") from None
    raise BadCustomers(where, "has no rows", "Export it again with a header row and at least one customer")


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _customers(rows: Sequence[Sequence[str]], where: str) -> CustomerList:
    filled = [(number, row) for number, row in enumerate(rows, start=1)
              if any(cell.strip() for cell in row) and not (row[0].lower().startswith("sep=") and number == 1)]
    if not filled:
        raise BadCustomers(where, "has no rows", "Export it again with a header row and at least one customer")
    number, header = filled[0]
    columns = _columns(header)
    if "name" not in columns:
        raise BadCustomers(f"{where}, row {number}", "has no column for the customer's name",
                           'Give the first row a column called "name" (or "Account Name")')
    found: list[Customer] = []
    problems: list[str] = []
    nameless = formulas = long = 0
    for _, row in filled[1:]:
        cells = {column: row[at].strip() for column, at in columns.items() if at < len(row)}
        name = " ".join(cells.get("name", "").split())
        if not name:
            nameless += 1
        elif name[0] in "=+@" and "(" in name:
            formulas += 1
        elif len(name) > _LONGEST:
            long += 1
        else:
            found.append(_customer(name, cells))
    for count, what in ((nameless, "without a name"), (formulas, "with a formula instead of a name"),
                        (long, f"with a name of more than {_LONGEST} characters")):
        if count:
            problems.append(f"{count} row(s) {what} were ignored: mend them in the list")
    customers = tidy(found, problems)
    if not customers.rows:
        raise BadCustomers(where, "has no customer in it", "Export it again with at least one name below the header row")
    return customers


def _columns(header: Iterable[str]) -> dict[str, int]:
    """Column of ours -> position. The first heading that fits wins; an exact "name" beats every other name column."""
    columns: dict[str, int] = {}
    plain = [re.sub(r"[\W_]+", "", cell).lower() for cell in header]
    for at, heading in enumerate(plain):
        column = _COLUMN.get(heading)
        if column and (column not in columns or (heading == "name" and plain[columns["name"]] != "name")):
            columns[column] = at
    return columns


def _customer(name: str, cells: dict[str, str]) -> Customer:
    aliases = tuple(alias.strip() for alias in re.split(r"[;|]", cells.get("aliases", "")) if alias.strip())
    domain = re.sub(r"^(?:https?://)?(?:www\.)?", "", cells.get("domain", "").lower()).split("/")[0]
    return Customer(
        name, aliases, domain, cells.get("ticker", ""), cells.get("industry", ""), cells.get("size", ""),
        cells.get("country", ""), cells.get("account_owner", ""), cells.get("status", ""), cells.get("code_name", ""))
