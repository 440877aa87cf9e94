"""The strip of a talk, drawn small: its topics as bars, the one that is spoken of in full ink, a tick at the unit."""

from __future__ import annotations

from dataclasses import dataclass

#: Height of a bar and of the tick, and the space between bars, in pixels or points.
BAR, TICK, SPACE = 10, 30, 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a talk: the unit ranges of the topics, which of them it is, and its unit (0: none)."""

    topics: tuple[tuple[int, int], ...]
    chosen: int = -1
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the strip, from its left end and top; `strong` in full ink."""

    x: float
    y: float
    width: float
    height: float
    strong: bool


def bars(place: Place, width: float) -> tuple[Bar, ...]:
    """The bars of a strip `width` wide and TICK high; () without topics."""
    if not place.topics:
        return ()
    first, last = place.topics[0][0], place.topics[-1][1]
    unit = (width - SPACE * (len(place.topics) - 1)) / (last - first + 1)
    out: list[Bar] = []
    x = 0.0
    for number, (start, end) in enumerate(place.topics):
        long = unit * (end - start + 1)
        out.append(Bar(x, (TICK - BAR) / 2, long, BAR, number == place.chosen or place.chosen < 0))
        if start <= place.unit <= end:
            thick = min(max(unit, 8.0), 14.0, long)
            at = x + unit * (place.unit - start) + (unit - thick) / 2
            out.append(Bar(min(max(at, x), x + long - thick), 0, thick, TICK, True))
        x += long + SPACE
    return tuple(out)
