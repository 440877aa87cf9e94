"""Figures that are nobody's books: those of an exercise, of a made-up company, or of a study.

"Revenue + 9 %" on the slide of a course is the figure of its example, and "86 % here, 59 % there" is what a study found.
Whether a deck teaches or reports a study is told from the whole of it, by signs on several slides; what figures say on
their slide alone is not enough. Such figures stay findings, low ones, so that a person sees them and nothing is withheld.
The signs stand in `data/told_figures.yaml`. Plans and forecasts stay as they are, and so does every figure on a slide that
carries a mark of secrecy. Nothing else is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from content.document import Unit
from content.finding import Category, Severity
from language.files import read_yaml
from rules.detector import Hit, Scan
from rules.haystack import plain

#: Slides with a sign from which on a deck teaches, or reports a study; and kinds of signs of a study.
_TEACHES, _STUDIES, _KINDS = 3, 4, 3
#: Rules whose figures are of plans: those stay what they are in any deck.
_PLANS = ("figures.money.plan", "figures.headcount", "figures.words", "figures.target")


@dataclass(frozen=True, slots=True)
class _Signs:
    """The patterns of the data file; `study` has a kind of sign in each."""

    exercise: re.Pattern[str]
    made_up: re.Pattern[str]
    example: re.Pattern[str]
    study: tuple[re.Pattern[str], ...]


def lowered(hits: Sequence[Hit], scan: Scan) -> list[Hit]:
    """The hits, those of figures that are nobody's books with a low severity."""
    if not any(_figure(hit, scan) for hit in hits):
        return list(hits)
    units = [unit for unit in scan.document.units if unit.number > 0]
    texts = {unit.number: "\n".join(plain(block.text) for block in unit.blocks) for unit in units}
    known = _signs()
    teaches = sum(bool(known.exercise.search(unit.title) or known.made_up.search(texts[unit.number]))
                  for unit in units) >= _TEACHES
    signs = [{n for n, sign in enumerate(known.study) if sign.search(text)} for text in texts.values()]
    studies = sum(map(bool, signs)) >= _STUDIES and len(set().union(*signs)) >= _KINDS
    secret = {hit.unit.number for hit in hits if scan.catalogue.rule(hit.rule).category is Category.CONFIDENTIAL
              and (hit.severity or scan.catalogue.rule(hit.rule).severity).at_least(Severity.MEDIUM)}
    return [replace(hit, severity=Severity.LOW) if _figure(hit, scan) and hit.unit.number not in secret and (
        teaches or _given(hit.unit, texts) or (studies and ".percent" in hit.rule)) else hit for hit in hits]


def _figure(hit: Hit, scan: Scan) -> bool:
    return (hit.block is not None and scan.catalogue.rule(hit.rule).category is Category.FIGURES
            and not hit.rule.startswith(_PLANS))


def _given(unit: Unit, texts: dict[int, str]) -> bool:
    """Whether a slide says of itself that it holds an example or an exercise."""
    known = _signs()
    return any(sign.search(unit.title) for sign in (known.exercise, known.example)) or bool(
        known.made_up.search(texts.get(unit.number, "")))


@cache
def _signs() -> _Signs:
    data = cast("dict[str, object]", read_yaml(Path(__file__).parent / "data" / "told_figures.yaml"))

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(str(data[name]), re.IGNORECASE)

    return _Signs(pattern("exercise"), pattern("made_up"), pattern("example"), tuple(
        re.compile(each, re.IGNORECASE) for each in cast("list[str]", data["study"])))
