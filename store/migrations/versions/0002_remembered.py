"""Remembered decisions with as many marks as they need. The first form of the table was never written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Put the table of the first schema away and make the two that took its place."""
    op.drop_table("remembered_decisions")
    op.create_table(
        "remembered_decisions",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("preview", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("confirmed_by", sa.String(length=120), nullable=True),
        sa.Column("confirmed_at", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "action IN ('replace', 'remove', 'keep', 'drop_unit')", name=op.f("ck_remembered_decisions_action")
        ),
        sa.CheckConstraint("scope IN ('words', 'document', 'everywhere')", name=op.f("ck_remembered_decisions_scope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_decisions")),
    )
    op.create_table(
        "remembered_marks",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision"], ["remembered_decisions.id"], ondelete="CASCADE",
            name=op.f("fk_remembered_marks_decision"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_remembered_marks")),
    )
    op.create_index(op.f("ix_remembered_marks_decision"), "remembered_marks", ["decision"], unique=False)
