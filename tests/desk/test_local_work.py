"""The desk's work: what it makes, and that kills of the child and of the whole process lose, double and block nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from content.decision import Action
from desk.services import builds, submissions, worker
from desk.services.material import material
from desk.services.office import Office, open_office, reading, writing
from desk.services.progress import status
from flows import local_child, local_store
from flows.editing import TAKEN_OUT, segment_hash
from flows.local import Hooks, LocalWork, Places
from flows.local_results import content_hash
from store import audit, outbox
from store.database import now
from store.tables import Decision, Finding, Outbox, RememberedDecision, Submission
from store.tables_review import Build, Edit, Job, Missed, Shape

ROOT = Path(__file__).resolve().parents[2]


def waiting_for(what: Callable[[], object], seconds: float = 60.0) -> None:
    """Look until something is so; the limit is only for a test that has failed."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came to be"
        threading.Event().wait(0.02)


def rows(office: Office, kind: type, submission: str) -> list:
    with reading(office.engine) as session:
        return list(session.scalars(select(kind).where(kind.submission == submission)))


def decide_all(office: Office, submission: str, action: str = "remove") -> None:
    with writing(office.engine) as session:
        for group in set(session.scalars(select(Finding.group).where(Finding.submission == submission))):
            session.add(Decision(submission=submission, group=group, action=action, text="a dairy", reason="asked them",
                                 by="rita", at=now()))
        builds.ask(office, session, submission)


# ---------------------------------------------------------------- what it makes


def test_a_clean_file_is_decided_with_a_clear_build(desk, work):
    ana = desk.actor("ana")
    identity = desk.hand_in(ana).id
    assert work.drain() == 1
    found = status(desk.office, ana, identity)
    assert (found.state, found.job, found.open, found.build_status) == ("decided", "done", 0, "clear")
    assert [each.state for each in found.stages] == ["done"] * 8
    [build] = rows(desk.office, Build, identity)
    pack = builds.folder(desk.office, build)
    assert build.content_hash == content_hash(pack)
    with reading(desk.office.engine) as session:
        assert builds.current(desk.office, session, identity).id == build.id
        assert audit.first_broken(session, desk.office.key) is None
    account = json.loads((pack / "pack.json").read_bytes())
    assert account["source"]["name"] == "talk.pptx"
    assert not list(desk.office.cases().glob(".work-*"))


def test_a_risky_file_waits_for_review_and_its_decisions_make_the_next_build(desk, work, make_deck, customer):
    ana = desk.actor("ana")
    identity = desk.hand_in(ana, make_deck(customer=customer)).id
    work.drain()
    found = status(desk.office, ana, identity)
    assert (found.state, found.build_status) == ("in_review", "held")
    assert found.open >= 1
    decide_all(desk.office, identity, "replace")
    with reading(desk.office.engine) as session:
        assert builds.current(desk.office, session, identity) is None
        assert builds.pending(session, identity)
    assert work.drain() == 1
    first, second = sorted(rows(desk.office, Build, identity), key=lambda row: row.number)
    assert (first.status, second.status) == ("held", "clear")
    text = (builds.folder(desk.office, second) / "report.html").read_text(encoding="utf-8")
    assert customer not in text
    assert material(desk.office, identity).pack.status.value == "clear"


def test_a_build_that_is_of_today_again_is_taken_up_and_not_made_anew(desk, work, make_deck, customer):
    identity = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    decide_all(desk.office, identity)
    work.drain()
    with writing(desk.office.engine) as session:
        for row in session.scalars(select(Decision).where(Decision.submission == identity)):
            row.undone_at = now()
        builds.ask(desk.office, session, identity)
    assert work.drain() == 1
    assert len(rows(desk.office, Build, identity)) == 2
    with reading(desk.office.engine) as session:
        assert builds.current(desk.office, session, identity).number == 1
    assert material(desk.office, identity).pack.status.value == "held"


