"""`deckprism backup` and `deckprism restore`: everything a desk holds in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal
from desk.commands.run import Config, found_config
from desk.words import count

if TYPE_CHECKING:
    from store.archive import Manifest


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(backup)
    app.command()(restore)


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="File to write, or a folder for a name with the time.")],
    customers: Annotated[Path | None, typer.Option("--customers", help="Customer list that the desk starts with.")] = None,
    config: Config = None,
) -> int:
    """Write everything of the desk into one file, while it goes on working."""
    from dataclasses import replace

    from content.settings import load_settings
    from desk.commands.users import here
    from desk.services.backup import back_up

    office, actor = here()
    settings = found_config(config)
    office = replace(office, settings_file=settings, settings=load_settings(settings), customers_file=customers)
    made = back_up(office, actor, to)
    terminal.out(f"{made.file}: {_size(made.bytes)} in {made.seconds:.1f} s, for its owner only. It holds the key.")
    _describe(made.manifest)
    if made.manifest.facts.missing:
        terminal.err(f"{count(len(made.manifest.facts.missing), 'file')} that the database names could not be read and are "
                     "not in it: " + ", ".join(each[:12] for each in made.manifest.facts.missing[:5]))
        return 1
    return 0


def restore(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the desk that is there.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only read it and check every hash.")] = False,
) -> int:
    """Put a backup back into an empty place: DECKPRISM_DATA, DECKPRISM_DATABASE."""
    from store.archive import unpack

    if check and replace:
        raise InputError("--check", "was given together with --replace", "Leave one of them out")
    if check:
        manifest = unpack(archive, None)
        terminal.out(f"{archive}: whole, every hash is as it was written.")
        _describe(manifest)
        return 0
    from desk.services.restoring import restore as put_back
    from flows.data import data_place, database_url, files_url
    from store.files_elsewhere import open_files

    folder = data_place()
    files = open_files(files_url(), folder) if files_url() else None
    made = put_back(archive, folder, database_url(), files, replace=replace)
    terminal.out(f"Restored to {made.folder}. The audit holds to its newest row.")
    _describe(made.manifest)
    if made.settings is not None:
        terminal.out(f"Settings and lists that the desk was started with: {made.settings}")
    if made.before is not None:
        terminal.out(f"What was there before: {made.before}. Delete it when all is well.")
    if made.manifest.facts.missing:
        terminal.err(f"The backup lacks {count(len(made.manifest.facts.missing), 'file')} that were lost before it was made.")
        return 1
    return 0


def _describe(manifest: Manifest) -> None:
    facts = manifest.facts
    counts = {prefix: sum(each.name.startswith(prefix) for each in manifest.members)
              for prefix in ("files/", "data/cases/", "data/builds/", "data/releases/")}
    terminal.out(terminal.wrapped(
        f"Made {facts.made_at[:19]} UTC by {facts.deckprism}, schema {facts.migration}, from {facts.database}: "
        f"{count(sum(facts.rows.values()), 'row')} in {len(facts.rows)} tables, {count(counts['files/'], 'original')}, "
        f"{count(counts['data/cases/'], 'file')} of cases, {counts['data/builds/']:,} of builds, "
        f"{counts['data/releases/']:,} of releases, audit to row {facts.audit_rows:,}."))


def _size(value: int) -> str:
    return f"{value / 1e6:.1f} MB" if value >= 100_000 else f"{value / 1e3:.0f} kB"
