"""Measures of a segmentation against a known one, and the documents they are taken on.

Pk (Beeferman, Berger and Lafferty 1999) and WindowDiff (Pevzner and Hearst 2002) with a window of half the mean segment: 0
is perfect, lower is better. F1 is that of exact boundary positions. A document set is a gzipped JSON object with a list
`documents` of `{id, units: [text], boundaries: [index]}`; the sets are public, lie outside this project, and nothing of them
is kept in it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """A document with known boundaries: indices of units, 0 left out."""

    id: str
    units: tuple[str, ...]
    boundaries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How near one segmentation came to the known one."""

    pk: float
    window_diff: float
    f1: float
    #: Segments found for each one that there is.
    ratio: float


def load(file: Path) -> tuple[Text, ...]:
    """The documents of a set that have a boundary and more than three units."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        raw = json.load(stream)["documents"]
    found = (Text(str(one["id"]), tuple(one["units"]), tuple(one["boundaries"])) for one in raw)
    return tuple(one for one in found if one.boundaries and len(one.units) > 3)


def score(known: Sequence[int], found: Sequence[int], count: int) -> Score:
    """All measures of one document of `count` units."""
    window = max(2, round(count / (len(known) + 1) / 2))
    a, b = _segments(known, count), _segments(found, count)
    places = range(max(0, count - window))
    apart = sum((a[n] == a[n + window]) != (b[n] == b[n + window]) for n in places)
    differ = sum(a[n + window] - a[n] != b[n + window] - b[n] for n in places)
    hits = len(set(known) & set(found))
    f1 = 2 * hits / (len(set(known)) + len(set(found))) if hits else 0.0
    return Score(apart / max(1, len(places)), differ / max(1, len(places)), f1, (len(found) + 1) / (len(known) + 1))


def families(texts: Sequence[Text]) -> list[int]:
    """A number for each document, the same for versions of one document: those that share a quarter of their longer units.

    What learns from one version of a talk knows the other already, so folds keep families together.
    """
    seen: list[set[str]] = []
    result: list[int] = []
    for text in texts:
        units = {unit for unit in text.units if len(unit) > 40}
        kin = next((n for n, other in enumerate(seen) if 4 * len(units & other) > min(len(units), len(other))), len(seen))
        if kin == len(seen):
            seen.append(set())
        seen[kin] |= units
        result.append(kin)
    return result


def mean(scores: Sequence[Score]) -> Score:
    """The mean over documents, each counting the same."""
    count = max(1, len(scores))
    return Score(sum(s.pk for s in scores) / count, sum(s.window_diff for s in scores) / count,
                 sum(s.f1 for s in scores) / count, sum(s.ratio for s in scores) / count)


def _segments(boundaries: Sequence[int], count: int) -> list[int]:
    marks, now, found = set(boundaries), 0, []
    for n in range(count):
        now += n in marks
        found.append(now)
    return found