def test_marked_places_edits_and_shape_go_into_the_build(desk, work, make_deck):
    office = desk.office
    identity = desk.hand_in(desk.actor("ana"), make_deck(8)).id
    work.drain()
    before = material(office, identity)
    blog = next(draft for draft in before.drafts if draft.kind == "blog")
    number, segment = next((n, each) for n, each in enumerate(blog.segments) if each.sources and "week 1" in each.text)
    unit, block = next((unit, block) for unit, block in before.document.blocks() if "colleague on a train" in block.text)
    start = block.text.index("colleague on a train")
    other = next(draft.name for draft in before.drafts if draft.kind == "social")
    with writing(office.engine) as session:
        session.add(Edit(submission=identity, piece=blog.name, segment=number, before=segment_hash(segment.text),
                         text="It began with a question that nobody could answer.", by="ana", at=now()))
        session.add(Missed(id="m-1", submission=identity, unit=unit.number, block=block.id, start=start,
                           end=start + len("colleague on a train"), category="private", severity="medium", by="rita", at=now()))
        session.add(Decision(submission=identity, finding="m-1", action="keep", reason="harmless", by="rita", at=now()))
        session.add(Shape(submission=identity, topics_at="[5]", left_out=json.dumps([other]), by="rita", at=now()))
        builds.ask(office, session, identity)
    work.drain()
    after = material(office, identity)
    assert "reviewer.missed" in {each.rule for each in after.findings}
    assert [topic.first for topic in after.topics] == [1, 5]
    assert after.pack.refused[other] == TAKEN_OUT
    edited = [each for draft in after.drafts for each in draft.segments if each.origin.value == "editor"]
    assert [each.text.strip() for each in edited] == ["It began with a question that nobody could answer."]
    assert dict(after.edits) == {1: ""}
    trace = next(gate for gate in after.pack.gates if gate.gate == "trace")
    assert any("written by a person" in warning for warning in trace.warnings)
    with reading(office.engine) as session:
        pack = builds.folder(office, builds.current(office, session, identity))
    assert "nobody could answer" in "".join(file.read_text(encoding="utf-8") for file in pack.glob("blog/*.md"))


@pytest.mark.parametrize(("text", "why"), [
    ("Quillmarsh Dairy was first.", "leak"), ("A <b>bold</b> claim.", "quality"), ("Let us leverage it.", "quality")])
def test_what_a_person_writes_is_judged_and_refuses_its_piece_alone(desk, work, make_deck, customer, text, why):
    office = desk.office
    identity = desk.hand_in(desk.actor("ana"), make_deck(8, customer=customer)).id
    work.drain()
    decide_all(office, identity)
    work.drain()
    blog = next(draft for draft in material(office, identity).drafts if draft.kind == "blog")
    number, segment = next((n, each) for n, each in enumerate(blog.segments) if each.sources and len(each.text) > 40)
    with writing(office.engine) as session:
        session.add(Edit(submission=identity, piece=blog.name, segment=number, before=segment_hash(segment.text), text=text,
                         by="ana", at=now()))
        builds.ask(office, session, identity)
    work.drain()
    after = material(office, identity)
    assert after.pack is not None
    assert after.pack.refused[blog.name].startswith(f"{why}: ")
    assert after.edits[1].startswith(f"{why}: ")
    assert customer not in str(after.pack.refused)


def test_what_was_remembered_and_confirmed_needs_no_second_decision(desk, work, make_deck, customer):
    from desk.services import decisions, remembering
    from desk.services.material import material

    office, ana = desk.office, desk.actor("ana")
    first = desk.hand_in(ana, make_deck(customer=customer)).id
    work.drain()
    rita = desk.actor("rita", "reviewer")
    groups = list({each.group for each in material(office, first).findings})
    decisions.decide(office, rita, first, status(office, ana, first).version, groups, Action.KEEP, "", "they agreed",
                     remembering.Remember("everywhere", 30))
    decisions.undo(office, rita, first)
    with writing(office.engine) as session:
        for row in session.scalars(select(RememberedDecision)):
            row.confirmed_by = "adam"
    second = desk.hand_in(ana, make_deck(5, customer=customer)).id
    work.drain()
    assert status(office, ana, first).state == "in_review"
    found = status(office, ana, second)
    assert (found.state, found.open, found.build_status) == ("decided", 0, "clear")
    with reading(office.engine) as session:
        states = set(session.scalars(select(Finding.state).where(Finding.submission == second)))
    assert states == {local_store.STATES[Action.KEEP]}


