"""Is a file's own title nondescript? Residue of a template, the file's name, a person, or about something else.

Three tests catch titles that look sound and are wrong: do the title's words come back in the deck, is there a word in it
that would not stand on any deck (word list `hollow`), and does it say more than one word? The cues `placeholder_title`,
`last_version` and `chatty` catch the rest. benchmarks/titles.py measures it: recall of useless titles, and how many good
ones are flagged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generators.prose_cues import cues, in_any_language
from language.words import content_words, tokens, word_list

#: What is still to be filled in, in brackets.
_BRACKETED = re.compile(r"^\W*(?:<.*>|\[.*\])\W*$")
_FILE_NAME = re.compile(r"\.(?:pptx?|docx?|pdf|odp|key|potx)$|^[\w-]*_[\w-]*$|\bv\d+(?:\.\d+)*\b", re.IGNORECASE)
_MOST = 100
_RECUR = 0.5
#: Words of a title that are enough on one unit, however long the title is.
_MEET = 3


def verdict(title: str, text: str, properties: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Why a title is nondescript, as keys of the wording file; () when nothing is wrong with it.

    `text` is everything the document says, a line for each of its units: words of a title that never meet on one slide are
    no subject of it ("designing", "first" and "architecture" stand somewhere in any technical deck). `properties` are the
    file's own.
    """
    bare = " ".join(title.split())
    if not bare:
        return ("missing",)
    if _BRACKETED.match(bare) or in_any_language("placeholder_title", bare):
        return ("placeholder",)
    if _FILE_NAME.search(bare) or in_any_language("last_version", bare):
        return ("file_name",)
    people = {" ".join(properties.get(key, "").lower().split()) for key in ("author", "last_modified_by", "company")} - {""}
    if _names_nobody_else(bare, people, language):
        return ("person",)
    if chatty(bare, language):
        return ("chatty",)
    words = content_words(bare, language)
    if len(tokens(bare)) < 2:
        return ("one_word",)
    if _hollow(tokens(bare), language):
        return ("hollow",)
    if len(bare) > _MOST:
        return ("too_long",)
    met = max(len(words & content_words(unit, language)) for unit in text.split("\n"))
    if met < min(_RECUR * len(words), _MEET):
        return ("not_about",)
    letters = [char for char in bare if char.isalpha()]
    if len(letters) > 12 and all(char.isupper() for char in letters):
        return ("capitals",)
    return ()


def _hollow(said: list[str], language: str) -> bool:
    """Whether every word would stand on any deck: filler, numbers and dates, or one letter over and over ("xxx")."""
    filler = word_list("hollow", language) | word_list("hollow", "en")
    return all(word in filler or word.rstrip("0123456789") in {"", *filler} or word[:1].isdigit()
               or len(set(word)) == 1 for word in said)


def _names_nobody_else(title: str, people: set[str], language: str) -> bool:
    """Whether a title is the name of the file's author or company and nothing besides: filler, or a role after a comma."""
    lower = title.lower()
    for name in people:
        rest = lower.replace(name, " ")
        if rest != lower and (_hollow(tokens(rest), language) or re.match(r"\s*[,|·–-]", rest)):
            return True
    return False


def chatty(text: str, language: str) -> bool:
    """Whether a text talks about the upload ("a presentation I did, enjoy") and not about its subject."""
    return any(cues(each).has("chatty", text) for each in (language, "en"))
