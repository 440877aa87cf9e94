"""Whether what stands as a sentence in running text is one: it has a finite verb, or commands something.

Told by the tags of the language's own tagger; a language without one is not measured. List entries, headings and table
cells are no sentences and are never asked. Only the tagger runs: 5,700 words take 0.3 s on a slow core.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.draft import Draft, Origin
from language.pipeline import load, model_name
from language.sentences import sentences

#: Tags of the Penn set: finite verbs, modals; a bare verb commands unless "to" stands before it.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: What a template prints before something that is no sentence: heading, list entry, table cell, bold run-in, quotation,
#: program text.
_NO_SENTENCE = re.compile(r"(?:^|\n)[ \t]*(?:#+|[-*+]|\d+[.)]|>|\|.*)\s+$|\*\*$|\|\s*$|^(?:#+|[-*+]|\d+[.)])\s+$|\n {4}$")
_kept: dict[str, bool] = {}


def can_measure(language: str) -> bool:
    """Whether there is a tagger of known tags for a language."""
    return language == "en" and bool(model_name(language))


def running(draft: Draft) -> Iterator[str]:
    """The sentences of a draft that stand in running text."""
    before = "\n"
    for segment in draft.segments:
        if segment.origin is not Origin.TEMPLATE and not _NO_SENTENCE.search(before):
            yield from (each for each in sentences(segment.text) if any(char.isalpha() for char in each))
        before = (before + segment.text)[-200:]


def fragments(said: Iterable[str]) -> int:
    """How many of these English sentences lack a finite verb and command nothing."""
    said = tuple(said)
    new = [each for each in dict.fromkeys(said) if each not in _kept]
    if new:
        if len(_kept) > 20_000:
            _kept.clear()
        tagger = load("en")
        with tagger.select_pipes(enable=["tok2vec", "tagger"]):
            for text, parsed in zip(new, tagger.pipe(new), strict=True):
                _kept[text] = _is_fragment([(token.tag_, token.text) for token in parsed])
        new.clear()
    return sum(_kept.get(each, False) for each in said)


def _is_fragment(tagged: list[tuple[str, str]]) -> bool:
    tags = [tag for tag, _ in tagged]
    if _FINITE & set(tags) or any(word in {"'s", "’s"} and tag == "VBZ" for tag, word in tagged):
        return False
    return not any(tag == "VB" and (place == 0 or tags[place - 1] != "TO") for place, tag in enumerate(tags))
