"""Searches a text for all withheld strings at once, folded, and tells where they stand.

One google-re2 automaton over all strings reads a text once, whatever their number; only where it stops is looked at in
detail. Three ways of reading: folded (case, accents, look-alikes and spaces made equal), squashed (letters and digits
alone, for strings long enough), and as written, for names that are also ordinary words. Nothing here decodes a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.cleared import WithheldString
from language.fold import SQUASHED_LEAST, fold, inside_word

if TYPE_CHECKING:
    from re2 import _Regexp

#: Letters and digits below which a string counts only as a whole word, whatever its flag.
_SHORT = 4
#: Characters of a string that the automaton knows; the rest is compared afterwards.
_KNOWN = 32
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PUNCTUATION = bytes(point for point in range(128) if not chr(point).isalnum())
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A withheld string in a text: which group it belongs to, and about where (characters of the text as it was given)."""

    group: str
    at: int


class _Table(dict[int, str]):
    """Character -> its folded form with its capital kept; filled as characters are met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        piece = fold(char).text
        self[point] = made = piece.upper() if char.isupper() else piece
        return made


_table = _Table({point: chr(point) for point in range(128)})
_table.update(dict.fromkeys([*range(9), *range(14, 32), 127, 0xFFFD], ""))


def squashed(text: str) -> str:
    """Letters and digits alone. Works on bytes, where taking out costs a nanosecond a character."""
    if not text.isascii():
        text = _FOREIGN.sub(lambda match: "".join(filter(str.isalnum, match.group())), text)
    return text.encode("utf-8", "replace").translate(None, _PUNCTUATION).decode()


def normal(text: str) -> str:
    """The text folded like `language.fold` does, but with its capitals: without offsets, and fast."""
    if not text.isascii():
        foreign = len(text.encode("utf-8", "replace")) - len(text)
        if foreign * 20 < len(text):  # a dash here and there: cheaper one by one
            text = _FOREIGN.sub(lambda match: match.group().translate(_table), text)
        else:
            text = text.translate(_table)
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Needle:
    text: str
    group: str
    whole: bool


class _Automaton:
    """Strings of one way of reading, found in one pass."""

    def __init__(self, needles: Iterable[_Needle]) -> None:
        self.heads: dict[str, list[_Needle]] = {}
        for needle in needles:
            self.heads.setdefault(needle.text[:_KNOWN], []).append(needle)
        self._sizes = tuple(sorted({len(head) for head in self.heads}))
        self._regex: _Regexp | None = _compile(self.heads) if self.heads else None

    def find(self, text: str) -> Iterator[tuple[_Needle, int]]:
        """Every needle in the text with the character it begins at, each needle once."""
        if self._regex is None or not text:
            return
        data = text.encode("utf-8", "replace")
        ascii_only = len(data) == len(text)
        seen: set[_Needle] = set()
        position = 0
        while (match := self._regex.search(data, position)) is not None:
            at = match.start() if ascii_only else len(data[:match.start()].decode("utf-8", "replace"))
            for needle in self._here(text, at):
                if needle not in seen:
                    seen.add(needle)
                    yield needle, at
            position = match.start() + 1
            while position < len(data) and data[position] & 0xC0 == 0x80:
                position += 1

    def _here(self, text: str, at: int) -> Iterator[_Needle]:
        for size in self._sizes:
            for needle in self.heads.get(text[at:at + size], ()):
                if text.startswith(needle.text, at) and not (needle.whole and (
                        inside_word(text, at) or inside_word(text, at + len(needle.text)))):
                    yield needle


def _compile(heads: Iterable[str]) -> _Regexp:
    import re2

    options = re2.Options()
    options.max_mem = 256 << 20
    options.log_errors = False
    options.never_capture = True
    pattern = "|".join(re2.escape(head) for head in sorted(heads, key=lambda head: (-len(head), head)))
    return re2.compile(pattern.encode(), options)


class Search:
    """All withheld strings, ready to be looked for. Made once for a pack."""

    def __init__(self, strings: Iterable[WithheldString]) -> None:
        """Strings without a letter or digit are passed over."""
        folded: list[_Needle] = []
        tight_ones: list[_Needle] = []
        written: list[_Needle] = []
        for string in strings:
            plain = normal(string.text)
            low = plain.lower()
            tight = squashed(low)
            if not tight:
                continue
            whole = string.whole_word or len(tight) < _SHORT
            if string.case_sensitive:
                written.append(_Needle(plain, string.group, whole))
                continue
            folded.append(_Needle(low, string.group, whole))
            if not whole and len(tight) >= SQUASHED_LEAST:
                tight_ones.append(_Needle(tight, string.group, False))
        self.count = len(folded) + len(written)
        self._folded, self._squashed, self._written = _Automaton(folded), _Automaton(tight_ones), _Automaton(written)

    def find(self, text: str, least: int = 0) -> list[Leak]:
        """The groups whose strings, of `least` characters or more, stand in a text, each once, with the character where
        the first begins."""
        if not text or not self.count:
            return []
        plain = normal(text)
        low = plain.lower()
        leaks: dict[str, int] = {}
        for automaton, read in ((self._written, plain), (self._folded, low)):
            for needle, at in automaton.find(read):
                if len(needle.text) >= least:
                    leaks.setdefault(needle.group, _place(text, read, at))
        tight = squashed(low)
        for needle, at in self._squashed.find(tight):
            leaks.setdefault(needle.group, _place(text, tight, at))
        return [Leak(group, at) for group, at in leaks.items()]


def _place(text: str, made: str, at: int) -> int:
    """About where in the text a place of its folded form lies: exact for plain text, in proportion otherwise."""
    if len(made) == len(text):
        return at
    exact = fold(text)
    if len(exact.text) == len(made) and at < len(exact.origin):
        return exact.origin[at]
    return at * len(text) // max(1, len(made))
