"""Text of a PDF page that is clipped away: drawn inside an outline (`W n`) that lies elsewhere.

Words that share an outline share its points in pdfium's memory, so that each outline is measured once a page. Only bounds
are compared: a word that the bounds of its outlines leave out cannot be seen; one that they hold may still be cut.
"""

from __future__ import annotations

import ctypes

from extractors.pdf_calls import calls, pair

#: Points by which a word may be off and still count as inside.
_SLACK = 1.0
_MOST_POINTS, _MOST_PATHS = 2_000, 64

#: Left, bottom, right, top in the page's own coordinates.
Bounds = tuple[float, float, float, float]
_ALL: Bounds = (float("-inf"), float("-inf"), float("inf"), float("inf"))


class Clips:
    """The outlines of one page, by where pdfium keeps the points of the last one and how many there are."""

    def __init__(self) -> None:
        self._calls = calls()
        self._known: dict[tuple[int, int], Bounds] = {}
        self._corner = (ctypes.c_float * 2)()
        self._at = ctypes.addressof(self._corner)

    def bounds(self, text: int) -> Bounds | None:
        """What is left for the text object at an address; None where nothing cuts it."""
        clip = self._calls.clip(text)
        count = self._calls.clip_paths(clip) if clip else 0
        if count <= 0:
            return None
        key = (count, self._calls.clip_segment(clip, count - 1, 0))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._measured(clip, count)
        return found

    def _measured(self, clip: int, count: int) -> Bounds:
        left, bottom, right, top = _ALL
        for path in range(min(count, _MOST_PATHS)):
            points = self._calls.clip_segments(clip, path)
            if not 0 < points <= _MOST_POINTS:
                continue  # of what is not measured nothing is said
            xs, ys = [], []
            for number in range(points):
                self._calls.point(self._calls.clip_segment(clip, path, number), self._at, self._at + 4)
                x, y = pair(self._corner)
                xs.append(x)
                ys.append(y)
            left, bottom, right, top = max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys))
        return left - _SLACK, bottom - _SLACK, right + _SLACK, top + _SLACK
