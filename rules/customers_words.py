"""A text cut into the pieces that the customer index is looked up with: folded words, also split at capitals inside them.

"AcmeBank" is two pieces, "#HaldenFoods" too, "Acme™" is one and a mark; all pieces joined are the squashed text. Every
piece knows where it stands in the source. Long texts are cut by the C of the regular expressions and of itertools, not
piece by piece. Nothing here knows a customer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from language.fold import Folded, fold

_TOKEN = re.compile(r"([^\W_]+)")
_INNER = re.compile(r"[a-z0-9à-öø-ÿ](?=[A-ZÀ-ÖØ-Þ])")
_MARKED = re.compile(r"[^\W_](?=[™®©])")
_MARKS = re.compile(r"[™®©]")
_SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-·*]{1,2}[^\W_]){2,}(?![^\W_])")
_LETTERS = re.compile(rb"\x01{3,}")


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of a text: `starts`/`ends` in the folded text, `at` in the squashed text (one entry more than pieces).

    `whole` is the same text without cuts inside words; None where there are none, so that this one is it.
    """

    text: str
    folded: Folded
    pieces: list[str]
    starts: list[int]
    ends: list[int]
    at: list[int]
    squashed: str
    whole: Words | None = None

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

    def spelled(self) -> list[tuple[int, int]]:
        """Pieces (first, last) of words spelled letter by letter: "A c m e", "A.C.M.E."."""
        sizes = bytes(map((255).__and__, map(len, self.pieces)))
        found = []
        for run in _LETTERS.finditer(sizes):
            begin, end = self.starts[run.start()], self.ends[run.end() - 1]
            for match in _SPELLED.finditer(self.folded.text, begin, end + 1):
                first, last = bisect_left(self.starts, match.start()), bisect_left(self.ends, match.end())
                if last - first >= 2:
                    found.append((first, last))
        return found


@lru_cache(maxsize=1024)
def words_of(text: str) -> Words:
    """Cut a text into pieces, at capitals inside words too.

    Kept by text, since a scan and the clearing after it ask for the same ones.
    """
    folded = fold(text)
    parts = _TOKEN.split(folded.text)
    edges = list(accumulate(map(len, parts)))
    whole = _words(text, folded, parts[1::2], edges[0:-1:2], edges[1::2], None)
    cuts = [match.end() for match in _INNER.finditer(text)]
    if _MARKS.search(text):
        cuts += [match.end() for match in _MARKED.finditer(text)]
    if not cuts:
        return whole
    if not text.isascii() or len(folded.origin) != len(text):
        cuts = [bisect_left(folded.origin, cut) for cut in cuts]
    pieces, starts, ends = _cut(whole, sorted(set(cuts)))
    return _words(text, folded, pieces, starts, ends, whole) if len(pieces) > len(whole.pieces) else whole


def _words(text: str, folded: Folded, pieces: list[str], starts: list[int], ends: list[int], whole: Words | None) -> Words:
    at = [0, *accumulate(map(len, pieces))]
    return Words(text, folded, pieces, starts, ends, at, "".join(pieces), whole)


def _cut(whole: Words, cuts: list[int]) -> tuple[list[str], list[int], list[int]]:
    """The pieces once more, cut at these places of the folded text too; stretches without a cut are copied whole."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for cut in cuts:
        number = bisect_right(whole.starts, cut) - 1
        if number < 0 or not whole.starts[number] < cut < whole.ends[number]:
            continue
        if number >= done:
            pieces += whole.pieces[done:number + 1]
            starts += whole.starts[done:number + 1]
            ends += whole.ends[done:number + 1]
            done = number + 1
        pieces[-1] = whole.folded.text[starts[-1]:cut]
        ends[-1] = cut
        pieces.append(whole.folded.text[cut:whole.ends[number]])
        starts.append(cut)
        ends.append(whole.ends[number])
    return pieces + whole.pieces[done:], starts + whole.starts[done:], ends + whole.ends[done:]
