"""Sets text in lines: whole words, even lines, no size too small and nothing outside its box.

A text that does not fit is not set at all: nothing is shortened, hyphenated or squeezed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.drawing.face import Face

#: Sizes from one scale, in pixels or points; nothing on a card is smaller than its last.
SCALE = (128, 112, 100, 88, 78, 68, 60, 54, 48, 44, 40, 36)
#: Marks that hang in the margin when a line begins with one.
OPENING = "“„‘‚«\"'–—"


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of one face and size. `leading` is the distance between base lines as a multiple of the size."""

    lines: tuple[str, ...]
    face: Face
    size: int
    leading: float

    @property
    def step(self) -> float:
        """Distance between two base lines."""
        return self.size * self.leading

    @property
    def height(self) -> float:
        """From the top of the capitals of the first line to the base line of the last."""
        return self.cap + self.step * (len(self.lines) - 1)

    @property
    def cap(self) -> float:
        """Height of the capitals."""
        return self.face.file.cap_height * self.size

    @property
    def width(self) -> float:
        """Width of the longest line."""
        return max((self.face.width(line, self.size) for line in self.lines), default=0.0)

    def hang(self, line: str) -> float:
        """How far a line is moved to the left, so that an opening mark hangs in the margin and letters line up."""
        mark = line[:1] if line[:1] in tuple(OPENING) else ""
        return self.face.width(mark, self.size) if mark else 0.0


def fit(text: str, face: Face, width: float, height: float, sizes: Sequence[int] = SCALE,
        leading: float = 1.25, most: int = 0) -> Setting | None:
    """The text at the largest of `sizes` at which it fits in `width` and `height` and in `most` lines (0: any number).

    None when it fits at none of them or the face lacks one of its characters.
    """
    if not text.strip() or not face.covers(text):
        return None
    for size in sizes:
        lines = even(text, face, size, width)
        setting = Setting(lines, face, size, leading)
        if lines and setting.height <= height and (not most or len(lines) <= most):
            return setting
    return None


def even(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """The fewest lines that hold the text, as even in length as can be; () when a word is wider than a line.

    Minimises the squares of what the lines leave empty, the last one included, so that no word stands alone at the end;
    a line that ends in a word of one or two letters costs as much as an em and a half left empty.
    """
    words = text.split()
    blank = face.width(" ", size)
    widths = [face.width(word, size) for word in words]
    # Kerning with a blank and rounding make a line a little wider or narrower than its words: half a pixel a word.
    room = width - 0.5 * len(words)
    if not words or max(widths) > room:
        return ()
    count = _greedy(widths, blank, room)
    # best[k][i]: the least waste of setting the first i words in k lines, and where its last line starts.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (waste, _) in best[-1].items():
            length = -blank
            for end in range(start + 1, len(words) + 1):
                length += blank + widths[end - 1]
                if length > room:
                    break
                short = end < len(words) and len(words[end - 1]) <= 2
                total = waste + (room - length) ** 2 + ((1.5 * size) ** 2 if short else 0)
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        best.append(row)
    out: list[str] = []
    end = len(words)
    for row in reversed(best[1:]):
        start = row[end][1]
        out.append(" ".join(words[start:end]))
        end = start
    return tuple(reversed(out))


def _greedy(widths: Sequence[float], blank: float, room: float) -> int:
    """How many lines the words need."""
    count, length = 1, -blank
    for width in widths:
        if length + blank + width > room:
            count, length = count + 1, -blank
        length += blank + width
    return count
