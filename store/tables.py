"""The tables. Times are ISO 8601 in UTC, so that they sort as text and read the same on every database.

Documents, findings and decisions hold no text of the source: a finding keeps a keyed hash and a masked preview. The
originals are in the file store, by their hash. Changes of this file need a migration; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: One rule for the names of constraints, so that migrations on both databases can name them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

SUBMISSION_STATES = ("received", "scanning", "in_review", "decided", "approved", "released", "withdrawn",
                     "quarantined", "rejected")
FINDING_STATES = ("open", "replaced", "removed", "kept", "unit_dropped", "escalated")
ACTIONS = ("replace", "remove", "keep", "drop_unit")
SCOPES = ("words", "document", "everywhere")
BATCH_STATES = ("running", "done", "interrupted")
ITEM_STATES = ("waiting", "running", "clear", "held", "failed", "quarantined", "skipped")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that a column holds one of a closed list of words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


class Base(DeclarativeBase):
    """The common metadata."""

    metadata = MetaData(naming_convention=NAMES)


class File(Base):
    """A file in the file store."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120), default="")
    stored_at: Mapped[str] = mapped_column(String(32))


class Document(Base):
    """A source file that was read once: one row for one content, however often it was handed in."""

    __tablename__ = "documents"

    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(16), default="")
    units: Mapped[int] = mapped_column(default=0)
    first_seen: Mapped[str] = mapped_column(String(32))


class Submission(Base):
    """Somebody handed in a document. `version` rises with every change; a write with an old one is refused."""

    __tablename__ = "submissions"
    __table_args__ = (one_of("state", SUBMISSION_STATES), Index(None, "state", "changed_at"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(150))
    by: Mapped[str] = mapped_column(String(120), default="")
    purpose: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[str] = mapped_column(String(32))


class Finding(Base):
    """A finding of a submission, without its text."""

    __tablename__ = "findings"
    __table_args__ = (one_of("state", FINDING_STATES), Index(None, "submission", "state"))

    submission: Mapped[str] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    group: Mapped[str] = mapped_column("group_id", String(64), index=True)
    rule: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    confidence: Mapped[float]
    unit: Mapped[int]
    part: Mapped[str] = mapped_column(String(20))
    block: Mapped[str] = mapped_column(String(40), default="")
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    text_hash: Mapped[str] = mapped_column(String(64))
    preview: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20), default="open")
    version: Mapped[int] = mapped_column(default=1)


class Decision(Base):
    """A reviewer's word on a finding or a group. A later one replaces it; both stay."""

    __tablename__ = "decisions"
    __table_args__ = (
        one_of("action", ACTIONS),
        CheckConstraint("(group_id IS NULL) <> (finding IS NULL)", name="one_target"),
        CheckConstraint("action <> 'replace' OR text IS NOT NULL", name="replace_has_text"),
        CheckConstraint("action <> 'keep' OR reason IS NOT NULL", name="keep_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission: Mapped[str] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    group: Mapped[str | None] = mapped_column("group_id", String(64))
    finding: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(12))
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))


class RememberedDecision(Base):
    """A decision that holds for later documents too; one that holds everywhere only once somebody confirmed it."""

    __tablename__ = "remembered_decisions"
    __table_args__ = (one_of("action", ACTIONS), one_of("scope", SCOPES))

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    scope: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(20))
    preview: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(12))
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    until: Mapped[str | None] = mapped_column(String(10))
    confirmed_by: Mapped[str | None] = mapped_column(String(120))
    confirmed_at: Mapped[str | None] = mapped_column(String(32))


class RememberedMark(Base):
    """By what a remembered decision is recognised: a keyed hash of the text and of what must stand around it."""

    __tablename__ = "remembered_marks"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    decision: Mapped[str] = mapped_column(ForeignKey("remembered_decisions.id", ondelete="CASCADE"), index=True)


class Outbox(Base):
    """Work that must happen because of a change written in the same transaction. `key` makes it happen once."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "done_at", "leased_until"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column("work_key", String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    put_at: Mapped[str] = mapped_column(String(32))
    leased_until: Mapped[str] = mapped_column(String(32), default="")
    leased_by: Mapped[str] = mapped_column(String(120), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(60), default="")
    done_at: Mapped[str | None] = mapped_column(String(32))


class Audit(Base):
    """Who did what, in a chain of hashes. Triggers refuse to change or delete a row."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(160), index=True)
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Batch(Base):
    """One run over many files."""

    __tablename__ = "batches"
    __table_args__ = (one_of("state", BATCH_STATES),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    out: Mapped[str] = mapped_column(Text)
    configuration: Mapped[str] = mapped_column(String(64))
    options: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[str] = mapped_column(String(32))
    ended_at: Mapped[str | None] = mapped_column(String(32))


class BatchItem(Base):
    """One file of a batch. `pack_state` is what its pack is, also when the file was skipped this time."""

    __tablename__ = "batch_items"
    __table_args__ = (
        one_of("state", ITEM_STATES),
        UniqueConstraint("batch", "number"),
        Index(None, "sha256", "configuration", "state"),
    )

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    configuration: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    pack_state: Mapped[str] = mapped_column(String(12), default="")
    folder: Mapped[str] = mapped_column(Text, default="")
    same_as: Mapped[str] = mapped_column(String(48), default="")
    code: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[str] = mapped_column(Text, default="{}")
    seconds: Mapped[float] = mapped_column(default=0.0)
