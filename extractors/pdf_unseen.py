"""Whether text on a PDF page can be seen: drawn invisible, in the colour of its ground, tiny, beside the page, under a filled
box (a failed redaction), on a layer that is off. Looks at what else is drawn on the page, and in which order.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from extractors.pdf_calls import address, buffers, calls, floats, pair, ready, wholes
from extractors.pdf_clips import Clips
from extractors.pdf_layers import NOT_SHOWN

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Words of `where` by which a failed redaction is known; the detector of hidden text looks for them.
FAILED_REDACTION = "under a filled box (a failed redaction)"
UNDER_ANNOTATION = "under an annotation that hides it (a failed redaction)"
TINY = "tiny"
#: Words of `where` for what is small and drawn all the same: the words of a figure or of a poster made to fit a page.
SMALL = "small print, as in a figure that was scaled down"
_MOST_OBJECTS = 20_000
_MOST_LOOKED = 400
#: Points, on a page as large as A4; on a smaller page as much less.
_SMALL, _LARGE_PAGE = 4.0, 792.0
#: Below this share of what counts as small nobody reads it, however near.
_TINY_SHARE = 0.5
_SAME = 10
#: pdfium's numbers of kinds of objects and of the mode in which text is not drawn.
_TEXT, _PATH, _INVISIBLE = 1, 2, 3
_THIN = 2.0
#: A box of at most this brightness is one that people black text out with.
_DARK = 64

#: Left, top, right and bottom in points, y growing downwards.
Edges = tuple[float, float, float, float]
Colour = tuple[int, int, int]
#: What an annotation covers, and whether its fill is dark.
Cover = tuple[Edges, bool]


@dataclass(slots=True)
class View:
    """How the page lies: origin of its crop box, size as shown, rotation, and the boxes that annotations cover."""

    origin: tuple[float, float]
    size: tuple[float, float]
    turned: int
    media: Edges
    #: Each with whether its fill is dark.
    covers: tuple[Cover, ...] = ()

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

    #: Filled paths of few corners: place, box, colour and address. Which are rectangles is asked when it matters.
    fills: list[tuple[int, Edges, Colour, int]] = field(default_factory=list)
    rectangles: dict[int, bool] = field(default_factory=dict)
    grounds: list[Edges] = field(default_factory=list)
    first_text: int = 1 << 30
    #: Fills that may lie over a text: those drawn after the first one, the last first.
    over: list[tuple[int, Edges, Colour, int]] = field(default_factory=list)
    #: Whether text of a colour (red, green, blue, alpha as pdfium wrote them) could be lost on any ground of the page.
    faint: dict[bytes, bool] = field(default_factory=dict)
    #: What is drawn, in order, by address; and the place of each text.
    items: list[int] = field(default_factory=list)
    texts: dict[int, int] | None = None
    settled: bool = False


class Sight:
    """Judges the lines of one page. What is drawn is looked at when the first line needs it."""

    def __init__(self, page: PdfPage, view: View, off_layers: frozenset[str], filled: bool = True) -> None:
        self._page, self._view, self._off = page, view, off_layers
        self._calls, self._handle = calls(), ready(address(page.raw))[0]
        #: Nothing is filled on most pages of print: there the page is looked at only where its pictures matter.
        self._found: _Drawn | None = None if filled else _Drawn()
        self._looked = filled
        self._drawn: tuple[bytes, int] | None = None
        self._blanks = 0
        self._wide, self._high = view.size
        self._small = _SMALL * min(1.0, max(view.size) / _LARGE_PAGE)
        self._colour, self._colour_at = buffers().colour, buffers().colour_at
        self._item = ctypes.c_void_p()
        self._clips = Clips()

    def unseen(self, text: int, box: Edges, size: float) -> str:
        """Why text at a place is not seen, '' when it is. `text` is the address of its object, 0 where it has none."""
        left, top, right, bottom = box
        if right <= 0 or bottom <= 0 or left >= self._wide or top >= self._high:
            return self._beside(box) if right > left else ""
        small = 0 < size < self._small
        if small and (size < _TINY_SHARE * self._small or not text):
            return TINY
        if not text:
            return ""
        if self._off and self._calls.marks(text) and (layers := layers_of(text)) & self._off:
            return "on layers that are not shown together" if NOT_SHOWN in layers else "on a layer that is switched off"
        found = self._found
        if found is None:
            found = self._found = self._look()
        if self._view.covers:
            for cover, dark in self._view.covers:
                if _over(cover, box) and (dark or self._blank(box)):
                    return UNDER_ANNOTATION if dark else "under a filled annotation"
        mode = self._calls.render_mode(text)
        if mode == _INVISIBLE:
            # The recognised words of a scan lie invisible over its picture: that is how a scan is read at all.
            x, y = (left + right) / 2, (top + bottom) / 2
            return "" if any(_holds(ground, x, y) for ground in self._settled(found).grounds) else "drawn invisible"
        why = ""
        if mode in (0, 4):
            self._item.value = text
            if self._calls.fill_colour(self._item, *self._colour_at):
                colour = self._colour.raw
                faint = found.faint.get(colour)
                if faint is None:
                    faint = found.faint[colour] = _may_be_lost(found, wholes(colour))
                if faint:
                    why = self._faint(found, text, box, wholes(colour))
        if not why and found.over:
            why = self._under(found, text, box)
        if not why and (clip := self._clips.bounds(text)) is not None and self._clipped(found, text, box, clip):
            return "clipped away"
        return why or (SMALL if small else "")

    def _clipped(self, found: _Drawn, text: int, box: Edges, clip: Edges) -> bool:
        """Whether text lies outside of what its outlines leave. Those inside a form are measured in the form's own space."""
        left, top, right, bottom = self._view.edges(*clip)
        outside = box[0] >= right or box[2] <= left or box[1] >= bottom or box[3] <= top
        return outside and self._place(found, text) >= 0

    def _under(self, found: _Drawn, text: int, box: Edges) -> str:
        # But for a hair: boxes of letters reach a little further than their ink.
        left, top, right, bottom = box[0] + 1, box[1] + 2, box[2] - 1, box[3] - 2
        for at, fill, colour, path in found.over:
            if fill[0] <= left and right <= fill[2] and fill[1] <= top and bottom <= fill[3]:
                place = self._place(found, text)
                if place < 0 or at <= place:  # drawn by a form, or after this fill and so after those that follow here
                    break
                if self._is_rectangle(found, path):
                    if max(colour) <= _DARK:
                        return FAILED_REDACTION
                    return "under a filled box" if self._blank(box) else ""
        return ""

    def in_form(self, text: int) -> bool:
        """Whether a text is drawn by a form, as figures are, and not by the page itself."""
        if self._found is None:
            self._found = self._look()
        return self._place(self._found, text) < 0

    def _beside(self, box: Edges) -> str:
        left, top, right, bottom = self._view.media
        inside = box[2] > left and box[3] > top and box[0] < right and box[1] < bottom
        return "outside the crop box" if inside else "beside the page"

    def _faint(self, found: _Drawn, text: int, box: Edges, colour: tuple[int, ...]) -> str:
        red, green, blue, alpha = colour
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        why = self._lost(found, text, (red, green, blue), x, y) if alpha else "drawn transparent"
        # What stands out all the same lies on a pattern, a gradient or a shape of which only the bounds are known.
        return why if why and self._blank(box) else ""

    def _lost(self, found: _Drawn, text: int, own: Colour, x: float, y: float) -> str:
        found = self._settled(found)
        grounds = [fill for fill in found.fills if _holds(fill[1], x, y)]
        if not grounds:
            white = min(own) >= 250 and not any(_holds(ground, x, y) for ground in found.grounds)
            return "white on white" if white else ""
        if not any(_same(own, fill[2]) for fill in grounds) or any(_holds(g, x, y) for g in found.grounds):
            return ""
        place = self._place(found, text)
        under = [fill[2] for fill in grounds if fill[0] < place]
        return "in the colour of its background" if (under and _same(own, under[-1])) else ""

    def _blank(self, box: Edges) -> bool:
        """Whether the drawn page has one colour where the text should be. Drawn only when a line is in doubt.

        One line is drawn alone, which leaves out most of what is slow; from the second on the whole page serves for all.
        """
        import pypdfium2

        wide, high = self._view.size
        scale = min(1.0, 1000 / max(wide, high, 1.0))
        left, right = (int(min(max(0.0, x), wide) * scale) for x in (box[0] + 1, box[2] - 1))
        low, high_ = (int(min(max(0.0, y), high) * scale) for y in (box[1], box[3]))
        if left > right or low >= high_:
            return True
        x = y = 0
        self._blanks += 1
        try:
            if self._blanks == 1:
                x, y = left, low
                beside = (left, math.ceil(high * scale) - high_, math.ceil(wide * scale) - right - 1, low)
                if min(beside) >= 0:
                    # Half a pixel less, so that rounding up gives the pixel itself.
                    pixels, stride = self._picture(scale, *((side - 0.5) / scale if side else 0.0 for side in beside))
                else:
                    self._blanks, x, y = 2, 0, 0
            if self._blanks > 1:
                if self._drawn is None:
                    self._drawn = self._picture(scale)
                pixels, stride = self._drawn
        except pypdfium2.PdfiumError:
            return True
        rows = [pixels[row * stride + left - x:row * stride + right - x + 1] for row in range(low - y, high_ - y)]
        rows = [row for row in rows if row]
        return not rows or max(map(max, rows)) - min(map(min, rows)) <= _SAME

    def _picture(self, scale: float, left: float = 0.0, bottom: float = 0.0, right: float = 0.0,
                 top: float = 0.0) -> tuple[bytes, int]:
        """Grey pixels of the page and how many make a row, so much left out at each side (points)."""
        bitmap = self._page.render(scale=scale, grayscale=True, crop=(left, bottom, right, top))
        return bytes(bitmap.buffer), bitmap.stride

    def _place(self, found: _Drawn, text: int) -> int:
        """Where in the order of drawing a text stands; -1 for text inside a form."""
        if found.texts is None:
            items = found.items or self._items()
            found.texts = dict(zip(items, range(len(items)), strict=True))
        return found.texts.get(text, -1)

    def _items(self) -> list[int]:
        count = min(self._calls.count_objects(self._handle), _MOST_OBJECTS)
        return list(map(self._calls.object, repeat(self._handle, count), range(count)))

    def _look(self) -> _Drawn:
        found = _Drawn(items=self._items())
        pdfium, edges, of = self._calls, self._view.edges, self._item
        bounds_of, mode_of, segments_of, fill_colour = pdfium.bounds, pdfium.draw_mode, pdfium.segments, pdfium.fill_colour
        own = buffers()
        bounds, mode, sides, modes = own.four, own.mode, own.four_at, own.mode_at
        kinds = list(map(pdfium.kind, found.items))
        if _TEXT in kinds:
            found.first_text = kinds.index(_TEXT)
        for place, (item, kind) in enumerate(zip(found.items, kinds, strict=True)):
            if kind == _TEXT:
                continue
            of.value = item
            if kind == _PATH:
                mode_of(of, *modes)
                if not mode[0]:
                    continue
            bounds_of(of, *sides)
            left, bottom, right, top = floats(bounds)
            # Whichever way the page is turned; a rule hides nothing.
            if -_THIN < right - left < _THIN or -_THIN < top - bottom < _THIN:
                continue
            box = edges(left, bottom, right, top)
            if kind == _PATH and len(found.fills) < _MOST_LOOKED and 4 <= segments_of(item) <= 6:
                fill_colour(of, *self._colour_at)
                red, green, blue, alpha = wholes(self._colour)
                if alpha == 255:
                    found.fills.append((place, box, (red, green, blue), item))
                    continue
            if len(found.grounds) < _MOST_LOOKED:
                found.grounds.append(box)
        found.over = [fill for fill in reversed(found.fills) if fill[0] > found.first_text]
        return found

    def _settled(self, found: _Drawn) -> _Drawn:
        """The same, with the fills that are no rectangles among the grounds."""
        if not found.settled:
            if not self._looked:
                self._looked = True
                found.grounds = self._look().grounds
            found.settled = True
            for fill in found.fills:
                if not self._is_rectangle(found, fill[3]):
                    found.grounds.append(fill[1])
            found.fills = [fill for fill in found.fills if found.rectangles[fill[3]]]
        return found

    def _is_rectangle(self, found: _Drawn, path: int) -> bool:
        """Whether a path is one upright rectangle: outlines are drawn as thin filled shapes too, and cover nothing."""
        known = found.rectangles.get(path)
        if known is None:
            segment, point = self._calls.segment, self._calls.point
            corner = (ctypes.c_float * 2)()
            at = ctypes.addressof(corner)
            corners = set()
            for index in range(self._calls.segments(path)):
                point(segment(path, index), at, at + 4)
                x, y = pair(corner)
                corners.add((round(x, 2), round(y, 2)))
            known = len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2
            found.rectangles[path] = known
        return known


