"""A picture of a slide from the boxes of its text: a drawing to find one's way by, not the slide itself.

Every character is escaped, nothing is loaded from anywhere, and the answer is served with a sandbox. What was found is
numbered as on the cards. A page of a PDF can be given as PNG to draw over.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from content.document import Block, Box, Part, Unit
from content.finding import Finding
from content.look import TOPIC_HUES

_WIDTH = 960.0
_SIZES = {Part.TITLE: 38.0, Part.FOOTER: 13.0, Part.TABLE: 15.0, Part.CHART: 14.0}
_BODY, _SMALLEST = 22.0, 9.0
#: How far text may stand out of its box, in lines: boxes are often drawn a little too low, and their neighbours are near.
_OVER = 0.4
_INK, _QUIET, _LINE, _PAPER, _ACCENT = "#23201C", "#6B6258", "#CFC4B4", "#FFFFFF", "#A8432A"
#: Paper around letters, so that texts which lie over each other can be told apart.
_HALO = f'stroke="{_PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_RTL = ' direction="rtl" unicode-bidi="embed"'
_SEVERITY = {"high": "#9B1C1C", "medium": "#8A5A00", "low": "#3F5B3A"}
_DRAWN = frozenset(
    {
        Part.TITLE,
        Part.BODY,
        Part.TABLE,
        Part.CHART,
        Part.SMARTART,
        Part.IMAGE_TEXT,
        Part.FOOTER,
        Part.OTHER,
        Part.HIDDEN_TEXT,
    }
)
_MOST_BLOCKS = 400


@dataclass(frozen=True, slots=True)
class _Rect:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table and where its lines begin and end in its text."""

    block: Block
    rect: _Rect
    lines: tuple[tuple[int, int], ...]


def draw(
    unit: Unit,
    size: tuple[float, float],
    findings: Sequence[Finding],
    numbers: Mapping[str, int],
    current: str,
    hue: int,
    page: bytes = b"",
) -> str:
    """The drawing as SVG. `numbers` are those of the cards by group; `page` is the page itself as PNG, if there is one."""
    scale = _WIDTH / max(size[0], 1.0)
    height = max(60.0, min(size[1] * scale, 4 * _WIDTH))
    here = [each for each in findings if each.unit == unit.number and each.block]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" width="{_WIDTH:.0f}" '
        f'height="{height:.0f}" font-family="Open Sans, Segoe UI, Helvetica, Arial, sans-serif">',
        f"<title>{escape(unit.kind or 'slide')} {unit.number}</title>",
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
    ]
    if page:
        out.append(
            f'<image width="{_WIDTH:.0f}" height="{height:.0f}" href="data:image/png;base64,'
            f'{base64.b64encode(page).decode()}"/>'
        )
    else:
        out += [_picture(_rect(each.box, scale)) for each in unit.pictures if each.box is not None]
    if hue >= 0:
        out.append(f'<rect width="{_WIDTH:.0f}" height="7" fill="{TOPIC_HUES[hue]}"/>')
    for box, blocks in _shapes(unit):
        rect = _rect(box, scale)
        if not page:
            out += _shape(rect, blocks, here, current)
        # In a table what was found stands in a cell; on the page itself nobody knows where that is.
        places = [(cell.rect, {cell.block.id}) for cell in _cells(rect, blocks)[1]] if _is_table(blocks) and not page else [
            (rect, {block.id for block in blocks})]
        for place, names in places:
            out += _boxes(place, [each for each in here if each.block in names], numbers, current)
    out.append("</svg>")
    return "\n".join(out)


def _shapes(unit: Unit) -> list[tuple[Box, list[Block]]]:
    made: dict[tuple[str, Box], list[Block]] = {}
    for block in unit.blocks[:_MOST_BLOCKS]:
        if block.box is not None and block.part in _DRAWN:
            made.setdefault((block.shape or block.id, block.box), []).append(block)
    return [(box, blocks) for (_, box), blocks in made.items()]


def _is_table(blocks: Sequence[Block]) -> bool:
    return any(block.row is not None and block.column is not None for block in blocks)


def _rect(box: Box, scale: float) -> _Rect:
    return _Rect(
        round(box.x * scale, 1),
        round(box.y * scale, 1),
        max(round(box.width * scale, 1), 24.0),
        max(round(box.height * scale, 1), 16.0),
    )


