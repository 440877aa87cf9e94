"""The deck as a strip with its topics: for a terminal, and as a drawing (SVG) that stands alone.

In a terminal each topic is a run of one letter, as long as its share of the deck; asides are dots. What it prints is plain
text, unless whoever prints it hands in a brush. The drawing has the colours of content/look.py, names and numbers in
words (so nothing rests on colour alone), and no script, font or link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from content import look
from content.document import Unit
from content.topic import Topic

_WIDTH = 80
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: A short deck is stretched to at most so many columns a unit.
_STRETCH = 3
_ASIDE = "·"

#: Colours a text for the topic of a number.
Brush = Callable[[str, int], str]


def _plain(text: str, number: int) -> str:
    return text


def strip(topics: Sequence[Topic], units: Sequence[Unit], width: int = _WIDTH, brush: Brush = _plain) -> str:
    """The strip and a line a topic below it; no line is wider than `width`, and none ends in a line break.

    A deck wider than the strip is drawn to scale: a column then stands for several units, and is a dot only when all of
    them are asides.
    """
    if not topics or not units:
        return "no topics: nothing visible was found"
    marks = _marks(topics, units)
    columns = min(width, len(marks) * max(1, min(_STRETCH, width // len(marks))))
    bar = [_column(marks[n * len(marks) // columns:max(n * len(marks) // columns + 1, (n + 1) * len(marks) // columns)])
           for n in range(columns)]
    wide = max(len(_place(topic)) for topic in topics)
    lines = [_painted(bar, brush), ""]
    for topic in topics:
        head = f"{_letter(topic.number)}  {_place(topic):>{wide}}  "
        text = (head + _fit(topic.title, width - len(head)))[:width]
        lines.append(brush(text[:1], topic.number) + text[1:])
    if any(mark == _ASIDE for _, mark in bar):
        head = f"{_ASIDE}  " + " " * wide + "  "
        said = "skipped when writing"
        more = f"{said}: title, agenda, dividers, thanks and the like"
        lines.append((head + (more if len(head + more) <= width else said))[:width])
    return "\n".join(lines)


def _letter(number: int) -> str:
    return _LETTERS[(number - 1) % len(_LETTERS)]


def _place(topic: Topic) -> str:
    return f"{topic.first}–{topic.last}" if topic.last > topic.first else str(topic.first)


def _marks(topics: Sequence[Topic], units: Sequence[Unit]) -> list[tuple[int, str]]:
    """For each unit the number of its topic (0: none) and its mark."""
    marks = []
    for unit in units:
        topic = next((one for one in topics if one.first <= unit.number <= one.last), None)
        mark = " " if topic is None else _ASIDE if unit.number in topic.asides else _letter(topic.number)
        marks.append((topic.number if topic else 0, mark))
    return marks


def _column(marks: Sequence[tuple[int, str]]) -> tuple[int, str]:
    return next((one for one in marks if one[1] != _ASIDE), marks[0])


def _painted(bar: Sequence[tuple[int, str]], brush: Brush) -> str:
    """Columns of one topic are painted in one stroke."""
    text, start = "", 0
    for n in range(1, len(bar) + 1):
        if n == len(bar) or bar[n][0] != bar[start][0]:
            stroke = "".join(mark for _, mark in bar[start:n])
            text += brush(stroke, bar[start][0]) if bar[start][0] else stroke
            start = n
    return text


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else text[:max(0, room - 1)].rstrip() + "…"


#: The drawing: its width, the height of a cell, the space around and between, and the height of a line, in pixels.
_DRAWN, _CELL, _EDGE, _GAP, _LINE = 960, 34, 24, 2, 26
#: Letters of a title that a cell says when it is pointed at.
_TIP = 200


def drawn(topics: Sequence[Topic], units: Sequence[Unit], kind: str = "slide") -> str:
    """The strip as an SVG document: a cell a unit, a hue a topic, asides outlined, and a line a topic below.

    Deterministic; every text of the source is escaped, and characters that XML does not have are left out.
    """
    inner = _DRAWN - 2 * _EDGE
    step = inner / max(1, len(units))
    gap = _GAP if step >= 3 * _GAP else 0
    place = {unit.number: n for n, unit in enumerate(units)}
    body: list[str] = []
    for topic in topics:
        colour = look.TOPIC_HUES[look.hue(topic.number)]
        for number in (unit.number for unit in units if topic.first <= unit.number <= topic.last):
            fill = f'fill="{look.PAPER}" stroke="{colour}"' if number in topic.asides else f'fill="{colour}"'
            body.append(f'<rect x="{_EDGE + place[number] * step:.2f}" y="{_EDGE}" width="{step - gap:.2f}" height="{_CELL}" '
                        f'{fill}><title>{kind} {number}: {_safe(_fit(topic.title, _TIP))}</title></rect>')
    top = _EDGE + _CELL + _LINE
    for n, topic in enumerate(topics):
        y = top + n * _LINE
        colour = look.TOPIC_HUES[look.hue(topic.number)]
        body.append(f'<rect x="{_EDGE}" y="{y - 12}" width="12" height="12" fill="{colour}"/>'
                    f'<text x="{_EDGE + 22}" y="{y}" fill="{look.QUIET}">{_place(topic)}</text>'
                    f'<text x="{_EDGE + 100}" y="{y}" fill="{look.INK}">{_safe(_fit(topic.title, 95))}</text>')
    height = top + max(1, len(topics)) * _LINE
    said = f"{len(topics)} topics in {len(units)} {kind}s"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" width="{_DRAWN}" height="{height}" '
        f'viewBox="0 0 {_DRAWN} {height}" font-family="sans-serif" font-size="15">',
        f"<title>{said}</title>", f'<rect width="100%" height="100%" fill="{look.PAPER}"/>', *body, "</svg>", ""])


def _safe(text: str) -> str:
    return escape("".join(char for char in text if char.isprintable()))
