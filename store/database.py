"""Opens the database and gives transactions: `writing` and `reading`.

On SQLite a writer begins with BEGIN IMMEDIATE and waits up to ten seconds for the lock; a deferred BEGIN that turns
into a write fails at once under concurrency (measured: 277 of 900 against 0). Work that takes time, and all work on
files, belongs outside of a transaction. The schema is brought up to date when the database is opened; the migration
library is imported only when there is something to do.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, InputError

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

#: How long a writer waits for another one, in milliseconds.
BUSY_TIMEOUT = 10_000
#: Seconds until a server has to answer who connects.
_PATIENCE = 5
#: Seconds after which a waiting writer looks again, between these two.
_LOOK_AGAIN = (0.001, 0.004)
MIGRATIONS = Path(__file__).parent / "migrations"
WRITER = "deckprism_writer"


def now() -> str:
    """The time for a row: ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def open_database(url: str) -> Engine:
    """Open the database of a URL (`sqlite:///file`, `postgresql://...`) with its schema up to date.

    Raises BadOutput when it cannot be opened or written, InputError when a newer Deckprism wrote it.
    """
    from sqlalchemy.exc import DBAPIError

    engine = open_as_it_is(url)
    try:
        _bring_up_to_date(engine, _place(url))
    except DBAPIError as error:
        engine.dispose()
        raise BadOutput(_place(url), f"the database cannot be used ({type(error.orig).__name__})",
                        "Check that the disk is not full and the file is a database of Deckprism") from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_as_it_is(url: str) -> Engine:
    """Open a database without a look at its schema, for those that look after it. Raises InputError for a wrong URL."""
    from sqlalchemy import event
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        engine = _engine(_with_driver(url))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise InputError(_place(url), f"the database cannot be opened ({type(error).__name__})",
                         "Check DECKPRISM_DATABASE; PostgreSQL needs the package psycopg") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that may write: committed at the end of the block, rolled back on any exception."""
    from sqlalchemy.orm import Session

    with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin(), \
            Session(connection, expire_on_commit=False) as session:
        yield session
        session.flush()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that only reads: one moment's view, never in the way of a writer.

    The moment is that of its first question. PostgreSQL's own default would look anew with every question.
    """
    from sqlalchemy.orm import Session

    view = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**view) as connection, Session(connection, expire_on_commit=False) as session:
        yield session


def _engine(url: str) -> Engine:
    """An engine. A server that was away is noticed before a connection is used again; one that says nothing is given up."""
    from sqlalchemy import create_engine, make_url

    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        return create_engine(parts)
    patience = {} if "connect_timeout" in parts.query else {"connect_timeout": _PATIENCE}
    return create_engine(parts, pool_pre_ping=True, connect_args=patience)


def newest_schema() -> str:
    """The number of the newest migration."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _bring_up_to_date(engine: Engine, place: str) -> None:
    with engine.connect() as connection:
        current = schema_of(connection)
    newest = newest_schema()
    if current == newest:
        return
    if current > newest:
        engine.dispose()
        raise InputError(place, f"the database has schema {current}, this Deckprism knows {newest}", "Update Deckprism")
    with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4403)")
        if schema_of(connection) != newest:  # another process may have been first
            migrate(connection)


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the schema to a migration, in the caller's transaction. Raises InputError for one that is not known here."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if to != "head" and to > newest_schema():
        raise InputError("the database", f"has schema {to}, this Deckprism knows {newest_schema()}", "Update Deckprism")
    command.upgrade(config, to)


def schema_of(connection: Connection) -> str:
    """The number of the database's schema, '' when it is empty."""
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _with_driver(url: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _place(url: str) -> str:
    """A URL for a message: the file of SQLite, and never the password of a server."""
    if url.startswith("sqlite:///"):
        return url.removeprefix("sqlite:///")
    return url.partition("://")[0] + "://" + url.rpartition("@")[2].rpartition("://")[2]


def _prepare_sqlite(raw: object, _record: object) -> None:
    import sqlite3

    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None  # the driver's own BEGIN is deferred; `_begin_sqlite` says it instead
    cursor = raw.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
    finally:
        cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    import sqlite3

    if not connection.get_execution_options().get(WRITER, False):
        connection.exec_driver_sql("BEGIN")
        return
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        if not _begun_soon(raw):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, for the error as everybody knows it
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")


def _begun_soon(raw: sqlite3.Connection) -> bool:
    """Begin as the writer, looking again every few milliseconds; False when nobody let go for as long as is waited.

    SQLite's own waiting looks again after up to 100 ms, and longer each time: with eight writers at once one of a hundred
    waited for seconds while others went first again and again. Looking often gives everybody the same chance.
    """
    import sqlite3

    until = time.monotonic() + BUSY_TIMEOUT / 1000
    while time.monotonic() < until:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            time.sleep(random.uniform(*_LOOK_AGAIN))
        else:
            return True
    return False
