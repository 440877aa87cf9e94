"""Draws a quote card: the sentence, who said it and where, and its place in the talk. 1080 x 1350 and 1200 x 630 pixels.

Drawn in one channel (how much ink) and coloured with a ramp between the two colours of the palette, which keeps the
files small and the contrast the same everywhere. A card on which anything does not fit is not drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.drawing.face import SANS, SANS_BOLD, SERIF_STRONG
from generators.drawing.lines import OPENING, SCALE, Setting, fit
from generators.drawing.logo import Logo
from generators.drawing.palette import Palette
from generators.drawing.strip import TICK, Place, bars

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: Pixels that stay free on every side.
MARGIN = 100
#: Nothing on a card is smaller, in pixels.
SMALLEST = SCALE[-1]
_FULL = 255
_MARK, _REST = 120, 90  # ink of the opening mark and of the strip's other topics
# The mark is 0.28 of its size high; with the space under it, this share of it stands above the sentence.
_ABOVE = 0.48
_QUOTE = "\u201c"


@dataclass(frozen=True, slots=True)
class Format:
    """Size of a card, the largest sizes of its sentence and name, and the size of the opening mark above (0: none)."""

    width: int
    height: int
    largest: int
    name: int
    mark: int
    #: Share of the free height that stands above the sentence.
    above: float
    #: Least space around the sentence and around the line across the top.
    gap: int
    #: Room for a logo at the foot, on the right.
    logo: tuple[int, int]


TALL = Format(1080, 1350, 100, 40, 260, 0.42, 60, (200, 90))
WIDE = Format(1200, 630, 68, 36, 0, 0.3, 40, (200, 80))


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is written on a card: the sentence, the name in bold, what stands under it, a line across the top.

    What stands under the name is set on one line where that fits, and otherwise on a line each.
    """

    quote: str
    name: str
    under: tuple[str, ...] = ()
    across: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A card whose every line fits: what is set where. `top` is where the sentence's room begins, `room` its height."""

    form: Format
    quote: Setting
    name: Setting
    under: tuple[Setting, ...]
    across: Setting | None
    top: float
    room: float
    foot: float
    #: Size of the opening mark above the sentence; 0 when there is none.
    mark: int
    logo: Logo | None = None


def lay_out(words: Words, form: Format, logo: Logo | None = None) -> Layout | None:
    """Place everything on a card; None when a line does not fit or a face lacks one of its characters."""
    width = form.width - 2 * MARGIN
    beside = width - (form.logo[0] + 40 if logo else 0)
    across = fit(words.across, SANS_BOLD, width, 200, (SMALLEST,), 1.3) if words.across else None
    name = fit(words.name, SANS_BOLD, beside, 200, (form.name, SMALLEST), 1.3, 2)
    under = _under(words.under, beside)
    if name is None or under is None or (words.across and across is None):
        return None
    top = MARGIN if across is None else _band(across, form) + form.gap
    # From the bottom margin up: the strip, the lines under the name, the name.
    foot = form.height - MARGIN - TICK - 44 - name.height - sum(line.step * len(line.lines) for line in under)
    # A sentence that brings its own quotation marks needs none above it.
    mark = 0 if words.quote[0] in OPENING else form.mark
    # Under the sentence there are descenders too.
    room = foot - 1.4 * form.gap - top - mark * _ABOVE
    quote = fit(words.quote, SERIF_STRONG, width, room, [size for size in SCALE if size <= form.largest], 1.24)
    return None if quote is None else Layout(form, quote, name, under, across, top, room, foot, mark, logo)


def _under(lines: Sequence[str], width: float) -> tuple[Setting, ...] | None:
    """The lines under the name; None when one of them does not fit."""
    if not lines:
        return ()
    joined = fit(" · ".join(lines), SANS, width, 200, (SMALLEST,), 1.3, 1)
    if joined is not None:
        return (joined,)
    each = [fit(line, SANS, width, 200, (SMALLEST,), 1.3, 2) for line in lines]
    placed = tuple(line for line in each if line is not None)
    return placed if len(placed) == len(each) else None


def draw(layout: Layout, place: Place, palette: Palette, alt: str) -> bytes:
    """The card as PNG, with `alt` as its description and nothing else beside the pixels."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    form = layout.form
    image = Image.new("L", (form.width, form.height), 0)
    pen = ImageDraw.Draw(image)
    if layout.across is not None:
        band = _band(layout.across, form)
        pen.rectangle((0, 0, form.width, band - 1), fill=_FULL)
        _write(pen, layout.across, MARGIN, (band - layout.across.height) / 2, 0)
    top = layout.top + (layout.room - layout.quote.height) * form.above
    if layout.mark:
        font = SERIF_STRONG.at(layout.mark)
        pen.text((MARGIN - font.getmask(_QUOTE).getbbox()[0], top), _QUOTE, fill=_MARK, anchor="lt", font=font)
    _write(pen, layout.quote, MARGIN, top + layout.mark * _ABOVE, _FULL)
    y = layout.foot
    _write(pen, layout.name, MARGIN, y, _FULL)
    y += layout.name.height
    for line in layout.under:
        _write(pen, line, MARGIN, y + line.step - line.cap, _FULL)
        y += line.step * len(line.lines)
    if layout.logo is not None:
        size = layout.logo.within(*form.logo)
        # Its foot stands on the last line of text.
        image.paste(_FULL, (form.width - MARGIN - size[0], form.height - MARGIN - TICK - 44 - size[1]), layout.logo.at(*size))
    for bar in bars(place, form.width - 2 * MARGIN):
        left, above = MARGIN + bar.x, form.height - MARGIN - TICK + bar.y
        pen.rectangle((round(left), round(above), round(left + bar.width) - 1, round(above + bar.height) - 1),
                      fill=_FULL if bar.strong else _REST)
    image.putpalette(palette.ramp())
    about = PngInfo()
    about.add_itxt("Description", alt)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=about, compress_level=6)
    return out.getvalue()


def _write(pen: ImageDraw, setting: Setting, x: float, top: float, ink: int) -> None:
    """Write lines with the top of the first line's capitals at `top`."""
    font = setting.face.at(setting.size)
    base = top + setting.cap
    for line in setting.lines:
        pen.text((x - setting.hang(line), base), line, fill=ink, font=font, anchor="ls")
        base += setting.step


def _band(across: Setting, form: Format) -> int:
    """Height of the band that carries the line across the top."""
    return round(across.height + 1.3 * form.gap)
