from __future__ import annotations

import pytest

from generators.speech import sounds


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests render; what a cache does is asked of one that a test makes."""
    monkeypatch.setenv(sounds.VARIABLE, "off")
