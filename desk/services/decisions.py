"""Decide what was found: replace, remove, keep with a reason, drop the slide; and take a decision back.

Every item of a list is judged by itself: who may not decide one leaves it open and is told why. All of a call is one
transaction. A write names the version that its page showed; what somebody else decided since then refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.decision import Action
from content.errors import InputError
from content.finding import Finding
from desk.rights import Act, Actor, Case, Forbidden, NotThere, refusal
from desk.services import remembering
from desk.services.office import Office, reading, writing
from desk.services.remembering import Remember
from desk.services.replacing import check_text
from desk.services.standing import check_decidable, finding_rows, marked_material, settle
from desk.services.submissions import display, found, line
from desk.words import ago
from rules.clearing_plan import PLACES
from store import audit
from store.database import now
from store.submissions import Stale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk.services.material import Material
    from store.tables import Decision, Submission
    from store.tables import Finding as FindingRow

_LONGEST_TEXT, _LONGEST_REASON, _MOST = 400, 400, 500


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants done with one target: the id of a finding, or of a group for all its places."""

    target: str
    action: Action
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that was left as it was: the finding's id and why."""

    finding: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a call: ids of findings that were decided, what was refused, and how many groups are open now."""

    decided: tuple[str, ...]
    refused: tuple[Refused, ...]
    open: int
    version: int
    #: What became of the proposal to remember it, where there was one.
    remembered: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    choice: Choice
    group: bool
    findings: tuple[Finding, ...]


def decide(
    office: Office,
    actor: Actor,
    submission: str,
    version: int,
    targets: Sequence[str],
    action: Action,
    text: str = "",
    reason: str = "",
    remember: Remember | None = None,
) -> Result:
    """The same word on every target of a frozen list. See `decide_each`."""
    return decide_each(
        office, actor, submission, version, [Choice(each, action, text, reason) for each in targets], remember
    )


def decide_each(
    office: Office,
    actor: Actor,
    submission: str,
    version: int,
    choices: Sequence[Choice],
    remember: Remember | None = None,
) -> Result:
    """Decide, each target with a word of its own.

    Raises Forbidden when nothing of it may be decided by the actor, Stale when somebody decided one of the targets after
    `version`, InputError when a text or reason is missing or a text says itself what is to be withheld.
    """
    if not choices:
        raise InputError("the list", "is empty", "Tick at least one finding")
    if len(choices) > _MOST:
        raise InputError("the list", f"has more than {_MOST} entries", "Take a part of it")
    with writing(office.engine) as session:
        row = found(session, actor, submission, lock=True)
        check_decidable(row)
        material = marked_material(office, session, submission)
        items, refused = _judged(actor, row, _expanded(material, choices))
        rows = finding_rows(session, submission)
        fresh = [item for item in items if not _is_done(session, actor, row, rows, item, version)]
        if not items:
            raise Forbidden(
                "this decision",
                refused[0].why if refused else "nothing of it is yours to decide",
                "Ask a colleague who may",
            )
        if not fresh:  # the same form twice: it is done already
            return Result(
                tuple(each.id for item in items for each in item.findings), refused, _open(office, rows), row.version
            )
        at, noted = now(), ""
        written: list[dict[str, str | int]] = []
        for item in fresh:
            choice = _clean(item, material, rows)
            _write(session, actor, row.id, _Item(choice, item.group, item.findings), at)
            written.append({"action": choice.action.value, "target": choice.target, "places": len(item.findings)})
            if remember is not None:
                noted = remembering.propose(
                    office,
                    session,
                    actor,
                    material.document,
                    item.findings,
                    choice.action,
                    choice.text,
                    choice.reason,
                    remember,
                )
        touched = {each.id for item in fresh for each in item.findings}
        standing = settle(office, session, row, material, touched, "decisions changed", rows)
        for each in written:  # last, because everybody who writes waits for whoever adds to the audit
            audit.record(session, office.key, actor.name, "decided", f"submission:{row.id}", each)
    office.wake()
    return Result(tuple(sorted(touched)), refused, standing.open, standing.version, noted)


def drop_unit(office: Office, actor: Actor, submission: str, version: int, unit: int) -> Result:
    """Leave a whole slide, page or section out: what was found on it is decided with that.

    Raises as `decide_each`, and InputError when nothing was found there.
    """
    with reading(office.engine) as session:
        found(session, actor, submission)
        material = marked_material(office, session, submission)
    there = [each.id for each in material.findings if each.unit == unit and unit > 0]
    if not there:
        raise InputError(
            f"slide {unit}",
            "has nothing that was found on it",
            "Select the text that may not leave and add a finding first",
        )
    return decide(office, actor, submission, version, there[:_MOST], Action.DROP_UNIT)


def undo(office: Office, actor: Actor, submission: str, decision: int | None = None) -> Result:
    """Take back one's own last decision (with all that was decided in the same step), or the one of an id.

    What it had taken the place of is in force again. Raises NotThere when there is nothing to take back, Forbidden when
    the actor does not decide about what it was about.
    """
    with writing(office.engine) as session:
        row = found(session, actor, submission, lock=True)
        check_decidable(row)
        material = marked_material(office, session, submission)
        rows = _to_undo(session, actor, submission, decision)
        touched: set[str] = set()
        written: list[dict[str, str | int]] = []
        for each in rows:
            about = [one for one in material.findings if each.finding == one.id or each.group == one.group]
            for one in about:
                why = refusal(actor, Act.DECIDE, Case(row.by, row.state, one.category.value))
                if why:
                    raise Forbidden("to take this back", why, "Ask a colleague who may")
            touched |= {one.id for one in about}
            each.undone_at, each.undone_by = now(), actor.name
            _restore(session, each)
            written.append({"target": each.group or each.finding or "", "places": len(about)})
        standing = settle(office, session, row, material, touched, "decisions changed")
        for said in written:
            audit.record(session, office.key, actor.name, "decision_undone", f"submission:{row.id}", said)
    office.wake()
    return Result(tuple(sorted(touched)), (), standing.open, standing.version)


def _expanded(material: Material, choices: Sequence[Choice]) -> list[_Item]:
    by_id = {each.id: each for each in material.findings}
    groups: dict[str, list[Finding]] = {}
    for each in material.findings:
        groups.setdefault(each.group, []).append(each)
    items = []
    for choice in {each.target: each for each in choices}.values():
        if choice.target in groups:
            items.append(_Item(choice, True, tuple(groups[choice.target])))
        elif choice.target in by_id:
            items.append(_Item(choice, False, (by_id[choice.target],)))
        else:
            raise NotThere("this finding", "is not here any more", "Look at the submission again")
    return items


def _judged(actor: Actor, row: Submission, items: Sequence[_Item]) -> tuple[list[_Item], tuple[Refused, ...]]:
    """What of it the actor may decide. A group of which only a part may be is decided place by place."""
    allowed: list[_Item] = []
    refused: list[Refused] = []
    for item in items:
        act = Act.KEEP if item.choice.action is Action.KEEP else Act.DECIDE
        whys = {each.id: refusal(actor, act, Case(row.by, row.state, each.category.value)) for each in item.findings}
        refused.extend(Refused(identity, why) for identity, why in whys.items() if why)
        fine = [each for each in item.findings if not whys[each.id]]
        if len(fine) == len(item.findings):
            allowed.append(item)
        else:
            allowed.extend(
                _Item(Choice(each.id, item.choice.action, item.choice.text, item.choice.reason), False, (each,))
                for each in fine
            )
    return allowed, tuple(refused)


def _is_done(
    session: Session, actor: Actor, row: Submission, rows: Mapping[str, FindingRow], item: _Item, version: int
) -> bool:
    """Whether exactly this was done by the same person already. Raises Stale when it was changed since `version`."""
    if all(rows[each.id].version <= version for each in item.findings if each.id in rows):
        return False
    last = _last(session, row.id, item)
    wanted = item.choice
    text = line(wanted.text, _LONGEST_TEXT) if wanted.action is Action.REPLACE else ""
    if last is None:
        raise Stale("this finding", "was changed a moment ago", "Look at it as it stands now")
    if (
        last.by == actor.name
        and last.undone_at is None
        and last.action == wanted.action.value
        and (last.text or "") == text
        and (last.reason or "") == line(wanted.reason, _LONGEST_REASON)
    ):
        return True
    who = "You" if (last.undone_by or last.by) == actor.name else display(session, last.undone_by or last.by)
    did = "took a decision on this back" if last.undone_at else "decided this"
    raise Stale("this finding", f"{who} {did} {ago(last.undone_at or last.at)}", "Look at it as it stands now")


def _last(session: Session, submission: str, item: _Item) -> Decision | None:
    from sqlalchemy import or_, select

    from store.tables import Decision

    return session.scalars(
        select(Decision)
        .where(
            Decision.submission == submission,
            or_(Decision.group == item.findings[0].group, Decision.finding.in_([each.id for each in item.findings])),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()


def _clean(item: _Item, material: Material, rows: Mapping[str, FindingRow]) -> Choice:
    """The choice with its words in order. Raises InputError when something is missing."""
    choice = item.choice
    text = line(choice.text, _LONGEST_TEXT) if choice.action is Action.REPLACE else ""
    reason = line(choice.reason, _LONGEST_REASON)
    if choice.action is Action.REPLACE:
        if item.findings[0].category in PLACES:
            raise InputError(
                "this finding", "is about a place and not about words", "Remove it, keep it or drop the slide"
            )
        if not text:
            raise InputError("the replacement", "is empty", "Write what should stand there, or remove the words")
        kept = {each.id for each in rows.values() if each.state == "kept"}
        check_text(text, [each for each in material.findings if each.id not in kept])
    if choice.action is Action.KEEP and not reason:
        raise InputError("to keep it", "needs a reason", "Choose one, or write your own")
    return Choice(choice.target, choice.action, text, reason)


def _write(session: Session, actor: Actor, submission: str, item: _Item, at: str) -> None:
    from sqlalchemy import or_, select

    from store.tables import Decision

    choice = item.choice
    ids = [each.id for each in item.findings]
    about = (
        or_(Decision.group == choice.target, Decision.finding.in_(ids))
        if item.group
        else Decision.finding == choice.target
    )
    earlier = session.scalars(
        select(Decision).where(
            Decision.submission == submission, Decision.replaced_by.is_(None), Decision.undone_at.is_(None), about
        )
    ).all()
    made = Decision(
        submission=submission,
        group=choice.target if item.group else None,
        finding=None if item.group else choice.target,
        action=choice.action.value,
        text=choice.text or None,
        reason=choice.reason or None,
        by=actor.name,
        at=at,
    )
    session.add(made)
    session.flush()
    for each in earlier:
        each.replaced_by = made.id


def _to_undo(session: Session, actor: Actor, submission: str, decision: int | None) -> Sequence[Decision]:
    from sqlalchemy import select

    from store.tables import Decision

    standing = select(Decision).where(
        Decision.submission == submission, Decision.replaced_by.is_(None), Decision.undone_at.is_(None)
    )
    if decision is not None:
        rows = session.scalars(standing.where(Decision.id == decision)).all()
    else:
        last = session.scalars(standing.where(Decision.by == actor.name).order_by(Decision.id.desc()).limit(1)).first()
        rows = session.scalars(standing.where(Decision.by == actor.name, Decision.at == last.at)).all() if last else []
    if not rows:
        raise NotThere(
            "a decision of yours", "is not there to take back", "Open what you want to change and decide it anew"
        )
    return rows


def _restore(session: Session, undone: Decision) -> None:
    from sqlalchemy import select

    from store.tables import Decision

    for each in session.scalars(select(Decision).where(Decision.replaced_by == undone.id)).all():
        each.replaced_by = None


def _open(office: Office, rows: Mapping[str, FindingRow]) -> int:
    from desk.services.standing import held_open

    return len(held_open(office.settings.policy, rows.values()))
