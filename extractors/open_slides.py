"""Slides of OpenDocument presentations and drawings: shapes in the order a person reads them, hidden ones told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors import visibility
from extractors.boxes import inside, touch
from extractors.building import UnitDraft
from extractors.open_styles import DRAW, OFFICE, PRESENTATION, SVG, TABLE, XLINK, Styles, length, moved
from extractors.open_text import Flow, Line, comment, described
from extractors.reading_order import Place, read_order
from extractors.xml import local

if TYPE_CHECKING:
    from lxml import etree

_FOOTERS = frozenset({"footer", "header", "date-time", "page-number"})
_SHAPES = frozenset({"frame", "custom-shape", "rect", "ellipse", "circle", "line", "connector", "polygon", "polyline", "path",
                     "control", "caption", "measure", "regular-polygon", "page-thumbnail"})
#: So many shapes above and below are looked at for what covers what.
_NEAR = 400


@dataclass(slots=True)
class _Shape:
    element: etree._Element
    order: int
    box: Box | None
    kind: str
    style: tuple[str, str]
    hidden: bool
    lines: list[Line] = field(default_factory=list)
    table: etree._Element | None = None
    opaque: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines if line.text.strip())


@dataclass(slots=True)
class Reader:
    """Reads pages. `embedded` reads what a shape links to inside the package: picture, chart, other object."""

    styles: Styles
    embedded: Callable[[etree._Element, UnitDraft, Box | None], None]
    table: Callable[[etree._Element, UnitDraft, Flow, str, str], None]
    names: set[str] = field(default_factory=set)

    def page(self, page: etree._Element, unit: UnitDraft) -> tuple[float, float]:
        """Fill the unit with a page; gives its width and height in points."""
        style = page.get(DRAW + "style-name")
        master = page.get(DRAW + "master-page-name", "")
        size = self.styles.page(master) or (720.0, 540.0)
        unit.hidden = self.styles.get("drawing-page", style, PRESENTATION + "visibility") == "hidden"
        unit.layout = master
        name = page.get(DRAW + "name", "")
        if name.rstrip("0123456789 ").lower() not in ("page", "slide", "", "dia", "folie", "seite", "pagina", "strana"):
            unit.add_once(Part.PROPERTY, name, where="name of the slide")
        flow = Flow(self.styles, unit)
        shapes = list(self._shapes(page, (0.0, 0.0), False))
        ground = self._ground(style, master)
        for order, shape in enumerate(shapes):
            shape.order, shape.opaque = order, self._opaque(shape)
            self._fill(shape, shapes, flow, ground)
        self._emit(shapes, unit, flow, size)
        for child in page:
            kind = local(child.tag)
            if kind == "notes":
                self._notes(child, unit, flow)
            elif kind == "annotation":
                comment(child, unit)
        for item in page.iter(PRESENTATION + "event-listener", PRESENTATION + "sound", "{*}audio"):
            unit.add_once(Part.LINK, item.get(XLINK + "href", ""), where="action")
        for item in page.iter("{urn:oasis:names:tc:opendocument:xmlns:form:1.0}*"):
            for key in ("label", "value", "current-value", "title", "name"):
                value = item.get(f"{{urn:oasis:names:tc:opendocument:xmlns:form:1.0}}{key}", "")
                if key != "name" or any(c == " " for c in value):
                    unit.add_once(Part.FORM_FIELD, value, where=f"form, {key}")
        return size

    def _ground(self, style: str | None, master: str) -> str:
        own = self.styles.fill("drawing-page", style)
        if own:
            return own
        found = self.styles.masters.get(master)
        name = found.get(DRAW + "style-name") if found is not None else None
        if self.styles.get("drawing-page", name, DRAW + "fill") in ("bitmap", "gradient", "hatch"):
            return ""
        return self.styles.fill("drawing-page", name) or "FFFFFF"

    def _shapes(self, parent: etree._Element, by: tuple[float, float], hidden: bool) -> Iterator[_Shape]:
        for child in parent:
            kind = local(child.tag)
            if kind in ("g", "a"):
                off = child.get(DRAW + "display") in ("none", "printer")
                if kind == "a" or child.get(DRAW + "name"):
                    yield _Shape(child, 0, None, kind, ("", ""), hidden)
                yield from self._shapes(child, by, hidden or off)
            elif kind in _SHAPES:
                own = child.get(PRESENTATION + "style-name")
                style = ("presentation", own) if own else ("graphic", child.get(DRAW + "style-name", ""))
                off = hidden or child.get(DRAW + "display") in ("none", "printer")
                yield _Shape(child, 0, _box(child), child.get(PRESENTATION + "class", ""), style, off)

    def _fill(self, shape: _Shape, before: list[_Shape], flow: Flow, ground: str) -> None:
        element = shape.element
        if local(element.tag) in ("g", "a"):
            return
        family, name = shape.style
        shape.table = element.find(TABLE + "table")
        beneath = self.styles.fill(family, name) or ground
        if self.styles.get(family, name, DRAW + "fill") in ("bitmap", "gradient", "hatch") or any(
                other.box and shape.box and touch(other.box, shape.box)
                for other in before[max(0, shape.order - _NEAR):shape.order]):
            beneath = self.styles.fill(family, name)
        body = element.find(DRAW + "text-box")
        for holder in ([body] if body is not None else [] if local(element.tag) == "frame" else [element]):
            shape.lines = list(flow.lines(holder, beneath))

    def _emit(self, shapes: list[_Shape], unit: UnitDraft, flow: Flow, size: tuple[float, float]) -> None:
        title = next((s for s in shapes if s.kind == "title" and s.text), None) or _biggest(shapes, size)
        if title is not None and not title.hidden:
            unit.title = title.text
            unit.add(Part.TITLE, title.text, box=title.box, shape=f"s{unit.number}.shape{title.order + 1}")
        saying = [s for s in shapes if s.box is not None and (s.text or s.table is not None)]
        places = [Place(s.order, s.box.x, s.box.y, s.box.x + s.box.width, s.box.y + s.box.height, len(s.text.split()) or 20)
                  for s in saying if s.box is not None]
        rank = {order: position for position, order in enumerate(read_order(places, *size))}
        for shape in sorted(shapes, key=lambda s: (s.kind in _FOOTERS, rank.get(s.order, 10**6), s.order)):
            why = self._why(shape, shapes, size)
            name = f"s{unit.number}.shape{shape.order + 1}"
            part = Part.HIDDEN_TEXT if why else Part.FOOTER if shape.kind in _FOOTERS else Part.BODY
            for line in shape.lines if shape is not title or why else ():
                unit.add(part, line.text, level=line.level, box=shape.box, visible=not why, shape=name, where=why)
            for line in shape.lines:
                for text, reason in line.hidden:
                    unit.add_once(Part.HIDDEN_TEXT, text, where=reason, box=shape.box)
            if shape.table is not None:
                self.table(shape.table, unit, flow, name, why)
            described(shape.element, unit, self.names)
            if local(shape.element.tag) == "a":
                unit.add_once(Part.LINK, shape.element.get(XLINK + "href", ""), where="link")
            self.embedded(shape.element, unit, shape.box)

    def _why(self, shape: _Shape, shapes: list[_Shape], size: tuple[float, float]) -> str:
        if shape.hidden:
            return visibility.SWITCHED_OFF
        box = shape.box
        if box is None:
            return ""
        if box.x >= size[0] or box.y >= size[1] or box.x + box.width <= 0 or box.y + box.height <= 0:
            return visibility.BESIDE if box.width or box.height else ""
        for other in shapes[shape.order + 1:shape.order + _NEAR]:
            if other.box is not None and not other.hidden and other.opaque and inside(box, other.box):
                return visibility.COVERED
        return ""

    def _opaque(self, shape: _Shape) -> bool:
        kind = local(shape.element.tag)
        if kind == "custom-shape":
            geometry = shape.element.find(DRAW + "enhanced-geometry")
            kind = "rect" if geometry is not None and geometry.get(DRAW + "type") in ("rectangle", "mso-spt1") else kind
        plain = self.styles.get(*shape.style, DRAW + "fill") == "solid" and bool(self.styles.fill(*shape.style))
        if kind == "rect":
            return plain
        image = shape.element.find(DRAW + "image") if kind == "frame" else None
        return image is not None and image.get(XLINK + "href", "").lower().endswith((".jpg", ".jpeg"))

    def _notes(self, notes: etree._Element, unit: UnitDraft, flow: Flow) -> None:
        for frame in notes.iter(DRAW + "frame", DRAW + "custom-shape", DRAW + "rect"):
            body = frame.find(DRAW + "text-box")
            kind = frame.get(PRESENTATION + "class", "")
            for line in flow.lines(body if body is not None else frame):
                text = line.text + "".join(text for text, _ in line.hidden)
                if kind == "notes":
                    unit.add(Part.NOTES, text, level=line.level, shape=f"s{unit.number}.notes")
                elif not text.strip().isdigit() and "<" not in text:
                    unit.add_once(Part.FOOTER if kind in _FOOTERS else Part.OTHER, text, where="notes page")
            described(frame, unit, self.names)
        for item in notes.iter(OFFICE + "annotation"):
            comment(item, unit)


def _biggest(shapes: list[_Shape], size: tuple[float, float]) -> _Shape | None:
    """Without a title frame: the one short text near the top that is larger than all others."""
    texts = [s for s in shapes if s.text and s.box is not None and s.kind not in _FOOTERS and not s.hidden]
    short = [s for s in texts if len(s.text.split()) <= 14 and s.box is not None and s.box.y < 0.4 * size[1]]
    if not short:
        return None
    best = max(short, key=lambda s: (max(line.size for line in s.lines), -s.order))
    large = max(line.size for line in best.lines)
    return best if large and all(s is best or max(line.size for line in s.lines) < large for s in texts) else None


def _box(element: etree._Element) -> Box | None:
    width, height = length(element.get(SVG + "width")), length(element.get(SVG + "height"))
    x, y = length(element.get(SVG + "x")), length(element.get(SVG + "y"))
    if x is None or y is None:
        at = moved(element.get(DRAW + "transform"))
        if at is None:
            return None
        x, y = at
    return Box(x=round(x, 1), y=round(y, 1), width=round(width or 0.0, 1), height=round(height or 0.0, 1))
