"""How well the title check tells a title that says something from one that does not: recall and false alarms.

    python -m benchmarks.titles            the half to develop on, with what was judged wrongly
    python -m benchmarks.titles --held     the half held back: figures only, to be opened once a change is done

Goal: 95 % of the useless titles found at no more than 5 % of the good ones flagged. It says nothing about real decks
beyond what the list holds; the list is in titles.yaml beside this file.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generators.title_check import verdict

_LIST = Path(__file__).with_name("titles.yaml")


@dataclass(frozen=True, slots=True)
class Case:
    """A title, whether it says something, and what its deck says."""

    half: str
    good: bool
    language: str
    title: str
    says: str
    author: str


def cases(half: str) -> list[Case]:
    """The cases of a half, `dev` or `held`."""
    import yaml

    raw = cast("dict[str, list[list[str]]]", yaml.safe_load(_LIST.read_text(encoding="utf-8")))
    rows = [Case(row[0], row[1] == "good", *row[2:]) for row in raw["titles"]]
    return [each for each in rows if each.half == half]


def measure(found: list[Case]) -> tuple[float, float, list[tuple[Case, tuple[str, ...]]], Counter[str]]:
    """Recall of the useless titles, share of good ones flagged, what was judged wrongly, and how often each reason."""
    judged = [(each, verdict(each.title, each.says, {"author": each.author} if each.author else {},
                             each.language)) for each in found]
    bad = [(each, why) for each, why in judged if not each.good]
    good = [(each, why) for each, why in judged if each.good]
    wrong = [(each, why) for each, why in judged if each.good == bool(why)]
    return (sum(bool(why) for _, why in bad) / len(bad), sum(bool(why) for _, why in good) / len(good), wrong,
            Counter(why[0] for _, why in judged if why))


def main(arguments: list[str]) -> int:
    """Print the figures; 0 when the goal is met."""
    half = "held" if "--held" in arguments else "dev"
    found = cases(half)
    recall, alarms, wrong, reasons = measure(found)
    good = sum(each.good for each in found)
    print(f"{half}: {len(found) - good} useless titles, recall {recall:.1%}; {good} good ones, false alarms {alarms:.1%}")
    print(", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())))
    if half == "dev":
        for each, why in wrong:
            print(f"  {'flagged (' + why[0] + ')' if why else 'missed'}: {each.title}")
    return 0 if recall >= 0.95 and alarms <= 0.05 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
