"""Where everything of a slide's drawing stands: boxes and the lines in them, from a ClearedDocument and nothing else.

Tables are grids, charts grids with a bar behind each value, the points of a diagram and the labels of a layout framed
boxes; other boxes hold their paragraphs, and pictures are empty frames. What makes the look of a slide is set whole or
the slide is not drawn; running text beside it may end in an ellipsis. No text lies over another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from content.cleared import ClearedDocument
from content.document import Block, Box, Part, Unit
from generators.drawing.face import SANS, SANS_BOLD, SERIF_STRONG
from generators.drawing.lines import Setting, fit

#: Pixels.
WIDTH, PAD = 1200, 10
#: What stays free above and below the text of a cell, both together.
_ROW = 16
_SIZES = (40, 36, 32, 28, 25, 22, 20, 18)
_TEXT_SIZES, _LABEL_SIZES = _SIZES[2:], _SIZES[1:]
_TITLE_SIZES = (56, 48, 44, 40, 36, 32, 28, 25, 22)
_LEADING = 1.25
_INDENT, _BULLET = 26, 22
_DRAWN = frozenset({Part.TITLE, Part.BODY, Part.TABLE, Part.CHART, Part.SMARTART})
#: Share of the slide below which a picture is an icon, and from which on it is the ground that everything stands on.
_ICON, _GROUND = 0.01, 0.9
#: By how much of its width a slide's boxes may stand out of it: what is drawn is moved in.
_OUT = 0.02
#: What ends a text that goes on.
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Cell:
    """A box in pixels, with text or without. `ruled` boxes get a hairline, `crossed` ones stand for a picture."""

    x: float
    y: float
    width: float
    height: float
    setting: Setting | None = None
    ruled: bool = False
    title: bool = False
    centred: bool = False
    crossed: bool = False
    bullet: bool = False
    #: Length of the bar behind a value of a chart, as a share of the cell.
    share: float = 0.0
    #: How far its first capital stands below the top.
    inset: float = PAD

    @property
    def text(self) -> str:
        """What is written in it."""
        return " ".join(self.setting.lines) if self.setting else ""

    def start(self, line: str) -> float:
        """Where a line begins."""
        if self.setting is None or not self.centred:
            return self.x + PAD
        return self.x + (self.width - self.setting.face.width(line, self.setting.size)) / 2

    @property
    def inked(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its text."""
        if self.setting is None:
            return (self.x, self.y, self.x, self.y)
        left = min(self.start(line) for line in self.setting.lines)
        return (left, self.y + self.inset, left + self.setting.width, self.y + self.inset + self.setting.height)


def units(cleared: ClearedDocument) -> dict[int, Unit]:
    """The slides of a document that has places for its boxes, by number."""
    if cleared.size is None or cleared.size[0] <= 0 or not 0.4 <= cleared.size[1] / cleared.size[0] <= 1.6:
        return {}
    return {unit.number: unit for unit in cleared.content_units() if unit.kind == "slide"}


def shapes(unit: Unit) -> Iterator[list[Block]]:
    """The blocks that are drawn, those of one box together."""
    together: dict[tuple[str, str, Box | None], list[Block]] = {}
    for block in unit.blocks:
        if block.part in _DRAWN and block.visible and block.box is not None and block.text.strip():
            whole = block.part in (Part.TABLE, Part.CHART)
            together.setdefault((block.part.value, block.shape, None if whole else block.box), []).append(block)
    yield from together.values()


def lay_out(cleared: ClearedDocument, number: int, framed: bool) -> list[Cell] | None:
    """Everything that is drawn of a slide; None where it cannot be read, or one text would lie over another.

    `framed` says that the boxes of its text are what the slide shows: labels in rows and columns.
    """
    unit = units(cleared).get(number)
    if unit is None or cleared.size is None:
        return None
    scale, deep = WIDTH / cleared.size[0], cleared.size[1] * WIDTH / cleared.size[0]
    cells: list[Cell] = []
    nodes: list[tuple[Cell, list[Block]]] = []
    for blocks in shapes(unit):
        place = _inside(blocks[0].box, scale, deep)
        if place is None:
            return None
        part = blocks[0].part
        if part in (Part.TABLE, Part.CHART):
            found = _grid(blocks, place)
        elif part is Part.TITLE:
            setting = fit(_plain(blocks), SERIF_STRONG, *_room(place), _TITLE_SIZES, _LEADING)
            found = None if setting is None else [replace(place, setting=setting, title=True)]
        elif part is Part.SMARTART or framed:
            nodes.append((replace(place, ruled=True), blocks))
            continue
        else:
            found = _paragraphs(blocks, place)
        if found is None:
            return None
        cells += found
    labels = _labels(nodes)
    if labels is None or _collide([*cells, *labels]):
        return None
    return [*_pictures(unit, scale, deep, [*cells, *labels]), *labels, *cells]


