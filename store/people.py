"""Who may sign in and what each may do: users, roles, sign-ins and tokens.

Every secret is shown once, when it is made, and kept as a hash only. Calls that write belong in a writing transaction;
hashing a password costs about a quarter of a second, so it is done before the transaction begins.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from content.errors import InputError
from content.finding import Category
from store.database import now
from store.tables_people import ROLES, SCOPES

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from sqlalchemy.orm import Session

#: A browser is signed out after so long in all, and after so long without a request.
ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=60)
#: Sign-ins that may fail within a minute, for one account and for one address.
PER_ACCOUNT, PER_ADDRESS = 5, 20
SHORTEST_PASSWORD = 12
#: A hash takes 64 MB while it is made: so many at once, the others wait.
_HASHING = threading.BoundedSemaphore(4)
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,118}")
_MARK = "dp_"


@dataclass(frozen=True, slots=True)
class Person:
    """A user with the roles in force, each as (role, category)."""

    name: str
    display: str
    team: str
    roles: frozenset[tuple[str, str]]
    keys: bool = True


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser's sign-in: who, and the secret that each of its forms must carry."""

    person: Person
    csrf: str
    #: When the browser was noted last, as it is stored.
    seen_at: str = ""


def add_user(session: Session, name: str, password_hash: str, roles: Sequence[tuple[str, str]], display: str = "",
             team: str = "", email: str = "") -> Person:
    """Make a user. Raises InputError when the name is taken or not usable, or a role is unknown."""
    from store.tables_people import User

    clean = name.strip().lower()
    if not _NAME.fullmatch(clean):
        raise InputError("name", "is not usable", "Take letters, digits and . _ @ + -, without spaces")
    if session.get(User, clean) is not None:
        raise InputError(f"user {clean}", "exists already", "Take another name")
    session.add(User(name=clean, display=display or clean, email=email, team=team, password=password_hash, made_at=now()))
    session.flush()
    set_roles(session, clean, roles)
    found = person(session, clean)
    assert found is not None
    return found


def set_roles(session: Session, name: str, roles: Sequence[tuple[str, str]]) -> None:
    """Give a user exactly these roles, and end all sign-ins so that they count from now on."""
    from sqlalchemy import delete

    from store.tables_people import Login, UserRole

    known = {*(each.value for each in Category), "*"}
    for role, category in roles:
        if role not in ROLES:
            raise InputError(f"role {role}", "is not known", f"Take one of {', '.join(ROLES)}")
        if category not in known:
            raise InputError(f"category {category}", "is not known", f"Take one of {', '.join(sorted(known))}")
    session.execute(delete(UserRole).where(UserRole.user == name))
    session.execute(delete(Login).where(Login.user == name))
    session.add_all(UserRole(user=name, role=role, category=category if role == "reviewer" else "*")
                    for role, category in dict.fromkeys(roles))
    session.flush()


def set_password(session: Session, name: str, password_hash: str) -> None:
    """Give a user another password, and end all sign-ins."""
    from sqlalchemy import delete

    from store.tables_people import Login, User

    row = session.get(User, name)
    if row is None:
        raise InputError(f"user {name}", "is not known", "`deckprism users list` shows all")
    row.password = password_hash
    session.execute(delete(Login).where(Login.user == name))
    session.flush()


def disable(session: Session, name: str) -> None:
    """Shut a user out: no sign-in, no token; what they did stays under their name."""
    from sqlalchemy import delete, update

    from store.tables_people import Login, Token, User

    row = session.get(User, name)
    if row is None:
        raise InputError(f"user {name}", "is not known", "`deckprism users list` shows all")
    row.disabled_at = now()
    session.execute(delete(Login).where(Login.user == name))
    session.execute(update(Token).where(Token.user == name, Token.revoked_at.is_(None)).values(revoked_at=now()))


def person(session: Session, name: str) -> Person | None:
    """A user who may act, or None when unknown or shut out."""
    from sqlalchemy import select

    from store.tables_people import User, UserRole

    row = session.get(User, name)
    if row is None or row.disabled_at is not None:
        return None
    roles = session.execute(select(UserRole.role, UserRole.category).where(UserRole.user == name)).all()
    return Person(row.name, row.display, row.team, frozenset((role, category) for role, category in roles), row.keys)


def people(session: Session) -> list[Person]:
    """All users who may act, by name."""
    from sqlalchemy import select

    from store.tables_people import User

    names = session.scalars(select(User.name).where(User.disabled_at.is_(None)).order_by(User.name)).all()
    return [found for name in names if (found := person(session, name)) is not None]


def anybody(session: Session) -> bool:
    """Whether there is any user at all."""
    from sqlalchemy import select

    from store.tables_people import User

    return session.scalar(select(User.name).limit(1)) is not None


