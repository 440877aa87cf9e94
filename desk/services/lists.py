"""What the start page lists: one's own submissions, and what waits for one's decision."""

from __future__ import annotations

from dataclasses import dataclass

from desk.rights import Actor
from desk.services.office import Office, reading


@dataclass(frozen=True, slots=True)
class Home:
    """Rows for the start page: (id, title, state, received_at) of one's own newest submissions."""

    own: tuple[tuple[str, str, str, str], ...]


def home(office: Office, actor: Actor) -> Home:
    """The start page's lists."""
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Intake

    with reading(office.engine) as session:
        found = session.execute(
            select(Submission.id, Submission.name, Intake.title, Submission.state, Submission.received_at)
            .outerjoin(Intake, Intake.submission == Submission.id).where(Submission.by == actor.name)
            .order_by(Submission.received_at.desc()).limit(20)).all()
    return Home(tuple((row.id, row.title or row.name, row.state, row.received_at) for row in found))
