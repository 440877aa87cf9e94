"""Which customer list counts: the file somebody names, or the one that was imported into the data folder.

A path stands for either, so everything that hands a list on (workers, batches, cases) hands on a path. The clock is read
by nobody here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import InputError
from flows.case import file_digest
from flows.data import data_folder, data_place

if TYPE_CHECKING:
    from content.settings import Settings
    from rules.customers import CustomerList
    from store.customers import StoredList


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the list as it was read, and as it is kept. `same` when nothing in it changed."""

    read: CustomerList
    kept: StoredList
    same: bool = False


def chosen_list(given: Path | None, without: bool) -> tuple[Path | None, StoredList | None]:
    """The list to use, and what is known of it when it is the imported one.

    `without` is for a person who wants none at all. Raises InputError when both are given, BadCustomers when the
    imported list is damaged.
    """
    if given is not None and without:
        raise InputError("--no-customers", "was given together with --customers", "Leave one of them out")
    if given is not None or without:
        return given, None
    from store.customers import about_list, list_file

    file = list_file(data_place())
    return (file, about_list(file)) if file.is_file() else (None, None)


def read_customers(path: Path | None, good_rows: bool) -> CustomerList:
    """The list behind a path, or an empty one. Raises BadCustomers when it cannot be used."""
    from rules.customers import CustomerList, load_customers

    if path is None:
        return CustomerList.empty()
    from store.customers import is_list

    if not is_list(path):
        return load_customers(path, good_rows)
    from rules.customers_stored import from_parts
    from store.customers import about_list, list_key, read_list
    from store.privacy import load_key

    key = list_key(load_key(path.parent)) if about_list(path).hashed else None
    return from_parts(read_list(path, key)[1], key)


def wants_good_rows(given: bool, settings: Settings) -> bool:
    """Whether rows that cannot be used are left out: as the command or the settings say."""
    return given or settings.customers.good_rows


def check_customers(path: Path | None, good_rows: bool, settings: Settings) -> tuple[str, ...]:
    """Notes on a list before anything is made with it. Raises BadCustomers when it cannot be used."""
    from store.customers import is_list

    if path is None or is_list(path):
        return ()
    return read_customers(path, wants_good_rows(good_rows, settings)).problems


def customers_digest(path: Path) -> str:
    """What changes when the list does; an imported list that is imported again unchanged keeps it."""
    from store.customers import about_list, is_list

    return about_list(path).digest if is_list(path) else file_digest(path)


def import_list(path: Path, hashed: bool, good_rows: bool) -> Imported:
    """Read a list and keep it in the data folder in the place of the one that is there."""
    from rules.customers import load_customers
    from rules.customers_stored import to_parts
    from store.customers import list_key, write_list
    from store.privacy import load_key

    customers = load_customers(path, good_rows)
    before = imported_list()
    folder = data_folder()
    key = list_key(load_key(folder)) if hashed else None
    kept = write_list(folder, to_parts(customers, key), len(customers), customers.ordinary(), key)
    return Imported(customers, kept, before is not None and before.digest == kept.digest)


def imported_list() -> StoredList | None:
    """What is known of the imported list; None when there is none or it is damaged."""
    from content.errors import BadCustomers
    from store.customers import about_list, list_file

    file = list_file(data_place())
    try:
        return about_list(file) if file.is_file() else None
    except BadCustomers:
        return None


def imported_names() -> tuple[str, ...]:
    """The names of the imported list. Raises InputError when there is none, or it is hashed and so has none."""
    from store.customers import list_file

    about = imported_list()
    if about is None:
        raise InputError("customers", "no list was imported", "Import one: deckprism customers import FILE")
    if about.hashed:
        raise InputError("customers", "the imported list is hashed, so it holds no names", "Look in the file it came from")
    return tuple(row.name for row in read_customers(list_file(data_place()), True).rows)


def forget_list() -> bool:
    """Delete the imported list; whether there was one."""
    from store.customers import forget_list as forget

    return forget(data_place())
