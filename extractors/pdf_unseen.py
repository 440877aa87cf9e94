"""Whether text on a PDF page can be seen: drawn invisible, in the colour of its ground, tiny, beside the page, under a filled
box (a failed redaction), on a layer that is off. Looks at what else is drawn on the page, and in which order.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Words of `where` by which a failed redaction is known; the detector of hidden text looks for them.
FAILED_REDACTION = "under a filled box (a failed redaction)"
UNDER_ANNOTATION = "under an annotation that hides it (a failed redaction)"
_MOST_OBJECTS = 20_000
_MOST_LOOKED = 400
#: Points, on a page as large as A4; on a smaller page as much less.
_TINY, _LARGE_PAGE = 4.0, 792.0
_SAME = 10
_THIN = 2.0
#: A box of at most this brightness is one that people black text out with.
_DARK = 64

#: Left, top, right and bottom in points, y growing downwards.
Edges = tuple[float, float, float, float]
Colour = tuple[int, int, int]


@dataclass(slots=True)
class View:
    """How the page lies: origin of its crop box, size as shown, rotation, and the boxes that annotations cover."""

    origin: tuple[float, float]
    size: tuple[float, float]
    turned: int
    media: Edges
    covers: tuple[Edges, ...] = ()

    def edges(self, left: float, bottom: float, right: float, top: float) -> Edges:
        """A box of the page's own coordinates as people see it."""
        x, y = self.origin
        left, right, bottom, top = left - x, right - x, bottom - y, top - y
        wide, high = self.size
        if not self.turned:
            return left, high - top, right, high - bottom
        if self.turned == 90:
            return bottom, left, top, right
        if self.turned == 180:
            return wide - right, bottom, wide - left, top
        return wide - top, high - right, wide - bottom, high - left


@dataclass(slots=True)
class _Drawn:
    """What else is drawn: filled boxes with place in the order and colour, grounds of unknown colour, place of the texts."""

    fills: list[tuple[int, Edges, Colour]] = field(default_factory=list)
    grounds: list[Edges] = field(default_factory=list)
    first_text: int = 1 << 30
    #: Fills that may lie over a text: those drawn after the first one.
    over: list[tuple[int, Edges, Colour]] = field(default_factory=list)
    #: Whether text of a colour could be lost on any ground of the page.
    faint: dict[Colour, bool] = field(default_factory=dict)
    texts: dict[int, int] | None = None


