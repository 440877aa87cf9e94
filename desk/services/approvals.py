"""Approvals: whose word a content needs before it may go out, and who gave it.

An approval is of one content hash. The submitter never approves, the second approver is never the first, and only a
build of today's decisions with nothing open can be approved. Whatever changes later voids it (desk/services/voiding.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.finding import Category, Severity
from desk.rights import Act, Actor
from desk.services import builds
from desk.services.office import Office, setting, writing
from desk.services.submissions import display, found
from desk.services.worker import announce
from store import audit
from store.database import now
from store.submissions import Stale, advance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission
    from store.tables_review import Approval, Build


@dataclass(frozen=True, slots=True)
class Asked:
    """What the company asks for before something goes out: the setting "policy"."""

    #: A second approver when something of this severity or more was found; '' for never.
    second_approver_from: str = ""
    #: A second approver from so many kept things on; 0 for never.
    keeps: int = 0
    #: Customer service has to acknowledge the heads-up.
    acknowledge: bool = False
    #: To the pilot group first, then to all.
    pilot_first: bool = False


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of an approval: how many there are, how many are needed, and whether the content may go out."""

    content_hash: str
    given: int
    needed: int

    @property
    def enough(self) -> bool:
        """Whether nobody else has to approve."""
        return self.given >= self.needed


def asked(session: Session) -> Asked:
    """The policy in force; anything that is not set, or not of its kind, asks for nothing."""
    raw = json.loads(setting(session, "policy", "{}"))
    values: dict[str, object] = raw if isinstance(raw, dict) else {}
    since, keeps = values.get("second_approver_from"), values.get("keeps")
    return Asked(since if isinstance(since, str) and since in {each.value for each in Severity} else "",
                 keeps if isinstance(keeps, int) and keeps > 0 else 0,
                 bool(values.get("acknowledge")), bool(values.get("pilot_first")))


def needed(session: Session, submission: str, policy: Asked) -> int:
    """How many people have to approve: one or two."""
    from sqlalchemy import select

    from store.tables import Finding

    rows = session.execute(select(Finding.group, Finding.category, Finding.severity, Finding.state)
                           .where(Finding.submission == submission)).all()
    kept = {row.group for row in rows if row.state == "kept"}
    if policy.keeps and len(kept) >= policy.keeps:
        return 2
    since = policy.second_approver_from
    severe = since and any(row.category != Category.QUALITY.value and Severity(row.severity).at_least(Severity(since))
                           for row in rows)
    return 2 if severe else 1


def in_force(session: Session, submission: str, content_hash: str) -> list[Approval]:
    """The approvals of a content that hold, oldest first."""
    from sqlalchemy import select

    from store.tables_review import Approval

    return list(session.scalars(select(Approval).where(
        Approval.submission == submission, Approval.content_hash == content_hash,
        Approval.void_at.is_(None)).order_by(Approval.at)))


def approve(office: Office, actor: Actor, submission: str, content_hash: str) -> Approved:
    """Say that a content may go out.

    Raises Forbidden for one's own submission, Stale when the content is not that of today's decisions, is held, or was
    approved by the same person already.
    """
    from sqlalchemy import select

    from store.tables_review import Approval

    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.APPROVE, lock=True)
        build = ready_build(office, session, row, content_hash)
        if row.state != "decided":
            raise Stale("this submission", f"is {row.state.replace('_', ' ')}", "Look at it again")
        given = in_force(session, submission, build.content_hash)
        if any(each.by == actor.name for each in given):
            raise Stale("this content", "was approved by you already", "A colleague has to give the second approval")
        known = session.scalar(select(Approval).where(
            Approval.submission == submission, Approval.content_hash == build.content_hash, Approval.by == actor.name))
        if known is None:
            session.add(Approval(submission=submission, content_hash=build.content_hash, by=actor.name, at=now()))
        else:  # the same content as before a change that was taken back
            known.at, known.void_at, known.void_because = now(), None, ""
        session.flush()
        result = Approved(build.content_hash, len(given) + 1, needed(session, submission, asked(session)))
        audit.record(session, office.key, actor.name, "approved", f"submission:{submission}",
                     {"content": build.content_hash, "given": result.given, "needed": result.needed})
        if result.enough:
            advance(session, submission, row.version, "approved")
            announce(office, session, "approved", submission)
    office.wake()
    return result


def acknowledge(office: Office, actor: Actor, submission: str, content_hash: str) -> None:
    """Customer service says that it has read the heads-up of a content."""
    from store.tables_review import Acknowledgement

    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.ACKNOWLEDGE, lock=True)
        build = ready_build(office, session, row, content_hash)
        if session.get(Acknowledgement, (submission, build.content_hash)) is not None:
            return
        session.add(Acknowledgement(submission=submission, content_hash=build.content_hash, by=actor.name, at=now()))
        audit.record(session, office.key, actor.name, "acknowledged", f"submission:{submission}",
                     {"content": build.content_hash})


def ready_build(office: Office, session: Session, row: Submission, content_hash: str = "") -> Build:
    """The build that may go out: of today's decisions, done and clear. Raises Stale, saying which it is not."""
    build = builds.current(office, session, row.id)
    if build is None:
        raise Stale("the pieces", "are from before the last decisions", "Build them again and look at them")
    if build.status != "clear":
        raise Stale("the pieces", "are held: something in them is not decided", "Decide it first")
    if content_hash and content_hash != build.content_hash:
        raise Stale("the pieces", "were built anew since you looked at them", "Look at them again")
    return build


def names(session: Session, approvals: list[Approval]) -> tuple[tuple[str, str], ...]:
    """Who approved, and when."""
    return tuple((display(session, each.by), each.at) for each in approvals)