def _plain(blocks: Sequence[Block]) -> str:
    return " · ".join(" ".join(block.text.split()) for block in blocks)


def _room(place: Cell) -> tuple[float, float]:
    return place.width - 2 * PAD, place.height - 2 * PAD


def _inside(box: Box | None, scale: float, deep: float) -> Cell | None:
    """The box in pixels, moved in where it stands out a little; None where it stands out by more."""
    if box is None:
        return None
    left, top, right, bottom = (each * scale for each in (box.x, box.y, box.x + box.width, box.y + box.height))
    out = _OUT * WIDTH
    if left < -out or top < -out or right > WIDTH + out or bottom > deep + out:
        return None
    left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, WIDTH), min(bottom, deep)
    return Cell(left, top, max(right - left, 1.0), max(bottom - top, 1.0))


def _paragraphs(blocks: Sequence[Block], place: Cell) -> list[Cell] | None:
    """The paragraphs of a text box under each other, in one size; the last that has room ends in an ellipsis where not all
    have. None where not even the first has, or a face lacks a character."""
    for size in _TEXT_SIZES:
        placed = _stack(blocks, place, size)
        if placed is not None and len(placed) == len(blocks):
            return placed
    return _stack(blocks, place, _TEXT_SIZES[-1], cut=True)


def _stack(blocks: Sequence[Block], place: Cell, size: int, cut: bool = False) -> list[Cell] | None:
    out: list[Cell] = []
    top, listed = place.y + PAD, len(blocks) > 1
    for block in blocks:
        indent = block.level * _INDENT + (_BULLET if listed else 0)
        wide, left = place.width - 2 * PAD - indent, place.y + place.height - PAD - top
        text = " ".join(block.text.split())
        setting = fit(text, SANS, wide, left, (size,), _LEADING)
        ended = setting is None
        if setting is None:
            setting = _cut(text, wide, left, size) if cut else None
        if setting is None:
            return (out or None) if cut else None
        out.append(Cell(place.x + indent, top, wide + 2 * PAD, setting.height, setting, bullet=listed, inset=0.0))
        if ended:
            return out
        top += setting.step * len(setting.lines) + 0.3 * size
    return out


def _cut(text: str, width: float, height: float, size: int) -> Setting | None:
    """As many of its words as have room, with an ellipsis; None where fewer than three have."""
    words = text.split()
    low, high = 2, len(words) - 1
    best: Setting | None = None
    while low < high:
        middle = (low + high + 1) // 2
        setting = fit(" ".join(words[:middle]).rstrip(",;:.") + _CUT, SANS, width, height, (size,), _LEADING)
        if setting is None:
            high = middle - 1
        else:
            best, low = setting, middle
    return best


def _labels(nodes: Sequence[tuple[Cell, list[Block]]]) -> list[Cell] | None:
    """Framed boxes with their text in the middle, all in one size; None where one does not fit."""
    for size in _LABEL_SIZES:
        out: list[Cell] = []
        for place, blocks in nodes:
            held = _centred(blocks, place, size)
            if held is None:
                break
            out += [place, *held]
        else:
            return out
    return None


def _centred(blocks: Sequence[Block], place: Cell, size: int) -> list[Cell] | None:
    """The paragraphs of a label: the first in bold where those below it are its own."""
    settings: list[Setting] = []
    headed = len(blocks) > 1 and all(block.level > blocks[0].level for block in blocks[1:])
    for position, block in enumerate(blocks):
        head = headed and position == 0
        face, own = SANS_BOLD if head else SANS, size if head or not headed else max(_SIZES[-1], round(size * 0.8))
        setting = fit(" ".join(block.text.split()), face, *_room(place), (own,), _LEADING)
        if setting is None:
            return None
        settings.append(setting)
    gap = 0.55 * size
    total = sum(each.height for each in settings) + gap * (len(settings) - 1)
    if total > place.height - 2 * PAD:
        return None
    top = place.y + (place.height - total) / 2
    out = []
    for setting in settings:
        out.append(Cell(place.x, top, place.width, setting.height, setting, centred=True, inset=0.0))
        top += setting.height + gap
    return out


