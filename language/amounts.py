"""Amounts as people say them: "three hundred and ninety thousand", "driehonderdnegentigduizend" and "390k" are one value.

`language.numbers` takes word for word what is written, as a gate must. Here words of one number are put together, so that
what somebody said can be laid beside what stands on the slide. Never for printing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from language.numbers import DUTCH, ENGLISH, numbers_in

#: The words that a number is put together of, up to a hundred; "one" and "een" are among them here.
_EN = {word: value for word, value in ENGLISH.items() if value <= 100} | {"nought": 0, "nil": 0}
_NL = {word: value for word, value in DUTCH.items() if value <= 100} | {"een": 1, "één": 1}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "duizend": 1e3, "miljoen": 1e6, "miljard": 1e9}
_JOINING = {"en": frozenset({"and"}), "nl": frozenset({"en"})}
#: What a Dutch number word is made of, the longest first; and how long one may be.
_DUTCH = sorted((*_NL, "duizend", "miljoen", "miljard", "ën", "en", "half"), key=len, reverse=True)
_LONGEST = 60
_POINT = {"en": "point", "nl": "komma"}
_HALF = {"en": re.compile(r"\s+and\s+a\s+half\b"), "nl": re.compile(r"\s+en\s+een\s+hal(?:f|ve)\b")}
#: What is plainly a share: "two thirds" is 67 per cent, or 66 to those who cut it off.
_SHARES = {
    "en": (("two thirds", (66, 67)), ("a third", (33,)), ("one third", (33,)), ("three quarters", (75,)),
           ("a quarter", (25,)), ("half", (50,)), ("a fifth", (20,))),
    "nl": (("twee derde", (66, 67)), ("een derde", (33,)), ("driekwart", (75,)), ("een kwart", (25,)), ("de helft", (50,)),
           ("een vijfde", (20,))),
}
#: "Half a million".
_PARTS = {"en": (("half a", 0.5), ("a quarter of a", 0.25), ("three quarters of a", 0.75)),
          "nl": (("een half", 0.5), ("een kwart", 0.25), ("driekwart", 0.75))}
_WORD = re.compile(r"[^\W\d_]+")
#: What may stand between the words of one number.
_GAP = re.compile(r"[\s\u00a0-]+$")
#: First halves of years that are said in two: "twenty twelve".
_CENTURIES = (18, 19, 20)


@lru_cache(maxsize=2048)
def amounts_in(text: str, language: str = "en") -> frozenset[float]:
    """The values that a text says, in digits or in words; a number of many words counts once, as a whole.

    A lone "one" or "een" is none. The sign, the unit and "per cent" are left aside.
    """
    found = {number.value for number in numbers_in(text, language) if number.digits}
    return frozenset(found) | frozenset(_said(text.lower(), language))


def told_amounts(text: str, language: str = "en") -> frozenset[float]:
    """The values that a text says, with those that it leaves to be understood: a scale said once ("from two hundred and
    twelve thousand to forty-one"), and plain shares as a percentage ("two thirds"). For what is said, not for what is asked.
    """
    own = amounts_in(text, language)
    lower = text.lower()
    scales = {scale for name, scale in _SCALES.items() if name in lower}
    scales |= {1e3} if re.search(r"\d\s?k\b", lower) else set()
    implied = {value * scale for value in own if value < 1e3 for scale in scales}
    shares = {float(share) for name, values in _SHARES.get(language, ()) for share in values
              if re.search(rf"\b{name}\b", lower)}
    parts = {share * scale for name, share in _PARTS.get(language, ()) for each, scale in _SCALES.items()
             if re.search(rf"\b{name} {each}\b", lower)}
    return own | implied | shares | parts


def _said(text: str, language: str) -> set[float]:
    joining = _JOINING.get(language, _JOINING["en"])
    half = _HALF.get(language, _HALF["en"])
    found: set[float] = set()
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue  # within "and a half"
        if run and not _GAP.fullmatch(text[end:match.start()]):
            found |= _values(run, language)
            run = []
        words = _parts(match.group(), language)
        if words and (run or words[0] not in {*joining, _POINT.get(language, "point")}):
            run += words
        elif run:
            found |= _values(run, language)
            run = []
        end = match.end()
        if run and run[-1] != "half" and (rest := half.match(text, end)):
            run.append("half")
            end = rest.end()
    return found | (_values(run, language) if run else set())


def _parts(word: str, language: str) -> list[str]:
    """A written word as the words of a number: Dutch writes them as one ("driehonderdtweeëntwintig"); [] for another word."""
    if language != "nl":
        return [word] if word in _EN or word in _SCALES or word in {"and", "point"} else []
    if word in {"anderhalf", "anderhalve"}:
        return ["een", "half"]
    if word in {"komma", "en"}:
        return [word]
    return _cut(word) or [] if len(word) <= _LONGEST else []


def _cut(rest: str) -> list[str] | None:
    """A Dutch number word in its parts, the longest first; None where something else is in it."""
    if not rest:
        return []
    for name in _DUTCH:
        if rest.startswith(name):
            after = _cut(rest[len(name):])
            if after is not None:
                return ["en" if name == "ën" else name, *after]
    return None


class _Row:
    """Number words in a row as they are put together: the value that is being built, and those that are complete."""

    def __init__(self) -> None:
        self.found: set[float] = set()
        self._begin()

    def _begin(self) -> None:
        self.total, self.current, self.size, self.fresh = 0.0, 0.0, float("inf"), True

    def close(self) -> None:
        """What was built so far is complete."""
        if not self.fresh:
            self.found.add(self.total + self.current)
        self._begin()

    def scale(self, scale: float) -> None:
        """"... thousand"."""
        if scale >= self.size:
            self.close()
        self.total += (self.current or 1) * scale
        self.current, self.size, self.fresh = 0.0, scale, False

    def hundred(self) -> None:
        """"... hundred"."""
        if self.current >= 100 or self.current != int(self.current):
            self.close()
        self.current = (self.current or 1) * 100
        self.fresh = False

    def add(self, value: float) -> None:
        """"twenty", "two": it goes on with what stands before it, or begins anew."""
        room = self.current % 100
        fits = room == 0 or (value < 10 and room >= 20 and room % 10 == 0)
        if not fits and self.current in _CENTURIES and 10 <= value < 100 and not self.total:
            self.found.add(self.current)
            self.total, self.current, fits = self.current * 100, 0.0, True
        if not fits or (self.current and value == 0):
            self.close()
        self.current += value
        self.fresh = False


def _values(run: list[str], language: str) -> set[float]:
    """The values of number words in a row: "two hundred and twelve thousand", or several that only stand together."""
    names = _NL if language == "nl" else _EN
    point, joining = _POINT.get(language, "point"), _JOINING.get(language, _JOINING["en"])
    words = list(run)
    while words and words[-1] in joining:
        words.pop()
    if len(words) == 1 and words[0] in {"one", "een", "één"}:
        return set()
    row = _Row()
    left = iter(range(len(words)))
    for place in left:
        word, after = words[place], words[place + 1] if place + 1 < len(words) else ""
        if word in joining:
            # "een en twintig": the tens come after the unit in Dutch.
            if language == "nl" and 20 <= names.get(after, 0) <= 90 and 0 < row.current % 100 < 10:
                row.current += names[after]
                next(left)
            elif after != "half" and row.current % 100:
                row.close()
        elif word == "half":
            row.current += 0.5
        elif word == point:
            digits = list(takewhile(lambda value: 0 <= value < 10, (names.get(each, 99) for each in words[place + 1:])))
            if digits and not row.fresh:
                row.current += float("0." + "".join(map(str, digits)))
            for _ in digits:
                next(left)
        elif word in _SCALES:
            row.scale(_SCALES[word])
        elif names[word] == 100:
            row.hundred()
        else:
            row.add(names[word])
    row.close()
    return row.found
