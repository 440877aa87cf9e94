"""What was found, by group: the cards of the review page, their order, and which one comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.decision import Action, Policy
from content.finding import Category, Finding
from desk.rights import Act, Actor, Case, refusal
from desk.words import certainty
from language.fold import folded
from rules.clearing_plan import PLACES
from rules.masks import offered

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Findings that go with their whole sentence: other words in their place would leave the statement standing.
_REMOVE = (
    frozenset(
        {
            Category.CREDENTIAL,
            Category.IDENTIFIER,
            Category.CONFIDENTIAL,
            Category.FIGURES,
            Category.PRIVATE,
            Category.REPUTATION,
            Category.INJECTION,
        }
    )
    | PLACES
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in force: id, what, by whom (display name), when."""

    id: int
    action: str
    text: str
    reason: str
    by: str
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Group:
    """All places of one thing. `open` counts places that nobody decided about; `holds` says whether they hold the pack."""

    id: str
    category: str
    severity: str
    certainty: str
    confidence: int
    label: str
    why: str
    suggestion: str
    prefill: str
    #: What the suggestion comes to: replace or remove.
    advice: str
    findings: tuple[Finding, ...]
    open: int
    holds: bool
    #: Why the actor may not decide, or not keep; empty when they may.
    not_decide: str
    not_keep: str
    replaceable: bool
    decided: tuple[Decided, ...]

    @property
    def other_names(self) -> tuple[str, ...]:
        """The words that stand in its places where they are not its name: another name of a customer, or a part of one."""
        if self.category != "customer":
            return ()
        said = dict.fromkeys(" ".join(each.text.split()) for each in self.findings if each.text.strip())
        return tuple(each for each in said if folded(each) != folded(self.label))

    @property
    def waits(self) -> bool:
        """Whether it holds the pack."""
        return self.open > 0 and self.holds

    @property
    def mine(self) -> bool:
        """Whether it waits for this actor."""
        return self.waits and not self.not_decide


@dataclass(frozen=True, slots=True)
class Stop:
    """A group at a unit: where a reviewer is, or goes next."""

    unit: int
    group: str


def groups_of(
    findings: Sequence[Finding],
    states: Mapping[str, str],
    actor: Actor,
    case: Case,
    policy: Policy,
    decided: Mapping[str, tuple[Decided, ...]],
    language: str = "en",
) -> dict[str, Group]:
    """The groups in the order of the document. `states` by finding id, `decided` by id of finding or group.

    What is said of a finding is in the language of the page; what is offered instead in the `language` of the document.
    """
    joined: dict[str, list[Finding]] = {}
    for each in findings:
        joined.setdefault(each.group, []).append(each)
    rights: dict[str, tuple[str, str]] = {}
    for category in {each.category for each in findings}:
        about = Case(case.owner, case.state, category.value)
        rights[category.value] = (refusal(actor, Act.DECIDE, about), refusal(actor, Act.KEEP, about))
    return {name: _group(name, tuple(there), states, rights, policy, decided, language) for name, there in joined.items()}


def _group(
    name: str,
    there: tuple[Finding, ...],
    states: Mapping[str, str],
    rights: Mapping[str, tuple[str, str]],
    policy: Policy,
    decided: Mapping[str, tuple[Decided, ...]],
    language: str,
) -> Group:
    worst = max(there, key=lambda each: (each.severity.rank, each.confidence))
    masks = Counter(mask for each in there if (mask := offered(each, language)))
    prefill = masks.most_common(1)[0][0] if masks else ""
    category = worst.category
    holding = [each for each in there if policy.holds(each.category, each.severity)]
    waiting = [each for each in (holding or there) if states.get(each.id, "open") == "open"]
    why = next((why for each in there if (why := rights[each.category.value][0])), "")
    # The newest one on the group first: several places may have decisions of their own.
    said = {one.id: one for key in (name, *(each.id for each in there)) for one in decided.get(key, ())}
    return Group(
        name,
        category.value,
        worst.severity.value,
        certainty(worst.confidence),
        round(worst.confidence * 100),
        worst.label or worst.text,
        worst.why,
        worst.suggestion,
        prefill,
        Action.REMOVE.value if category in _REMOVE or not prefill else Action.REPLACE.value,
        there,
        len(waiting),
        bool(holding),
        why,
        next((why for each in there if (why := rights[each.category.value][1])), ""),
        category not in PLACES,
        tuple(sorted(said.values(), key=lambda one: -one.id)),
    )


def decisions_in_force(session: Session, submission: str) -> dict[str, tuple[Decided, ...]]:
    """Decisions in force by the id of their finding or group."""
    from sqlalchemy import select

    from store.tables import Decision
    from store.tables_people import User

    rows = session.execute(
        select(
            Decision.id,
            Decision.group,
            Decision.finding,
            Decision.action,
            Decision.text,
            Decision.reason,
            Decision.by,
            Decision.at,
            User.display,
        )
        .outerjoin(User, User.name == Decision.by)
        .where(Decision.submission == submission, Decision.replaced_by.is_(None), Decision.undone_at.is_(None))
    ).all()
    found: dict[str, list[Decided]] = {}
    for row in rows:
        found.setdefault(row.group or row.finding or "", []).append(
            Decided(row.id, row.action, row.text or "", row.reason or "", row.by, row.display or row.by, row.at)
        )
    return {key: tuple(value) for key, value in found.items()}


def stops(groups: Mapping[str, Group], states: Mapping[str, str], *, mine: bool = True) -> list[Stop]:
    """Where something waits, in the order of the document: each group once, at its first open place."""
    made: list[Stop] = []
    for group in groups.values():
        if group.mine if mine else group.waits:
            first = next((each for each in group.findings if states.get(each.id, "open") == "open"), group.findings[0])
            made.append(Stop(first.unit, group.id))
    return made


def after(there: Sequence[Stop], order: Mapping[str, int], group: str, *, back: bool = False) -> Stop | None:
    """The stop after a group (or before it), round and round; None when nothing waits. `order` is that of all groups."""
    others = [each for each in there if each.group != group]
    if not others:
        return None
    here = order.get(group, -1)
    if back:
        return next((each for each in reversed(others) if order[each.group] < here), others[-1])
    return next((each for each in others if order[each.group] > here), others[0])
