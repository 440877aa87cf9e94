"""What stands around a hit: the text near it, and whether it speaks of a person."""

from __future__ import annotations

import re

from content.document import Block
from content.finding import Category
from rules.detector import Scan
from rules.haystack import plain
from rules.vocabulary import Given, given

_PERSONAL = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|hij|zij|zijn|haar|hem|"
    r"my|mijn|"
    r"(?:colleague|manager|director|cio|ceo|cfo|cto|boss|employee|coworker|co-worker|assistant|secretary|nurse|teacher|"
    r"engineer|developer|consultant|collega|directeur|baas|medewerker|medewerkster)|mr|mrs|ms|mevrouw|meneer|"
    r"dhr|mevr)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_PERSON_LIKE = frozenset({Category.PERSON})


def around(text: str, start: int, end: int, within: int) -> bytes:
    """The text within so many characters before and after a span, the span itself blanked, as UTF-8."""
    before, after = text[max(0, start - within):start], text[end:end + within]
    return plain(f"{before} \x1e {after}").encode("utf-8", "replace")


def speaks_of_person(scan: Scan, block: Block, start: int, end: int) -> bool:
    """Whether a sentence has a personal word ("her", "my", "colleague") or the name of a person in it."""
    sentence = plain(block.text[start:end])
    if _PERSONAL.search(sentence) or any(given(word) is Given.CLEAR for word in _CAPITAL.findall(sentence)):
        return True
    return any(
        hit.block is not None and hit.block.id == block.id and hit.start < end and hit.end > start
        and scan.catalogue.rule(hit.rule).category in _PERSON_LIKE
        for hit in scan.earlier
    )
