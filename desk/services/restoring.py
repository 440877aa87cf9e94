"""Puts a backup back: everything is made and checked beside, and only then takes its place.

The archive is unpacked into a folder of the data folder itself (which may be a mount), the database is filled, rows are
counted, the audit's chain is gone over. Any of it failing leaves what was there as it was. Then the parts change places
by rename, the database last, so that a kill in between leaves a place without a database and not a mixture; what was
there before lies in `before-restore-...` until somebody deletes it. On PostgreSQL the rows are committed last.

Originals that lie elsewhere (`DECKPRISM_FILES`) are sent there first: they are named by their hash and harm nobody.
A case's files may be of a later moment than the rows: the pieces of its newest build are put over them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, DeckprismError, Fault, InputError
from flows.local_results import place_pieces
from flows.presence import alone
from store import audit
from store.archive import BadArchive, Manifest, unpack
from store.database import WRITER, now, open_as_it_is
from store.files import Files, FileStore
from store.privacy import load_key
from store.snapshot import clear_tables, is_filled, read_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: What a data folder holds of a desk; its Prefect server and its locks stay where they are.
_PARTS = ("files", "cases", "builds", "releases")
_DATABASE = "deckprism.db"
_WHO = "operator"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `before` is where the former things lie, None when there were none."""

    manifest: Manifest
    folder: Path
    settings: Path | None
    before: Path | None


def restore(archive: Path, folder: Path, database: str, files: Files | None = None, *, replace: bool = False) -> Restored:
    """Put an archive back into a data folder and the database of a URL. `files` where originals lie elsewhere.

    Raises BadArchive, InputError when there is a desk already, BadOutput when a place cannot be written.
    """
    here = f"sqlite:///{folder / _DATABASE}"
    _sweep(folder)
    if not replace and _has_desk(folder, database):
        raise InputError(str(folder), "holds a desk already",
                         "Restore into an empty place (DECKPRISM_DATA, DECKPRISM_DATABASE), or say --replace")
    with _staging(folder) as staging, alone(folder), ExitStack() as stack:
        manifest = unpack(archive, staging / "new")
        new = staging / "new"
        made = staging / "made"
        key = _key(archive, new / "data")
        _lay_out(new, made, files)
        target = f"sqlite:///{made / _DATABASE}" if database == here else database
        connection = stack.enter_context(_database(target, replace=replace))
        read_tables(connection, new / "tables", manifest.facts.migration, manifest.facts.rows)
        _check_audit(archive, connection, key, manifest)
        _mend_cases(connection, made)
        _note(connection, key, manifest)
        if database == here:
            stack.close()  # committed and closed: the file is whole
        before = _swap(folder, made, staging, stack)
    settings = folder / "restored-settings"
    return Restored(manifest, folder, settings if settings.is_dir() else None, before)


def _has_desk(folder: Path, database: str) -> bool:
    if (folder / "key").exists() or (folder / _DATABASE).exists() or any(
            file.is_file() for part in _PARTS for file in (folder / part).rglob("*")):
        return True
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///")).exists()
    from sqlalchemy.exc import DBAPIError

    engine = open_as_it_is(database)
    try:
        with engine.connect() as connection:
            return is_filled(connection)
    except DBAPIError as error:
        raise _unusable(error) from None
    finally:
        engine.dispose()


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=".restore-"))
        (made / "new").mkdir()
        (made / "made").mkdir()
    except OSError as error:
        raise BadOutput(str(folder), f"cannot be written ({error.strerror})", "Check the rights, or make room") from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _database(url: str, *, replace: bool) -> Iterator[Connection]:
    """A transaction in which a database is filled; committed at the end of the block."""
    from sqlalchemy.exc import DBAPIError

    engine = open_as_it_is(url)
    try:
        with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
            if replace:
                clear_tables(connection)
            yield connection
    except DBAPIError as error:
        raise _unusable(error) from None
    finally:
        engine.dispose()


