"""Corrections: what those are told who had something that was withdrawn.

Drafted from what somebody said was wrong and right, edited as text, approved by another person than the one who wrote it
and than the submitter, and released beside the notice where the content had been. The words are people's own; names that
the submission withholds are refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import InputError
from desk import words
from desk.rights import Act, Actor, Forbidden, NotThere
from desk.services.material import scanned
from desk.services.office import Office, reading, writing
from desk.services.replacing import check_text
from desk.services.standing import finding_rows, marked_material
from desk.services.submissions import display, found, known_form, paragraph
from store import audit, outbox
from store.database import now
from store.submissions import Stale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_review import Correction as Row
    from store.tables_review import Release

LONGEST = 8000
_WHERE = {"en": {"pilot": "Sent to the pilot group on {on}", "all": "Sent to everybody on {on}"},
          "nl": {"pilot": "Gestuurd aan de proefgroep op {on}", "all": "Gestuurd aan iedereen op {on}"}}


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as it stands, and why the actor may not approve it ('' when they may)."""

    id: str
    submission: str
    title: str
    text: str
    state: str
    version: int
    by: str
    at: str
    approved_by: str = ""
    released_at: str = ""


def draft(office: Office, session: Session, actor: Actor, submission: str, said: tuple[str, str],
          releases: Sequence[Release]) -> str:
    """Draft a correction in the caller's transaction; returns its id. Raises InputError when it names what is withheld."""
    from generators.render import Plain, escape_markdown, languages, render
    from store.tables_review import Correction as Row
    from store.tables_review import Intake

    language = scanned(office, submission).document.language
    language = language if language in languages() else "en"
    intake = session.get(Intake, submission)
    places = [Plain(_WHERE.get(language, _WHERE["en"])[each.audience].format(on=each.at[:10]))
              for each in sorted(releases, key=lambda each: each.at)]
    wrong, right = (Plain(escape_markdown(each)) for each in said)
    segments = render("correction.md.j2", language, {
        "title": Plain(escape_markdown(intake.title if intake else "")), "wrong": wrong, "right": right, "places": places,
        "on": Plain(now()[:10])})
    text = "".join(each.text for each in segments)
    _check(office, session, submission, text)
    identity = secrets.token_hex(8)
    session.add(Row(id=identity, submission=submission, language=language, text=text, by=actor.name, at=now()))
    session.flush()
    return identity


def correction(office: Office, actor: Actor, identity: str) -> Correction:
    """A correction. Raises NotThere."""
    with reading(office.engine) as session:
        row = _row(session, identity)
        found(session, actor, row.submission)
        return _said(session, row)


def of_submission(session: Session, submission: str) -> tuple[Correction, ...]:
    """The corrections of a submission, newest first."""
    from sqlalchemy import select

    from store.tables_review import Correction as Row

    rows = session.scalars(select(Row).where(Row.submission == submission).order_by(Row.at.desc(), Row.id)).all()
    return tuple(_said(session, row) for row in rows)


def by_submission(session: Session, submissions: Sequence[str]) -> dict[str, tuple[Correction, ...]]:
    """The same for many submissions in one query; those without a correction are left out."""
    from sqlalchemy import select

    from store.tables_review import Correction as Row

    found: dict[str, list[Correction]] = {}
    for row in session.scalars(select(Row).where(Row.submission.in_(submissions)).order_by(Row.at.desc(), Row.id)).all():
        found.setdefault(row.submission, []).append(_said(session, row))
    return {submission: tuple(each) for submission, each in found.items()}


