"""Users and their roles, as administrators manage them: add, change, shut out, let in, and a link to set a password.

The last administrator stays one. Nobody is ever told a password: whoever is added gets a link that works once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from content.errors import InputError
from desk.rights import Act, Actor, NotThere, require
from desk.services.office import Office, reading, set_setting, setting, writing
from desk.services.setup import BadLink
from desk.services.submissions import line
from store import audit, people
from store.database import now
from store.people import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_people import User

#: Who the audit names when the command is used on the machine itself, without a token. No user can be called this.
OPERATOR = "the operator"
#: How long a link to set a password works.
LINK_HOURS = 24
_LINK = "password_link:"
Roles = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the list shows them; `seen_at` is '' for somebody who is not signed in."""

    name: str
    display: str
    team: str
    email: str
    roles: tuple[tuple[str, str], ...]
    has_password: bool
    made_at: str
    seen_at: str
    disabled_at: str


def operator() -> Actor:
    """Whoever can read the data folder of this machine: they may administer, and nothing else."""
    return Actor(Person(OPERATOR, "Operator", "", frozenset({("administrator", "*")})))


def users(office: Office, actor: Actor) -> tuple[UserRow, ...]:
    """All users, those shut out last. Raises Forbidden."""
    from sqlalchemy import func, select

    from store.tables_people import Login, User, UserRole

    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        roles: dict[str, list[tuple[str, str]]] = {}
        for row in session.execute(select(UserRole.user, UserRole.role, UserRole.category).order_by(UserRole.category)):
            roles.setdefault(row.user, []).append((row.role, row.category))
        seen = {row.user: row.at for row in session.execute(
            select(Login.user, func.max(Login.seen_at).label("at")).group_by(Login.user))}
        rows = session.scalars(select(User).order_by(User.disabled_at.is_not(None), User.name)).all()
    return tuple(UserRow(row.name, row.display, row.team, row.email, tuple(roles.get(row.name, ())), bool(row.password),
                         row.made_at, seen.get(row.name, ""), row.disabled_at or "") for row in rows)


def add(office: Office, actor: Actor, name: str, roles: Roles, display: str = "", team: str = "", email: str = "") -> str:
    """Make a user; returns the secret of the link with which they set their password. Raises Forbidden, InputError."""
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        made = people.add_user(session, name, "", roles, line(display, 150), line(team, 120), line(email, 200))
        audit.record(session, office.key, actor.name, "user_made", f"user:{made.name}", {"roles": _said(roles)})
        return _new_link(session, made.name, actor.name)


def change(office: Office, actor: Actor, name: str, roles: Roles, display: str, team: str, email: str = "") -> None:
    """Give a user exactly these roles and details. Where the roles change, they have to sign in again.

    Raises Forbidden, NotThere, and InputError when nobody would be left to administer.
    """
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        row = _user(session, name)
        wanted = frozenset((role, category if role == "reviewer" else "*") for role, category in roles)
        if ("administrator", "*") not in wanted:
            _keep_one(session, name)
        found = people.person(session, name)
        if found is None or found.roles != wanted:
            people.set_roles(session, name, sorted(wanted))
        row.display, row.team, row.email = line(display, 150) or name, line(team, 120), line(email, 200)
        audit.record(session, office.key, actor.name, "roles_changed", f"user:{name}", {"roles": _said(sorted(wanted))})


def disable(office: Office, actor: Actor, name: str) -> None:
    """Shut a user out at once: sign-ins and tokens end. Raises Forbidden, NotThere, InputError for the last administrator."""
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        _user(session, name)
        _keep_one(session, name)
        people.disable(session, name)
        audit.record(session, office.key, actor.name, "user_disabled", f"user:{name}")


def enable(office: Office, actor: Actor, name: str) -> None:
    """Let a user in again, with the roles they had; their tokens stay revoked. Raises Forbidden, NotThere."""
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        _user(session, name).disabled_at = None
        audit.record(session, office.key, actor.name, "user_enabled", f"user:{name}")


def password_link(office: Office, actor: Actor, name: str) -> str:
    """The secret of a fresh link with which a user sets a password; an older one stops working."""
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        _user(session, name)
        audit.record(session, office.key, actor.name, "password_link", f"user:{name}")
        return _new_link(session, name, actor.name)


def whose_link(office: Office, secret: str) -> str:
    """The name of the user that a link is for. Raises BadLink when it was used, replaced or has run out."""
    with reading(office.engine) as session:
        return _whose(session, secret)


def use_link(office: Office, secret: str, password: str) -> str:
    """Set the password that a link is for; returns the name. All sign-ins of the user end."""
    whose_link(office, secret)
    hashed = people.hash_password(password)
    with writing(office.engine) as session:
        name = _whose(session, secret)
        people.set_password(session, name, hashed)
        set_setting(session, _key(secret), "", name)
        audit.record(session, office.key, name, "password_set", f"user:{name}")
    return name


def set_password(office: Office, actor: Actor, name: str, password: str) -> None:
    """Set a user's password on the machine itself. Raises Forbidden, NotThere, InputError when it is too short."""
    require(actor, Act.ADMINISTER)
    hashed = people.hash_password(password)
    with writing(office.engine) as session:
        _user(session, name)
        people.set_password(session, name, hashed)
        audit.record(session, office.key, actor.name, "password_set", f"user:{name}")


def read_roles(words: Sequence[str]) -> list[tuple[str, str]]:
    """Roles as people write them ("approver", "reviewer:customer"), as (role, category)."""
    found = []
    for word in words:
        role, _, category = word.strip().partition(":")
        if role:
            found.append((role, category or "*"))
    return found


def _said(roles: Roles) -> str:
    return " ".join(role if category == "*" else f"{role}:{category}" for role, category in roles)[:300]


def _user(session: Session, name: str) -> User:
    from store.tables_people import User

    row = session.get(User, name, with_for_update=True)
    if row is None:
        raise NotThere("this user", "is not known", "Look at the list of users")
    return row


def _keep_one(session: Session, name: str) -> None:
    """Raises InputError when nobody but `name` may administer."""
    from sqlalchemy import select

    from store.tables_people import User, UserRole

    others = session.scalars(
        select(UserRole.user).join(User, User.name == UserRole.user)
        .where(UserRole.role == "administrator", User.disabled_at.is_(None), User.name != name).with_for_update()).first()
    if others is None:
        raise InputError(f"user {name}", "is the last administrator", "Make somebody else an administrator first")


def _new_link(session: Session, name: str, by: str) -> str:
    from sqlalchemy import delete, select

    from store.tables_people import Setting

    for row in session.scalars(select(Setting).where(Setting.name.startswith(_LINK))):
        said = json.loads(row.value)
        if not isinstance(said, dict) or said.get("user") == name:
            session.execute(delete(Setting).where(Setting.name == row.name))
    secret = secrets.token_urlsafe(32)
    until = (datetime.now(UTC) + timedelta(hours=LINK_HOURS)).isoformat(timespec="microseconds")
    set_setting(session, _key(secret), {"user": name, "until": until}, by)
    return secret


def _whose(session: Session, secret: str) -> str:
    from store.tables_people import User

    said = json.loads(setting(session, _key(secret), '""'))
    row = session.get(User, str(said.get("user", ""))) if isinstance(said, dict) else None
    if row is None or row.disabled_at is not None or str(said["until"]) < now():
        raise BadLink("the link", "was used, has run out or was replaced by a newer one", "Ask an administrator for another")
    return row.name


def _key(secret: str) -> str:
    return _LINK + hashlib.sha256(secret.encode()).hexdigest()[:40]
