"""Documents that people handed in, and what became of them.

One content is one document, however often and in however many ways it arrives; each arrival is a submission. A state
changes only along `NEXT` and only from the version that the caller saw, so two people cannot overwrite each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import InputError
from content.finding import Finding
from store.database import now
from store.privacy import keyed_hash, masked

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Which state may follow which.
NEXT: dict[str, frozenset[str]] = {
    "received": frozenset({"scanning", "quarantined", "rejected"}),
    "scanning": frozenset({"in_review", "decided", "quarantined", "received"}),
    "in_review": frozenset({"decided", "rejected"}),
    "decided": frozenset({"approved", "in_review", "rejected"}),
    "approved": frozenset({"released", "in_review", "rejected"}),
    "released": frozenset({"withdrawn"}),
    "withdrawn": frozenset({"in_review"}),
    "quarantined": frozenset({"received", "rejected"}),
    "rejected": frozenset({"received", "in_review"}),
}
#: How a submission is held on PostgreSQL while it changes. Its key stays, so rows that name it can still be put in by others.
HOLD: dict[str, bool] = {"key_share": True}


class Stale(InputError):
    """Somebody else changed it in between, or the step is not one of those that may follow."""


@dataclass(frozen=True, slots=True)
class Received:
    """A submission as it stands. `known` is True when the same content had been handed in before."""

    id: str
    document: str
    state: str
    version: int
    known: bool = False


def receive(session: Session, identity: str, sha256: str, size: int, media_type: str, name: str, by: str) -> Received:
    """Note that somebody handed in a file that lies in the file store; makes the document's row when it is new.

    `identity` is the submission's id, chosen by the caller. Call it in a writing transaction.
    """
    from store.tables import Document, File, Submission

    at = now()
    known = session.get(Document, sha256) is not None
    if not known:
        if session.get(File, sha256) is None:
            session.add(File(sha256=sha256, bytes=size, media_type=media_type, stored_at=at))
            session.flush()
        session.add(Document(sha256=sha256, media_type=media_type, first_seen=at))
        session.flush()
    session.add(Submission(id=identity, document=sha256, name=display_name(name), by=by, state="received",
                           received_at=at, changed_at=at))
    session.flush()
    return Received(identity, sha256, "received", 1, known)


def advance(session: Session, identity: str, version: int, state: str) -> Received:
    """Move a submission on. Raises Stale when it is not at `version` any more, or `state` may not follow."""
    from store.tables import Submission

    row = session.get(Submission, identity, with_for_update=HOLD)
    if row is None:
        raise InputError(f"submission {identity}", "is not known", "Check the id")
    if row.version != version:
        raise Stale(f"submission {identity}", "was changed by somebody else in between", "Look at it again")
    if state not in NEXT[row.state]:
        raise Stale(f"submission {identity}", f"is {row.state} and cannot become {state}", "Look at it again")
    row.state, row.version, row.changed_at = state, version + 1, now()
    session.flush()
    return Received(row.id, row.document, row.state, row.version)


def record_findings(session: Session, identity: str, findings: Sequence[Finding], key: bytes) -> int:
    """Replace the open findings of a submission; decided ones stay as they are. Returns how many were added.

    What a finding says is kept as a keyed hash and a masked preview.
    """
    from sqlalchemy import delete, select

    from store.tables import Finding as Row

    session.execute(delete(Row).where(Row.submission == identity, Row.state == "open"))
    decided = set(session.scalars(select(Row.id).where(Row.submission == identity)))
    fresh = [each for each in findings if each.id not in decided]
    session.add_all(
        Row(submission=identity, id=each.id, group=each.group, rule=each.rule, category=each.category.value,
            severity=each.severity.value, confidence=each.confidence, unit=each.unit, part=each.part, block=each.block,
            start=each.start, end=each.end, text_hash=keyed_hash(key, each.text), preview=masked(each.text))
        for each in fresh)
    session.flush()
    return len(fresh)


def display_name(name: str) -> str:
    """A file name that is safe to show: composed, without control or direction marks, at most 150 characters."""
    clean = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C")
    return clean[:150] or "unnamed"
