"""Changes to pieces by hand: a sentence rewritten, a topic begun elsewhere, a piece left out.

Every change voids what was approved and asks for the pieces to be built anew, so that the same gates judge it. Nothing
here judges the words: what a gate says of them is shown where they were written.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.draft import Draft, Sentence
from content.errors import InputError
from desk import words
from desk.rights import Act, Actor, NotThere
from desk.services import builds
from desk.services.material import Material, scanned
from desk.services.office import Office, writing
from desk.services.standing import check_decidable, marked_material, settle
from desk.services.submissions import display, found, paragraph
from flows.editing import FIXED, segment_hash
from store import audit
from store.database import now
from store.submissions import Stale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission
    from store.tables_review import Shape

#: Characters of one rewritten sentence.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Shaped:
    """How the pieces are to be cut: where topics begin by hand, what is left out, and the version of that."""

    topics_at: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    version: int = 0


def edit(office: Office, actor: Actor, submission: str, piece: str, segment: int, before: str, text: str) -> int:
    """Rewrite a sentence of a piece; returns the edit's id.

    `before` is the hash of the sentence that the actor saw. Raises Stale when it stands there no more or somebody else
    rewrites it already, InputError when the new words are empty, too long or cannot go there.
    """
    wanted = paragraph(text, LONGEST + 1)
    if not wanted:
        raise InputError("the sentence", "is empty", "Write what should stand there, or leave the piece out")
    if len(wanted) > LONGEST:
        raise InputError("the sentence", f"is longer than {LONGEST:,} characters", "Write less")
    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        said = _segment(scanned(office, submission), piece, segment)
        if before not in (segment_hash(said.text), segment_hash(said.text.strip())):
            raise Stale("this sentence", "was written anew in between", "Look at it again")
        if wanted == said.text.strip():
            raise InputError("the sentence", "is as it was", "Change it, or leave it as it stands")
        made = _written(session, actor, submission, (piece, segment, before), wanted)
        audit.record(session, office.key, actor.name, "edited", f"submission:{submission}",
                     {"edit": made, "piece": piece[:120], "segment": segment, "characters": len(wanted)})
        _changed(office, session, row, "edited")
    office.wake()
    return made


def undo(office: Office, actor: Actor, submission: str, edit_id: int) -> None:
    """Take an edit back. Raises NotThere when there is none, Stale when a later edit builds on it."""
    from sqlalchemy import select

    from store.tables_review import Edit

    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        known = session.get(Edit, edit_id)
        if known is None or known.submission != submission:
            raise NotThere("this edit", "is not here", "Look at the piece again")
        if known.undone_at is not None:
            raise Stale("this edit", "was taken back already", "Look at the piece again")
        later = session.scalar(select(Edit).where(
            Edit.submission == submission, Edit.piece == known.piece, Edit.undone_at.is_(None), Edit.id > known.id,
            Edit.before == segment_hash(known.text)).limit(1))
        if later is not None:
            raise Stale("this edit", "was written over by a later one", "Take the later one back first")
        known.undone_at = now()
        audit.record(session, office.key, actor.name, "edit_undone", f"submission:{submission}", {"edit": edit_id})
        _changed(office, session, row, "edit undone")
    office.wake()


def move_boundary(office: Office, actor: Actor, submission: str, topic: int, first: int, version: int) -> Shaped:
    """Let a topic begin at another slide. Raises InputError for a slide where it cannot, Stale for an older version."""
    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        known = scanned(office, submission)
        starts = [each.first for each in known.topics]
        if not 2 <= topic <= len(starts):
            raise InputError(f"topic {topic}", "has no beginning that can be moved", "Take one of the others")
        low, high = starts[topic - 2], known.topics[topic - 1].last
        shown = {unit.number for unit in known.document.content_units()}
        if not low < first <= high or first not in shown:
            raise InputError(f"slide {first}", f"is not between {low + 1} and {high}",
                             "A topic begins after the one before it and before its own end")
        if first == starts[topic - 1]:
            raise InputError(f"topic {topic}", f"begins at slide {first} already", "Take another slide")
        starts[topic - 1] = first
        made = _reshape(session, actor, submission, version, topics_at=starts)
        audit.record(session, office.key, actor.name, "topic_moved", f"submission:{submission}",
                     {"topic": topic, "first": first})
        _changed(office, session, row, "topic moved")
    office.wake()
    return made


def topics_as_found(office: Office, actor: Actor, submission: str, version: int) -> Shaped:
    """Let topics begin where they were found again."""
    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        made = _reshape(session, actor, submission, version, topics_at=())
        audit.record(session, office.key, actor.name, "topics_as_found", f"submission:{submission}")
        _changed(office, session, row, "topic moved")
    office.wake()
    return made


def leave_out(office: Office, actor: Actor, submission: str, piece: str, version: int, *, out: bool = True) -> Shaped:
    """Leave a piece out, or with `out=False` take it back in. Raises InputError for one that is not there."""
    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        known = shaped(session, submission)
        names = {each.name for each in scanned(office, submission).drafts}
        if (out and piece not in names) or (not out and piece not in known.left_out):
            raise InputError("this piece", "is not here" if out else "was not left out", "Look at the pieces again")
        left = {*known.left_out, piece} if out else {*known.left_out} - {piece}
        made = _reshape(session, actor, submission, version, left_out=left)
        audit.record(session, office.key, actor.name, "left_out" if out else "taken_in", f"submission:{submission}",
                     {"piece": piece[:120]})
        _changed(office, session, row, "piece left out" if out else "piece taken in")
    office.wake()
    return made


def build_again(office: Office, actor: Actor, submission: str) -> None:
    """Have the pieces built from today's decisions."""
    with writing(office.engine) as session:
        row = _changeable(session, actor, submission)
        builds.ask(office, session, row.id)
        audit.record(session, office.key, actor.name, "build_asked", f"submission:{submission}")
    office.wake()


