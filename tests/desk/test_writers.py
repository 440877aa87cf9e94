"""Eight processes write at once, on each kind of database: nobody finds it locked, nothing is lost, the audit holds."""

from __future__ import annotations

import pytest

from benchmarks.writers import ROLES, account, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_eight_writers_at_once(kind, request, tmp_path, monkeypatch):
    monkeypatch.setenv("DECKPRISM_DATA", "")
    monkeypatch.setenv("DECKPRISM_DATABASE", "")
    outcome = run(tmp_path, 30, request.getfixturevalue("postgres_url") if kind == "postgresql" else "")
    told = account(outcome, 30, kind)
    assert outcome.lock_errors == 0, told
    assert outcome.wrong == (), told
    assert {each.role for each in outcome.told if each.writes} == set(ROLES) - {"backup"}, told
    assert next(each for each in outcome.told if each.role == "backup").counts["copies"] > 2, told
    assert outcome.audit_rows > 200, told
