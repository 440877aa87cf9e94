"""The transactions of a desk's work: how far a submission is, what came of it, and how it ends when it cannot be done.

Each function is one short transaction; none of them touches a file. Texts kept here are names of stages, codes and one
line for people without text of the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from content.decision import Policy
from content.document import Document
from content.finding import Finding
from content.sizes import size_of
from flows.local_child import Made
from flows.revision import STATES, Revision, revision_of
from store import audit, outbox
from store.database import now, reading, writing
from store.outbox import Work
from store.submissions import advance, record_findings
from store.tables import Document as DocumentRow
from store.tables import Finding as FindingRow
from store.tables import Submission
from store.tables_review import Build, Intake, Job

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

#: Who the audit says did it.
US = "deckprism"
#: Tries before a file that kills its child, or is our fault, is set aside.
MOST_TRIES = 2


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the desk adds to the work, each called inside of a transaction."""

    #: The findings as administrators want them: rules switched off, other severities.
    adjusted: Callable[[Session, tuple[Finding, ...]], tuple[Finding, ...]] = field(
        default=lambda _session, found: found)
    #: An event of a submission ("waiting", "decided", "built", "set_aside"), for notices.
    event: Callable[[Session, str, str], None] = field(default=lambda _session, _event, _submission: None)


@dataclass(frozen=True, slots=True)
class Task:
    """A submission to be worked on."""

    submission: str
    sha256: str
    name: str
    channels: frozenset[str]
    attempts: int


class Lost(Exception):
    """The work was cancelled, or went to another process: what was made is not wanted."""


def begin(engine: Engine, work: Work, by: str, first: str) -> Task | None:
    """Note that the work starts with the stage `first`; None, and it is marked as done, when there is nothing to do."""
    wanted = {"process": {"received", "scanning"},
              "build": {"in_review", "decided", "approved", "withdrawn"}}[work.kind]
    with writing(engine) as session:
        row = session.get(Submission, work.subject)
        if row is None or row.state not in wanted:
            outbox.done(session, work, by)
            return None
        if row.state == "received":
            advance(session, row.id, row.version, "scanning")
        job = _job(session, row.id)
        job.state, job.stage, job.seconds, job.code, job.reason, job.changed_at = "running", first, "{}", "", "", now()
        intake = session.get(Intake, row.id)
        channels = frozenset((intake.channels if intake else "").split())
        return Task(row.id, row.document, row.name, channels, job.attempts)


def stage(engine: Engine, submission: str, name: str, seconds: dict[str, float]) -> None:
    """Note the running stage and the seconds of those that ended."""
    with writing(engine) as session:
        job = _job(session, submission)
        if job.state == "running":
            job.stage, job.seconds, job.changed_at = name, json.dumps(seconds), now()


def revision(engine: Engine, key: bytes, submission: str, document: Document, findings: Sequence[Finding]) -> Revision:
    """What people decided and changed by now."""
    with reading(engine) as session:
        return revision_of(session, submission, document, findings, key)


def finished_build(engine: Engine, submission: str, basis: str) -> str:
    """The id of a finished build of a basis, or ''."""
    with reading(engine) as session:
        return session.scalar(select(Build.id).where(Build.submission == submission, Build.basis == basis,
                                                     Build.state == "done").limit(1)) or ""


def processed(engine: Engine, key: bytes, work: Work, by: str, hooks: Hooks, document: Document,
              findings: tuple[Finding, ...], made: Made, done: Revision, build: tuple[str, str], policy: Policy,
              seconds: dict[str, float]) -> None:
    """Write down all that came of a submission's first way through the stages. Raises Lost."""
    identity = work.subject
    with writing(engine) as session:
        _finish(session, work, by)
        row = session.get(Submission, identity)
        assert row is not None
        known = session.get(DocumentRow, row.document)
        assert known is not None
        known.language, known.units = document.language[:16], size_of(document).units
        record_findings(session, identity, findings, key)
        states = {each.finding: STATES[each.action] for each in done.decisions if each.finding}
        by_group = {each.group: STATES[each.action] for each in done.decisions if each.group}
        for finding in session.scalars(select(FindingRow).where(FindingRow.submission == identity,
                                                                FindingRow.state == "open")):
            finding.state = states.get(finding.id) or by_group.get(finding.group) or "open"
        open_ = {each.group for each in findings if policy.holds(each.category, each.severity)
                 and each.id not in states and each.group not in by_group}
        state = "in_review" if open_ else "decided"
        advance(session, identity, row.version, state)
        _build_row(session, identity, done.basis, build, made)
        _end_job(session, identity, "done", made.reason if made.code else "", made.code, seconds)
        audit.record(session, key, US, "scanned", f"submission:{identity}",
                     {"findings": len(findings), "open": len(open_), "state": state})
        hooks.event(session, "waiting" if open_ else "decided", identity)


