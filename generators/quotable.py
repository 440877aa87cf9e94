"""Sentences that are worth a card of their own: whole, verbatim, and understood by somebody who saw nothing else.

A sentence of general sense beats one that tells what happened on a day. Nothing is ever shortened to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.draft import Sentence
from generators.alone import capital, leans, parse_ahead, points_away, whole_thought
from generators.context import Context
from generators.limits import limits
from generators.material import Material
from generators.prose_cues import cues
from generators.prose_rank import telling_number

_FEWEST = 5
_STATED = re.compile(r"[.!][\"'”’)\]]*$")
_PROGRAM = re.compile(r"https?://|\bwww\.|[{}<>=|\\]")


def quotable(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a topic that may be quoted, best first, marked as quotations."""
    return tuple(verbatim(standing(material, context), context))


def verbatim(found: Iterable[Sentence], context: Context) -> list[Sentence]:
    """Sentences marked as quotations, without those of units in which something was withheld: a sentence in which we put
    other words is nobody's quotation.
    """
    edited = context.cleared.touched_units
    return [sentence.model_copy(update={"quotation": True}) for sentence in found
            if not edited.intersection(context.index.units(sentence.sources))]


def standing(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a topic that stand for themselves, best first.

    Each is its source sentence, character for character, of at most as many words as `card.quote` allows.
    """
    return context.once("standing", material, lambda: _standing(material, context))


def _standing(material: Material, context: Context) -> tuple[Sentence, ...]:
    index, language = context.index, context.cleared.language
    most = limits()["card.quote"].limit
    seen: dict[str, Sentence] = {}
    for sentence in _pool(material):
        if len(sentence.sources) != 1 or sentence.sources[0] not in index.by_id or sentence.sources[0] in seen:
            continue
        verbatim = index.by_id[sentence.sources[0]].text
        # What was mended for prose is not what stands there any more.
        if sentence.text != verbatim or leans(verbatim, language) or not _whole(verbatim):
            continue
        if _FEWEST <= len(verbatim.split()) <= most:
            seen[sentence.sources[0]] = sentence.model_copy(update={"quotation": False})
    parse_ahead([each.text for each in seen.values()], language)
    whole = [each for each in seen.values() if whole_thought(each.text, language)]
    ranked = sorted(enumerate(whole), key=lambda each: (-worth(each[1].text, language), each[0]))
    return tuple(sentence for _, sentence in ranked)


def _pool(material: Material) -> Iterator[Sentence]:
    yield from material.quotations
    yield from material.contrasts
    yield from material.myths
    yield from material.numbers
    yield from material.advice
    yield from material.best
    for passage in material.settled:
        yield from passage.prose


def _whole(text: str) -> bool:
    """Whether it begins and ends like a sentence that states something."""
    return capital(text) and _STATED.search(text) is not None and _PROGRAM.search(text) is None


def worth(text: str, language: str) -> float:
    """How well a sentence stands for itself, about -4 to 3: general and pointed is good, narrative and leaning is bad."""
    cue = cues(language)
    words = len(text.split())
    value = 1.0 if cue.has("contrast", text) else 0.0
    value += 1.0 if cue.has("general", text) else 0.0
    value += 0.5 if cue.has("advice", text) else 0.0
    value += 0.5 if telling_number(text, language) else 0.0
    value -= 1.5 if cue.has("past", text) else 0.0
    value -= 2.0 if points_away(text, language) else 0.0
    value -= 1.0 if cue.has("leaning", text) or cue.any("deixis", text) else 0.0
    value += 0.5 if 7 <= words <= 18 else -0.25 * max(0, words - 20)
    return value
