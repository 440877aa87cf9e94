"""Who may do what to which submission: the one place that decides, for page, API, token and command alike.

`require` raises Forbidden; nothing else in desk/ compares roles. A token acts as its user within its scopes, so it never
may more than its user.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from content.errors import InputError

if TYPE_CHECKING:
    from store.people import Person


class Forbidden(InputError):
    """Whoever asked may not do this; the page answers 403, the command ends with 2."""


class NotThere(InputError):
    """There is no such thing, or it is not for whoever asked; the page answers 404 to both alike."""


class Act(StrEnum):
    """What can be asked for."""

    SUBMIT = "submit"
    STEER = "steer"
    SEE = "see"
    COMMENT = "comment"
    CLAIM = "claim"
    DECIDE = "decide"
    KEEP = "keep"
    SHAPE = "shape"
    REJECT = "reject"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    FEEDBACK = "feedback"
    AUDIT = "audit"
    ADMINISTER = "administer"


#: The scope that a token needs for an act.
SCOPE: dict[Act, str] = {
    Act.SUBMIT: "submit", Act.STEER: "submit", Act.SEE: "read", Act.COMMENT: "review", Act.CLAIM: "review",
    Act.DECIDE: "review",
    Act.KEEP: "review", Act.SHAPE: "review", Act.REJECT: "review", Act.APPROVE: "approve",
    Act.ACKNOWLEDGE: "approve", Act.RELEASE: "release",
    Act.WITHDRAW: "release", Act.FEEDBACK: "submit", Act.AUDIT: "read", Act.ADMINISTER: "administer",
}
#: Roles that let somebody see what is not their own.
_SEES = frozenset({"reviewer", "approver", "publisher", "auditor", "administrator"})
#: States in which all text that is left was decided on.
_GOING_OUT = frozenset({"decided", "approved", "released", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at the desk, and what they came with: `scopes` is None for a browser or the command of a signed-in user."""

    person: Person
    scopes: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """The user's name, as the audit has it."""
        return self.person.name

    def has(self, role: str) -> bool:
        """Whether the person has a role, for whatever category."""
        return any(each == role for each, _ in self.person.roles)

    def reviews(self, category: str) -> bool:
        """Whether the person reviews a category."""
        return bool({("reviewer", category), ("reviewer", "*")} & self.person.roles)


@dataclass(frozen=True, slots=True)
class Case:
    """What an act is about: whose submission it is, its state, and the category of the finding."""

    owner: str = ""
    state: str = ""
    category: str = ""


def refusal(actor: Actor, act: Act, case: Case = Case()) -> str:
    """Why not, in words for whoever asked; empty when they may."""
    if actor.scopes is not None and SCOPE[act] not in actor.scopes:
        return f"this token has no scope {SCOPE[act]}"
    return _REASONS[act](actor, case)


def may(actor: Actor, act: Act, case: Case = Case()) -> bool:
    """Whether somebody may do something."""
    return not refusal(actor, act, case)


def require(actor: Actor, act: Act, case: Case = Case()) -> None:
    """Raises Forbidden, saying why, when somebody may not."""
    reason = refusal(actor, act, case)
    if reason:
        raise Forbidden(f"{act.value} as {actor.name}", reason, "Ask an administrator or a colleague who may")


def _role(*roles: str) -> str:
    return f"needs the role {' or '.join(roles)}"


def _own(actor: Actor, case: Case) -> bool:
    return bool(case.owner) and actor.name == case.owner


def _serves_customers(actor: Actor) -> bool:
    return actor.person.team.casefold() == "customer service"


def _submit(actor: Actor, _case: Case) -> str:
    return "" if actor.has("submitter") else _role("submitter")


def _steer(actor: Actor, case: Case) -> str:
    """To stop the work on a submission and to start it again."""
    return "" if _own(actor, case) or actor.has("reviewer") or actor.has("administrator") else _role("reviewer")


def _see(actor: Actor, case: Case) -> str:
    if _own(actor, case) or any(actor.has(role) for role in _SEES):
        return ""
    # Customer service reads what is about to go out, and what is out; never what is still under review.
    if _serves_customers(actor) and case.state in _GOING_OUT:
        return ""
    return "this is somebody else's submission"


def _comment(actor: Actor, case: Case) -> str:
    if _own(actor, case) or any(actor.has(role) for role in ("reviewer", "approver", "publisher")):
        return ""
    return _role("reviewer", "approver", "publisher")


def _claim(actor: Actor, _case: Case) -> str:
    return "" if actor.has("reviewer") else _role("reviewer")


def _decide(actor: Actor, case: Case) -> str:
    if actor.reviews(case.category) if case.category else actor.has("reviewer"):
        return ""
    return f"needs the role reviewer of {case.category}" if case.category else _role("reviewer")


def _keep(actor: Actor, case: Case) -> str:
    # To leave something standing in one's own deck is the one decision that another person has to take.
    return "it is your own submission, so somebody else decides what stays" if _own(actor, case) else _decide(actor, case)


def _shape(actor: Actor, case: Case) -> str:
    return "" if _own(actor, case) or actor.has("reviewer") else _role("reviewer")


def _reject(actor: Actor, _case: Case) -> str:
    """To send a submission back as not for sharing, and to take it up again. Its owner may: it lets nothing out."""
    return "" if actor.has("reviewer") or actor.has("approver") else _role("reviewer", "approver")


def _approve(actor: Actor, case: Case) -> str:
    if not actor.has("approver"):
        return _role("approver")
    return "nobody approves their own submission" if _own(actor, case) else ""


def _acknowledge(actor: Actor, case: Case) -> str:
    if not _serves_customers(actor):
        return "needs somebody of the team customer service"
    return "nobody acknowledges their own submission" if _own(actor, case) else ""


def _release(actor: Actor, _case: Case) -> str:
    return "" if actor.has("publisher") else _role("publisher")


def _withdraw(actor: Actor, case: Case) -> str:
    return "" if _own(actor, case) or actor.has("publisher") or actor.has("approver") else _role("publisher", "approver")


def _feedback(actor: Actor, case: Case) -> str:
    return "" if case.state in {"released", "withdrawn", ""} or not _see(actor, case) else "it is not released yet"


def _audit(actor: Actor, _case: Case) -> str:
    return "" if actor.has("auditor") or actor.has("administrator") else _role("auditor", "administrator")


def _administer(actor: Actor, _case: Case) -> str:
    return "" if actor.has("administrator") else _role("administrator")


_REASONS = {
    Act.SUBMIT: _submit, Act.STEER: _steer, Act.SEE: _see, Act.COMMENT: _comment, Act.CLAIM: _claim,
    Act.DECIDE: _decide, Act.KEEP: _keep,
    Act.SHAPE: _shape, Act.REJECT: _reject, Act.APPROVE: _approve, Act.ACKNOWLEDGE: _acknowledge, Act.RELEASE: _release,
    Act.WITHDRAW: _withdraw, Act.FEEDBACK: _feedback, Act.AUDIT: _audit, Act.ADMINISTER: _administer,
}
