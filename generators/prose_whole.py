"""Tells sentences that end or begin in the air: cut by a box that was too small, a page break, or a list that is gone.

A last word that ends no sentence ("is protected by.") makes it half of one, unless an earlier word of it lets that word
stand last: "what we are proud of", "nobody to talk to", "as good as it is". Nothing is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generators.prose_cues import Cues
from language.numbers import numbers_in

#: Words of a remnant before its semicolon: "100 cases; the rest was decided by hand."
_REMNANT = 5
#: The fewest things that are counted off one by one, and the most that can be known by their ordinals.
_COUNTED, _ORDINALS = 2, 6
_NUMBER = re.compile(r"^\d[\d.,]*\s+([^.!?;]{1,60});")
_LAST = re.compile(r"[\s.,;…–—-]*$")


def hangs(text: str, cue: Cues) -> bool:
    """Whether a sentence ends in the air: its last word is an article, a conjunction, or a preposition or an auxiliary
    that nothing in it lets stand last. What ends with a question mark or a colon is judged elsewhere.
    """
    bare = _LAST.sub("", text)
    if not bare or bare[-1] in "?!:”\"’')]":
        return False
    if cue.has("never_last", bare):
        return True
    found = cue.single["seldom_last"].search(bare)
    return found is not None and len(bare.split()) >= 3 and not cue.has("lets_stand_last", bare)


def remnant(text: str, cue: Cues) -> bool:
    """Whether a sentence is the end of one whose beginning is lost: a number, no verb, and a semicolon."""
    found = _NUMBER.match(text)
    return found is not None and len(found[1].split()) < _REMNANT and not cue.has("finite", found[1])


def uncounted(said: Sequence[str], cue: Cues) -> list[int]:
    """Places of sentences that announce so many things where those are counted off, but not to the last.

    "Three policies do this." goes where a first and a second policy follow and no third; nothing is said of a count whose
    things are not counted off by their ordinals with the same noun.
    """
    ordinals = [each.strip() for each in cue.say["ordinals"].split(",")]
    out: list[int] = []
    for place, text in enumerate(said):
        for number in numbers_in(text, cue.language):
            if number.percent or not _COUNTED < number.value <= _ORDINALS or number.value != int(number.value):
                continue
            after = re.findall(r"[^\W\d_]+", text[number.end:])[:4]
            nouns = {_stem(word) for word in after if len(word) > 3}
            told = {n for n, ordinal in enumerate(ordinals, start=1) for other, each in enumerate(said) if other != place
                    for found in re.finditer(rf"\b{ordinal}\s+((?:\w+\s+)?\w+)", each, re.IGNORECASE)
                    if nouns & {_stem(word) for word in found[1].split()}}
            if len(told) >= _COUNTED and max(told) < number.value:
                out.append(place)
    return sorted(set(out))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|en|es|s|e|y)$", "", word.lower())
