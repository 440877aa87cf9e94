"""Rules as administrators see them: what each found and what became of it, switched off or weighed otherwise.

`adjusted` is what the work does with a scan's findings before they are kept (`ADJUSTED` is found by
desk/services/worker.py). A rule that is off finds nothing in documents handed in from then on; those there keep theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.errors import InputError
from content.finding import Finding, Severity
from desk.rights import Act, Actor, NotThere, require
from desk.services.office import Office, reading, set_setting, setting, writing
from desk.services.submissions import line
from store import audit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: The name of the setting: rule -> {off, severity, reason}.
SETTING = "rules"


@dataclass(frozen=True, slots=True)
class Figures:
    """Groups that a rule found in everything handed in, and what became of them."""

    found: int = 0
    open: int = 0
    kept: int = 0
    changed: int = 0

    @property
    def false_alarms(self) -> float | None:
        """The share of what was decided that people kept as it was, 0 to 1; None when nothing was decided yet."""
        decided = self.kept + self.changed
        return self.kept / decided if decided else None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its figures and what administrators changed about it."""

    id: str
    category: str
    severity: str
    why: str
    figures: Figures
    off: bool = False
    set_severity: str = ""
    reason: str = ""


def rule_rows(office: Office, actor: Actor) -> tuple[RuleRow, ...]:
    """Every rule of the catalogue, those that found most first. Raises Forbidden."""
    from rules.catalogue import rules

    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        figures = figures_by_rule(session)
        changes = _changes(session)
    rows = [RuleRow(rule.id, rule.category.value, rule.severity.value, rule.why, figures.get(rule.id, Figures()),
                    *_said(changes.get(rule.id, {}))) for rule in rules()]
    return tuple(sorted(rows, key=lambda row: (-row.figures.found, row.id)))


def figures_by_rule(session: Session) -> dict[str, Figures]:
    """Rule -> what it found and what became of it, each group of a submission counted once."""
    from sqlalchemy import func, select

    from store.tables import Finding as Row

    counted: dict[str, dict[str, int]] = {}
    once = select(Row.rule, Row.submission, Row.group, func.min(Row.state).label("state")).group_by(
        Row.rule, Row.submission, Row.group).subquery()
    for rule, state, count in session.execute(
            select(once.c.rule, once.c.state, func.count()).group_by(once.c.rule, once.c.state)):
        counted.setdefault(rule, {})[state] = count
    return {rule: Figures(sum(states.values()), states.get("open", 0) + states.get("escalated", 0), states.get("kept", 0),
                          sum(states.get(each, 0) for each in ("replaced", "removed", "unit_dropped")))
            for rule, states in counted.items()}


def change_rule(office: Office, actor: Actor, rule: str, *, off: bool, severity: str, reason: str) -> None:
    """Switch a rule off or on, or weigh it otherwise ('' means as it is written); a reason is needed for any change.

    Raises Forbidden, NotThere for an unknown rule, InputError.
    """
    from rules.catalogue import rules

    require(actor, Act.ADMINISTER)
    if all(each.id != rule for each in rules()):
        raise NotThere("this rule", "is not known", "Look at the list of rules")
    if severity not in {"", *(each.value for each in Severity)}:
        raise InputError("the severity", "is not known", "Take low, medium or high")
    why = line(reason, 400)
    if (off or severity) and not why:
        raise InputError("the reason", "is missing", "Say why, for those who look after you")
    with writing(office.engine) as session:
        changes = dict(_changes(session))
        if off or severity:
            changes[rule] = {"off": off, "severity": severity, "reason": why}
        else:
            changes.pop(rule, None)
        set_setting(session, SETTING, changes, actor.name)
        audit.record(session, office.key, actor.name, "rule_changed", f"rule:{rule}",
                     {"off": int(off), "severity": severity or "as written"})


def adjusted(findings: Sequence[Finding], changes: Mapping[str, Mapping[str, object]]) -> tuple[Finding, ...]:
    """The findings without those of rules that are off, and with the severities that were set."""
    if not changes:
        return tuple(findings)
    kept = []
    for each in findings:
        off, severity, _ = _said(changes.get(each.rule, {}))
        if not off:
            kept.append(each.model_copy(update={"severity": Severity(severity)}) if severity else each)
    return tuple(kept)


def ADJUSTED(session: Session, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of a scan as administrators want them."""
    return adjusted(findings, _changes(session))


def _changes(session: Session) -> Mapping[str, Mapping[str, object]]:
    raw = json.loads(setting(session, SETTING, "{}"))
    return {str(rule): said for rule, said in raw.items() if isinstance(said, dict)} if isinstance(raw, dict) else {}


def _said(change: Mapping[str, object]) -> tuple[bool, str, str]:
    severity = str(change.get("severity", ""))
    return bool(change.get("off")), severity if severity in {each.value for each in Severity} else "", \
        str(change.get("reason", ""))
