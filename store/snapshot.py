"""The rows of a database as they are at one moment, out as lines of JSON and in again, from SQLite to PostgreSQL and back.

Out: on SQLite a copy by the online backup interface, on PostgreSQL one transaction that repeats its reads; neither is in
the way of a writer. In: into the schema that the rows were written with, which is then brought up to date. Tables are
read from the database itself, so a table that a later migration adds is in a backup without a change here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import InputError
from store.database import migrate, schema_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

#: Says which schema the rows have; it is in the manifest and not among the tables.
_VERSION = "alembic_version"
_ROWS = 500


class BadRows(InputError):
    """Rows of an archive do not fit into the database."""


@contextmanager
def snapshot(engine: Engine, scratch: Path) -> Iterator[Connection]:
    """A connection that sees one moment of the database, however long it is read. `scratch` is a private folder."""
    from sqlalchemy import create_engine

    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection, \
                connection.begin():
            yield connection
        return
    copy = scratch / "snapshot.db"
    raw = engine.raw_connection()
    try:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)
        target = sqlite3.connect(copy)
        try:
            source.backup(target)  # in one step: page by page, a busy writer would make it begin again and again
        finally:
            target.close()
    finally:
        raw.close()
    copied = create_engine(f"sqlite:///{copy}")
    try:
        with copied.connect() as connection:
            yield connection
    finally:
        copied.dispose()
        copy.unlink(missing_ok=True)


def write_tables(connection: Connection, folder: Path) -> dict[str, int]:
    """Write every table as `<name>.jsonl` into a folder; returns the rows of each."""
    from sqlalchemy import select

    counts: dict[str, int] = {}
    for table in tables(connection):
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as out:
            rows = connection.execution_options(stream_results=True).execute(
                select(table).order_by(*table.primary_key.columns))
            counts[table.name] = 0
            for row in rows.mappings().yield_per(_ROWS):
                out.write(json.dumps(dict(row), ensure_ascii=True, separators=(",", ":")) + "\n")
                counts[table.name] += 1
    return counts


def read_tables(connection: Connection, folder: Path, migration: str, rows: Mapping[str, int]) -> None:
    """Fill an empty database, in the caller's transaction: the schema of the rows, the rows, then today's schema.

    Raises BadRows when rows are missing or do not fit, InputError when a newer Deckprism wrote them.
    """
    from sqlalchemy.exc import SQLAlchemyError

    migrate(connection, migration)
    known = {table.name: table for table in tables(connection)}
    if set(known) != set(rows):
        raise BadRows("the backup", "has other tables than its schema says", "Take another backup")
    for name, table in known.items():
        try:
            count = _fill(connection, table, folder / f"{name}.jsonl")
        except (SQLAlchemyError, ValueError, KeyError):
            raise BadRows(f"the backup, table {name}", "holds a row that the database does not take",
                          "Restore it into the kind of database that it came from") from None
        if count != rows[name]:
            raise BadRows(f"the backup, table {name}", f"has {count} rows and should have {rows[name]}",
                          "Take another backup")
    _number_on(connection, known.values())
    migrate(connection)


def tables(connection: Connection) -> tuple[Table, ...]:
    """The tables of the database as they are, those that others refer to first."""
    from sqlalchemy import MetaData

    metadata = MetaData()
    metadata.reflect(connection)
    return tuple(table for table in metadata.sorted_tables if table.name != _VERSION)


def clear_tables(connection: Connection) -> None:
    """Take away every table of the store, in the caller's transaction.

    Raises BadRows when there are tables that are not the store's: somebody else uses the database.
    """
    from sqlalchemy import MetaData

    metadata = MetaData()
    metadata.reflect(connection)
    foreign = set(metadata.tables) - _own_tables() - {_VERSION}
    if foreign:
        raise BadRows("the database", f"holds {len(foreign)} tables that are not Deckprism's", "Name a database of its own")
    metadata.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_refuse()")


def is_filled(connection: Connection) -> bool:
    """Whether the database has any table of a store."""
    return bool(schema_of(connection)) or bool(tables(connection))


def _own_tables() -> set[str]:
    import importlib
    import pkgutil

    import store
    from store.tables import Base

    for module in pkgutil.iter_modules(store.__path__):
        if module.name.startswith("tables"):
            importlib.import_module(f"store.{module.name}")
    return set(Base.metadata.tables)


def _fill(connection: Connection, table: Table, file: Path) -> int:
    """Insert the rows of a file. A reference to a row of the same table is set when all its rows are there."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    later: list[dict[str, object]] = []
    count = 0
    for batch in _batches(file):
        for row in batch:
            if any(row.get(name) is not None for name in own):
                later.append(dict(row))
                row.update(dict.fromkeys(own))
        connection.execute(table.insert(), batch)
        count += len(batch)
    for row in later:
        connection.execute(table.update().where(*(column == row[column.name] for column in table.primary_key.columns))
                           .values({name: row[name] for name in own}))
    return count


def _batches(file: Path) -> Iterator[list[dict[str, object]]]:
    batch: list[dict[str, object]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == _ROWS:
                yield batch
                batch = []
    if batch:
        yield batch


def _number_on(connection: Connection, filled: Iterable[Table]) -> None:
    """Let PostgreSQL count on after the numbers that were put in; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    from sqlalchemy import func, select

    for table in filled:
        columns = list(table.primary_key.columns)
        if len(columns) != 1 or columns[0].type.python_type is not int:
            continue
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, columns[0].name)))
        if sequence:
            following = select(func.coalesce(func.max(columns[0]), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, following, False)))
