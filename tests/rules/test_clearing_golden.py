"""Sentences before and after clearing, English and Dutch, as an editor would want to read them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rules import clear_text

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "clearing.yaml").read_text(encoding="utf-8"))
PEERS = [f"{name} {kind} | industry={industry}" for kind, industry in GOLDEN["peers"].items()
         for name in ("Quarn", "Dovrel", "Elmsk", "Fjarn", "Gorvel")]
CUSTOMERS = [*GOLDEN["customers"], *PEERS]


def test_there_is_enough_of_it() -> None:
    assert len(GOLDEN["pairs"]) >= 60


@pytest.mark.parametrize(("before", "after"), GOLDEN["pairs"])
def test_reads_as_it_should(before: str, after: str) -> None:
    assert clear_text(before, CUSTOMERS) == after
