"""Sentences that are worth a card of their own: whole, verbatim, and understood by somebody who saw nothing else.

A sentence of general sense beats one that tells what happened on a day. Nothing is ever shortened to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from content.draft import Sentence
from generators.context import Context
from generators.facts import leans
from generators.limits import limits
from generators.material import Material
from generators.prose_cues import cues
from generators.prose_rank import telling_number
from generators.render import TEMPLATES
from language.pipeline import has_model, parse
from language.verbless import FINITE

_FEWEST = 5
# "Good: uses add-ins.", "Step 4: click on it.": a label and what stands behind it, no sentence.
_LABEL = re.compile(r"^(?:[\w’'-]+ ){0,3}[\w’'-]+:\s")
_ET_CETERA = re.compile(r"\b(?:etc|enz|enzovoort|et cetera)\b|…|\.\.\.", re.IGNORECASE)


def quotable(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a topic that may be quoted, best first, marked as quotations.

    Units in which something was withheld are left out: a sentence in which we put other words is nobody's quotation.
    """
    edited = context.cleared.touched_units
    return tuple(sentence.model_copy(update={"quotation": True}) for sentence in standing(material, context)
                 if not edited.intersection(context.index.units(sentence.sources)))


def standing(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a topic that stand for themselves, best first.

    Each is its source sentence, character for character, of at most as many words as `card.quote` allows.
    """
    index, language = context.index, context.cleared.language
    most = limits()["card.quote"].limit
    seen: dict[str, Sentence] = {}
    for sentence in _pool(material):
        if len(sentence.sources) != 1 or sentence.sources[0] not in index.by_id or sentence.sources[0] in seen:
            continue
        verbatim = index.by_id[sentence.sources[0]].text
        # What was mended for prose is not what stands there any more.
        if sentence.text != verbatim or leans(sentence) or not _whole(verbatim):
            continue
        if not whole_thought(verbatim, language):
            continue
        if _FEWEST <= len(verbatim.split()) <= most:
            seen[sentence.sources[0]] = sentence.model_copy(update={"quotation": False})
    ranked = sorted(enumerate(seen.values()), key=lambda each: (-worth(each[1].text, language), each[0]))
    return tuple(sentence for _, sentence in ranked)


def _pool(material: Material) -> Iterator[Sentence]:
    yield from material.quotations
    yield from material.contrasts
    yield from material.myths
    yield from material.numbers
    yield from material.advice
    yield from material.best
    for passage in material.passages:
        yield from passage.prose


def _whole(text: str) -> bool:
    """Whether it begins and ends like a sentence that states something."""
    return bool(re.search(r"[.!][\"'”’)\]]*$", text)) and bool(re.match(r"[\"'“‘„(]*[^\W_a-z]", text)) and not re.search(
        r"https?://|\bwww\.|[{}<>=|\\]", text)


def whole_thought(text: str, language: str) -> bool:
    """Whether a text states, asks or advises something: no label, no list that trails off, no terms of use, no fragment."""
    if _LABEL.match(text) or _ET_CETERA.search(text) or text.isupper() or _patterns(language)["boilerplate"].search(text):
        return False
    return states(text, language)


@cache
def states(text: str, language: str) -> bool:
    """Whether it has a finite verb or tells somebody to do something: "Not for scalability!" is half a sentence."""
    known = cues(language)
    if language != "en" or known.has("finite", text) or known.has("advice", text) or not has_model(language):
        return True
    (doc,) = parse([text], language)
    verbs = [token for token in doc if token.tag_ in FINITE]
    return bool(verbs) or (doc[0].tag_ == "VB" and doc[0].dep_ == "ROOT")


def worth(text: str, language: str) -> float:
    """How well a sentence stands for itself, about -4 to 3: general and pointed is good, narrative and leaning is bad."""
    known, cue = _patterns(language), cues(language)
    words = len(text.split())
    value = 1.0 if cue.has("contrast", text) else 0.0
    value += 1.0 if known["general"].search(text) else 0.0
    value += 0.5 if cue.has("advice", text) else 0.0
    value += 0.5 if telling_number(text, language) else 0.0
    value -= 1.5 if known["narrative"].search(text) else 0.0
    value -= 2.0 if points_away(text, language) else 0.0
    value -= 1.0 if cue.has("leaning", text) or cue.any("deixis", text) else 0.0
    value += 0.5 if 7 <= words <= 18 else -0.25 * max(0, words - 20)
    return value


def tells(text: str, language: str) -> bool:
    """Whether a sentence tells what happened at one time."""
    return _patterns(language)["narrative"].search(text) is not None


def points_away(text: str, language: str) -> bool:
    """Whether a sentence points at something that stands outside it: a poor opening as well as a poor card."""
    return _patterns(language)["dangling"].search(text) is not None


def on_screen(text: str, language: str) -> bool:
    """Whether a sentence needs the slide in view ("look at the last column"): nobody who reads it has that."""
    return _patterns(language)["on_screen"].search(text) is not None


def points_back(text: str, language: str) -> bool:
    """Whether a sentence speaks of things by "those" and "these", which the reader has not met."""
    return _patterns(language)["back"].search(text) is not None


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    """The patterns of quotable.yaml, English where a language has none."""
    import yaml

    file = TEMPLATES / language / "quotable.yaml"
    if not file.is_file():
        file = TEMPLATES / "en" / "quotable.yaml"
    raw = cast("dict[str, str]", yaml.safe_load(file.read_text(encoding="utf-8")))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in raw.items()}
