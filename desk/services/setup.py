"""The one-time link with which the first administrator is made. It is void as soon as there is any user."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets

from content.errors import InputError
from desk.services.office import Office, reading, set_setting, setting, writing
from store import audit, people

_NAME = "setup_link"


class BadLink(InputError):
    """The link was used, or is not the one that the desk printed last."""


def make_link(office: Office) -> str:
    """A fresh link's secret, or '' when there is an administrator already. An older link stops working."""
    with writing(office.engine) as session:
        if people.anybody(session):
            return ""
        secret = secrets.token_urlsafe(32)
        set_setting(session, _NAME, _digest(secret), "deckprism")
    return secret


def check_link(office: Office, secret: str) -> None:
    """Raises BadLink when the link does not work (any more)."""
    with reading(office.engine) as session:
        known = json.loads(setting(session, _NAME, '""'))
        used = people.anybody(session)
    if used or not known or not hmac.compare_digest(known, _digest(secret)):
        raise BadLink("the link", "was used already or is not the newest one",
                      "Start the desk again for a new one, or sign in")


def make_first(office: Office, secret: str, name: str, password: str, display: str = "") -> str:
    """Make the first administrator, who may also submit; returns the cookie of their sign-in."""
    check_link(office, secret)
    hashed = people.hash_password(password)
    with writing(office.engine) as session:
        if people.anybody(session):
            raise BadLink("the link", "was used a moment ago", "Sign in")
        made = people.add_user(session, name, hashed, [("administrator", "*"), ("submitter", "*")], display)
        set_setting(session, _NAME, "", made.name)
        audit.record(session, office.key, made.name, "user_made", f"user:{made.name}", {"first": 1})
        return people.sign_in(session, made.name)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
