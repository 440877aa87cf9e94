"""What is found inside Dutch text: people, organisations, contacts, numbers and secrets, each with a floor.

The sets are JSON lines `{"text", "spans": [[start, end, type]], "note"}`. The dev half is for tuning, the held half for
measuring only. A span counts as found when at least half of it is covered by findings of its type; a finding is right
when at least half of it lies in spans of its type. Run with `-s` to see the figures.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from benchmarks.risk_measure import Span, Tally, coverage
from content.finding import Finding
from rules import scan_text

SETS = Path(__file__).parent / "sets" / "nl"
HALVES = ("dev", "held")
#: The type of a finding by its rule; the longest prefix decides. Links to public pages are noted and not measured here.
TYPES = {
    "entity.person": "PERSON", "entity.cited_person": "PERSON", "entity.organisation": "ORG", "contact.email": "EMAIL",
    "contact.phone": "PHONE", "contact.url.internal": "URL", "identifier.iban": "IBAN", "identifier.card": "CARD",
    "identifier.bsn": "BSN", "identifier.kvk": "KVK", "identifier.rsin": "RSIN", "identifier.vat": "VAT",
    "identifier.ip": "IP", "identifier.mac": "MAC", "identifier.coordinates": "COORDINATE",
    "identifier.national_id": "NATID", "identifier.passport": "PASSPORT", "identifier.plate": "PLATE",
    "identifier.ssn": "SSN", "credential": "SECRET",
}
STRUCTURED = tuple(sorted(set(TYPES.values()) - {"PERSON", "ORG", "SECRET"}))


@dataclass
class Told(Tally):
    """The benchmark's own count, and in words what was wrong."""

    wrong: list[str] = field(default_factory=list)

    def look(self, text: str, gold: list[Span], got: list[Span]) -> None:
        self.add(gold, got)
        self.wrong += [f"missed {text[slice(*span)]!r} in {text!r}" for span in gold if coverage(span, got) < 0.5]
        self.wrong += [f"false {text[slice(*span)]!r} in {text!r}" for span in got if coverage(span, gold) < 0.5]


def type_of(finding: Finding) -> str:
    names = [name for name in TYPES if finding.rule == name or finding.rule.startswith(name + ".")]
    return TYPES[max(names, key=len)] if names else ""


@cache
def measured(half: str) -> tuple[dict[str, Told], dict[str, list[str]], Counter[str]]:
    """The tallies by type, the flagged clean lines by note, and how many clean lines each note has."""
    lines = [json.loads(line) for line in (SETS / f"entities.{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    tallies = {name: Told() for name in (*STRUCTURED, "PERSON", "ORG", "SECRET")}
    flagged: dict[str, list[str]] = {}
    clean: Counter[str] = Counter()
    for line in lines:
        text, spans = line["text"], line["spans"]
        found = scan_text(text)
        for name, tally in tallies.items():
            tally.look(text, [(s, e) for s, e, label in spans if label == name],
                       sorted({(f.start, f.end) for f in found if type_of(f) == name}))
        if not spans:
            clean[line["note"]] += 1
            wrong = [f"{f.rule}: {f.text!r} in {text!r}" for f in found if type_of(f)]
            if wrong:
                flagged.setdefault(line["note"], []).append("; ".join(wrong))
    print(f"\n{half}: {len(lines)} lines, {sum(clean.values())} of them clean")
    for name, tally in sorted(tallies.items()):
        if tally.gold or tally.flagged:
            print(f"  {name:11} gold {tally.gold:3}  P {tally.precision:.3f}  R {tally.recall:.3f}  F2 {tally.f2:.3f}")
    print("  clean lines flagged: " + ", ".join(f"{note} {len(flagged.get(note, []))}/{n}" for note, n in clean.items()))
    return tallies, flagged, clean


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(("name", "floor"), [("PERSON", 0.80), ("ORG", 0.75), ("SECRET", 0.85)])
def test_names_and_secrets_reach_their_floor(half: str, name: str, floor: float) -> None:
    tally = measured(half)[0][name]
    assert tally.f2 >= floor, "\n".join([f"F2 {tally.f2:.3f}", *tally.wrong])


@pytest.mark.parametrize("half", HALVES)
def test_what_a_validator_decides_is_found_and_nothing_else(half: str) -> None:
    tallies = measured(half)[0]
    gold, found = sum(tallies[n].gold for n in STRUCTURED), sum(tallies[n].found for n in STRUCTURED)
    flagged, right = sum(tallies[n].flagged for n in STRUCTURED), sum(tallies[n].right for n in STRUCTURED)
    wrong = [line for n in STRUCTURED for line in tallies[n].wrong]
    assert right / flagged >= 0.97 and found / gold >= 0.98, "\n".join(wrong)


@pytest.mark.parametrize("half", HALVES)
def test_clean_lines_stay_clean(half: str) -> None:
    _, flagged, clean = measured(half)
    headings = [note for note in clean if note in ("clean heading", "clean capitals")]
    wrong = [line for note in headings for line in flagged.get(note, [])]
    assert len(wrong) <= 0.05 * sum(clean[note] for note in headings), "\n".join(wrong)
    others = [line for note in clean if note not in headings for line in flagged.get(note, [])]
    assert len(others) <= 0.05 * sum(clean[note] for note in clean if note not in headings), "\n".join(others)
