"""The shape tree of a slide, flattened: every shape with its place on the slide, groups and mc:AlternateContent opened.

python-pptx leaves out what stands in mc:AlternateContent and stops at the first shape it does not know; this walk skips
nothing in silence. It compares whole tags, because cutting names out of them takes longer than everything else here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from content.document import Box
from extractors.xml import DGM, MC, A, C, P, R, local, number

if TYPE_CHECKING:
    from lxml import etree

_CHARTEX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_DEEPEST = 200
_OFF, _EXT, _XFRM, _BLIP, _NO_FILL = (A + name for name in ("off", "ext", "xfrm", "blip", "noFill"))
_GROUP, _ALTERNATE = P + "grpSp", MC + "AlternateContent"
_KINDS = {P + "sp": "text", P + "pic": "picture", P + "cxnSp": "line", P + "graphicFrame": "other",
          P + "contentPart": "other", "{http://schemas.microsoft.com/office/powerpoint/2010/main}contentPart": "other"}
_NAMED = frozenset(P + name for name in ("nvSpPr", "nvPicPr", "nvCxnSpPr", "nvGrpSpPr", "nvGraphicFramePr"))
_TOLD, _PROPERTIES, _BODY, _PLACE, _GRAPHIC, _BLIP_FILL, _STYLE, _HOLDER = (
    P + "cNvPr", P + "spPr", P + "txBody", P + "xfrm", A + "graphic", P + "blipFill", P + "style", P + "ph")
_SOLID, _PICTURE_FILL = A + "solidFill", A + "blipFill"
_OTHER_FILLS = frozenset({A + "gradFill", A + "pattFill", A + "grpFill"})


@dataclass(slots=True)
class Shape:
    """One shape. `kind`: text, table, chart, diagram, object, picture, line or other; `order` is the z-order."""

    element: etree._Element
    kind: str
    order: int
    group: tuple[int, ...]
    box: Box | None
    number: str = ""
    name: str = ""
    alt: str = ""
    alt_title: str = ""
    hidden: bool = False
    #: Placeholder type ("title", "body", ...; '' when it is none) and index.
    placeholder: str = ""
    index: str = ""
    #: Relationship id of the chart, diagram data, object or picture.
    relation: str = ""
    own_fill: etree._Element | None = None
    has_fill: bool = False
    properties: etree._Element | None = None
    body: etree._Element | None = None
    style: etree._Element | None = None


@dataclass(slots=True)
class Tree:
    """What a shape tree holds: its shapes, and the fallbacks of mc:AlternateContent, which old programs show."""

    shapes: list[Shape] = field(default_factory=list)
    fallbacks: list[etree._Element] = field(default_factory=list)
    too_deep: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """A group's coordinates: slide = scale * inner + move."""

    sx: float = 1.0
    sy: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    hidden: bool = False

    def box(self, xfrm: etree._Element | None) -> Box | None:
        if xfrm is None:
            return None
        off, ext = xfrm.find(_OFF), xfrm.find(_EXT)
        if off is None or ext is None:
            return None
        x, y = number(off.get("x")) * self.sx + self.dx, number(off.get("y")) * self.sy + self.dy
        width, height = number(ext.get("cx")) * self.sx, number(ext.get("cy")) * self.sy
        turned = xfrm.get("rot")
        if turned and 45 <= (number(turned) / 60000) % 180 <= 135:
            x, y, width, height = x + (width - height) / 2, y + (height - width) / 2, height, width
        return Box(x=float(round(x)), y=float(round(y)), width=float(round(width)), height=float(round(height)))

    def inner(self, xfrm: etree._Element | None, hidden: bool) -> _Frame:
        hidden = hidden or self.hidden
        if xfrm is None:
            return replace(self, hidden=hidden)
        parts = [xfrm.find(A + name) for name in ("off", "ext", "chOff", "chExt")]
        if any(part is None for part in parts):
            return replace(self, hidden=hidden)
        off, ext, inner_off, inner_ext = parts
        sx = number(ext.get("cx")) / (number(inner_ext.get("cx")) or 1) or 1.0
        sy = number(ext.get("cy")) / (number(inner_ext.get("cy")) or 1) or 1.0
        dx = number(off.get("x")) - number(inner_off.get("x")) * sx
        dy = number(off.get("y")) - number(inner_off.get("y")) * sy
        return _Frame(self.sx * sx, self.sy * sy, self.sx * dx + self.dx, self.sy * dy + self.dy, hidden)


