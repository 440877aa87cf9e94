"""Draws a slide from a ClearedDocument: paper, hairlines, two faces, and a line below that says what it is. 1200 pixels wide.

The leak gate cannot read pixels, so the one function that draws takes nothing but the cleared document, and writes beside
the pixels, as the comment of the PNG, every word that it drew. `fits` says beforehand whether a slide can be drawn.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from content import look
from content.cleared import ClearedDocument
from generators.drawing.face import SANS
from generators.drawing.palette import Palette, rgb
from generators.drawing.slide_layout import PAD, WIDTH, Cell, lay_out

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: Share of the accent in the colour of a bar, and of the strokes that stand for a picture: ink on a bar has 10 to 1.
_BAR, _STROKE = 0.18, 0.3
#: Height of the strip below the slide, and size of the line in it.
_FOOT, _SMALL = 40, 20


def fits(cleared: ClearedDocument, number: int, framed: bool = False) -> bool:
    """Whether every text that makes the look of the slide can be read in its box, and none lies over another."""
    return lay_out(cleared, number, framed) is not None


def draw(cleared: ClearedDocument, number: int, palette: Palette, alt: str, caption: str, framed: bool = False) -> bytes:
    """A slide as PNG with `alt` as its description and `caption` below it; b'' where it does not fit.

    The same document, palette and words give the same bytes.
    """
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    cells = lay_out(cleared, number, framed)
    if cells is None or cleared.size is None:
        return b""
    height = round(WIDTH * cleared.size[1] / cleared.size[0])
    image = Image.new("RGB", (WIDTH, height + _FOOT), rgb(look.PAPER))
    pen = ImageDraw.Draw(image)
    accent = max((palette.ground, palette.ink), key=lambda colour: look.contrast(look.PAPER, colour))
    pair = Palette(look.PAPER, accent)
    for cell in cells:
        _box(pen, cell, accent, pair)
    for cell in cells:
        _words(pen, cell, accent)
    pen.rectangle((0, 0, WIDTH - 1, height - 1), outline=rgb(pair.tint(_STROKE)))
    base = height + (_FOOT + SANS.file.cap_height * _SMALL) / 2
    pen.text((PAD, base), caption, fill=rgb(look.QUIET), font=SANS.at(_SMALL), anchor="ls")
    about = PngInfo()
    about.add_itxt("Description", alt)
    about.add_itxt("Comment", "\n".join([*(cell.text for cell in cells if cell.text), caption]))
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG", pnginfo=about, compress_level=6)
    return out.getvalue()


def _box(pen: ImageDraw, cell: Cell, accent: str, pair: Palette) -> None:
    # Whole pixels, so that neighbours share their line.
    edges = (round(cell.x), round(cell.y), round(cell.x + cell.width), round(cell.y + cell.height))
    if cell.share > 0:
        pen.rectangle((edges[0], edges[1], round(cell.x + cell.width * cell.share), edges[3]), fill=rgb(pair.tint(_BAR)))
    if cell.crossed:
        stroke = rgb(pair.tint(_STROKE))
        pen.rectangle(edges, outline=stroke)
        pen.line((edges[0], edges[1], edges[2], edges[3]), fill=stroke)
        pen.line((edges[0], edges[3], edges[2], edges[1]), fill=stroke)
    if cell.ruled:
        pen.rectangle(edges, outline=rgb(accent))


def _words(pen: ImageDraw, cell: Cell, accent: str) -> None:
    if cell.setting is None:
        return
    font = cell.setting.face.at(cell.setting.size)
    base = cell.y + cell.inset + cell.setting.cap
    if cell.bullet:
        x, y, r = cell.x - 6, base - cell.setting.cap / 2, 3
        pen.ellipse((x - r, y - r, x + r, y + r), fill=rgb(accent))
    for line in cell.setting.lines:
        pen.text((cell.start(line), base), line, fill=rgb(accent if cell.title else look.INK), font=font, anchor="ls")
        base += cell.setting.step
