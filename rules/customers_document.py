"""One document, one sense: what the rest of a document says about a name that is an ordinary word too.

Where "target" stands in small letters all over a deck, "Target" in a heading is the word; where "Target Corp." has been
named once and the word never stands in small letters, it is the company. Certain finds are left alone, and nothing is
dropped: a find is only lowered or raised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rules.customers_found import Match
from rules.customers_language import dutch, dutch_word
from rules.customers_words import words_of
from rules.vocabulary import dictionary

#: From here on a find needs no help, and helps others of its customer.
_CERTAIN = 0.8
_STEP = 0.15
_NAMED = frozenset({"name", "alias", "short_form"})


def settled(texts: Sequence[str], found: Sequence[Sequence[Match]]) -> list[list[Match]]:
    """The finds of each text of a document, those of ordinary words weighed against the use of the word in all texts."""
    asked = {_word(text, match) for text, each in zip(texts, found, strict=True) for match in each if _ordinary(text, match)}
    if not asked:
        return [list(each) for each in found]
    small, large = _cases(texts, asked)
    certain = {match.owner for each in found for match in each if match.how in _NAMED and match.confidence >= _CERTAIN}
    return [[_weighed(text, match, small, large, certain) if _ordinary(text, match) else match for match in each]
            for text, each in zip(texts, found, strict=True)]


def _weighed(text: str, match: Match, small: Counter[str], large: Counter[str], certain: set[int]) -> Match:
    word = _word(text, match)
    if small[word] > 1 and 2 * small[word] > large[word]:
        many = small[word] > 2 * large[word]
        return replace(match, confidence=round(max(0.1, match.confidence - _STEP * (2 if many else 1)), 2),
                       reason="the document has it in small letters too")
    if match.owner in certain and not small[word]:
        return replace(match, confidence=round(min(_CERTAIN, match.confidence + _STEP), 2),
                       reason="it is named for certain elsewhere in this document")
    return match


def _cases(texts: Sequence[str], asked: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in small letters and with a capital."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        words = words_of(text)
        for number in [number for number, piece in enumerate(words.pieces) if piece in asked]:
            (large if words.capital(number) else small)[words.pieces[number]] += 1
    return small, large


def _word(text: str, match: Match) -> str:
    return text[match.start:match.end].lower()


def _ordinary(text: str, match: Match) -> bool:
    word = _word(text, match)
    if match.how not in _NAMED or match.confidence >= _CERTAIN or not word.isalpha():
        return False
    return word in dictionary() or (dutch(text) and dutch_word(word))