def _picture(rect: _Rect) -> str:
    x, y, w, h = rect.x, rect.y, rect.width, rect.height
    return (
        f'<g fill="none" stroke="{_LINE}" stroke-width="1.5"><rect x="{x}" y="{y}" width="{w}" height="{h}" fill="#F6F1EA"/>'
        f'<path d="M{x} {y + h} L{x + w * 0.35:.1f} {y + h * 0.45:.1f} L{x + w * 0.6:.1f} {y + h * 0.75:.1f} '
        f'L{x + w * 0.75:.1f} {y + h * 0.6:.1f} L{x + w:.1f} {y + h:.1f}"/></g>'
        f'<text x="{x + 8}" y="{y + 18}" font-size="12" fill="{_QUIET}">picture</text>'
    )


def _shape(rect: _Rect, blocks: Sequence[Block], here: Sequence[Finding], current: str) -> list[str]:
    if _is_table(blocks):
        return _table(rect, blocks, here, current)
    wanted = max(_SIZES.get(block.part, _BODY) for block in blocks)
    size = wanted
    while (
        size > _SMALLEST
        and sum(len(_wrapped(block, rect.width, size)) for block in blocks) * size * 1.3 > rect.height + size * _OVER
    ):
        size -= 1
    faint = all(not block.visible for block in blocks)
    weight = 700 if blocks[0].part is Part.TITLE else 400
    out = (
        [
            f'<rect x="{rect.x}" y="{rect.y}" width="{rect.width}" height="{rect.height}" fill="none" '
            f'stroke="{_LINE}" stroke-dasharray="3 5"/>'
        ]
        if faint
        else []
    )
    out.append(f'<g font-size="{size:.0f}" font-weight="{weight}" fill="{_QUIET if faint else _INK}" {_HALO}>')
    y = rect.y + size
    for block in blocks:
        marks = [each for each in here if each.block == block.id]
        leftward = _leftward(block.text)
        for number, (start, end) in enumerate(_wrapped(block, rect.width, size)):
            if y > rect.y + rect.height + size:
                break
            lead = 4 + block.level * 22
            listed = block.part is Part.BODY and len(blocks) > 1
            if listed and number == 0:
                cx = _from_start(rect, lead + 4, leftward)
                out.append(f'<circle cx="{cx:.1f}" cy="{y - size * 0.32:.1f}" r="3" fill="{_QUIET}"/>')
            x = _from_start(rect, lead + (14 if listed else 0), leftward)
            out.append(f'<text x="{x:.1f}" y="{y:.1f}"{_RTL if leftward else ""}>'
                       f'{_run(block.text, start, end, marks, current)}</text>')
            y += size * 1.3
        y += size * 0.25
    out.append("</g>")
    return out


def _leftward(text: str) -> bool:
    """Whether most of the letters are written from right to left."""
    kinds = [unicodedata.bidirectional(char) for char in text[:2000]]
    return 2 * sum(kind in ("R", "AL") for kind in kinds) > sum(kind in ("R", "AL", "L") for kind in kinds)


def _from_start(rect: _Rect, inset: float, leftward: bool) -> float:
    """The place so far from the side on which lines begin."""
    return rect.x + rect.width - inset if leftward else rect.x + inset


def _run(text: str, start: int, end: int, marks: Sequence[Finding], current: str) -> str:
    """A line of text with what was found in its colour."""
    cuts = sorted(
        {
            start,
            end,
            *(min(max(each.start, start), end) for each in marks),
            *(min(max(each.end, start), end) for each in marks),
        }
    )
    out = ""
    for left, right in pairwise(cuts):
        said = escape(_plain(text[left:right]))
        over = sorted(
            (each for each in marks if each.start <= left and right <= each.end),
            key=lambda each: (each.group != current, -each.severity.rank),
        )
        if over:
            colour = quoteattr(_SEVERITY[over[0].severity.value])
            said = f'<tspan font-weight="700" text-decoration="underline" fill={colour}>{said}</tspan>'
        out += said
    return out


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        char if char >= " " and char not in "\ufffe\uffff" and not "\ud800" <= char <= "\udfff" else " "
        for char in text
    )


