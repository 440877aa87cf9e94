"""An approval is of one content: it is void as soon as anything is decided, edited or cut differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def void_approvals(session: Session, submission: str, because: str) -> int:
    """Void what was approved of a submission, with a word from a closed list; returns how many approvals fell."""
    from sqlalchemy import select

    from store.tables_review import Approval

    rows = session.scalars(select(Approval).where(Approval.submission == submission, Approval.void_at.is_(None))).all()
    for row in rows:
        row.void_at, row.void_because = now(), because[:60]
    return len(rows)
