"""What a short piece may not begin with, hold or end on, because nothing else of the talk stands beside it.

A post, a card, a question or a part of an episode is read or heard by itself: somebody whom it calls "he" must have come on
before, and what was found is told with what was tried. Asked of sentences; the words are cues
(`templates/<language>/cues.yaml`). Nothing is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generators.prose_cues import cues
from language.pipeline import has_model, parse
from language.words import content_words

#: Words of a sentence that is too short to have said what its "it" stands for.
_SCRAP = 5
#: Words of a quotation.
_QUOTED = 6
_PLURAL = re.compile(r"\b(?:[^\W\d_]{3,}s|people|men|women|children|[^\W\d_]{4,}en)\b", re.IGNORECASE)


def lost(text: str, before: Sequence[str], language: str) -> bool:
    """Whether a sentence speaks of what neither it nor what stands `before` it in its piece has named."""
    cue = cues(language)
    said = " ".join(before)
    for found in cue.single["somebody_named"].finditer(text):
        who = f"{said} {text[:found.start()]}"
        if not cue.has("somebody", who):
            return True
        break
    if cue.has("they_start", text) and said and not _several(said, language):
        return True
    that = cue.single["that_one"].search(text)
    if that is not None and not content_words(that[1], language) & content_words(f"{said} {text[:that.start()]}", language):
        return True
    if said:
        return False
    short = len(text.split()) <= _SCRAP and cue.has("bare_thing", text) and not cue.has("advice", text)
    return short or any(cue.has(name, text) for name in ("counted_off", "an_answer", "makes_of_it", "share_of"))


def quotable_alone(text: str, language: str) -> bool:
    """Whether a sentence is a claim on a card: no order about quoting, no "us" and no page, and each "they" has somebody."""
    cue = cues(language)
    if cue.has("no_claim", text) or cue.has("points_tail", text) or lost(text, (), language):
        return False
    found = cue.single["they"].search(text)
    return found is None or _several(text[:found.start()], language)


def long_enough(text: str) -> bool:
    """Whether a sentence has words enough to be read aloud before a question."""
    return len(text.split()) >= _QUOTED


def has_place(text: str, language: str) -> bool:
    """Whether a text says where, or on which day, and who: what somebody needs who hears it before anything else."""
    cue = cues(language)
    return cue.has("where_or_when", text) and (cue.has("somebody", text) or cue.has("first_persons", text))


def tells(texts: Sequence[str], language: str) -> bool:
    """Whether sentences tell what happened, so that they want their end."""
    return any(cues(language).has("past", each) for each in texts)


def only_tried(title: str, texts: Sequence[str], language: str) -> bool:
    """Whether a piece tells how something was tested and not what came of it."""
    cue = cues(language)
    return cue.has("method_title", title) and not any(cue.has("result", each) for each in texts)


def for_the_room(text: str, language: str) -> bool:
    """Whether a sentence goes back to what those in the room were told before: "I promised you the hens."."""
    cue = cues(language)
    return any(cue.has(name, text) for name in ("told_earlier", "to_listeners", "chart_part")) or cue.any("room", text)


def _several(text: str, language: str) -> bool:
    """Whether somebody or something in the plural is named."""
    if cues(language).has("somebody_plural", text):
        return True
    if not has_model(language) or language != "en":
        return _PLURAL.search(text) is not None
    (doc,) = parse([text], language) if text.strip() else ((),)
    return any(token.tag_ in {"NNS", "NNPS"} for token in doc)
