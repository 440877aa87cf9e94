"""Is a text Dutch? Only as far as it decides whether a customer's name is an ordinary word in it ("Kompas", "Vonk").

Function words decide; a heading without any is Dutch when a word of it is in the Dutch dictionary and in no English one.
The language of the document is not asked, since a text may be a line that somebody is about to post.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from language.files import read_words, word_set
from language.words import word_list
from rules.customers_words import words_of
from rules.dutch import dictionary_nl
from rules.vocabulary import dictionary

#: Words of a text without function words that are looked up; more say no more.
_LOOKED_UP = 12
_ENDINGS = ("en", "er", "e", "n", "d", "t", "s")
_DATA = Path(__file__).parent / "data"
#: Function words of Dutch that are English words too.
_SHARED = word_set("al die door had hem hen in is men me of om over per te toe tot u uit via want was we")


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    english, both = word_list("stop", "en"), word_list("stop", "nl")
    return both - english - _SHARED, english - both


@cache
def _everyday_nl() -> frozenset[str]:
    return read_words(_DATA / "everyday_nl.txt")


@lru_cache(maxsize=1024)
def dutch(text: str) -> bool:
    """Whether a text is rather Dutch than English."""
    pieces = words_of(text).pieces
    nl, en = _telling()
    count = sum(map(nl.__contains__, pieces)) - sum(map(en.__contains__, pieces))
    if count or len(pieces) > _LOOKED_UP:
        return count > 0
    content = [piece for piece in pieces if len(piece) > 2 and piece.isalpha()]
    strange = [piece for piece in content if piece not in dictionary() or piece in _everyday_nl()]
    if 2 * len(strange) <= len(content):
        return False  # without having read the Dutch dictionary
    return 2 * sum(map(dutch_word, strange)) > len(content)


@lru_cache(maxsize=20_000)
def dutch_word(word: str) -> bool:
    """Whether a folded word is an ordinary word in a Dutch text.

    The list leaves out regular forms; only the shortest endings are tried here, since long ones make words of names.
    """
    known = dictionary_nl()
    return word in known or word in _everyday_nl() or any(
        word.endswith(end) and len(word) - len(end) >= 3 and word[:-len(end)] in known for end in _ENDINGS)