def _grid(blocks: Sequence[Block], place: Cell) -> list[Cell] | None:
    """A table or chart in its box: titles of axes and the like in a line above, rows of equal height, columns as wide as
    what they hold asks for, and one size: a size a cell would say what nobody meant."""
    held = [block for block in blocks if block.row is not None and block.column is not None]
    loose = [block for block in blocks if block.row is None or block.column is None]
    if not held:
        return _paragraphs(blocks, place)
    rows = max(block.row or 0 for block in held) + 1
    columns = max(block.column or 0 for block in held) + 1
    # Twice the room for four times the text, and never less than a quarter of the widest.
    longest = [max((len(block.text) for block in held if block.column == column), default=1) for column in range(columns)]
    asked = [max(length, max(longest) / 16) ** 0.5 for length in longest]
    starts = [place.width * sum(asked[:column]) / sum(asked) for column in range(columns + 1)]
    shares = _shares(held) if blocks[0].part is Part.CHART else [0.0] * len(held)
    for size in _SIZES:
        above = fit(_plain(loose), SANS, place.width - 2 * PAD, 2.5 * size, (size,), _LEADING) if loose else None
        if loose and above is None:
            continue
        band = above.height + 2.5 * PAD if above else 0.0
        height = (place.height - band) / rows
        out = [Cell(place.x, place.y, place.width, band, above)] if above else []
        for block, share in zip(held, shares, strict=True):
            column = block.column or 0
            wide = starts[column + 1] - starts[column]
            setting = fit(" ".join(block.text.split()), SANS, wide - 2 * PAD, height - _ROW, (size,), _LEADING)
            if setting is None:
                break
            out.append(Cell(place.x + starts[column], place.y + band + height * (block.row or 0), wide, height, setting,
                            ruled=True, share=share, inset=(height - setting.height) / 2))
        else:
            return [*out, *_empty(held, place, band, starts, rows)]
    return None


def _empty(held: Sequence[Block], place: Cell, band: float, starts: Sequence[float], rows: int) -> list[Cell]:
    """The cells that hold nothing; the corner of a chart is none."""
    known = {(block.row, block.column) for block in held}
    height = (place.height - band) / rows
    first = 1 if held[0].part is Part.CHART else 0
    return [Cell(place.x + starts[column], place.y + band + height * row, starts[column + 1] - starts[column], height,
                 ruled=True) for row in range(rows) for column in range(len(starts) - 1)
            if (row, column) not in known and row + column >= first]


def _shares(blocks: Sequence[Block]) -> list[float]:
    """For each cell of a chart the share that its value is of the largest of its series; 0 for names and for series with
    values below nothing, of which a bar would say the wrong thing.
    """
    values = {id(block): value for block in blocks
              if block.row and block.column and (value := _value(block)) is not None}
    series: dict[int | None, list[float]] = {}
    for block in blocks:
        if id(block) in values:
            series.setdefault(block.column, []).append(values[id(block)])
    tops = {column: max(own) for column, own in series.items() if min(own) >= 0 and len(own) > 1}
    return [values[id(block)] / top if id(block) in values and (top := tops.get(block.column, 0.0)) else 0.0
            for block in blocks]


def _value(block: Block) -> float | None:
    if block.value is not None:
        return block.value
    try:
        return float(block.text.strip().rstrip("%").replace(" ", ""))
    except ValueError:
        return None


def _pictures(unit: Unit, scale: float, deep: float, cells: Sequence[Cell]) -> list[Cell]:
    """An empty frame for each picture that is neither an icon nor the ground of the slide, and has no text on it."""
    out = []
    for picture in unit.pictures:
        place = _inside(picture.box, scale, deep)
        if place is None or not _ICON < place.width * place.height / (WIDTH * deep) < _GROUND:
            continue
        edges = (place.x, place.y, place.x + place.width, place.y + place.height)
        if not any(_over(edges, cell.inked) for cell in cells if cell.setting):
            out.append(replace(place, crossed=True))
    return out


def _collide(cells: Sequence[Cell]) -> bool:
    inked = [cell.inked for cell in cells if cell.setting]
    return any(_over(one, other) for one, other in combinations(inked, 2))


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
