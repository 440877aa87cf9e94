"""A rule as data: what it finds, how sure it is, why it matters in words a colleague understands, and its own examples.

Every rule has one, detectors written as code too, so that listing, testing, explaining and the guide for staff cover
all. A rule without an example that must match and one that must not cannot be made.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from content.document import Part
from content.finding import Category, Severity
from content.frozen import Frozen


class Kind(StrEnum):
    """How a rule finds: by pattern, by a list of phrases, by pattern and validator, as a mark on a page, by code."""

    PATTERN = "pattern"
    PHRASE = "phrase"
    VALIDATOR = "validator"
    MARKING = "marking"
    CODE = "code"


class About(StrEnum):
    """Whom the sentence must speak of for the rule to count."""

    ANYBODY = ""
    PERSON = "person"


class Hotwords(Frozen):
    """Words that make a hit more or less likely when they stand within so many characters of it."""

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    within: int = Field(default=60, ge=1, le=1000)
    #: Whether a hit without one of `more` is no hit.
    required: bool = False


class Example(Frozen):
    """A text that shows what the rule does. In YAML a bare string stands for its text in the body of a slide."""

    text: str = ""
    part: Part = Part.BODY
    language: str = "en"
    title: str = ""
    hidden: bool = False
    visible: bool = True
    unread: bool = False
    #: Whether a picture stands beside the text.
    picture: bool = False
    description: str = ""
    file_name: str = "example.pptx"
    customers: tuple[str, ...] = ()


class Examples(Frozen):
    """What must match and what must not."""

    match: tuple[Example, ...] = Field(min_length=1)
    no_match: tuple[Example, ...] = Field(min_length=1)

    @field_validator("match", "no_match", mode="before")
    @classmethod
    def _bare(cls, value: list[str | dict[str, str]]) -> list[str | dict[str, str] | Example]:
        return [Example(text=item) if isinstance(item, str) else item for item in value]


class Wording(Frozen):
    """Why and what instead, in another language than English."""

    why: str
    suggestion: str = ""


class Rule(Frozen):
    """One rule. Patterns are google-re2 (linear time); a group named `hit` narrows what is marked."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
    version: int = Field(ge=1)
    kind: Kind
    category: Category
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    #: Languages the rule understands; none means that it needs no language.
    languages: tuple[str, ...] = ()
    why: str = Field(min_length=10)
    suggestion: str = ""
    #: What stands in the text's place when nobody decided; {name} takes the value of the group `name`.
    mask: str = ""
    patterns: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    ignore_case: bool = True
    hotwords: Hotwords = Hotwords()
    #: Each must match in the sentence of the hit.
    requires: tuple[str, ...] = ()
    #: None may match in the sentence of the hit.
    exclude: tuple[str, ...] = ()
    #: None may match the hit itself, as a whole.
    exclude_hit: tuple[str, ...] = ()
    validator: str = ""
    about: About = About.ANYBODY
    #: Whether the whole sentence is marked instead of the words that gave it away.
    sentence: bool = False
    #: Where it looks; nowhere named means everywhere.
    parts: tuple[Part, ...] = ()
    not_parts: tuple[Part, ...] = ()
    nl: Wording | None = None
    examples: Examples
    #: Which file it came from.
    pack: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Rule:
        if self.kind in (Kind.PATTERN, Kind.VALIDATOR, Kind.MARKING) and not (self.patterns or self.terms):
            raise ValueError("this kind needs patterns or terms")
        if self.kind is Kind.PHRASE and not self.terms:
            raise ValueError("a phrase rule needs terms")
        if self.kind is Kind.VALIDATOR and not self.validator:
            raise ValueError("a validator rule names its validator")
        return self
