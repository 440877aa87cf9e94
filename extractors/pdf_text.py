"""The text of PDF pages: lines from pdfium, put into reading order and joined to paragraphs, headings told by size.

pdfium gives lines in the order of the file; they are ordered here by where they stand, column by column. Text that is
not seen (see `pdf_unseen`) is kept apart.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import sub
from typing import TYPE_CHECKING

from extractors.pdf_calls import address, buffers, calls, floats, ready
from extractors.pdf_unseen import SMALL, TINY, Cover, Edges, Sight, View
from extractors.reading_order import Place, read_order
from extractors.xml import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_BULLET = re.compile("^[•●▪■◦‣⁃∙·○➢✓❖►▶»*–-]\\s+|^[•●▪■◦➢❖►\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf06e\uf0e0]\\s*")
_NUMBERED = re.compile(r"^(\d{1,2}|[a-zA-Z])[.)]\s")
_PAGE_NUMBER = re.compile(r"(page|pagina|seite|p\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?(\s*(/|of|van|von)\s*\d{1,4})?|[ivxlc]{1,6}",
                          re.IGNORECASE)
_BOLD = (b"bold", b"black", b"heavy", b"cmbx", b"-medi", b"semibd", b"demi")
#: Lines of a page that are read; no page that a person can read has as many.
MOST_LINES = 3000
#: From so many small lines on, a page shows a figure or a poster that was scaled down.
_FIGURE = 8
#: How high letters without an upper or lower length are set above their foot, by their size; words of half a sentence.
_LETTERS, _CLAUSE = 0.7, 4


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


def read_lines(page: PdfPage, off_layers: frozenset[str], covers: Sequence[Cover] = (),
               filled: bool = True) -> list[Line]:
    """The lines of a page, MOST_LINES at most, as pdfium finds them, each with its box, size and why it may be unseen.

    `covers` are boxes that annotations cover (left, bottom, right, top in the page's own coordinates), each with whether
    its fill is dark; no shape is filled on a page that is not `filled`.
    """
    view = _view(page, covers)
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    if not text.strip():
        text_page.close()
        return []
    reach = _Reach(text_page, view)
    sight = Sight(page, view, off_layers, filled)
    straight = text_page.count_chars() == len(text)
    lines: list[Line] = []
    small: list[tuple[Line, int]] = []
    at = 0
    for chunk in text.split("\r\n"):
        stripped = chunk.strip()
        if stripped and len(lines) < MOST_LINES:
            start = at if straight else reach.calls.char_index(reach.handle, at)
            first = start if chunk[0] == stripped[0] else start + len(chunk) - len(chunk.lstrip())
            drawn = reach.calls.text_object(reach.handle, first)
            size, bold = reach.look(first, drawn)
            boxes, whole = reach.boxes(start, len(chunk), max(2.2 * size, 0.03 * view.size[0]))
            pieces = _pieces(chunk, start, boxes, size, reach) if boxes else [(stripped, first - start, whole)]
            for piece, offset, box in pieces:
                index = start + offset
                own = drawn if index == first else reach.calls.text_object(reach.handle, index)
                if index != first:  # what stands beside a heading is none
                    size, bold = reach.look(index, own)
                hidden = sight.unseen(own, box, size)
                mark = _BULLET.match(piece)
                if mark and mark.end() < len(piece):  # a mark comes from a font of its own
                    index += mark.end()
                    size, bold = reach.look(index, reach.calls.text_object(reach.handle, index))
                lines.append(Line(piece, *box, size, bold, hidden))
                if hidden == SMALL:
                    small.append((lines[-1], own))
        at += len(chunk) + 2
    if 0 < len(small) < _FIGURE:
        for line, own in small:
            if not sight.in_form(own):
                line.hidden = TINY  # a few small lines among others: nobody made a figure of them
    text_page.close()
    return lines


class _Reach:
    """What pdfium says of the letters of one page, asked with as few calls as it takes."""

    def __init__(self, text_page: PdfTextPage, view: View) -> None:
        self.calls, self.address, self.view = calls(), address(text_page.raw), view
        self.handle = ready(self.address)[0]
        self._buffers = buffers()
        self._name, self._flags = ctypes.create_string_buffer(256), ctypes.c_int()
        #: Whether a font is bold, by its address: it stays where it is for as long as the page is open.
        self._bold: dict[int, bool] = {}

    def boxes(self, start: int, count: int, gutter: float) -> tuple[list[Edges], Edges]:
        """The boxes of so many characters, one for each run on one level, and the box around them.

        The former are none where nothing is between them that may be a gutter: most lines are made of many pieces and
        need no looking at each.
        """
        view, buffer = self.view, self._buffers
        count = self.calls.count_boxes(self.handle, start, count)
        if count == 1 and not view.turned:
            self.calls.box(self.handle, 0, *buffer.slots[0])
            left, top, right, bottom = buffer.sides[:4]
            x, foot = view.origin[0], view.origin[1] + view.size[1]
            return [], (left - x, foot - top, right - x, foot - bottom)
        lefts, tops, rights, bottoms = self._sides(count)
        if not count:
            return [], (0.0, 0.0, 0.0, 0.0)
        box = view.edges(min(lefts), min(bottoms), max(rights), max(tops))
        if count == 1 or view.turned or max(*map(sub, lefts[1:], rights), *map(sub, lefts, rights[1:])) <= 0.99 * gutter:
            return [], box
        x, foot = view.origin[0], view.origin[1] + view.size[1]
        return [(left - x, foot - top, right - x, foot - bottom)
                for left, top, right, bottom in zip(lefts, tops, rights, bottoms, strict=True)], box

    def _sides(self, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
        """Lefts, tops, rights and bottoms of the boxes that pdfium counted last, in the page's own coordinates."""
        box, handle, buffer = self.calls.box, self.handle, self._buffers
        if count <= buffer.SLOTS:
            for number, (one, two, three, four) in enumerate(buffer.slots[:count]):
                box(handle, number, one, two, three, four)
            sides = buffer.sides[:4 * count]
        else:
            sides = []
            for number in range(count):
                box(handle, number, *buffer.slots[0])
                sides += buffer.sides[:4]
        return sides[::4], sides[1::4], sides[2::4], sides[3::4]

    def look(self, index: int, drawn: int) -> tuple[float, bool]:
        """The size of a character in points, and whether it is bold."""
        self.calls.loose_box(self.handle, index, self._buffers.four_at[0])
        left, top, right, bottom = floats(self._buffers.four)
        font = self.calls.font(drawn) if drawn else 0
        bold = self._bold.get(font)
        if bold is None:
            self._name.value = b""
            self.calls.font_name(self.address, index, ctypes.addressof(self._name), 256, ctypes.addressof(self._flags))
            name = self._name.value.lower()
            bold = any(sign in name for sign in _BOLD)
            if font:
                self._bold[font] = bold
        return (right - left if self.view.turned in (90, 270) else top - bottom), bold


def _view(page: PdfPage, covers: Sequence[Cover]) -> View:
    crop, media = page.get_cropbox(), page.get_mediabox()
    view = View((crop[0], crop[1]), page.get_size(), page.get_rotation(), (0.0, 0.0, 0.0, 0.0))
    view.media = view.edges(*media)
    view.covers = tuple((view.edges(*cover), dark) for cover, dark in covers)
    return view


def _pieces(chunk: str, start: int, rects: list[Edges], size: float, reach: _Reach) -> list[tuple[str, int, Edges]]:
    """A line, cut where a gap between its boxes is as wide as a gutter: two columns on one level are two lines."""
    cuts: list[int] = []
    view = reach.view
    gutter = max(2.2 * size, 0.03 * view.size[0])
    if "\ufffe" not in chunk and not view.turned:
        for number, (one, two) in enumerate(pairwise(rects), start=1):
            # Also leftwards: print goes on in the order of the file, and a right column may have been set first.
            if (two[0] - one[2] > gutter or one[0] - two[2] > gutter) and two[1] < one[3] and one[1] < two[3]:
                middle = view.origin[1] + view.size[1] - (two[1] + two[3]) / 2
                index = reach.calls.index_at(reach.address, two[0] + view.origin[0] + 0.5, middle, size, size) - start
                if 0 < index < len(chunk) and (not cuts or index > cuts[-2]):
                    cuts += [index, number]
    pieces, text_at, rect_at = [], 0, 0
    for index, number in [*zip(cuts[::2], cuts[1::2], strict=True), (len(chunk), len(rects))]:
        piece, own = chunk[text_at:index], rects[rect_at:number]
        lead = len(piece) - len(piece.lstrip())
        if own and lead < len(piece):
            lefts, tops, rights, bottoms = zip(*own, strict=True)
            pieces.append((piece.strip(), text_at + lead, (min(lefts), min(tops), max(rights), max(bottoms))))
        text_at, rect_at = index, number
    return pieces


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


def _foot(line: Line) -> float:
    """Where the letters of a line end. Rows joined by a hyphen are one line: of those the first row counts."""
    return line.top + _LETTERS * line.size if "\ufffe" in line.text[:-1] else line.bottom


def _next_line(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands as close under the paragraph as its own lines do. Measured at the feet of the letters."""
    last = paragraph.lines[-1]
    step, size = _foot(line) - last.bottom, max(last.size, line.size)
    own = _foot(last) - paragraph.lines[-2].bottom if len(paragraph.lines) > 1 else 0.0
    if own > 0.5 * size:
        return step < 1.2 * own + 0.25 * size
    return step < (1.9 if line.text[:1].islower() else 1.6) * size


def _led_in(last: Line, line: Line) -> bool:
    """Whether a bold line is the start of a paragraph ("Damage: what an attack") and no heading: the next one goes on with
    its sentence, and it is as wide.
    """
    return (last.bold and line.text[:1].islower() and last.text[-1:] not in ".!?:;" and len(last.text.split()) >= _CLAUSE
            and last.right > line.right - 3 * line.size and line.top > last.top)


def _goes_on(paragraph: Paragraph, line: Line, bullet: bool) -> bool:
    last = paragraph.lines[-1]
    if bullet or abs(last.size - line.size) > 0.12 * max(last.size, line.size) or (
            last.bold != line.bold and not _led_in(last, line)):
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
