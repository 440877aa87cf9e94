"""Which shapes of a slide an audience cannot see, and on what colour a text stands where that is sure.

Only what is certain counts: a shape is covered by one opaque rectangle or picture as a whole, never by several together,
and a colour that a theme would change is no colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.document import Box
from extractors import visibility
from extractors.boxes import inside, touch
from extractors.drawing import Manner, Palette
from extractors.shapes import Shape
from extractors.xml import A, P, number

if TYPE_CHECKING:
    from lxml import etree

_ALPHA = A + "alpha"
_MOST = 400
_SOLID = A + "solidFill"
_BODY_PROPERTIES, _LIST_STYLE, _SHRUNK = A + "bodyPr", A + "lstStyle", A + "normAutofit"
_FIRST_LEVEL = f"{A}lvl1pPr/{A}defRPr"
_FADED = (A + "alphaModFix", A + "clrChange", A + "alphaMod", A + "alphaRepl")


@dataclass(slots=True)
class Ground:
    """What lies under and over the shapes of one slide. `picture_of` says whether a picture is opaque, by relationship."""

    shapes: list[Shape]
    size: tuple[int, int]
    palette: Palette
    #: Boxes of what the layout and the master draw, in any colour.
    behind: tuple[Box, ...]
    picture_of: Callable[[str], tuple[str, str, bool] | None]
    moving: frozenset[str]
    _covers: list[tuple[int, float, float, float, float]] | None = field(default=None)

    def unseen(self, shape: Shape) -> str:
        """Why an audience cannot see the shape: switched off, wholly beside the slide, or covered; '' when it can."""
        if shape.hidden:
            return visibility.SWITCHED_OFF
        box = shape.box
        if box is None:
            return ""
        left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
        if left >= self.size[0] or top >= self.size[1] or right <= 0 or bottom <= 0:
            return visibility.BESIDE if box.width > 0 or box.height > 0 else ""
        if box.width <= 0 or shape.number in self.moving or len(self.shapes) > _MOST:
            return ""
        if self._covers is None:
            self._covers = [(s.order, s.box.x, s.box.y, s.box.x + s.box.width, s.box.y + s.box.height) for s in self.shapes
                            if s.box and s.has_fill and s.number not in self.moving and not s.hidden and self._opaque(s)]
        for order, x, y, far, foot in self._covers:
            if order > shape.order and x <= left and y <= top and right <= far and bottom <= foot:
                return visibility.COVERED
        return ""

    def _opaque(self, shape: Shape) -> bool:
        if shape.kind == "picture":
            if any(shape.element.find(f"{P}blipFill/{A}blip/{fade}") is not None for fade in _FADED):
                return False
            found = self.picture_of(shape.relation) if shape.relation else None
            return found is not None and found[2]
        if shape.kind != "text" or shape.properties is None:
            return False
        geometry = shape.properties.find(A + "prstGeom")
        if geometry is None or geometry.get("prst") != "rect":
            return False
        fill = shape.own_fill if shape.own_fill is not None else shape.properties.find(A + "gradFill")
        if fill is not None:
            return next(fill.iter(_ALPHA), None) is None
        plain = shape.properties.find(A + "pattFill") is None and shape.properties.find(A + "blipFill") is None
        return plain and shape.properties.find(A + "grpFill") is None  # filled by its style, which Office keeps opaque

    def beneath(self, shape: Shape) -> str:
        """The colour a text stands on: its own fill, that of the box under it, or the plain background; '' if unsure."""
        if shape.own_fill is not None:
            return self.palette.colour(shape.own_fill)
        if shape.has_fill or shape.box is None or len(self.shapes) > _MOST:
            return ""
        for other in reversed(self.shapes[:shape.order - 1]):
            if other.box is not None and (other.has_fill or other.kind in ("table", "chart", "object")) and touch(
                    other.box, shape.box):
                if other.own_fill is not None and inside(shape.box, other.box) and self._opaque(other):
                    return self.palette.colour(other.own_fill)
                return ""
        if not self.palette.background or any(touch(box, shape.box) for box in self.behind):
            return ""
        return self.palette.background

    def manner(self, shape: Shape) -> Manner | None:
        """How the text of a shape looks where its runs do not say: by its list style, its style, or the default colour."""
        own = shrunk = None
        for child in shape.body if shape.body is not None else ():
            if child.tag == _BODY_PROPERTIES:
                shrunk = child.find(_SHRUNK) if len(child) else None
            elif child.tag == _LIST_STYLE:
                own = child.find(_FIRST_LEVEL) if len(child) else None
            else:
                break
        scale = number(shrunk.get("fontScale"), 100000) / 100000 if shrunk is not None else 1.0
        colour, size = "", 0
        if own is not None:
            colour, size = self.palette.colour(own.find(_SOLID)), number(own.get("sz"))
        if not colour and shape.own_fill is not None and not shape.placeholder:
            reference = shape.style.find(A + "fontRef") if shape.style is not None else None
            colour = self.palette.scheme.get("tx1", "") if reference is None else self.palette.colour(reference)
        return Manner(colour, size, scale) if colour or size or scale != 1.0 else None

    def matters(self, body: etree._Element) -> bool:
        """Whether a text says anything of colours at all; most say nothing, and then nobody need look what it stands on."""
        return next(body.iter(_SOLID), None) is not None


def moving(root: etree._Element) -> frozenset[str]:
    """Ids of shapes that an animation moves, shows or hides: of them nobody knows what they cover."""
    return frozenset(_ids(root.iter(P + "spTgt")))


def _ids(targets: Iterable[etree._Element]) -> Iterable[str]:
    return (target.get("spid", "") for target in targets)
