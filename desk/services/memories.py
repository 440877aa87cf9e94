"""Remembered decisions as administrators see them: those that wait, those that act; confirm, refuse, forget.

Nothing here holds the words that a decision is about: a masked preview reminds people of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from content.errors import InputError
from desk.rights import Act, Actor, NotThere, require
from desk.services.office import Office, reading, writing
from store import audit
from store.remembered import Remembered, all_remembered
from store.remembered import confirm as confirm_row
from store.remembered import forget as forget_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import RememberedDecision


@dataclass(frozen=True, slots=True)
class Memories:
    """Those that wait for somebody to confirm them, those that act, and those that have run out."""

    waiting: tuple[Remembered, ...]
    acting: tuple[Remembered, ...]
    ended: tuple[Remembered, ...]
    #: Ids of those waiting that whoever looks has proposed and may not confirm.
    own: frozenset[str] = frozenset()


def memories(office: Office, actor: Actor) -> Memories:
    """All remembered decisions. Raises Forbidden."""
    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        rows = all_remembered(session)
    today = datetime.now(UTC).date().isoformat()
    waiting = tuple(sorted((row for row in rows if not row.confirmed_by), key=lambda row: row.at))
    confirmed = [row for row in rows if row.confirmed_by]
    return Memories(waiting, tuple(row for row in confirmed if not row.until or row.until >= today),
                    tuple(row for row in confirmed if row.until and row.until < today), _own(office, actor, waiting))


def _own(office: Office, actor: Actor, waiting: tuple[Remembered, ...]) -> frozenset[str]:
    if office.settings.policy.allow_own_memory:
        return frozenset()
    return frozenset(row.id for row in waiting if row.by == actor.name)


def confirm(office: Office, actor: Actor, identity: str, until: str = "") -> None:
    """Let a decision act until a day, that day included ('' for no end).

    Whoever proposed it cannot confirm it, unless the policy says so (`allow_own_memory`).
    Raises Forbidden, NotThere, InputError for a day that is past or no day.
    """
    require(actor, Act.ADMINISTER)
    end = _day(until)
    with writing(office.engine) as session:
        row = _row(session, identity)
        if row.by == actor.name and not office.settings.policy.allow_own_memory:
            raise InputError("this decision", "was proposed by you",
                             "Ask another administrator, or write allow_own_memory = true under [policy] in deckprism.toml")
        row.until = end
        confirm_row(session, identity, actor.name)
        audit.record(session, office.key, actor.name, "remember_confirmed", f"remembered:{identity}",
                     {"scope": row.scope, "action": row.action, "until": end or "no end"})


def refuse(office: Office, actor: Actor, identity: str) -> None:
    """Say no to a proposal: it is gone. Raises Forbidden, NotThere."""
    _out(office, actor, identity, "remember_refused")


def forget(office: Office, actor: Actor, identity: str) -> None:
    """Take a decision out: what it spoke for is found again in what is handed in next. Raises Forbidden, NotThere."""
    _out(office, actor, identity, "remember_forgotten")


def _out(office: Office, actor: Actor, identity: str, action: str) -> None:
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        row = _row(session, identity)
        audit.record(session, office.key, actor.name, action, f"remembered:{identity}",
                     {"scope": row.scope, "action": row.action})
        forget_row(session, identity)


def _row(session: Session, identity: str) -> RememberedDecision:
    from store.tables import RememberedDecision

    row = session.get(RememberedDecision, identity[:20], with_for_update=True)
    if row is None:
        raise NotThere("this decision", "is not remembered (any more)", "Look at the list")
    return row


def _day(until: str) -> str | None:
    if not until:
        return None
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise InputError("the last day", "is not a day", "Write it as 2027-06-30") from None
    if day < datetime.now(UTC).date():
        raise InputError("the last day", "is past", "Take a later one, or none")
    return day.isoformat()