def shaped(session: Session, submission: str) -> Shaped:
    """How the pieces are to be cut now; version 0 when nobody said anything."""
    from store.tables_review import Shape

    row = session.get(Shape, submission)
    if row is None:
        return Shaped()
    return Shaped(tuple(json.loads(row.topics_at)), tuple(json.loads(row.left_out)), row.version)


def _changeable(session: Session, actor: Actor, submission: str) -> Submission:
    row = found(session, actor, submission, Act.SHAPE, lock=True)
    check_decidable(row)
    return row


def _segment(known: Material, piece: str, segment: int) -> Sentence:
    draft: Draft | None = next((each for each in known.drafts if each.name == piece), None)
    if draft is None or not 0 <= segment < len(draft.segments):
        raise Stale("this piece", "was built anew in between", "Look at it again")
    if draft.kind in FIXED:
        raise InputError("this piece", "shows the author's own words", "Leave it out instead of rewriting it")
    if not any(char.isalnum() for char in draft.segments[segment].text):
        raise InputError("this place", "holds no words", "Choose a sentence")
    return draft.segments[segment]


def _written(session: Session, actor: Actor, submission: str, place: tuple[str, int, str], text: str) -> int:
    """The edit's row. What the same person wrote there and was not built yet is written over."""
    from sqlalchemy import select

    from store.tables_review import Edit

    piece, segment, before = place
    for other in session.scalars(select(Edit).where(
            Edit.submission == submission, Edit.piece == piece, Edit.segment == segment, Edit.before == before,
            Edit.undone_at.is_(None))):
        if other.by != actor.name:
            raise Stale("this sentence", f"was changed by {display(session, other.by)} {words.ago(other.at)}",
                        "Wait for the pieces to be built and look at it again")
        other.undone_at = now()
    made = Edit(submission=submission, piece=piece, segment=segment, before=before, text=text, by=actor.name, at=now())
    session.add(made)
    session.flush()
    return made.id


def _reshape(session: Session, actor: Actor, submission: str, version: int, topics_at: Collection[int] | None = None,
             left_out: Collection[str] | None = None) -> Shaped:
    from store.tables_review import Shape

    row: Shape | None = session.get(Shape, submission, with_for_update=True)
    if version != (row.version if row is not None else 0):
        by = f"{display(session, row.by)} changed this {words.ago(row.at)}" if row is not None else "it is new"
        raise Stale("how the pieces are cut", f"was changed in between ({by})", "Look at it again")
    if row is None:
        row = Shape(submission=submission, topics_at="[]", left_out="[]", version=0, by=actor.name, at=now())
        session.add(row)
    if topics_at is not None:
        row.topics_at = json.dumps(sorted(topics_at))
    if left_out is not None:
        row.left_out = json.dumps(sorted(left_out))
    row.version, row.by, row.at = version + 1, actor.name, now()
    session.flush()
    return shaped(session, submission)


def _changed(office: Office, session: Session, row: Submission, because: str) -> None:
    """Void what was approved, and have the pieces built whether or not something is open."""
    settle(office, session, row, marked_material(office, session, row.id), (), because)
    builds.ask(office, session, row.id)