class Sight:
    """Judges the lines of one page. What is drawn is looked at when the first line needs it."""

    def __init__(self, page: PdfPage, view: View, off_layers: frozenset[str], plain: bool = False) -> None:
        self._page, self._view, self._off = page, view, off_layers
        self._found: _Drawn | None = _Drawn() if plain else None
        self._drawn: tuple[bytes, int, float] | None = None
        self._tiny = _TINY * min(1.0, max(view.size) / _LARGE_PAGE)
        self._red, self._green, self._blue, self._alpha = (ctypes.c_uint() for _ in range(4))

    def unseen(self, text_object: object, box: Edges, size: float) -> str:
        """Why text at a place is not seen, '' when it is."""
        import pypdfium2.raw as raw

        wide, high = self._view.size
        if box[2] <= 0 or box[3] <= 0 or box[0] >= wide or box[1] >= high:
            return self._beside(box) if box[2] > box[0] else ""
        if 0 < size < self._tiny:
            return "tiny"
        if not text_object:
            return ""
        if self._off and layers_of(text_object) & self._off:
            return "on a layer that is switched off"
        found = self._found
        if found is None:
            found = self._found = self._look()
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for cover in self._view.covers:
            if _over(cover, box):
                return UNDER_ANNOTATION
        mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
        if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            # The recognised words of a scan lie invisible over its picture: that is how a scan is read at all.
            return "" if any(_holds(ground, x, y) for ground in found.grounds) else "drawn invisible"
        why = self._faint(found, text_object, x, y) if mode in (0, 4) else ""
        if why and not self._blank(box):
            why = ""  # a pattern, a gradient or a shape of which only the bounds are known
        if not why and found.over:
            over = [(place, colour) for place, fill, colour in found.over if _over(fill, box)]
            if over and over[-1][0] > self._place(found, text_object) >= 0:
                if max(over[-1][1]) <= _DARK:
                    return FAILED_REDACTION
                return "under a filled box" if self._blank(box) else ""
        return why

    def _beside(self, box: Edges) -> str:
        left, top, right, bottom = self._view.media
        inside = box[2] > left and box[3] > top and box[0] < right and box[1] < bottom
        return "outside the crop box" if inside else "beside the page"

    def _faint(self, found: _Drawn, text_object: object, x: float, y: float) -> str:
        import pypdfium2.raw as raw

        if not raw.FPDFPageObj_GetFillColor(text_object, self._red, self._green, self._blue, self._alpha):
            return ""
        if self._alpha.value == 0:
            return "drawn transparent"
        own = (self._red.value, self._green.value, self._blue.value)
        faint = found.faint.get(own)
        if faint is None:
            faint = found.faint[own] = min(own) >= 250 or any(_same(own, colour) for _, _, colour in found.fills)
        if not faint:
            return ""
        grounds = [fill for fill in found.fills if _holds(fill[1], x, y)]
        if not grounds:
            white = min(own) >= 250 and not any(_holds(ground, x, y) for ground in found.grounds)
            return "white on white" if white else ""
        if not any(_same(own, colour) for _, _, colour in grounds) or any(_holds(g, x, y) for g in found.grounds):
            return ""
        place = self._place(found, text_object)
        under = [colour for at, _, colour in grounds if at < place]
        return "in the colour of its background" if (under and _same(own, under[-1])) else ""

    def _blank(self, box: Edges) -> bool:
        """Whether the drawn page has one colour where the text should be. Drawn once, and only when a line is in doubt."""
        import pypdfium2

        wide, high = self._view.size
        if self._drawn is None:
            scale = min(1.0, 1000 / max(wide, high, 1.0))
            try:
                bitmap = self._page.render(scale=scale, grayscale=True)
            except pypdfium2.PdfiumError:
                return True
            self._drawn = (bytes(bitmap.buffer), bitmap.stride, scale)
        pixels, stride, scale = self._drawn
        left, right = (int(min(max(0.0, x), wide) * scale) for x in (box[0] + 1, box[2] - 1))
        low, high_ = (int(min(max(0.0, y), high) * scale) for y in (box[1], box[3]))
        rows = [pixels[y * stride + left:y * stride + right + 1] for y in range(low, high_)]
        rows = [row for row in rows if row]
        return not rows or max(map(max, rows)) - min(map(min, rows)) <= _SAME

    def _place(self, found: _Drawn, text_object: object) -> int:
        """Where in the order of drawing a text stands; -1 for text inside a form."""
        import pypdfium2.raw as raw

        if found.texts is None:
            found.texts = {}
            for place in range(min(raw.FPDFPage_CountObjects(self._page), _MOST_OBJECTS)):
                item = raw.FPDFPage_GetObject(self._page, place)
                if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                    found.texts[ctypes.addressof(item.contents)] = place
        return found.texts.get(ctypes.addressof(text_object.contents), -1)  # type: ignore[attr-defined]

    def _look(self) -> _Drawn:
        import pypdfium2.raw as raw

        found = _Drawn()
        page, edges = self._page, self._view.edges
        text, path = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
        get, kind_of = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        for place in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
            item = get(page, place)
            kind = kind_of(item)
            if kind == text:
                if place < found.first_text:
                    found.first_text = place
                continue
            if kind == path:
                raw.FPDFPath_GetDrawMode(item, mode, stroke)
                if not mode.value:
                    continue
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            box = edges(left.value, bottom.value, right.value, top.value)
            if box[2] - box[0] < _THIN or box[3] - box[1] < _THIN:
                continue  # a rule hides nothing
            if kind == path and len(found.fills) < _MOST_LOOKED and _is_rectangle(item):
                raw.FPDFPageObj_GetFillColor(item, self._red, self._green, self._blue, self._alpha)
                if self._alpha.value == 255:
                    found.fills.append((place, box, (self._red.value, self._green.value, self._blue.value)))
                    continue
            if len(found.grounds) < _MOST_LOOKED:
                found.grounds.append(box)
        found.over = [fill for fill in found.fills if fill[0] > found.first_text]
        return found


def _is_rectangle(path: object) -> bool:
    """Whether a path is one upright rectangle: outlines are drawn as thin filled shapes too, and those cover nothing."""
    import pypdfium2.raw as raw

    if not 4 <= raw.FPDFPath_CountSegments(path) <= 6:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    corners = set()
    for index in range(raw.FPDFPath_CountSegments(path)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, index), x, y)
        corners.add((round(x.value, 2), round(y.value, 2)))
    return len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2


def _holds(box: Edges, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _over(cover: Edges, box: Edges) -> bool:
    """Whether a box is covered, but for a hair: boxes of letters reach a little further than their ink."""
    return (cover[0] - 1 <= box[0] and cover[1] - 1 <= box[1] + 1 and box[2] <= cover[2] + 1 and box[3] <= cover[3] + 2)


def _same(one: Colour, two: Colour) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one, two, strict=True))


def layers_of(text_object: object) -> frozenset[str]:
    """Names of the layers that a text object is marked with."""
    import pypdfium2.raw as raw

    names = set()
    for index in range(min(raw.FPDFPageObj_CountMarks(text_object), 16)):
        mark = raw.FPDFPageObj_GetMark(text_object, index)
        buffer, length = ctypes.create_string_buffer(512), ctypes.c_ulong()
        wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"Name", wide, 512, length):
            names.add(buffer.raw[:length.value].decode("utf-16-le", "replace").rstrip("\0"))
    return frozenset(names)
