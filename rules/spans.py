"""Lines, words and runs of capitalised words: what the name detectors read before and beside the statistical model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from language.files import word_set
from rules.haystack import plain
from rules.natural import is_capitals, recase
from rules.vocabulary import Given, everyday, family, given, ordinary, technology

_TOKEN = re.compile(r"['’][tn](?=\s)|(?:[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*(?=\s+[^\W\d_]))|[^\W_]+(?:['’&.-][^\W_]+)*|&")
_PIECE = re.compile(r"[^\W_]+")
PARTICLES = word_set(
    "van de der den von und zu da di del della dos das do du le la el al bin ben ten ter te 't 'n of y"
)
_NAME_PARTICLES = PARTICLES - {"of", "und"}
#: Words that a heading in title case leaves small.
_MINOR = word_set(
    "a an the of for and or to in on at by with from as but vs via nor over into de van het een en voor met op in "
    "te per"
)
#: A capitalised word, particles and the first letter of a small word behind them.
_PARTICLED = re.compile(r"\b([A-Z][^\W\d_]+)((?: (?:van|de|den|der|het|'t|ter|ten|te|el|van de[rn]?)){1,3} )([a-z])")
_INITIAL = re.compile(r"^[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*$")


class Word(NamedTuple):
    """A word of a line with its half-open span in the block."""

    text: str
    start: int
    end: int
    #: The language of the text it stands in: what the word says by itself depends on it.
    language: str = "en"

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
    def given(self) -> Given:
        """How much it says as a given name."""
        return given(self.base, self.language)

    @property
    def family(self) -> Given:
        """How much it says as a family name."""
        return family(self.base, self.language)

    @property
    def ordinary(self) -> bool:
        """Whether it stands in the dictionary."""
        return ordinary(self.base, self.language)

    @property
    def everyday(self) -> bool:
        """Whether it is among the most common words."""
        return everyday(self.base, self.language)

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
    #: Its runs of letters and digits, in small letters: a quick look before a slow one.
    said: frozenset[str]

    @property
    def running(self) -> bool:
        """Whether it reads like a sentence: enough small words for a capital to mean something."""
        small = sum(not word.capital and word.text.isalpha() for word in self.words)
        return small >= 3 and not self.headline


@lru_cache(maxsize=1024)
def lines_of(text: str, language: str = "en") -> tuple[Line, ...]:
    """The lines of a block's text in a language; offsets count characters of the block."""
    made: list[Line] = []
    position = 0
    for raw in plain(text).split("\n"):
        capitals = is_capitals(raw)
        shown = _surnames(recase(raw, language), language) if capitals else raw
        words = tuple(Word(m.group(), position + m.start(), position + m.end(), language)
                      for m in _TOKEN.finditer(shown))
        if words:
            made.append(Line(shown, position, words, capitals, capitals or _headline(words),
                             frozenset(_PIECE.findall(shown.lower()))))
        position += len(raw) + 1
    return tuple(made)


def _surnames(text: str, language: str) -> str:
    """A recased line with a capital on the ordinary word that ends a Dutch name ("Fleur de Koning")."""
    if language != "nl":
        return text
    return _PARTICLED.sub(lambda m: m[1] + m[2] + m[3].upper() if given(m[1], "nl") is Given.CLEAR else m[0], text)


def _headline(words: tuple[Word, ...]) -> bool:
    if any(not word.capital and word.text[:1].isalpha() and word.text.lower() not in _MINOR for word in words):
        if words[0].language == "nl":
            return False  # Dutch writes headings like sentences; one that does not has no small words at all
        begins = [word.text[0] for word in words if len(word.text) > 3 and word.text[0].isalpha()]
        return len(begins) >= 5 and sum(map(str.isupper, begins)) >= 0.8 * len(begins)
    return sum(word.capital for word in words) >= 2


