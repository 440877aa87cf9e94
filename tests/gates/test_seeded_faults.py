"""Every gate sees what is put wrong in good packs, in English and Dutch, and has nothing to say of them as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.gates import Made, alarms, make, measure

SAMPLES = Path("samples")
DECKS = {"en": ("social-business.pptx", SAMPLES / "customers.csv", SAMPLES / "decisions.json"),
         "nl": ("kennis-delen.pptx", None, None)}
#: Faults of one kind: trace and quality, which have five kinds and more, get over 200. `python -m benchmarks.gates` makes
#: 200 of each kind.
_EACH = {"en": 50, "nl": 50}
_LEAST = 0.98


@pytest.fixture(scope="module", params=DECKS)
def made(request, tmp_path_factory) -> tuple[str, Made]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(tmp_path_factory.mktemp("data")))
        name, customers, decisions = DECKS[request.param]
        return request.param, make(SAMPLES / name, customers, decisions, tmp_path_factory.mktemp("out"))


def test_a_pack_as_it_was_made_gives_no_alarm(made):
    assert alarms(made[1]) == 0


def test_seeded_faults_are_seen(made):
    language, pack = made
    rows = measure(pack, _EACH[language], seed=7)
    by_gate: Counter[str] = Counter()
    for row in rows:
        by_gate[row.gate] += row.made
        assert row.share >= _LEAST, (row.kind, row.seen, row.made)
    assert set(by_gate) == {"trace", "quality", "limits", "leak", "coverage", "integrity"}
    assert min(by_gate.values()) >= _EACH[language]
    expected = {"number", "name", "negation", "source id", "altered sentence", "residue", "prompt", "worn phrase"}
    assert expected <= {row.kind for row in rows}
