"""What happened: the audit with filters, a page at a time, whether its chain holds, and the timeline of one submission."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.rights import Act, Actor, require
from desk.services.office import Office, reading
from desk.services.submissions import found
from store import audit

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from store.tables import Audit

PAGE = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show: each empty means all. `document` is the id of a submission or the start of a file's hash."""

    person: str = ""
    action: str = ""
    document: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of the audit as people read it."""

    number: int
    at: str
    actor: str
    action: str
    subject: str
    detail: Mapping[str, str | int]
    hash: str

    @property
    def said(self) -> str:
        """The detail in one line."""
        return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in self.detail.items() if value != "")


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of rows, the newest first; `older` is the number to go on before, 0 at the end."""

    rows: tuple[AuditRow, ...]
    older: int
    total: int
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the chain holds: rows looked at, the number of the first broken one (0: none), and the newest hash."""

    rows: int
    broken: int
    head: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in a timeline; `text` are people's own words."""

    at: str
    who: str
    said: str
    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A submission's events in their order."""

    submission: str
    title: str
    state: str
    events: tuple[Event, ...]


def history(office: Office, actor: Actor, wanted: Filter, before: int = 0) -> AuditPage:
    """A page of the audit. Raises Forbidden."""
    from sqlalchemy import func, select

    from store.tables import Audit

    require(actor, Act.AUDIT)
    with reading(office.engine) as session:
        chosen = _where(wanted)
        total = session.scalar(select(func.count()).select_from(Audit).where(*chosen)) or 0
        if before > 0:
            chosen.append(Audit.number < before)
        rows = session.scalars(select(Audit).where(*chosen).order_by(Audit.number.desc()).limit(PAGE + 1)).all()
        actions = tuple(session.scalars(select(Audit.action).distinct().order_by(Audit.action)))
    shown = tuple(_row(row) for row in rows[:PAGE])
    return AuditPage(shown, shown[-1].number if len(rows) > PAGE else 0, total, actions)


def rows_of(office: Office, actor: Actor, wanted: Filter) -> Iterator[AuditRow]:
    """All rows of a filter, the oldest first, for an export. Raises Forbidden before the first row."""
    require(actor, Act.AUDIT)
    return _rows(office, wanted)


def verify(office: Office, actor: Actor) -> Verified:
    """Go over the whole chain. Raises Forbidden."""
    require(actor, Act.AUDIT)
    with reading(office.engine) as session:
        broken = audit.first_broken(session, office.key)
        head = audit.head(session)
    return Verified(head.number, broken or 0, head.hash)


def timeline(office: Office, actor: Actor, submission: str) -> Timeline:
    """What happened to a submission, for whoever may see it. Raises NotThere."""
    from desk.services.happenings import events
    from store.tables_review import Intake

    with reading(office.engine) as session:
        row = found(session, actor, submission)
        intake = session.get(Intake, submission)
        return Timeline(row.id, (intake.title if intake else "") or row.name, row.state, events(session, row))


def _rows(office: Office, wanted: Filter) -> Iterator[AuditRow]:
    from sqlalchemy import select

    from store.tables import Audit

    last = 0
    while True:  # in short transactions: whoever downloads slowly must not hold one open
        with reading(office.engine) as session:
            rows = session.scalars(select(Audit).where(*_where(wanted), Audit.number > last)
                                   .order_by(Audit.number).limit(1000)).all()
        yield from (_row(row) for row in rows)
        if len(rows) < 1000:
            return
        last = rows[-1].number


def _where(wanted: Filter) -> list[ColumnElement[bool]]:
    from sqlalchemy import or_, select

    from store.tables import Audit, Submission

    chosen: list[ColumnElement[bool]] = []
    if wanted.person:
        chosen.append(Audit.actor == wanted.person.strip().lower())
    if wanted.action:
        chosen.append(Audit.action == wanted.action)
    if wanted.document:
        word = wanted.document.strip()[:64]
        named = Audit.subject == f"submission:{word}"
        of_file = select("submission:" + Submission.id).where(Submission.document.startswith(word, autoescape=True))
        chosen.append(or_(named, Audit.subject.in_(of_file)) if len(word) >= 6 else named)
    if _DAY.fullmatch(wanted.since):
        chosen.append(Audit.at >= wanted.since)
    if _DAY.fullmatch(wanted.until):
        chosen.append(Audit.at < f"{wanted.until}T99")
    return chosen


def _row(row: Audit) -> AuditRow:
    detail = json.loads(row.detail)
    said = detail if isinstance(detail, dict) else {}
    return AuditRow(row.number, row.at, row.actor, row.action, row.subject, said, row.hash)


def names(session: Session) -> Mapping[str, str]:
    """User -> how they are called."""
    from sqlalchemy import select

    from store.tables_people import User

    return {row.name: row.display or row.name for row in session.execute(select(User.name, User.display))}
