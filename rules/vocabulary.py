"""What kind of word is this: ordinary, a given name, a family name, a technology? From small lists, read once.

The same word says different things in different languages ("Kok", "Bas"): ask with the language of the text.

Lists decide shape and likelihood only; nothing is a person because it stands in a list alone, and nothing is dismissed
because it does not.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from language.files import read_lines, read_words, word_set
from language.words import word_list
from rules.dutch import dutch_word

_DATA = Path(__file__).parent / "data"
#: Words that neither make a name nor need a cue; the trade's own ("backlog") are in no dictionary.
_TRADE = "deck_words.txt"
_ENDINGS = ("ing", "ings", "ed", "er", "ers", "es", "s", "ly", "less", "ful", "ness", "able", "ise", "ize", "ised", "ized",
            "ising", "izing", "isation", "ization", "ment")

#: How companies end, in small letters without full stops.
LEGAL_FORMS = word_set(
    "inc incorporated ltd limited llc llp plc gmbh mbh ag kg kgaa se sa sas sarl spa srl nv bv ab as asa oy oyj "
    "aps tbk pt "
    "bvba cvba vzw bhd berhad pjsc jsc ojsc corp corporation co company cv vof lp pty pte kk sgps publ"
)
KINDS_OF_COMPANY = word_set(
    "group holding holdings bank bancorp bancshares bankshares insurance assurance airlines airways motors pharma "
    "pharmaceuticals pharmaceutical pharmacies therapeutics biosciences biotech technologies industries "
    "enterprises partners "
    "logistics capital university college hospital hospitals institute foundation association council ministry "
    "authority "
    "trust ventures acquisition reit financial stores foods breweries chemicals electronics semiconductor "
    "semiconductors "
    "instruments properties realty petroleum bioscience biopharma entertainment communications telecom railways "
    "railway "
    "hotels resorts mills steel cooperative consulting labs laboratories systems solutions healthcare utilities energy "
    "resources mining shipping media retail brothers sons hogeschool universiteit gemeente ziekenhuis verzekeringen "
    "groep stichting vereniging waterschap provincie bakery dairy"
)


class Given(IntEnum):
    """How much a word says by itself as a given name."""

    NO = 0
    AMBIGUOUS = 1
    CLEAR = 2


@cache
def function_words() -> frozenset[str]:
    """Words that carry no meaning, of English and Dutch."""
    return word_list("stop", "en") | word_list("stop", "nl")


@cache
def everyday_words() -> frozenset[str]:
    """Everyday words of English and Dutch, function words included."""
    return function_words() | read_words(_DATA / "everyday_en.txt") | read_words(_DATA / "everyday_nl.txt")


@cache
def dictionary() -> frozenset[str]:
    """Everyday words and the rest of the dictionary."""
    return everyday_words() | read_words(_DATA / "dictionary_en.txt")


@cache
def _everyday() -> frozenset[str]:
    return everyday_words() | read_words(_DATA / _TRADE)


@cache
def _ordinary() -> frozenset[str]:
    return dictionary() | _everyday()


@cache
def _names(name: str) -> dict[str, Given]:
    return {line.lstrip("~"): Given.AMBIGUOUS if line[0] == "~" else Given.CLEAR for line in read_lines(_DATA / name)}


@cache
def _technology() -> tuple[frozenset[str], frozenset[str]]:
    entries = read_lines(_DATA / "technology.txt")
    return frozenset(e for e in entries if " " not in e), frozenset(e for e in entries if " " in e)


@cache
def _dutch_names() -> dict[str, Given]:
    words = read_words(_DATA / "given_names_nl.txt")
    return {word.lstrip("~"): Given.AMBIGUOUS if word[0] == "~" else Given.CLEAR for word in words}


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=50_000)
def given(word: str, language: str = "en") -> Given:
    """Whether a word is a given name, and a clear one in a text of that language.

    Hyphenated names count by their first half.
    """
    lower = _bare(word)
    head = lower.partition("-")[0]
    common, dutch = _names("given_names.txt"), _dutch_names()
    if language == "nl":
        known = dutch.get(lower) or dutch.get(head)
        if known:
            return known
        found = common.get(lower, common.get(head, Given.NO))
        return Given.AMBIGUOUS if found is Given.CLEAR and dutch_word(lower) else found
    found = common.get(lower, common.get(head, Given.NO) if head != lower else Given.NO)
    if found is Given.NO and (known := dutch.get(lower) or dutch.get(head)):
        return Given.AMBIGUOUS if ordinary(lower) else known
    return found


@lru_cache(maxsize=50_000)
def family(word: str, language: str = "en") -> Given:
    """Whether a word is a family name, and one that is not also an ordinary word of that language."""
    lower = _bare(word)
    names = _names("surnames.txt")
    found = names.get(lower, names.get(lower.rpartition("-")[2], Given.NO) if "-" in lower else Given.NO)
    return Given.AMBIGUOUS if found is Given.CLEAR and language == "nl" and dutch_word(lower) else found


@lru_cache(maxsize=50_000)
def ordinary(word: str, language: str = "en") -> bool:
    """Whether a word, or the word it is a form of, is in the dictionary of that language; English counts in all.

    Hyphenated words need all their parts.
    """
    if _english(word):
        return True
    if language != "nl":
        return False
    lower = _bare(word).strip("'’")
    return not re.search(r"[a-z][A-Z]", word) and dutch_word(lower)


@lru_cache(maxsize=50_000)
def _english(word: str) -> bool:
    lower = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    words = _ordinary()
    if lower in words or not lower:
        return True
    if re.search(r"[a-z][A-Z]", word):
        return False  # CamelCase is made up
    if "-" in lower:
        return all(_english(part) for part in lower.split("-") if part)
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= 3:
            base = lower.removesuffix(ending)
            if base in words or base + "e" in words or (base[-1] == base[-2] and base[:-1] in words):
                return True
            if base.endswith("i") and base[:-1] + "y" in words:
                return True
    for prefix in ("re", "un", "pre", "non", "micro", "multi", "over", "under", "inter", "cyber", "auto", "meta", "sub"):
        if lower.startswith(prefix) and len(lower) - len(prefix) >= 4 and lower.removeprefix(prefix) in words:
            return True
    return False


@lru_cache(maxsize=20_000)
def everyday(word: str, language: str = "en") -> bool:
    """Whether a word is among the few thousand most common ones; of Dutch, any of the dictionary that is no name."""
    if word.lower() in _everyday():
        return True
    return (language == "nl" and ordinary(word, "nl") and given(word, "nl") is Given.NO
            and family(word, "nl") is Given.NO)


@lru_cache(maxsize=50_000)
def technology(text: str) -> bool:
    """Whether a name is, or has in it, a technology, a product or its maker."""
    lower = text.lower()
    single, several = _technology()
    words = re.findall(r"[^\s,;:()/|]+", lower)
    if any(word.strip(".'’").removesuffix("'s").removesuffix("’s") in single or word in single for word in words):
        return True
    return any(entry in lower for entry in several)
