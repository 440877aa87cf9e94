"""A replacement is written by a person and must not bring back what is to go: it is held against everything found."""

from __future__ import annotations

from collections.abc import Sequence

from content.errors import InputError
from content.finding import Finding
from language.fold import folded, inside_word
from rules.clearing_plan import PLACES

#: Shorter ones are found by their own rule where they matter, and would refuse ordinary words here.
_SHORTEST = 3


def check_text(text: str, findings: Sequence[Finding]) -> None:
    """Raises InputError when a replacement holds the words of a finding that is not kept. The message quotes nothing."""
    said = folded(text)
    for each in findings:
        if each.category in PLACES or len(each.text) < _SHORTEST:
            continue
        for words in {folded(each.text), folded(each.label)}:
            if len(words) >= _SHORTEST and _holds(said, words):
                where = f"slide {each.unit}" if each.unit else "the file's own properties"
                raise InputError("the replacement", f"says something that was itself found ({each.category.value}, {where})",
                                 "Use words that do not name it")


def _holds(said: str, words: str) -> bool:
    at = said.find(words)
    while at >= 0:
        if not inside_word(said, at) and not inside_word(said, at + len(words)):
            return True
        at = said.find(words, at + 1)
    return False
