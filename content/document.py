"""What a file says and where: the output of every extractor.

A Document holds the readable layer (blocks in reading order, which may feed drafts) and the complete layer (notes,
comments, properties, hidden text, ... which are scanned) in one list of units. It never holds bytes of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from content.frozen import Frozen


class Part(StrEnum):
    """What kind of place a block's text stands in."""

    TITLE = "title"
    BODY = "body"
    TABLE = "table"
    CHART = "chart"
    SMARTART = "smartart"
    NOTES = "notes"
    COMMENT = "comment"
    ALT_TEXT = "alt_text"
    LINK = "link"
    FOOTER = "footer"
    PROPERTY = "property"
    EMBEDDED = "embedded"
    ATTACHMENT = "attachment"
    ANNOTATION = "annotation"
    FORM_FIELD = "form_field"
    HIDDEN_TEXT = "hidden_text"
    MASTER = "master"
    IMAGE_TEXT = "image_text"
    OTHER = "other"


#: Parts that an audience sees or hears. Only these may feed drafts; all the rest are scanned only.
READABLE = frozenset({Part.TITLE, Part.BODY, Part.TABLE, Part.CHART, Part.SMARTART, Part.NOTES})


#: What the name of the shape of a block quotation holds, in a document and in its cleared text.
QUOTE = ".quote"
#: The level of a title that is no heading of a section: the bold start of a paragraph.
LABEL_LEVEL = 9


class Box(Frozen):
    """Where a shape stands on its unit, in the document's own unit of length (EMU for slides, points for pages)."""

    x: float
    y: float
    width: float
    height: float


class Block(Frozen):
    """A paragraph, table cell, chart label or other smallest piece of text that has one place.

    `id` is `s<unit>.b<n>` and unique in the document; offsets of findings count characters of `text`.
    """

    id: str
    part: Part
    text: str
    level: int = 0
    box: Box | None = None
    visible: bool = True
    #: Blocks of one text box, table or diagram share this name, so that siblings can be told from neighbours.
    shape: str = ""
    #: Position in a table or chart, counted from 0; None elsewhere.
    row: int | None = None
    column: int | None = None
    #: The number behind the figure of a chart, of which `text` says how it is shown; None elsewhere.
    value: float | None = None
    #: Item of a list that the program numbers, so that its text holds no number.
    numbered: bool = False
    #: Blanks before the text as it was typed, a tab counting four: what indents a line of program text.
    indent: int = 0
    #: Package part or object the text came from, for people who look for it ("ppt/comments/comment1.xml").
    where: str = ""

    @property
    def readable(self) -> bool:
        """Whether an audience would see or hear this text."""
        return self.visible and self.part in READABLE


class Picture(Frozen):
    """A picture on a unit. Its pixels stay in the file; here is what is needed to decide about it and to place it."""

    id: str
    sha256: str
    media_type: str
    box: Box | None = None
    alt_text: str = ""


class Unit(Frozen):
    """A slide, page or section. Number 0, of kind `file`, is what belongs to the whole file."""

    number: int
    kind: str
    title: str = ""
    hidden: bool = False
    section: str = ""
    layout: str = ""
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def notes(self) -> tuple[Block, ...]:
        """The blocks of the speaker notes, in order."""
        return tuple(block for block in self.blocks if block.part is Part.NOTES and block.visible)


class Unread(Frozen):
    """A part of the file that could not be read. It blocks release until a person accepts it."""

    where: str
    why: str
    unit: int = 0


class Source(Frozen):
    """The file itself, without its bytes."""

    name: str
    sha256: str
    media_type: str
    bytes: int


class Body(Frozen):
    """The shape that a Document and a ClearedDocument share."""

    id: str
    source: Source
    title: str = ""
    language: str = "en"
    properties: dict[str, str] = {}
    units: tuple[Unit, ...] = ()
    #: Width and height of a slide or of the first page, in the unit of length of the boxes.
    size: tuple[float, float] | None = None

    def blocks(self) -> Iterator[tuple[Unit, Block]]:
        """Yield every block with its unit, in reading order, unit 0 first where it exists."""
        for unit in self.units:
            for block in unit.blocks:
                yield unit, block

    def content_units(self) -> tuple[Unit, ...]:
        """The visible slides, pages or sections: what an audience was shown."""
        return tuple(unit for unit in self.units if unit.number > 0 and not unit.hidden)


class Document(Body):
    """A file as it is, with everything that could be risky still in it."""

    unread: tuple[Unread, ...] = ()
    #: A second hash of the bytes that no pack shows: ids made with it tell nothing to those who have only the pack.
    key: str = Field(default="", repr=False)
