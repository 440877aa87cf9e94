"""A backup while everybody goes on working: the database as it is at one moment, then every file that it names.

Originals never change and builds appear whole, so what the database names is there, unless a purge takes it away in
between: then the backup begins again. A case's files are opened together; that they may be of a later moment than the
rows is mended when the backup is put back (desk/services/restoring.py). Nothing is stopped and nobody waits.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from content.errors import BadOutput, Fault, InputError
from content.version import VERSION
from desk.rights import Act, Actor, require
from desk.services.office import Office, set_setting, writing
from desk.services.publishing import releases_folder
from store import audit
from store.archive import ArchiveWriter, Facts, Manifest, SourceLost, new_archive
from store.database import now, schema_of
from store.snapshot import snapshot, write_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: The setting that says when the last backup was made.
LAST = "last_backup"
_TRIES, _PAUSE = 5, 0.3
#: Seconds after which a scratch folder is nobody's.
_LEFT = 86_400.0
#: Folders of the data folder that are not in an archive: originals go by hash, the rest is made anew when it is needed.
_LEFT_OUT = frozenset({"files", "fetched", "incoming", "locks", "pictures", "prefect", "team", "watch", "restored-settings"})
#: How the files of the database itself begin: its rows are in the archive, not its pages.
_DATABASE = "deckprism.db"
#: What a restore put aside.
_ASIDE = "before-restore-"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made. `missing` is what the database names and the data folder had lost before."""

    file: Path
    bytes: int
    seconds: float
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class _View:
    """What the database said at the moment of the backup."""

    facts: Facts
    originals: tuple[str, ...]
    builds: tuple[str, ...]
    releases: tuple[str, ...]


def back_up(office: Office, actor: Actor, to: Path) -> BackedUp:
    """Write a backup to a file that is not there yet, or into a folder under a name of its own.

    Raises Forbidden, InputError when the file is there, BadOutput when it cannot be written.
    """
    require(actor, Act.ADMINISTER)
    started = time.perf_counter()
    place = to / f"deckprism-{now()[:19].replace(':', '').replace('-', '')}.tar" if to.is_dir() else to
    if place.exists():
        raise InputError(str(place), "is there already", "Name another file, or a folder for a name of its own")
    with _private(office) as scratch:
        for attempt in range(1, _TRIES + 1):
            manifest = _write(office, place, scratch, last=attempt == _TRIES)
            if manifest is not None:
                break
            time.sleep(_PAUSE * attempt)  # a purge is about to write down what it took away
        assert manifest is not None
    size = place.stat().st_size
    with writing(office.engine) as session:
        told = {"bytes": size, "files": len(manifest.members), "rows": sum(manifest.facts.rows.values())}
        set_setting(session, LAST, {"at": manifest.facts.made_at, **told}, actor.name)
        audit.record(session, office.key, actor.name, "backed_up", "store", told)
    return BackedUp(place, size, time.perf_counter() - started, manifest)


def _write(office: Office, place: Path, scratch: Path, *, last: bool) -> Manifest | None:
    """One attempt; None when something was taken away under it and it is not the last."""
    tables = scratch / "tables"
    tables.mkdir(exist_ok=True)
    with snapshot(office.engine, scratch) as connection:
        view = _view(connection, tables)
    with new_archive(place) as archive:
        try:
            for name in sorted(view.facts.rows):
                archive.add_file(f"tables/{name}.jsonl", tables / f"{name}.jsonl")
        except SourceLost:
            raise Fault(str(tables), "was changed by somebody else", "Try again") from None
        missing = [*_originals(office, archive, view.originals, keep_going=last)]
        missing += [each for each in view.builds if not (office.builds() / each).is_dir()]
        missing += [each for each in view.releases if not (releases_folder(office) / each).is_dir()]
        if missing and not last:
            return None
        _data(office, archive)
        settings = _settings(office, archive)
        facts = view.facts.model_copy(update={"missing": tuple(missing), "settings": settings})
        return archive.finish(facts)


def _view(connection: Connection, tables: Path) -> _View:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from store.tables import Submission
    from store.tables_review import Build, Release

    made_at = now()
    rows = write_tables(connection, tables)
    with Session(connection) as session:
        head = audit.head(session)
        there = Submission.purged_at.is_(None)
        originals = session.scalars(select(Submission.document).where(there).distinct().order_by(Submission.document)).all()
        builds = session.scalars(select(Build.id).join(Submission, Submission.id == Build.submission)
                                 .where(there, Build.state == "done", Build.content_hash != "").order_by(Build.id)).all()
        releases = session.scalars(select(Release.id).where(Release.published_at.is_not(None), Release.withdrawn_at.is_(None))
                                   .order_by(Release.id)).all()
        facts = Facts(deckprism=VERSION, migration=schema_of(connection), made_at=made_at,
                      database=connection.dialect.name, rows=rows, audit_rows=head.number, audit_hash=head.hash)
    return _View(facts, tuple(originals), tuple(builds), tuple(releases))


