"""Notices of what happened to a submission, by mail or to a webhook; off until deckprism.toml names one of them.

A notice is work in the outbox, written in the transaction of its event: it comes when the event is true, and is tried again
with longer and longer waits. It holds the event, the id, the title that the submitter gave and a link; never text of a
document, nor the file's name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.settings import Notices
from desk.services import sending
from desk.services.office import Office, reading
from store import outbox
from store.people import Person, people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission

#: The events that are told, with what a notice says of each.
EVENTS = {
    "submitted": "was handed in", "waiting": "waits for review", "decided": "has nothing open: it waits for approval",
    "approved": "is approved: it waits for release", "released": "was released", "withdrawn": "was withdrawn",
    "set_aside": "could not be read and was set aside", "rejected": "was sent back: the reason is on its page",
}
#: Where each event leads.
_PLACES = {"submitted": "jobs", "waiting": "review", "set_aside": "jobs", "rejected": "jobs"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said, in words and for programs."""

    event: str
    submission: str
    title: str
    link: str

    @property
    def subject(self) -> str:
        """One line: the title, or the id where nobody gave one, and what happened."""
        return f"{self.title or 'Submission ' + self.submission} {EVENTS[self.event]}"

    @property
    def text(self) -> str:
        """A few lines."""
        return f"{self.subject}.\n\nSubmission {self.submission}\n" + (f"{self.link}\n" if self.link else "")


def told(office: Office, session: Session, event: str, submission: str) -> None:
    """Put the notices of an event in the outbox, where the settings name a way. Called in the event's transaction."""
    wanted = office.settings.notices
    if event not in EVENTS or (wanted.events and event not in wanted.events) or _said_last(session, submission) == event:
        return
    moment = secrets.token_hex(4)
    for way in ways(wanted):
        outbox.put(session, "notice", submission, f"{event}:{way}:{moment}")


def ways(wanted: Notices) -> tuple[str, ...]:
    """The ways that are set up: mail, webhook, both or none."""
    return (*(("mail",) if wanted.smtp_host else ()), *(("webhook",) if wanted.webhook else ()))


def deliver(office: Office, subject: str, revision: str) -> None:
    """Send one notice one way. Raises Fault when it did not arrive, so that it is tried again."""
    from store.tables import Submission
    from store.tables_review import Intake

    event, way, _ = revision.split(":", 2)
    wanted = office.settings.notices
    with reading(office.engine) as session:
        row, intake = session.get(Submission, subject), session.get(Intake, subject)
        if row is None or way not in ways(wanted):
            return
        base = wanted.address.rstrip("/")
        link = f"{base}/{_PLACES.get(event, 'pieces')}/{subject}" if base else ""
        notice = Notice(event, subject, intake.title if intake else "", link)
        addresses = _addresses(session, event, row, wanted) if way == "mail" else ()
    if way == "webhook":
        sending.post(wanted, {"event": event, "submission": subject, "title": notice.title, "link": link,
                              "text": notice.subject})
    elif addresses:
        sending.mail(wanted, addresses, notice.subject, notice.text, f"{revision.replace(':', '.')}.{subject}")


ON_EVENT = told
HANDLERS: dict[str, Callable[[Office, str, str], None]] = {"notice": deliver}


def _said_last(session: Session, submission: str) -> str:
    """The event of the newest notice of a submission: what is decided anew while it is decided is no news."""
    from sqlalchemy import select

    from store.tables import Outbox

    key = session.scalar(select(Outbox.key).where(Outbox.kind == "notice", Outbox.subject == submission)
                         .order_by(Outbox.id.desc()).limit(1)) or "::"
    return key.split(":")[2]


def _addresses(session: Session, event: str, row: Submission, wanted: Notices) -> tuple[str, ...]:
    """Who is written to: those whose turn it is, the submitter of what became of it, and whom the settings name."""
    from sqlalchemy import select

    from store.tables_people import User

    turn = [each.name for each in people(session) if _concerns(session, event, row, each)]
    found = session.execute(select(User.name, User.email).where(User.name.in_(turn), User.email != "")).all()
    return tuple(dict.fromkeys([*wanted.to, *(email for _, email in sorted(tuple(each) for each in found))]))


def _concerns(session: Session, event: str, row: Submission, person: Person) -> bool:
    own, roles = person.name == row.by, {role for role, _ in person.roles}
    if event == "waiting":
        reviewed = {category for role, category in person.roles if role == "reviewer"}
        return not own and bool("*" in reviewed or reviewed & _open_categories(session, row.id))
    if event in ("decided", "approved"):
        return not own and ("approver" if event == "decided" else "publisher") in roles
    return own


def _open_categories(session: Session, submission: str) -> set[str]:
    from sqlalchemy import select

    from store.tables import Finding

    return set(session.scalars(select(Finding.category).where(Finding.submission == submission, Finding.state == "open")
                               .distinct()))