def _key(archive: Path, data: Path) -> bytes:
    if not (data / "key").is_file():
        raise BadArchive(str(archive), "has no key", "Take another backup")
    return load_key(data)


def _lay_out(new: Path, made: Path, files: Files | None) -> None:
    """Give the members the places that they have in a data folder. Raises BadOutput."""
    try:
        for each in sorted((new / "data").iterdir()):
            each.rename(made / each.name)
        if (new / "settings").is_dir():
            (new / "settings").rename(made / "restored-settings")
        store = files or FileStore(made / "files")
        for file in sorted((new / "files").iterdir()) if (new / "files").is_dir() else ():
            store.put(file)
            file.unlink()
    except OSError as error:
        raise BadOutput(str(made), f"cannot be written ({error.strerror})", "Make room") from None


def _check_audit(archive: Path, connection: Connection, key: bytes, manifest: Manifest) -> None:
    from sqlalchemy.orm import Session

    with Session(connection) as session:
        broken = audit.first_broken(session, key)
        head = audit.head(session)
    if broken is not None:
        raise BadArchive(str(archive), f"has an audit whose row {broken} is not as it was written",
                         "Take an older backup, and compare with the last export of the audit")
    if (head.number, head.hash) != (manifest.facts.audit_rows, manifest.facts.audit_hash):
        raise BadArchive(str(archive), "has an audit that ends elsewhere than it says", "Take another backup")


def _mend_cases(connection: Connection, made: Path) -> None:
    """Put the pieces of each submission's newest build over its case."""
    from sqlalchemy import select

    from store.tables_review import Build

    rows = connection.execute(select(Build.submission, Build.id).where(Build.state == "done").order_by(Build.made_at))
    newest = {row.submission: row.id for row in rows}
    try:
        for submission, build in newest.items():
            home, pieces = made / "cases" / submission, made / "builds" / build / "pieces"
            if home.is_dir() and pieces.is_dir():
                place_pieces(pieces, home)
    except OSError as error:
        raise BadOutput(str(made), f"cannot be written ({error.strerror})", "Make room") from None


def _note(connection: Connection, key: bytes, manifest: Manifest) -> None:
    """The audit goes on with the restore itself."""
    from sqlalchemy.orm import Session

    with Session(connection) as session:
        audit.record(session, key, _WHO, "restored", "store",
                     {"made_at": manifest.facts.made_at, "rows": sum(manifest.facts.rows.values())})
        session.flush()


def _swap(folder: Path, made: Path, staging: Path, stack: ExitStack) -> Path | None:
    """Let the new parts take the places of the old ones; back again when one of them, or the commit, fails."""
    before = folder / f"before-restore-{now()[:19].replace(':', '').replace('-', '')}"
    names = sorted({*(each.name for each in made.iterdir()), *_PARTS}, key=lambda name: name.startswith(_DATABASE))
    olds = [*(f"{_DATABASE}{end}" for end in ("", "-wal", "-shm")), *(name for name in names if name != _DATABASE)]
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        source.rename(target)
        moved.append((source, target))

    try:
        for name in olds:
            if (folder / name).exists():
                before.mkdir(mode=0o700, exist_ok=True)
                move(folder / name, before / name)
        for name in names:
            if (made / name).exists():
                move(made / name, folder / name)
        stack.close()
    except (OSError, DeckprismError) as error:
        for source, target in reversed(moved):
            target.rename(source)
        with suppress(OSError):
            before.rmdir()
        if isinstance(error, OSError):
            raise Fault(str(folder), f"could not take its parts ({error.strerror})", "Nothing was changed") from None
        raise
    return before if before.is_dir() else None


def _sweep(folder: Path) -> None:
    """What a restore that was killed left behind."""
    for each in folder.glob(".restore-*"):
        shutil.rmtree(each, ignore_errors=True)


def _unusable(error: Exception) -> BadOutput:
    return BadOutput("the database", f"cannot be used ({type(error).__name__})",
                     "Check DECKPRISM_DATABASE, and that its server runs")
