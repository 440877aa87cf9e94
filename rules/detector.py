"""What a detector is: it looks at a whole document and yields hits; the engine makes findings of them.

One file per kind of detector; a module that defines `DETECTOR` is found by itself. A hit names the rule of the
catalogue it comes from: category, severity, why and suggestion are the rule's unless the hit says otherwise. A detector
never decides about overlaps, ids or order (the engine does) and keeps no state between documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from content.document import Block, Document, Unit
from content.finding import Severity
from content.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from rules.catalogue import Catalogue
    from rules.customers import CustomerList
    from rules.haystack import Haystack


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a rule points at. `start` and `end` count characters of the block's text.

    `block` is None when the hit is about the whole unit or file. `key` is the one thing within its category that the
    hit is about, in a canonical folded form: hits of one category with one key become one group.
    """

    rule: str
    block: Block | None
    unit: Unit
    start: int
    end: int
    key: str
    label: str
    confidence: float
    why: str = ""
    suggestion: str = ""
    mask: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """All that a detector may look at. `docs` maps block ids to parsed texts; a block that was not parsed is absent."""

    document: Document
    customers: CustomerList
    settings: Settings
    language: str
    catalogue: Catalogue
    #: Every block with text, joined: patterns search it in one call.
    hay: Haystack
    #: The languages that the text is in, English always among them.
    languages: frozenset[str] = frozenset({"en"})
    #: Block id -> the language of blocks that are in another one than the document.
    tongues: Mapping[str, str] = field(default_factory=dict)
    docs: Mapping[str, Doc] = field(default_factory=dict)
    #: Hits of the detectors that ran before this one, in the order they were found.
    earlier: tuple[Hit, ...] = ()

    def texts(self) -> Iterator[tuple[Unit, Block]]:
        """Every block that has text, with its unit, in reading order."""
        for unit, block in self.document.blocks():
            if block.text and not block.text.isspace():
                yield unit, block

    def tongue(self, block: Block) -> str:
        """The language of a block."""
        return self.tongues.get(block.id, self.language)

    def speaks(self, languages: tuple[str, ...]) -> bool:
        """Whether a rule for these languages has something to do here; a rule without any always has."""
        return not languages or not self.languages.isdisjoint(languages)


@runtime_checkable
class Detector(Protocol):
    """Looks for one kind of thing. `order` decides who runs first (0 unless stated); ties go by name.

    0: needs nothing. 10: needs customers or contacts. 20: needs persons and organisations.
    """

    name: str
    order: int

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield every hit in the document, in any order, overlaps allowed."""
        ...