def _originals(office: Office, archive: ArchiveWriter, wanted: Sequence[str], *, keep_going: bool) -> Iterator[str]:
    """Put the originals in; gives those that are gone or not as they were."""
    for sha256 in wanted:
        if not office.files.sound(sha256):
            yield sha256
            if not keep_going:
                return
            continue
        try:
            archive.add_file(f"files/{sha256}", office.files.path(sha256))
        except SourceLost:  # read whole a moment ago: the disk is going, and half a member is no archive
            raise BadOutput("the file store", "cannot be read", "Check the disk of the data folder") from None


def _data(office: Office, archive: ArchiveWriter) -> None:
    """What lies in the data folder beside the database and the originals."""
    top = sorted(file for file in office.folder.iterdir() if file.is_file() and not file.name.startswith((".", _DATABASE)))
    for file in top:
        for name, stream in _alone(file):
            with stream:
                _add(archive, f"data/{name}", stream)
    parents = sorted(each for each in office.folder.iterdir() if each.is_dir() and each.name not in _LEFT_OUT
                     and not each.name.startswith((".", _ASIDE)))
    for parent in parents:
        for folder in sorted(each for each in parent.iterdir() if not each.name.startswith(".")):
            for name, stream in _together(folder) if folder.is_dir() else _alone(folder):
                with stream:
                    _add(archive, f"data/{parent.name}/{name}", stream)


def _settings(office: Office, archive: ArchiveWriter) -> dict[str, str]:
    """The operator's own files, each under a plain name; returns where they lay."""
    found: dict[str, Path] = {}
    if office.settings_file is not None:
        found["settings/deckprism.toml"] = office.settings_file
    if office.customers_file is not None and office.customers_file.parent != office.folder:
        found[f"settings/customers{office.customers_file.suffix}"] = office.customers_file
    rules = office.settings.rules.folder
    if rules is not None:
        found |= {f"settings/rules/{file.name}": file for file in sorted(rules.glob("*.y*ml"))}
    kept = {}
    for name, file in found.items():
        with contextlib.suppress(FileNotFoundError), file.open("rb") as stream:
            _add(archive, name, stream)
            kept[name] = str(file.absolute())
    return kept


def _add(archive: ArchiveWriter, name: str, stream: IO[bytes]) -> None:
    try:
        archive.add(name, stream, os.fstat(stream.fileno()).st_size)
    except SourceLost:
        raise BadOutput(name, "cannot be read to its end", "Check the disk of the data folder and try again") from None


def _together(folder: Path) -> list[tuple[str, IO[bytes]]]:
    """The files of a folder, opened with none of them replaced in between; none when the folder is gone."""
    for _ in range(_TRIES):
        before = _stamps(folder)
        opened: list[tuple[str, IO[bytes]]] = []
        with contextlib.suppress(FileNotFoundError):
            for name in sorted(before):
                opened.append((f"{folder.name}/{name}", (folder / name).open("rb")))
            if _stamps(folder) == before:
                return opened
        for _, stream in opened:
            stream.close()
    raise Fault(f"{folder.parent.name} {folder.name}", "changes all the time", "Try again in a minute")


def _alone(file: Path) -> list[tuple[str, IO[bytes]]]:
    try:
        return [(file.name, file.open("rb"))]
    except FileNotFoundError:
        return []


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for file in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            stat = file.stat()
            name = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") for part in name.parts):
                found[name.as_posix()] = (stat.st_mtime_ns, stat.st_ino)
    return found


@contextlib.contextmanager
def _private(office: Office) -> Iterator[Path]:
    for left in office.folder.glob(".backup-*"):  # of a backup that was killed
        with contextlib.suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - _LEFT:
                shutil.rmtree(left, ignore_errors=True)
    try:
        folder = tempfile.TemporaryDirectory(dir=office.folder, prefix=".backup-")
    except OSError as error:
        raise BadOutput(str(office.folder), f"cannot be written ({error.strerror})", "Make room") from None
    with folder as name:
        yield Path(name)
