"""A broken or hostile rule pack is refused with one line that names file and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.errors import BadRule
from rules.catalogue import catalogue, test_rules
from rules.loader import load_pack

GOOD = """
rules:
  - id: house.codeword
    version: 1
    kind: phrase
    category: confidential
    severity: medium
    confidence: 0.9
    why: This is the working name of a product that is not out.
    terms: [Quillwort]
    examples: {match: ["Quillwort ships soon"], no_match: ["A plant in a pond"]}
"""


def pack(folder: Path, text: str) -> Path:
    file = folder / "house.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_pack_of_ones_own_is_loaded_and_tested(tmp_path: Path) -> None:
    pack(tmp_path, GOOD)
    assert catalogue(tmp_path).rule("house.codeword").terms == ("Quillwort",)
    assert [result.passed for result in test_rules("house.codeword", tmp_path)] == [True, True]


@pytest.mark.parametrize(("change", "says"), [
    (("    examples: {match: [\"Quillwort ships soon\"], no_match: [\"A plant in a pond\"]}\n", ""), "house.codeword: has no examples"),
    (("no_match: [\"A plant in a pond\"]", "no_match: []"), "examples.no_match"),
    (("severity: medium", "severity: grave"), "house.codeword, severity"),
    (("terms: [Quillwort]", "terms: [Quillwort]\n    patterns: ['(a)\\1']"), "google-re2 refuses"),
    (("terms: [Quillwort]", "terms: [Quillwort]\n    patterns: ['(?=a)b']"), "google-re2 refuses"),
    (("terms: [Quillwort]", "surprise: 1"), "house.codeword, surprise"),
    (("kind: phrase", "kind: pattern\n    patterns: ['x*']"), "matches the empty text"),
    (("kind: phrase", "kind: validator\n    validator: magic"), "no validator"),
    (("rules:", "rules: ["), "is not valid YAML"),
    (("rules:", "regels:"), "has no list of rules"),
])
def test_what_is_wrong_is_said(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    file = pack(tmp_path, GOOD.replace(*change))
    with pytest.raises(BadRule) as raised:
        load_pack(file)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_aliases_are_refused(tmp_path: Path) -> None:
    file = pack(tmp_path, "a: &a [x, x]\nb: [*a, *a]\nrules: []\n")
    with pytest.raises(BadRule, match="anchors"):
        load_pack(file)


def test_a_pack_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadRule, match="cannot be read"):
        load_pack(tmp_path / "none.yaml")


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    pack(tmp_path, GOOD.replace("house.codeword", "contact.email"))
    with pytest.raises(BadRule, match="taken"):
        catalogue(tmp_path)
