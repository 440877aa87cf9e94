"""What makes somebody look bad, as data: words by kind, ways of saying, and what turns a word round.

Reads `data/reputation.yaml` (words) and `data/reputation_said.yaml` (ways of saying) once. Words are looked up token by
token, so a thousand of them cost no more than ten; ways of saying are google-re2. It judges nothing; see
reputation_clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from language.files import read_yaml

if TYPE_CHECKING:
    from re2 import Filter
    from re2 import _Match as Match
    from re2 import _Regexp as Regex

_DATA = Path(__file__).parent / "data"
#: Stand for the target and for other names in a sentence.
TARGET, OTHER = "§", "¤"
#: How sure each kind is. A way of saying is surer than a word that only goes wrong with somebody.
SURE = {"verdict": 0.75, "ridicule": 0.7, "blame": 0.7, "deed": 0.65, "harm": 0.65, "late": 0.65, "legacy": 0.6,
        "trouble": 0.55, "lack": 0.5, "hint": 0.4}
EVERY = frozenset(SURE)
_TOKEN = re.compile(r"[^\W_]+|n't\b|[§¤]")
_LONGEST_STEM = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case and its half-open span of characters."""

    word: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; hyphens and apostrophes part words, the signs for names are words."""
    return tuple(Token(match.group().lower(), *match.span()) for match in _TOKEN.finditer(text))


class Phrases:
    """Terms of one or more words, each with `*` for the rest of a word. Nothing changes after construction."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` hold terms separated by commas."""
        self._exact: dict[str, list[tuple[str, ...]]] = {}
        self._stems: dict[str, list[tuple[str, ...]]] = {}
        terms = {term.strip() for line in lines for term in line.split(",")} - {""}
        for term in sorted(terms):
            words = tuple(re.findall(r"[^\W_]+\*?", term.lower()))
            first, rest = words[0], words[1:]
            table, key = (self._stems, first[:-1]) if first.endswith("*") else (self._exact, first)
            table.setdefault(key, []).append(rest)
        self._beginning = lru_cache(maxsize=20_000)(self._look_up)

    def at(self, said: Sequence[Token], place: int) -> int:
        """How many words of the longest term that begins at a place; 0 when none does."""
        found = self._beginning(said[place].word)
        return max((1 + len(rest) for rest in found if _follows(said, place + 1, rest)), default=0) if found else 0

    def _look_up(self, word: str) -> tuple[tuple[str, ...], ...]:
        """What must follow a word for it to begin a term, for each such term."""
        found = list(self._exact.get(word, ()))
        for size in range(2, min(len(word), _LONGEST_STEM) + 1):
            found += self._stems.get(word[:size], ())
        return tuple(found)

    def anywhere(self, said: Sequence[Token]) -> bool:
        """Whether any term stands among the words."""
        return any(self.at(said, place) for place in range(len(said)))


def _follows(said: Sequence[Token], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(said):
        return False
    return all(token.word.startswith(word[:-1]) if word.endswith("*") else token.word == word
               for token, word in zip(said[place:], rest, strict=False))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it. `words` are tried in their order, the surest kinds first."""

    words: tuple[tuple[str, Phrases], ...]
    ways: tuple[tuple[str, Regex], ...]
    #: Tells from the letters of a text which of the ways are worth trying; one pass in place of a hundred.
    sieve: Filter
    hints: Phrases
    shapely: Phrases
    harmless: Phrases
    trades: Phrases
    turning: Phrases
    good: Phrases

    def said(self, text: str) -> Iterator[tuple[str, Match]]:
        """Each way of saying that stands in a text, with its kind and first place."""
        for number in sorted(self.sieve.Match(text.lower(), True) or ()):
            kind, pattern = self.ways[number]
            if match := pattern.search(text):
                yield kind, match


@cache
def lexicon() -> Lexicon:
    """The words of both languages, compiled."""
    import re2

    raw = cast("dict[str, dict[str, list[str]]]", read_yaml(_DATA / "reputation.yaml"))
    said = cast("dict[str, list[str]]", read_yaml(_DATA / "reputation_said.yaml"))
    both = raw["both"]
    options = re2.Options()
    options.case_sensitive = False
    sieve = re2.Filter()
    ways = tuple((kind, pattern) for kind in said for pattern in said[kind])
    for _, pattern in ways:
        sieve.Add(pattern, options)
    sieve.Compile()
    return Lexicon(
        words=tuple((kind, Phrases([*raw["en"][kind], *raw["nl"][kind]])) for kind in ("verdict", "deed", "trouble")),
        shapely=Phrases(both["shapely"]),
        hints=Phrases([*raw["en"]["hint"], *raw["nl"]["hint"]]),
        ways=tuple((kind, re2.compile(pattern, options)) for kind, pattern in ways), sieve=sieve,
        harmless=Phrases(both["harmless"]), trades=Phrases(both["trades"]), turning=Phrases(both["turning"]),
        good=Phrases(both["good"]),
    )
