"""Tables of people: who may sign in, what each may do, who is signed in now, and the tokens of programs.

Passwords are argon2 hashes; cookies and tokens are kept as SHA-256 only, so the database lets nobody in.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base, one_of

ROLES = ("submitter", "reviewer", "approver", "publisher", "auditor", "administrator")
SCOPES = ("submit", "read", "review", "approve", "release", "administer")


class User(Base):
    """Somebody who works at the desk. `password` is empty for people who come in through a trusted proxy."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    display: Mapped[str] = mapped_column(String(150), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    team: Mapped[str] = mapped_column(String(120), default="")
    password: Mapped[str] = mapped_column(Text, default="")
    #: Whether single-letter keys act on the review page.
    keys: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[str] = mapped_column(String(32))
    disabled_at: Mapped[str | None] = mapped_column(String(32))


class UserRole(Base):
    """A role of a user; a reviewer's is for one category, '*' is all of them."""

    __tablename__ = "user_roles"
    __table_args__ = (one_of("role", ROLES),)

    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True, default="*")


class Login(Base):
    """A browser that is signed in. `id` is the SHA-256 of its cookie."""

    __tablename__ = "logins"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[str] = mapped_column(String(32))


class Token(Base):
    """A key of a program: acts as its user, within its scopes, until it expires."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    hash: Mapped[str] = mapped_column("token_hash", String(64), unique=True)
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(120), default="")
    scopes: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[str] = mapped_column(String(32))
    used_at: Mapped[str | None] = mapped_column(String(32))
    revoked_at: Mapped[str | None] = mapped_column(String(32))


class Attempt(Base):
    """A sign-in that failed or is being tried, for the limits by account and by address."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    subject: Mapped[str] = mapped_column(String(160))
    at: Mapped[str] = mapped_column(String(32))


class Setting(Base):
    """What administrators set on the page: routing, policy, retention; one JSON value for a name."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
