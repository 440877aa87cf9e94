"""The words that topics are recognised by ("agenda", "vervolg", "thank you"), from data files for each language.

One file a language under data/, all with the same keys. A document is read with the words of its own language and of
English, since Dutch decks have English furniture; an unknown language is read with all of them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

from language.files import read_yaml

_DATA = Path(__file__).parent / "data"
#: Languages that have a file here.
LANGUAGES = ("en", "nl")


@cache
def _lists(language: str) -> dict[str, tuple[str, ...]]:
    raw = cast("dict[str, list[str]]", read_yaml(_DATA / f"words.{language}.yaml"))
    return {str(key): tuple(str(entry) for entry in entries) for key, entries in raw.items()}


@cache
def phrases(key: str, language: str) -> tuple[str, ...]:
    """The entries of a list, lower case, for documents of a language."""
    wanted = ("en",) if language == "en" else ("en", language) if language in LANGUAGES else LANGUAGES
    return tuple(dict.fromkeys(entry.lower() for name in wanted for entry in _lists(name).get(key, ())))


@cache
def frames(key: str, language: str) -> tuple[str, ...]:
    """The entries of a list as they stand, in the language of the document where it has a file, else in English."""
    return _lists(language if language in LANGUAGES else "en")[key]


@cache
def starting(key: str, language: str) -> re.Pattern[str]:
    """Matches a text that begins with an entry of the list as whole words."""
    return re.compile(r"\W*(?:" + _either(key, language) + r")(?!\w)", re.IGNORECASE)


@cache
def whole(key: str, language: str) -> re.Pattern[str]:
    """Matches a text that is an entry of the list and nothing else but marks and digits."""
    return re.compile(r"[\W\d_]*(?:" + _either(key, language) + r")[\W\d_]*", re.IGNORECASE)


@cache
def within(key: str, language: str) -> re.Pattern[str]:
    """Finds an entry of the list anywhere, as whole words."""
    return re.compile(r"(?<!\w)(?:" + _either(key, language) + r")(?!\w)", re.IGNORECASE)


def _either(key: str, language: str) -> str:
    entries = sorted(phrases(key, language), key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+").replace("'", "['’]") for entry in entries) or r"(?!)"
