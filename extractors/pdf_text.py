"""The text of PDF pages: lines from pdfium, put into reading order and joined to paragraphs, headings told by size.

pdfium gives lines in the order of the file; they are ordered here by where they stand, column by column. Text that is
not seen (drawn invisible, white on white, beside the page, under a filled box, on a layer that is off) is kept apart.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.reading_order import Place, read_order
from extractors.xml import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_BULLET = re.compile("^[•●▪■◦‣⁃∙·○➢✓❖►▶»*–-]\\s+|^[•●▪■◦➢❖►\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf06e\uf0e0]\\s*")
_NUMBERED = re.compile(r"^(\d{1,2}|[a-zA-Z])[.)]\s")
_PAGE_NUMBER = re.compile(r"(page|pagina|seite|p\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?(\s*(/|of|van|von)\s*\d{1,4})?|[ivxlc]{1,6}",
                          re.IGNORECASE)
_BOLD = (b"bold", b"black", b"heavy", b"cmbx", b"-medi", b"semibd", b"demi")
_MOST_OBJECTS = 1500
#: Lines of a page that are read; no page that a person can read has as many.
MOST_LINES = 3000


#: Left, top, right and bottom in points, y growing downwards.
Edges = tuple[float, float, float, float]


@dataclass(slots=True)
class Line:
    """One line of a page; y grows downwards from the page's top, in points. `hidden` says why it is not seen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    hidden: str = ""
    footer: bool = False


@dataclass(slots=True)
class Paragraph:
    """Lines joined to one text."""

    lines: list[Line] = field(default_factory=list)
    bullet: bool = False
    #: The end of its last sentence, where that stands on the next page.
    tail: str = ""

    @property
    def text(self) -> str:
        """The lines joined by blanks; words cut by a hyphen at a line's end carry U+FFFE there."""
        joined = ""
        for piece in (*(line.text for line in self.lines), *filter(None, (self.tail,))):
            joined += piece if joined.endswith("\ufffe") or not joined else f" {piece}"
        return _BULLET.sub("", joined) if self.bullet else joined

    @property
    def size(self) -> float:
        """Size of the first line in points."""
        return self.lines[0].size


