"""The flows of a team: the same work as in process, done once however often it is asked for, told in codes alone."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from content.errors import BadOutput, Fault
from desk.services import approvals, builds, releases, team
from desk.services.office import reading, writing
from flows.local import LONG
from flows.team import doing, means, upkeep
from flows.team.doing import Broken, TryLater, heals
from flows.team.submissions import process_submission, release_approved
from flows.team.upkeep import reconcile, retention
from store import outbox
from store.database import now
from store.tables import Decision, Finding, Outbox, Submission
from store.tables_review import Build
from tests.desk import releasing


def run(flow, *given):
    return asyncio.run(flow.fn(*given))


def count(office, kind) -> int:
    with reading(office.engine) as session:
        return session.scalar(select(func.count()).select_from(kind))


# ---------------------------------------------------------------- a submission


def test_a_clean_file_is_decided_and_asked_again_there_is_nothing_to_do(desk, named, reported):
    identity = desk.hand_in(desk.actor("ana")).id
    state = run(process_submission, identity)
    assert (state.type.value, state.name) == ("COMPLETED", "Decided")
    again = run(process_submission, identity)
    assert again.name == "NothingToDo"
    assert count(desk.office, Build) == 1
    about, account = reported[0]
    assert about == f"submission-{identity}" and account.desk == "http://desk.example"
    assert [(each.kind, each.subject, each.done, each.code) for each in account.done] == [("process", identity, True, "")]


def test_a_risky_file_waits_for_people_and_the_next_run_builds_what_they_decided(desk, named, reported, make_deck, customer):
    identity = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    assert run(process_submission, identity).name == "AwaitingReview"
    with writing(desk.office.engine) as session:
        for group in set(session.scalars(select(Finding.group))):
            session.add(Decision(submission=identity, group=group, action="remove", text="", reason="asked them", by="rita",
                                 at=now()))
        builds.ask(desk.office, session, identity)
    state = run(process_submission, identity)
    assert state.type.value == "COMPLETED"
    assert [each.kind for _, account in reported for each in account.done] == ["process", "build"]
    assert count(desk.office, Build) == 2
    assert customer not in repr(reported) and "notes" not in repr(reported)


def test_what_cannot_be_read_fails_with_a_code_and_is_not_tried_again(desk, named, reported):
    identity = desk.hand_in(desk.actor("ana")).id
    with reading(desk.office.engine) as session:
        desk.office.files.remove(session.get(Submission, identity).document)
    state = run(process_submission, identity)
    assert (state.type.value, state.name, state.message) == ("FAILED", "SetAside", "UnreadableFile")
    assert not heals(None, None, state)
    assert run(process_submission, identity).name == "SetAside"


def test_runs_at_the_same_time_do_it_once(desk, named, reported):
    identity = desk.hand_in(desk.actor("ana")).id
    with ThreadPoolExecutor(3) as pool:
        names = [each.name for each in pool.map(lambda _: run(process_submission, identity), range(3))]
    assert count(desk.office, Build) == 1
    assert "Decided" in names
    assert sum(len(account.done) for _, account in reported) == 1


def test_a_run_that_is_stopped_gives_its_work_back_at_once(desk, named, reported, monkeypatch):
    from flows import local_store

    identity = desk.hand_in(desk.actor("ana")).id
    begun = threading.Event()
    original = local_store.stage

    def stage(*given):
        original(*given)
        begun.set()

    monkeypatch.setattr(local_store, "stage", stage)

    async def stopped() -> None:
        running = asyncio.ensure_future(process_submission.fn(identity))
        await asyncio.to_thread(begun.wait, 60)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(stopped())
    with reading(desk.office.engine) as session:
        row = session.scalar(select(Outbox))
        assert (row.error, row.leased_by, row.done_at) == ("Stopped", "", None)
    assert run(process_submission, identity).name == "Decided"


# ---------------------------------------------------------------- a release


@pytest.fixture
def approved(tmp_path, monkeypatch):
    ready = releasing.make_ready(tmp_path, monkeypatch, tmp_path / "out")
    for name, value in team.surroundings(None, ready.office.customers_file, tmp_path / "out", "").items():
        monkeypatch.setenv(name, value)
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    yield ready
    ready.work.stop()
    ready.office.engine.dispose()


def test_an_approval_asked_for_twice_is_released_once(approved, reported):
    made = {releases.release(approved.office, approved.people["pia"], approved.id, "all").id for _ in range(2)}
    [release] = made
    names = [run(release_approved, approved.id, release).name for _ in range(2)]
    assert names == ["Released", "NothingToDo"]
    assert len(list((approved.office.publish_to / "all").iterdir())) == 1
    with reading(approved.office.engine) as session:
        assert outbox.waiting(session) == 0


def test_a_release_of_another_submission_is_not_put_in_place(approved, reported):
    release = releases.release(approved.office, approved.people["pia"], approved.id, "all").id
    state = run(release_approved, "another", release)
    assert (state.type.value, state.message) == ("FAILED", "NotThere")
    assert not (approved.office.publish_to / "all").exists()


def test_a_release_without_room_is_tried_again_and_a_changed_one_is_not(approved, reported, monkeypatch):
    from desk.services import publishing

    release = releases.release(approved.office, approved.people["pia"], approved.id, "all").id

    def full(*_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_for_readers", full)
        with pytest.raises(TryLater, match="OSError"):
            run(release_approved, approved.id, release)
    with writing(approved.office.engine) as session:
        session.scalar(select(Outbox).where(Outbox.kind == "release")).leased_until = ""
        folder = builds.folder(approved.office, session.scalar(select(Build)))
    text = next(folder.glob("blog/*.md"))
    text.write_text(text.read_text() + "One word more.\n")
    state = run(release_approved, approved.id, release)
    assert (state.name, state.message) == ("NotReleased", "Fault")


# ---------------------------------------------------------------- upkeep


def test_reconcile_frees_what_a_dead_process_holds_and_does_all_there_is(desk, named, reported):
    first, second = desk.hand_in(desk.actor("ana")).id, desk.hand_in(desk.actor("ana"), name="other.pptx").id
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    import socket

    with writing(desk.office.engine) as session:
        work = outbox.lease(session, f"{socket.gethostname()[:40]}:{gone.pid}:1:dead", 900.0)
        assert work.subject == first
    assert run(reconcile).name == "Reconciled"
    with reading(desk.office.engine) as session:
        states = {row.id: row.state for row in session.scalars(select(Submission))}
        assert outbox.waiting(session) == 0
    assert states == {first: "decided", second: "decided"}
    assert run(reconcile).name == "NothingToDo"


def test_reconcile_begins_nothing_new_when_its_time_is_over(desk, named, reported, monkeypatch):
    monkeypatch.setattr(upkeep, "LONGEST", 0.0)
    for name in ("one.pptx", "two.pptx"):
        desk.hand_in(desk.actor("ana"), name=name)
    run(reconcile)
    with reading(desk.office.engine) as session:
        assert outbox.waiting(session) == 1


def test_retention_deletes_what_is_due_and_counts(desk, named, reported, work):
    identity = desk.hand_in(desk.actor("ana")).id
    work.drain()
    assert run(retention).name == "NothingToDo"
    with writing(desk.office.engine) as session:
        row = session.get(Submission, identity)
        row.state, row.changed_at = "rejected", "2020-01-01T00:00:00.000000+00:00"
    state = run(retention)
    assert (state.name, state.message) == ("Purged", "1 submissions, 1 originals, 1 builds")
    with reading(desk.office.engine) as session:
        assert session.get(Submission, identity).purged_at is not None


# ---------------------------------------------------------------- what goes wrong


_SECRET = "Quillmarsh Dairy wants its money back"


@pytest.mark.parametrize(("error", "kind", "said"), [
    (OperationalError(_SECRET, {"text": _SECRET}, Exception(_SECRET)), TryLater, "DatabaseAway"),
    (OSError(errno.ENOSPC, _SECRET), TryLater, "NoRoom"),
    (OSError(errno.EACCES, _SECRET), Broken, "PermissionError"),
    (ValueError(_SECRET), Broken, "ValueError"),
    (BadOutput(_SECRET, _SECRET, _SECRET), Broken, "BadOutput"),
])
def test_what_goes_wrong_leaves_as_a_code_and_only_what_heals_is_tried_again(named, monkeypatch, error, kind, said):
    from prefect.states import exception_to_failed_state

    def broken() -> None:
        raise error

    monkeypatch.setattr(doing, "opened", broken)
    with pytest.raises(kind, match=said) as raised:
        asyncio.run(doing.guarded(lambda _means: doing.Account(())))
    assert _SECRET not in repr(raised.value)
    assert raised.value.__cause__ is None and raised.value.__context__ is None
    state = asyncio.run(exception_to_failed_state(raised.value))
    assert heals(None, None, SimpleNamespace(message=state.message)) is (kind is TryLater)


def test_work_that_somebody_else_has_in_hand_is_left_to_them(desk, named, reported):
    identity = desk.hand_in(desk.actor("ana")).id
    with writing(desk.office.engine) as session:
        assert outbox.lease(session, f"elsewhere:{os.getpid()}:1:x", 900.0, kinds=LONG) is not None
    assert run(process_submission, identity).name == "NothingToDo"


def test_a_worker_that_nobody_told_what_to_do_says_so(data, monkeypatch):
    monkeypatch.delenv(means.FACTORY, raising=False)
    monkeypatch.setattr(means, "entry_points", lambda group: ())
    with pytest.raises(Fault, match="deckprism up"), means.opened():
        pass


