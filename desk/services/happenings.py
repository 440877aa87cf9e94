"""The events of one submission, gathered from its rows: handed in, decided, said, built, approved, out, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.services.history import Event, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from store.tables import Submission

_DECIDED = {"replace": "replaced", "remove": "removed", "keep": "kept", "drop_unit": "left out, with its slide,"}
_FEEDBACK = {"question": "put down a question", "complaint": "put down a complaint", "result": "put down a result"}
#: What the work itself writes in the audit, for people.
_WORK = {"scanned": "read it and looked for risks", "built": "built the pieces",
         "set_aside": "could not read it and set it aside",
         "work_stopped": "stopped the work", "work_started_again": "started the work again", "claimed": "took it on",
         "claim_given_back": "gave it back", "acknowledged": "acknowledged the heads-up",
         "rejected": "sent it back: not for sharing", "reopened": "took it up again",
         "purged": "deleted the file for good"}


def events(session: Session, row: Submission) -> tuple[Event, ...]:
    """All events of a submission, in their order."""
    called = names(session)
    gathered = [Event(row.received_at, called.get(row.by, row.by), "handed it in", kind="submitted")]
    for part in (_decisions, _words, _ways, _back, _audited):
        gathered += part(session, row.id, called)
    return tuple(sorted(gathered, key=lambda event: event.at))


def _decisions(session: Session, submission: str, called: Mapping[str, str]) -> Iterator[Event]:
    from sqlalchemy import select

    from store.tables import Decision, Finding

    places = session.execute(select(Finding.id, Finding.group, Finding.category, Finding.preview)
                             .where(Finding.submission == submission)).all()
    about = {name: f"{each.category} {each.preview}".strip() for each in places for name in (each.id, each.group)}
    for each in session.scalars(select(Decision).where(Decision.submission == submission)):
        what = about.get(each.finding or each.group or "", "a place that was marked")
        said = f"{_DECIDED[each.action]} {what}"
        yield Event(each.at, called.get(each.by, each.by), said, each.reason or each.text or "", "decision")
        if each.undone_at:
            yield Event(each.undone_at, called.get(each.undone_by or "", each.undone_by or ""), f"took back: {said}",
                        kind="decision")


def _words(session: Session, submission: str, called: Mapping[str, str]) -> Iterator[Event]:
    from sqlalchemy import select

    from store.tables_review import Comment, Edit, Missed

    for comment in session.scalars(select(Comment).where(Comment.submission == submission)):
        where = f" on slide {comment.unit}" if comment.unit else ""
        yield Event(comment.at, called.get(comment.by, comment.by), f"remarked{where}", comment.text, "comment")
    for missed in session.scalars(select(Missed).where(Missed.submission == submission)):
        yield Event(missed.at, called.get(missed.by, missed.by),
                    f"marked a place on slide {missed.unit} that no rule had found ({missed.category})", missed.why,
                    "decision")
    for edit in session.scalars(select(Edit).where(Edit.submission == submission)):
        yield Event(edit.at, called.get(edit.by, edit.by), f"rewrote a sentence of {edit.piece}", edit.text, "edit")


def _ways(session: Session, submission: str, called: Mapping[str, str]) -> Iterator[Event]:
    from sqlalchemy import select

    from store.tables_review import Approval, Correction, Release

    for approval in session.scalars(select(Approval).where(Approval.submission == submission)):
        yield Event(approval.at, called.get(approval.by, approval.by), "approved the pieces", kind="approval")
        if approval.void_at:
            yield Event(approval.void_at, "Deckprism", f"the approval does not count any more: {approval.void_because}",
                        kind="approval")
    for release in session.scalars(select(Release).where(Release.submission == submission)):
        to = "the pilot group" if release.audience == "pilot" else "everybody"
        yield Event(release.at, called.get(release.by, release.by), f"released it to {to}", kind="release")
        if release.withdrawn_at:
            yield Event(release.withdrawn_at, called.get(release.withdrawn_by, release.withdrawn_by),
                        f"withdrew it from {to}", release.withdrawn_because, "release")
    for correction in session.scalars(select(Correction).where(Correction.submission == submission)):
        yield Event(correction.at, called.get(correction.by, correction.by), "a correction was drafted", kind="release")
        if correction.released_at:
            yield Event(correction.released_at, called.get(correction.released_by, correction.released_by),
                        "let the correction go out", kind="release")


def _back(session: Session, submission: str, called: Mapping[str, str]) -> Iterator[Event]:
    from sqlalchemy import select

    from store.tables_review import Feedback

    for each in session.scalars(select(Feedback).where(Feedback.submission == submission)):
        yield Event(each.at, called.get(each.by, each.by), _FEEDBACK[each.kind], each.text, "feedback")
        if each.answered_at:
            yield Event(each.answered_at, called.get(each.answered_by, each.answered_by), "answered", each.answer, "feedback")


def _audited(session: Session, submission: str, called: Mapping[str, str]) -> Iterator[Event]:
    from sqlalchemy import select

    from store.tables import Audit

    for each in session.scalars(select(Audit).where(Audit.subject == f"submission:{submission}", Audit.action.in_(_WORK))):
        who = "Deckprism" if each.actor == "deckprism" else called.get(each.actor, each.actor)
        yield Event(each.at, who, _WORK[each.action], kind="work")
