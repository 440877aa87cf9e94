"""What was decided before, between the store that keeps it and the rules that recognise it.

The store's key hashes the marks of findings here, so that neither side sees more than it must. A data folder that
remembers nothing is not opened, made or locked: a scan on a fresh machine pays nothing for this.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from content.decision import Action, Decision, Scope
from content.document import Document
from content.errors import BadDecisions
from content.finding import Category, Finding
from flows.data import data_folder, data_place, database_url
from language.fold import folded
from rules.remembered import Kept, Memory, marks
from store.remembered import Remembered, all_marks, all_remembered, is_empty, put

if TYPE_CHECKING:
    from sqlalchemy import Engine

_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a file of decisions: what is remembered now, and how many could not be."""

    remembered: tuple[Remembered, ...]
    #: Decisions to remember that name nothing that was found in the file.
    unused: int = 0
    #: Decisions about places, which have no text that could be recognised that far from them.
    placeless: int = 0


def load_memory(day: date | None) -> Memory | None:
    """What acts on a day, or None when nothing is remembered. Raises BadOutput when the store cannot be used."""
    from store.privacy import load_key

    if is_empty(_url_without_making()):
        return None
    with _opened() as engine:
        from store.database import reading

        with reading(engine) as session:
            rows, hashes = all_remembered(session), all_marks(session)
    acting = {row.id: one for row in rows if (one := _kept(row)).acts(day)}
    kept = {mark: acting[name] for mark, name in hashes.items() if name in acting}
    return Memory(kept, _hashing(load_key(data_folder())))


def memory_digest(memory: Memory | None) -> str:
    """A hash of all that acts: two memories with one digest decide alike. Empty when nothing does."""
    if memory is None or not memory.kept:
        return ""
    digest = hashlib.sha256()
    for mark, kept in sorted(memory.kept.items()):
        said = (mark, kept.scope.value, kept.category.value, kept.action.value, kept.text, kept.reason, kept.by,
                kept.at)
        digest.update(repr(said).encode())
    return digest.hexdigest()


def remember(document: Document, findings: Sequence[Finding], decisions: Sequence[Decision]) -> Stored:
    """Keep those decisions on a document that ask to be remembered, in one transaction.

    Raises BadDecisions when a replacement holds what it replaces, or there is too much to remember.
    """
    from store.audit import record
    from store.database import writing
    from store.privacy import load_key

    key = load_key(data_folder())
    hashing = _hashing(key)
    ready: list[tuple[Remembered, list[str]]] = []
    unused = placeless = 0
    for decision in decisions:
        if decision.remember is None:
            continue
        named = [each for each in findings if each.id == decision.finding or each.group == decision.group]
        if not named:
            unused += 1
            continue
        hashes = sorted({hashing(mark) for mark in _marks(named, findings, document, decision.remember.scope)})
        if hashes:
            ready.append((_row(decision, named, findings, hashes), hashes))
        else:
            placeless += 1
    if sum(len(hashes) for _, hashes in ready) > _MOST:
        raise BadDecisions(document.source.name, "has more places than can be remembered at once",
                           "Remember the decisions on the most frequent names everywhere instead")
    if ready:
        with _opened() as engine, writing(engine) as session:
            for row, hashes in ready:
                put(session, row, hashes)
                record(session, key, row.by or "unknown", "remember", row.id,
                       {"scope": row.scope, "category": row.category, "action": row.action, "marks": len(hashes)})
    return Stored(tuple(row for row, _ in ready), unused, placeless)


def listed() -> tuple[Remembered, ...]:
    """Every remembered decision, also those that do not act."""
    from store.database import reading

    if is_empty(_url_without_making()):
        return ()
    with _opened() as engine, reading(engine) as session:
        return all_remembered(session)


def confirm(identity: str, by: str) -> Remembered:
    """Let a remembered decision act everywhere. Raises InputError when there is none of that id."""
    return _changed(identity, by, "confirm")


