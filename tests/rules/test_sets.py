"""Each kind of sentence rule on lines written for it: found and not found, with a floor for F2 and for precision."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rules import scan_text

SETS = Path(__file__).parent / "sets"
FLOORS = {"figures": (0.80, 0.80), "promise": (0.80, 0.80), "private": (0.80, 0.80), "confidential": (0.80, 0.80),
          "injection": (0.80, 0.80), "reputation": (0.80, 0.70)}


def measure(name: str) -> tuple[float, float, list[str]]:
    """F2 and precision of a category on its set, with the lines it got wrong."""
    lines = yaml.safe_load((SETS / f"{name}.yaml").read_text(encoding="utf-8"))
    customers = ["Kerwick Foods"] if name == "reputation" else []

    def flagged(text: str) -> bool:
        return any(found.category.value == name for found in scan_text(text, customers))

    missed = [line for line in lines["hit"] if not flagged(line)]
    false = [line for line in lines["clean"] if flagged(line)]
    right = len(lines["hit"]) - len(missed)
    precision = right / max(1, right + len(false))
    recall = right / len(lines["hit"])
    f2 = 5 * precision * recall / max(1e-9, 4 * precision + recall)
    return f2, precision, [f"missed: {line}" for line in missed] + [f"false: {line}" for line in false]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_category_reaches_its_floor(name: str) -> None:
    f2, precision, wrong = measure(name)
    least_f2, least_precision = FLOORS[name]
    assert f2 >= least_f2 and precision >= least_precision, "\n".join([f"F2 {f2:.2f} P {precision:.2f}", *wrong])
