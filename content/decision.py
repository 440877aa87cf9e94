"""What people decided about findings, and the policy for what they did not decide."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import field_validator, model_validator

from content.finding import Category, Severity
from content.frozen import Frozen


class Action(StrEnum):
    """The four things a reviewer can say of a finding or a whole group."""

    REPLACE = "replace"
    REMOVE = "remove"
    KEEP = "keep"
    DROP_UNIT = "drop_unit"


class Scope(StrEnum):
    """Where a remembered decision holds again."""

    #: The same text in the same sentence, in any document.
    WORDS = "words"
    #: The same text in a document of the same bytes, or of the same title.
    DOCUMENT = "document"
    #: The same text anywhere; acts only after somebody confirmed it.
    EVERYWHERE = "everywhere"


class Remember(Frozen):
    """That a decision is to hold for later documents too, how far, and until which day (that day included)."""

    scope: Scope = Scope.WORDS
    until: date | None = None


class Decision(Frozen):
    """A reviewer's word on one finding or on all findings of a group.

    `remember` may be written as true, which is the narrowest scope without an end. Raises ValueError (through pydantic)
    when it names neither or both, a `replace` has no text, or a `keep` no reason.
    """

    group: str | None = None
    finding: str | None = None
    action: Action
    text: str | None = None
    reason: str | None = None
    by: str = ""
    at: str = ""
    remember: Remember | None = None

    @field_validator("remember", mode="before")
    @classmethod
    def _said_shortly(cls, value: object) -> object:
        if isinstance(value, bool):
            return Remember() if value else None
        return value

    @model_validator(mode="after")
    def _complete(self) -> Decision:
        if (self.group is None) == (self.finding is None):
            raise ValueError("name either a group or a finding")
        if self.action is Action.REPLACE and not self.text:
            raise ValueError("replace needs a text")
        if self.action is Action.KEEP and not self.reason:
            raise ValueError("keep needs a reason")
        return self


#: Which team is asked about which category, unless deckprism.toml says otherwise.
TEAMS: dict[Category, str] = {
    Category.CUSTOMER: "account owners and sales",
    Category.ORGANISATION: "account owners and sales",
    Category.PERSON: "HR",
    Category.PRIVATE: "HR",
    Category.CONFIDENTIAL: "legal and finance",
    Category.FIGURES: "legal and finance",
    Category.PROMISE: "operations",
    Category.REPUTATION: "communication",
    Category.CREDENTIAL: "IT security",
    Category.INJECTION: "IT security",
    Category.HIDDEN: "IT security",
}


SlidePictures = Literal["never", "kept", "all"]


class Policy(Frozen):
    """What holds a pack, and who is asked."""

    #: Findings of this severity or more hold a pack until somebody decides. `quality` never holds one.
    hold_from: Severity = Severity.MEDIUM
    teams: dict[Category, str] = TEAMS
    default_team: str = "the default team"
    #: Whether an administrator may confirm a decision to remember that they proposed themselves.
    allow_own_memory: bool = False
    #: Slides as they look in a pack, instead of drawings, where nothing on them was withheld: `never`; `kept`, where no
    #: picture is on them or somebody kept those that are; `all`, which says that pictures in decks are fine.
    slide_pictures: SlidePictures = "never"

    def holds(self, category: Category, severity: Severity) -> bool:
        """Whether an undecided finding of this kind holds the pack (and so is masked)."""
        return category is not Category.QUALITY and severity.at_least(self.hold_from)

    def team(self, category: Category) -> str:
        """The team that is asked about a category."""
        return self.teams.get(category, self.default_team)
