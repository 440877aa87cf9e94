"""Releases: what was approved goes out, once for each audience, signed; and comes back when it was wrong.

The rows are written here; folders are put in place and taken down by desk/services/publishing.py from the outbox.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import Fault, InputError
from desk.rights import Act, Actor
from desk.services import approvals, builds, corrections
from desk.services.office import Office, reading, writing
from desk.services.signing import signature, verify_signature
from desk.services.submissions import display, found, paragraph
from desk.services.worker import announce
from flows.local_results import content_hash as hash_of_folder
from store import audit, outbox
from store.database import now
from store.submissions import Stale, advance
from store.tables_review import AUDIENCES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_review import Release

#: What the audiences are called on the page.
AUDIENCE_NAMES = {"pilot": "the pilot group", "all": "everybody"}


@dataclass(frozen=True, slots=True)
class Released:
    """A release as it stands."""

    id: str
    submission: str
    build: str
    audience: str
    content_hash: str
    signature: str
    by: str
    at: str
    #: When its folder was put in place; '' while that is under way.
    published_at: str = ""
    withdrawn_at: str = ""
    withdrawn_by: str = ""
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why something is withdrawn: the reason for the record, what was wrong and what is right for those who had it."""

    reason: str
    wrong: str = ""
    right: str = ""


def release(office: Office, actor: Actor, submission: str, audience: str, content_hash: str = "") -> Released:
    """Let an approved content go out to an audience; asked for twice, it is one release.

    Raises Stale when it is not approved, or not the content that the actor saw; InputError for an unknown audience or a
    content that was withdrawn; Fault when its files were changed after they were made.
    """
    if audience not in AUDIENCES:
        raise InputError(f"audience {audience[:20]}", "is not known", f"Take {' or '.join(AUDIENCES)}")
    sound = _sound_build(office, actor, submission)
    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.RELEASE, lock=True)
        build = approvals.ready_build(office, session, row, content_hash)
        known = _of_content(session, submission, build.content_hash, audience)
        if known is not None and known.withdrawn_at is None:
            return _released(session, known)
        if known is not None:
            raise InputError("this content", "was withdrawn", "Change what was wrong with it and have it approved anew")
        _may_go_out(session, row.id, row.state, build.content_hash, audience)
        if sound != build.content_hash:
            raise Fault("the pieces", "were changed on the disk after they were made", "Have them built again")
        identity = secrets.token_hex(8)
        made = signature(office.key, identity, audience, build.content_hash)
        session.add(_row(identity, submission, build.id, build.content_hash, made, audience, actor.name))
        session.flush()
        outbox.put(session, "release", identity, 1)
        if row.state == "approved":
            advance(session, submission, row.version, "released")
        audit.record(session, office.key, actor.name, "released", f"submission:{submission}",
                     {"release": identity, "audience": audience, "content": build.content_hash})
        announce(office, session, "released", submission)
        fresh = _of_content(session, submission, build.content_hash, audience)
        assert fresh is not None
        result = _released(session, fresh)
    office.wake()
    return result


def withdraw(office: Office, actor: Actor, submission: str, wrong: Wrong) -> str:
    """Take back everything that is out of a submission; returns the id of the correction drafted, '' without one.

    Raises InputError without a reason, Stale when nothing is out.
    """
    from sqlalchemy import select

    from store.tables_review import Release

    said = Wrong(*(paragraph(each, 2000) for each in (wrong.reason, wrong.wrong, wrong.right)))
    if not said.reason:
        raise InputError("the reason", "is empty", "Say why it is withdrawn")
    correction = ""
    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.WITHDRAW, lock=True)
        out = session.scalars(select(Release).where(Release.submission == submission,
                                                    Release.withdrawn_at.is_(None)).with_for_update()).all()
        if row.state != "released" or not out:
            raise Stale("this submission", "has nothing out that could be withdrawn", "Look at it again")
        for each in out:
            each.withdrawn_at, each.withdrawn_by, each.withdrawn_because = now(), actor.name, said.reason
            outbox.put(session, "withdraw", each.id, 1)
        advance(session, submission, row.version, "withdrawn")
        if said.wrong:
            correction = corrections.draft(office, session, actor, submission, (said.wrong, said.right), out)
        audit.record(session, office.key, actor.name, "withdrawn", f"submission:{submission}",
                     {"releases": len(out), "correction": correction or "none"})
        announce(office, session, "withdrawn", submission)
    office.wake()
    return correction


