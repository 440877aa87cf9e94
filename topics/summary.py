"""Two sentences of the source that say most of what a topic says, word for word, with their ids.

Nearness to the centre of the topic and an early place decide together: on papers that beat leading sentences, TextRank,
LexRank and LSA (ROUGE-2 .148 against .124 for the lead). A sentence that goes back to the one before it ("The first one was
called Help") stands only behind that one.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.document import Part, Unit
from language.source import SourceSentence, sentences_of
from language.words import tokens
from topics import wording

#: Sentences of a topic that are looked at, and what length one must have in words.
_LOOKED_AT, _SHORTEST, _LONGEST = 120, 6, 45
#: What speaks against a sentence that goes back to another: more than nearness and place of most can make good.
_LEANING = 0.5


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


def central(found: Sequence[SourceSentence], language: str = "en", count: int = 2) -> list[SourceSentence]:
    """The best `count` sentences in the order of the source."""
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
    leaning = np.array([_leans(sentence.text, language) for sentence in found])
    chosen: list[int] = []
    while len(chosen) < min(count, len(found)):
        led = np.array([n - 1 in chosen for n in range(len(found))])
        worth = score - _LEANING * (leaning & ~led)
        best = next((int(n) for n in np.argsort(-worth, kind="stable")
                     if n not in chosen and all(float(rows[n] @ rows[other]) < 0.9 for other in chosen)), None)
        if best is None:
            break
        chosen.append(best)
    return [found[n] for n in sorted(chosen)]