def rewrite(office: Office, actor: Actor, identity: str, version: int, text: str) -> None:
    """Change a correction that is not out; an approval of it falls."""
    wanted = paragraph(text, LONGEST + 1)
    if not wanted or len(wanted) > LONGEST:
        raise InputError("the correction", "is empty" if not wanted else f"is longer than {LONGEST:,} characters",
                         "Say what was wrong and what is right")
    with writing(office.engine) as session:
        row = _open(session, actor, identity, version, Act.WITHDRAW, {"draft", "approved"})
        _check(office, session, row.submission, wanted)
        row.text, row.state, row.by, row.at, row.version = wanted + "\n", "draft", actor.name, now(), version + 1
        row.approved_by, row.approved_at = "", None
        audit.record(session, office.key, actor.name, "correction_written", f"submission:{row.submission}",
                     {"correction": identity})


def approve(office: Office, actor: Actor, identity: str, version: int) -> None:
    """Approve a correction. Raises Forbidden for one's own words or one's own submission."""
    with writing(office.engine) as session:
        row = _open(session, actor, identity, version, Act.APPROVE, {"draft"})
        if row.by == actor.name:
            raise Forbidden(f"approve as {actor.name}", "nobody approves what they wrote themselves", "Ask a colleague")
        _check(office, session, row.submission, row.text)
        row.state, row.approved_by, row.approved_at, row.version = "approved", actor.name, now(), version + 1
        audit.record(session, office.key, actor.name, "correction_approved", f"submission:{row.submission}",
                     {"correction": identity})


def release(office: Office, actor: Actor, identity: str, version: int) -> None:
    """Let an approved correction go out, to everywhere that what it corrects had been."""
    with writing(office.engine) as session:
        row = _open(session, actor, identity, version, Act.RELEASE, {"approved"})
        row.state, row.released_by, row.released_at, row.version = "released", actor.name, now(), version + 1
        outbox.put(session, "correction", identity, 1)
        audit.record(session, office.key, actor.name, "correction_released", f"submission:{row.submission}",
                     {"correction": identity})
    office.wake()


def notice(office: Office, session: Session, row: Release) -> str:
    """What stands in the place of something withdrawn."""
    from generators.render import Plain, languages, render

    language = scanned(office, row.submission).document.language
    segments = render("withdrawn.md.j2", language if language in languages() else "en",
                      {"on": Plain((row.withdrawn_at or "")[:10])})
    return "".join(each.text for each in segments)


def released_text(session: Session, submission: str, since: str) -> str:
    """The text of the newest released correction that was drafted at a withdrawal or after it, '' without one."""
    from sqlalchemy import select

    from store.tables_review import Correction as Row

    return session.scalar(select(Row.text).where(Row.submission == submission, Row.state == "released",
                                                 Row.at >= since).order_by(Row.at.desc()).limit(1)) or ""


def _check(office: Office, session: Session, submission: str, text: str) -> None:
    """A correction must not bring out what the pieces withheld."""
    states = {each.id: each.state for each in finding_rows(session, submission).values()}
    away = [each for each in marked_material(office, session, submission).findings if states.get(each.id) != "kept"]
    try:
        check_text(text, away)
    except InputError as error:
        raise InputError("the correction", error.what, "Say it without the name") from None


def _open(session: Session, actor: Actor, identity: str, version: int, act: Act, states: set[str]) -> Row:
    row = _row(session, identity)
    found(session, actor, row.submission, act)
    session.refresh(row, with_for_update=True)
    if row.version != version or row.state not in states:
        raise Stale("this correction", f"is {row.state} and was changed by {display(session, row.by)} {words.ago(row.at)}",
                    "Look at it again")
    return row


def _row(session: Session, identity: str) -> Row:
    from store.tables_review import Correction as Table

    row = session.get(Table, identity) if known_form(identity) else None
    if row is None:
        raise NotThere("this correction", "is not here", "Check the address")
    return row


def _said(session: Session, row: Row) -> Correction:
    from store.tables import Submission
    from store.tables_review import Intake

    intake, submission = session.get(Intake, row.submission), session.get(Submission, row.submission)
    title = (intake.title if intake else "") or (submission.name if submission else "")
    return Correction(row.id, row.submission, title, row.text, row.state, row.version, display(session, row.by), row.at,
                      display(session, row.approved_by) if row.approved_by else "", row.released_at or "")
