"""What a rule's confidence is worth: the share of such finds that were right on the development sets.

A detector says how sure it is on a scale of its own. Here that becomes a share of right finds, by curves that
`benchmarks/fit_confidence.py` fits and keeps in `data/calibration.yaml`; a rule without a curve (somebody's own, or one of a
fact such as a hidden slide) keeps the number it was written with. Curves never fall, so an order among finds of one rule
stays an order. Where a threshold has a meaning (a customer from .5 on), the curve `holds` it: what was below stays below.
Nothing here decides about severity or whether a find stands: that was settled before, with the detector's own number.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

from language.files import read_yaml

_FILE = Path(__file__).parent / "data" / "calibration.yaml"


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points, both coordinates rising; level after the last, straight to 0 before the first."""

    raw: tuple[float, ...]
    share: tuple[float, ...]
    #: The threshold that stays where it is, or None.
    holds: float | None = None

    def at(self, raw: float) -> float:
        """The share of right finds among those of this confidence."""
        share = self._line(raw)
        if self.holds is None:
            return share
        return max(share, self.holds) if raw >= self.holds else min(share, self.holds - 0.01)

    def _line(self, raw: float) -> float:
        place = bisect_right(self.raw, raw)
        if place == len(self.raw):
            return self.share[-1]
        (left, low) = (self.raw[place - 1], self.share[place - 1]) if place else (0.0, 0.0)
        right, high = self.raw[place], self.share[place]
        return low + (high - low) * (raw - left) / (right - left)


def calibrated(rule: str, raw: float) -> float:
    """The confidence that people see, for a rule's id and the confidence its detector gave. Both from 0 to 1."""
    curve = curves().get(rule)
    return raw if curve is None else min(1.0, max(0.0, curve.at(raw)))


@cache
def curves() -> dict[str, Curve]:
    """Rule -> its curve. Rules of one family share one."""
    made: dict[str, Curve] = {}
    for entry in cast("dict[str, list[dict[str, object]]]", read_yaml(_FILE))["curves"]:
        points = cast("list[list[float]]", entry["points"])
        raw, share = tuple(point[0] for point in points), tuple(point[1] for point in points)
        if any(left >= right for left, right in pairwise(raw)) or any(left > right for left, right in pairwise(share)):
            raise ValueError(f"{_FILE.name}: the curve of {entry['family']} falls; run benchmarks/fit_confidence.py again")
        curve = Curve(raw, share, cast("float | None", entry.get("holds")))
        made.update((rule, curve) for rule in cast("list[str]", entry["rules"]))
    return made
