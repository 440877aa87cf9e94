"""Small word lists of a language, one file each under `data/`: stop words, negations and the like.

A list file is UTF-8, one entry a line, `#` starts a comment. A language without a list has an empty one: callers say
"not measured" rather than pretend.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from language.files import read_lines

_DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@cache
def word_list(name: str, language: str) -> frozenset[str]:
    """The entries of `data/<language>/<name>.txt`, lower case; empty when there is no such file."""
    file = _DATA / language / f"{name}.txt"
    if not file.is_file():
        return frozenset()
    return frozenset(line.lower() for line in read_lines(file))


def tokens(text: str) -> list[str]:
    """The words of a text, lower case, straight apostrophes kept inside words, digits included."""
    return [match.group().lower() for match in _TOKEN.finditer(text.replace("’", "'"))]


@lru_cache(maxsize=2048)
def content_words(text: str, language: str) -> frozenset[str]:
    """The words of a text that carry meaning: no stop words, crudely stemmed so that forms of a word meet."""
    stop = word_list("stop", language)
    return frozenset(stem(word, language) for word in tokens(text) if word not in stop and len(word) > 1)


@lru_cache(maxsize=16_384)
def stem(word: str, language: str) -> str:
    """A light stem: plural, possessive and common verb endings off. Good for overlap, not for display."""
    word = word.removesuffix("'s")
    endings = ("ingen", "ende", "en", "s", "t", "e") if language == "nl" else ("ings", "ing", "ies", "ed", "es", "s", "e")
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word.removesuffix(ending)
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lse":
                base = base[:-1]
            return base + ("y" if ending == "ies" else "")
    return word
