"""Remembering decisions from the command line, allowances and rules of one's own: from the files to the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("deckprism"))
POST = "We sold it to Halden Foods last week.\n\nMaria Kowalczyk wrote the manual of the pump.\n"
RULE = """\
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "post.txt").write_text(POST)
    (tmp_path / "customers.csv").write_text("name\nHalden Foods\nCastellan Pharmacies\n")
    return tmp_path


def deckprism(folder: Path, *args: object, text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DECKPRISM_DATA": str(folder / "data"), "NO_COLOR": "1", "COLUMNS": "100"}
    for name in ("PREFECT_API_URL", "DECKPRISM_DATABASE"):
        environment.pop(name, None)
    return subprocess.run([COMMAND, *map(str, args)], cwd=folder, env=environment, input=text, capture_output=True, text=True,
                          check=False, timeout=300)


def scanned(folder: Path, *more: object) -> dict:
    return json.loads(deckprism(folder, "scan", "post.txt", "--customers", "customers.csv", "--json", *more).stdout)


def decide(folder: Path, **remember: object) -> None:
    groups = dict.fromkeys(each["group"] for each in scanned(folder)["findings"])
    rows = [{"group": group, "action": "keep", "reason": "they agreed", "by": "Pia", "at": "2026-01-05", "remember": remember or True}
            for group in groups]
    (folder / "d.json").write_text(json.dumps(rows))


def test_what_was_kept_never_comes_back(folder: Path) -> None:
    assert "settled" not in scanned(folder), "the contract's shape, as long as nothing is remembered"
    assert not (folder / "data").exists(), "and no data folder for a scan"
    decide(folder)
    done = deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json", "--customers", "customers.csv")
    assert done.returncode == 0 and "remembered now" in done.stdout, done.stderr
    after = scanned(folder)
    assert set(after) == {"source", "findings", "unread", "settled"} and after["findings"] == [] and after["settled"] >= 2
    said = deckprism(folder, "scan", "post.txt", "--customers", "customers.csv")
    assert said.returncode == 0 and "settled before: deckprism scan --all shows them" in said.stdout
    everything = deckprism(folder, "scan", "--all", "post.txt", "--customers", "customers.csv")
    assert "Halden Foods" in everything.stdout and "Decided before by Pia: kept." in everything.stdout and everything.returncode == 0
    (folder / "post.txt").write_text("A new start.\n\n" + POST + "\nWe also sold it to Castellan Pharmacies.\n")
    assert {each["text"] for each in scanned(folder)["findings"]} == {"Castellan Pharmacies"}


def test_everywhere_is_confirmed_listed_and_forgotten(folder: Path) -> None:
    decide(folder, scope="everywhere")
    deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json", "--customers", "customers.csv")
    assert scanned(folder)["findings"] and scanned(folder)["settled"] == 0
    rows = json.loads(deckprism(folder, "decisions", "list", "--json").stdout)["remembered"]
    listed = deckprism(folder, "decisions", "list").stdout
    assert "waits to be confirmed" in listed and "Halden" not in listed and "Kowalczyk" not in listed
    for row in rows:
        assert deckprism(folder, "decisions", "confirm", row["id"], "--by", "Noor").returncode == 0
    assert scanned(folder)["findings"] == []
    assert deckprism(folder, "decisions", "forget", rows[0]["id"]).returncode == 0
    assert scanned(folder)["findings"]
    assert deckprism(folder, "decisions", "forget", rows[0]["id"]).returncode == 2
    assert deckprism(folder, "decisions", "confirm", rows[1]["id"]).returncode == 2
    assert deckprism(folder, "decisions", "confirm", rows[1]["id"], "--by", " ").returncode == 2


def test_until_is_compared_with_the_day_given(folder: Path) -> None:
    decide(folder, until="2026-06-30")
    deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json", "--customers", "customers.csv")
    assert scanned(folder, "--on", "2026-06-30")["findings"] == []
    assert scanned(folder, "--on", "2026-07-01")["findings"]
    assert deckprism(folder, "scan", "post.txt", "--on", "soon").returncode == 2


def test_nothing_to_remember_is_said(folder: Path) -> None:
    (folder / "d.json").write_text('[{"group": "customer-1", "action": "remove"}]')
    done = deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json")
    assert done.returncode == 2 and "asks for nothing to be remembered" in done.stderr and len(done.stderr.splitlines()) == 1
    (folder / "d.json").write_text('[{"group": "customer-1", "action": "remove", "remember": {"scope": "galaxy"}}]')
    done = deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json")
    assert done.returncode == 2 and "entry 1, remember.scope" in done.stderr
    (folder / "d.json").write_text('[{"group": "customer-1", "action": "remove", "remember": true}]')
    done = deckprism(folder, "decisions", "remember", "post.txt", "--decisions", "d.json")
    assert done.returncode == 1 and "1 decision(s) name nothing" in done.stderr
    assert deckprism(folder, "decisions", "list").stdout == "Nothing is remembered.\n"


def test_rules_of_ones_own_on_every_command(folder: Path) -> None:
    (folder / "my-rules").mkdir()
    (folder / "my-rules" / "house.yaml").write_text(RULE)
    (folder / "post.txt").write_text("Quillwort ships in spring, we hope.\n")
    given = deckprism(folder, "scan", "post.txt", "--rules", "my-rules")
    assert given.returncode == 1 and "Quillwort" in given.stdout
    assert deckprism(folder, "scan", "post.txt").returncode == 0
    (folder / "deckprism.toml").write_text('[rules]\nfolder = "my-rules"\n')
    assert deckprism(folder, "scan", "post.txt").returncode == 1
    assert "house.codeword" in deckprism(folder, "rules", "list").stdout
    assert "working name" in deckprism(folder, "rules", "guide").stdout
    told = deckprism(folder, "rules", "explain", "house.codeword", "-", text="Quillwort ships").stdout
    assert "house.codeword is found here, certainty 0.90." in told and "matches 'Quillwort'" in told


def test_a_broken_rule_is_one_line_and_two(folder: Path) -> None:
    (folder / "my-rules").mkdir()
    (folder / "my-rules" / "house.yaml").write_text(RULE.replace("severity: medium", "severity: grave") + RULE.removeprefix("rules:\n").replace(
        "house.codeword", "house.second"))
    for command in (("scan", "post.txt"), ("rules", "list"), ("run", "post.txt", "-o", "out"), ("batch", "post.txt", "-o", "out")):
        done = deckprism(folder, *command, "--rules", "my-rules")
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
        assert "house.yaml, line 6, rule house.codeword, severity:" in done.stderr
    good = deckprism(folder, "rules", "list", "--rules", "my-rules", "--good-rules")
    assert good.returncode == 0 and "house.second" in good.stdout and "Left out:" in good.stderr


def test_an_allowance_that_is_too_broad_is_one_line_and_two(folder: Path) -> None:
    (folder / "deckprism.toml").write_text("[allow]\npatterns = ['.*']\n")
    for command in (("scan", "post.txt"), ("run", "post.txt", "-o", "out")):
        done = deckprism(folder, *command)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "allow.patterns, entry 1" in done.stderr
    (folder / "deckprism.toml").write_text('[allow]\ntexts = ["Halden Foods"]\n')
    assert {each["category"] for each in scanned(folder)["findings"]} == {"person"}
