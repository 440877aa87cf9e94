"""How easily a text reads: the formula of Flesch, with syllables counted from pyphen's hyphenation patterns.

English: Flesch (1948), 206.835 - 1.015 words a sentence - 84.6 syllables a word. Dutch: Flesch-Douma (1960), 206.84 -
0.93 words a sentence - 77 syllables a word. Both give about 0 (hard) to 100 (easy). Hyphenation finds a few syllables
less than speech has ("idea" is not broken), so the figure is a little high: it compares drafts, it is no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from language.words import tokens

if TYPE_CHECKING:
    from pyphen import Pyphen

#: Language -> (pyphen's dictionary, base, weight of the words a sentence, weight of the syllables a word).
_FORMULAS = {"en": ("en_US", 206.835, 1.015, 84.6), "nl": ("nl_NL", 206.84, 0.93, 77.0)}
#: Fewer words than this say nothing about how a text reads.
_FEWEST = 50


def reading_ease(said: Sequence[str], language: str) -> float | None:
    """The ease of sentences, rounded to one decimal; None without a formula for the language or with under 50 words."""
    formula = _FORMULAS.get(language)
    words = [word for sentence in said for word in tokens(sentence) if word[0].isalpha()]
    if formula is None or len(words) < _FEWEST:
        return None
    _, base, by_sentence, by_word = formula
    spoken = sum(syllables(word, language) for word in words)
    return round(base - by_sentence * len(words) / len(said) - by_word * spoken / len(words), 1)


def has_formula(language: str) -> bool:
    """Whether reading ease is known for a language."""
    return language in _FORMULAS


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    """The syllables of a word, at least 1. Raises KeyError on a language without a formula."""
    return len(_patterns(_FORMULAS[language][0]).positions(word)) + 1


@cache
def _patterns(dictionary: str) -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang=dictionary, left=1, right=1)
