"""The flows of a team, called as functions: no server, and a report that goes into a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.services import team


@pytest.fixture
def named(data: Path, customers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The means of the flows, named in the environment as `deckprism up` does; gives the folder to publish to."""
    out = tmp_path / "out"
    for name, value in team.surroundings(None, customers, out, "http://desk.example").items():
        monkeypatch.setenv(name, value)
    return out


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What runs report; their tasks are called as functions."""
    from flows.team import doing, submissions, upkeep

    told: list[tuple[str, object]] = []

    async def report(about: str, account: object) -> None:
        told.append((about, account))

    for module in (submissions, upkeep):
        monkeypatch.setattr(module, "report", report)
    monkeypatch.setattr(submissions, "work", doing.work.fn)
    monkeypatch.setattr(upkeep, "upkeep", upkeep.upkeep.fn)
    return told
