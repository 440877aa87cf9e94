"""Two sentences of the source that say most of what a topic says, word for word, with their ids.

Nearness to the centre of the topic and an early place decide together: on papers that beat leading sentences, TextRank,
LexRank and LSA (ROUGE-2 .148 against .124 for the lead). Only what can be read away from its slide is taken: it names
something that the topic is about, nothing in it goes back to something unsaid, and it is no half of a comparison. A sentence
that goes back to the one before it ("The first one was called Help") stands only behind that one. Where nothing of a topic
can be read so, there is no summary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from content.document import Part, Unit
from language.source import SourceSentence, sentences_of
from language.words import stem, tokens, word_list
from topics import wording
from topics.reading import stems

#: Sentences of a topic that are looked at, and what length one must have in words.
_LOOKED_AT, _SHORTEST, _LONGEST = 120, 6, 45
#: How a sentence begins: with a letter, a figure or what somebody says; never with a bullet, nor with a label and its colon.
_OPENING = re.compile(r"(?!(?:\S+\s+){0,3}\S+:\s)[\"'“„‘«(€$£]*[^\W_]")
#: Words that a sentence shares with the title and keyphrases of its topic: so many make it one about the topic.
_ABOUT = 2


def sentences(units: Sequence[Unit]) -> list[SourceSentence]:
    """The sentences of content units that could stand in a summary: whole ones before fragments, at most 120."""
    found = [sentence for unit in units for block in unit.blocks if block.readable and block.part is not Part.TITLE
             for sentence in sentences_of(unit, block) if _SHORTEST <= len(tokens(sentence.text)) <= _LONGEST]
    whole = [sentence for sentence in found if is_whole(sentence.text)]
    return (whole if len(whole) >= 2 else found)[:_LOOKED_AT]


def is_whole(text: str) -> bool:
    """Whether a text ends as a sentence does; slides are full of fragments that do not."""
    return text.rstrip("\"'”’»)]")[-1:] in {".", "!", "?", "…"}


def _poor(text: str) -> float:
    """What speaks against a sentence as a summary: a question, a fragment's start, code, figures and addresses."""
    letters = sum(char.isalpha() or char.isspace() for char in text) / max(1, len(text))
    return (0.25 * text.rstrip().endswith("?") + 0.2 * (not text[:1].isupper()) + 0.6 * ("://" in text)
            + 1.5 * max(0.0, 0.9 - letters))


def _leans(text: str, language: str) -> bool:
    return any(wording.starting(key, language).match(text) for key in ("leaning", "going_back")) or (
        wording.within("going_back_in", language).search(text) is not None)


def stands_alone(text: str, language: str, about: frozenset[str] = frozenset()) -> bool:
    """Whether nothing in a sentence has to be looked up in its neighbours: no "it" before a thing was named, nothing that is
    "the same" as what was said before, no "did" that answers another sentence, no label, and nothing to be seen on a slide.
    """
    if _leans(text, language) or wording.within("pointing", language).search(text) or not _OPENING.match(text):
        return False
    compared = wording.within("comparing", language).search(text)
    if compared and not wording.within("compared_with", language).search(text, compared.end()):
        return False
    words = tokens(text)
    stressed, idle = wording.phrases("stressed", language), word_list("stop", language)
    if not text.rstrip().endswith("?") and any(one in stressed and after not in idle for one, after in pairwise(words)):
        return False
    pronouns = wording.phrases("third_person", language)
    first = next((n for n, word in enumerate(words) if word in pronouns), None)
    named = wording.phrases("before_noun", language)
    return first is None or any(word in named or stem(word, language) in about for word in words[:first])


def central(found: Sequence[SourceSentence], language: str = "en", count: int = 2,
            about: frozenset[str] | None = None) -> list[SourceSentence]:
    """The best `count` sentences in the order of the source; less where fewer can stand alone.

    `about` are the stems that the title and the keyphrases of the topic consist of; None asks for nearness alone.
    """
    import numpy as np

    from topics.embed import vectors

    if not found:
        return []
    rows = vectors([sentence.text for sentence in found])
    centre = rows.sum(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-6)
    near = rows @ centre
    place = 1.0 / (1.0 + np.arange(len(found)) / 4.0)
    poor = np.array([_poor(sentence.text) for sentence in found])
    score = near + 0.35 * place - poor
    sound = [about is None or stands_alone(sentence.text, language, about) for sentence in found]
    leaning = [_leans(sentence.text, language) for sentence in found]
    shared = [_ABOUT if about is None else len(about & set(stems(sentence.text, language))) for sentence in found]
    chosen: list[int] = []
    for least in (_ABOUT, 1) if about is not None else (0,):
        while len(chosen) < count:
            best = next((n for n in map(int, np.argsort(-score, kind="stable")) if n not in chosen and (
                (n - 1 in chosen if leaning[n] else sound[n] and shared[n] >= least))
                and all(float(rows[n] @ rows[other]) < 0.9 for other in chosen)), None)
            if best is None:
                break
            chosen.append(best)
        if chosen:
            break
    return [found[n] for n in sorted(chosen)]