def test_short_work_is_handed_on_tried_again_and_given_up(desk):
    told, broken = [], {"left": 1}

    def notice(subject: str, revision: str) -> None:
        told.append((subject, revision))
        if broken["left"]:
            broken["left"] -= 1
            raise OSError("nobody answers")

    office = desk.office
    work = LocalWork(office.engine, office.key, Places(office.files.path, office.cases(), office.builds()),
                     {"notice": notice})
    with writing(office.engine) as session:
        outbox.put(session, "notice", "submitted", "a1")
    work.drain()
    with writing(office.engine) as session:
        row = session.scalar(select(Outbox))
        assert (row.error, row.done_at) == ("OSError", None)
        assert row.leased_until > now()  # it waits before it is tried again
        row.leased_until = ""
    work.drain()
    assert told == [("submitted", "a1")] * 2
    with reading(office.engine) as session:
        assert outbox.waiting(session) == 0


def test_hooks_change_findings_and_hear_of_events(desk, make_deck, customer):
    office, heard = desk.office, []
    hooks = Hooks(adjusted=lambda _session, found: tuple(each for each in found if each.text != customer),
                  event=lambda _session, event, submission: heard.append((event, submission)))
    work = LocalWork(office.engine, office.key,
                     Places(office.files.path, office.cases(), office.builds(), customers=office.customers_file), hooks=hooks)
    identity = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    work.stop()
    assert customer not in {each.text for each in material(office, identity).findings}
    assert heard[0][1] == identity and heard[0][0] in {"waiting", "decided"}


def test_every_kind_of_event_reaches_the_services(desk, monkeypatch):
    heard = []
    monkeypatch.setattr(worker, "discover", lambda _package, name: (
        (lambda _office, _session, event, submission: heard.append((event, submission)),) if name == "ON_EVENT" else ()))
    identity = desk.hand_in(desk.actor("ana")).id
    assert heard == [("submitted", identity)]


# ---------------------------------------------------------------- what goes wrong


def test_a_file_that_kills_its_worker_is_tried_twice_and_set_aside(desk, make_deck):
    """The child is killed each time it has begun: as a crash in a parser would do."""
    office, ana = desk.office, desk.actor("ana")
    poison, good = desk.hand_in(ana, make_deck(3)).id, desk.hand_in(ana, make_deck(2, subject="maps")).id
    work = worker.local_work(office)
    begun = []

    def killing(engine, submission, name, seconds):
        if submission == poison:
            begun.append(name)
            os.kill(work.child, signal.SIGKILL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_store, "stage", killing)
        work.drain()
    work.stop()
    assert begun == ["extract", "extract"]
    found = status(office, ana, poison)
    assert (found.state, found.job, found.code) == ("quarantined", "failed", "WorkerDied")
    assert "2 times" in found.reason and "signal 9" in found.reason
    assert status(office, ana, good).state == "decided"
    submissions.retry(office, ana, poison)
    again = worker.local_work(office)
    again.drain()
    again.stop()
    assert status(office, ana, poison).state == "decided"


def test_a_file_that_takes_too_long_is_stopped(desk, monkeypatch):
    office, ana = desk.office, desk.actor("ana")
    identity = desk.hand_in(ana).id
    work = LocalWork(office.engine, office.key, Places(office.files.path, office.cases(), office.builds()), limit=0.01)
    work.drain()
    work.stop()
    found = status(office, ana, identity)
    assert (found.state, found.code) == ("quarantined", "TookTooLong")


def test_an_original_that_is_gone_is_said(desk, work):
    ana = desk.actor("ana")
    identity = desk.hand_in(ana).id
    with reading(desk.office.engine) as session:
        desk.office.files.remove(session.get(Submission, identity).document)
    work.drain()
    found = status(desk.office, ana, identity)
    assert (found.state, found.code) == ("quarantined", "UnreadableFile")
    assert "talk.pptx" in found.reason


def test_a_broken_configuration_is_not_the_files_fault(desk, tmp_path):
    office, ana = desk.office, desk.actor("ana")
    identity = desk.hand_in(ana).id
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing,useful\n1,2\n", encoding="utf-8")
    work = LocalWork(office.engine, office.key, Places(office.files.path, office.cases(), office.builds(), customers=broken))
    work.drain()
    work.stop()
    found = status(office, ana, identity)
    assert (found.state, found.job, found.code) == ("received", "failed", "BadCustomers")


