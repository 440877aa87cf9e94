"""Collects blocks while a file is read, and freezes them into a Document with ids in reading order.

All drafts of one file share one `Room`: how much text a document may hold, whatever its format. Real files stay far below
it; what goes beyond is counted and listed as unread, never left out in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.document import READABLE, Block, Box, Document, Part, Picture, Unit, Unread
from extractors.base import InputFile
from extractors.xml import clean

_USELESS = re.compile(
    r"(?:microsoft\s+(?:power\s?point|word)(?:\s*[-–].*)?|power\s?point[- ]?(?:presentation|presentatie|präsentation)?|"
    r"pr[eé]sentation(?:\s+power\s?point)?|presentaci[oó]n(?:\s+de\s+power\s?point)?|presentazione(?:\s+.*power\s?point.*)?|"
    r"apresenta[cç][aã]o(?:\s+do\s+power\s?point)?|prezentace(?:\s+.*)?|presentatie\s*\d*|präsentation\s*\d*|pr[eé]sentation\s*\d*|presentation\s*\d*|slide\s*\d+|dia\s*\d+|folie\s*\d+|"
    r"(?:no|slide)\s+(?:slide\s+)?title|title|titel|untitled.*|naamloos.*|document\s*\d*|doc\d*|template|default|"
    r".+\.(?:pptx?|docx?|pdf|potx?|indd|key|odp|tex|dvi))",
    re.IGNORECASE,
)

#: Pieces of text and of characters that a document may hold: a deck of 3,000 slides has some 60,000 pieces, a book of 300
#: pages 600,000 characters. Beyond it no reviewer and no rule comes to an end in any useful time.
MOST_BLOCKS = 250_000
MOST_CHARACTERS = 60_000_000
#: Entries of what was not read; the rest are counted.
MOST_UNREAD = 2000
#: All fields of a block count as given: one set for all blocks, where pydantic makes one of 700 bytes for each, which is
#: more than half of what a block takes.
_GIVEN = set(Block.model_fields)


def _spaced(text: str) -> str:
    """A no-break space is layout of the page it stood on: kept, a sentence of them is one word that no line can hold."""
    return text.replace("\u00a0", " ") if "\u00a0" in text else text


def _indent(text: str) -> int:
    """The blanks before the first line that says something, a tab counting four."""
    first = next((line for line in text.splitlines() if line.strip()), "").replace("\t", "    ")
    return len(first) - len(first.lstrip())


def useless_title(title: str) -> bool:
    """Whether a document title says nothing: a program's default or a file name."""
    return not title.strip() or bool(_USELESS.fullmatch(title.strip()))


@dataclass(slots=True)
class Room:
    """What a document may still hold, and what did not fit. Once something did not fit, nothing after it is taken."""

    blocks: int = MOST_BLOCKS
    characters: int = MOST_CHARACTERS
    refused: int = 0
    refused_characters: int = 0

    def takes(self, size: int) -> bool:
        """Whether one more piece of so many characters fits; it is counted either way."""
        if self.refused or not self.blocks or size > self.characters:
            self.refused += 1
            self.refused_characters += size
            return False
        self.blocks -= 1
        self.characters -= size
        return True


@dataclass(slots=True)
class UnitDraft:
    """A unit while it is being filled."""

    number: int
    kind: str
    room: Room
    title: str = ""
    hidden: bool = False
    section: str = ""
    layout: str = ""
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    _seen: set[tuple[Part, str]] = field(default_factory=set)

    def add(self, part: Part, text: str, *, level: int = 0, box: Box | None = None, visible: bool = True,
            shape: str = "", row: int | None = None, column: int | None = None, where: str = "",
            numbered: bool = False, value: float | None = None) -> None:
        """Append a block; empty text adds nothing. What an audience reads has plain spaces."""
        typed, text = text, clean(text)
        indent = _indent(typed) if visible and part is Part.BODY and typed[:1].isspace() else 0
        if visible and part in READABLE:
            text = _spaced(text)
        if text and self.room.takes(len(text)):
            where = where if where.isascii() else clean(where)
            block = Block(id=f"s{self.number}.b{len(self.blocks) + 1}", part=part, text=text, level=level, box=box,
                          visible=visible, shape=shape, row=row, column=column, where=where, numbered=numbered,
                          value=value, indent=indent)
            object.__setattr__(block, "__pydantic_fields_set__", _GIVEN)
            self.blocks.append(block)

    def add_once(self, part: Part, text: str, *, where: str = "", visible: bool = False, box: Box | None = None) -> None:
        """Append a block for scanning unless the same text of the same part is there already."""
        text = clean(text) if text else ""
        if text and (part, text) not in self._seen:
            if not self.room.refused:
                self._seen.add((part, text))
            self.add(part, text, where=where, visible=visible, box=box)

    def add_picture(self, sha256: str, media_type: str, box: Box | None, alt_text: str) -> None:
        """Append a picture."""
        if not self.room.takes(len(alt_text)):
            return
        self.pictures.append(Picture(id=f"s{self.number}.p{len(self.pictures) + 1}", sha256=sha256, media_type=media_type,
                                     box=box, alt_text=clean(alt_text)))

    def freeze(self) -> Unit:
        """The unit as it is now."""
        return Unit(number=self.number, kind=self.kind, title=_spaced(self.title), hidden=self.hidden, section=self.section,
                    layout=self.layout, blocks=tuple(self.blocks), pictures=tuple(self.pictures))


