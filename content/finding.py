"""What a rule found: where, how sure, why it may matter and what would be fine instead."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from content.frozen import Frozen


class Category(StrEnum):
    """What a finding is about; it decides which team is asked."""

    CUSTOMER = "customer"
    ORGANISATION = "organisation"
    PERSON = "person"
    CONTACT = "contact"
    IDENTIFIER = "identifier"
    CREDENTIAL = "credential"
    CONFIDENTIAL = "confidential"
    FIGURES = "figures"
    PROMISE = "promise"
    PRIVATE = "private"
    REPUTATION = "reputation"
    INJECTION = "injection"
    HIDDEN = "hidden"
    UNREAD = "unread"
    QUALITY = "quality"


class Severity(StrEnum):
    """How much it may matter. Compare with `at_least`, never as strings."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 1 for medium, 2 for high: for sorting."""
        return _RANK[self]

    def at_least(self, other: Severity) -> bool:
        """Whether this is as severe as `other` or more."""
        return self.rank >= other.rank


_RANK = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


class Finding(Frozen):
    """One place in one block that a rule points at.

    `id` and `group` are the same in every run over the same bytes. `group` joins all findings that are one thing, such
    as every spelling of one customer, and never contains the text itself. `start` and `end` count characters of the
    block's text; both are 0 and `text` is empty when the finding is about the whole unit or file.
    """

    id: str
    group: str
    rule: str
    category: Category
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    unit: int
    part: str
    block: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    why: str
    suggestion: str = ""
    #: The finding's common name inside its group ("Halden Foods" for every spelling of it); for people, never in packs.
    label: str = ""
    #: What a mask says when nobody decided ("a food company"). Empty: the detector's category decides.
    mask: str = ""
