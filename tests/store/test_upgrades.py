"""From every schema that ever was, with rows in all of its tables, to today's: nothing is lost, on both databases.

The rows are made from the schema itself, so a migration that adds a table is covered by being there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, inspect, select
from sqlalchemy.orm import Session

import store.database
from store import audit
from store.database import WRITER, migrate, newest_schema, open_as_it_is, open_database, schema_of
from store.snapshot import tables

KEY = b"k" * 32
SCHEMAS = sorted(path.name.partition("_")[0] for path in (store.database.MIGRATIONS / "versions").glob("[0-9]*.py"))
#: A table whose first form was never written to, and was put away by the second schema.
NEVER_USED = {("0001", "remembered_decisions")}
#: What a check of more than one column asks for.
ASKED = {"decisions": {"group_id": "g1", "text": "a dairy", "reason": "known"}}
_LIST = re.compile(r"^\W*(\w+)\W+IN \((.*)\)$", re.DOTALL)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[Connection]:
    """An empty SQLite database in which schemas are read."""
    engine = create_engine(f"sqlite:///{tmp_path / 'plan.db'}")
    with engine.connect() as connection, connection.begin():
        yield connection
    engine.dispose()


def made_rows(plan: Connection, schema: str) -> dict[str, list[dict[str, object]]]:
    """Two rows for each table of a schema, with every reference and every list of words kept."""
    migrate(plan, schema)
    rows: dict[str, list[dict[str, object]]] = {}
    for table in tables(plan):
        if table.name != "audit" and (schema, table.name) not in NEVER_USED:
            words = {found[1]: re.findall(r"'([^']*)'", found[2]) for check in inspect(plan).get_check_constraints(table.name)
                     if (found := _LIST.match(str(check["sqltext"])))}
            rows[table.name] = [_row(table, words, rows, turn) for turn in (0, 1)]
    return rows


def _row(table: Table, words: dict[str, list[str]], others: dict[str, list[dict[str, object]]], turn: int) -> dict[str, object]:
    row: dict[str, object] = {}
    for column in table.columns:
        reference = next(iter(column.foreign_keys), None)
        kind = column.type.python_type
        if reference is not None and reference.column.table is not table:
            row[column.name] = others[reference.column.table.name][turn][reference.column.name]
        elif column.name in words:
            row[column.name] = words[column.name][turn % len(words[column.name])]
        elif column.nullable:
            row[column.name] = None
        elif kind is str:
            length = getattr(column.type, "length", None) or 40
            row[column.name] = f"{turn}{table.name}.{column.name}"[:length]
        else:
            row[column.name] = {int: turn + 7, float: turn + 0.5, bool: bool(turn)}[kind]
    return row | ASKED.get(table.name, {})


def fill(url: str, schema: str, rows: dict[str, list[dict[str, object]]]) -> None:
    """A database as a Deckprism of that time left it."""
    engine = open_as_it_is(url)
    with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
        migrate(connection, schema)
        for table in tables(connection):
            if table.name in rows:
                connection.execute(table.insert(), rows[table.name])
        with Session(connection) as session:
            for number in range(3):
                audit.record(session, KEY, "ann", "decided", f"submission:{number}", {"count": number})
            session.flush()
    engine.dispose()


def read(engine: Engine) -> dict[str, list[dict[str, object]]]:
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        return {table.name: [dict(row) for row in connection.execute(
            select(table).order_by(*table.primary_key.columns)).mappings()] for table in metadata.sorted_tables}


def kept(rows: dict[str, list[dict[str, object]]], found: dict[str, list[dict[str, object]]]) -> bool:
    """Whether every row is there with all that it had."""
    for name, old in rows.items():
        new = found[name]
        assert len(new) == len(old), name
        for row in old:
            assert any(row.items() <= each.items() for each in new), (name, row, new)
    return True


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_old_database_becomes_todays_with_all_its_rows(schema: str, url: str, plans: Connection) -> None:
    rows = made_rows(plans, schema)
    assert "submissions" in rows and all(len(each) == 2 for each in rows.values())
    fill(url, schema, rows)
    engine = open_database(url)
    try:
        assert kept(rows, read(engine))
        with engine.connect() as connection:
            assert schema_of(connection) == newest_schema()
            with Session(connection) as session:
                assert audit.first_broken(session, KEY) is None
                assert audit.head(session).number == 3
    finally:
        engine.dispose()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_migration_that_fails_keeps_the_old_schema_and_every_row(schema: str, url: str, plans: Connection, tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made_rows(plans, schema)
    fill(url, schema, rows)
    engine = open_as_it_is(url)
    before = read(engine)
    copy = tmp_path / "migrations"
    shutil.copytree(store.database.MIGRATIONS, copy)
    (copy / "versions" / "0999_broken.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '0999'\ndown_revision = {SCHEMAS[-1]!r}\n"
        "def upgrade():\n"
        "    op.execute('DELETE FROM outbox')\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    raise RuntimeError('power cut')\n")
    monkeypatch.setattr(store.database, "MIGRATIONS", copy)
    with pytest.raises(RuntimeError, match="power cut"):
        open_database(url)
    monkeypatch.undo()
    try:
        assert read(engine) == before
        assert before["alembic_version"] == [{"version_num": schema}]
    finally:
        engine.dispose()
    engine = open_database(url)
    try:
        assert kept(rows, read(engine))
    finally:
        engine.dispose()


def test_the_tables_and_the_migrations_agree(url: str) -> None:
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(store.database.MIGRATIONS))
            config.attributes["connection"] = connection
            command.check(config)  # raises when a migration is missing
    finally:
        engine.dispose()


def test_the_schemas_follow_each_other() -> None:
    assert [f"{number:04d}" for number in range(1, len(SCHEMAS) + 1)] == SCHEMAS
