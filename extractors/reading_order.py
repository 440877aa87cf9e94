"""The order in which a person reads boxes on a page: column by column, tolerant to boxes that are not quite level.

Method: cut the page into bands at gaps over its full width; join neighbouring bands that share a gutter, because those are
columns and not rows; read each column from the top, cutting again inside it. Two columns of short labels beside long
texts are rows and read across. Works on plain boxes, so slides and PDF pages share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

_MOST = 700  # boxes; above that no person reads an order into a page, and this would take long
_DEEPEST = 12
#: Keys of sorting: top, left, index; left, top, index.
_FROM_TOP, _FROM_LEFT = itemgetter(2, 1, 0), itemgetter(1, 2, 0)


class Place(NamedTuple):
    """A box to be ordered: its index in the caller's list, edges, and how many words it holds."""

    index: int  # type: ignore[assignment]  # hides a method of tuples that nobody here asks for
    left: float
    top: float
    right: float
    bottom: float
    words: int = 1


def read_order(places: Sequence[Place], width: float, height: float, slack: float = 0.012) -> list[int]:
    """Indices in reading order. `width` and `height` are the page's, in the unit of the edges (y grows downwards).

    `slack` is the share of the page by which boxes may be off: 0.012 suits slides, less suits lines of print.
    """
    if len(places) > _MOST:
        band = max(height / 60, 1.0)
        return [p.index for p in sorted(places, key=lambda p: (round(p.top / band), p.left, p.index))]
    slack_x, slack_y = width * slack, height * slack
    return [p.index for p in _order([_shrunk(p, slack_x, slack_y) for p in places], slack_y, 0)]


def _shrunk(p: Place, slack_x: float, slack_y: float) -> Place:
    """A little smaller on every side, so that boxes which touch or overlap by a hair still stand apart."""
    index, left, top, right, bottom, words = p
    x = min(slack_x, max(0.0, (right - left) * 0.2))
    y = min(slack_y, max(0.0, (bottom - top) * 0.2))
    return Place(index, left + x, top + y, right - x, bottom - y, words)


def _order(places: list[Place], slack_y: float, depth: int) -> list[Place]:
    if len(places) < 2:
        return places
    if depth > _DEEPEST:
        return _by_rows(places, slack_y)
    _, lefts, _, rights, _, _ = zip(*places, strict=True)
    if max(lefts) < min(rights):
        # One upright line goes through all boxes, as on most pages of print: there are no columns, and no gutters to join.
        bands = _bands(places)
        if len(bands) > 1:
            return [p for band in bands for p in (band if len(band) == 1 else _order(band, slack_y, depth + 1))]
        return _by_rows(places, slack_y)
    columns = _columns(places)
    if len(columns) > 1:
        above = _centred_above(places, slack_y)
        if above is not None:
            return [above, *_order([p for p in places if p is not above], slack_y, depth + 1)]
        if _is_rows(columns, slack_y):
            return _by_rows(places, slack_y)
        return [p for column in columns for p in _order(column, slack_y, depth + 1)]
    bands = _joined(_bands(places))
    if len(bands) > 1:
        return [p for band in bands for p in _order(band, slack_y, depth + 1)]
    return _by_rows(places, slack_y)


def _centred_above(places: list[Place], slack_y: float) -> Place | None:
    """A box alone above all others in the middle of the page: a heading of the columns, whichever of them it overhangs.

    Boxes are shrunk by now, so a heading leaves some room below it even where it touched; the first line of a middle
    column that is only not quite level with its neighbours leaves less.
    """
    top = min(places, key=_FROM_TOP)
    clear = top.bottom + min(0.3 * (top.bottom - top.top), slack_y)
    if any(p.top < clear for p in places if p is not top):
        return None
    left, right = min(p.left for p in places), max(p.right for p in places)
    centred = abs((top.left + top.right) - (left + right)) / 2 < 0.08 * (right - left)
    return top if centred else None


def _bands(places: list[Place]) -> list[list[Place]]:
    """Runs of boxes without a horizontal gap through the whole width, from the top."""
    bands: list[list[Place]] = []
    bottom = float("-inf")
    for p in sorted(places, key=_FROM_TOP):
        if p.top >= bottom:
            bands.append([])
        bands[-1].append(p)
        bottom = max(bottom, p.bottom)
    return bands


def _joined(bands: list[list[Place]]) -> list[list[Place]]:
    """Join neighbouring bands for as long as one gutter runs through them all. Linear in the number of boxes.

    Columns begin with a band that has several: a heading above them that only happens to miss the gutter stays above.
    """
    joined: list[list[Place]] = []
    spans: list[tuple[float, float]] = []
    for band in bands:
        own = _spans([(p.left, p.right) for p in band])
        both = _spans([*spans, *own])
        if len(spans) > 1 and len(both) > 1:
            joined[-1].extend(band)
            spans = both
        else:
            joined.append(list(band))
            spans = own
    return joined


def _spans(intervals: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The union of intervals, as disjoint ones from the left."""
    union: list[tuple[float, float]] = []
    for left, right in sorted(intervals):
        if union and left < union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], right))
        else:
            union.append((left, right))
    return union


def _columns(places: list[Place]) -> list[list[Place]]:
    """Runs of boxes without a vertical gap, from the left. A gap counts when boxes stand beside each other across it."""
    columns: list[list[Place]] = []
    right = float("-inf")
    for p in sorted(places, key=_FROM_LEFT):
        if p.left >= right:
            columns.append([])
        columns[-1].append(p)
        right = max(right, p.right)
    merged: list[list[Place]] = []
    for column in columns:
        if merged and not _side_by_side(merged[-1], column):
            merged[-1] = [*merged[-1], *column]
        else:
            merged.append(column)
    return merged


def _side_by_side(left: list[Place], right: list[Place]) -> bool:
    """Whether the two stand beside each other: the shorter one's height is mostly shared."""
    top, bottom = max(min(p.top for p in left), min(p.top for p in right)), min(max(p.bottom for p in left),
                                                                                    max(p.bottom for p in right))
    shorter = min(max(p.bottom for p in side) - min(p.top for p in side) for side in (left, right))
    return bottom - top > 0.3 * shorter


def _is_rows(columns: list[list[Place]], slack_y: float) -> bool:
    """Short labels on the left, each level with one longer text on the right: read across."""
    if len(columns) != 2 or len(columns[0]) != len(columns[1]) or len(columns[0]) < 2:
        return False
    left, right = (sorted(column, key=lambda p: p.top) for column in columns)
    if max(p.words for p in left) > 5 or sum(p.words for p in right) < 3 * sum(p.words for p in left):
        return False
    return all(abs((a.top + a.bottom) - (b.top + b.bottom)) / 2 < max(3 * slack_y, 0.5 * (b.bottom - b.top))
               for a, b in zip(left, right, strict=True))


def _by_rows(places: list[Place], slack_y: float) -> list[Place]:
    """From the top; boxes whose tops are level within the slack read from the left."""
    rows: list[list[Place]] = []
    for p in sorted(places, key=_FROM_TOP):
        if rows and p.top - rows[-1][0].top <= 2 * slack_y:
            rows[-1].append(p)
        else:
            rows.append([p])
    return [p for row in rows for p in sorted(row, key=_FROM_LEFT)]
