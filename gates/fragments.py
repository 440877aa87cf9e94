"""Whether what stands as a sentence in running text is one: it has a finite verb, or commands something.

Told by the tags of the language's own tagger; a language without one is not measured. List entries, headings and table
cells are no sentences and are never asked. Only the tagger runs: 5,700 words take 0.3 s on a slow core.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.draft import Draft, Origin
from language.sentences import sentences
from language.verbless import can_tell, verbless

#: What a template prints before something that is no sentence: heading, list entry, table cell, bold run-in, quotation,
#: program text, the description of a picture.
_NO_SENTENCE = re.compile(
    r"(?:^|\n)[ \t]*(?:#+|[-*+]|\d+[.)]|>|\|.*)\s+$|\*\*$|\|\s*$|^(?:#+|[-*+]|\d+[.)])\s+$|\n {4}$|!\[[^\]\n]*$")


def can_measure(language: str) -> bool:
    """Whether there is a tagger of known tags for a language."""
    return can_tell(language)


def running(draft: Draft) -> Iterator[str]:
    """The sentences of a draft that stand in running text."""
    before = "\n"
    for segment in draft.segments:
        if segment.origin is not Origin.TEMPLATE and not _NO_SENTENCE.search(before):
            yield from (each for each in sentences(segment.text) if any(char.isalpha() for char in each))
        before = (before + segment.text)[-400:]


def fragments(said: Iterable[str]) -> int:
    """How many of these English sentences lack a finite verb and command nothing."""
    return sum(verbless(tuple(said)))