def read_lines(page: PdfPage, off_layers: frozenset[str]) -> list[Line]:
    """The lines of a page, MOST_LINES at most, as pdfium finds them, each with its box, size and why it may be unseen."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    straight = text_page.count_chars() == len(text)
    origin_x, origin_y = page.get_cropbox()[:2]
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    font, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    objects: _Objects | None = None
    lines: list[Line] = []
    at = 0
    for chunk in text.split("\r\n"):
        if chunk.strip() and len(lines) < MOST_LINES:
            start = at if straight else raw.FPDFText_GetCharIndexFromTextIndex(text_page, at)
            count = raw.FPDFText_CountRects(text_page, start, len(chunk))
            rects = []
            for index in range(count):
                raw.FPDFText_GetRect(text_page, index, left, top, right, bottom)
                rects.append((left.value - origin_x, height - (top.value - origin_y), right.value - origin_x,
                              height - (bottom.value - origin_y)))
            first = start + len(chunk) - len(chunk.lstrip())
            raw.FPDFText_GetLooseCharBox(text_page, first, loose)
            size = loose.top - loose.bottom
            raw.FPDFText_GetFontInfo(text_page, first, font, 256, flags)
            bold = any(sign in font.value.lower() for sign in _BOLD)
            for piece, offset, box in _pieces(chunk, start, rects, size, width, text_page, origin_x, origin_y, height):
                line = Line(piece, *box, size=size, bold=bold)
                line.hidden, objects = _unseen(line, page, text_page, start + offset, (width, height), objects, off_layers)
                lines.append(line)
        at += len(chunk) + 2
    text_page.close()
    return lines


def _pieces(chunk: str, start: int, rects: list[Edges], size: float, width: float,
            text_page: object, origin_x: float, origin_y: float, height: float) -> list[tuple[str, int, Edges]]:
    """A line, cut where a gap between its boxes is as wide as a gutter: two columns on one level are two lines."""
    import pypdfium2.raw as raw

    if not rects:
        return [(chunk, 0, (0.0, 0.0, 0.0, 0.0))]
    cuts: list[int] = []
    if "\ufffe" not in chunk:
        for number, (one, two) in enumerate(pairwise(rects), start=1):
            if two[0] - one[2] > max(2.2 * size, 0.03 * width) and two[1] < one[3] and one[1] < two[3]:
                middle = origin_y + height - (two[1] + two[3]) / 2
                index = raw.FPDFText_GetCharIndexAtPos(text_page, two[0] + origin_x + 0.5, middle, size, size) - start
                if 0 < index < len(chunk) and (not cuts or index > cuts[-2]):
                    cuts += [index, number]
    pieces, text_at, rect_at = [], 0, 0
    for index, number in [*zip(cuts[::2], cuts[1::2], strict=True), (len(chunk), len(rects))]:
        piece, own = chunk[text_at:index].strip(), rects[rect_at:number]
        if piece and own:
            box = (min(r[0] for r in own), min(r[1] for r in own), max(r[2] for r in own), max(r[3] for r in own))
            pieces.append((piece, text_at, box))
        text_at, rect_at = index, number
    return pieces


@dataclass(slots=True)
class _Objects:
    """What else is drawn on a page: boxes of filled paths with their place in the order, of all grounds, of texts."""

    fills: list[tuple[int, Edges]] = field(default_factory=list)
    grounds: list[Edges] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    too_many: bool = False


def _unseen(line: Line, page: PdfPage, text_page: object, index: int, size: tuple[float, float], objects: _Objects | None,
            off_layers: frozenset[str]) -> tuple[str, _Objects | None]:
    import pypdfium2.raw as raw

    if line.right <= 0 or line.bottom <= 0 or line.left >= size[0] or line.top >= size[1]:
        return ("beside the page" if line.right > line.left else ""), objects
    if 0 < line.size < 2:
        return "tiny", objects
    text_object = raw.FPDFText_GetTextObject(text_page, index)
    if not text_object:
        return "", objects
    if objects is None:
        objects = _look(page, size[1])
    if off_layers and _layer(text_object) & off_layers:
        return "on a layer that is switched off", objects
    middle = ((line.left + line.right) / 2, (line.top + line.bottom) / 2)
    if raw.FPDFTextObj_GetTextRenderMode(text_object) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        # The recognised words of a scan lie invisible over its picture: that is how a scan is read at all.
        return ("" if any(_holds(ground, middle) for ground in objects.grounds) else "drawn invisible"), objects
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if raw.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha):
        white = min(red.value, green.value, blue.value) >= 250
        if alpha.value == 0 or (white and not objects.too_many and not any(_holds(g, middle) for g in objects.grounds)):
            return "white on white", objects
    order = objects.texts.get(ctypes.addressof(text_object.contents), -1)
    for place, box in objects.fills:
        if place > order >= 0 and box[0] - 1 <= line.left and box[1] - 1 <= line.top + 1 and line.right <= box[2] + 1 \
                and line.bottom <= box[3] + 2:
            return "under a filled box (a failed redaction)", objects
    return "", objects


def _holds(box: Edges, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _look(page: PdfPage, height: float) -> _Objects:
    import pypdfium2.raw as raw

    found = _Objects()
    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        found.too_many = True
        return found
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    origin_x, origin_y = page.get_cropbox()[:2]
    for place in range(count):
        item = raw.FPDFPage_GetObject(page, place)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts[ctypes.addressof(item.contents)] = place
            continue
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        box = (left.value - origin_x, height - (top.value - origin_y), right.value - origin_x,
               height - (bottom.value - origin_y))
        if kind != raw.FPDF_PAGEOBJ_PATH:
            found.grounds.append(box)
            continue
        raw.FPDFPath_GetDrawMode(item, mode, stroke)
        if mode.value:
            found.grounds.append(box)
            raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
            if alpha.value == 255 and 1 <= raw.FPDFPath_CountSegments(item) <= 6:
                found.fills.append((place, box))
    return found


def _layer(text_object: object) -> frozenset[str]:
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


def mark_footers(pages: list[list[Line]], heights: list[float]) -> None:
    """Lines at the head or foot that repeat over pages, and page numbers there, become footers."""
    count: Counter[str] = Counter()
    edges: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        edge = [line for line in lines if line.top < 0.08 * height or line.bottom > 0.92 * height]
        edges.append(edge)
        count.update({_pattern(line.text) for line in edge})
    for edge in edges:
        for line in edge:
            number = bool(_PAGE_NUMBER.fullmatch(line.text.strip()))
            line.footer = number or count[_pattern(line.text)] >= max(3, len(pages) // 6)


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip().lower())


def to_paragraphs(lines: list[Line], width: float, height: float) -> list[Paragraph]:
    """The lines of a page in reading order, joined to paragraphs."""
    places = [Place(index, line.left, line.top, line.right, line.bottom, len(line.text.split()))
              for index, line in enumerate(lines)]
    paragraphs: list[Paragraph] = []
    for index in read_order(places, width, height, 0.003):
        line = lines[index]
        line.text = clean(line.text)
        if not line.text:
            continue
        bullet = bool(_BULLET.match(line.text))
        if paragraphs and _goes_on(paragraphs[-1], line, bullet):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line], bullet))
    return paragraphs


def _next_line(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands as close under the paragraph as its own lines do. Measured at the feet of the letters."""
    last = paragraph.lines[-1]
    step, size = line.bottom - last.bottom, max(last.size, line.size)
    if len(paragraph.lines) > 1 and last.bottom - paragraph.lines[-2].bottom > 0.5 * size:
        return step < 1.2 * (last.bottom - paragraph.lines[-2].bottom) + 0.25 * size
    return step < (1.9 if line.text[:1].islower() else 1.6) * size


def _goes_on(paragraph: Paragraph, line: Line, bullet: bool) -> bool:
    last = paragraph.lines[-1]
    if bullet or abs(last.size - line.size) > 0.12 * max(last.size, line.size) or last.bold != line.bold:
        return False
    if line.top < last.top - last.size:  # the next column or block: only where a sentence goes on
        return bool(line.text[:1].islower()) and last.text[-1:] not in ".!?:" and len(last.text.split()) > 3
    if not _next_line(paragraph, line):
        return False
    if abs(line.bottom - last.bottom) < 0.3 * line.size:  # beside each other on one level
        return line.left - last.right < 1.5 * line.size and line.left >= last.right - 1
    if paragraph.bullet:
        return line.left > paragraph.lines[0].left - 1 and not _NUMBERED.match(line.text)
    if _NUMBERED.match(line.text) and last.text[-1:] in ".!?:;":
        return False
    indented = line.left - last.left > 0.6 * line.size and len(paragraph.lines) > 1
    edge = max(part.right for part in [*paragraph.lines, line])
    ended_short = last.text[-1:] in ".!?:" and last.right < edge - 3 * line.size
    return not (indented and last.text[-1:] in ".!?:;\"”") and not ended_short
