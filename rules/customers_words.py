"""A text cut into the pieces that the customer index is looked up with: folded words, also split at capitals inside them.

"AcmeBank" is two pieces, "#HaldenFoods" too, "Acme™" is one and a mark; all pieces joined are the squashed text. Every
piece knows where it stands in the source. Nothing here knows a customer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from language.fold import Folded, fold

_TOKEN = re.compile(r"[^\W_]+")
_INNER = re.compile(r"(?<=[a-z0-9à-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[^\W_])(?=[™®©])")
_SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-·*]{1,2}[^\W_]){2,}(?![^\W_])")
_LINE_END = re.compile(r"[\n\r\x0b\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of a text: `starts`/`ends` in the folded text, `at` in the squashed text (one entry more than pieces)."""

    text: str
    folded: Folded
    pieces: list[str]
    starts: list[int]
    ends: list[int]
    at: list[int]
    squashed: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the pieces from `first` to `last` (included) stand in the source."""
        return self.folded.span(self.starts[first], self.ends[last])

    def gap(self, piece: int) -> str:
        """What stands between a piece and the next one, folded; empty when they are glued."""
        return self.folded.text[self.ends[piece]:self.starts[piece + 1]]

    def piece_at(self, squashed: int) -> int:
        """The number of the piece that a squashed offset lies in or ends."""
        return max(0, bisect_left(self.at, squashed) - 1)

    def capital(self, piece: int) -> bool:
        """Whether a piece begins with a capital letter in the source."""
        return self.text[self.folded.origin[self.starts[piece]]].isupper()

    def upper(self, piece: int) -> bool:
        """Whether all letters of a piece are capitals in the source."""
        start, end = self.span(piece, piece)
        return self.text[start:end].isupper()

    def line(self, start: int, end: int) -> tuple[int, int]:
        """The line of the source that a span begins in."""
        left = max(self.text.rfind(mark, 0, start) for mark in "\n\r\x0b\u2028") + 1
        after = _LINE_END.search(self.text, end)
        return left, after.start() if after else len(self.text)

    def spelled(self) -> list[tuple[int, int]]:
        """Pieces (first, last) of words spelled letter by letter: "A c m e", "A.C.M.E."."""
        found = []
        for match in _SPELLED.finditer(self.folded.text):
            first, last = bisect_left(self.starts, match.start()), bisect_left(self.ends, match.end())
            if last < len(self.pieces) and last - first >= 2:
                found.append((first, last))
        return found


@lru_cache(maxsize=4096)
def words_of(text: str, inner: bool = True) -> Words:
    """Cut a text into pieces, at capitals inside words too unless `inner` is off.

    Kept by text, since a scan and the clearing after it ask for the same ones.
    """
    folded = fold(text)
    spans = [match.span() for match in _TOKEN.finditer(folded.text)]
    cuts = [match.start() for match in _INNER.finditer(text)] if inner else []
    if cuts:
        spans = _cut(spans, sorted({_index(folded, cut) for cut in cuts}))
    pieces = [folded.text[start:end] for start, end in spans]
    at, position = [0], 0
    for piece in pieces:
        position += len(piece)
        at.append(position)
    return Words(text, folded, pieces, [start for start, _ in spans], [end for _, end in spans], at, "".join(pieces))


def _index(folded: Folded, source: int) -> int:
    return bisect_left(folded.origin, source)


def _cut(spans: list[tuple[int, int]], cuts: list[int]) -> list[tuple[int, int]]:
    result = []
    for start, end in spans:
        for cut in cuts[bisect_right(cuts, start):bisect_left(cuts, end)]:
            result.append((start, cut))
            start = cut
        result.append((start, end))
    return result
