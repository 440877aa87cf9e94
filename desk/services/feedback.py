"""What came back after a release: questions, complaints and results, and how the next talk on the topic learns of them.

What people say is their own and stands in the database; it is matched to later topics by folded keyphrases and titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import DeckprismError, InputError
from content.topic import Topic
from desk.rights import Act, Actor, Case, NotThere, may, require
from desk.services.material import scanned
from desk.services.office import Office, reading, writing
from desk.services.submissions import display, known_form, paragraph
from language.fold import folded
from store import audit
from store.database import now
from store.tables_review import FEEDBACK_KINDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission
    from store.tables_review import Feedback

#: What the kinds are called on the page.
KINDS = {"question": "Question", "complaint": "Complaint", "result": "Result"}
_LONGEST = 4000
#: Rows that are looked through for a topic, and hints that are shown.
_LOOKED, _SHOWN = 500, 8
_WORD = re.compile(r"[^\W_]{4,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came back."""

    id: int
    kind: str
    piece: str
    topic: str
    text: str
    by: str
    at: str
    answer: str
    answered_by: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """What came back about a submission, and what it can be about: names of pieces and topics."""

    submission: str
    title: str
    entries: tuple[Entry, ...]
    pieces: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What customers said about a topic before. `submission` is '' when whoever asks may not open it."""

    kind: str
    text: str
    answer: str
    topic: str
    at: str
    submission: str


def feedback(office: Office, actor: Actor, submission: str) -> FeedbackPage:
    """What came back about a submission. Raises NotThere, Forbidden before it is released."""
    from sqlalchemy import select

    from store.tables_review import Feedback, Intake

    with reading(office.engine) as session:
        row = _released(session, actor, submission)
        intake = session.get(Intake, submission)
        title = (intake.title if intake else "") or row.name
        rows = session.scalars(select(Feedback).where(Feedback.submission == submission)
                               .order_by(Feedback.at.desc(), Feedback.id.desc())).all()
        entries = tuple(_entry(session, each) for each in rows)
    topics = _topics(office, submission)
    return FeedbackPage(submission, title, entries, _pieces(office, submission), tuple(each.title for each in topics))


def record(office: Office, actor: Actor, submission: str, kind: str, text: str, piece: str = "", topic: str = "") -> int:
    """Put down what came back; returns its number. Raises NotThere, Forbidden, InputError."""
    from store.tables_review import Feedback

    said = paragraph(text, _LONGEST)
    with reading(office.engine) as session:
        _released(session, actor, submission)  # who may not see it learns nothing of its topics
    if kind not in FEEDBACK_KINDS:
        raise InputError("the kind", "is not known", f"Take one of {', '.join(FEEDBACK_KINDS)}")
    if not said:
        raise InputError("the text", "is empty", "Write what was asked, complained about or achieved")
    topics = _topics(office, submission) if known_form(submission) else ()
    about = [each for each in topics if each.title == topic]
    if topic and topics and not about:
        raise InputError("the topic", "is not one of this talk", "Take one of the list")
    if piece and piece not in (there := _pieces(office, submission)) and there:
        raise InputError("the piece", "is not one of this talk", "Take one of the list")
    phrases = {folded(phrase) for each in (about or topics) for phrase in each.keyphrases}
    with writing(office.engine) as session:
        _released(session, actor, submission)
        only = topics[0].title if len(topics) == 1 else ""
        row = Feedback(submission=submission, piece=piece[:200], topic=(topic or only)[:200],
                       keyphrases="\n".join(sorted(phrases))[:4000], kind=kind, text=said, by=actor.name, at=now())
        session.add(row)
        session.flush()
        audit.record(session, office.key, actor.name, "feedback", f"submission:{submission}",
                     {"kind": kind, "number": row.id})
        return row.id


def answer(office: Office, actor: Actor, submission: str, number: int, text: str) -> None:
    """Say what became of it. Raises NotThere, Forbidden, InputError."""
    from store.tables_review import Feedback

    said = paragraph(text, _LONGEST)
    if not said:
        raise InputError("the answer", "is empty", "Write what was answered or changed")
    with writing(office.engine) as session:
        _released(session, actor, submission)
        row = session.get(Feedback, number, with_for_update=True)
        if row is None or row.submission != submission:
            raise NotThere("this entry", "is not here", "Look at the list")
        row.answer, row.answered_by, row.answered_at = said, actor.name, now()
        audit.record(session, office.key, actor.name, "feedback_answered", f"submission:{submission}", {"number": number})


def hints_for(office: Office, actor: Actor, submission: str) -> tuple[Hint, ...]:
    """What customers said about the topics of a submission, in earlier ones; empty before it was read."""
    topics = _topics(office, submission)
    return for_topics(office, actor, topics, without=submission) if topics else ()


def for_topics(office: Office, actor: Actor, topics: Sequence[Topic], without: str = "") -> tuple[Hint, ...]:
    """What customers said about topics before, the newest first. Only what was recorded after a release is ever here."""
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Feedback

    phrases = {folded(phrase) for topic in topics for phrase in topic.keyphrases} - {""}
    titles = [_words(topic.title) for topic in topics]
    with reading(office.engine) as session:
        rows = session.execute(
            select(Feedback, Submission.by, Submission.state).join(Submission, Submission.id == Feedback.submission)
            .where(Feedback.submission != without).order_by(Feedback.at.desc()).limit(_LOOKED)).all()
    found = []
    for row, owner, state in rows:
        if phrases & set(row.keyphrases.split("\n")) or any(_alike(_words(row.topic), each) for each in titles):
            open_to = row.submission if may(actor, Act.SEE, Case(owner=owner, state=state)) else ""
            found.append(Hint(row.kind, row.text, row.answer, row.topic, row.at, open_to))
    return tuple(found[:_SHOWN])


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(title)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two words in common, or most of the shorter title."""
    common = len(one & other)
    return common >= 2 or (common > 0 and common >= 0.6 * min(len(one), len(other)))


def _released(session: Session, actor: Actor, submission: str) -> Submission:
    """The row, for somebody who may see it: what went to everybody, everybody at the desk may speak of."""
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Release

    row = session.get(Submission, submission) if known_form(submission) else None
    if row is None:
        raise _nothing()
    case = Case(owner=row.by, state=row.state)
    public = session.scalar(select(Release.id).where(Release.submission == submission, Release.audience == "all").limit(1))
    if not public and not may(Actor(actor.person), Act.SEE, case):
        raise _nothing()
    require(actor, Act.FEEDBACK, case)
    return row


def _nothing() -> NotThere:
    return NotThere("this submission", "is not here", "Check the address, or look at the list of releases")


def _entry(session: Session, row: Feedback) -> Entry:
    return Entry(row.id, row.kind, row.piece, row.topic, row.text, display(session, row.by), row.at, row.answer,
                 display(session, row.answered_by) if row.answered_by else "", row.answered_at or "")


def _topics(office: Office, submission: str) -> tuple[Topic, ...]:
    try:
        return scanned(office, submission).topics
    except DeckprismError:  # purged, or not read yet: there is nothing to choose from
        return ()


def _pieces(office: Office, submission: str) -> tuple[str, ...]:
    try:
        pack = scanned(office, submission).pack
    except DeckprismError:
        return ()
    return tuple(each.name for each in pack.drafts) if pack is not None else ()
