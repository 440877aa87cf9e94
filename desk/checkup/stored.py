"""What is stored: the data folder, its disk, the key, the database, originals, waiting work, backups, the clock."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desk import words
from desk.checkup.result import Result, failure, ok, warning
from flows.data import data_place, files_url

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Bytes of room below which the next decks may not fit, and below which nothing is safe.
LITTLE_ROOM, NO_ROOM = 2 << 30, 200 << 20
#: How old the oldest waiting work and the last backup may be; how long after its end a lease is nobody's.
OLD_WORK, OLD_BACKUP, STUCK = timedelta(hours=1), timedelta(days=7), timedelta(minutes=2)
_SKEW = 5.0


def folder() -> Result:
    """Whether the data folder can be written."""
    place = data_place()
    if not _nearest(place).is_dir():
        return failure(f"{short(place)} is no folder", "Set DECKPRISM_DATA to a folder")
    try:
        with tempfile.TemporaryFile(dir=_nearest(place)):
            pass
    except OSError as error:
        return failure(f"{short(place)} cannot be written ({error.strerror})", "Set DECKPRISM_DATA to a folder that can be")
    if place.is_dir() and stat.S_IMODE(place.stat().st_mode) & 0o077:
        return warning(f"{short(place)} can be entered by others", f"chmod 700 {short(place)}")
    return ok(short(place) if place.exists() else f"{short(place)}, made at first use")


def room() -> Result:
    """Room on the disk."""
    free = shutil.disk_usage(_nearest(data_place())).free
    said = f"{free / 1e9:.1f} GB free"
    if free < NO_ROOM:
        return failure(said, "Make room: new files are refused and work stops until there is some")
    if free < LITTLE_ROOM:
        return warning(said, "Make room, or run deckprism purge")
    return ok(said)


def key() -> Result:
    """The store's key."""
    file = data_place() / "key"
    if not file.exists():
        return ok("made at first use")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return failure("can be read by others, so it is not used", f"chmod 600 {short(file)}")
    if file.stat().st_size != 32:
        return failure("is damaged: hashes and the audit cannot be checked", "Restore it from a backup")
    return ok("for its owner only")


def database() -> Result:
    """Whether the database answers, and whether its schema is today's."""
    from sqlalchemy.exc import DBAPIError

    from content.errors import InputError
    from store.database import newest_schema, schema_of

    try:
        with _connected() as connection:
            if connection is None:
                return ok("made at first use")
            kind, schema = connection.dialect.name, schema_of(connection)
    except DBAPIError as error:
        return failure(f"does not answer ({type(error.orig).__name__})", "Check DECKPRISM_DATABASE, and that its server runs")
    except InputError as error:
        return failure(f"{error.where}: {error.what}", error.todo)
    newest = newest_schema()
    if schema > newest:
        return failure(f"{kind}, schema {schema}, and this Deckprism knows {newest}", "Update Deckprism")
    if schema < newest:
        return warning(f"{kind}, schema {schema or 'none yet'}; the next start brings it to {newest}", "Back up first")
    return ok(f"{kind}, schema {schema}")


def originals() -> Result:
    """Whether the file store can be written."""
    from content.errors import DeckprismError
    from store.files_elsewhere import open_files

    url, place = files_url(), data_place()
    if not url and not (place / "files").is_dir():
        return ok("in the data folder, made at first use")
    try:
        open_files(url, place).probe()
    except DeckprismError as error:
        return failure(f"{error.where}: {error.what}", error.todo)
    except OSError as error:
        return failure(f"cannot be written ({error.strerror})", "Check DECKPRISM_FILES, the rights and the room")
    return ok(f"{url.partition('://')[0]}://..." if url else "in the data folder")


def work() -> Result:
    """Leases of workers that are gone, and work that lies there."""
    from sqlalchemy import select

    from store.tables import Outbox

    with _current() as connection:
        if connection is None:
            return ok("none")
        rows = connection.execute(select(Outbox.kind, Outbox.put_at, Outbox.leased_by, Outbox.leased_until, Outbox.error)
                                  .where(Outbox.done_at.is_(None))).all()
    now = datetime.now(UTC)
    stuck = [row for row in rows if row.leased_by and row.leased_until and _time(row.leased_until) < now - STUCK]
    old = [row for row in rows if _time(row.put_at) < now - OLD_WORK]
    codes = ", ".join(sorted({row.error for row in old if row.error}))
    if stuck:
        return warning(f"{words.count(len(stuck), 'piece')} of work held by a worker that has gone",
                       "Start deckprism desk or deckprism up: it goes on by itself")
    if old:
        age = words.ago(min(row.put_at for row in old), now)
        return warning(f"{words.count(len(old), 'piece')} of work not done, the oldest from {age}"
                       + (f" ({codes})" if codes else ""), "Start deckprism desk or deckprism up, and look at the log")
    return ok(f"{words.count(len(rows), 'piece')} waiting" if rows else "nothing waits")


def backup() -> Result:
    """How long ago the last backup was."""
    from sqlalchemy import select

    from desk.services.backup import LAST
    from store.tables import Submission
    from store.tables_people import Setting

    with _current() as connection:
        if connection is None:
            return ok("nothing to back up")
        last = json.loads(connection.scalar(select(Setting.value).where(Setting.name == LAST)) or "{}")
        used = connection.scalar(select(Submission.id).limit(1)) is not None
    if not last:
        return warning("none was ever made", "Run deckprism backup FOLDER") if used else ok("nothing to back up")
    said = f"{words.ago(last['at'])}, {last['bytes'] / 1e6:.1f} MB"
    if _time(last["at"]) < datetime.now(UTC) - OLD_BACKUP:
        return warning(said, "Run deckprism backup FOLDER, and let a timer run it each night")
    return ok(said)


def clock() -> Result:
    """Whether the clock can be trusted, and which zone schedules are shown in."""
    from sqlalchemy import func, select

    from store.tables import Audit

    now = datetime.now(UTC)
    zone = now.astimezone().tzname() or "UTC"
    with _current() as connection:
        newest = connection.scalar(select(func.max(Audit.at))) if connection is not None else None
    if newest and _time(newest) > now + timedelta(minutes=1):
        return failure(f"{now:%Y-%m-%d %H:%M} UTC is before the newest act of the audit", "Set the clock: use NTP")
    with tempfile.NamedTemporaryFile(dir=_nearest(data_place())) as made:
        skew = Path(made.name).stat().st_mtime - now.timestamp()
    if abs(skew) > _SKEW:
        return warning(f"the disk's clock differs by {skew:.0f} s", "Let both machines use NTP")
    return ok(f"{now:%Y-%m-%d %H:%M} UTC, zone {zone}")


def short(path: Path) -> str:
    """A path as people write it."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)


@contextmanager
def _connected() -> Iterator[Connection | None]:
    """The database as it is; None when it was not made yet."""
    from store.database import open_as_it_is

    url = os.environ.get("DECKPRISM_DATABASE", "") or f"sqlite:///{data_place() / 'deckprism.db'}"
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        yield None
        return
    engine = open_as_it_is(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _current() -> Iterator[Connection | None]:
    """The database when it answers and has today's schema; what is wrong with it otherwise is said once, above."""
    from sqlalchemy.exc import DBAPIError

    from content.errors import InputError
    from store.database import newest_schema, schema_of

    with ExitStack() as stack:
        try:
            connection = stack.enter_context(_connected())
            current = connection is not None and schema_of(connection) == newest_schema()
        except (DBAPIError, InputError):
            current, connection = False, None
        yield connection if current else None


def _nearest(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())


def _time(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
