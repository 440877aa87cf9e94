"""Draws a slide from the boxes and the cleared text of its blocks: paper, hairlines, two faces. 1200 pixels wide.

Tables are drawn as grids, charts as grids with a bar behind each value; other boxes hold their paragraphs. Text that does
not fit at a size that can be read is not drawn at all, and neither is the slide: `fits` says so beforehand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content import look
from content.document import Block, Box, Part, Unit
from generators.drawing.face import SANS, SERIF_STRONG
from generators.drawing.lines import Setting, fit
from generators.drawing.palette import Palette, rgb

WIDTH = 1200
_SIZES = (40, 36, 32, 28, 25, 22, 20, 18, 16)
_TITLE_SIZES = (56, 48, 44, 40, 36, 32, 28)
_PAD = 10
#: Share of the accent in the colour of a bar: ink on it has 10 to 1.
_BAR = 0.18
_DRAWN = frozenset({Part.TITLE, Part.BODY, Part.TABLE, Part.CHART, Part.SMARTART})


@dataclass(frozen=True, slots=True)
class _Cell:
    """A box in pixels with its text set in it; `ruled` boxes get a hairline."""

    x: float
    y: float
    width: float
    height: float
    setting: Setting
    ruled: bool
    title: bool = False
    #: Length of the bar behind a value of a chart, as a share of the cell.
    share: float = 0.0


def fits(unit: Unit, size: tuple[float, float]) -> bool:
    """Whether every text of the unit can be read in its box."""
    return _cells(unit, size) is not None


def draw(unit: Unit, size: tuple[float, float], palette: Palette, alt: str) -> bytes:
    """The slide as PNG with `alt` as its description. Call it only where `fits` is true; what does not fit is missing."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    height = round(WIDTH * size[1] / size[0])
    image = Image.new("RGB", (WIDTH, height), rgb(look.PAPER))
    pen = ImageDraw.Draw(image)
    accent = max((palette.ground, palette.ink), key=lambda colour: look.contrast(look.PAPER, colour))
    tint = Palette(look.PAPER, accent).tint(_BAR)
    for cell in _cells(unit, size) or ():
        if cell.share > 0:
            pen.rectangle((cell.x, cell.y, cell.x + cell.width * cell.share, cell.y + cell.height), fill=rgb(tint))
        if cell.ruled:
            pen.rectangle((cell.x, cell.y, cell.x + cell.width, cell.y + cell.height), outline=rgb(accent))
        font = cell.setting.face.at(cell.setting.size)
        base = cell.y + _PAD + cell.setting.cap
        for line in cell.setting.lines:
            pen.text((cell.x + _PAD, base), line, fill=rgb(accent if cell.title else look.INK), font=font, anchor="ls")
            base += cell.setting.step
    pen.rectangle((0, 0, WIDTH - 1, height - 1), outline=rgb(accent))
    about = PngInfo()
    about.add_itxt("Description", alt)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", pnginfo=about, compress_level=6)
    return out.getvalue()


def _cells(unit: Unit, size: tuple[float, float]) -> list[_Cell] | None:
    """Everything that is drawn; None when a text does not fit its box or lies outside the slide."""
    if size[0] <= 0 or not 0.4 <= size[1] / size[0] <= 1.6:
        return None
    scale = WIDTH / size[0]
    cells: list[_Cell] = []
    for blocks in _shapes(unit):
        box = blocks[0].box
        if box is None:
            continue
        table = all(block.row is not None and block.column is not None for block in blocks)
        if box.x < -1 or box.y < -1 or (box.x + box.width) * scale > WIDTH + 1 or box.y + box.height > size[1] + 1:
            return None
        title = blocks[0].part is Part.TITLE
        held = list(_grid(blocks, box)) if table else [(box, _joined(blocks))]
        texts = [(place, " ".join(text.split())) for place, text in held]
        shares = _shares(blocks) if table and blocks[0].part is Part.CHART else [0.0] * len(texts)
        # One size in a table, and in a box: a size a cell would say what nobody meant.
        for each in _TITLE_SIZES if title else _SIZES:
            placed = [(place, fit(text, SERIF_STRONG if title else SANS, place.width * scale - 2 * _PAD,
                                  place.height * scale - 2 * _PAD, (each,), 1.25)) for place, text in texts]
            found = [_Cell(place.x * scale, place.y * scale, place.width * scale, place.height * scale, setting, table, title,
                           share) for (place, setting), share in zip(placed, shares, strict=True) if setting is not None]
            if len(found) == len(texts):
                break
        else:
            return None
        cells += found
    return cells


def _shares(blocks: Sequence[Block]) -> list[float]:
    """For each cell of a chart the share that its value is of the largest of its series; 0 for names and for series with
    values below nothing, of which a bar would say the wrong thing.
    """
    values = {id(block): value for block in blocks
              if block.row and block.column and (value := _value(block.text)) is not None}
    series: dict[int | None, list[float]] = {}
    for block in blocks:
        if id(block) in values:
            series.setdefault(block.column, []).append(values[id(block)])
    tops = {column: max(own) for column, own in series.items() if min(own) >= 0 and len(own) > 1}
    return [values[id(block)] / top if id(block) in values and (top := tops.get(block.column, 0.0)) else 0.0
            for block in blocks]


def _value(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("%").replace(" ", ""))
    except ValueError:
        return None


def _joined(blocks: Sequence[Block]) -> str:
    return " · ".join(block.text for block in blocks if block.text.strip())


def _shapes(unit: Unit) -> Iterator[list[Block]]:
    """The blocks that are drawn, those of one box together."""
    together: dict[tuple[str, str, Box | None], list[Block]] = {}
    for block in unit.blocks:
        if block.part in _DRAWN and block.visible and block.box is not None and block.text.strip():
            key = (block.part.value, block.shape, block.box if block.row is None else None)
            together.setdefault(key, []).append(block)
    yield from together.values()


def _grid(blocks: Sequence[Block], box: Box) -> Iterator[tuple[Box, str]]:
    """The cells of a table in the table's box: rows of equal height, columns as wide as what they hold asks for."""
    rows = max(block.row or 0 for block in blocks) + 1
    columns = max(block.column or 0 for block in blocks) + 1
    # Twice the room for four times the text, and never less than a quarter of the widest.
    longest = [max((len(block.text) for block in blocks if block.column == column), default=1) for column in range(columns)]
    shares = [max(length, max(longest) / 16) ** 0.5 for length in longest]
    starts = [box.width * sum(shares[:column]) / sum(shares) for column in range(columns + 1)]
    height = box.height / rows
    for block in blocks:
        column = block.column or 0
        yield Box(x=box.x + starts[column], y=box.y + height * (block.row or 0), width=starts[column + 1] - starts[column],
                  height=height), block.text
