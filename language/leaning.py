"""Which sentence leans on the one before it, so that it falls with that one: "And if it is, we talk.", "Yes.".

Asked wherever a sentence has been taken out of a text: what stood behind it may be an answer, half of a condition, or a
"that" that nothing is left for. The words stand in `data/<language>/leaning.yaml`; of a language without them nothing is
said to lean. Nothing here knows why a sentence was taken out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

from language.files import read_yaml

_DATA = Path(__file__).parent / "data"
_QUOTES = "\"'“„‘«([-–—•* "
#: Words of a scrap, which only adds to the sentence before it ("Twice.", "Nine pounds a call."), and of a sentence that
#: is too short to have said itself what its last word stands for.
_SCRAP, _SHORT = 3, 10
#: Words of a conclusion that says nothing without its reason.
_CONCLUSION = 6


def elliptic(text: str, language: str) -> bool:
    """Whether a sentence is an answer or an ellipsis that nobody understands without the one before it."""
    known = _patterns(language)
    bare = text.lstrip(_QUOTES)
    return bool(known) and (bool(known["elliptic"].search(bare)) or _ends_back(bare, known))


def leaning(text: str, language: str, *, alone: bool = True) -> bool:
    """Whether a sentence goes on with the one before it in any way: it is elliptic, a scrap, or takes a word of it up.

    `alone` says that nothing else stands before it, so that a "she" cannot mean somebody who was named earlier.
    """
    known = _patterns(language)
    if not known:
        return False
    bare = text.lstrip(_QUOTES)
    if elliptic(text, language) or (len(bare.split()) <= _SCRAP and not known["subject"].search(bare)):
        return True
    found = known["leaning"].search(bare) or (alone and known["person"].search(bare))
    return bool(found) and not known["begins_anew"].search(bare)


def concludes(text: str, language: str) -> bool:
    """Whether a sentence only draws a conclusion from the one before it ("So the rule is simple.") and counts nothing."""
    known = _patterns(language)
    few = len(text.split()) <= _CONCLUSION and not re.search(r"\d", text)
    return bool(known) and few and bool(known["concludes"].search(text.lstrip(_QUOTES)))


def announces(text: str, language: str) -> bool:
    """Whether a sentence only leads in to the one behind it: it ends in a colon, or asks for a figure."""
    known = _patterns(language)
    return bool(known) and bool(known["announces"].search(text))


def takes_up(text: str, language: str) -> bool:
    """Whether a sentence right behind one that was taken out takes that one up from within: "Half of that was rent."."""
    return _has("takes_up", text, language) or _has("shown_text", text, language) or _has("shown_figure", text, language)


def shown(text: str, language: str, *, figure: bool) -> bool:
    """Whether a sentence points at a text that was shown, "this letter", or with `figure` at an amount."""
    return _has("shown_figure" if figure else "shown_text", text, language)


def pointed(text: str, language: str) -> str:
    """The word for a text that a sentence points at ("letter" of "I wrote that letter."); '' for none."""
    found = _find("shown_text", text, language)
    return found[0].split()[-1].lower() if found else ""


def reads_out(text: str, language: str) -> int | None:
    """Where in a sentence its speaker announces to read out or show a text ("I'll read you what she wrote"), if at all."""
    found = _find("reads_out", text, language)
    return found.start() if found else None


def credits(text: str, language: str) -> bool:
    """Whether a line says whose words those above it are: "From a letter, May"."""
    return _has("credit", text, language)


def means_somebody(text: str, before: str, gone: str, language: str) -> bool:
    """Whether a sentence has a "him" that can only be somebody in what was taken out, and nobody in what stands before it."""
    return (_has("means_somebody", text, language) and _has("somebody", gone, language)
            and not _has("somebody", before, language))


def totals(text: str, language: str) -> bool:
    """Whether a line of a list or a cell of a table adds up those before it."""
    return _has("total", text, language)


def _has(name: str, text: str, language: str) -> bool:
    known = _patterns(language)
    return bool(known) and bool(known[name].search(text.lstrip(_QUOTES)))


def _find(name: str, text: str, language: str) -> re.Match[str] | None:
    known = _patterns(language)
    return known[name].search(text) if known else None


def _ends_back(bare: str, known: dict[str, re.Pattern[str]]) -> bool:
    return len(bare.split()) <= _SHORT and bool(known["ends_back"].search(bare))


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    file = _DATA / language / "leaning.yaml"
    if not file.is_file():
        return {}
    return {name: re.compile(text, re.IGNORECASE) for name, text in cast("dict[str, str]", read_yaml(file)).items()}
