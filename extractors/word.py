"""Word: .docx and its kin, decided by the package's main part. Headings open sections.

Walked with lxml from the checked package itself: python-docx leaves out text boxes, tracked changes, fields, footnotes and
comments, reads every zip member without limits, and would parse each part a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors import visibility
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.diagrams import read_chart, read_diagram
from extractors.names import written_name
from extractors.parts import Parts
from extractors.pictures import kind_of
from extractors.properties import read_properties
from extractors.rest import Rest
from extractors.word_styles import Styles, counted_lists, fill
from extractors.word_text import Paragraph, control_words, paragraphs_of
from extractors.xml import UnsafeXml, W, local, parse

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = ("wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macroenabled.main",
          "ms-word.template.macroenabledtemplate.main")
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
        parts = Parts(draft, file.package, done | reader.done)
        parts.trees.update(reader.trees)
        Rest(parts).read()
        return draft.build()


EXTRACTOR = Word()


class _Reader:
    """Goes through one document."""

    def __init__(self, file: InputFile, draft: DocumentDraft) -> None:
        self.draft, self.package = draft, file.package
        self.main = self.package.main_part
        self.done: set[str] = {self.main}
        self.trees: dict[str, etree._Element] = {}
        self.styles = Styles(None)
        self.counted: frozenset[tuple[str, int]] = frozenset()
        self.ground = ""
        self.names: set[str] = set()
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
        self.styles = self._styles()
        self.counted = counted_lists(self._numbering())
        self.ground = "" if root.find(W + "background") is not None else "FFFFFF"
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

    def _styles(self) -> Styles:
        target = next((t for kind, t in self.relations.values() if kind.endswith("/styles")), "")
        return Styles(self._tree(target) if target in self.package else None)

    def _numbering(self) -> etree._Element | None:
        target = next((t for kind, t in self.relations.values() if kind.endswith("/numbering")), "")
        try:
            # Not kept: whoever reads the rest of the package looks at this part as at any other.
            return parse(self.package.read(target)) if target in self.package else None
        except UnsafeXml:
            return None  # listed as unread when the rest of the package is read

    def _counts(self, paragraph: Paragraph) -> bool:
        """Whether Word sets a number before a paragraph of a list."""
        style, level = self.styles.numbers.get(paragraph.style, ("", 0))
        return (paragraph.numbering or style, max(paragraph.list_level, 0 if paragraph.numbering else level)) in self.counted

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            kind = local(child.tag)
            if kind == "p":
                for paragraph in paragraphs_of(child, self.styles, self.ground):
                    self._paragraph(paragraph)
                self._pictures(child)
            elif kind == "tbl":
                self._table(child)
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                if kind == "sdt":
                    self._form(control_words(child), self.draft.section() if self.draft.units else self.draft.whole)
                self._blocks(child)
            elif kind in ("del", "moveFrom"):
                for p in child.iter(W + "p"):
                    for paragraph in paragraphs_of(p):
                        text = paragraph.text + "".join(text for text, _ in paragraph.hidden)
                        self.draft.section().add_once(Part.HIDDEN_TEXT, text, where="tracked deletion")

    def _paragraph(self, paragraph: Paragraph) -> None:
        level = self.styles.levels.get(paragraph.style, -1) if paragraph.outline < 0 else paragraph.outline + 1
        text = paragraph.text.strip()
        if text and level >= 0:
            title = " ".join(text.split())
            if level <= _DEEPEST_SECTION and not (self.draft.units and not self.draft.section().blocks):
                self.draft.new_unit("section")
            if not self.draft.section().title:
                self.draft.section().title = title
            self.draft.section().add(Part.TITLE, title, level=max(0, level - _DEEPEST_SECTION))
        elif text:
            listed = paragraph.list_level >= 0 or paragraph.style in self.styles.lists
            unit = self.draft.section()
            previous = unit.blocks[-1].shape if unit.blocks else ""
            kind = "list" if listed else "quote" if paragraph.style in self.styles.quotes else "paragraph"
            own = f"s{unit.number}.{kind}{len(unit.blocks) + 1}"
            shape = previous if listed and ".list" in previous else own
            unit.add(Part.BODY, text, level=max(paragraph.list_level, 0) + 1 if listed else 0, shape=shape,
                     numbered=listed and self._counts(paragraph))
        for rid in paragraph.charts:
            self._chart(rid, self.draft.section())
        starts = bool(self.draft.units) or paragraph.hidden
        self._unseen(paragraph, self.draft.section() if starts else self.draft.whole)

    def _chart(self, rid: str, unit: UnitDraft) -> None:
        """A chart or a diagram in the text, read here so that it is taken for seen."""
        _, target = self.relations.get(rid, ("", ""))
        tree = self._tree(target) if target in self.package and target not in self.done else None
        if tree is None:
            return
        self.done.add(target)
        if local(tree.tag) == "dataModel":
            for text, level in read_diagram(tree):
                unit.add(Part.SMARTART, text, level=level, shape=f"s{unit.number}.{rid}")
        else:
            for label in read_chart(tree):
                unit.add(Part.CHART, label.text, shape=f"s{unit.number}.{rid}", row=label.row, column=label.column,
                         visible=label.visible, where=label.where, value=label.value)

    def _form(self, words: list[str], unit: UnitDraft) -> None:
        for text in words:
            unit.add_once(Part.FORM_FIELD, text, where="form field or content control")

    def _unseen(self, paragraph: Paragraph, unit: UnitDraft) -> None:
        for text, why in paragraph.hidden:
            unit.add_once(Part.HIDDEN_TEXT, text, where=why)
        for author in paragraph.authors:
            self.draft.whole.add_once(Part.COMMENT, author, where="author of a tracked change")
        for code in paragraph.codes:
            unit.add_once(Part.LINK if "HYPERLINK" in code else Part.OTHER, code, where="field code")
        for alt in paragraph.alts:
            unit.add_once(Part.ALT_TEXT, alt, where="alternative text")
        for name in paragraph.names:
            unit.add_once(Part.OTHER, written_name(name, self.names), where="name of a shape or a bookmark")
        for tip in paragraph.tips:
            unit.add_once(Part.LINK, tip, where="tip of a link")
        for text in paragraph.fallbacks:
            unit.add_once(Part.OTHER, text, where=visibility.OLD_PROGRAMS)
        self._form(paragraph.forms, unit)

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        shape = f"s{self.draft.section().number}.table{self.tables}"
        for row, line in enumerate(_rows(table)):
            for column, cell in enumerate(line.iterchildren(W + "tc")):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                covered = merged is not None and merged.get(W + "val", "continue") == "continue"
                # A cell's colour may come from the table's style: where the cell itself says none, nothing is known.
                ground = fill(cell.find(f"{W}tcPr/{W}shd"))
                held = list(_held(cell))
                found = [paragraph for p in held if p.tag == W + "p" for paragraph in paragraphs_of(p, self.styles, ground)]
                text = "\n".join(p.text.strip() for p in found if p.text.strip())
                self.draft.section().add(Part.HIDDEN_TEXT if covered else Part.TABLE, text, row=row, column=column,
                                         shape=shape, visible=not covered, where=visibility.MERGED if covered else "")
                for paragraph in found:
                    self._unseen(paragraph, self.draft.section())
                for inner in held:
                    if inner.tag == W + "tbl":
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
                self.draft.section().add_picture(hashlib.sha256(data).hexdigest(), kind, None, "")

    def _margin(self, name: str, tree: etree._Element) -> None:
        """Headers and footers; page numbers alone say nothing."""
        for p in tree.iter(W + "p"):
            for paragraph in paragraphs_of(p, self.styles):
                if any(char.isalpha() for char in paragraph.text):
                    self.draft.whole.add_once(Part.FOOTER, paragraph.text, where=name, visible=True)
                self._unseen(paragraph, self.draft.whole)

    def _notes(self, name: str, tree: etree._Element) -> None:
        for note in tree:
            if note.get(W + "type", "normal") == "normal":
                for p in note.iter(W + "p"):
                    for paragraph in paragraphs_of(p, self.styles, self.ground):
                        self.draft.whole.add_once(Part.OTHER, paragraph.text, where=f"{name}, note", visible=True)
                        self._unseen(paragraph, self.draft.whole)

    def _comments(self, name: str, tree: etree._Element) -> None:
        for comment in tree.iter(W + "comment"):
            text = "\n".join(paragraph.text for p in comment.iter(W + "p") for paragraph in paragraphs_of(p))
            if text.strip():
                self.draft.whole.add(Part.COMMENT, comment.get(W + "author", ""), visible=False, where=f"{name}, author")
                self.draft.whole.add(Part.COMMENT, text, visible=False, where=name)
            self.draft.whole.add_once(Part.PROPERTY, comment.get(W + "initials", ""), where=f"{name}, initials of an author")

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



def _held(cell: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a cell, content controls and tracked changes opened."""
    for child in cell:
        kind = local(child.tag)
        if kind in ("p", "tbl"):
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _held(child)
