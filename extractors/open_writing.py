"""The body of OpenDocument texts: headings open sections; tables, boxes, notes, deleted text; rows of sheets and charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors import visibility
from extractors.building import DocumentDraft, UnitDraft
from extractors.open_styles import DC, DRAW, OFFICE, TABLE, TEXT, XLINK, Styles
from extractors.open_text import Flow, Line, comment, described
from extractors.xml import local, number

if TYPE_CHECKING:
    from lxml import etree

_DEEPEST_SECTION = 2
_MOST_CELLS = 50_000
_SILENT = frozenset({"sequence-decls", "forms", "soft-page-break", "dde-connection-decls", "calculation-settings"})


class Writing:
    """Fills the units of a text. `embedded` reads what a frame links to inside the package."""

    def __init__(self, draft: DocumentDraft, styles: Styles,
                 embedded: Callable[[etree._Element, UnitDraft, Box | None], None]) -> None:
        self.draft, self.styles, self.embedded = draft, styles, embedded
        self.names: set[str] = set()
        self.tables = 0
        self.cells = 0

    def read(self, parent: etree._Element, why: str = "", level: int = 0, shape: str = "") -> None:
        """Everything below an element; `why` says that an audience does not see it."""
        for child in parent:
            kind = local(child.tag)
            if kind in ("h", "p"):
                self._line(child, why, level, shape, heading=kind == "h")
            elif kind == "list":
                own = shape or f"s{self.draft.section().number}.list{len(self.draft.section().blocks) + 1}"
                self.read(child, why, level + 1, own)
            elif kind == "table":
                flow = Flow(self.styles, self.draft.section())
                self.tables += 1
                self.table(child, self.draft.section(), flow, f"s{self.draft.section().number}.table{self.tables}", why)
            elif kind == "tracked-changes":
                self._changes(child)
            elif kind in ("variable-decls", "user-field-decls"):
                for item in child:
                    self.draft.whole.add_once(Part.PROPERTY, item.get(OFFICE + "string-value", ""),
                        where="a field of the document")
            elif kind == "section":
                off = child.get(TEXT + "display") in ("none", "condition")
                self.read(child, why or (visibility.HIDDEN if off else ""), level, shape)
            elif kind in ("frame", "custom-shape", "rect", "ellipse", "g", "a", "line", "path", "polygon", "control"):
                self._drawn(child, self.draft.section(), why)
            elif kind == "annotation":
                comment(child, self.draft.section())
            elif kind and kind not in _SILENT:
                self.read(child, why, level, shape)

    def _line(self, p: etree._Element, why: str, level: int, shape: str, *, heading: bool) -> None:
        flow = Flow(self.styles, self.draft.section() if self.draft.units else self.draft.whole)
        line = flow.line(p, "FFFFFF")  # the page, which is white in all but a few
        text = line.text.strip()
        styled = self.styles.get("paragraph", p.get(TEXT + "style-name"), "outline")
        titled = (p.get(TEXT + "style-name") or "") in ("Title", "Titel") or self._based_on_title(p)
        depth = number(p.get(TEXT + "outline-level"), 1) if heading else number(styled, 0) or (1 if titled else 0)
        if text and depth and not why:
            if depth <= _DEEPEST_SECTION and not (self.draft.units and not self.draft.section().blocks):
                self.draft.new_unit("section")
            unit = self.draft.section()
            unit.title = unit.title or " ".join(text.split())
            unit.add(Part.TITLE, " ".join(text.split()), level=max(0, depth - _DEEPEST_SECTION))
        elif text:
            unit = self.draft.section()
            unit.add(Part.HIDDEN_TEXT if why else Part.BODY, text, level=level, visible=not why, where=why,
                     shape=shape or f"s{unit.number}.paragraph{len(unit.blocks) + 1}")
        self._aside(line, self.draft.section() if text or line.hidden else flow.unit, why)

    def _based_on_title(self, p: etree._Element) -> bool:
        return self.styles.based("paragraph", p.get(TEXT + "style-name"), "Title")

    def _aside(self, line: Line, unit: UnitDraft, why: str) -> None:
        for text, reason in line.hidden:
            unit.add_once(Part.HIDDEN_TEXT, text, where=reason)
        for note in line.notes:
            body = note.find(TEXT + "note-body")
            for inner in Flow(self.styles, unit).lines(body) if body is not None else ():
                unit.add_once(Part.OTHER, inner.text, where="note", visible=True)
                self._aside(inner, unit, why)
        for element in line.drawn:
            self._drawn(element, unit, why)

    def _drawn(self, element: etree._Element, unit: UnitDraft, why: str) -> None:
        """A shape in a text: its words after the paragraph that it hangs on."""
        kind = local(element.tag)
        off = element.get(DRAW + "display") == "none"
        why = why or (visibility.SWITCHED_OFF if off else "")
        if kind in ("g", "a"):
            unit.add_once(Part.LINK, element.get(XLINK + "href", ""), where="link")
            for child in element:
                self._drawn(child, unit, why)
        else:
            holder = element.find(DRAW + "text-box") if kind == "frame" else element
            for child in holder if holder is not None else ():
                if local(child.tag) == "table":
                    self.table(child, unit, Flow(self.styles, unit), f"s{unit.number}.box", why)
            beneath = self.styles.fill("graphic", element.get(DRAW + "style-name"))
            for line in Flow(self.styles, unit).lines(holder, beneath) if holder is not None else ():
                unit.add(Part.HIDDEN_TEXT if why else Part.BODY, line.text, visible=not why, where=why, level=line.level,
                         shape=f"s{unit.number}.box{len(unit.blocks) + 1}")
                self._aside(line, unit, why)
            self.embedded(element, unit, None)
        described(element, unit, self.names)

    def _changes(self, changes: etree._Element) -> None:
        for region in changes:
            for info in region.iter(OFFICE + "change-info"):
                self.draft.whole.add_once(Part.COMMENT, info.findtext(DC + "creator", ""), where="author of a tracked change")
                for p in info.iter(TEXT + "p"):
                    self.draft.whole.add_once(Part.COMMENT, "".join(p.itertext()), where="comment on a tracked change")
            for deletion in region.iter(TEXT + "deletion"):
                for line in Flow(self.styles, self.draft.whole).lines(deletion):
                    text = line.text + "".join(text for text, _ in line.hidden)
                    self.draft.whole.add_once(Part.HIDDEN_TEXT, text, where="tracked deletion")

    def table(self, table: etree._Element, unit: UnitDraft, flow: Flow, shape: str, why: str) -> None:
        """A table or a sheet: one block for each cell, repeated empty ones passed over."""
        hidden_table = self.styles.get("table", table.get(TABLE + "style-name"), TABLE + "display") == "false"
        for row, line in enumerate(table.iter(TABLE + "table-row")):
            unseen = why or (visibility.HIDDEN if hidden_table or line.get(TABLE + "visibility",
                "visible") != "visible" else "")
            column = 0
            for cell in line.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
                found = list(flow.lines(cell))
                text = "\n".join(item.text.strip() for item in found if item.text.strip())
                covered = visibility.MERGED if cell.tag == TABLE + "covered-table-cell" else unseen
                self.cells += 1
                if self.cells > _MOST_CELLS:
                    self.draft.not_read(unit.title or "table",
                        f"more than {_MOST_CELLS} cells; the rest was not read", unit.number)
                    return
                unit.add(Part.HIDDEN_TEXT if covered else Part.TABLE, text, row=row, column=column, shape=shape,
                         visible=not covered, where=covered)
                for item in found:
                    self._aside(item, unit, why)
                for note in cell.iterchildren(OFFICE + "annotation"):
                    comment(note, unit)
                column += min(number(cell.get(TABLE + "number-columns-repeated"), 1), 1000)
