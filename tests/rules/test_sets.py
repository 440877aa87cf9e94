"""Each kind of sentence rule on lines written for it, per language: found and not found, with floors.

The lines stand in `sets/<language>/<category>.<half>.yaml`: `hit` holds lines with a risk of that category, `clean`
holds lines that look like it and are harmless. The `dev` half is for whoever mends rules; the `held` half is only
measured, so that a floor on it says what to expect on lines nobody tuned for. Printed for each file (`pytest -s`):
F2, precision and recall. F2 weighs recall four times as much as precision, because a missed risk is published and a
false alarm costs a click (van Rijsbergen, Information Retrieval, 1979, chapter 7).

A failure names the lines of a `dev` half, and never those of a `held` half: they would be tuned on from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from rules import scan_text

SETS = Path(__file__).parent / "sets"
FILES = sorted(path for path in SETS.glob("*/*.yaml") if path.stem.endswith((".dev", ".held")))
CATEGORIES = ("confidential", "figures", "injection", "private", "promise", "reputation")
CUSTOMERS = {"reputation": ["Kerwick Foods"]}
LEAST_F2 = 0.80
LEAST_PRECISION = 0.70
LEAST_RECALL = {"reputation": 0.85}
#: The one floor that a held half does not reach: 15 of the 18 Dutch statements. It may not get worse.
HELD_RECALL = {"nl/reputation.held": 15 / 18}
# Reputation has a floor for recall and none for F2: what to find there is a judgement, and misses weigh more.
WITHOUT_F2 = frozenset({"reputation"})
LEAST_LINES = {"en": 110, "nl": 60}
LEAST_CLEAN = 0.40


@dataclass(frozen=True)
class Lines:
    """One half of a set: lines with a risk, lines that only look like it."""

    hit: tuple[str, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """What a category reached on one half, and the lines it got wrong."""

    precision: float
    recall: float
    wrong: tuple[str, ...]

    @property
    def f2(self) -> float:
        return 5 * self.precision * self.recall / max(1e-9, 4 * self.precision + self.recall)

    def __str__(self) -> str:
        return f"F2 {self.f2:.3f}  P {self.precision:.3f}  R {self.recall:.3f}"


def read(path: Path) -> Lines:
    lines = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Lines(tuple(lines["hit"]), tuple(lines["clean"]))


def measure(lines: Lines, category: str) -> Score:
    """Flags each line on its own, as a slide's bullet stands on its own; a line counts when the category is found."""
    customers = CUSTOMERS.get(category, [])

    def flagged(text: str) -> bool:
        return any(found.category.value == category for found in scan_text(text, customers))

    missed = [line for line in lines.hit if not flagged(line)]
    false = [line for line in lines.clean if flagged(line)]
    right = len(lines.hit) - len(missed)
    wrong = (*(f"missed: {line}" for line in missed), *(f"false: {line}" for line in false))
    return Score(right / max(1, right + len(false)), right / len(lines.hit), wrong)


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_category_reaches_its_floors(path: Path) -> None:
    category, half = path.stem.split(".")
    score = measure(read(path), category)
    print(f"{name(path):28} {score}")
    least_recall = HELD_RECALL.get(name(path), LEAST_RECALL.get(category, 0.0))
    floors = [score.precision >= LEAST_PRECISION, score.recall >= least_recall]
    if category not in WITHOUT_F2:
        floors.append(score.f2 >= LEAST_F2)
    shown = score.wrong if half == "dev" else ("(the lines of a held half are not shown)",)
    assert all(floors), "\n".join([f"{name(path)} {score}", *shown])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_lines_are_texts_and_stand_there_once(path: Path) -> None:
    lines = read(path)
    every = [*lines.hit, *lines.clean]
    assert all(isinstance(line, str) and line.strip() for line in every)
    assert len(set(every)) == len(every)
    assert len(lines.clean) >= LEAST_CLEAN * len(every)


@pytest.mark.parametrize("language", sorted(LEAST_LINES))
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_set_is_large_enough_and_its_halves_share_no_line(category: str, language: str) -> None:
    dev, held = (read(SETS / language / f"{category}.{half}.yaml") for half in ("dev", "held"))
    dev_lines, held_lines = {*dev.hit, *dev.clean}, {*held.hit, *held.clean}
    assert len(dev_lines) + len(held_lines) >= LEAST_LINES[language]
    assert 0.4 <= len(held_lines) / (len(dev_lines) + len(held_lines)) <= 0.6
    assert not dev_lines & held_lines
