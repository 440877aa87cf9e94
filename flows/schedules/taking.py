"""Which slot a run may do: the newest one that is due, and only if nobody did it or a later one.

Whoever wakes up (a run on time, one of several late runs, a second worker, a clock that was put back) asks here and gets
the newest due slot or nothing. So a slot is done at most once, and of several that were missed exactly one is caught up;
the others are written down as missed. The row in the store decides, not the clock and not Prefect.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flows import logs
from flows.holder import gone, holder
from flows.schedules.timing import between, latest
from store import schedules
from store.database import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from flows.schedules.work import Result

#: A slot so far ahead was taken while the clock was wrong; it does not hold back what is due now.
AHEAD = timedelta(days=1)
#: How far the clock of a Prefect server may run ahead of ours.
DRIFT = timedelta(minutes=5)
#: Missed slots that are written down at once.
MOST_MISSED = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """A slot that is ours now; `missed` says how many before it were not done."""

    id: int
    due: datetime
    missed: int = 0
    #: When it was taken, by the clock that never goes back.
    at: float = field(default_factory=time.monotonic, compare=False)


def take_due(engine: Engine, name: str, cron: str, zone: str, at: datetime, expected: datetime | None = None,
             by: str = "") -> Taken | None:
    """Take the newest slot that is due at a moment, or None when there is nothing to do.

    `expected` is the moment that the scheduler meant: a few seconds ahead of our own clock, it counts.
    """
    moment = expected if expected is not None and at < expected <= at + DRIFT else at
    due = latest(cron, zone, moment)
    if due is None:
        return None
    by = by or holder()
    with writing(engine) as session:
        dead = schedules.interrupt(session, name, gone)
        if dead:
            logs.tell("slot_ended", logs.Ids(schedule=name, state="interrupted"), code="Interrupted", count=dead)
        before = schedules.newest(session, name, moment + AHEAD)
        if before is not None and before >= due:
            return None
        slot = schedules.take(session, name, due, by)
        if slot is None:
            return None
        missed = between(cron, zone, before, due, MOST_MISSED) if before is not None else ()
        for each in missed:
            schedules.take(session, name, each, by, state="missed", code="Missed",
                           outcome="Nothing was there to do it, or the one before was still under way.")
    logs.tell("slot_taken", logs.Ids(schedule=name), count=len(missed) + 1)
    return Taken(slot, due, len(missed))


def ended(engine: Engine, name: str, taken: Taken, result: Result) -> None:
    """Write down what came of a slot, and tell."""
    with writing(engine) as session:
        schedules.end(session, taken.id, result.state, result.code, result.outcome)
    logs.tell("slot_ended", logs.Ids(schedule=name, state=result.state), code=result.code,
              seconds=time.monotonic() - taken.at)


def take_by_hand(engine: Engine, name: str, at: datetime, by: str = "") -> Taken | None:
    """Take this very moment, for a run that a person started. None when it is taken within the same second."""
    with writing(engine) as session:
        slot = schedules.take(session, name, at, by or holder(), by_hand=True)
    return Taken(slot, at) if slot is not None else None


def owed(engine: Engine, at: datetime) -> tuple[tuple[str, datetime], ...]:
    """Schedules whose newest due slot nobody took: (name, slot). What was due before it was deployed is not owed."""
    found = []
    with reading(engine) as session:
        for each in schedules.deployed(session):
            due = latest(each.cron, each.time_zone, at)
            since = schedules.newest(session, each.name, at + AHEAD) or datetime.fromisoformat(each.since)
            if due is not None and due > since:
                found.append((each.name, due))
    return tuple(found)
