"""The same store on PostgreSQL, on a server of this test's own; skipped where none can be started."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store import outbox
from store.audit import first_broken, head, record
from store.batches import NewItem, items, start
from store.database import open_database, reading, writing
from store.privacy import load_key
from store.submissions import receive
from store.tables import Base

pytestmark = pytest.mark.slow


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: no initdb in /usr/lib/postgresql or on the path")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("the package psycopg is not installed, so the store cannot speak to PostgreSQL")
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("running as root and there is no user postgres to run the server")
        prefix = ["runuser", "-u", "postgres", "--"]
    with tempfile.TemporaryDirectory(prefix="dp-pg-") as place:
        Path(place).chmod(0o777)
        data, sockets = f"{place}/data", place
        run = {"cwd": place, "capture_output": True, "text": True, "timeout": 120}
        made = subprocess.run([*prefix, str(folder / "initdb"), "-D", data, "-A", "trust", "-U", "tester", "-N"], **run)
        if made.returncode:
            pytest.skip(f"initdb failed: {made.stderr.strip().splitlines()[-1]}")
        control = [*prefix, str(folder / "pg_ctl"), "-D", data, "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c fsync=off"
        started = subprocess.run([*control, "-l", f"{place}/log", "-o", options, "start"], **run)
        if started.returncode:
            pytest.skip("the PostgreSQL server did not start")
        try:
            yield f"postgresql://tester@/postgres?host={sockets}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)
            subprocess.run([*prefix, "rm", "-rf", data], **run)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_the_migrations_lead_to_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_store_works(engine: Engine, tmp_path: Path) -> None:
    key = load_key(tmp_path)
    with writing(engine) as session:
        receive(session, "s1", "a" * 64, 12, "application/pdf", "talk.pdf", "ann")
        start(session, "b1", "/out", "c" * 64, "{}", [NewItem("/in/a.pptx", "a" * 64)])
        outbox.put(session, "release", "s1", 1)
        record(session, key, "ann", "received", "submission:s1")
        record(session, key, "ben", "approved", "submission:s1", {"findings": 3})
    with reading(engine) as session:
        assert [each.state for each in items(session, "b1")] == ["waiting"]
        assert first_broken(session, key) is None
        assert head(session).number == 2
    with pytest.raises(DBAPIError, match="only ever added to"), writing(engine) as session:
        session.connection().exec_driver_sql("UPDATE audit SET actor = 'eve'")


def test_two_workers_never_lease_the_same(engine: Engine) -> None:
    with writing(engine) as session:
        outbox.put(session, "release", "s2", 1)
        outbox.put(session, "release", "s3", 1)
    with writing(engine) as first, writing(engine) as second:
        one, other = outbox.lease(first, "w1"), outbox.lease(second, "w2")
        assert one is not None
        assert other is not None
        assert one.id != other.id
