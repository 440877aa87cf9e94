"""`deckprism audit verify | export`: whether the history is as it was written, and a copy of it to keep elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from content.errors import BadOutput
from desk import terminal
from desk.commands.users import here

app = typer.Typer(help="The history: verify its chain, export it.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def verify() -> int:
    """Go over every row of the chain; 1 when one is not as it was written."""
    from desk.services import history

    office, actor = here()
    found = history.verify(office, actor)
    if found.broken:
        terminal.err(f"Row {found.broken} is not as it was written. Compare with the last export.")
        return 1
    terminal.out(f"All {found.rows:,} rows are as they were written. The newest hash is {found.head}.")
    return 0


@app.command()
def export(to: Annotated[Path, typer.Option("--to", help="File to write, CSV.")],
           decisions: Annotated[bool, typer.Option("--decisions", help="Decisions instead of the audit.")] = False) -> int:
    """Write the audit, or all decisions, as a table that no spreadsheet executes."""
    from desk.services import exports
    from desk.services.history import Filter

    office, actor = here()
    lines = exports.decisions_csv(office, actor) if decisions else exports.audit_csv(office, actor, Filter())
    partial = to.with_name(f".{to.name}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        partial.replace(to)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BadOutput(str(to), f"cannot be written ({error.strerror})", "Check the path") from None
    terminal.out(f"Written: {to}")
    return 0
