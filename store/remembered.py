"""Decisions that hold for later documents: kept as keyed hashes with who, when, how far and until when.

The text that was decided on is not here: what recognises it is hashed with the store's key before it comes in, and the
preview shows two letters of it. A decision that is given again with the same marks takes the place of the earlier one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import InputError
from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import RememberedDecision

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A remembered decision. `until` is an ISO date, that day included; `marks` counts the hashes it goes by."""

    id: str
    scope: str
    category: str
    preview: str
    action: str
    text: str | None
    reason: str | None
    by: str
    at: str
    until: str | None = None
    confirmed_by: str | None = None
    confirmed_at: str | None = None
    marks: int = 0


def is_empty(url: str) -> bool:
    """Whether a database surely remembers nothing, found out without opening it for writing and without its library.

    False for what cannot be told so quickly, such as a server.
    """
    if not url.startswith(_SQLITE):
        return False
    file = Path(url.removeprefix(_SQLITE))
    if not file.is_file():
        return True
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{_how(file)}", uri=True, timeout=5)) as connection:
            return connection.execute("SELECT 1 FROM remembered_marks LIMIT 1").fetchone() is None
    except sqlite3.OperationalError as error:
        return "no such table" in str(error)  # an older schema: nothing could be remembered in it
    except sqlite3.DatabaseError:
        return False  # opening it will say what is wrong


def _how(file: Path) -> str:
    """Without writes under way nothing beside the file is looked at: on a full disk that could not even be made."""
    log = file.with_name(f"{file.name}-wal")
    return "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"


def put(session: Session, decision: Remembered, hashes: Sequence[str]) -> None:
    """Remember a decision by its marks. Marks of earlier decisions become its own; one without any left is gone.

    A confirmation stays when nothing but the time changed.
    """
    from sqlalchemy import delete

    from store.tables import RememberedDecision, RememberedMark

    earlier = session.get(RememberedDecision, decision.id)
    same = earlier is not None and (earlier.action, earlier.text) == (decision.action, decision.text)
    for start in range(0, len(hashes), 500):
        session.execute(delete(RememberedMark).where(RememberedMark.hash.in_(hashes[start:start + 500])))
    row = earlier or RememberedDecision(id=decision.id)
    for name in ("scope", "category", "preview", "action", "text", "reason", "by", "at", "until"):
        setattr(row, name, getattr(decision, name))
    if not same:
        row.confirmed_by, row.confirmed_at = decision.confirmed_by, decision.confirmed_at
    session.add(row)
    session.flush()
    session.add_all(RememberedMark(hash=each, decision=decision.id) for each in dict.fromkeys(hashes))
    session.flush()
    left = session.query(RememberedMark.decision).distinct()
    session.execute(delete(RememberedDecision).where(RememberedDecision.id.not_in(left)))


def all_remembered(session: Session) -> tuple[Remembered, ...]:
    """Every remembered decision, by category and id."""
    from sqlalchemy import func, select

    from store.tables import RememberedDecision as D
    from store.tables import RememberedMark

    counted = select(RememberedMark.decision, func.count()).group_by(RememberedMark.decision)
    counts = {name: count for name, count in session.execute(counted)}  # noqa: C416 - a result is no mapping
    return tuple(_plain(row, counts.get(row.id, 0)) for row in session.scalars(select(D).order_by(D.category, D.id)))


def all_marks(session: Session) -> Mapping[str, str]:
    """The hash of every mark -> the id of its decision."""
    from sqlalchemy import select

    from store.tables import RememberedMark

    rows = session.execute(select(RememberedMark.hash, RememberedMark.decision))
    return {mark: name for mark, name in rows}  # noqa: C416 - a result is no mapping


def confirm(session: Session, identity: str, by: str) -> Remembered:
    """Let a decision act everywhere. Raises InputError when there is none of that id."""
    row = _row(session, identity)
    row.confirmed_by, row.confirmed_at = by, now()
    session.flush()
    return _plain(row, 0)


def forget(session: Session, identity: str) -> Remembered:
    """Take a decision out. Raises InputError when there is none of that id."""
    row = _row(session, identity)
    session.delete(row)
    session.flush()
    return _plain(row, 0)


def _row(session: Session, identity: str) -> RememberedDecision:
    from store.tables import RememberedDecision

    row = session.get(RememberedDecision, identity)
    if row is None:
        raise InputError("decisions", "nothing of that id is remembered", "`deckprism decisions list` shows all")
    return row


def _plain(row: RememberedDecision, marks: int) -> Remembered:
    return Remembered(row.id, row.scope, row.category, row.preview, row.action, row.text, row.reason, row.by, row.at,
                      row.until, row.confirmed_by, row.confirmed_at, marks)
