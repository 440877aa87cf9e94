"""The same store on PostgreSQL, on a server of this test's own; skipped where none can be started."""

from __future__ import annotations

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


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


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


def test_a_reader_sees_one_moment(engine: Engine, tmp_path: Path) -> None:
    key = load_key(tmp_path)
    with reading(engine) as session:
        before = head(session)
        with writing(engine) as other:
            record(other, key, "ana", "seen", "submission:1")
        assert head(session) == before
    with reading(engine) as session:
        assert head(session) != before
    with writing(engine) as session:  # a connection of a reader writes again as writers do
        assert session.connection().get_isolation_level() == "READ COMMITTED"
