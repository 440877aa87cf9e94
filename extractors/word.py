"""Word: .docx and its kin, decided by the package's main part. Headings open sections.

Walked with lxml from the checked package itself: python-docx leaves out text boxes, tracked changes, fields, footnotes and
comments, reads every zip member without limits, and would parse each part a second time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.pictures import kind_of
from extractors.properties import read_properties
from extractors.rest import Rest
from extractors.word_text import Paragraph, paragraphs_of
from extractors.xml import UnsafeXml, W, local, number, parse

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = ("wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macroenabled.main",
          "ms-word.template.macroenabledtemplate.main")
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre|título|titolo|nadpis)\s*([1-9])", re.IGNORECASE)
_DEEPEST_SECTION = 2


class Word:
    """The extractor of Word packages."""

    name = "word"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")

    def sniff(self, file: InputFile) -> int:
        """Certain when the main part of the package is a text document."""
        kind = file.main_type.lower()
        return 100 if any(known in kind for known in _KINDS) else 0

    def extract(self, file: InputFile) -> Document:
        """Read a document. Raises UnreadableFile when its main part is broken."""
        draft = DocumentDraft(file, MEDIA_TYPE)
        done = read_properties(draft, file.package)
        reader = _Reader(file, draft)
        reader.read()
        Rest(draft, file.package, reader.trees, {}, done | reader.done).read()
        return draft.build()


EXTRACTOR = Word()


class _Reader:
    """Goes through one document."""

    def __init__(self, file: InputFile, draft: DocumentDraft) -> None:
        self.draft, self.package = draft, file.package
        self.main = self.package.main_part
        self.done: set[str] = {self.main}
        self.trees: dict[str, etree._Element] = {}
        self.unit: UnitDraft | None = None
        self.levels: dict[str, int] = {}
        self.lists: set[str] = set()
        self.tables = 0
        self.relations = {rid: (kind, target)
                          for rid, kind, target, outside in self.package.relations(self.main) if not outside}

    def read(self) -> None:
        try:
            root = parse(self.package.read(self.main))
        except UnsafeXml as error:
            raise UnreadableFile(f"{self.draft.file.name}, {self.main}", str(error),
                                 "Open it in Word and save it again") from None
        body = root.find(W + "body")
        if body is None:
            raise UnreadableFile(self.draft.file.name, "is damaged: it has no body", "Open it in Word and save it again")
        self._styles()
        self._blocks(body)
        for _, (kind, target) in sorted(self.relations.items()):
            reader = _PARTS.get(kind.rpartition("/")[2])
            tree = self._tree(target) if reader is not None and target in self.package else None
            if reader is not None and tree is not None:
                self.done.add(target)
                reader(self, target, tree)
        if not self.draft.units:
            self.draft.not_read("document", "no text was found in it")

    def _tree(self, name: str) -> etree._Element | None:
        try:
            self.trees[name] = parse(self.package.read(name))
        except UnsafeXml as error:
            self.draft.not_read(name, str(error))
            return None
        return self.trees[name]

    def _styles(self) -> None:
        """Heading levels by style id: by outline level, by name, or as the style that it is based on."""
        target = next((t for kind, t in self.relations.values() if kind.endswith("/styles")), "")
        tree = self._tree(target) if target in self.package else None
        based: dict[str, str] = {}
        for style in tree.iter(W + "style") if tree is not None else ():
            name = style.get(W + "styleId", "")
            shown = _value(style.find(W + "name"))
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            match = _HEADING.match(shown)
            based[name] = _value(style.find(W + "basedOn"))
            if style.find(f"{W}pPr/{W}numPr") is not None or shown.lower().startswith("list"):
                self.lists.add(name)
            if shown.lower() in ("title", "titel", "titre"):
                self.levels[name] = 0
            elif outline is not None and number(outline.get(W + "val"), 9) < 9:
                self.levels[name] = number(outline.get(W + "val")) + 1
            elif match:
                self.levels[name] = int(match[1])
        for name, parent in based.items():
            if name not in self.levels and parent in self.levels:
                self.levels[name] = self.levels[parent]

    def _here(self) -> UnitDraft:
        if self.unit is None:
            self.unit = self.draft.new_unit("section")
        return self.unit

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            kind = local(child.tag)
            if kind == "p":
                for paragraph in paragraphs_of(child):
                    self._paragraph(paragraph)
                self._pictures(child)
            elif kind == "tbl":
                self._table(child)
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self._blocks(child)
            elif kind in ("del", "moveFrom"):
                for p in child.iter(W + "p"):
                    for paragraph in paragraphs_of(p):
                        self._here().add_once(Part.HIDDEN_TEXT, paragraph.text + paragraph.deleted, where="tracked deletion")

    def _paragraph(self, paragraph: Paragraph) -> None:
        level = self.levels.get(paragraph.style, -1) if paragraph.outline < 0 else paragraph.outline + 1
        text = paragraph.text.strip()
        if text and level >= 0:
            title = " ".join(text.split())
            if level <= _DEEPEST_SECTION and not (self.unit is not None and not self.unit.blocks):
                self.unit = self.draft.new_unit("section")
            if not self._here().title:
                self._here().title = title
            self._here().add(Part.TITLE, title, level=max(0, level - _DEEPEST_SECTION))
        elif text:
            listed = paragraph.list_level >= 0 or paragraph.style in self.lists
            unit = self._here()
            previous = unit.blocks[-1].shape if unit.blocks else ""
            own = f"s{unit.number}.{'list' if listed else 'paragraph'}{len(unit.blocks) + 1}"
            shape = previous if listed and ".list" in previous else own
            unit.add(Part.BODY, text, level=max(paragraph.list_level, 0) + 1 if listed else 0, shape=shape)
        starts = self.unit is not None or paragraph.deleted or paragraph.hidden
        self._unseen(paragraph, self._here() if starts else self.draft.whole)

    def _unseen(self, paragraph: Paragraph, unit: UnitDraft) -> None:
        unit.add_once(Part.HIDDEN_TEXT, paragraph.hidden, where="hidden text")
        unit.add_once(Part.HIDDEN_TEXT, paragraph.deleted, where="tracked deletion")
        for author in paragraph.authors:
            self.draft.whole.add_once(Part.COMMENT, author, where="author of a tracked change")
        for code in paragraph.codes:
            unit.add_once(Part.LINK if "HYPERLINK" in code else Part.OTHER, code, where="field code")
        for alt in paragraph.alts:
            unit.add_once(Part.ALT_TEXT, alt, where="alternative text")

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        shape = f"s{self._here().number}.table{self.tables}"
        for row, line in enumerate(_rows(table)):
            for column, cell in enumerate(line.iterchildren(W + "tc")):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                covered = merged is not None and merged.get(W + "val", "continue") == "continue"
                found = [paragraph for p in cell.iterchildren(W + "p") for paragraph in paragraphs_of(p)]
                text = "\n".join(p.text.strip() for p in found if p.text.strip())
                self._here().add(Part.HIDDEN_TEXT if covered else Part.TABLE, text, row=row, column=column, shape=shape,
                                 visible=not covered, where="a cell that another one covers" if covered else "")
                for paragraph in found:
                    self._unseen(paragraph, self._here())
                for inner in cell.iterchildren(W + "tbl"):
                    self._table(inner)

    def _pictures(self, p: etree._Element) -> None:
        for blip in p.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            rid = blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", "")
            _, target = self.relations.get(rid, ("", ""))
            if target in self.package:
                try:
                    data = self.package.read(target)
                except UnsafeXml:
                    continue  # listed as unread when the rest of the package is read
                kind = kind_of(data, self.package.type_of(target))
                self._here().add_picture(hashlib.sha256(data).hexdigest(), kind, None, "")

    def _margin(self, name: str, tree: etree._Element) -> None:
        """Headers and footers; page numbers alone say nothing."""
        for p in tree.iter(W + "p"):
            for paragraph in paragraphs_of(p):
                if any(char.isalpha() for char in paragraph.text):
                    self.draft.whole.add_once(Part.FOOTER, paragraph.text, where=name, visible=True)
                self._unseen(paragraph, self.draft.whole)

    def _notes(self, name: str, tree: etree._Element) -> None:
        for note in tree:
            if note.get(W + "type", "normal") == "normal":
                for p in note.iter(W + "p"):
                    for paragraph in paragraphs_of(p):
                        self.draft.whole.add_once(Part.OTHER, paragraph.text, where=f"{name}, note", visible=True)
                        self._unseen(paragraph, self.draft.whole)

    def _comments(self, name: str, tree: etree._Element) -> None:
        for comment in tree.iter(W + "comment"):
            text = "\n".join(paragraph.text for p in comment.iter(W + "p") for paragraph in paragraphs_of(p))
            if text.strip():
                self.draft.whole.add(Part.COMMENT, comment.get(W + "author", ""), visible=False, where=f"{name}, author")
                self.draft.whole.add(Part.COMMENT, text, visible=False, where=name)

    def _settings(self, name: str, tree: etree._Element) -> None:
        for item in tree.iter(W + "docVar"):
            self.draft.whole.add_once(Part.PROPERTY, item.get(W + "val", ""),
                                      where=f"document variable {item.get(W + 'name', '')}")
        for item in tree.iter(W + "query", W + "connectString"):
            self.draft.whole.add_once(Part.PROPERTY, item.get(W + "val", ""), where="mail merge")


_PARTS = {"header": _Reader._margin, "footer": _Reader._margin, "footnotes": _Reader._notes, "endnotes": _Reader._notes,
          "comments": _Reader._comments, "settings": _Reader._settings}


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        kind = local(child.tag)
        if kind == "tr":
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(child)


def _value(element: etree._Element | None) -> str:
    return str(element.get(W + "val", "")) if element is not None else ""
