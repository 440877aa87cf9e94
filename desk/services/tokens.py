"""What everybody manages for themselves: name, keys, password, tokens of programs, and where they are signed in.

None of it can be done with a token: a token must not make another one, nor let anybody in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import InputError
from desk.rights import Actor, Forbidden, NotThere
from desk.services.office import Office, reading, writing
from desk.services.submissions import line
from store import audit, people
from store.database import now

if TYPE_CHECKING:
    from store.tables_people import User


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as the list shows it: never its value."""

    id: str
    label: str
    scopes: tuple[str, ...]
    made_at: str
    expires_at: str
    used_at: str
    #: in force, revoked or run out.
    state: str


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in; `here` is the one that asks."""

    made_at: str
    seen_at: str
    here: bool


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own page."""

    name: str
    display: str
    team: str
    keys: bool
    has_password: bool
    roles: tuple[tuple[str, str], ...]
    tokens: tuple[TokenRow, ...]
    sessions: tuple[Session, ...]


def own(office: Office, actor: Actor, cookie: str = "") -> Own:
    """One's own page. `cookie` tells which sign-in is the one that asks."""
    from sqlalchemy import select

    from store.tables_people import Login, Token

    _in_person(actor)
    here, moment = hashlib.sha256(cookie.encode()).hexdigest(), now()
    with reading(office.engine) as session:
        user = _user(session, actor)
        tokens = session.scalars(select(Token).where(Token.user == actor.name).order_by(Token.made_at.desc())).all()
        logins = session.scalars(select(Login).where(Login.user == actor.name).order_by(Login.seen_at.desc())).all()
        live = [each for each in logins if people.is_live(each.made_at, each.seen_at)]
        return Own(
            user.name, user.display, user.team, user.keys, bool(user.password), tuple(sorted(actor.person.roles)),
            tuple(TokenRow(each.id, each.label, tuple(each.scopes.split()), each.made_at, each.expires_at, each.used_at or "",
                           "revoked" if each.revoked_at else "run out" if each.expires_at < moment else "in force")
                  for each in tokens),
            tuple(Session(each.made_at, each.seen_at, each.id == here) for each in live))


def set_profile(office: Office, actor: Actor, display: str, *, keys: bool) -> None:
    """Change how one is called, and whether single-letter keys act. Raises Forbidden for a token."""
    _in_person(actor)
    with writing(office.engine) as session:
        user = _user(session, actor)
        user.display, user.keys = line(display, 150) or user.name, keys
        audit.record(session, office.key, actor.name, "profile_changed", f"user:{actor.name}", {"keys": int(keys)})


def change_password(office: Office, actor: Actor, old: str, new: str, address: str = "") -> str:
    """Take another password; every sign-in ends, and the cookie of a fresh one is returned.

    Raises InputError when the old one is wrong (five tries a minute) or the new one too short.
    """
    _in_person(actor)
    with writing(office.engine) as session:
        free = people.begin_attempt(session, actor.name, address)
        stored = people.stored_password(session, actor.name)
    if not free:
        raise InputError("the password", "was tried too often", "Wait a minute and try again")
    if not people.check_password(stored, old):
        raise InputError("the password you have now", "is not right", "Try again, or ask an administrator for a link")
    with writing(office.engine) as session:
        people.forgive_attempt(session, actor.name, address)
    hashed = people.hash_password(new)
    with writing(office.engine) as session:
        people.set_password(session, actor.name, hashed)
        audit.record(session, office.key, actor.name, "password_set", f"user:{actor.name}")
        return people.sign_in(session, actor.name)


def make_token(office: Office, actor: Actor, scopes: Sequence[str], days: int, label: str = "") -> str:
    """Make a token of one's own; its value is returned this once. Raises InputError for scopes or days that cannot be."""
    _in_person(actor)
    return _make(office, actor.name, actor.name, scopes, days, label)


def make_token_for(office: Office, actor: Actor, name: str, scopes: Sequence[str], days: int, label: str = "") -> str:
    """Make a token of somebody, on the machine itself. Raises Forbidden, NotThere."""
    from desk.rights import Act, require

    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        if people.person(session, name) is None:
            raise NotThere(f"user {name}", "is not known, or shut out", "`deckprism users list` shows all")
    return _make(office, actor.name, name, scopes, days, label)


def revoke(office: Office, actor: Actor, identity: str) -> None:
    """End a token of one's own. Raises NotThere when there is none."""
    _in_person(actor)
    with writing(office.engine) as session:
        if not people.revoke_token(session, identity[:16], actor.name):
            raise NotThere("this token", "is not one of yours", "Look at the list")
        audit.record(session, office.key, actor.name, "token_revoked", f"user:{actor.name}", {"token": identity[:16]})


def sign_out_everywhere(office: Office, actor: Actor) -> int:
    """End every sign-in, this one too; returns how many there were."""
    from sqlalchemy import delete, func, select

    from store.tables_people import Login

    _in_person(actor)
    with writing(office.engine) as session:
        count = session.scalar(select(func.count()).select_from(Login).where(Login.user == actor.name)) or 0
        session.execute(delete(Login).where(Login.user == actor.name))
        audit.record(session, office.key, actor.name, "signed_out_everywhere", f"user:{actor.name}", {"sign_ins": count})
    return count


def _make(office: Office, by: str, name: str, scopes: Sequence[str], days: int, label: str) -> str:
    with writing(office.engine) as session:
        value = people.make_token(session, name, scopes, days, line(label, 120))
        audit.record(session, office.key, by, "token_made", f"user:{name}",
                     {"token": value.split("_")[1], "scopes": " ".join(sorted(scopes)), "days": days})
    return value


def _in_person(actor: Actor) -> None:
    if actor.scopes is not None:
        raise Forbidden("your own page", "cannot be used with a token", "Sign in with a browser")


def _user(session: object, actor: Actor) -> User:
    from sqlalchemy.orm import Session as Orm

    from store.tables_people import User

    assert isinstance(session, Orm)
    row = session.get(User, actor.name)
    if row is None:
        raise NotThere("this user", "is not known", "Sign in again")
    return row
