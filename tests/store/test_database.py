"""The schema appears, stays as it is described, and a migration that fails changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

import store.database
from content.errors import BadOutput, InputError
from store.database import newest_schema, open_database, reading, writing
from store.tables import Base, Batch


def a_batch(identity: str) -> Batch:
    return Batch(id=identity, out="/out", configuration="c" * 64, options="{}", state="running", started_at="2026")


def test_an_empty_database_gets_every_table(engine: Engine) -> None:
    names = set(inspect(engine).get_table_names())
    assert names == {*Base.metadata.tables, "alembic_version"}
    assert {"submissions", "documents", "findings", "decisions", "remembered_decisions", "outbox", "audit", "files",
            "batches", "batch_items"} <= names


def test_the_migrations_lead_to_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_current_database_opens_without_the_migration_library(engine: Engine, url: str) -> None:
    code = ("import sys; from store.database import open_database; "
            f"open_database({url!r}).dispose(); sys.exit('alembic' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_writers_begin_immediately_and_wait(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with writing(engine), sqlite3.connect(str(engine.url.database), timeout=0) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.rollback()
    other.close()


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as session:
        session.add(a_batch("b1"))
        session.flush()
        raise RuntimeError
    with reading(engine) as session:
        assert session.get(Batch, "b1") is None


def test_a_newer_database_is_refused(url: str) -> None:
    engine = open_database(url)
    with writing(engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(InputError, match=r"schema 9999.*Update Deckprism"):
        open_database(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("minutes of the meeting " * 100)
    with pytest.raises(BadOutput, match="cannot be used"):
        open_database(f"sqlite:///{file}")
    assert file.read_text().startswith("minutes")


def test_an_unknown_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(InputError) as raised:
        open_database("nosuch://ann:secret-word@db.example.invalid/store")
    assert "secret-word" not in str(raised.value)
    assert "db.example.invalid" in str(raised.value)


def test_a_migration_that_fails_keeps_the_old_schema_and_rows(url: str, tmp_path: Path,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(url)
    with writing(engine) as session:
        session.add(a_batch("b1"))
    engine.dispose()
    old = newest_schema()
    copy = tmp_path / "migrations"
    shutil.copytree(store.database.MIGRATIONS, copy)
    (copy / "versions" / "0999_broken.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '0999'\ndown_revision = {old!r}\n"
        "def upgrade():\n"
        "    op.execute('DELETE FROM batches')\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    raise RuntimeError('power cut')\n")
    monkeypatch.setattr(store.database, "MIGRATIONS", copy)
    with pytest.raises(RuntimeError, match="power cut"):
        open_database(url)
    monkeypatch.undo()
    engine = open_database(url)
    assert "half" not in inspect(engine).get_table_names()
    with reading(engine) as session:
        assert session.get(Batch, "b1") is not None
    engine.dispose()
