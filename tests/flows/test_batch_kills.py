"""A batch that is killed over and over loses nothing and does nothing twice (`benchmarks/batch_kills.py`, the short form)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.batch_kills import run
from flows.server import Server

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def test_ten_kills_lose_nothing(server: Server, tmp_path: Path, data: Path) -> None:
    result = run(tmp_path, files=6, kills=10, chance=random.Random(7), workers=2, longest=7.0)
    assert result.wrong == ()
    assert result.kills == 10
