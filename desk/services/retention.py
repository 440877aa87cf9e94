"""How long things are kept, and deleting them for good: the file, what was read from it, the builds, the people's words.

After a purge the audit still tells who decided what and when; of people's words it has a keyed hash. What is out stays
out: the pack of a release in force is kept, so that it can be downloaded and withdrawn. A submission on hold is kept.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from content.errors import Fault, InputError
from desk.rights import Act, Actor, require
from desk.services import pictures
from desk.services.material import case_folder, forget
from desk.services.office import Office, reading, set_setting, setting, writing
from desk.services.submissions import found, line
from store import audit
from store.database import now
from store.privacy import keyed_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission

#: Days, unless administrators set others: after a release or its withdrawal, and after what was not taken.
RELEASED_DAYS, REJECTED_DAYS = 30, 7
_ENDED = ("released", "withdrawn", "rejected", "quarantined")


@dataclass(frozen=True, slots=True)
class Keeping:
    """The periods in force, and the submissions that are on hold, each with its reason."""

    released_days: int
    rejected_days: int
    held: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A submission whose time has come: since when it has ended, and what will be deleted."""

    id: str
    title: str
    state: str
    ended_at: str
    #: False where another submission of the same file still needs it.
    original: bool
    builds: int
    keeps_release: bool


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted: ids, and how many originals and builds."""

    submissions: tuple[str, ...]
    originals: int
    builds: int


def keeping(office: Office, actor: Actor) -> Keeping:
    """The settings. Raises Forbidden."""
    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        released, rejected = _days(session)
        return Keeping(released, rejected, tuple(sorted(_held(session).items())))


def set_keeping(office: Office, actor: Actor, released_days: int, rejected_days: int) -> None:
    """Set the periods, in whole days. Raises Forbidden, InputError."""
    require(actor, Act.ADMINISTER)
    if not (0 <= released_days <= 3650 and 0 <= rejected_days <= 3650):
        raise InputError("the days", "must lie between 0 and 3650", "0 means at the next purge")
    with writing(office.engine) as session:
        said = {"released_days": released_days, "rejected_days": rejected_days}
        set_setting(session, "retention", said, actor.name)
        audit.record(session, office.key, actor.name, "setting_changed", "setting:retention", said)


def hold(office: Office, actor: Actor, submission: str, reason: str) -> None:
    """Keep a submission until somebody says otherwise. Raises Forbidden, NotThere, InputError without a reason."""
    require(actor, Act.ADMINISTER)
    why = line(reason, 200)
    if not why:
        raise InputError("the reason", "is missing", "Say why it has to be kept")
    with writing(office.engine) as session:
        found(session, actor if actor.scopes is None else Actor(actor.person), submission)
        set_setting(session, "legal_hold", {**_held(session), submission: why}, actor.name)
        audit.record(session, office.key, actor.name, "held", f"submission:{submission}")


def let_go(office: Office, actor: Actor, submission: str) -> None:
    """End a hold; nothing happens when there is none. Raises Forbidden."""
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        known = dict(_held(session))
        if known.pop(submission, None) is not None:
            set_setting(session, "legal_hold", known, actor.name)
            audit.record(session, office.key, actor.name, "hold_ended", f"submission:{submission[:40]}")


def due(office: Office, actor: Actor, at: str = "") -> tuple[Due, ...]:
    """What a purge would delete now, the oldest first. Raises Forbidden."""
    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        rows = list(_due(session, at or now()))
        leaving = {each.id for each, _, _ in rows}
        return tuple(Due(row.id, title or row.name, row.state, ended, not _needed(session, row, leaving),
                         len(_builds(session, row.id)), bool(_kept_builds(session, row.id)))
                     for row, title, ended in rows)


def purge(office: Office, actor: Actor, only: Sequence[str] | None = None, at: str = "") -> Purged:
    """Delete for good what is due; with `only`, of that what is named. Done again after a crash, it goes on.

    Raises Forbidden, and Fault when a file cannot be deleted: what was deleted before stays deleted.
    """
    require(actor, Act.ADMINISTER)
    moment = at or now()
    with reading(office.engine) as session:
        wanted = [row.id for row, _, _ in _due(session, moment) if only is None or row.id in only]
    originals = builds = 0
    done = []
    for identity in wanted:
        gone = _purge_one(office, actor, identity, moment)
        if gone is not None:
            done.append(identity)
            originals, builds = originals + gone[0], builds + gone[1]
    return Purged(tuple(done), originals, builds)


def sweep(office: Office, older_than: float = 3600.0) -> int:
    """Delete originals that no submission has, and half-written ones, older than so many seconds; returns how many. Pictures
    of what no submission has go too.

    A file is in its place before its submission is written down; where the database failed in between, nobody knows of
    it, so no purge would ever delete it. Handed in again before the sweep, it is used.
    """
    from sqlalchemy import select

    from store.tables import Submission

    gone = office.files.sweep(older_than)
    with reading(office.engine) as session:
        known = set(session.scalars(select(Submission.document).where(Submission.purged_at.is_(None))))
    for sha256 in [each for each in office.files.older(older_than) if each not in known]:
        with writing(office.engine) as session:  # whoever hands it in at this moment looks for it in a transaction too
            wanted = select(Submission.id).where(Submission.document == sha256, Submission.purged_at.is_(None))
            if session.scalar(wanted.limit(1)) is None:
                office.files.remove(sha256)
                gone += 1
    for sha256 in sorted(pictures.kept_of(office) - known):
        with writing(office.engine) as session, suppress(OSError):  # what cannot go now goes with the next sweep
            wanted = select(Submission.id).where(Submission.document == sha256, Submission.purged_at.is_(None))
            if session.scalar(wanted.limit(1)) is None:
                pictures.forget(office, sha256)
    return gone


def _purge_one(office: Office, actor: Actor, identity: str, moment: str) -> tuple[int, int] | None:
    """One submission in one transaction: files first, so that what is marked as gone is gone."""
    with writing(office.engine) as session:
        row = next((each for each, _, _ in _due(session, moment) if each.id == identity), None)
        if row is None:  # on hold, or taken up again in between
            return None
        original = not _needed(session, row, {identity})
        kept = _kept_builds(session, identity)
        builds = [each for each in _builds(session, identity) if each not in kept]
        try:
            answers = (office.folder / "writer" / row.document,) if original else ()  # what a model was asked about it
            for folder in (case_folder(office, identity), *(office.builds() / each for each in builds), *answers):
                if folder.is_dir():
                    shutil.rmtree(folder)
            if original:
                pictures.forget(office, row.document)
                office.files.remove(row.document)
        except OSError as error:
            raise Fault(f"submission {identity}", f"cannot be deleted ({error.strerror})",
                        "Check the rights of the data folder and purge again") from None
        forget(identity)
        words = _forget_words(session, row, released=bool(kept))
        row.purged_at = now()
        audit.record(session, office.key, actor.name, "purged", f"submission:{identity}",
                     {"document": row.document[:12], "original": int(original), "builds": len(builds),
                      "words": len(words), "words_hash": keyed_hash(office.key, "\n".join(words)) if words else ""})
    return int(original), len(builds)


def _due(session: Session, moment: str) -> Iterator[tuple[Submission, str, str]]:
    """Rows that have ended long enough ago: (row, title, when it ended)."""
    from sqlalchemy import select

    from store.tables import Outbox, Submission
    from store.tables_review import Intake, Release

    released, rejected = _days(session)
    held = _held(session)
    busy = set(session.scalars(select(Outbox.subject).where(Outbox.done_at.is_(None))))
    last: dict[str, str] = {}
    waiting: set[str] = set()
    for each in session.execute(select(Release.id, Release.submission, Release.at, Release.withdrawn_at)):
        last[each.submission] = max(last.get(each.submission, ""), each.withdrawn_at or each.at)
        if each.id in busy:
            waiting.add(each.submission)
    rows = session.execute(
        select(Submission, Intake.title).outerjoin(Intake, Intake.submission == Submission.id)
        .where(Submission.state.in_(_ENDED), Submission.purged_at.is_(None)).order_by(Submission.changed_at)).all()
    for row, title in rows:
        out = row.state in {"released", "withdrawn"}
        ended = last.get(row.id, row.changed_at) if out else row.changed_at
        until = datetime.fromisoformat(ended) + timedelta(days=released if out else rejected)
        if row.id not in held and row.id not in busy and row.id not in waiting and until <= datetime.fromisoformat(moment):
            yield row, title or "", ended


def _needed(session: Session, row: Submission, leaving: set[str]) -> bool:
    """Whether a submission other than those that leave still has this file."""
    from sqlalchemy import select

    from store.tables import Submission

    others = session.scalars(select(Submission.id).where(
        Submission.document == row.document, Submission.purged_at.is_(None), Submission.id != row.id))
    return bool(set(others) - leaving)


def _builds(session: Session, submission: str) -> list[str]:
    from sqlalchemy import select

    from store.tables_review import Build

    return list(session.scalars(select(Build.id).where(Build.submission == submission)))


def _kept_builds(session: Session, submission: str) -> set[str]:
    """Builds that are out."""
    from sqlalchemy import select

    from store.tables_review import Release

    return set(session.scalars(select(Release.build).where(Release.submission == submission, Release.withdrawn_at.is_(None))))


def _forget_words(session: Session, row: Submission, *, released: bool) -> list[str]:
    """Take people's words and the masked previews out of the rows; returns the words, for their hash."""
    from sqlalchemy import delete, select, update

    from store.tables import Decision, Finding
    from store.tables_review import Claim, Comment, Edit, Intake, Job, Missed, Presence, Shape

    identity, words = row.id, []
    for comment in session.scalars(select(Comment).where(Comment.submission == identity).order_by(Comment.id)):
        words.append(comment.text)
    for edit in session.scalars(select(Edit).where(Edit.submission == identity).order_by(Edit.id)):
        words.append(edit.text)
    for decision in session.scalars(select(Decision).where(Decision.submission == identity).order_by(Decision.id)):
        words += [each for each in (decision.text, decision.reason) if each]
        decision.text, decision.reason = (None if each is None else "(deleted)" for each in (decision.text, decision.reason))
    for missed in session.scalars(select(Missed).where(Missed.submission == identity).order_by(Missed.at)):
        words.append(missed.why)
    for table in (Comment, Edit, Missed, Shape, Claim, Presence):
        session.execute(delete(table).where(table.submission == identity))
    session.execute(update(Finding).where(Finding.submission == identity).values(preview="", text_hash=""))
    job = session.get(Job, identity)
    if job is not None:
        job.reason = "Deleted for good when its time had come."
    intake = session.get(Intake, identity)
    if intake is not None:
        words.append(intake.note)
        intake.note = intake.audience = intake.owner = ""
        intake.title = intake.title if released else ""
    if not released:
        row.name = "(deleted)"
    return [each for each in words if each]


def _days(session: Session) -> tuple[int, int]:
    said = json.loads(setting(session, "retention", "{}"))
    return int(said.get("released_days", RELEASED_DAYS)), int(said.get("rejected_days", REJECTED_DAYS))


def _held(session: Session) -> Mapping[str, str]:
    said = json.loads(setting(session, "legal_hold", "{}"))
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}
