"""The pieces of a submission as they were built: asking for them, finding them, telling whether they are of today.

A build has a `basis`, the digest of everything that people decided and changed; only a build of today's basis can be
approved. The work itself is done by flows/local.py from the outbox.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from desk.rights import NotThere
from desk.services.material import Material, scanned
from desk.services.office import Office
from flows.revision import Revision, revision_of
from store import outbox

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_review import Build


def revision(office: Office, session: Session, submission: str, found: Material | None = None) -> Revision:
    """What people decided and changed as of this transaction. Raises NotThere before the document was scanned."""
    found = found or scanned(office, submission)
    return revision_of(session, submission, found.document, found.scanned, office.key)


def basis(office: Office, session: Session, submission: str) -> str:
    """The digest that a build of today has."""
    return revision(office, session, submission).basis


def ask(office: Office, session: Session, submission: str) -> str:
    """Have the pieces built from today's decisions, unless they are or will be; returns the basis.

    Call it in the writing transaction of the change, and `office.wake()` after it. Decisions that come back to an
    earlier state find the build of that state again.
    """
    session.flush()
    wanted = basis(office, session, submission)
    last = newest(session, submission)
    if last is not None and last.basis == wanted:
        return wanted
    if not outbox.put(session, "build", submission, wanted) and not pending(session, submission):
        outbox.put(session, "build", submission, f"{wanted}-{secrets.token_hex(4)}")
    return wanted


def pending(session: Session, submission: str) -> bool:
    """Whether a build was asked for that is not done."""
    return outbox.pending(session, "build", submission) > 0


def newest(session: Session, submission: str) -> Build | None:
    """The build whose pieces can be looked at: the last one that was finished, of today or not."""
    from sqlalchemy import select

    from store.tables_review import Build

    return session.scalar(select(Build).where(Build.submission == submission, Build.state == "done")
                          .order_by(Build.made_at.desc(), Build.number.desc()).limit(1))


def current(office: Office, session: Session, submission: str) -> Build | None:
    """The newest build when it is of today's decisions, or None: then the pieces have to be built again."""
    found = newest(session, submission)
    return found if found is not None and found.basis == basis(office, session, submission) else None


def folder(office: Office, build: Build) -> Path:
    """The pack of a build. Raises NotThere when it was purged or is not done."""
    place = office.builds() / build.id / build.slug
    if build.state != "done" or not build.slug or not (place / "pack.json").is_file():
        raise NotThere("this build", "is not here any more", "Build the pieces again")
    return place