def releases_of(session: Session, submission: str) -> tuple[Released, ...]:
    """All releases of a submission, newest first."""
    from sqlalchemy import select

    from store.tables_review import Release

    rows = session.scalars(select(Release).where(Release.submission == submission)
                           .order_by(Release.at.desc(), Release.id)).all()
    return tuple(_released(session, row) for row in rows)


def releases_by_submission(session: Session, submissions: Sequence[str]) -> dict[str, tuple[Released, ...]]:
    """The same for many submissions in two queries; those without a release are left out."""
    from sqlalchemy import select

    from store.tables_people import User
    from store.tables_review import Release

    found: dict[str, list[Released]] = {}
    rows = session.scalars(select(Release).where(Release.submission.in_(submissions))
                           .order_by(Release.at.desc(), Release.id)).all()
    people = {each for row in rows for each in (row.by, row.withdrawn_by) if each}
    at_hand = session.scalars(select(User).where(User.name.in_(people))).all()  # asked by name below, without a query
    for row in rows:
        found.setdefault(row.submission, []).append(_released(session, row))
    del at_hand
    return {submission: tuple(each) for submission, each in found.items()}


def verify(office: Office, released: Released) -> bool:
    """Whether a release's signature is ours and its build still is what was signed."""
    return verify_signature(office.key, released.id, released.audience, released.content_hash, released.signature)


def _may_go_out(session: Session, submission: str, state: str, content: str, audience: str) -> None:
    """Raises Stale, saying what is missing."""
    from store.tables_review import Acknowledgement

    policy = approvals.asked(session)
    if state not in {"approved", "released"}:
        raise Stale("this submission", f"is {state.replace('_', ' ')}, not approved", "Have it approved first")
    given = {each.by for each in approvals.in_force(session, submission, content)}
    if len(given) < approvals.needed(session, submission, policy):
        raise Stale("this content", "has not been approved by enough people", "Have it approved first")
    if policy.acknowledge and session.get(Acknowledgement, (submission, content)) is None:
        raise Stale("the heads-up", "has not been acknowledged by customer service", "Ask them to read it first")
    if policy.pilot_first and audience != "pilot":
        pilot = _of_content(session, submission, content, "pilot")
        if pilot is None or pilot.withdrawn_at is not None:
            raise Stale("this content", "has not been with the pilot group", "Release it to the pilot group first")


def _sound_build(office: Office, actor: Actor, submission: str) -> str:
    """The hash of today's files, read outside of the writing transaction; '' when there are none."""
    with reading(office.engine) as session:
        found(session, actor, submission, Act.RELEASE)
        build = builds.current(office, session, submission)
    try:
        return hash_of_folder(builds.folder(office, build)) if build is not None else ""
    except OSError:
        return ""


def _of_content(session: Session, submission: str, content: str, audience: str) -> Release | None:
    from sqlalchemy import select

    from store.tables_review import Release

    return session.scalar(select(Release).where(Release.submission == submission, Release.content_hash == content,
                                                Release.audience == audience))


def _row(identity: str, submission: str, build: str, content: str, made: str, audience: str, by: str) -> Release:
    from store.tables_review import Release

    return Release(id=identity, submission=submission, build=build, content_hash=content, signature=made,
                   audience=audience, by=by, at=now())


def _released(session: Session, row: Release) -> Released:
    return Released(row.id, row.submission, row.build, row.audience, row.content_hash, row.signature,
                    display(session, row.by), row.at, row.published_at or "", row.withdrawn_at or "",
                    display(session, row.withdrawn_by) if row.withdrawn_by else "", row.withdrawn_because or "")
