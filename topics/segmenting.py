"""Cuts plain texts into topics: cues at the gaps and cohesion of the runs, decided together.

Three tables of weights, since slides, paragraphs and single sentences differ in what a gap looks like; which one
applies is read off the texts. No number of topics is asked for here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from language.detect import language_of
from language.files import read_yaml
from language.sentences import split
from topics import reading, wording
from topics.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WEIGHTS = Path(__file__).parent / "data" / "weights.yaml"
#: A cut that must not be.
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Weights:
    """One table: a weight for each cue, the base of a cut, and what cohesion by words and by vectors counts for."""

    cues: dict[str, float]
    base: float
    #: What a cut costs for each natural logarithm of the number of words.
    per_log_words: float
    #: What the cues are multiplied with.
    scale: float
    words: float
    vectors: float


@cache
def weights(kind: str) -> Weights:
    """The table for `slides`, `paragraphs` or `sentences`."""
    raw = cast("dict[str, dict[str, float | dict[str, float]]]", read_yaml(_WEIGHTS))[kind]
    cues = cast("dict[str, float]", raw.pop("cues"))
    one = cast("dict[str, float]", raw)
    return Weights({name: float(value) for name, value in cues.items()}, float(one["base"]), float(one["per_log_words"]),
                   float(one["scale"]), float(one["words"]), float(one["vectors"]))


def kind_of(readings: Sequence[Reading]) -> str:
    """Whether the texts are slides (most have a title and pieces), paragraphs or single sentences."""
    count = len(readings)
    # Two short lines make a slide; a deck may well have slides without text, so those do not vote.
    voting = [one for one in readings if one.pieces]
    slides = sum(bool(one.title) for one in voting)
    if slides >= 0.5 * max(1, len(voting)):
        return "slides"
    several = sum(len(split(one.text)) > 1 for one in readings)
    return "paragraphs" if several >= 0.2 * count else "sentences"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one decision rests on: the price of a cut before each unit, and the vectors of the units."""

    price: NDArray[np.float64]
    rows: NDArray[np.float32]


def evidence(readings: Sequence[Reading], language: str, table: Weights) -> Evidence:
    """Price every gap by its cues. Row 0 of `price` is 0; builds are forbidden places."""
    import math

    import numpy as np

    from topics import embed
    from topics.cues import CUES, cue_rows

    rows = embed.centred(embed.vectors([one.text for one in readings]))
    matrix = cue_rows(readings, rows, language)
    words = sum(one.bag.total() for one in readings)
    price = table.base + table.per_log_words * math.log(max(2, words))
    prices = price - table.scale * matrix @ np.array([table.cues.get(name, 0.0) for name in CUES])
    prices[matrix[:, CUES.index("same_title")] > 0] = NEVER
    prices[0] = 0.0
    return Evidence(prices, rows)


def band(bags: Sequence[reading.Bag], rows: NDArray[np.float32], table: Weights, longest: int) -> NDArray[np.float64]:
    """The price of every run of up to `longest` units for its lack of cohesion."""
    from topics.cohesion import lexical_band, vector_band

    result = table.words * lexical_band(bags, longest)
    if table.vectors:
        result = result + table.vectors * vector_band(rows, longest)
    return result


def starts(units: Sequence[str]) -> list[int]:
    """See `topics.segment`."""
    if len(units) < 2:
        return []
    language = language_of("\n".join(units)[:60_000])
    readings = [reading.of_text(unit, language) for unit in units]
    return starts_of(readings, language, weights(kind_of(readings)))


def starts_of(readings: Sequence[Reading], language: str, table: Weights) -> list[int]:
    """The indices at which topics start, 0 left out, with the weights of one table."""
    from topics import agenda
    from topics.cohesion import longest_run
    from topics.decode import cheapest

    found = evidence(readings, language, table)
    called = wording.whole("agenda", language)
    plan = agenda.plan_of({n: [(piece, "") for piece in one.pieces[1:]] for n, one in enumerate(readings)
                           if one.title and called.fullmatch(one.title)}, readings, language)
    price = found.price - agenda.boosts_of(plan) if plan else found.price
    return cheapest(band([one.bag for one in readings], found.rows, table, longest_run(len(readings))), price)
