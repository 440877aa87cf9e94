"""Keyphrases as traced tags: each with the first source sentence that holds it word for word."""

from __future__ import annotations

from collections.abc import Iterable

from content.draft import Sentence
from language.source import SourceIndex
from language.words import content_words, stem, tokens, word_list


def traced(phrases: Iterable[str], index: SourceIndex, units: Iterable[int], language: str,
           most: int) -> tuple[Sentence, ...]:
    """At most `most` phrases, each once, in their order; one that stands in none of the units is left out."""
    sentences = [s for unit in sorted(set(units)) for s in index.by_unit.get(unit, ())]
    negated = word_list("negation", language)
    # A phrase out of a negated sentence would say the opposite of it.
    held = [(s.id, _key(s.text, language)) for s in sentences
            if not any(word in negated or word.endswith(("n't", "n’t")) for word in tokens(s.text))]
    out: dict[str, Sentence] = {}
    for phrase in phrases:
        key = _key(phrase, language)
        if content_words(phrase, language) and key not in out:
            found = next((name for name, text in held if key in text), "")
            if found:
                out[key] = Sentence(text=phrase, sources=(found,))
        if len(out) == most:
            break
    return tuple(out.values())


def _key(text: str, language: str) -> str:
    """Words by their stems, with blanks on both sides, so that only whole words are found."""
    return " " + " ".join(stem(word, language) for word in tokens(text)) + " "
