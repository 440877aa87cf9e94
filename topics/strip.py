"""The deck as a strip with its topics, for a terminal of 80 columns.

Each topic is a run of one letter, as long as its share of the deck; asides are dots. Plain text: colour is the
caller's.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.document import Unit
from content.topic import Topic

_WIDTH = 80
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def strip(topics: Sequence[Topic], units: Sequence[Unit], width: int = _WIDTH) -> str:
    """The strip and a line a topic below it; no line is wider than `width`, and none ends in a line break.

    A deck wider than the strip is drawn to scale: a column then stands for several units, and is a dot only when all of
    them are asides.
    """
    if not topics or not units:
        return "no topics: nothing visible was found"
    letters = {topic.number: _LETTERS[(topic.number - 1) % len(_LETTERS)] for topic in topics}
    marks = []
    for unit in units:
        topic = next((one for one in topics if one.first <= unit.number <= one.last), None)
        marks.append(("·" if unit.number in topic.asides else letters[topic.number]) if topic else " ")
    columns = min(width, len(marks))
    bar = "".join(_column(marks[n * len(marks) // columns:(n + 1) * len(marks) // columns]) for n in range(columns))
    wide = max(len(f"{topic.first}–{topic.last}") for topic in topics)
    lines = [bar, ""]
    for topic in topics:
        place = f"{topic.first}–{topic.last}" if topic.last > topic.first else str(topic.first)
        head = f"{letters[topic.number]}  {place:>{wide}}  "
        lines.append(head + _fit(topic.title, width - len(head)))
    if "·" in bar:
        lines.append("·  " + " " * wide + "  skipped when writing: title, agenda, dividers, thanks and the like")
    return "\n".join(line[:width] for line in lines)


def _column(marks: Sequence[str]) -> str:
    telling = [mark for mark in marks if mark != "·"]
    return telling[0] if telling else "·"


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else text[:max(0, room - 1)].rstrip() + "…"
