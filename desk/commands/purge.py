"""`deckprism purge`: delete for good what has been kept long enough."""

from __future__ import annotations

from typing import Annotated

import typer

from desk import terminal
from desk.commands.users import here
from desk.words import count


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(purge)


def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be deleted.")] = False) -> int:
    """Delete the file, the case, the builds and the remarks of what ended long enough ago, and files nobody handed in."""
    from desk.services import retention

    office, actor = here()
    rows = retention.due(office, actor)
    for row in rows:
        stays = ("" if row.original else ", the original stays") + (", what is out stays out" if row.keeps_release else "")
        terminal.out(f"{row.id}  {row.state:<12}{row.ended_at[:10]}  {count(row.builds, 'build')}{stays}")
    if dry_run:
        terminal.out(f"{count(len(rows), 'submission')} would be deleted for good.")
        return 0
    done = retention.purge(office, actor, [row.id for row in rows])
    terminal.out(f"{count(len(done.submissions), 'submission')} deleted for good, with {count(done.originals, 'original')} "
                 f"and {count(done.builds, 'build')}.")
    if swept := retention.sweep(office):
        terminal.out(f"{count(swept, 'file')} that no submission has {'was' if swept == 1 else 'were'} deleted too.")
    return 0
