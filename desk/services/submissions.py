"""Handing in, and what became of it: submit, status, list, cancel and retry.

A submission, its first piece of work and the audit's row are written in one transaction, after the file lies safely in
the file store. The same bytes are one document, however often they come; each time is a submission of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import InputError
from desk.rights import Act, Actor, Case, NotThere, may, require
from desk.services.office import Office, writing
from desk.services.uploads import MOST_FILES, TOO_MANY, Refusal, Upload
from desk.services.worker import announce
from store import audit, outbox
from store.database import now
from store.submissions import HOLD, Stale, advance, receive

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission

#: What a submission can be for, with the words of the page.
PURPOSES = {"share": "To share with colleagues", "publish": "To publish outside", "event": "For an event",
            "other": "Something else"}
#: Ways to take the pieces in; none named means all.
CHANNELS = {"blog": "Blog drafts", "social": "Posts", "audio": "Audio episode", "interview": "Interviews",
            "webchat": "Web chats"}


@dataclass(frozen=True, slots=True)
class Intake:
    """What the submitter says of the files."""

    title: str = ""
    purpose: str = ""
    audience: str = ""
    channels: tuple[str, ...] = ()
    #: Who answers for the content, where that is somebody else.
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same content, handed in before by somebody whose submission the actor may open."""

    id: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: an id, or the reason of its refusal."""

    name: str
    id: str = ""
    duplicate_of: Earlier | None = None
    refused: Refusal | None = None


def submit(office: Office, actor: Actor, files: Sequence[Upload], intake: Intake,
           ticket: str = "") -> tuple[Result, ...]:
    """Take files in, one result each, in their order. Nothing is kept of those that are refused.

    The same `ticket` with the same file gives the submission that is there: a form that is sent twice makes one.
    Raises Forbidden, and InputError when there is no file at all.
    """
    try:
        require(actor, Act.SUBMIT)
        if not files:
            raise InputError("the form", "has no file", "Choose at least one file")
        for extra in files[MOST_FILES:]:
            extra.refuse(TOO_MANY)
        results = tuple(_one(office, actor, upload, intake, f"{ticket}|{number}" if ticket else "")
                        for number, upload in enumerate(files))
    finally:
        for upload in files:
            upload.drop()
    if any(result.id for result in results):
        office.wake()
    return results


def _one(office: Office, actor: Actor, upload: Upload, intake: Intake, ticket: str) -> Result:
    judged = upload.judge()
    if judged is None or not upload.keep():
        assert upload.refusal is not None
        with writing(office.engine) as session:
            audit.record(session, office.key, actor.name, "upload_refused", f"user:{actor.name}",
                         {"code": upload.refusal.code})
        return Result(upload.name, refused=upload.refusal)
    sha256, size, media_type = judged
    identity = _identity(office, actor, ticket, sha256)
    for last in (False, True):
        try:
            with writing(office.engine) as session:
                return _written(session, office, actor, identity, (sha256, size, media_type, upload.name), intake)
        except Exception as error:
            if last or not _clash(error):
                raise
    raise AssertionError("unreachable")


def _identity(office: Office, actor: Actor, ticket: str, sha256: str) -> str:
    if not ticket:
        return secrets.token_hex(8)
    said = f"submission|{actor.name}|{ticket}|{sha256}"
    return hmac.new(office.key, said.encode(), hashlib.sha256).hexdigest()[:16]


def _written(session: Session, office: Office, actor: Actor, identity: str, file: tuple[str, int, str, str],
             intake: Intake) -> Result:
    from store.tables import Submission
    from store.tables_review import Intake as IntakeRow
    from store.tables_review import Job

    sha256, size, media_type, name = file
    known = session.get(Submission, identity)
    earlier = earlier_of(session, actor, sha256, identity)
    if known is not None:
        return Result(known.name, identity, earlier)
    received = receive(session, identity, sha256, size, media_type, name, actor.name)
    if not office.files.has(sha256):  # the file of an earlier submission, which was purged at this very moment
        raise InputError(name, "could not be kept", "Hand it in again")
    row = session.get(Submission, identity)
    assert row is not None
    row.purpose = line(intake.purpose, 60)
    session.add(IntakeRow(
        submission=identity, title=line(intake.title, 200), audience=line(intake.audience, 200),
        channels=" ".join(each for each in CHANNELS if each in intake.channels), owner=line(intake.owner, 120),
        note=paragraph(intake.note, 2000)))
    session.add(Job(submission=identity, changed_at=now()))
    outbox.put(session, "process", identity, received.version)
    audit.record(session, office.key, actor.name, "submitted", f"submission:{identity}",
                 {"document": sha256[:12], "bytes": size, "known": int(received.known)})
    announce(office, session, "submitted", identity)
    return Result(row.name, identity, earlier)


def earlier_of(session: Session, actor: Actor, sha256: str, without: str, before: str = "") -> Earlier | None:
    """The first submission of a content that the actor may see, other than `without` and, if given, `before` a time."""
    from sqlalchemy import select

    from store.tables import Submission

    wanted = select(Submission.id, Submission.by, Submission.received_at).where(
        Submission.document == sha256, Submission.id != without, Submission.state != "rejected")
    if before:
        wanted = wanted.where(Submission.received_at < before)
    rows = session.execute(wanted.order_by(Submission.received_at, Submission.id).limit(100)).all()
    first = next((row for row in rows if may(actor, Act.SEE, Case(owner=row.by))), None)
    return Earlier(first.id, display(session, first.by), first.received_at) if first is not None else None


def cancel(office: Office, actor: Actor, identity: str) -> None:
    """Stop the work on a submission; it can be started again. Raises Stale when nothing is under way."""
    from store.tables_review import Job

    with writing(office.engine) as session:
        row = found(session, actor, identity, Act.STEER)
        dropped = outbox.drop(session, ("process", "build"), identity, "Cancelled")
        job = session.get(Job, identity)
        if not dropped or job is None:
            raise Stale("the work on this submission", "has ended in between", "Look at it again")
        job.state, job.stage, job.code, job.changed_at = "cancelled", "", "Cancelled", now()
        job.reason = f"Stopped by {display(session, actor.name)}."
        if row.state == "scanning":
            advance(session, identity, row.version, "received")
        audit.record(session, office.key, actor.name, "work_stopped", f"submission:{identity}")
    office.wake()


def retry(office: Office, actor: Actor, identity: str) -> None:
    """Start the work on a submission again. Raises Stale when it is under way or there is nothing to do again."""
    from desk.services import builds
    from store.tables_review import Job

    with writing(office.engine) as session:
        row = found(session, actor, identity, Act.STEER)
        job = session.get(Job, identity)
        if job is None or job.state in {"waiting", "running"}:
            raise Stale("the work on this submission", "is under way already", "Wait until it is done")
        if row.state == "quarantined":
            advance(session, identity, row.version, "received")
        if row.state in {"received", "scanning"}:
            outbox.put(session, "process", identity, f"{row.version}-{secrets.token_hex(4)}")
        elif row.state in {"in_review", "decided"}:
            builds.ask(office, session, identity)
        else:
            raise Stale("this submission", f"is {row.state.replace('_', ' ')}: there is nothing to do again",
                        "Look at it again")
        job.state, job.stage, job.code, job.reason, job.attempts, job.changed_at = "waiting", "", "", "", 0, now()
        audit.record(session, office.key, actor.name, "work_started_again", f"submission:{identity}")
    office.wake()


def found(session: Session, actor: Actor, identity: str, act: Act = Act.SEE, *, lock: bool = False) -> Submission:
    """The row of a submission on which the actor may do something.

    With `lock` nobody else changes anything about it until the caller's transaction ends: take it before anything is read
    that the change depends on. SQLite has one writer at a time anyway; on PostgreSQL two would decide on what both saw.
    Raises NotThere when there is none or the person may not see it, Forbidden when they may see it but not do this (or
    their token may not).
    """
    from store.tables import Submission

    row = session.get(Submission, identity, with_for_update=HOLD if lock else None) if known_form(identity) else None
    if row is None or not may(Actor(actor.person), Act.SEE, Case(owner=row.by, state=row.state)):
        raise NotThere("this submission", "is not here", "Check the address, or go back to the start")
    require(actor, act, Case(owner=row.by, state=row.state))
    return row


def known_form(identity: str) -> bool:
    """Whether this can be an id of ours."""
    return 0 < len(identity) <= 40 and identity.isascii() and identity.replace("-", "").isalnum()


def display(session: Session, name: str) -> str:
    """How a user is called on the page."""
    from store.tables_people import User

    row = session.get(User, name)
    return row.display if row is not None and row.display else name


def line(text: str, most: int) -> str:
    """People's own words as one line, composed, without control or direction marks, cut at so many characters."""
    clean = "".join(" " if char in "\r\n\t" else char for char in unicodedata.normalize("NFC", text)
                    if char in "\r\n\t" or unicodedata.category(char)[0] != "C")
    return " ".join(clean.split())[:most].rstrip()


def paragraph(text: str, most: int) -> str:
    """The same with its line breaks."""
    return "\n".join(line(each, most) for each in text.replace("\r\n", "\n").split("\n")).strip()[:most]


def _clash(error: Exception) -> bool:
    """Whether another process wrote the same row at the same moment: then the second try finds it."""
    from sqlalchemy.exc import IntegrityError

    return isinstance(error, IntegrityError)
