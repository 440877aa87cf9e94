"""Work that a change brings with it, written in the same transaction, so that neither can be without the other.

Whoever drains the outbox leases a row, does the work and marks it done. A lease that ran out is free again: a killed
worker loses nothing. `key` is unique, so the same approval twice is one piece of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Work:
    """A leased piece of work: what kind, on what, and how often it was tried."""

    id: int
    key: str
    kind: str
    subject: str
    attempts: int


def put(session: Session, kind: str, subject: str, revision: str | int) -> bool:
    """Ask for work on a subject at a revision; False when it was asked for already."""
    from sqlalchemy import select

    from store.tables import Outbox

    key = f"{kind}:{subject}:{revision}"
    if session.scalar(select(Outbox.id).where(Outbox.key == key)) is not None:
        return False
    session.add(Outbox(key=key, kind=kind, subject=subject, put_at=now()))
    session.flush()
    return True


def lease(session: Session, by: str, seconds: float = 300.0, at: str = "") -> Work | None:
    """Take the oldest piece of work that nobody holds, for so many seconds; None when there is none."""
    from sqlalchemy import select

    from store.tables import Outbox

    moment = at or now()
    free = select(Outbox).where(Outbox.done_at.is_(None), Outbox.leased_until < moment).order_by(Outbox.id).limit(1)
    row = session.scalar(free.with_for_update(skip_locked=True))
    if row is None:
        return None
    row.leased_by, row.attempts = by, row.attempts + 1
    row.leased_until = (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")
    session.flush()
    return Work(row.id, row.key, row.kind, row.subject, row.attempts)


def done(session: Session, work: Work, by: str) -> bool:
    """Mark a leased piece of work as done; False when the lease went to somebody else in between."""
    return _end(session, work, by, error="", finished=True)


def failed(session: Session, work: Work, by: str, error: str) -> bool:
    """Give a piece of work back with the code of what went wrong (never a message: those may name files)."""
    return _end(session, work, by, error=error, finished=False)


def waiting(session: Session) -> int:
    """How many pieces of work are not done."""
    from sqlalchemy import func, select

    from store.tables import Outbox

    return session.scalar(select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))) or 0


def _end(session: Session, work: Work, by: str, *, error: str, finished: bool) -> bool:
    from store.tables import Outbox

    row = session.get(Outbox, work.id)
    if row is None or row.done_at is not None or row.leased_by != by or row.attempts != work.attempts:
        return False
    row.error, row.leased_until, row.leased_by = error[:60], "", ""
    row.done_at = now() if finished else None
    session.flush()
    return True
