"""Tables of the desk: how far a submission is, who holds it, what was said of it, its builds, approvals and releases.

What a build says lies in its folder in the data folder. Text that people at the desk write (comments, edits, reasons,
questions of customers) is theirs and stands here; text of a document does not.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base, one_of

JOB_STATES = ("waiting", "running", "done", "failed", "cancelled")
BUILD_STATES = ("waiting", "running", "done", "failed")
AUDIENCES = ("pilot", "all")
FEEDBACK_KINDS = ("question", "complaint", "result")
CORRECTION_STATES = ("draft", "approved", "released")


def _of_submission(*, primary_key: bool = False, index: bool | None = None) -> Mapped[str]:
    return mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=primary_key, index=index)


class Intake(Base):
    """What the submitter said of a submission: one row for each."""

    __tablename__ = "intakes"

    submission: Mapped[str] = _of_submission(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    audience: Mapped[str] = mapped_column(String(200), default="")
    channels: Mapped[str] = mapped_column(String(200), default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Job(Base):
    """How far the work on a submission is: its stage, and the seconds of each stage that ended, as JSON."""

    __tablename__ = "jobs"
    __table_args__ = (one_of("state", JOB_STATES),)

    submission: Mapped[str] = _of_submission(primary_key=True)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    stage: Mapped[str] = mapped_column(String(20), default="")
    seconds: Mapped[str] = mapped_column(Text, default="{}")
    attempts: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(60), default="")
    #: One line for people: what, where, what to do.
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[str] = mapped_column(String(32))


class Claim(Base):
    """Who works on a submission, until when unless they say so again."""

    __tablename__ = "claims"

    submission: Mapped[str] = _of_submission(primary_key=True)
    user: Mapped[str] = mapped_column("user_name", String(120))
    until: Mapped[str] = mapped_column(String(32))


class Presence(Base):
    """Who has a submission open, seen last when: two reviewers at once see each other."""

    __tablename__ = "presences"

    submission: Mapped[str] = _of_submission(primary_key=True)
    user: Mapped[str] = mapped_column("user_name", String(120), primary_key=True)
    seen_at: Mapped[str] = mapped_column(String(32))


class Comment(Base):
    """A remark or question about a submission, a unit or a group of findings."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission: Mapped[str] = _of_submission(index=True)
    group: Mapped[str | None] = mapped_column("group_id", String(64))
    unit: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))


class Missed(Base):
    """A place that a reviewer marked because no rule found it; offsets only, the text stays in the document."""

    __tablename__ = "missed"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    submission: Mapped[str] = _of_submission(index=True)
    unit: Mapped[int]
    block: Mapped[str] = mapped_column(String(40))
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    undone_at: Mapped[str | None] = mapped_column(String(32))


class Edit(Base):
    """A sentence of a piece as somebody rewrote it. `segment` counts from 0; `before` is the hash of what stood there."""

    __tablename__ = "edits"
    __table_args__ = (Index(None, "submission", "piece"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission: Mapped[str] = _of_submission()
    piece: Mapped[str] = mapped_column(String(200))
    segment: Mapped[int]
    before: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    undone_at: Mapped[str | None] = mapped_column(String(32))


class Shape(Base):
    """How the pieces of a submission are to be cut: topics begun by hand, pieces left out; JSON lists, with a version."""

    __tablename__ = "shapes"

    submission: Mapped[str] = _of_submission(primary_key=True)
    #: Unit numbers at which a topic begins, as people moved them; empty means as found.
    topics_at: Mapped[str] = mapped_column(Text, default="[]")
    #: Names of pieces left out.
    left_out: Mapped[str] = mapped_column(Text, default="[]")
    version: Mapped[int] = mapped_column(default=1)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))


class Build(Base):
    """The pieces as they came out of one state of decisions, edits and shape; `basis` is the digest of that state."""

    __tablename__ = "builds"
    __table_args__ = (one_of("state", BUILD_STATES), UniqueConstraint("submission", "number"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    submission: Mapped[str] = _of_submission(index=True)
    number: Mapped[int]
    basis: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    #: held or clear.
    status: Mapped[str] = mapped_column(String(12), default="")
    slug: Mapped[str] = mapped_column(String(120), default="")
    #: SHA-256 over path and hash of every file but pack.json and report.html: what is approved and signed.
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    figures: Mapped[str] = mapped_column(Text, default="{}")
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[str] = mapped_column(String(32))


class Approval(Base):
    """Somebody's word that a content may go out. Void as soon as anything of the content changes."""

    __tablename__ = "approvals"
    __table_args__ = (UniqueConstraint("submission", "content_hash", "by"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission: Mapped[str] = _of_submission(index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    void_at: Mapped[str | None] = mapped_column(String(32))
    void_because: Mapped[str] = mapped_column(String(60), default="")


class Acknowledgement(Base):
    """Customer service has read the heads-up of a content."""

    __tablename__ = "acknowledgements"

    submission: Mapped[str] = _of_submission(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))


class Release(Base):
    """A content that went out to an audience. `signature` is the HMAC of its content hash."""

    __tablename__ = "releases"
    __table_args__ = (one_of("audience", AUDIENCES), UniqueConstraint("submission", "content_hash", "audience"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    submission: Mapped[str] = _of_submission(index=True)
    build: Mapped[str] = mapped_column(ForeignKey("builds.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
    audience: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    published_at: Mapped[str | None] = mapped_column(String(32))
    withdrawn_at: Mapped[str | None] = mapped_column(String(32))
    withdrawn_by: Mapped[str] = mapped_column(String(120), default="")
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")


class Correction(Base):
    """What is said to those who had something that was withdrawn: drafted, approved by another person, released."""

    __tablename__ = "corrections"
    __table_args__ = (one_of("state", CORRECTION_STATES),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    submission: Mapped[str] = _of_submission(index=True)
    language: Mapped[str] = mapped_column(String(16), default="en")
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    approved_by: Mapped[str] = mapped_column(String(120), default="")
    approved_at: Mapped[str | None] = mapped_column(String(32))
    released_by: Mapped[str] = mapped_column(String(120), default="")
    released_at: Mapped[str | None] = mapped_column(String(32))


class Feedback(Base):
    """What came back after a release: a question, a complaint or a result, about a piece and its topic."""

    __tablename__ = "feedback"
    __table_args__ = (one_of("kind", FEEDBACK_KINDS), Index(None, "topic"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission: Mapped[str] = _of_submission(index=True)
    piece: Mapped[str] = mapped_column(String(200), default="")
    #: Title of the topic, with its keyphrases folded to find the next submission on it.
    topic: Mapped[str] = mapped_column(String(200), default="")
    keyphrases: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    #: What became of it: the answer, or what was changed.
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[str | None] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
