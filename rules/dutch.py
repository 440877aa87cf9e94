"""Is this a Dutch word? By the dictionary, regular inflection, and taking long compounds apart.

Dutch writes compounds as one word, so no list holds them all: a word of more than twelve letters is ordinary when it
falls apart into words of the list. Shorter ones must stand in the list themselves, because family names are compounds
as well ("Zonderland", "Molenkamp"), and those are in no dictionary. Nothing here knows what a name is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from language.files import read_words, word_set

_DATA = Path(__file__).parent / "data"
#: Words longer than this are in the list only in parts.
_LISTED = 12
#: Endings of regular forms, the longest first.
_ENDINGS = tuple(sorted(word_set(
    "heden heid ingen ing ende end enden eren eerde eerden eert eer ers er tjes tje pjes pje jes je den de ten te "
    "en e s t d lijke lijk ige ig achtige achtig ster sters loos loze bare baar ische isch "
), key=lambda ending: (-len(ending), ending)))
_OPEN = re.compile(r"(.*[^aeiou])([aeou])([^aeiouy])")
#: Longer than any compound on a slide: a run of letters that only costs time.
_LONGEST = 45
#: What may stand between the parts of a compound.
_LINKS = ("", "s", "e", "en", "er")


@cache
def dictionary_nl() -> frozenset[str]:
    """The words of the list, lower case. About 120,000 words, read at the first Dutch text and not before."""
    return read_words(_DATA / "dictionary_nl.txt")


@lru_cache(maxsize=50_000)
def dutch_word(word: str) -> bool:
    """Whether a word (lower case, without possessive) is Dutch as the dictionary has it."""
    if len(word) > _LONGEST:
        return False
    if _in_list(word):
        return True
    if "-" in word:
        return all(dutch_word(part) for part in word.split("-") if part)
    return len(word) > _LISTED and _compound(word, 3)


def _in_list(word: str) -> bool:
    words = dictionary_nl()
    if word in words:
        return True
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 3:
            continue
        base = word[:-len(ending)]
        if base in words or base + "e" in words or base + "en" in words:
            return True
        if len(base) > 3 and base[-1] == base[-2] and base[:-1] in words:
            return True  # bommen: bom
        opened = _OPEN.fullmatch(base)
        if opened and opened[1] + opened[2] * 2 + opened[3] in words:
            return True  # lopen: loop
        if (base[-1] == "v" and base[:-1] + "f" in words) or (base[-1] == "z" and base[:-1] + "s" in words):
            return True  # brieven: brief
    return False


def _compound(word: str, parts: int) -> bool:
    """Whether a word falls apart into at most so many words of the list, each of four letters or more."""
    for cut in range(len(word) - 4, 3, -1):
        head = word[:cut]
        if not any(head.endswith(link) and len(head) - len(link) >= 4 and _in_list(head[:len(head) - len(link)])
                   for link in _LINKS):
            continue
        rest = word[cut:]
        if _in_list(rest) or (parts > 2 and len(rest) >= 8 and _compound(rest, parts - 1)):
            return True
    return False
