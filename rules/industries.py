"""The words for kinds of companies, sizes and countries, in English and Dutch, from `data/industries.yaml`.

One entry holds both languages, so that a kind cannot be known in one and not in the other. Nothing here looks at a
customer; rules/traits.py does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from language.files import read_yaml
from language.fold import folded

_DATA = Path(__file__).parent / "data" / "industries.yaml"
#: Hints of so many letters fit the beginning of a word, shorter ones the whole word.
_PREFIX_FROM = 5


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of company: its noun in English and Dutch, the Dutch plural and article, and its sector ('' for none)."""

    en: str
    nl: str
    nls: str
    article: str
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """A size or a country as an adjective of both languages."""

    en: str
    nl: str


@cache
def _raw() -> dict[str, object]:
    return cast("dict[str, object]", read_yaml(_DATA))


def _entries(name: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", _raw()[name])


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _noun(entry: dict[str, object]) -> Noun:
    return Noun(str(entry["en"]), str(entry["nl"]), str(entry["nls"]), "het" if entry.get("het") else "de",
                str(entry.get("sector", "")))


@cache
def sectors() -> dict[str, Noun]:
    """The wider kinds, by their key."""
    table = cast("dict[str, dict[str, object]]", _raw()["sectors"])
    return {key: _noun(entry) for key, entry in table.items()}


@cache
def nouns() -> tuple[Noun, ...]:
    """Every kind of company, sectors last, without repeats."""
    return tuple(dict.fromkeys([*(_noun(entry) for entry in _entries("industries")), *sectors().values()]))


@cache
def dutch_nouns() -> dict[str, tuple[str, str]]:
    """Dutch noun (with its adjective, if any) -> article and plural."""
    known = {noun.nl: (noun.article, noun.nls) for noun in nouns()}
    return {**known, "klant": ("de", "klanten"), "organisatie": ("de", "organisaties"), "collega": ("de", "collega's"),
            "project": ("het", "projecten"), "bezoeker": ("de", "bezoekers")}


@cache
def _hints() -> tuple[tuple[tuple[re.Pattern[str], int, Noun], ...], ...]:
    """Patterns with their length and noun: the strong ones, then the weak ones."""
    strong: list[tuple[re.Pattern[str], int, Noun]] = []
    weak: list[tuple[re.Pattern[str], int, Noun]] = []
    for entry in _entries("industries"):
        for hint in _texts(entry, "hints"):
            into = weak if entry.get("weak") else strong
            into.append((_pattern(hint), len(hint.rstrip("*")), _noun(entry)))
    return tuple(strong), tuple(weak)


def _pattern(hint: str) -> re.Pattern[str]:
    """A hint as a pattern: its beginning of a word, or the whole word when it is short and has no star."""
    word = hint.rstrip("*")
    prefix = hint.endswith("*") or len(word) >= _PREFIX_FROM
    return re.compile(rf"(?<![a-z]){re.escape(word)}" + ("" if prefix else r"(?![a-z])"))


def plain(value: str) -> str:
    """A cell of the list in small letters, marks and underscores as blanks: "FOOD_BEVERAGES" is "food beverages"."""
    return " ".join(re.sub(r"[^\w.\-]|_", " ", folded(value)).replace("-", " ").split())


@lru_cache(maxsize=8192)
def industry_of(value: str) -> Noun | None:
    """The kind of company that an industry cell names, the longest hint deciding; None when no hint fits."""
    low = plain(value)
    if not low:
        return None
    for hints in _hints():
        fitting = [(length, -number) for number, (pattern, length, _) in enumerate(hints) if pattern.search(low)]
        best = max(fitting, default=None)
        if best is not None:
            return hints[-best[1]][2]
    return None


@lru_cache(maxsize=8192)
def size_of(value: str) -> Trait | None:
    """The size that a cell names, in words or as a number of employees; None for the middle and the unknown."""
    low = plain(value)
    if not low:
        return None
    joined = re.sub(r"(?<=\d)[., ](?=\d{3}(?!\d))", "", folded(value))
    numbers = [int(number) for number in re.findall(r"\d+", joined)] if not re.search(r"[€$£%]", value) else []
    for entry in _entries("sizes"):
        least, below = entry.get("from"), entry.get("below")
        if numbers and ((isinstance(least, int) and max(numbers) >= least)
                        or (isinstance(below, int) and max(numbers) < below)):
            return Trait(str(entry["en"]), str(entry["nl"]))
        if not numbers and any(_pattern(hint).search(low) for hint in _texts(entry, "hints")):
            return Trait(str(entry["en"]), str(entry["nl"]))
    return None


@cache
def _countries() -> dict[str, Trait]:
    return {name: Trait(str(entry["en"]), str(entry["nl"])) for entry in _entries("countries")
            for name in _texts(entry, "names")}


def countries() -> tuple[Trait, ...]:
    """The adjectives of all countries that are known."""
    return tuple(dict.fromkeys(_countries().values()))


def sizes() -> tuple[Trait, ...]:
    """The adjectives of all sizes."""
    return tuple(Trait(str(entry["en"]), str(entry["nl"])) for entry in _entries("sizes"))


@lru_cache(maxsize=8192)
def country_of(value: str) -> Trait | None:
    """The adjective of the country that a cell names, by name or ISO code; None when it is not known."""
    return _countries().get(folded(value).strip())