@dataclass(slots=True)
class DocumentDraft:
    """A document while it is being filled. `whole` is unit 0."""

    file: InputFile
    media_type: str
    room: Room = field(default_factory=lambda: Room())
    whole: UnitDraft = field(init=False)
    units: list[UnitDraft] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    #: Slide titles as the program last listed them; what no slide says any more is added for scanning.
    stale_titles: tuple[str, ...] = ()
    _listed: set[Unread] = field(default_factory=set)
    _unlisted: int = 0

    def __post_init__(self) -> None:
        self.whole = UnitDraft(0, "file", self.room)
        self.whole.add(Part.PROPERTY, self.file.name, visible=False, where="file name")

    def new_unit(self, kind: str) -> UnitDraft:
        """Start the next unit. Where the document is full, one that belongs to nothing: what it is given is only counted."""
        if not self.room.takes(0):
            return UnitDraft(0, kind, self.room)
        self.units.append(UnitDraft(len(self.units) + 1, kind, self.room))
        return self.units[-1]

    def section(self) -> UnitDraft:
        """The section that is being filled; a first one is opened where there is none."""
        return self.units[-1] if self.units else self.new_unit("section")

    def set_property(self, name: str, value: str, *, scan: bool = True) -> None:
        """Keep a property, and as a block too where somebody could have written it (dates and counts: not)."""
        value, name = clean(value), clean(name)
        if value:
            if not self.room.refused:
                self.properties[name] = value
            if scan:
                self.whole.add_once(Part.PROPERTY, value, where=name)

    def not_read(self, where: str, why: str, unit: int = 0) -> None:
        """List something that could not be read, once; very many are counted in the end."""
        entry = Unread(where=clean(where) or "?", why=why, unit=unit)
        if len(self.unread) >= MOST_UNREAD:
            self._unlisted += entry not in self._listed
        elif entry not in self._listed:
            self._listed.add(entry)
            self.unread.append(entry)

    def _says(self, title: str) -> bool:
        """Whether the document itself says at least half of its title's words: one copied from another file it does not."""
        words = {word for word in title.lower().split() if len(word) > 3}
        said = " ".join(block.text for unit in self.units for block in unit.blocks if block.readable).lower()
        return not words or 2 * sum(word.strip(".,:;!?") in said for word in words) >= len(words)

    def build(self) -> Document:
        """Freeze everything. The title is the document's own unless that says nothing; then the first unit's."""
        titles = {" ".join(unit.title.split()) for unit in self.units}
        for stale in self.stale_titles:
            if " ".join(stale.split()) not in titles and not useless_title(stale):
                self.whole.add_once(Part.PROPERTY, stale, where="title listed in the file's properties")
        if self.room.refused:
            self.unread.append(Unread(where="end of the file", why=(
                f"more text than can be worked on: {self.room.refused:,} further pieces of text or pictures "
                f"({self.room.refused_characters:,} characters) were not read")))
        if self._unlisted:
            self.unread.append(Unread(where="other parts", why=f"{self._unlisted:,} more parts could not be read"))
        title = self.properties.get("title", "")
        first = next((unit.title for unit in self.units if unit.title and not unit.hidden), "")
        if useless_title(title) or (first and not self._says(title)):
            title = first or title
        return Document(
            id=self.file.sha256, key=self.file.key, source=self.file.source(self.media_type), title=" ".join(title.split()),
            properties=dict(sorted(self.properties.items())), size=self.size, unread=tuple(self.unread),
            units=(self.whole.freeze(), *(unit.freeze() for unit in self.units)),
        )
