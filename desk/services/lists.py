"""What the start page lists: one's own submissions, and what waits for one's decision."""

from __future__ import annotations

from dataclasses import dataclass

from desk.rights import Act, Actor, Case, may
from desk.services.office import Office, reading

#: How many rows of each kind the start page shows.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits for whoever looks: its title, where to go, and the verb of what to do there."""

    title: str
    href: str
    todo: str


@dataclass(frozen=True, slots=True)
class Home:
    """Rows for the start page: (id, title, state, received_at) of one's own newest submissions, and what waits for one."""

    own: tuple[tuple[str, str, str, str], ...]
    waiting: tuple[Waits, ...] = ()


def home(office: Office, actor: Actor) -> Home:
    """The start page's lists; a token that may not read sees none."""
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Intake

    if not may(actor, Act.SEE, Case(owner=actor.name)):
        return Home(())
    with reading(office.engine) as session:
        found = session.execute(
            select(Submission.id, Submission.name, Intake.title, Submission.state, Submission.received_at)
            .outerjoin(Intake, Intake.submission == Submission.id).where(Submission.by == actor.name)
            .order_by(Submission.received_at.desc()).limit(20)).all()
    own = tuple((row.id, row.title or row.name, row.state, row.received_at) for row in found)
    return Home(own, _reviews(office, actor) + _ways(office, actor))


def _reviews(office: Office, actor: Actor) -> tuple[Waits, ...]:
    from desk.services.queue import queue

    if not may(actor, Act.CLAIM):
        return ()
    return tuple(Waits(row.title, f"/review/{row.id}", "review") for row in queue(office, actor).rows[:_MOST])


def _ways(office: Office, actor: Actor) -> tuple[Waits, ...]:
    """Pieces to approve and to release, the oldest first."""
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Intake

    steps = {"decided": (Act.APPROVE, "approve"), "approved": (Act.RELEASE, "release")}
    with reading(office.engine) as session:
        rows = session.execute(
            select(Submission.id, Submission.name, Submission.by, Submission.state, Intake.title)
            .outerjoin(Intake, Intake.submission == Submission.id).where(Submission.state.in_(steps))
            .order_by(Submission.changed_at, Submission.id).limit(200)).all()
    mine = [Waits(row.title or row.name, f"/pieces/{row.id}", steps[row.state][1]) for row in rows
            if may(actor, steps[row.state][0], Case(row.by, row.state))]
    return tuple(mine[:2 * _MOST])
