"""Which language each block of a document is in: Dutch words on an English slide are other words than English ones.

A block that is long enough is in its own plain language, else in its slide's, else in the document's. A document of a few
words (a post to check, a line from a form) has too few function words; there the dictionaries of English and Dutch
decide. Everything is by counting words; no model is asked, and nothing is guessed from a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from content.document import Block, Document, Part
from language.detect import SCRIPTS, plain_language, script_of
from language.files import word_set
from language.words import word_list
from rules.dutch import dutch_word
from rules.vocabulary import ordinary

#: Parts that hold no sentences, whatever their words are.
NOT_LANGUAGE = frozenset({Part.LINK, Part.PROPERTY, Part.EMBEDDED, Part.ATTACHMENT})
CODE = re.compile(r"[{};]\s*$|^\s*(?://|/\*|#include|import |def |class |public |private |var |SELECT |<\w+)|"
                  r"=>|::|\(\)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Letters of a whole document below which the dictionaries are asked.
_SHORT = 400
_DUTCH = word_set(
    "de het een en van is dat niet met voor zijn wij je we ook op naar maar wat hoe wordt deze dit alleen "
    "wachtwoord vertrouwelijk intern gebruik binnen uur dag altijd mijn onze ons deel verspreiden"
)
_ENGLISH = word_set(
    "the and of to is in that for with you are this it not your can from have what how will our my "
    "only do at be by as an"
)


def tongues_of(document: Document) -> dict[str, str]:
    """Block id -> ISO 639-1 code, for every block with text that is in another language than the document says."""
    found: dict[str, str] = {}
    said = [(unit, [block for block in unit.blocks if _speaks(block)]) for unit in document.units]
    short = _short_document([block for _, blocks in said for block in blocks], document.language)
    for _, blocks in said:
        whole = plain_language("\n".join(block.text for block in blocks)) or short or document.language
        for block in blocks:
            own = ""
            if script := script_of(block.text):
                # Chinese signs on a Japanese slide are Japanese
                own = next((code for code in (whole, document.language) if code in SCRIPTS), script)
            elif len(block.text) > 60 and len(blocks) > 1:
                own = plain_language(block.text)
            own = own or whole
            if own != document.language:
                found[block.id] = own
    return found


def languages_of(document: Document, tongues: Mapping[str, str] | None = None) -> frozenset[str]:
    """The languages that rules should expect: the document's, English, and any that a block or a unit is written in.

    For rules a word or two of Dutch on a slide are enough: a rule that looks in vain costs nothing.
    """
    found = {"en", document.language, *(tongues_of(document) if tongues is None else tongues).values()}
    for unit in document.units:
        text = "\n".join(block.text for block in unit.blocks if block.part not in NOT_LANGUAGE)[:4000]
        said = [word.lower() for word in WORD.findall(text)]
        if sum(word in _DUTCH for word in said) > sum(word in _ENGLISH for word in said):
            found.add("nl")
    return frozenset(found)


def _speaks(block: Block) -> bool:
    return (block.part not in NOT_LANGUAGE and len(block.text) > 2
            and not (CODE.search(block.text) and block.part not in (Part.NOTES, Part.COMMENT)))


def _short_document(blocks: list[Block], language: str) -> str:
    """The language of a document of a few words: Dutch, English, or '' when it is no short one or they do not tell."""
    if language not in ("en", "nl") or sum(len(block.text) for block in blocks) > _SHORT:
        return ""
    words = WORD.findall("\n".join(block.text for block in blocks))
    dutch = english = 0
    nl, en = _function_words()
    for word in words:
        lower = word.lower()
        dutch += 2 * (lower in nl)
        english += 2 * (lower in en)
    if max(dutch, english) < 4 or min(dutch, english) * 2 > max(dutch, english):
        for word in words:
            known, native = ordinary(word), dutch_word(word.lower())
            dutch += native and not known
            english += known and not native
    if dutch == english:
        return ""
    return "nl" if dutch > english else "en"


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    """The function words of Dutch that are none of English, and the other way round."""
    dutch, english = word_list("stop", "nl") | _DUTCH, word_list("stop", "en") | _ENGLISH
    return dutch - english, english - dutch
