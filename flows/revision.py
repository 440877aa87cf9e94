"""What people at the desk made of a submission so far: decisions in force, missed findings, edits and shape.

`Revision` goes with a build, so that the stages need no database; its `basis` is a digest of all of it, so that a build
can be told from one of other decisions. Nothing here asks who may do what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from content.decision import Action, Decision, Remember, Scope
from content.document import Document
from content.finding import Category, Finding, Severity
from content.frozen import Frozen
from language.fold import folded

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables_review import Missed

#: The rule of what a reviewer marked and no rule had found.
MISSED = "reviewer.missed"
#: What the memory said of documents, kept for as many of them at most: a decision must not take a tenth of a second.
_recalled: dict[tuple[object, ...], dict[str, Decision]] = {}
_RECALLED = 32
_MISSED_WHY = "A reviewer marked it; no rule had found it."
#: What became of a finding, by the action of its decision.
STATES: Mapping[Action, str] = {Action.REPLACE: "replaced", Action.REMOVE: "removed", Action.KEEP: "kept",
                                Action.DROP_UNIT: "unit_dropped"}


class EditedSegment(Frozen):
    """A segment of a piece as a person wrote it. `before` is the SHA-256 of the text that stood there."""

    id: int
    piece: str
    segment: int
    before: str
    text: str
    by: str = ""


class Revision(Frozen):
    """Everything that people changed, as the stages take it."""

    decisions: tuple[Decision, ...] = ()
    missed: tuple[Finding, ...] = ()
    edits: tuple[EditedSegment, ...] = ()
    #: Unit numbers at which a topic begins; empty means as found.
    topics_at: tuple[int, ...] = ()
    #: Names of pieces left out.
    left_out: tuple[str, ...] = ()
    #: Digest of all this and of the findings.
    basis: str = ""


def revision_of(session: Session, submission: str, document: Document, findings: Sequence[Finding],
                key: bytes) -> Revision:
    """What is in force now. `findings` are those of the scan, without the missed ones.

    Remembered decisions count for findings that nobody decided about: those that were confirmed and have not run out.
    """
    from sqlalchemy import select

    from store.tables import Decision as Row
    from store.tables_review import Edit, Missed, Shape

    rows = session.scalars(select(Row).where(Row.submission == submission, Row.replaced_by.is_(None),
                                             Row.undone_at.is_(None)).order_by(Row.id)).all()
    decided = tuple(Decision(group=row.group, finding=row.finding, action=Action(row.action), text=row.text,
                             reason=row.reason, by=row.by, at=row.at) for row in rows)
    marked = session.scalars(select(Missed).where(Missed.submission == submission, Missed.undone_at.is_(None))
                             .order_by(Missed.at, Missed.id)).all()
    missed = tuple(found for row in marked if (found := missed_finding(document, row)) is not None)
    remembered = remembered_decisions(session, document, (*findings, *missed), decided, key)
    written = session.scalars(select(Edit).where(Edit.submission == submission, Edit.undone_at.is_(None))
                              .order_by(Edit.id)).all()
    edits = tuple(EditedSegment(id=row.id, piece=row.piece, segment=row.segment, before=row.before, text=row.text,
                                by=row.by) for row in written)
    shape = session.get(Shape, submission)
    begun = tuple(sorted(set(json.loads(shape.topics_at)))) if shape is not None else ()
    left_out = tuple(sorted(set(json.loads(shape.left_out)))) if shape is not None else ()
    made = Revision(decisions=(*decided, *remembered), missed=missed, edits=edits, topics_at=begun, left_out=left_out)
    return made.model_copy(update={"basis": basis_of(findings, made)})


def basis_of(findings: Sequence[Finding], revision: Revision) -> str:
    """SHA-256 in hex over the findings and all that people changed; times do not count."""
    said = {
        "findings": [each.model_dump(mode="json") for each in findings],
        "decisions": [each.model_dump(mode="json", exclude={"at"}) for each in revision.decisions],
        "missed": [each.model_dump(mode="json") for each in revision.missed],
        "edits": [each.model_dump(mode="json", exclude={"id"}) for each in revision.edits],
        "topics_at": revision.topics_at, "left_out": revision.left_out,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def remembered_decisions(session: Session, document: Document, findings: Sequence[Finding], decided: Sequence[Decision],
                         key: bytes) -> tuple[Decision, ...]:
    """Decisions of earlier submissions that hold here too, one a finding; never against what somebody decided here.

    At the desk every scope waits until somebody confirmed it, the narrow ones too.
    """
    from datetime import UTC, datetime

    from sqlalchemy import func, select

    from store.tables import RememberedDecision as Row

    at = session.execute(select(func.count(), func.max(Row.confirmed_at), func.max(Row.at))
                         .where(Row.confirmed_by.is_not(None))).one()
    if not at[0]:
        return ()
    today = datetime.now(UTC).date()
    asked = (document.key or document.id, tuple(each.id for each in findings), tuple(at), today, key)
    known = _recalled.get(asked)
    if known is None:
        known = _recall(session, document, findings, key, today)
        _recalled[asked] = known
        while len(_recalled) > _RECALLED:
            _recalled.pop(next(iter(_recalled)), None)
    done = {each.finding for each in decided} | {each.group for each in decided}
    return tuple(known[each.id] for each in findings
                 if each.id in known and each.id not in done and each.group not in done)


def _recall(session: Session, document: Document, findings: Sequence[Finding], key: bytes,
            today: date) -> dict[str, Decision]:
    """What the memory says of each finding, by its id: found out once, since it takes a look at every sentence."""
    from rules.remembered import Kept, Memory, recall
    from store.privacy import keyed_hash
    from store.remembered import all_marks, all_remembered

    kept = [Kept(row.id, Scope(row.scope), Category(row.category), Action(row.action), row.text, row.reason, row.by,
                 row.at, date.fromisoformat(row.until) if row.until else None, row.confirmed_by)
            for row in all_remembered(session) if row.confirmed_by]
    acting = {each.id: each for each in kept if each.acts(today)}
    marks = {mark: acting[name] for mark, name in all_marks(session).items() if name in acting}
    found = recall(findings, document, Memory(marks, partial(keyed_hash, key))).known
    return {name: Decision(finding=name, action=each.action, text=each.text, reason=each.reason, by=each.by, at=each.at,
                           remember=Remember(scope=each.scope)) for name, each in found.items()}


def missed_finding(document: Document, row: Missed) -> Finding | None:
    """What a reviewer marked, as a finding like any other; None when the place is not in the document."""
    place = next(((unit, block) for unit, block in document.blocks() if block.id == row.block), None)
    if place is None or not 0 <= row.start < row.end <= len(place[1].text):
        return None
    unit, block = place
    text = block.text[row.start:row.end]
    return Finding(id=row.id, group=missed_group(document, Category(row.category), text), rule=MISSED,
                   category=Category(row.category), severity=Severity(row.severity), confidence=1.0, unit=unit.number,
                   part=block.part.value, block=block.id, start=row.start, end=row.end, text=text,
                   why=row.why or _MISSED_WHY, label=text)


def missed_group(document: Document, category: Category, text: str) -> str:
    """The group of a marked text: the same text marked twice is one thing."""
    secret = document.key or document.id
    digest = hashlib.sha256(f"{secret}|{category.value}|missed|{folded(text)}".encode()).hexdigest()
    return f"{category.value}-{digest[:8]}"


def with_missed(document: Document, findings: Sequence[Finding], missed: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings and marked places together, in the order of the document."""
    if not missed:
        return tuple(findings)
    order = {block.id: (unit.number, index) for unit in document.units for index, block in enumerate(unit.blocks)}

    def place(each: Finding) -> tuple[int, int, int, int, str]:
        return (each.unit, order.get(each.block, (0, -1))[1], each.start, each.end, each.rule)

    return tuple(sorted((*findings, *missed), key=place))