def _wrapped(block: Block, width: float, size: float) -> list[tuple[int, int]]:
    """Where the lines of a block begin and end, by a mean width of letters."""
    most = max(4, int((width - 24 - block.level * 22) / (size * 0.54)))
    lines: list[tuple[int, int]] = []
    start = 0
    text = block.text[:2000]
    while start < len(text):
        stop = text.find("\n", start)
        end = min(start + most, len(text) if stop < 0 else stop)
        if end < len(text) and text[end] not in " \n":
            space = text.rfind(" ", start, end)
            end = space if space > start else end
        lines.append((start, end))
        start = end + 1 if end < len(text) and text[end] in " \n" else end
        if end == start and start < len(text):
            start += 1
    return lines


def _cells(rect: _Rect, blocks: Sequence[Block]) -> tuple[float, list[_Cell]]:
    """The size of the letters of a table, and its cells: columns as wide as their words ask, rows as high as their lines.

    What does not fit at the smallest size makes the table longer than its box: cut words cannot be judged.
    """
    rows = max(block.row or 0 for block in blocks) + 1
    asked = [6] * (max(block.column or 0 for block in blocks) + 1)
    for block in blocks:
        asked[block.column or 0] = max(asked[block.column or 0], min(40, len(block.text)))
    wide = [rect.width * each / sum(asked) for each in asked]
    size = 16.0
    high = [0.0]
    lines: list[list[tuple[int, int]]] = []
    while size > _SMALLEST and (not lines or sum(high) > rect.height):
        size -= 1
        lines = [_wrapped(block.model_copy(update={"level": 0}), wide[block.column or 0] + 12, size) for block in blocks]
        high = [size * 1.6] * rows
        for block, each in zip(blocks, lines, strict=True):
            high[block.row or 0] = max(high[block.row or 0], (len(each) * 1.25 + 0.5) * size)
    spare = max(0.0, rect.height - sum(high)) / rows
    high = [each + spare for each in high]
    return size, [_Cell(block, _Rect(round(rect.x + sum(wide[:block.column or 0]), 1),
                                     round(rect.y + sum(high[:block.row or 0]), 1),
                                     round(wide[block.column or 0], 1), round(high[block.row or 0], 1)), tuple(each))
                  for block, each in zip(blocks, lines, strict=True)]


def _table(rect: _Rect, blocks: Sequence[Block], here: Sequence[Finding], current: str) -> list[str]:
    size, cells = _cells(rect, blocks)
    out = [f'<g font-size="{size:.0f}" fill="{_INK}">']
    for cell in cells:
        at, marks = cell.rect, [each for each in here if each.block == cell.block.id]
        out.append(f'<rect x="{at.x}" y="{at.y}" width="{at.width}" height="{at.height}" fill="none" stroke="{_LINE}"/>')
        y = at.y + (at.height - len(cell.lines) * size * 1.25) / 2 + size
        leftward = _leftward(cell.block.text)
        way = _RTL if leftward else ""
        for start, end in cell.lines:
            said = _run(cell.block.text, start, end, marks, current)
            out.append(f'<text x="{_from_start(at, 5, leftward):.1f}" y="{y:.1f}"{way}>{said}</text>')
            y += size * 1.25
    return [*out, "</g>"]


def _boxes(rect: _Rect, found: Sequence[Finding], numbers: Mapping[str, int], current: str) -> list[str]:
    if not found:
        return []
    now = any(each.group == current for each in found)
    worst = max(found, key=lambda each: each.severity.rank)
    colour = _ACCENT if now else _SEVERITY[worst.severity.value]
    x, y = max(2.0, rect.x - 4), max(9.0, rect.y - 4)
    out = [
        f'<rect x="{x}" y="{y}" width="{min(rect.width + 8, _WIDTH - x - 2):.1f}" height="{rect.height + 8:.1f}" rx="4" '
        f'fill="none" stroke="{colour}" stroke-width="{4 if now else 2}"/>'
    ]
    for place, number in enumerate(sorted({numbers[each.group] for each in found if each.group in numbers})[:8]):
        left = x + 2 + place * 30
        fill = _ACCENT if number == numbers.get(current) else colour
        out.append(
            f'<g><rect x="{left:.1f}" y="{max(0.0, y - 13):.1f}" width="27" height="22" rx="4" fill="{fill}"/>'
            f'<text x="{left + 13.5:.1f}" y="{max(0.0, y - 13) + 16:.1f}" font-size="14" font-weight="700" '
            f'fill="#FFFFFF" text-anchor="middle">{number}</text></g>'
        )
    return out
