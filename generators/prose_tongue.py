"""Leaves out what is told in another language than the deck: a draft is in one.

Slides in one language with notes in another are common, so what stands on a unit and what is said to it are judged apart.
A few words are in no language; they stay.
"""

from __future__ import annotations

from content.document import Part, Unit
from language.detect import language_of, plain_language

#: Words from which a language can be told.
_TOLD = 12


def native(unit: Unit, language: str) -> Unit:
    """The unit without its text, or without its notes, where those are plainly in another language than `language`."""
    notes = [block for block in unit.blocks if block.readable and block.part is Part.NOTES]
    shown = [block for block in unit.blocks if block.readable and block.part is not Part.NOTES]
    texts = ["\n".join(block.text for block in part) for part in (notes, shown)]
    # What is too short to be judged goes the way of the whole unit.
    whole = _foreign("\n".join(texts), language)
    gone = {id(block) for part, text in zip((notes, shown), texts, strict=True)
            if (_foreign(text, language) if len(text.split()) >= _TOLD else whole) for block in part}
    if not gone:
        return unit
    return unit.model_copy(update={"blocks": tuple(block for block in unit.blocks if id(block) not in gone)})


def _foreign(text: str, language: str) -> bool:
    """Whether a text is plainly in another language; false where that cannot be told."""
    if len(text.split()) < _TOLD:
        return False
    found = plain_language(text)
    if not found and language != "en":
        # English has no word that is plainly its own on a slide of any language; here most words must be.
        found = language_of(text, default=language)
    return bool(found) and found != language
