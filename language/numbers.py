"""Numbers as they are written and said, normalised so that "4.5 million", "4,500,000" and "€4.5M" are one value.

The trace gate compares the numbers of a draft with those of its source sentences; the figures rule uses the same eyes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: Number words up to a thousand.
ENGLISH = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
       "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
       "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
       "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12}
DUTCH = {"nul": 0, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
       "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
       "zeventien": 17, "achttien": 18, "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50,
       "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90, "honderd": 100, "duizend": 1000, "dozijn": 12}
_SCALE = {"k": 1e3, "thousand": 1e3, "duizend": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "mln": 1e6, "million": 1e6,
          "miljoen": 1e6, "b": 1e9, "bn": 1e9, "mld": 1e9, "billion": 1e9, "miljard": 1e9}
_DIGITS = re.compile(
    r"(?<![\w.])(?P<body>\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:[\s\u00a0-]?(?P<scale>thousand|million|billion|duizend|miljoen|miljard|mln|mld|mio|mn|bn|[kKmMbB](?![\w])))?"
    r"(?:\s?(?P<percent>%|per\s?cent\b|procent\b|percent\b))?",
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its half-open span, its value, and whether it is a percentage."""

    start: int
    end: int
    value: float
    percent: bool
    #: Written with digits; a number word ("two") otherwise.
    digits: bool


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: str = "en") -> tuple[Number, ...]:
    """The numbers of a text in order. "one" and "een" are no numbers: they are articles more often than not."""
    found: list[Number] = []
    for match in _DIGITS.finditer(text):
        value = _value(match["body"], language)
        scale = (match["scale"] or "").lower()
        found.append(Number(match.start(), match.end(), value * _SCALE.get(scale, 1.0), bool(match["percent"]), True))
    names = DUTCH if language == "nl" else ENGLISH
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word in names and word != "one":
            found.append(Number(match.start(), match.end(), float(names[word]), False, False))
        elif "-" in word:
            tens, _, unit = word.partition("-")
            if names.get(tens, 0) >= 20 and 0 < names.get(unit, 0) < 10:
                found.append(Number(match.start(), match.end(), float(names[tens] + names[unit]), False, False))
    return tuple(sorted(found, key=lambda number: number.start))


def runs_of(values: Iterable[int]) -> list[tuple[int, int]]:
    """Whole numbers as runs, first and last included: 3, 5, 6 and 7 are (3, 3), (5, 7). Sorted, each number once."""
    runs: list[tuple[int, int]] = []
    for value in sorted(set(values)):
        if runs and value == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def spans(values: Iterable[int]) -> str:
    """Numbers as people write them: 3, 5–7, 12."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs_of(values))


def _value(body: str, language: str) -> float:
    """The value of a digit string, whichever of , and . groups and whichever is the decimal mark."""
    body = re.sub(r"[\u00a0\u202f' ]", "", body)
    marks = [char for char in body if char in ".,"]
    if not marks:
        return float(body)
    last = marks[-1]
    head, _, tail = body.rpartition(last)
    both = "." in body and "," in body
    grouping = not both and (len(marks) > 1 or (len(tail) == 3 and head not in {"0", ""} and last != _decimal(language)))
    if grouping:
        return float(body.replace(last, ""))
    return float(re.sub(r"[.,]", "", head) + "." + tail)


def _decimal(language: str) -> str:
    return "." if language == "en" else ","
