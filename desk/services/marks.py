"""What reviewers add: places that no rule found, and remarks to each other and to the submitter."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from content.document import Document
from content.errors import InputError
from content.finding import Category, Severity
from desk.rights import Act, Actor, Case, NotThere, require
from desk.services.office import Office, reading, writing
from desk.services.standing import Standing, check_decidable, marked_material, settle
from desk.services.submissions import found, line, paragraph
from flows.revision import MISSED, missed_group
from language.fold import inside_word
from store import audit
from store.database import now
from store.privacy import keyed_hash, masked

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Submission

_LONGEST, _MOST = 2000, 200
_OTHER = "Select the text again"


def add_missed(office: Office, actor: Actor, submission: str, block: str, start: int, end: int, category: Category,
               severity: Severity, why: str = "", *, everywhere: bool = False) -> Standing:
    """Mark a place as a finding; with `everywhere` each place of the same words too.

    Raises InputError when the place is not in the document, Forbidden when the actor does not review the category.
    """
    with writing(office.engine) as session:
        row = found(session, actor, submission, lock=True)
        require(actor, Act.DECIDE, Case(row.by, row.state, category.value))
        check_decidable(row)
        document = marked_material(office, session, submission).document
        text = next((each.text for _, each in document.blocks() if each.id == block), None)
        if text is None or not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise InputError("the marked text", "is not in the document", _OTHER)
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        words = text[start:end].strip()
        if len(words) > _LONGEST:
            raise InputError("the marked text", "is very long", "Drop the slide instead, or mark a part of it")
        start += lead
        places = [(block, start)] + (_places(document, words, (block, start)) if everywhere else [])
        made = [_mark(session, office, actor, row, document, place, words, category, severity, why) for place in places]
        standing = settle(office, session, row, marked_material(office, session, submission), made, "finding added")
        audit.record(session, office.key, actor.name, "finding_added", f"submission:{row.id}",
                     {"category": category.value, "severity": severity.value, "places": len(made)})
    office.wake()
    return standing


def add_by_words(office: Office, actor: Actor, submission: str, block: str, words: str, category: Category,
                 severity: Severity, why: str = "", *, everywhere: bool = False) -> Standing:
    """The same by the words to find in a block: how it goes without script. Raises as `add_missed`."""
    with reading(office.engine) as session:
        found(session, actor, submission)
        document = marked_material(office, session, submission).document
    text = next((each.text for _, each in document.blocks() if each.id == block), "")
    at = text.find(words.strip())
    if not words.strip() or at < 0:
        raise InputError("the words", "do not stand in that piece of text", "Copy them from the text as they stand there")
    return add_missed(office, actor, submission, block, at, at + len(words.strip()), category, severity, why,
                      everywhere=everywhere)


def remove_missed(office: Office, actor: Actor, submission: str, identity: str) -> Standing:
    """Take a marked place back. Raises NotThere when there is none, Forbidden as for a decision about it."""
    from store.tables import Finding as FindingRow
    from store.tables_review import Missed

    with writing(office.engine) as session:
        row = found(session, actor, submission, lock=True)
        check_decidable(row)
        marked = session.get(Missed, identity)
        if marked is None or marked.submission != submission or marked.undone_at is not None:
            raise NotThere("this mark", "is not there any more", "Look at the submission again")
        require(actor, Act.DECIDE, Case(row.by, row.state, marked.category))
        marked.undone_at = now()
        kept = session.get(FindingRow, (submission, identity))
        if kept is not None:
            session.delete(kept)
        session.flush()
        standing = settle(office, session, row, marked_material(office, session, submission), (), "finding removed")
        audit.record(session, office.key, actor.name, "finding_removed", f"submission:{row.id}", {"finding": identity})
    office.wake()
    return standing


def comment(office: Office, actor: Actor, submission: str, text: str, group: str | None = None,
            unit: int | None = None) -> None:
    """Say or ask something about a submission, a unit or a group. Raises InputError when there is no text."""
    from store.tables_review import Comment

    said = paragraph(text, _LONGEST)
    if not said:
        raise InputError("the remark", "is empty", "Write what you want to say or ask")
    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.COMMENT)
        session.add(Comment(submission=submission, group=line(group, 64) or None if group else None, unit=unit, text=said,
                            by=actor.name, at=now()))
        audit.record(session, office.key, actor.name, "commented", f"submission:{row.id}", {"length": len(said)})


def _mark(session: Session, office: Office, actor: Actor, row: Submission, document: Document, place: tuple[str, int],
          words: str, category: Category, severity: Severity, why: str) -> str:
    from store.tables import Finding as FindingRow
    from store.tables_review import Missed

    block, start = place
    unit, there = next((unit, each) for unit, each in document.blocks() if each.id == block)
    identity = f"m-{secrets.token_hex(5)}"
    session.add(Missed(id=identity, submission=row.id, unit=unit.number, block=block, start=start, end=start + len(words),
                       category=category.value, severity=severity.value, why=line(why, 400), by=actor.name, at=now()))
    session.add(FindingRow(
        submission=row.id, id=identity, group=missed_group(document, category, words), rule=MISSED, category=category.value,
        severity=severity.value, confidence=1.0, unit=unit.number, part=there.part.value, block=block, start=start,
        end=start + len(words), text_hash=keyed_hash(office.key, words), preview=masked(words), state="open"))
    session.flush()
    return identity


def _places(document: Document, words: str, without: tuple[str, int]) -> list[tuple[str, int]]:
    """Where else the same words stand, as whole words and whatever their capitals."""
    wanted = words.casefold()
    places: list[tuple[str, int]] = []
    for _, block in document.blocks():
        said = block.text.casefold()
        if len(said) != len(block.text):
            said = block.text
        at = said.find(wanted)
        while at >= 0 and len(places) < _MOST:
            alone = not inside_word(said, at) and not inside_word(said, at + len(wanted))
            if alone and (block.id, at) != without:
                places.append((block.id, at))
            at = said.find(wanted, at + len(wanted))
    return places
