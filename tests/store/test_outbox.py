"""Work in the outbox happens: once when all goes well, again when a worker is lost."""

from __future__ import annotations

from sqlalchemy import Engine

from store import outbox
from store.database import reading, writing


def test_the_same_revision_is_asked_for_once(engine: Engine) -> None:
    with writing(engine) as session:
        assert outbox.put(session, "release", "s1", 4)
        assert not outbox.put(session, "release", "s1", 4)
        assert outbox.put(session, "release", "s1", 5)
    with reading(engine) as session:
        assert outbox.waiting(session) == 2


def test_a_lease_that_ran_out_is_free_again(engine: Engine) -> None:
    with writing(engine) as session:
        outbox.put(session, "release", "s1", 1)
        first = outbox.lease(session, "worker-1", 60, at="2026-11-03T10:00:00.000000+00:00")
        assert first is not None
        assert outbox.lease(session, "worker-2", 60, at="2026-11-03T10:00:59.000000+00:00") is None
        second = outbox.lease(session, "worker-2", 60, at="2026-11-03T10:01:01.000000+00:00")
        assert second is not None
        assert second.attempts == 2
    with writing(engine) as session:
        assert not outbox.done(session, first, "worker-1")
        assert outbox.done(session, second, "worker-2")
        assert outbox.lease(session, "worker-3") is None


def test_failed_work_is_given_back_with_its_code(engine: Engine) -> None:
    with writing(engine) as session:
        outbox.put(session, "release", "s1", 1)
        work = outbox.lease(session, "worker-1")
        assert work is not None
        assert outbox.failed(session, work, "worker-1", "BadOutput")
        again = outbox.lease(session, "worker-1")
        assert again is not None
        assert again.id == work.id
