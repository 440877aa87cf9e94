"""`deckprism customers import | show | forget`: the customer list that is used when no other is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal

if TYPE_CHECKING:
    from store.customers import StoredList

GoodRows = Annotated[bool, typer.Option("--good-rows", help="Use the customer list without the rows that cannot be used.")]
NoCustomers = Annotated[bool, typer.Option("--no-customers", help="Do without a customer list, the imported one too.")]

app = typer.Typer(help="The customer list: import it once, show what is known of it, forget it.", no_args_is_help=True,
                  rich_markup_mode=None)


def chosen(given: Path | None, without: bool) -> Path | None:
    """The list to use; one line on standard error when it is the imported one."""
    from flows.customers import chosen_list

    path, about = chosen_list(given, without)
    if about is not None:
        terminal.err(f"Customers: the imported list of {_counted(about)} is used, imported {_age(about.imported_at)}; "
                     "--no-customers does without.")
    return path


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Customer list, CSV or XLSX.")],
    hashed: Annotated[bool, typer.Option("--hashed", help="Keep keyed hashes only, so that no name is stored.")] = False,
    good_rows: GoodRows = False,
) -> int:
    """Keep a customer list for scan, run, batch and verify, in the place of the one that was kept before."""
    from content.settings import load_settings
    from desk.commands.run import found_config
    from flows.customers import import_list, wants_good_rows

    done = import_list(file, hashed, wants_good_rows(good_rows, load_settings(found_config(None))))
    columns = [f"{column.replace('_', ' ')} from {heading!r}" for column, heading in done.read.columns]
    terminal.err(f"Understood: {', '.join(columns)}.")
    if done.read.left_out:
        terminal.err(f"Left out: {done.read.left_out} line(s) of the report that are no customers.")
    for note in done.read.problems:
        terminal.err(f"Note: {note}.")
    terminal.out(f"{'Nothing has changed' if done.same else 'Imported'}: {_told(done.kept)}")
    return 0


@app.command()
def show(
    names: Annotated[bool, typer.Option("--names", help="The names too, one a line; a hashed list has none.")] = False,
) -> int:
    """Tell what is known of the imported list. Exit 1 when there is none."""
    from flows.customers import imported_list, imported_names

    about = imported_list()
    if about is None:
        terminal.out("No customer list was imported. Import one: deckprism customers import FILE")
        return 1
    terminal.out(_told(about))
    terminal.out(f"Imported on {about.imported_at[:10]} ({_age(about.imported_at)}).")
    if names:
        terminal.out("\n".join(imported_names()))
    return 0


@app.command()
def forget() -> int:
    """Delete the imported list. Exit 2 when there is none."""
    from flows.customers import forget_list

    if not forget_list():
        raise InputError("customers", "no list was imported", "There is nothing to forget")
    terminal.out("Forgotten: the imported customer list was deleted.")
    return 0


def _counted(about: StoredList) -> str:
    return f"{about.names:,} {'customer' if about.names == 1 else 'customers'}{' (hashed)' if about.hashed else ''}"


def _told(about: StoredList) -> str:
    kept = "kept as keyed hashes, without names" if about.hashed else "kept in clear, readable for you alone"
    ordinary = f"; {about.ordinary:,} of the names are ordinary words and count only in context" if about.ordinary else ""
    return f"{about.names:,} {'customer' if about.names == 1 else 'customers'}, {kept}{ordinary}."


def _age(since: str) -> str:
    days = (datetime.now(UTC) - datetime.fromisoformat(since)).days
    return "today" if days < 1 else f"{days} {'day' if days == 1 else 'days'} ago"