# ---------------------------------------------------------------- passwords


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash. Raises InputError when the password is too short to be safe."""
    if len(password) < SHORTEST_PASSWORD:
        raise InputError("password", f"has fewer than {SHORTEST_PASSWORD} characters", "Take a few words in a row")
    with _HASHING:
        return _hasher().hash(password)


def check_password(stored: str, password: str) -> bool:
    """Whether the password is right. Takes as long for an unknown user (`stored` empty) as for a known one."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _HASHING:
            return _hasher().verify(stored or _nobody(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def stored_password(session: Session, name: str) -> str:
    """The hash of a user who may sign in with a password; empty for all others."""
    from store.tables_people import User

    row = session.get(User, name.strip().lower())
    return row.password if row is not None and row.disabled_at is None else ""


def too_many_attempts(session: Session, account: str, address: str) -> bool:
    """Whether so many sign-ins failed within the last minute that the next one has to wait."""
    from sqlalchemy import func, select

    from store.tables_people import Attempt

    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(timespec="microseconds")
    counted = select(Attempt.subject, func.count()).where(
        Attempt.at > since, Attempt.subject.in_([f"account:{account}", f"address:{address}"])).group_by(Attempt.subject)
    failed = {subject: count for subject, count in session.execute(counted)}  # noqa: C416 - a result is no mapping
    return failed.get(f"account:{account}", 0) >= PER_ACCOUNT or failed.get(f"address:{address}", 0) >= PER_ADDRESS


def begin_attempt(session: Session, account: str, address: str) -> bool:
    """Count a try before its password is looked at, so that many at once are no more than many in a row.

    False when there were too many already; the one that was right is taken out again by `forgive_attempt`.
    """
    if too_many_attempts(session, account, address):
        return False
    note_attempt(session, account, address)
    return True


def forgive_attempt(session: Session, account: str, address: str) -> None:
    """Take out the newest try of an account and an address: it was right."""
    from sqlalchemy import delete, select

    from store.tables_people import Attempt

    for subject in (f"account:{account}", f"address:{address}"):
        newest = select(Attempt.id).where(Attempt.subject == subject[:160]).order_by(Attempt.id.desc()).limit(1)
        session.execute(delete(Attempt).where(Attempt.id == newest.scalar_subquery()))


def note_attempt(session: Session, account: str, address: str) -> None:
    """Count a sign-in, and forget those of yesterday."""
    from sqlalchemy import delete

    from store.tables_people import Attempt

    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")
    session.execute(delete(Attempt).where(Attempt.at < yesterday))
    session.add_all(Attempt(subject=subject[:160], at=now()) for subject in (f"account:{account}", f"address:{address}"))


# ---------------------------------------------------------------- sign-ins and tokens


def sign_in(session: Session, name: str) -> str:
    """Note that a browser signed in; returns the cookie's value."""
    from store.tables_people import Login

    cookie = secrets.token_urlsafe(32)
    session.add(Login(id=_digest(cookie), user=name, csrf=secrets.token_urlsafe(32), made_at=now(), seen_at=now()))
    session.flush()
    return cookie


def signed_in(session: Session, cookie: str) -> SignedIn | None:
    """Who a cookie belongs to, or None when it is unknown or has run out. One query: every request asks this."""
    from sqlalchemy import select

    from store.tables_people import Login, User, UserRole

    rows = session.execute(
        select(Login.csrf, Login.made_at, Login.seen_at, User.name, User.display, User.team, User.keys, UserRole.role,
               UserRole.category)
        .join(User, User.name == Login.user).outerjoin(UserRole, UserRole.user == User.name)
        .where(Login.id == _digest(cookie), User.disabled_at.is_(None))).all()
    if not rows or not is_live(rows[0].made_at, rows[0].seen_at):
        return None
    first = rows[0]
    roles = frozenset((row.role, row.category) for row in rows if row.role is not None)
    return SignedIn(Person(first.name, first.display, first.team, roles, first.keys), first.csrf, first.seen_at)


def is_live(made_at: str, seen_at: str) -> bool:
    """Whether a sign-in made and last seen at these times still holds."""
    moment = datetime.now(UTC)
    return moment - datetime.fromisoformat(made_at) <= ABSOLUTE and moment - datetime.fromisoformat(seen_at) <= IDLE


def seen(session: Session, cookie: str) -> None:
    """Note that a signed-in browser asked for something; call it once a minute at most."""
    from store.tables_people import Login

    row = session.get(Login, _digest(cookie))
    if row is not None:
        row.seen_at = now()


def sign_out(session: Session, cookie: str) -> None:
    """End a sign-in."""
    from sqlalchemy import delete

    from store.tables_people import Login

    session.execute(delete(Login).where(Login.id == _digest(cookie)))


def make_token(session: Session, name: str, scopes: Sequence[str], days: int, label: str = "") -> str:
    """Make a token of a user for so many days; returns it, and it cannot be had again."""
    from store.tables_people import Token

    wrong = sorted(set(scopes) - set(SCOPES))
    if wrong or not scopes:
        raise InputError(f"scope {', '.join(wrong) or '(none)'}", "is not known", f"Take some of {', '.join(SCOPES)}")
    if not 1 <= days <= 366:
        raise InputError("days", "must lie between 1 and 366", "Make a new token when it has run out")
    identity, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    value = f"{_MARK}{identity}_{secret}"
    until = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="microseconds")
    session.add(Token(id=identity, hash=_digest(value), user=name, label=label[:120], made_at=now(), expires_at=until,
                      scopes=" ".join(scope for scope in SCOPES if scope in scopes)))
    session.flush()
    return value


def token_person(session: Session, value: str) -> tuple[Person, frozenset[str]] | None:
    """Whom a token acts for and within which scopes; None when unknown, run out or revoked."""
    from sqlalchemy import select

    from store.tables_people import Token

    row = session.scalar(select(Token).where(Token.hash == _digest(value)))
    if row is None or row.revoked_at is not None or row.expires_at < now():
        return None
    found = person(session, row.user)
    return (found, frozenset(row.scopes.split())) if found is not None else None


def revoke_token(session: Session, identity: str, user: str = "") -> bool:
    """End a token; with `user`, only when it is that user's. False when there is none."""
    from store.tables_people import Token

    row = session.get(Token, identity)
    if row is None or (user and row.user != user):
        return False
    row.revoked_at = row.revoked_at or now()
    return True


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