def test_a_full_disk_waits_for_room_and_goes_on(desk, work, monkeypatch):
    import errno

    ana = desk.actor("ana")
    identity = desk.hand_in(ana).id

    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.local.tempfile.mkdtemp", full)
        work.drain()
    found = status(desk.office, ana, identity)
    assert (found.job, found.code, found.state) == ("waiting", "NoRoom", "scanning")
    with writing(desk.office.engine) as session:
        session.scalar(select(Outbox)).leased_until = ""
    work.drain()
    assert status(desk.office, ana, identity).state == "decided"


def test_a_full_disk_in_the_child_is_no_fault_of_the_file(tmp_path, monkeypatch):
    import errno

    from content.errors import BadOutput
    from flows.worker import Builder

    def full(*_: object) -> None:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError:
            raise BadOutput("out", "could not be written", "Free some space") from None

    monkeypatch.setattr(local_child, "_run", full)
    made = local_child.run(local_child.Ask(str(tmp_path), ("extract",)), Builder(), lambda _event: None)
    assert made.full and made.code == "NoRoom"


def test_cancelling_kills_the_child_and_nothing_of_it_stays(desk):
    ana = desk.actor("ana")
    work = worker.local_work(desk.office)
    identity = desk.hand_in(ana).id
    original = local_store.stage

    def cancelling(engine, submission, name, seconds):
        original(engine, submission, name, seconds)
        if name == "write":
            submissions.cancel(desk.office, ana, identity)
            os.kill(work.child, signal.SIGSTOP)  # so that it surely is at work when it is looked for

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_store, "stage", cancelling)
        work.drain()
    assert work.child == 0
    found = status(desk.office, ana, identity)
    assert (found.job, found.state) == ("cancelled", "received")
    assert rows(desk.office, Build, identity) == []
    assert not list(desk.office.cases().iterdir())
    submissions.retry(desk.office, ana, identity)
    work.drain()
    work.stop()
    assert status(desk.office, ana, identity).state == "decided"


def test_stopping_gives_the_work_back(desk):
    ana = desk.actor("ana")
    identity = desk.hand_in(ana).id
    work = worker.local_work(desk.office)
    work.start()
    waiting_for(lambda: status(desk.office, ana, identity).job == "running")
    work.stop()
    found = status(desk.office, ana, identity)
    assert (found.job, found.state) in {("waiting", "scanning"), ("done", "decided")}
    with reading(desk.office.engine) as session:
        assert session.scalar(select(Outbox.leased_by)) == ""
    again = worker.local_work(desk.office)
    again.drain()
    again.stop()
    assert status(desk.office, ana, identity).state == "decided"


def test_a_lease_is_renewed_while_the_work_goes_on(desk, monkeypatch):
    monkeypatch.setattr("flows.local.BEAT", 0.05)
    ana = desk.actor("ana")
    identity = desk.hand_in(ana).id
    work = worker.local_work(desk.office)
    seen = set()
    original = local_store.stage

    def looking(engine, submission, name, seconds):
        original(engine, submission, name, seconds)
        if name == "write":  # two beats at least
            for _ in range(2):
                before = lease(desk.office)
                waiting_for(lambda: lease(desk.office) != before)  # noqa: B023
            seen.add(name)

    def lease(office: Office) -> str:
        with reading(office.engine) as session:
            return session.scalar(select(Outbox.leased_until)) or ""

    monkeypatch.setattr(local_store, "stage", looking)
    work.start()
    waiting_for(lambda: status(desk.office, ana, identity).job == "done")
    work.stop()
    assert seen == {"write"}


# ---------------------------------------------------------------- kills of the whole desk

_WORKER = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from desk.services.office import open_office
    from desk.services import worker
    from flows import local, local_results, local_store

    point, left = sys.argv[2], int(sys.argv[3])

    def die_at(module, name, before):
        original = getattr(module, name)
        def instead(*given, **named):
            global left
            if before:
                left -= 1
                if left < 0: os.kill(os.getpid(), 9)
            done = original(*given, **named)
            if not before:
                left -= 1
                if left < 0: os.kill(os.getpid(), 9)
            return done
        setattr(module, name, instead)

    where, _, when = point.partition(":")
    if where:
        module, _, name = where.rpartition(".")
        die_at({"rows": local_store, "local": local, "results": local_results}[module], name, when == "before")
    work = worker.local_work(open_office(None, Path(sys.argv[1])))
    work.recover()
    print(work.drain())
    work.stop()
