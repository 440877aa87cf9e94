"""What is allowed by name in deckprism.toml: texts and patterns that are no findings, for whom, why and until when.

    [allow]
    texts = ["Fernhollow Cup",
             {text = "Quillwort", categories = ["confidential"], reason = "it is out", until = 2027-06-30}]
    patterns = [{pattern = 'REQ-[0-9]{4}', rules = ["identifier.ticket"], reason = "numbers of our public board"}]

Whether a pattern is safe to allow is looked at where patterns are known (rules/allow.py); here is only the form.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field, field_validator, model_validator

from content.finding import Category
from content.frozen import Frozen

#: Never allowed by the way: a secret, a steering text and what nobody saw or read. A text may be, when it names its
#: rule or category; a pattern never.
GUARDED = frozenset({Category.CREDENTIAL, Category.INJECTION, Category.HIDDEN, Category.UNREAD})
#: Findings about places: they have no text that could be allowed, only decided on.
_TEXTLESS = frozenset({Category.HIDDEN, Category.UNREAD})


class Allowance(Frozen):
    """What the two kinds share: for which rules or categories (none named: all but the guarded), why, until when."""

    rules: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    reason: str = ""
    #: The last day on which it holds.
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it holds on a day; one with an end holds only on a day that is given."""
        return self.until is None or (day is not None and day <= self.until)

    def names(self, rule: str, category: Category) -> bool:
        """Whether it names this rule, or this category."""
        return rule in self.rules or category in self.categories

    def covers(self, rule: str, category: Category) -> bool:
        """Whether it is meant for findings of this rule and category."""
        if self.rules or self.categories:
            return self.names(rule, category)
        return category not in GUARDED


class AllowedText(Allowance):
    """A text that is no finding, whatever its capitals and blanks; in TOML a bare string stands for one."""

    text: str = Field(min_length=2, max_length=2000)

    @model_validator(mode="after")
    def _can_be(self) -> AllowedText:
        for category in self.categories:
            if category in _TEXTLESS:
                raise ValueError(f"{category.value} findings are places without a text: decide on them instead")
        return self


class AllowedPattern(Allowance):
    """A google-re2 pattern; a finding whose whole text matches it is none."""

    pattern: str = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _can_be(self) -> AllowedPattern:
        for category in self.categories:
            if category in GUARDED:
                raise ValueError(f"{category.value} findings cannot be allowed by a pattern: name the exact texts")
        return self


class Allow(Frozen):
    """All that is allowed by name."""

    texts: tuple[AllowedText, ...] = ()
    patterns: tuple[AllowedPattern, ...] = ()

    @field_validator("texts", mode="before")
    @classmethod
    def _bare_text(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"text": item} if isinstance(item, str) else item for item in value]

    @field_validator("patterns", mode="before")
    @classmethod
    def _bare_pattern(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"pattern": item} if isinstance(item, str) else item for item in value]

    def on(self, day: date | None) -> Allow:
        """What of it holds on a day."""
        return Allow.model_construct(texts=tuple(each for each in self.texts if each.holds(day)),
                                     patterns=tuple(each for each in self.patterns if each.holds(day)))
