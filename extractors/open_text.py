"""Text of OpenDocument files: a paragraph with what is seen of it, what is hidden in it, and what hangs on it.

Spans are joined as they stand. Notes, comments, links, boxes and alternative texts go where the caller wants them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.document import Part
from extractors import visibility
from extractors.building import UnitDraft
from extractors.names import written_name
from extractors.open_styles import DC, DRAW, FO, OFFICE, SVG, TEXT, XLINK, Styles, length
from extractors.xml import local

if TYPE_CHECKING:
    from lxml import etree

_DRAWN = frozenset({"frame", "custom-shape", "rect", "ellipse", "circle", "line", "connector", "polygon", "polyline", "path",
                    "g", "control", "caption", "measure", "regular-polygon"})
#: Fields that keep what they show, or hide it.
_HIDING = frozenset({"hidden-text", "hidden-paragraph", "conditional-text"})
_SILENT = frozenset({"tracked-changes", "change", "change-start", "change-end", "bookmark", "bookmark-start", "bookmark-end",
                     "sequence-decls", "variable-decls", "user-field-decls", "soft-page-break", "forms", "reference-mark"})


@dataclass(slots=True)
class Line:
    """One paragraph. `drawn` are the shapes anchored in it, `notes` its foot- and endnotes."""

    text: str = ""
    hidden: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    size: float = 0.0
    level: int = 0


class Flow:
    """Reads paragraphs; asides (comments, links, alternative texts) go to `unit`."""

    def __init__(self, styles: Styles, unit: UnitDraft) -> None:
        self.styles, self.unit = styles, unit

    def lines(self, parent: etree._Element, beneath: str = "", level: int = 0) -> Iterator[Line]:
        """The paragraphs below an element, lists opened; `beneath` is the colour they stand on."""
        for child in parent:
            kind = local(child.tag)
            if kind in ("p", "h"):
                line = self.line(child, beneath)
                line.level = max(0, level - 1)
                yield line
            elif kind == "list":
                yield from self.lines(child, beneath, level + 1)
            elif kind not in _SILENT and kind not in ("table", "annotation") and kind not in _DRAWN:
                yield from self.lines(child, beneath, level)

    def line(self, p: etree._Element, beneath: str = "") -> Line:
        """One paragraph."""
        found = Line()
        name = p.get(TEXT + "style-name")
        own = self.styles.get("paragraph", name, FO + "background-color").lstrip("#").upper()
        beneath = beneath if own in ("", "TRANSPARENT") else own
        found.size = length(self.styles.get("paragraph", name, FO + "font-size")) or 0.0
        self._spans(p, "paragraph", name, found, beneath, "")
        return found

    def _unseen(self, family: str, name: str | None, beneath: str) -> str:
        if not name:
            return ""
        if self.styles.get(family, name, TEXT + "display") == "none":
            return visibility.HIDDEN
        size = length(self.styles.get(family, name, FO + "font-size"))
        if size is not None and size < 4:
            return visibility.TINY
        colour = self.styles.get(family, name, FO + "color").lstrip("#").upper()
        own = self.styles.get(family, name, FO + "background-color").lstrip("#").upper()
        ground = beneath if own in ("", "TRANSPARENT") else own
        return visibility.SAME_COLOUR if colour and colour == ground else ""

    def _spans(self, parent: etree._Element, family: str, name: str | None, line: Line, beneath: str, why: str) -> None:
        self._spaced(parent.text, family, name, line, beneath, why)
        for child in parent:
            kind = local(child.tag)
            if kind in ("span", "a", "meta", "meta-field", "ruby", "ruby-base", "ruby-text"):
                if kind == "a":
                    self.unit.add_once(Part.LINK, child.get(XLINK + "href", ""), where="link")
                    self.unit.add_once(Part.LINK, child.get(OFFICE + "title", ""), where="tip of a link")
                own = child.get(TEXT + "style-name") if kind == "span" else None
                self._spans(child, "text" if own else family, own or name, line, beneath, why)
            elif kind in ("s", "tab", "line-break"):
                line.text += "\n" if kind == "line-break" else "\t" if kind == "tab" else " "
            elif kind == "note":
                line.notes.append(child)
            elif kind in ("annotation", "annotation-end"):
                comment(child, self.unit)
            elif kind in _DRAWN:
                line.drawn.append(child)
            elif kind in _HIDING:
                for key in ("string-value", "string-value-if-true", "string-value-if-false", "condition"):
                    self.unit.add_once(Part.HIDDEN_TEXT, child.get(TEXT + key, ""), where=visibility.HIDDEN)
                shown = kind == "conditional-text"
                self._spans(child, family, name, line, beneath, why if shown else visibility.HIDDEN)
            elif kind not in _SILENT and kind:
                self.unit.add_once(Part.OTHER, child.get(TEXT + "description", ""), where="description of a field")
                self._spans(child, family, name, line, beneath, why)
            self._spaced(child.tail, family, name, line, beneath, why)

    def _spaced(self, text: str | None, family: str, name: str | None, line: Line, beneath: str, why: str) -> None:
        """Blanks count once, as the format says, but those at the edges of a piece part words."""
        if text:
            body = " ".join(text.split())
            first = " " if text[0].isspace() and body else ""
            last = " " if text[-1].isspace() and body else ""
            why = why or self._unseen(family, name, beneath)
            if why and body:
                line.hidden.append((body, why))
            else:
                line.text += first + body + last if body else " "
                size = length(self.styles.get(family, name, FO + "font-size")) if body else None
                line.size = max(line.size, size or 0.0)


def comment(annotation: etree._Element, unit: UnitDraft) -> None:
    """A comment after its author."""
    author = annotation.findtext(DC + "creator", "")
    text = "\n".join("".join(p.itertext()) for p in annotation.iter(TEXT + "p"))
    if author.strip() and (text.strip() or annotation.tag == OFFICE + "annotation"):
        unit.add(Part.COMMENT, author, visible=False, where="author of a comment")
    unit.add(Part.COMMENT, text, visible=False, where="comment")


def described(shape: etree._Element, unit: UnitDraft, known: set[str]) -> None:
    """Alternative text, and the name where a person gave it. `known` names have been said."""
    for name, where in ((SVG + "title", "title of the alternative text"), (SVG + "desc", "alternative text")):
        for item in shape.iterchildren(name):
            unit.add_once(Part.ALT_TEXT, "".join(item.itertext()), where=where)
    unit.add_once(Part.OTHER, written_name(shape.get(DRAW + "name", ""), known), where="name of a shape")
