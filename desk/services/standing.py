"""How the findings of a submission stand after a change: states, open count, the submission's own state, the build.

Every service that changes what was decided or marked calls `settle` at the end of its writing transaction. What is in
force comes from flows/revision.py alone, so page and pieces never disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.decision import Action, Decision, Policy
from content.finding import Category, Finding, Severity
from desk.services import builds
from desk.services.material import Material, scanned, with_marks
from desk.services.office import Office
from desk.services.voiding import void_approvals
from desk.services.worker import announce
from flows.revision import STATES, remembered_decisions
from store.submissions import Stale, advance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import Finding as FindingRow
    from store.tables import Submission

#: States in which findings can be decided.
DECIDABLE = frozenset({"in_review", "decided", "approved", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left: groups that hold the pack, and the version that the next write has to name."""

    open: int
    version: int


def check_decidable(row: Submission) -> None:
    """Raises Stale when a submission is not at a point where anything can be decided."""
    if row.state not in DECIDABLE:
        todo = "Withdraw it first" if row.state == "released" else "Look at it again"
        raise Stale("this submission", f"is {row.state.replace('_', ' ')}: nothing can be decided about it now", todo)


def marked_material(office: Office, session: Session, submission: str) -> Material:
    """The material with what reviewers marked, read in the caller's transaction."""
    from sqlalchemy import select

    from store.tables_review import Missed

    marked = session.scalars(
        select(Missed).where(Missed.submission == submission, Missed.undone_at.is_(None)).order_by(Missed.at, Missed.id)
    ).all()
    return with_marks(scanned(office, submission), marked)


def finding_rows(session: Session, submission: str) -> dict[str, FindingRow]:
    """The rows of a submission's findings, by id."""
    from sqlalchemy import select

    from store.tables import Finding as FindingRow

    return {row.id: row for row in session.scalars(select(FindingRow).where(FindingRow.submission == submission))}


def held_open(policy: Policy, rows: Collection[FindingRow]) -> set[str]:
    """The groups that still hold the pack."""
    return {
        row.group
        for row in rows
        if row.state == "open" and policy.holds(Category(row.category), Severity(row.severity))
    }


def states_in_force(decisions: Sequence[Decision], findings: Collection[Finding]) -> Mapping[str, str]:
    """What became of each finding: its own decision beats that on its group."""
    by_finding = {each.finding: STATES[each.action] for each in decisions if each.finding}
    by_group = {each.group: STATES[each.action] for each in decisions if each.group}
    return {each.id: by_finding.get(each.id) or by_group.get(each.group) or "open" for each in findings}


def settle(
    office: Office,
    session: Session,
    row: Submission,
    found: Material,
    touched: Collection[str],
    because: str,
    rows: Mapping[str, FindingRow] | None = None,
) -> Standing:
    """Bring states, versions, approvals and the submission's state up to what is in force now.

    `touched` are ids of findings that the change was about: they carry the new version, so that a later write that has
    seen less is refused. `rows` are those of the findings, where the caller has read them and none came or went since.
    Asks for a build when nothing is open. Call `office.wake()` after the transaction.
    """
    session.flush()
    states = states_in_force(_in_force(office, session, row.id, found), found.findings)
    rows = rows if rows is not None else finding_rows(session, row.id)
    version = row.version + 1
    for each in rows.values():
        state = states.get(each.id, each.state)
        if each.state != state or each.id in touched:
            each.state, each.version = state, version
    open_ = held_open(office.settings.policy, rows.values())
    void_approvals(session, row.id, because)
    _move(session, row, "in_review" if open_ else "decided", version)
    for each in rows.values():
        if each.id in touched:
            each.version = row.version
    if not open_:
        builds.ask(office, session, row.id)
        announce(office, session, "decided", row.id)
    session.flush()
    return Standing(len(open_), row.version)


def _in_force(office: Office, session: Session, submission: str, found: Material) -> tuple[Decision, ...]:
    """The decisions of flows/revision.py without its digest, which takes longer than a reviewer wants to wait."""
    from sqlalchemy import select

    from store.tables import Decision as Row

    rows = session.execute(
        select(Row.group, Row.finding, Row.action, Row.text, Row.reason)
        .where(Row.submission == submission, Row.replaced_by.is_(None), Row.undone_at.is_(None))
        .order_by(Row.id)
    ).all()
    decided = tuple(
        Decision(group=row.group, finding=row.finding, action=Action(row.action), text=row.text, reason=row.reason)
        for row in rows
    )
    return (*decided, *remembered_decisions(session, found.document, found.findings, decided, office.key))


def _move(session: Session, row: Submission, state: str, version: int) -> None:
    """To `state` along the ways there are; the version rises in any case."""
    from store.database import now

    if row.state == state:
        row.version, row.changed_at = version, now()
        return
    if row.state in {"approved", "withdrawn"} and state == "decided":
        advance(session, row.id, row.version, "in_review")
    advance(session, row.id, row.version, state)
