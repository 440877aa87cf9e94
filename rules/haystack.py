"""All blocks of a document as one run of bytes, so that a pattern crosses the whole document in one call.

Some hundred patterns over some thousand blocks would be a hundred thousand calls; joined, it is a hundred. A hit that
would reach over the edge of its block is looked for again in the single blocks. Characters are translated one for one
(no-break blanks, curly quotes, full-width forms), so offsets stay those of the block.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.document import Block, Unit

if TYPE_CHECKING:
    from re2 import Filter, _Match, _Regexp

#: A record separator on its own line: ends lines for `^` and `$`, and is matched by no class a rule would use.
_EDGE = "\n\x1e\n"
_SAME = {0xA0: " ", 0x202F: " ", 0x2007: " ", 0x3000: " ", 0x0B: "\n", 0x2028: "\n", 0x2029: "\n", 0x85: "\n",
         ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("“"): '"', ord("”"): '"', ord("„"): '"', 0x2011: "-",
         0x2010: "-", 0x1E: " "}
_SAME.update(dict.fromkeys(range(0x2000, 0x200B), " "))
_SAME.update({point: unicodedata.normalize("NFKC", chr(point)) for point in range(0xFF01, 0xFF5F)})
_WIDE = re.compile(r"[^\x00-\x7f]")
_VARIANT = re.compile("[" + "".join(map(re.escape, map(chr, _SAME))) + "]")
_BY_CHARACTER = {chr(point): same for point, same in _SAME.items()}


def plain(text: str) -> str:
    """The text with typographic variants made plain, character for character (the length never changes)."""
    if text.isascii() and "\x0b" not in text:
        return text
    return _VARIANT.sub(_made_plain, text)


def _made_plain(match: re.Match[str]) -> str:
    return _BY_CHARACTER[match[0]]


@dataclass(frozen=True, slots=True)
class Place:
    """A match in one block: the span of the group `hit` or of the whole, and the named groups that took part."""

    unit: Unit
    block: Block
    start: int
    end: int
    groups: dict[str, str]


class Haystack:
    """The joined text of blocks. Nothing that can be seen of it changes after construction."""

    def __init__(self, blocks: Sequence[tuple[Unit, Block]]) -> None:
        """`blocks` are kept in order; blocks without text should be left out by the caller."""
        self.blocks = tuple(blocks)
        self.plain = tuple(plain(block.text) for _, block in self.blocks)
        encoded = [text.encode("utf-8", "replace") for text in self.plain]
        self._ascii = [len(data) == len(text) for data, text in zip(encoded, self.plain, strict=True)]
        self._wide: dict[int, tuple[list[int], list[int]]] = {}
        self._edges: list[tuple[int, int]] = []
        position = 0
        for data in encoded:
            self._edges.append((position, position + len(data)))
            position += len(data) + len(_EDGE)
        self._starts = [start for start, _ in self._edges]
        self.data = _EDGE.encode().join(encoded)
        self._potential: dict[Filter, tuple[int, ...]] = {}

    def find(self, regex: _Regexp) -> Iterator[Place]:
        """Every match, in order of place, each once."""
        seen: set[tuple[int, int, int]] = set()
        for match in regex.finditer(self.data):
            start, end = match.span()
            if start == end:
                continue
            index = max(0, bisect_right(self._starts, start) - 1)
            if start >= self._edges[index][0] and end <= self._edges[index][1] + 1:
                yield from self._place(index, match, 0, seen)
                continue
            last = max(0, bisect_right(self._starts, end) - 1)
            for number in range(index, last + 1):
                begin, stop = self._edges[number]
                for single in regex.finditer(self.data[begin:stop]):
                    yield from self._place(number, single, begin, seen)

    def potential(self, patterns: Filter) -> tuple[int, ...]:
        """The numbers of the patterns that may match, in no order; asked once for each set of patterns."""
        if patterns not in self._potential:
            self._potential[patterns] = tuple(patterns.Match(self.data, True) or ())
        return self._potential[patterns]

    def _place(self, index: int, match: _Match, offset: int, seen: set[tuple[int, int, int]]) -> Iterator[Place]:
        names = match.re.groupindex
        # google-re2 names the groups of a bytes pattern in bytes
        name = names.get(b"hit", 0)
        if match.start(name) < 0:
            name = 0
        begin, stop = self._edges[index]
        start, end = match.start(name) + offset, min(match.end(name) + offset, stop)
        if (index, start, end) in seen or start >= end:
            return
        seen.add((index, start, end))
        unit, block = self.blocks[index]
        groups = {key.decode(): match.group(n).decode("utf-8", "replace") for key, n in names.items()
                  if key != b"hit" and match.group(n) is not None}
        start, end = start - begin, end - begin
        if not self._ascii[index]:
            start, end = self._characters(index, start), self._characters(index, end)
        yield Place(unit, block, start, end, groups)

    def _characters(self, index: int, point: int) -> int:
        """The character at a byte of a block that is not ASCII."""
        wide = self._wide.get(index)
        if wide is None:
            # byte offsets behind each character of several bytes, and how many bytes too many there are by then
            wide, extra = ([], []), 0
            for match in _WIDE.finditer(self.plain[index]):
                extra += len(match[0].encode("utf-8", "replace")) - 1
                wide[0].append(match.end() + extra)
                wide[1].append(extra)
            self._wide[index] = wide
        number = bisect_right(wide[0], point)
        return point - (wide[1][number - 1] if number else 0)
