"""Collects blocks while a file is read, and freezes them into a Document with ids in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.document import Block, Box, Document, Part, Picture, Unit, Unread
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


def useless_title(title: str) -> bool:
    """Whether a document title says nothing: a program's default or a file name."""
    return not title.strip() or bool(_USELESS.fullmatch(title.strip()))


@dataclass(slots=True)
class UnitDraft:
    """A unit while it is being filled."""

    number: int
    kind: str
    title: str = ""
    hidden: bool = False
    section: str = ""
    layout: str = ""
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    _seen: set[tuple[Part, str]] = field(default_factory=set)

    def add(self, part: Part, text: str, *, level: int = 0, box: Box | None = None, visible: bool = True,
            shape: str = "", row: int | None = None, column: int | None = None, where: str = "") -> None:
        """Append a block; empty text adds nothing."""
        text = clean(text)
        if text:
            where = where if where.isascii() else clean(where)
            self.blocks.append(Block(id=f"s{self.number}.b{len(self.blocks) + 1}", part=part, text=text, level=level, box=box,
                                     visible=visible, shape=shape, row=row, column=column, where=where))

    def add_once(self, part: Part, text: str, *, where: str = "", visible: bool = False, box: Box | None = None) -> None:
        """Append a block for scanning unless the same text of the same part is there already."""
        text = clean(text)
        if text and (part, text) not in self._seen:
            self._seen.add((part, text))
            self.add(part, text, where=where, visible=visible, box=box)

    def add_picture(self, sha256: str, media_type: str, box: Box | None, alt_text: str) -> None:
        """Append a picture."""
        self.pictures.append(Picture(id=f"s{self.number}.p{len(self.pictures) + 1}", sha256=sha256, media_type=media_type,
                                     box=box, alt_text=clean(alt_text)))

    def freeze(self) -> Unit:
        """The unit as it is now."""
        return Unit(number=self.number, kind=self.kind, title=self.title, hidden=self.hidden, section=self.section,
                    layout=self.layout, blocks=tuple(self.blocks), pictures=tuple(self.pictures))


@dataclass(slots=True)
class DocumentDraft:
    """A document while it is being filled. `whole` is unit 0."""

    file: InputFile
    media_type: str
    whole: UnitDraft = field(default_factory=lambda: UnitDraft(0, "file"))
    units: list[UnitDraft] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    #: Slide titles as the program last listed them; what no slide says any more is added for scanning.
    stale_titles: tuple[str, ...] = ()
    _listed: set[Unread] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.whole.add(Part.PROPERTY, self.file.name, visible=False, where="file name")

    def new_unit(self, kind: str) -> UnitDraft:
        """Start the next unit."""
        self.units.append(UnitDraft(len(self.units) + 1, kind))
        return self.units[-1]

    def set_property(self, name: str, value: str, *, scan: bool = True) -> None:
        """Keep a property, and as a block too where somebody could have written it (dates and counts: not)."""
        value, name = clean(value), clean(name)
        if value:
            self.properties[name] = value
            if scan:
                self.whole.add_once(Part.PROPERTY, value, where=name)

    def not_read(self, where: str, why: str, unit: int = 0) -> None:
        """List something that could not be read, once."""
        entry = Unread(where=clean(where) or "?", why=why, unit=unit)
        if entry not in self._listed:
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
        title = self.properties.get("title", "")
        first = next((unit.title for unit in self.units if unit.title and not unit.hidden), "")
        if useless_title(title) or (first and not self._says(title)):
            title = first or title
        return Document(
            id=self.file.sha256, key=self.file.key, source=self.file.source(self.media_type), title=" ".join(title.split()),
            properties=dict(sorted(self.properties.items())), size=self.size, unread=tuple(self.unread),
            units=(self.whole.freeze(), *(unit.freeze() for unit in self.units)),
        )
