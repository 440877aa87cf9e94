"""What becomes of every finding: decided by people where they decided, by the policy where they did not.

Decisions on a finding beat those on its group. Nothing here touches a text; rules/clearing.py carries the plan out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from content.decision import Action, Decision, Policy
from content.finding import Category, Finding
from rules.goes_with import RULE as FOLLOWS


class Fate(StrEnum):
    """What happens to the text of a finding."""

    LEAVE = "leave"
    KEEP = "keep"
    MASK = "mask"
    REPLACE = "replace"
    CUT = "cut"
    SENTENCE = "sentence"
    DROP = "drop"


#: Findings of which not a word but the statement is the risk: without a decision the whole sentence goes.
STATEMENTS = frozenset({
    Category.CREDENTIAL, Category.IDENTIFIER, Category.CONFIDENTIAL, Category.FIGURES, Category.PROMISE, Category.PRIVATE,
    Category.REPUTATION, Category.INJECTION,
})
#: Findings about a place and not about words: there is nothing to take out of a text.
PLACES = frozenset({Category.HIDDEN, Category.UNREAD, Category.QUALITY})
_WITHHELD = frozenset({Fate.MASK, Fate.REPLACE, Fate.CUT, Fate.SENTENCE, Fate.DROP})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with its fate; `text` is what a person wants in its place."""

    finding: Finding
    fate: Fate
    text: str = ""

    @property
    def withheld(self) -> bool:
        """Whether the finding's words must not leave."""
        return self.fate in _WITHHELD and self.finding.category not in PLACES


@dataclass(frozen=True, slots=True)
class Plan:
    """Every finding's verdict, in the order of the findings, and what is left to decide."""

    verdicts: tuple[Verdict, ...]
    open: tuple[Finding, ...]
    unused: tuple[Decision, ...]
    dropped: frozenset[int]

    def withheld(self) -> Iterable[Verdict]:
        """The verdicts whose words must not leave."""
        return (verdict for verdict in self.verdicts if verdict.withheld)


def make_plan(findings: Sequence[Finding], decisions: Sequence[Decision], policy: Policy) -> Plan:
    """Match decisions with findings. The last decision on the same thing counts; those that fit nothing are `unused`."""
    by_finding = {decision.finding: decision for decision in decisions if decision.finding}
    by_group = {decision.group: decision for decision in decisions if decision.group}
    ids = {finding.id for finding in findings}
    groups = {finding.group for finding in findings}
    unused = tuple(decision for decision in decisions if not (decision.finding in ids or decision.group in groups))
    chosen = [by_finding.get(finding.id) or by_group.get(finding.group) for finding in findings]
    open_ = tuple(finding for finding, decision in zip(findings, chosen, strict=True)
                  if decision is None and policy.holds(finding.category, finding.severity))
    masked = {finding.group for finding in open_}
    verdicts = []
    dropped: set[int] = set()
    for finding, decision in zip(findings, chosen, strict=True):
        if decision is None:
            # A possible find of somebody who is surely named elsewhere is no longer only possible.
            verdicts.append(Verdict(finding, _undecided(finding) if finding.group in masked else Fate.LEAVE))
            continue
        if decision.action is Action.DROP_UNIT and finding.unit > 0:
            dropped.add(finding.unit)
        verdicts.append(_decided(finding, decision) if finding.rule != FOLLOWS or finding.id in by_finding else
                        _decided_before(finding, decision))
    return Plan(tuple(verdicts), open_, unused, frozenset(dropped))


def _undecided(finding: Finding) -> Fate:
    if finding.category in STATEMENTS:
        return Fate.SENTENCE
    return Fate.CUT if finding.category is Category.CONTACT else Fate.MASK


def _decided_before(finding: Finding, decision: Decision) -> Verdict:
    """What becomes of a sentence that goes with one before it: other words for that one are no words for this one."""
    return Verdict(finding, Fate.SENTENCE) if decision.action is Action.REPLACE else _decided(finding, decision)


def _decided(finding: Finding, decision: Decision) -> Verdict:
    if decision.action is Action.KEEP:
        return Verdict(finding, Fate.KEEP)
    if decision.action is Action.DROP_UNIT:
        return Verdict(finding, Fate.DROP)
    if decision.action is Action.REPLACE:
        return Verdict(finding, Fate.REPLACE, decision.text or "")
    return Verdict(finding, Fate.SENTENCE if finding.category in STATEMENTS else Fate.CUT)
