"""Schedules as they were deployed, and their slots: who took which moment, and what came of it.

A slot is taken by writing its row; the pair of schedule and moment is unique, so of two that try one gets it, on every
database and whatever the clock does. Moments are UTC in whole seconds. Nothing here knows cron.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_schedules import ScheduleSlot

#: Slots of one schedule that are kept; older ones are taken away when a new one is taken.
KEPT = 500


@dataclass(frozen=True, slots=True)
class Deployed:
    """A schedule as it was deployed; `spec` is JSON, `since` when its times were last changed ('' before it is kept)."""

    name: str
    kind: str
    cron: str
    time_zone: str
    spec: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment that was taken or missed, and what came of it."""

    id: int
    schedule: str
    due: datetime
    state: str
    by_hand: bool
    taken_by: str
    taken_at: str
    ended_at: str
    code: str
    outcome: str


def moment(due: datetime) -> str:
    """A moment as it is written: UTC, whole seconds. Raises ValueError for a time without a zone."""
    if due.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return due.astimezone(UTC).replace(microsecond=0).isoformat()


def keep(session: Session, schedules: Sequence[Deployed]) -> tuple[str, ...]:
    """Make these the schedules that there are; returns the names of those that are not any more."""
    from sqlalchemy import select

    from store.tables_schedules import ScheduleRow

    wanted = {each.name for each in schedules}
    gone = [row for row in session.scalars(select(ScheduleRow).order_by(ScheduleRow.name)) if row.name not in wanted]
    for row in gone:
        session.delete(row)
    for each in schedules:
        known = session.get(ScheduleRow, each.name)
        same = known is not None and (known.cron, known.time_zone) == (each.cron, each.time_zone)
        session.merge(ScheduleRow(name=each.name, kind=each.kind, cron=each.cron, time_zone=each.time_zone,
                                  spec=each.spec, deployed_at=known.deployed_at if known and same else now()))
    session.flush()
    return tuple(row.name for row in gone)


def deployed(session: Session) -> tuple[Deployed, ...]:
    """All schedules by name."""
    from sqlalchemy import select

    from store.tables_schedules import ScheduleRow

    return tuple(Deployed(row.name, row.kind, row.cron, row.time_zone, row.spec, row.deployed_at)
                 for row in session.scalars(select(ScheduleRow).order_by(ScheduleRow.name)))


def newest(session: Session, name: str, before: datetime) -> datetime | None:
    """The newest moment of a schedule that was taken or missed, up to a time; what was started by hand is left out."""
    from sqlalchemy import func, select

    from store.tables_schedules import ScheduleSlot

    found = session.scalar(select(func.max(ScheduleSlot.due_at)).where(
        ScheduleSlot.schedule == name, ScheduleSlot.by_hand.is_(False), ScheduleSlot.due_at <= moment(before)))
    return datetime.fromisoformat(found) if found else None


def take(session: Session, name: str, due: datetime, by: str, by_hand: bool = False, state: str = "running",
         code: str = "", outcome: str = "") -> int | None:
    """Take a moment: the id of the slot, or None when somebody has it already. Old slots are taken away."""
    from sqlalchemy import delete, insert, select
    from sqlalchemy.exc import IntegrityError

    from store.tables_schedules import ScheduleSlot

    at = now()
    row = {"schedule": name, "due_at": moment(due), "state": state, "by_hand": by_hand, "taken_by": by, "taken_at": at,
           "ended_at": at if state != "running" else None, "code": code, "outcome": outcome}
    try:
        with session.begin_nested():
            session.execute(insert(ScheduleSlot).values(**row))
    except IntegrityError:
        return None
    found = session.scalar(select(ScheduleSlot.id).where(ScheduleSlot.schedule == name,
                                                         ScheduleSlot.due_at == row["due_at"]))
    oldest = session.scalar(select(ScheduleSlot.id).where(ScheduleSlot.schedule == name)
                            .order_by(ScheduleSlot.id.desc()).offset(KEPT).limit(1))
    if oldest is not None:
        session.execute(delete(ScheduleSlot).where(ScheduleSlot.schedule == name, ScheduleSlot.id <= oldest,
                                                   ScheduleSlot.state != "running"))
    return found


def end(session: Session, identity: int, state: str, code: str = "", outcome: str = "") -> None:
    """Write down what came of a slot."""
    from sqlalchemy import update

    from store.tables_schedules import ScheduleSlot

    session.execute(update(ScheduleSlot).where(ScheduleSlot.id == identity)
                    .values(state=state, code=code, outcome=outcome, ended_at=now()))


def interrupt(session: Session, name: str, gone: Callable[[str], bool]) -> int:
    """Slots that are held by somebody of whom `gone` is true are interrupted; returns how many."""
    from sqlalchemy import select

    from store.tables_schedules import ScheduleSlot

    rows = session.scalars(select(ScheduleSlot).where(ScheduleSlot.schedule == name, ScheduleSlot.state == "running"))
    dead = [row for row in rows if gone(row.taken_by)]
    for row in dead:
        row.state, row.ended_at, row.code = "interrupted", now(), "Interrupted"
        row.outcome = "Its process ended before it was done."
    session.flush()
    return len(dead)


def last(session: Session, name: str, most: int = 1) -> tuple[Slot, ...]:
    """The slots of a schedule, newest first."""
    from sqlalchemy import select

    from store.tables_schedules import ScheduleSlot

    rows = session.scalars(select(ScheduleSlot).where(ScheduleSlot.schedule == name)
                           .order_by(ScheduleSlot.due_at.desc()).limit(most))
    return tuple(_slot(row) for row in rows)


def _slot(row: ScheduleSlot) -> Slot:
    return Slot(row.id, row.schedule, datetime.fromisoformat(row.due_at), row.state, row.by_hand, row.taken_by,
                row.taken_at, row.ended_at or "", row.code, row.outcome)
