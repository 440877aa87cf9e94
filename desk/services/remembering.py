"""Propose that a decision holds for later documents too. It does nothing until an administrator confirms it.

What is kept is keyed hashes of the marks by which it is recognised (rules/remembered.py) and a masked preview, as
everywhere in the store. A reason that names the thing itself is kept without that name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from content.decision import Action, Scope
from content.document import Document
from content.finding import Category, Finding
from desk.rights import Actor
from desk.services.office import Office
from flows.memory import without
from rules.remembered import marks
from store import audit
from store.database import now
from store.privacy import keyed_hash, masked
from store.remembered import Remembered, put

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: How far a remembered decision reaches, with the words of the page.
SCOPES = {"words": "These words in the same sentence, in every document",
          "document": "This file or talk, when it is handed in again", "everywhere": "These words, in every document"}
#: Hashes that one decision may need at most.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Remember:
    """How far and how long; `days` 0 means until somebody forgets it."""

    scope: Literal["words", "document", "everywhere"] = "words"
    days: int = 365


def propose(office: Office, session: Session, actor: Actor, document: Document, findings: Sequence[Finding], action: Action,
            text: str, reason: str, wanted: Remember) -> str:
    """Put the proposal down, in the caller's transaction; returns what became of it, for the page's note."""
    from sqlalchemy import select

    from store.tables import RememberedDecision, RememberedMark

    if action is Action.DROP_UNIT:
        return "A dropped slide cannot be remembered."
    hashes = sorted({keyed_hash(office.key, mark) for mark in _marks(document, findings, Scope(wanted.scope))})
    if not hashes:
        return "It has no words to remember it by that far: take this file only."
    if len(hashes) > _MOST:
        return "It stands in too many places to be remembered at once: remember it for every document instead."
    known = session.scalars(
        select(RememberedDecision).join(RememberedMark, RememberedMark.decision == RememberedDecision.id)
        .where(RememberedMark.hash.in_(hashes[:500])).distinct()).all()
    if known and all(row.confirmed_by and (row.action, row.text) == (action.value, text or None) for row in known):
        return "It is remembered already."
    until = datetime.now(UTC).date() + timedelta(days=wanted.days) if wanted.days else None
    first = findings[0]
    said = {each for one in findings for each in (one.text, one.label) if each}
    identity = hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:8]
    put(session, Remembered(
        f"m-{identity}", wanted.scope, first.category.value, masked(first.label or first.text)[:60], action.value,
        text or None, without(reason or None, said), actor.name, now(), until.isoformat() if until else None), hashes)
    audit.record(session, office.key, actor.name, "remember_proposed", f"document:{document.source.sha256[:12]}",
                 {"scope": wanted.scope, "action": action.value, "count": len(hashes)})
    return "An administrator is asked to confirm that it is remembered."


def _marks(document: Document, findings: Sequence[Finding], scope: Scope) -> set[str]:
    """What recognises the findings again; a customer under every spelling that was found of it."""
    spellings = {each for one in findings for each in (one.label, one.text) if each}
    return {mark for each in findings
            for mark in marks(each, document, scope, spellings if each.category is Category.CUSTOMER else ())}