""")
#: Where the desk is killed: every step of a piece of work, before and after its commit or rename.
POINTS = ("rows.begin:before", "rows.begin:after", "rows.stage:after", "rows.revision:after", "local.place_build:before",
          "local.place_build:after", "local.place_pieces:after", "rows.processed:before", "rows.processed:after")


def run_worker(office: Office, point: str = "", left: int = 0) -> int:
    done = subprocess.run([sys.executable, "-P", "-c", _WORKER, str(office.customers_file), point, str(left)], cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode


def check_nothing_lost(office: Office, identities: list[str]) -> None:
    with reading(office.engine) as session:
        for identity in identities:
            assert session.get(Submission, identity).state in {"decided", "in_review"}
            assert session.get(Job, identity).state == "done"
            made = session.scalars(select(Build).where(Build.submission == identity)).all()
            assert [row.state for row in made] == ["done"]
            assert content_hash(builds.folder(office, made[0])) == made[0].content_hash
            told = session.scalar(select(func.count()).select_from(audit_table()).where(
                audit_table().subject == f"submission:{identity}", audit_table().action == "scanned"))
            assert told == 1
        assert outbox.waiting(session) == 0
        assert session.scalar(select(func.count()).select_from(Submission)) == len(identities)
        assert audit.first_broken(session, office.key) is None
    assert not list(office.cases().glob(".work-*"))
    assert {folder.name for folder in office.builds().iterdir()} == {
        row.id for identity in identities for row in rows(office, Build, identity)}


def audit_table():
    from store.tables import Audit

    return Audit


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_desk_that_is_killed_goes_on_where_it_was(desk, point, make_deck, customer):
    ana = desk.actor("ana")
    identities = [desk.hand_in(ana, make_deck(3, customer=customer)).id]
    left = 3 if point.startswith("rows.stage") else 0
    assert run_worker(desk.office, point, left) == -9
    assert run_worker(desk.office) == 0
    check_nothing_lost(desk.office, identities)


@pytest.mark.slow
def test_random_kills_of_a_whole_desk_lose_nothing(desk, make_deck, customer):
    """The process is killed while several files are on their way, at moments that come with the number of its steps."""
    ana = desk.actor("ana")
    identities = [desk.hand_in(ana, make_deck(2 + n % 2, customer=customer if n % 2 else "", subject=f"notes{n}")).id
                  for n in range(5)]
    killed = sum(run_worker(desk.office, "rows.stage:after", left) == -9 for left in (1, 4, 9, 6, 2, 11, 3))
    assert killed >= 5
    assert run_worker(desk.office) == 0
    check_nothing_lost(desk.office, identities)


def test_what_a_living_process_holds_is_left_to_it_and_what_a_dead_one_held_is_free(desk):
    office = desk.office
    desk.hand_in(desk.actor("ana"))
    living, dead = worker.local_work(office), worker.local_work(office)
    with writing(office.engine) as session:
        assert outbox.lease(session, living._by) is not None
    dead.recover()
    assert dead.drain() == 0
    with writing(office.engine) as session:
        session.scalar(select(Outbox)).leased_by = living._by.replace(f":{os.getpid()}:", ":999999999:")
    dead.recover()
    assert dead.drain() == 1
    dead.stop()


@pytest.mark.slow
def test_the_work_is_the_same_on_postgresql(postgres_url, data, customers, monkeypatch, make_deck, customer, desk_of):
    monkeypatch.setenv("DECKPRISM_DATABASE", postgres_url)
    office = open_office(None, customers)
    desk = desk_of(office)
    ana = desk.actor("ana")
    work = worker.local_work(office)
    desk.office = replace(office, wake=work.wake)
    identity = desk.hand_in(ana, make_deck(customer=customer)).id
    assert work.drain() == 1
    assert status(office, ana, identity).state == "in_review"
    decide_all(office, identity)
    work.drain()
    work.stop()
    found = status(office, ana, identity)
    assert (found.job, found.build_status) == ("done", "clear")
    office.engine.dispose()
