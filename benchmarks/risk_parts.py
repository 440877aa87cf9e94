"""The parts of the risk benchmark that are lines with known answers: each gives the rows of its table.

`scans` holds three scanners: ours, Presidio with all its scores, Presidio from .6; the last two are None when Presidio could
not be installed. A figure is None where a scanner has nothing of the kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from benchmarks.risk_cases import Case, lines, look_alikes, structured
from benchmarks.risk_measure import STRUCTURED, Figure, Scan, coverage, f2, flagged, tallied
from benchmarks.risk_names import fragments, headings
from benchmarks.risk_redaction import forms, names
from benchmarks.risk_secrets import PROSE, harmless, secrets

Scans = tuple[Scan, Scan | None, Scan | None]
SETS = Path(__file__).resolve().parent.parent / "tests" / "rules" / "sets"
#: Whom the sentences of the sets speak of.
NAMED = ("Kerwick Foods",)
SURE = 0.5


def rows(part: str, scans: Scans, measure: Callable[[Scan], dict[str, tuple[float, str]]], *,
         peers: bool = True) -> list[Figure]:
    """The figures of each scanner side by side. `measure` gives name -> (figure, target)."""
    ours = measure(scans[0])
    peer, sure = ((measure(scan) if scan and peers else {}) for scan in scans[1:])
    return [Figure(part=part, name=name, ours=value, target=target, peer=peer[name][0] if name in peer else None,
                   peer_sure=sure[name][0] if name in sure else None) for name, (value, target) in ours.items()]


def identifiers(scans: Scans, seed: int, half: str) -> list[Figure]:
    """Contacts and identifiers with real check digits; look-alikes."""
    cases, alike = structured(seed, half), look_alikes(seed, half)

    def measure(scan: Scan) -> dict[str, tuple[float, str]]:
        tallies = tallied(scan, cases, STRUCTURED)
        made: dict[str, tuple[float, str]] = {}
        for name, tally in tallies.items():
            made[f"{name} precision"] = (tally.precision, ">= 0.97")
            made[f"{name} recall"] = (tally.recall, ">= 0.98" if name != "PHONE" else ">= 0.95")
        made[f"look-alikes flagged of 30 ({len(alike)} lines)"] = (30 * flagged(scan, alike, STRUCTURED) / len(alike), "<= 1")
        return made

    made = rows("identifiers", scans, measure)
    # Presidio has no recogniser of these in its default set.
    return [row if not row["name"].startswith("BSN") else Figure(**{**row, "peer": None, "peer_sure": None}) for row in made]


def credentials(scans: Scans, seed: int, half: str) -> list[Figure]:
    """Tokens, keys, connection strings, passwords in prose; lines that only speak of them."""
    cases, clean = secrets(seed, half), harmless(half)

    def caught(scan: Scan, case: Case) -> bool:
        start, end, _ = case.spans[0]
        middle = (start + end) // 2
        return coverage((middle, end), [(f.start, f.end) for f in scan(case.text, ()) if f.label == "SECRET"]) >= 0.5

    def measure(scan: Scan) -> dict[str, tuple[float, str]]:
        prose = [case for case in cases if case.kind in PROSE]
        kinds = len({case.kind for case in cases})
        return {f"recall, {kinds} kinds": (sum(caught(scan, c) for c in cases) / len(cases), ">= 0.95"),
                "prose passwords of 8": (8 * sum(caught(scan, c) for c in prose) / len(prose), ">= 7"),
                f"harmless lines flagged of 40 ({len(clean)} lines)":
                    (40 * flagged(scan, clean, ("SECRET",)) / len(clean), "<= 1")}

    return rows("credentials", scans, measure, peers=False)


def people(scans: Scans, seed: int, half: str) -> list[Figure]:
    """Persons and organisations on fragments, as typed and in capitals; clean headings."""
    cases, clean = fragments(seed, half), headings(half)

    def measure(scan: Scan) -> dict[str, tuple[float, str]]:
        made: dict[str, tuple[float, str]] = {}
        for kind in ("typed", "capitals"):
            tallies = tallied(scan, [case for case in cases if case.kind == kind], ("PERSON", "ORG"))
            for name, tally in tallies.items():
                bound = {"PERSON": ">= 0.85", "ORG": ">= 0.8"}[name] if kind == "typed" else ""
                made[f"{name} F2, {kind}"] = (tally.f2, bound)
                made[f"{name} recall, {kind}"] = (tally.recall, ">= 0.8" if (kind, name) == ("capitals", "PERSON") else "")
            share = [case for case in clean if case.kind == kind]
            made[f"clean headings flagged, {kind}"] = (flagged(scan, share, ("PERSON", "ORG")) / len(share), "<= 0.05")
        return made

    return rows("people and organisations", scans, measure)


def sentences(scans: Scans, half: str) -> list[Figure]:
    """What a sentence says: marks, figures, promises, private things, reputation, injected instructions."""
    made: list[Figure] = []
    for path in sorted(SETS.glob(f"*/*.{half}.yaml")):
        category = path.stem.split(".")[0]
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        known = NAMED if category == "reputation" else ()
        right, false = (sum(any(f.label == category for f in scans[0](line, known)) for line in read[key])
                        for key in ("hit", "clean"))
        precision, recall = right / max(1, right + false), right / len(read["hit"])
        name = f"{category} ({path.parent.name}, {len(read['hit']) + len(read['clean'])} lines)"
        values = ((" precision", precision, ">= 0.7"), (" recall", recall, ">= 0.85")) if category == "reputation" else (
            (" F2", f2(precision, recall), ">= 0.8"),)
        made += [Figure(part="sentences", name=name + what, ours=value, peer=None, peer_sure=None, target=target)
                 for what, value, target in values]
    mixed = [line.replace("{}", NAMED[0]) for line in lines()["mixed"][half]]
    found = sum(any(f.label == "reputation" for f in scans[0](line, NAMED)) for line in mixed)
    made.append(Figure(part="sentences", name=f"mixed praise and blame of 4 ({len(mixed)} lines)",
                       ours=4 * found / len(mixed), peer=None, peer_sure=None, target=">= 3"))
    return made


def ambiguous(scans: Scans, half: str) -> list[Figure]:
    """Customers named like ordinary words. Presidio has no list to weigh: its organisations count."""
    made: list[Figure] = []
    for language in ("en", "nl"):
        every = [json.loads(line) for line in (SETS / language / f"ambiguous.{half}.jsonl").read_text("utf-8").splitlines()]
        known = sorted({line["name"] for line in every})

        def measure(scan: Scan, every: list[dict[str, object]] = every, known: Sequence[str] = known,
                    language: str = language) -> dict[str, tuple[float, str]]:
            ours = scan is scans[0]
            right = 0
            for line in every:
                start, end = line["at"]  # type: ignore[misc]
                over = [f for f in scan(str(line["text"]), known if ours else ()) if f.start < end and f.end > start]
                said = any(f.score >= SURE if ours else True for f in over if f.label == ("CUSTOMER" if ours else "ORG"))
                right += said == line["company"]
            return {f"accuracy ({language}, {len(every)} lines)": (right / len(every), ">= 0.9")}

        made += rows("ambiguous names", scans, measure, peers=language == "en")
    return made


def redaction(scans: Scans, clear: Callable[[str, Sequence[str]], str]) -> list[Figure]:
    """Spellings of one customer that are left after clearing. Presidio's findings are masked, its deny list is ours."""

    def measure(scan: Scan) -> dict[str, tuple[float, str]]:
        made = {}
        for label, every in (("full name known", False), ("all columns known", True)):
            known = names(all_columns=every)
            left = [form for text, form in forms() if form in (
                clear(text, known) if scan is scans[0] else _masked(text, scan, known))]
            made[f"leaks of {len(forms())}, {label}"] = (float(len(left)), "<= 0" if every else "")
        return made

    return rows("redaction", scans, measure)


def _masked(text: str, scan: Scan, known: Sequence[str]) -> str:
    hidden = {place for found in scan(text, known) for place in range(found.start, found.end)}
    return "".join("•" if place in hidden else char for place, char in enumerate(text))
