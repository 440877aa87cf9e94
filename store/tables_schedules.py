"""The tables of what runs by itself: the schedules as they were deployed, and every slot that was taken.

A slot is one moment at which a schedule was due. The pair of name and moment is unique: whoever writes the row does the
work, and nobody else ever does. Paths stay here; Prefect is told names alone.
"""

from __future__ import annotations

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base, one_of

SCHEDULE_KINDS = ("batch", "watch", "reconcile", "retention")
SLOT_STATES = ("running", "done", "look", "failed", "missed", "interrupted")


class ScheduleRow(Base):
    """A schedule: its times, and as JSON what it works on."""

    __tablename__ = "schedules"
    __table_args__ = (one_of("kind", SCHEDULE_KINDS),)

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    cron: Mapped[str] = mapped_column(String(120))
    time_zone: Mapped[str] = mapped_column(String(60))
    spec: Mapped[str] = mapped_column(Text)
    deployed_at: Mapped[str] = mapped_column(String(32))


class ScheduleSlot(Base):
    """A slot that was taken, or missed. The name is no foreign key: what was done stays when a schedule goes."""

    __tablename__ = "schedule_slots"
    __table_args__ = (
        one_of("state", SLOT_STATES),
        UniqueConstraint("schedule", "due_at"),
        Index(None, "schedule", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    schedule: Mapped[str] = mapped_column(String(60))
    #: The moment it was due, UTC, whole seconds.
    due_at: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(12))
    by_hand: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    taken_by: Mapped[str] = mapped_column(String(120), default="")
    taken_at: Mapped[str] = mapped_column(String(32))
    ended_at: Mapped[str | None] = mapped_column(String(32))
    code: Mapped[str] = mapped_column(String(60), default="")
    #: One line for people: counts, or what went wrong; never text of a document.
    outcome: Mapped[str] = mapped_column(Text, default="")
