"""Work that a change brings with it, written in the same transaction, so that neither can be without the other.

Whoever drains the outbox leases a row, does the work and marks it done. A lease that ran out is free again: a killed
worker loses nothing. `key` is unique, so the same approval twice is one piece of work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.database import now

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from store.tables import Outbox


@dataclass(frozen=True, slots=True)
class Work:
    """A leased piece of work: what kind, on what, and how often it was tried."""

    id: int
    key: str
    kind: str
    subject: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a piece of work is done, and the code of what went wrong last."""

    done: bool
    code: str


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


def lease(session: Session, by: str, seconds: float = 300.0, at: str = "", kinds: Sequence[str] = (),
          other_than: Sequence[str] = (), subject: str = "") -> Work | None:
    """Take the oldest piece of work that nobody holds, for so many seconds; None when there is none.

    With `kinds` only work of these kinds, with `other_than` none of those, with `subject` only on it.
    """
    from sqlalchemy import select

    from store.tables import Outbox

    moment = at or now()
    free = select(Outbox).where(*_free(moment, kinds, other_than, subject))
    row = session.scalar(free.order_by(Outbox.id).limit(1).with_for_update(skip_locked=True))
    if row is None:
        return None
    row.leased_by, row.attempts = by, row.attempts + 1
    row.leased_until = _later(moment, seconds)
    session.flush()
    return Work(row.id, row.key, row.kind, row.subject, row.attempts)


def ready(session: Session, kinds: Sequence[str] = (), other_than: Sequence[str] = (), subject: str = "") -> bool:
    """Whether there is work that nobody holds; it may be gone a moment later."""
    from sqlalchemy import select

    from store.tables import Outbox

    return session.scalar(select(Outbox.id).where(*_free(now(), kinds, other_than, subject)).limit(1)) is not None


def ready_work(session: Session, most: int = 100) -> tuple[Work, ...]:
    """The oldest pieces of work that nobody holds, to be started elsewhere; nothing is leased."""
    from sqlalchemy import select

    from store.tables import Outbox

    rows = session.scalars(select(Outbox).where(*_free(now(), (), ())).order_by(Outbox.id).limit(most))
    return tuple(Work(row.id, row.key, row.kind, row.subject, row.attempts) for row in rows)


def standing(session: Session, work: Work) -> Standing:
    """How a piece of work stands now; of one that is not there any more, that it is done."""
    from store.tables import Outbox

    row = session.get(Outbox, work.id)
    if row is None or row.done_at is not None:
        return Standing(True, row.error if row is not None else "")
    return Standing(False, row.error)


def left(session: Session, kinds: Sequence[str], subject: str) -> str:
    """The code of what keeps work on a subject from being done, '' when nothing does or somebody has it in hand."""
    from sqlalchemy import select

    from store.tables import Outbox

    found = select(Outbox.error).where(Outbox.done_at.is_(None), Outbox.subject == subject, Outbox.leased_by == "")
    if kinds:
        found = found.where(Outbox.kind.in_(kinds))
    return session.scalar(found.order_by(Outbox.id).limit(1)) or ""


def oldest_ready(session: Session) -> str:
    """When the oldest piece of work was put that nobody holds and nothing keeps waiting; '' when there is none."""
    from sqlalchemy import func, select

    from store.tables import Outbox

    return session.scalar(select(func.min(Outbox.put_at)).where(*_free(now(), (), ()))) or ""


def done(session: Session, work: Work, by: str) -> bool:
    """Mark a leased piece of work as done; False when the lease went to somebody else in between."""
    return _end(session, work, by, error="", finished=True)


def give_up(session: Session, work: Work, by: str, error: str) -> bool:
    """Mark a leased piece of work as done although it could not be; False when the lease went to somebody else."""
    return _end(session, work, by, error=error, finished=True)


def renew(session: Session, work: Work, by: str, seconds: float) -> bool:
    """Hold a leased piece of work for so many seconds from now; False when it went to somebody else in between."""
    row = _held(session, work, by)
    if row is None:
        return False
    row.leased_until = _later(now(), seconds)
    session.flush()
    return True


def failed(session: Session, work: Work, by: str, error: str, wait: float = 0.0) -> bool:
    """Give a piece of work back with the code of what went wrong (never a message: those may name files).

    It is free again after `wait` seconds.
    """
    return _end(session, work, by, error=error, finished=False, wait=wait)


def free_of(session: Session, gone: Callable[[str], bool]) -> int:
    """Free what is leased by workers that are `gone`; returns how many pieces."""
    from sqlalchemy import select

    from store.tables import Outbox

    freed = 0
    held = select(Outbox).where(Outbox.done_at.is_(None), Outbox.leased_by != "")
    for row in session.scalars(held.with_for_update()):
        if gone(row.leased_by):
            row.leased_until, row.leased_by = "", ""
            freed += 1
    session.flush()
    return freed


def pending(session: Session, kind: str, subject: str) -> int:
    """How many pieces of work of a kind on a subject are not done."""
    from sqlalchemy import func, select

    from store.tables import Outbox

    return session.scalar(select(func.count()).select_from(Outbox).where(
        Outbox.done_at.is_(None), Outbox.kind == kind, Outbox.subject == subject)) or 0


def drop(session: Session, kinds: Sequence[str], subject: str, error: str) -> int:
    """Mark what is not done of some kinds on a subject as done without doing it; returns how many pieces."""
    from sqlalchemy import select

    from store.tables import Outbox

    rows = session.scalars(select(Outbox).where(Outbox.done_at.is_(None), Outbox.kind.in_(kinds),
                                                Outbox.subject == subject)).all()
    for row in rows:
        row.done_at, row.leased_until, row.leased_by, row.error = now(), "", "", error[:60]
    session.flush()
    return len(rows)


def waiting(session: Session) -> int:
    """How many pieces of work are not done."""
    from sqlalchemy import func, select

    from store.tables import Outbox

    return session.scalar(select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))) or 0


def _end(session: Session, work: Work, by: str, *, error: str, finished: bool, wait: float = 0.0) -> bool:
    row = _held(session, work, by)
    if row is None:
        return False
    row.error, row.leased_by = error[:60], ""
    row.leased_until = _later(now(), wait) if wait else ""
    row.done_at = now() if finished else None
    session.flush()
    return True


def _held(session: Session, work: Work, by: str) -> Outbox | None:
    """The row, when it is still leased by whoever has it."""
    from store.tables import Outbox

    row = session.get(Outbox, work.id, with_for_update=True)
    if row is None or row.done_at is not None or row.leased_by != by or row.attempts != work.attempts:
        return None
    return row


def _later(moment: str, seconds: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")


def _free(moment: str, kinds: Sequence[str], other_than: Sequence[str], subject: str = "") -> list[ColumnElement[bool]]:
    from store.tables import Outbox

    found: list[ColumnElement[bool]] = [Outbox.done_at.is_(None), Outbox.leased_until < moment]
    if kinds:
        found.append(Outbox.kind.in_(kinds))
    if other_than:
        found.append(Outbox.kind.not_in(other_than))
    if subject:
        found.append(Outbox.subject == subject)
    return found
