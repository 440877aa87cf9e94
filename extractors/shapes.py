"""The shape tree of a slide, flattened: every shape with its place on the slide, groups and mc:AlternateContent opened.

python-pptx leaves out what stands in mc:AlternateContent and stops at the first shape it does not know; this walk goes
over the same trees that python-pptx parsed and skips nothing in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.document import Box
from extractors.xml import DGM, MC, A, C, P, R, local, number

if TYPE_CHECKING:
    from lxml import etree

_CHARTEX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_DEEPEST = 200


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

    def box(self, xfrm: etree._Element | None) -> Box | None:
        if xfrm is None:
            return None
        off, ext = xfrm.find(A + "off"), xfrm.find(A + "ext")
        if off is None or ext is None:
            return None
        x, y = number(off.get("x")) * self.sx + self.dx, number(off.get("y")) * self.sy + self.dy
        width, height = number(ext.get("cx")) * self.sx, number(ext.get("cy")) * self.sy
        if 45 <= (number(xfrm.get("rot")) / 60000) % 180 <= 135:
            x, y, width, height = x + (width - height) / 2, y + (height - width) / 2, height, width
        return Box(x=round(x), y=round(y), width=round(width), height=round(height))

    def inner(self, xfrm: etree._Element | None) -> _Frame:
        if xfrm is None:
            return self
        parts = [xfrm.find(A + name) for name in ("off", "ext", "chOff", "chExt")]
        if any(part is None for part in parts):
            return self
        off, ext, inner_off, inner_ext = parts
        sx = number(ext.get("cx")) / (number(inner_ext.get("cx")) or 1) or 1.0
        sy = number(ext.get("cy")) / (number(inner_ext.get("cy")) or 1) or 1.0
        dx = number(off.get("x")) - number(inner_off.get("x")) * sx
        dy = number(off.get("y")) - number(inner_off.get("y")) * sy
        return _Frame(self.sx * sx, self.sy * sy, self.sx * dx + self.dx, self.sy * dy + self.dy)


def walk(root: etree._Element) -> Tree:
    """Flatten the shape tree of a slide, layout, master or notes page."""
    tree = Tree()
    top = root.find(f"{P}cSld/{P}spTree")
    if top is not None:
        tree.shapes.extend(_children(top, _Frame(), (), tree))
        for order, shape in enumerate(tree.shapes, start=1):
            shape.order = order
    return tree


def _children(parent: etree._Element, frame: _Frame, group: tuple[int, ...], tree: Tree) -> Iterator[Shape]:
    for position, child in enumerate(parent):
        kind = local(child.tag)
        if kind == "grpSp":
            if len(group) >= _DEEPEST:
                tree.too_deep = True
                continue
            shape = _describe(child, "other", frame, group)
            shape.box = frame.box(child.find(f"{P}grpSpPr/{A}xfrm"))
            yield shape
            yield from _children(child, frame.inner(child.find(f"{P}grpSpPr/{A}xfrm")), (*group, position), tree)
        elif kind == "AlternateContent":
            chosen = child.find(MC + "Choice")
            other = child.find(MC + "Fallback")
            if chosen is None or not len(chosen):
                chosen, other = other, None
            if chosen is not None:
                yield from _children(chosen, frame, group, tree)
            if other is not None:
                tree.fallbacks.append(other)
        elif kind == "sp":
            yield _describe(child, "text", frame, group)
        elif kind == "pic":
            yield _describe(child, "picture", frame, group)
        elif kind == "cxnSp":
            yield _describe(child, "line", frame, group)
        elif kind == "graphicFrame" or kind in ("contentPart", "custDataLst"):
            yield _describe(child, "other", frame, group)


def _describe(element: etree._Element, kind: str, frame: _Frame, group: tuple[int, ...]) -> Shape:
    shape = Shape(element, kind, 0, group, None)
    for child in element:
        tag = local(child.tag)
        if tag.startswith("nv"):
            _names(child, shape)
        elif tag == "spPr":
            shape.properties = child
            shape.box = frame.box(child.find(A + "xfrm"))
            _fill(child, shape)
        elif tag == "xfrm":
            shape.box = frame.box(child)
        elif tag == "graphic":
            _graphic(child, shape)
        elif tag == "blipFill":
            blip = child.find(A + "blip")
            if blip is not None:
                shape.relation = blip.get(R + "embed", "")
            shape.has_fill = True
        elif tag == "style" and not shape.has_fill:
            reference = child.find(A + "fillRef")
            if reference is not None and number(reference.get("idx")) > 0 and not _no_fill(shape):
                shape.has_fill = True
    return shape


def _no_fill(shape: Shape) -> bool:
    return shape.properties is not None and shape.properties.find(A + "noFill") is not None


def _names(nonvisual: etree._Element, shape: Shape) -> None:
    for child in nonvisual:
        tag = local(child.tag)
        if tag == "cNvPr":
            shape.number, shape.name = child.get("id", ""), child.get("name", "")
            shape.alt, shape.alt_title = child.get("descr", ""), child.get("title", "")
            shape.hidden = child.get("hidden") in ("1", "true")
        elif tag == "nvPr":
            holder = child.find(P + "ph")
            if holder is not None:
                shape.placeholder, shape.index = holder.get("type", "obj"), holder.get("idx", "0")


def _fill(properties: etree._Element, shape: Shape) -> None:
    for child in properties:
        tag = local(child.tag)
        if tag == "solidFill":
            shape.own_fill, shape.has_fill = child, True
        elif tag in ("gradFill", "pattFill", "grpFill"):
            shape.has_fill = True
        elif tag == "blipFill":
            shape.has_fill = True
            blip = child.find(A + "blip")
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
