"""Sets the pages of a carousel, 1080 x 1350 points: a cover, one page a point, and a last one with what to take away.

Cover and last page stand on the ground of the palette, the pages between on its other colour, like paper. A page on which
something does not fit is not set.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.drawing.face import SANS, SERIF, Face
from generators.drawing.lines import Setting, fit
from generators.drawing.logo import Logo
from generators.drawing.palette import Palette
from generators.drawing.pdf import ARTIFACT, Box, Mark, Page, Text
from generators.drawing.strip import TICK, Place, bars

WIDTH, HEIGHT, MARGIN = 1080, 1350, 100
_ROOM = WIDTH - 2 * MARGIN
_SMALL = 36
_FOOT = HEIGHT - MARGIN - TICK
_BAND_PADDING = 40
_LOGO = (260, 110)


def cover(title: str, under: Sequence[str], held: str, place: Place, palette: Palette,
          logo: Logo | None = None) -> Page | None:
    """The first page: the title as large as it goes, who speaks, and, when it is held, a band across the top."""
    band = _band(held, palette)
    if band is None:
        return None
    texts, boxes, across = band
    top: float = across + 60 if held else MARGIN
    mark = _mark(logo, top, palette)
    top += mark.height + 40 if mark else 0
    lines = _stack(under, SANS, (40, _SMALL))
    if lines is None:
        return None
    foot = _FOOT - 60 - _height(lines)
    heading = fit(title, SERIF, _ROOM, foot - top - 80, leading=1.18)
    if heading is None:
        return None
    texts.append(Text(heading, MARGIN, top + (foot - top - heading.height) * 0.38, palette.ink, "H1"))
    texts += _placed(lines, foot, palette.ink)
    return Page(palette.ground, (*boxes, *_strip(place, palette), *_arrow(palette, _FOOT - 60)), tuple(texts), mark)


def point(number: int, title: str, sentence: str, where: str, count: str, place: Place, palette: Palette,
          held: str = "") -> Page | None:
    """A page with one point: its number, its title, one sentence of the talk, and where that stands; a band when held."""
    paper = palette.turned
    band = _band(held, paper)
    digit = fit(str(number), SERIF, _ROOM, 200, (128,))
    # The sentence is the point, its title says only what it is about.
    heading = fit(title, SERIF, _ROOM, 300, (60, 54, 48, 44, 40, _SMALL), 1.25, 4)
    note, page = fit(where, SANS, _ROOM, 100, (_SMALL,), most=1), fit(count, SANS, _ROOM, 100, (_SMALL,), most=1)
    if band is None or digit is None or heading is None or note is None or page is None:
        return None
    start = max(MARGIN, band[2] + 40)
    foot = _FOOT - 48 - note.height
    top = start + digit.height + 76
    rule = top + heading.height + 60
    body = fit(sentence, SERIF, _ROOM, foot - rule - 76 - 80, (88, 78, 68, 60, 54, 48, 44, 40, _SMALL), 1.28)
    if body is None:
        return None
    boxes = (*band[1], Box(MARGIN, rule, 120, 4, paper.ink), *_strip(place, paper))
    return Page(paper.ground, boxes, (
        *band[0],
        Text(digit, MARGIN, start, paper.tint(0.45), ARTIFACT),
        Text(heading, MARGIN, top, paper.ink, "H2"),
        Text(body, MARGIN, rule + 76, paper.reading),
        Text(note, MARGIN, foot, paper.ink),
        Text(page, WIDTH - MARGIN - page.width, foot, paper.ink, ARTIFACT)))


def closing(heading: str, items: Sequence[str], source: Sequence[str], place: Place, palette: Palette,
            logo: Logo | None = None, held: str = "") -> Page | None:
    """The last page: what to take away, and the source; a band across the top when it is held."""
    band = _band(held, palette)
    if band is None:
        return None
    start = max(MARGIN, band[2] + 40)
    mark = _mark(logo, start, palette)
    first = fit(heading, SERIF, _ROOM - (mark.width + 40 if mark else 0), 200, (88, 78, 68, 60), most=2)
    lines = _stack(source, SANS, (_SMALL,))
    if first is None or lines is None:
        return None
    foot = _FOOT - 60 - _height(lines)
    top = start + first.height + 90
    for size in (54, 48, 44, 40, _SMALL):
        each = [fit(item, SERIF, _ROOM - 60, foot - top, (size,), 1.3) for item in items]
        set_items = [item for item in each if item is not None]
        gap = size * 0.95
        if len(set_items) == len(items) and _height(set_items, gap) <= foot - top - 70:
            break
    else:
        return None
    texts = [*band[0], Text(first, MARGIN, start, palette.ink, "H2")]
    boxes = list(band[1])
    for item in set_items:
        texts.append(Text(item, MARGIN + 60, top, palette.ink, "LBody"))
        boxes.append(Box(MARGIN, top + item.cap / 2 - 2, 32, 4, palette.ink))
        top += item.height + gap
    texts += _placed(lines, foot, palette.ink)
    return Page(palette.ground, (*boxes, *_strip(place, palette)), tuple(texts), mark)


def _band(held: str, palette: Palette) -> tuple[list[Text], list[Box], float] | None:
    """What says across the top of a page that it is held, and how high that is; None when it does not fit."""
    if not held:
        return [], [], 0.0
    across = fit(held, SANS, _ROOM, 300, (_SMALL,), 1.3)
    if across is None:
        return None
    height = across.height + 2 * _BAND_PADDING
    return [Text(across, MARGIN, _BAND_PADDING, palette.ground)], [Box(0, 0, WIDTH, height, palette.ink)], height


def _mark(logo: Logo | None, top: float, palette: Palette) -> Mark | None:
    """A logo at the right margin."""
    if logo is None:
        return None
    width, height = logo.within(*_LOGO)
    return Mark(logo, WIDTH - MARGIN - width, top, width, height, palette.ink)


def _stack(lines: Sequence[str], face: Face, sizes: Sequence[int]) -> list[Setting] | None:
    """Lines under each other, the first in the first size, the rest in the last; None when one does not fit."""
    out = []
    for number, line in enumerate(lines):
        setting = fit(line, face, _ROOM - 120, 200, sizes if not number else sizes[-1:], 1.3, 2)
        if setting is None:
            return None
        out.append(setting)
    return out


def _height(settings: Sequence[Setting], gap: float = 24) -> float:
    return sum(each.height for each in settings) + gap * max(0, len(settings) - 1)


def _placed(settings: Sequence[Setting], top: float, colour: str, gap: float = 24) -> list[Text]:
    out = []
    for each in settings:
        out.append(Text(each, MARGIN, top, colour))
        top += each.height + gap
    return out


def _strip(place: Place, palette: Palette) -> list[Box]:
    return [Box(MARGIN + bar.x, _FOOT + bar.y, bar.width, bar.height, palette.ink if bar.strong else palette.tint(0.35))
            for bar in bars(place, _ROOM)]


def _arrow(palette: Palette, base: float) -> list[Box]:
    """"There is more": a shaft and a head of small steps, at the right margin above the strip."""
    right, middle = WIDTH - MARGIN, base - 12
    head = [Box(right - 4 - step, middle - step - 2, 4, 2 * step + 4, palette.ink) for step in range(0, 20, 1)
            if step % 4 == 0]
    return [Box(right - 84, middle - 2, 84, 4, palette.ink), *head]