def proposals(line: Line, spans: Sequence[tuple[int, int]]) -> Iterator[list[Word]]:
    """The words of a line under each of the spans (of the block, in order) that begin in it."""
    stop = line.start + len(line.text)
    for start, end in spans[bisect_left(spans, (line.start, 0)):bisect_left(spans, (stop, 0))]:
        yield [word for word in line.words if word.start < min(end, stop) and word.end > start]


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
        capital = word.text[0].isupper()
        if not current:
            if capital:
                current = [word]
            continue
        joined = adjacent(line, waiting[-1] if waiting else current[-1], word)
        if capital:
            if joined and not current[-1].text.endswith(("'s", "’s")):
                current += [*waiting, word]
            else:
                found.append(current)
                current = [word]
            waiting = []
        elif joined and word.text.lower() in particles:
            waiting.append(word)
        else:
            found.append(current)
            current, waiting = [], []
    if current:
        found.append(current)
    return found


def full_name(words: list[Word], at: int, *, known: int, prose: bool = False) -> tuple[int, float]:
    """Whether a full name starts at a word: the index after its last word, and how sure; (0, 0.0) when none does.

    A clear given name with a following capitalised word that may be a family name; an ambiguous one ("Mark") needs a
    word that is no ordinary one; initials need a word that is no ordinary one. `known` is 2 when the words
    beside it say that a person is meant (two words of no list are then enough), 1 when they often do. In `prose` of a
    language that writes its nouns small, an ordinary word with a capital ends a name ("Joost Visser").
    """
    first = words[at]
    if technology(first.base) or first.text.isdigit():
        return (0, 0.0)
    strength = first.given
    if strength is not Given.CLEAR and first.language == "nl" and first.text.lower() in _NAME_PARTICLES:
        return _particled(words, at, known)
    index = at + 1
    while index < len(words) and (words[index].initial or words[index].text.lower() in _NAME_PARTICLES
                                  or (words[index].given is Given.CLEAR and index + 1 < len(words)
                                      and not words[index].text.endswith(("'s", "’s")))):
        index += 1
    if index >= len(words):
        index = at + 1
        if index >= len(words):
            return (0, 0.0)
    last = words[index]
    if technology(last.base) or not last.capital or len(last.base) < 2 or any(c.isdigit() for c in last.base):
        return (0, 0.0)
    surname, plain_word = last.family, last.ordinary
    if len(last.base) <= 4 and last.base.isupper() and not surname:
        return (0, 0.0)
    sure = 0.0
    if first.initial:
        sure = 0.8 if (surname is Given.CLEAR or not plain_word) else (0.7 if surname or known > 1 else 0.0)
    elif strength is Given.CLEAR:
        if not plain_word or surname is Given.CLEAR or last.given is Given.CLEAR:
            sure = 0.92
        elif first.language == "nl" and words[index - 1].text.lower() in _NAME_PARTICLES:
            sure = 0.8  # "Linda van der Beek": a particle behind a given name is no preposition
        elif surname or known > 1 or prose:
            sure = 0.75 if not last.everyday or known > 1 else 0.6
    elif strength is Given.AMBIGUOUS:
        sure = 0.8 if (surname is Given.CLEAR or not plain_word) and (known or surname) else 0.0
    elif known > 1 and not first.base.isupper():
        sure = 0.75 if (not first.ordinary and (not plain_word or surname)) or surname is Given.CLEAR else 0.0
    elif surname is Given.CLEAR and not first.ordinary and not first.base.isupper():
        sure = 0.55
    return (index + 1, sure) if sure else (0, 0.0)


def _particled(words: list[Word], at: int, known: int) -> tuple[int, float]:
    """A Dutch family name alone, which then begins with a capital: "Van der Heiden", "De Raadt", "Ten Cate"."""
    index = at + 1
    while index < len(words) and words[index].text.lower() in _NAME_PARTICLES and not words[index].capital:
        index += 1
    if index >= len(words) or not words[index].capital or not known:
        return (0, 0.0)
    last = words[index]
    if known > 1 and (last.family or not last.ordinary or words[at].text.lower() not in {"de", "van"}):
        return (index + 1, 0.75)
    return (index + 1, 0.55) if not last.ordinary and not technology(last.base) else (0, 0.0)
