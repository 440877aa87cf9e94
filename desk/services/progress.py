"""How far submissions are: one as it stands, one as it moves, and the list of those that somebody may see."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desk.rights import Act, Actor, Case, may
from desk.services.office import Office, reading
from desk.services.submissions import Earlier, display, found
from store import outbox
from store.tables import Document, File, Finding, Submission
from store.tables_review import Build, Intake, Job

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: The stages in their order, with what each does, for people.
STAGES = {"extract": "Read the file", "scan": "Look for risks", "clear": "Clear the text", "topics": "Find topics",
          "write": "Write the drafts", "render": "Make files and speech", "gate": "Check every byte",
          "publish": "Put the pieces in place"}
#: Seconds between two looks, and until it is said again that nothing changed.
_EVERY, _BEAT = 0.4, 15.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `state` is done, now or later; `seconds` of those that ended."""

    name: str
    does: str
    state: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A submission as it stands. Counts are of things found, however often each was found."""

    id: str
    title: str
    name: str
    bytes: int
    by: str
    by_name: str
    at: str
    purpose: str
    audience: str
    channels: tuple[str, ...]
    owner: str
    note: str
    state: str
    version: int
    #: waiting, running, done, failed or cancelled.
    job: str
    stage: str
    stages: tuple[Stage, ...]
    code: str
    reason: str
    changed_at: str
    found: int
    open: int
    units: int
    #: Id, held or clear, and the figures of the newest finished build.
    build: str = ""
    build_status: str = ""
    figures: tuple[tuple[str, int], ...] = ()
    earlier: Earlier | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing is under way."""
        return self.job in {"done", "failed", "cancelled"}


@dataclass(frozen=True, slots=True)
class Row:
    """A submission in a list."""

    id: str
    title: str
    name: str
    by: str
    state: str
    job: str
    at: str


def status(office: Office, actor: Actor, identity: str) -> Status:
    """A submission as it stands. Raises NotThere when there is none or it is not for the actor."""
    with reading(office.engine) as session:
        return _status(session, office, actor, found(session, actor, identity))


async def events(office: Office, actor: Actor, identity: str) -> AsyncIterator[Status]:
    """A submission whenever it has changed, from now until the work on it has ended. Raises NotThere.

    Every fifteen seconds it comes as it is, so that whoever listens knows that the line stands.
    """
    last: Status | None = None
    quiet = 0.0
    while last is None or not last.ended:
        now = await asyncio.to_thread(status, office, actor, identity)
        if now != last or quiet >= _BEAT:
            last, quiet = now, 0.0
            yield now
        else:
            await asyncio.sleep(_EVERY)
            quiet += _EVERY


def submissions(office: Office, actor: Actor, state: str = "", before: str = "", most: int = 50) -> tuple[Row, ...]:
    """Submissions that the actor may see, newest first; `before` is the time of the last one of the page before."""
    from desk.rights import require

    wanted = (select(Submission.id, Submission.name, Submission.by, Submission.state, Submission.received_at,
                     Intake.title, Job.state.label("job"))
              .outerjoin(Intake, Intake.submission == Submission.id).outerjoin(Job, Job.submission == Submission.id)
              .order_by(Submission.received_at.desc(), Submission.id).limit(most))
    require(actor, Act.SEE, Case(owner=actor.name))
    if not may(actor, Act.SEE, Case(owner="\0")):  # somebody else's
        wanted = wanted.where(Submission.by == actor.name)
    if state:
        wanted = wanted.where(Submission.state == state)
    if before:
        wanted = wanted.where(Submission.received_at < before)
    with reading(office.engine) as session:
        rows = session.execute(wanted).all()
    return tuple(Row(row.id, row.title or row.name, row.name, row.by, row.state, row.job or "done", row.received_at)
                 for row in rows)


def _status(session: Session, office: Office, actor: Actor, row: Submission) -> Status:
    from desk.services.submissions import earlier_of

    intake, job = session.get(Intake, row.id), session.get(Job, row.id)
    document, file = session.get(Document, row.document), session.get(File, row.document)
    build = session.scalar(select(Build).where(Build.submission == row.id, Build.state == "done")
                           .order_by(Build.made_at.desc()).limit(1))
    all_found, open_found = _counts(session, office, row.id)
    state = job.state if job is not None else "done"
    if state in {"done", "failed"} and outbox.pending(session, "build", row.id):
        state = "waiting"
    return Status(
        id=row.id, title=(intake.title if intake else "") or row.name, name=row.name, bytes=file.bytes if file else 0,
        by=row.by, by_name=display(session, row.by), at=row.received_at, purpose=row.purpose,
        audience=intake.audience if intake else "", channels=tuple((intake.channels if intake else "").split()),
        owner=intake.owner if intake else "", note=intake.note if intake else "", state=row.state, version=row.version,
        job=state, stage=job.stage if job else "", stages=_stages(job, state), code=job.code if job else "",
        reason=job.reason if job else "", changed_at=job.changed_at if job else row.changed_at, found=all_found,
        open=open_found, units=document.units if document else 0, build=build.id if build else "",
        build_status=build.status if build else "",
        figures=tuple(sorted(json.loads(build.figures).items())) if build else (),
        earlier=earlier_of(session, actor, row.document, row.id, row.received_at))


def _counts(session: Session, office: Office, identity: str) -> tuple[int, int]:
    """Things found, and those of them that somebody must decide about."""
    policy = office.settings.policy
    rows = session.execute(
        select(Finding.group, Finding.category, Finding.severity, Finding.state, func.count())
        .where(Finding.submission == identity)
        .group_by(Finding.group, Finding.category, Finding.severity, Finding.state)).all()
    from content.finding import Category, Severity

    waiting = {group for group, category, severity, state, _ in rows if state == "open"
               and policy.holds(Category(category), Severity(severity))}
    return len({row[0] for row in rows}), len(waiting)


def _stages(job: Job | None, state: str) -> tuple[Stage, ...]:
    seconds: dict[str, float] = json.loads(job.seconds) if job is not None else {}
    names: Sequence[str] = tuple(STAGES)
    running = job.stage if job is not None and state == "running" else ""
    if running and running not in ("extract", "scan") and "scan" not in seconds:
        names = [name for name in names if name not in ("extract", "scan")]  # a build of what was read before
    elif not running and seconds and "scan" not in seconds and state == "done":
        names = [name for name in names if name not in ("extract", "scan")]
    return tuple(Stage(name, STAGES[name], "now" if name == running else "done" if name in seconds else "later",
                       seconds.get(name)) for name in names)