def _holds(box: Edges, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _over(cover: Edges, box: Edges) -> bool:
    """Whether a box is covered, but for a hair: boxes of letters reach a little further than their ink."""
    return (cover[0] - 1 <= box[0] and cover[1] - 1 <= box[1] + 1 and box[2] <= cover[2] + 1 and box[3] <= cover[3] + 2)


def _may_be_lost(found: _Drawn, colour: tuple[int, ...]) -> bool:
    red, green, blue, alpha = colour
    own = (red, green, blue)
    return not alpha or min(own) >= 250 or any(_same(own, fill[2]) for fill in found.fills)


def _same(one: Colour, two: Colour) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one, two, strict=True))


def layers_of(text: int) -> frozenset[str]:
    """Names of the layers that the text object at an address is marked with."""
    import pypdfium2.raw as raw

    text_object = ctypes.cast(text, raw.FPDF_PAGEOBJECT)
    names = set()
    for index in range(min(raw.FPDFPageObj_CountMarks(text_object), 16)):
        mark = raw.FPDFPageObj_GetMark(text_object, index)
        buffer, length = ctypes.create_string_buffer(512), ctypes.c_ulong()
        wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"Name", wide, 512, length):
            names.add(buffer.raw[:length.value].decode("utf-16-le", "replace").rstrip("\0"))
    return frozenset(names)
