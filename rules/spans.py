"""Lines, words and runs of capitalised words: what the name detectors read before and beside the statistical model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from language.files import word_set
from rules.haystack import plain
from rules.natural import is_capitals, recase
from rules.vocabulary import Given, everyday, family, given, ordinary, technology

_TOKEN = re.compile(r"(?:[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*(?=\s+[^\W\d_]))|[^\W_]+(?:['’&.-][^\W_]+)*|&")
PARTICLES = word_set(
    "van de der den von und zu da di del della dos das do du le la el al bin ben ten ter te 't 'n of y"
)
_NAME_PARTICLES = PARTICLES - {"of", "und"}
#: Words that a heading in title case leaves small.
_MINOR = word_set(
    "a an the of for and or to in on at by with from as but vs via nor over into de van het een en voor met op in "
    "te per"
)
_INITIAL = re.compile(r"^[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line with its half-open span in the block."""

    text: str
    start: int
    end: int

    @property
    def base(self) -> str:
        """Without the possessive."""
        text = self.text
        if text[-1:] in "'’":
            return text[:-1]
        return text[:-2] if text[-2:] in ("'s", "’s") else text

    @property
    def base_end(self) -> int:
        """Where the word ends without its possessive."""
        return self.start + len(self.base)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def initial(self) -> bool:
        """Whether it is one or more initials ("S.", "J.R.")."""
        return bool(_INITIAL.match(self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, recased when it is in capitals. `start` is its offset in the block."""

    text: str
    start: int
    words: tuple[Word, ...]
    #: Typed in capitals: a capital then says nothing.
    capitals: bool
    #: Most words capitalised, as in a heading: a capital says little.
    headline: bool

    @property
    def running(self) -> bool:
        """Whether it reads like a sentence: enough small words for a capital to mean something."""
        small = sum(not word.capital and word.text.isalpha() for word in self.words)
        return small >= 3 and not self.headline


@lru_cache(maxsize=20_000)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a block's text; offsets count characters of the block."""
    made: list[Line] = []
    position = 0
    for raw in plain(text).split("\n"):
        capitals = is_capitals(raw)
        shown = recase(raw) if capitals else raw
        words = tuple(Word(m.group(), position + m.start(), position + m.end()) for m in _TOKEN.finditer(shown))
        if words:
            made.append(Line(shown, position, words, capitals, capitals or _headline(words)))
        position += len(raw) + 1
    return tuple(made)


def _headline(words: tuple[Word, ...]) -> bool:
    if any(not word.capital and word.text[:1].isalpha() and word.text.lower() not in _MINOR for word in words):
        telling = [word for word in words if len(word.text) > 3 and word.text[:1].isalpha()]
        return len(telling) >= 5 and sum(word.capital for word in telling) >= 0.8 * len(telling)
    return sum(word.capital for word in words) >= 2


def adjacent(line: Line, left: Word, right: Word) -> bool:
    """Whether only a blank stands between two words."""
    between = line.text[left.end - line.start:right.start - line.start]
    return between.strip() == "" and len(between) <= 2


def runs(line: Line, particles: frozenset[str] = _NAME_PARTICLES) -> list[list[Word]]:
    """Maximal sequences of adjacent capitalised words; particles may stand between them."""
    found: list[list[Word]] = []
    current: list[Word] = []
    waiting: list[Word] = []
    for word in line.words:
        last = waiting[-1] if waiting else (current[-1] if current else None)
        joined = last is not None and adjacent(line, last, word)
        if word.capital:
            if current and joined and not current[-1].text.endswith(("'s", "’s")):
                current += [*waiting, word]
            else:
                if current:
                    found.append(current)
                current = [word]
            waiting = []
        elif current and joined and word.text.lower() in particles:
            waiting.append(word)
        else:
            if current:
                found.append(current)
            current, waiting = [], []
    if current:
        found.append(current)
    return found


def full_name(words: list[Word], at: int, *, known: int) -> tuple[int, float]:
    """Whether a full name starts at a word: the index after its last word, and how sure; (0, 0.0) when none does.

    A clear given name with a following capitalised word that may be a family name; an ambiguous one ("Mark") needs a
    word that is no ordinary one; initials need a word that is no ordinary one. `known` is 2 when the words
    beside it say that a person is meant (two words of no list are then enough), 1 when they often do.
    """
    first = words[at]
    if technology(first.base) or first.text.isdigit():
        return (0, 0.0)
    strength = given(first.base)
    index = at + 1
    while index < len(words) and (words[index].initial or words[index].text.lower() in _NAME_PARTICLES
                                  or (given(words[index].base) is Given.CLEAR and index + 1 < len(words)
                                      and not words[index].text.endswith(("'s", "’s")))):
        index += 1
    if index >= len(words):
        index = at + 1
        if index >= len(words):
            return (0, 0.0)
    last = words[index]
    if technology(last.base) or not last.capital or len(last.base) < 2 or any(c.isdigit() for c in last.base):
        return (0, 0.0)
    surname, plain_word = family(last.base), ordinary(last.base)
    if len(last.base) <= 4 and last.base.isupper() and not surname:
        return (0, 0.0)
    sure = 0.0
    if first.initial:
        sure = 0.8 if (surname is Given.CLEAR or not plain_word) else (0.7 if surname or known > 1 else 0.0)
    elif strength is Given.CLEAR:
        if not plain_word or surname is Given.CLEAR or given(last.base) is Given.CLEAR:
            sure = 0.92
        elif surname or known > 1:
            sure = 0.75 if not everyday(last.base) or known > 1 else 0.6
    elif strength is Given.AMBIGUOUS:
        sure = 0.8 if (surname is Given.CLEAR or not plain_word) and (known or surname) else 0.0
    elif known > 1 and not first.base.isupper():
        sure = 0.75 if (not ordinary(first.base) and (not plain_word or surname)) or surname is Given.CLEAR else 0.0
    elif surname is Given.CLEAR and not ordinary(first.base) and not first.base.isupper():
        sure = 0.55
    return (index + 1, sure) if sure else (0, 0.0)