def built(engine: Engine, key: bytes, work: Work, by: str, hooks: Hooks, made: Made, done: Revision,
          build: tuple[str, str], seconds: dict[str, float]) -> None:
    """Write down what came of a build; `build` is its id and content hash. Raises Lost."""
    with writing(engine) as session:
        _finish(session, work, by)
        _build_row(session, work.subject, done.basis, build, made)
        _end_job(session, work.subject, "failed" if made.code else "done", made.reason, made.code, seconds)
        audit.record(session, key, US, "built", f"submission:{work.subject}",
                     {"build": build[0], "state": made.status or "refused"})
        hooks.event(session, "built", work.subject)


def taken_up(engine: Engine, work: Work, by: str, build: str) -> None:
    """An earlier build is that of today again. Raises Lost."""
    with writing(engine) as session:
        _finish(session, work, by)
        row = session.get(Build, build)
        assert row is not None
        row.made_at = now()
        _end_job(session, work.subject, "done", "", "", None)


def again(engine: Engine, work: Work, by: str, code: str, reason: str = "", wait: float = 0.0, *,
          counts: bool = False) -> None:
    """Give work back to be tried once more. With `counts` the try counts against the file."""
    with writing(engine) as session:
        if not outbox.failed(session, work, by, code, wait):
            return
        job = _job(session, work.subject)
        job.attempts += int(counts)
        job.state, job.stage, job.code, job.reason, job.changed_at = "waiting", "", code, reason, now()


def set_aside(engine: Engine, key: bytes, work: Work, by: str, hooks: Hooks, code: str, reason: str, *,
              quarantine: bool = True) -> None:
    """End work that cannot be done. A submission that was not read yet is quarantined, or waits to be started again."""
    with writing(engine) as session:
        if not outbox.give_up(session, work, by, code):
            return
        row = session.get(Submission, work.subject)
        if row is not None and row.state == "scanning":
            advance(session, row.id, row.version, "quarantined" if quarantine else "received")
        _end_job(session, work.subject, "failed", reason, code, None)
        audit.record(session, key, US, "set_aside" if quarantine else "not_done", f"submission:{work.subject}",
                     {"code": code[:60]})
        hooks.event(session, "set_aside", work.subject)


def held(engine: Engine, work: Work, by: str) -> bool:
    """Whether the work is still ours: it is not when somebody cancelled it."""
    from store.tables import Outbox

    with reading(engine) as session:
        row = session.get(Outbox, work.id)
        return row is not None and row.done_at is None and row.leased_by == by and row.attempts == work.attempts


def _finish(session: Session, work: Work, by: str) -> None:
    if not outbox.done(session, work, by):
        raise Lost


def _job(session: Session, submission: str) -> Job:
    row = session.get(Job, submission, with_for_update=True)
    if row is None:
        row = Job(submission=submission, state="waiting", stage="", seconds="{}", attempts=0, code="", reason="",
                  changed_at=now())
        session.add(row)
        session.flush()
    return row


def _end_job(session: Session, submission: str, state: str, reason: str, code: str,
             seconds: dict[str, float] | None) -> None:
    job = _job(session, submission)
    job.state, job.stage, job.reason, job.code, job.changed_at = state, "", reason, code[:60], now()
    if seconds is not None:
        job.seconds = json.dumps(seconds)
    job.attempts = 0


def _build_row(session: Session, submission: str, basis: str, build: tuple[str, str], made: Made) -> None:
    row = session.get(Build, build[0])
    if row is None:
        last = session.scalar(select(func.max(Build.number)).where(Build.submission == submission)) or 0
        row = Build(id=build[0], submission=submission, number=last + 1, basis=basis, made_at=now())
        session.add(row)
    row.state, row.status, row.slug = ("failed", "", "") if made.code else ("done", made.status, made.slug)
    row.content_hash, row.figures, row.reason = build[1], json.dumps(made.figures, sort_keys=True), made.reason
    row.made_at = now()
