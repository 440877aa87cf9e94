"""Who works on a submission, and who looks at it now. A claim is a word to colleagues and runs out; it locks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk.rights import Act, Actor
from desk.services.office import Office, writing
from desk.services.submissions import display, found
from store import audit
from store.database import now
from store.submissions import Stale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: How long a claim holds without a sign of life, and how long somebody counts as being there.
LEASE, HERE = timedelta(minutes=30), timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a submission until when (empty: nobody), and who else has it open now, by display name."""

    user: str
    name: str
    until: str
    others: tuple[str, ...]


def claim(office: Office, actor: Actor, submission: str, *, take: bool = False) -> None:
    """Say that one works on it; with `take` also over somebody else's claim. Raises Stale when somebody holds it."""
    from store.tables_review import Claim

    with writing(office.engine) as session:
        found(session, actor, submission, Act.CLAIM, lock=True)
        row = session.get(Claim, submission, with_for_update=True)
        moment = now()
        if row is not None and row.user != actor.name and row.until > moment and not take:
            raise Stale(
                "this submission",
                f"is taken by {display(session, row.user)} until {row.until[11:16]} UTC",
                "Ask them, or take it over",
            )
        session.merge(Claim(submission=submission, user=actor.name, until=later(moment, LEASE)))
        audit.record(
            session, office.key, actor.name, "claimed", f"submission:{submission}", {"over": int(bool(take and row))}
        )


def release_claim(office: Office, actor: Actor, submission: str) -> None:
    """Give one's claim back. Nothing happens when it is somebody else's."""
    from store.tables_review import Claim

    with writing(office.engine) as session:
        found(session, actor, submission, Act.CLAIM)
        row = session.get(Claim, submission, with_for_update=True)
        if row is not None and row.user == actor.name:
            session.delete(row)
            audit.record(session, office.key, actor.name, "claim_given_back", f"submission:{submission}")


def here(office: Office, actor: Actor, submission: str) -> Holding:
    """Note that the actor has it open, renew their claim, and tell who else is there."""
    from store.tables_review import Claim, Presence

    with writing(office.engine) as session:
        found(session, actor, submission, lock=True)
        moment = now()
        session.merge(Presence(submission=submission, user=actor.name, seen_at=moment))
        row = session.get(Claim, submission, with_for_update=True)
        if row is not None and row.user == actor.name:
            row.until = later(moment, LEASE)
        session.flush()
        return holding(session, actor, submission)


def holding(session: Session, actor: Actor, submission: str) -> Holding:
    """Who holds it and who else is there, in the caller's transaction."""
    from sqlalchemy import select

    from store.tables_people import User
    from store.tables_review import Claim, Presence

    moment = now()
    row = session.execute(
        select(Claim.user, Claim.until, User.display)
        .outerjoin(User, User.name == Claim.user)
        .where(Claim.submission == submission, Claim.until > moment)
    ).first()
    others = session.execute(
        select(Presence.user, User.display)
        .outerjoin(User, User.name == Presence.user)
        .where(Presence.submission == submission, Presence.user != actor.name, Presence.seen_at > later(moment, -HERE))
        .order_by(Presence.user)
    ).all()
    return Holding(
        row.user if row else "",
        (row.display or row.user) if row else "",
        row.until if row else "",
        tuple(each.display or each.user for each in others),
    )


def later(moment: str, by: timedelta) -> str:
    """A stored time, moved."""
    return (datetime.fromisoformat(moment) + by).isoformat(timespec="microseconds")
