"""Which phrases of a text may be printed as what it is about: nobody's name, and no verb or adverb.

For tags and keywords: nobody looks for a talk by the first name of somebody who is spoken of in it. It says nothing about
what must be masked; that is the business of the rules, which miss less and doubt more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.numbers import numbers_in
from language.pipeline import has_model, parse
from language.words import tokens, word_list

#: Sentences that are looked at, and words that may stand between a name and what its bearer does.
_LOOKED, _BETWEEN = 8, 2
#: What is no part of a noun phrase that names a subject; places from which on an adjective with its noun is one.
_NEVER, _OFTEN = frozenset({"VERB", "AUX", "ADV", "NUM", "PRON", "DET", "ADP"}), 3
#: Share of the places of a name where the model must take it for a person.
_SURE = 0.6


def subjects(phrases: Sequence[str], texts: Sequence[str], language: str) -> list[str]:
    """The phrases that may name what a text is about, in their order; `texts` are its sentences."""
    idle = word_list("idle", language) | word_list("measure", language)
    return [phrase for phrase in phrases if not idle & set(tokens(phrase)) and not numbers_in(phrase, language)
            and not names_somebody(phrase, texts, language) and noun_phrase(phrase, texts, language)]


def noun_phrase(phrase: str, texts: Sequence[str], language: str) -> bool:
    """Whether a phrase is a noun, or one with what belongs to it, in most of its places, told by the model of the language:
    "the boss asks" is none. In a language without a model every phrase is.
    """
    if language != "en" or not has_model(language):
        return True
    whole = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
    held = [text for text in texts if whole.search(text)][:_LOOKED]
    places = [[token for token in doc if found.start() <= token.idx < found.end()]
              for text, doc in zip(held, parse(held, language), strict=True) for found in whole.finditer(text)]
    # Two words that stand nowhere side by side were joined over a mark: "callers' questions".
    if not places:
        return " " not in phrase
    nouns = sum(bool(own) and own[-1].tag_.startswith("NN") and not any(each.pos_ in _NEVER for each in own[:-1])
                for own in places)
    # "A wide range", "a moody printer": what something is like, said once or twice, is no subject.
    described = sum(len(own) > 1 and own[0].pos_ == "ADJ" for own in places)
    return 2 * nouns > len(places) and (2 * described <= len(places) or len(places) >= _OFTEN)


def names_somebody(phrase: str, texts: Sequence[str], language: str) -> bool:
    """Whether a word of the phrase is the name of somebody: a capital everywhere, and people's deeds, titles, or the model
    for names around it. `texts` are the sentences of the source.
    """
    parts = phrase.split()
    if {part.lower().rstrip(".") for part in parts} & word_list("honorifics", language):
        return True
    if not all(part[:1].isupper() and not part.isupper() for part in parts):
        return False
    return any(_somebody(part, texts, language, alone=len(parts) == 1) for part in parts)


def _somebody(name: str, texts: Sequence[str], language: str, alone: bool) -> bool:
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    held = [text for text in texts if whole.search(text)][:_LOOKED]
    acts, titles = word_list("acts", language), word_list("honorifics", language)
    for text in held:
        for found in whole.finditer(text):
            after = re.match(r"[^.,:;!?]*", text[found.end():])
            if acts & set(tokens(after[0] if after else "")[:1 + _BETWEEN]):
                return True
            before = tokens(text[:found.start()])
            if before and (before[-1] in titles or before[-1] in acts):
                return True
    if not has_model(language) or not held:
        return False
    kinds = [token.ent_type_ for doc in parse(held, language, names=True) for token in doc if token.text == name]
    # The model takes the name of a product for somebody's now and then, above all one of two words.
    return sum(kind == "PERSON" for kind in kinds) >= (_SURE if alone else 1.0) * max(1, len(kinds))