def walk(root: etree._Element) -> Tree:
    """Flatten the shape tree of a slide, layout, master or notes page."""
    tree = Tree()
    top = root.find(f"{P}cSld/{P}spTree")
    if top is not None:
        _children(top, _Frame(), (), tree)
        for order, shape in enumerate(tree.shapes, start=1):
            shape.order = order
    return tree


def _children(parent: etree._Element, frame: _Frame, group: tuple[int, ...], tree: Tree) -> None:
    for position, child in enumerate(parent):
        tag = child.tag
        kind = _KINDS.get(tag)
        if kind is not None:
            tree.shapes.append(_describe(child, kind, frame, group))
        elif tag == _GROUP:
            if len(group) >= _DEEPEST:
                tree.too_deep = True
                continue
            shape = _describe(child, "other", frame, group)
            place = child.find(f"{P}grpSpPr/{A}xfrm")
            shape.box = frame.box(place)
            tree.shapes.append(shape)
            _children(child, frame.inner(place, shape.hidden), (*group, position), tree)
        elif tag == _ALTERNATE:
            chosen = child.find(MC + "Choice")
            other = child.find(MC + "Fallback")
            if chosen is None or not len(chosen):
                chosen, other = other, None
            if chosen is not None:
                _children(chosen, frame, group, tree)
            if other is not None:
                tree.fallbacks.append(other)


def _describe(element: etree._Element, kind: str, frame: _Frame, group: tuple[int, ...]) -> Shape:
    shape = Shape(element, kind, 0, group, None, hidden=frame.hidden)
    for child in element:
        tag = child.tag
        if tag == _BODY:
            shape.body = child
        elif tag == _PROPERTIES:
            shape.properties = child
            _look(child, shape, frame)
        elif tag in _NAMED:
            _names(child, shape)
        elif tag == _STYLE:
            shape.style = child
            reference = child.find(A + "fillRef") if not shape.has_fill else None
            if reference is not None and number(reference.get("idx")) > 0 and not _no_fill(shape):
                shape.has_fill = True
        elif tag == _PLACE:
            shape.box = frame.box(child)
        elif tag == _GRAPHIC:
            _graphic(child, shape)
        elif tag == _BLIP_FILL:
            blip = child.find(_BLIP)
            if blip is not None:
                shape.relation = blip.get(R + "embed", "")
            shape.has_fill = True
    return shape


def _no_fill(shape: Shape) -> bool:
    return shape.properties is not None and shape.properties.find(_NO_FILL) is not None


def _names(nonvisual: etree._Element, shape: Shape) -> None:
    for child in nonvisual:
        tag = child.tag
        if tag == _TOLD:
            told = dict(child.items())
            shape.number, shape.name = told.get("id", ""), told.get("name", "")
            shape.alt, shape.alt_title = told.get("descr", ""), told.get("title", "")
            shape.hidden = shape.hidden or told.get("hidden") in ("1", "true")
        elif len(child):
            holder = child.find(_HOLDER)
            if holder is not None:
                shape.placeholder, shape.index = holder.get("type", "obj"), holder.get("idx", "0")


def _look(properties: etree._Element, shape: Shape, frame: _Frame) -> None:
    for child in properties:
        tag = child.tag
        if tag == _XFRM:
            shape.box = frame.box(child)
        elif tag == _SOLID:
            shape.own_fill, shape.has_fill = child, True
        elif tag in _OTHER_FILLS:
            shape.has_fill = True
        elif tag == _PICTURE_FILL:
            shape.has_fill = True
            blip = child.find(_BLIP)
            if blip is not None and not shape.relation:
                shape.relation = blip.get(R + "embed", "")


def _graphic(graphic: etree._Element, shape: Shape) -> None:
    data = graphic.find(A + "graphicData")
    if data is None:
        return
    for child in data:
        tag, kind = child.tag, local(child.tag)
        if tag == A + "tbl":
            shape.kind = "table"
        elif tag == C + "chart" or (kind == "chart" and _CHARTEX in str(tag)):
            shape.kind, shape.relation = "chart", child.get(R + "id", "")
        elif tag == DGM + "relIds":
            shape.kind, shape.relation = "diagram", child.get(R + "dm", "")
        elif kind == "oleObj":
            shape.kind, shape.relation = "object", child.get(R + "id", "")
        elif kind == "AlternateContent":
            for held in child.iter(P + "oleObj"):
                shape.kind, shape.relation = "object", held.get(R + "id", "")
                break