def forget(identity: str, by: str) -> Remembered:
    """Forget a remembered decision. Raises InputError when there is none of that id."""
    return _changed(identity, by, "forget")


def _changed(identity: str, by: str, what: str) -> Remembered:
    from store import remembered as stored
    from store.audit import record
    from store.database import writing
    from store.privacy import load_key

    with _opened() as engine, writing(engine) as session:
        row = stored.confirm(session, identity, by) if what == "confirm" else stored.forget(session, identity)
        record(session, load_key(data_folder()), by, what, identity)
    return row


def _marks(named: Sequence[Finding], findings: Sequence[Finding], document: Document, scope: Scope) -> Iterator[str]:
    """The marks of all findings that a decision names; a customer's under every spelling that its group has."""
    for finding in named:
        group = [each for each in findings if each.group == finding.group]
        labels = {finding.label, *(each.text for each in group)} - {""} if finding.category is Category.CUSTOMER else ()
        yield from marks(finding, document, scope, labels)


def _row(decision: Decision, named: Sequence[Finding], findings: Sequence[Finding],
         hashes: Sequence[str]) -> Remembered:
    from store.privacy import masked

    assert decision.remember is not None
    first = named[0]
    groups = {own.group for own in named}
    texts = {text for each in findings if each.group in groups for text in (each.text, each.label) if text}
    if decision.text and any(_holds(decision.text, text) for text in texts):
        raise BadDecisions(f"the decision on {decision.group or decision.finding}",
                           "replaces a text by one that holds it", "Write a replacement that gives nothing away")
    identity = hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:8]
    # Whoever runs the command has the data folder and answers for it; what acts everywhere needs a second word.
    by_itself = decision.remember.scope is not Scope.EVERYWHERE
    return Remembered(
        id=f"m-{identity}", scope=decision.remember.scope.value, category=first.category.value,
        preview=masked(first.label or first.text)[:60], action=decision.action.value, text=decision.text,
        reason=without(decision.reason, texts | _names(findings)), by=decision.by[:120], at=decision.at[:32],
        until=decision.remember.until.isoformat() if decision.remember.until else None,
        confirmed_by=(decision.by[:120] or "the operator") if by_itself else None,
        confirmed_at=decision.at[:32] if by_itself else None)


def _names(findings: Sequence[Finding]) -> set[str]:
    """Every name that was found: a reason often tells of a second one."""
    wanted = (Category.CUSTOMER, Category.ORGANISATION, Category.PERSON)
    return {text for each in findings if each.category in wanted for text in (each.text, each.label) if text}


def without(reason: str | None, texts: set[str]) -> str | None:
    """A reason without the words that it is about: they must not be in the store by the back door.

    Where one stands in it in another spelling still, nothing of the reason is left.
    """
    if reason is None:
        return None
    for text in sorted(texts, key=len, reverse=True):
        reason = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", "[...]", reason, flags=re.IGNORECASE)
    return "[...]" if any(_holds(reason, text) for text in texts) else reason


def _holds(longer: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(folded(text))}(?!\w)", folded(longer)))


def _kept(row: Remembered) -> Kept:
    return Kept(row.id, Scope(row.scope), Category(row.category), Action(row.action), row.text, row.reason, row.by,
                row.at, date.fromisoformat(row.until) if row.until else None, row.confirmed_by)


def _hashing(key: bytes) -> Callable[[str], str]:
    """The store's keyed hash as a function of the text alone."""
    from store.privacy import keyed_hash

    return partial(keyed_hash, key)


def _url_without_making() -> str:
    return os.environ.get("DECKPRISM_DATABASE", "") or f"sqlite:///{data_place() / 'deckprism.db'}"


@contextmanager
def _opened() -> Iterator[Engine]:
    from store.database import open_database

    engine = open_database(database_url())
    try:
        yield engine
    finally:
        engine.dispose()
