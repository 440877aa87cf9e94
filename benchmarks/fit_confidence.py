"""Makes rules/data/calibration.yaml: what each rule's confidence is worth, and how far off it was before and after.

    python -m benchmarks.fit_confidence            # fits on the development halves, writes, measures on the held ones
    python -m benchmarks.fit_confidence --check    # only measures

A find of a development line is right or wrong by what the line says of itself. For each rule with enough finds, and for each
category with the rest, the share of right finds is fitted as a rising function of the detector's own number: neighbours
are joined until there are enough of them and until the shares rise (pool adjacent violators: Ayer and others, An empirical
distribution function for sampling with incomplete information, 1955), each share with one right and one wrong find added
(Laplace), so that forty right of forty are not called certain. The expected calibration error is the mean distance between
confidence and share of right finds over ten bins, weighted by their finds (Naeini and others, AAAI 2015).

A share depends on how much of what is looked at is harmless: here the mix of the sets, about half, and the samples, in which
every risk was planted and a find of anything else counts as wrong. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.pipeline import ROOT
from benchmarks.risk_cases import Case, look_alikes, structured
from benchmarks.risk_customers import pieces
from benchmarks.risk_load import text_of
from benchmarks.risk_measure import STRUCTURED, coverage, label_of
from benchmarks.risk_names import customers, fragments, headings, mentions
from benchmarks.risk_parts import NAMED, SETS
from benchmarks.risk_secrets import harmless, secrets
from content.document import Document
from content.finding import Category
from content.settings import Settings
from language.fold import folded
from rules.allow import without_allowed
from rules.calibration import calibrated
from rules.catalogue import catalogue
from rules.customers import CustomerList, load_customers
from rules.detector import Hit
from rules.engine import document_of, hits_of, prepared
from rules.resolve import resolve

FILE = ROOT / "rules" / "data" / "calibration.yaml"
SEED = {"dev": 101, "held": 202}
#: So many finds give a rule a curve of its own, a category one for the rest of its rules, a point of a curve.
LEAST_RULE, LEAST_CATEGORY, LEAST_POINT = 25, 10, 10
#: Rules of this kind, whatever their category, share a curve: they add up weak signs in the same way.
WEIGHED = ".weighed"
#: Samples, by half.
NATURAL = {"dev": ("social-business.pptx", "paper.pdf", "article.docx"),
           "held": ("kennis-delen.pptx", "clean.pptx", "handbook.md")}
_OF_FILES = (Category.HIDDEN, Category.UNREAD, Category.QUALITY)
#: What a threshold means there: a customer from .5 on.
HOLDS = {"customer": 0.5}
_DUTCH = ("PERSON", "ORG", "SECRET", "EMAIL", "PHONE", "IBAN", "CARD", "BSN", "IP")
HEAD = """\
# The share of right finds by rule and confidence, on the development halves of the sets and of the benchmark's own lines.
# Made by `python -m benchmarks.fit_confidence`; do not edit. `points` are (the detector's number, share of right finds),
# `seen` the finds they come from, `holds` a threshold that keeps its meaning.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One find: its rule, the detector's own number, whether it was right."""

    rule: str
    raw: float
    right: bool


def standing(document: Document, customers: CustomerList) -> list[Hit]:
    """The hits that stand, with their detectors' own numbers."""
    known = catalogue()
    scan = prepared(document, customers, Settings(), known, names=True)
    return resolve(without_allowed(hits_of(scan), Settings(), known), known)


def finds(text: str, names: Sequence[str] = ()) -> list[tuple[str, str, float, int, int]]:
    """Rule, type, the detector's own number and span of each find of a text."""
    hits = standing(document_of(text), CustomerList.of(names) if names else CustomerList.empty())
    return [(hit.rule, label_of(hit.rule, catalogue().rule(hit.rule).category), round(hit.confidence, 3), hit.start, hit.end)
            for hit in hits]


def spotted(cases: Sequence[Case], labels: Sequence[str], names: Sequence[str] = ()) -> Iterator[Seen]:
    """The finds of some types in lines with known spans."""
    for case in cases:
        for rule, label, raw, start, end in finds(case.text, names):
            if label in labels:
                gold = [(left, right) for left, right, name in case.spans if name == label]
                # A connection string is marked as a whole; its password alone is the span that must be in it.
                least = 0.5 if label != "SECRET" else 1e-9
                yield Seen(rule, raw, coverage((start, end), gold) >= least)


def observed(half: str) -> list[Seen]:
    """Every find of a half, in a fixed order."""
    made: list[Seen] = []
    for path in sorted(SETS.glob(f"*/*.{half}.yaml")):
        category = path.stem.split(".")[0]
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        made += [Seen(rule, raw, key == "hit") for key in ("hit", "clean") for line in read[key]
                 for rule, label, raw, *_ in finds(line, NAMED if category == "reputation" else ()) if label == category]
    for path in sorted(SETS.glob(f"*/ambiguous.{half}.jsonl")):
        every = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        known = sorted({line["name"] for line in every})
        made += [Seen(rule, raw, bool(line["company"])) for line in every
                 for rule, label, raw, start, end in finds(line["text"], known)
                 if label == "CUSTOMER" and start < line["at"][1] and end > line["at"][0]]
    for path in sorted(SETS.glob(f"*/entities.{half}.jsonl")):
        every = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        cases = [Case(line["text"], tuple((start, end, label) for start, end, label in line["spans"])) for line in every]
        made += spotted(cases, _DUTCH)
    seed = SEED[half]
    made += spotted([*structured(seed, half, 20), *look_alikes(seed, half, 2)], STRUCTURED)
    made += spotted([*secrets(seed, half, 3), *harmless(half)], ("SECRET",))
    made += spotted([*fragments(seed, half, 60), *headings(half)], ("PERSON", "ORG"))
    return [*made, *_customers(seed, half), *_natural(half)]


def _customers(seed: int, half: str) -> Iterator[Seen]:
    """Mentions in all spellings, and text without customers whose own words are some of their names."""
    files = sorted((ROOT / "samples").glob("*.*x")) if half == "dev" else sorted(ROOT.glob("docs/adr/*.md"))
    text = "\n".join(text_of(path) if path.suffix != ".md" else path.read_text(encoding="utf-8") for path in files)
    names = customers(seed, 3000, text, ordinary=200)
    yield from spotted([Case(piece) for piece in pieces(text, 3000)], ("CUSTOMER",), names)
    yield from spotted(mentions(seed, half, names, 8), ("CUSTOMER",), names)


def _natural(half: str) -> Iterator[Seen]:
    """The finds of the samples: right when the risk was planted there; what was planted as something else is left out."""
    from extractors import extract

    folder = ROOT / "samples"
    planted: dict[str, list[dict[str, str]]] = json.loads((folder / "planted-others.json").read_text(encoding="utf-8"))
    planted["social-business.pptx"] = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    customers = load_customers(folder / "customers.csv")
    for name in NATURAL[half]:
        for hit in standing(extract(folder / name), customers):
            category = catalogue().rule(hit.rule).category
            if hit.block is None or category in _OF_FILES:
                continue
            text = folded(hit.block.text[hit.start:hit.end])
            there = {risk["category"] for risk in planted[name]
                     if text in folded(risk["text"]) or folded(risk["text"]) in text}
            if not there or category.value in there:
                yield Seen(hit.rule, round(hit.confidence, 3), bool(there))


def fitted(seen: Sequence[Seen], holds: float | None = None) -> list[list[float]]:
    """The points of a curve: the detector's lowest and highest number of each block, its share of right finds."""
    if holds is not None:
        below = fitted([one for one in seen if one.raw < holds])
        above = fitted([one for one in seen if one.raw >= holds])
        points = [[raw, min(share, holds - 0.01)] for raw, share in below]
        points += [[raw, max(share, holds)] for raw, share in above]
    else:
        blocks: list[list[Seen]] = []
        by_raw: dict[float, list[Seen]] = defaultdict(list)
        for one in seen:
            by_raw[one.raw].append(one)
        for raw in sorted(by_raw):
            if blocks and len(blocks[-1]) < LEAST_POINT:
                blocks[-1] = blocks[-1] + by_raw[raw]
            else:
                blocks.append(by_raw[raw])
            while len(blocks) > 1 and (_share(blocks[-2]) >= _share(blocks[-1]) and len(blocks[-1]) >= LEAST_POINT):
                blocks[-2:] = [blocks[-2] + blocks[-1]]
        if len(blocks) > 1 and (len(blocks[-1]) < LEAST_POINT or _share(blocks[-2]) >= _share(blocks[-1])):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
        ends = ((block, {min(one.raw for one in block), max(one.raw for one in block)}) for block in blocks)
        points = [[raw, _share(block)] for block, raws in ends for raw in sorted(raws)]
    highest = 0.0
    for point in points:
        highest = point[1] = round(max(highest, point[1]), 3)
    return points


def _share(block: Sequence[Seen]) -> float:
    return (sum(one.right for one in block) + 1) / (len(block) + 2)


def families(seen: Sequence[Seen]) -> list[dict[str, object]]:
    """The curves as they are written: a rule with enough finds has its own, the others of its category share one."""
    known = catalogue()
    counts = Counter(one.rule for one in seen)
    made: list[dict[str, object]] = []
    for category in sorted({known.rule(rule).category for rule in counts}):
        rules = [rule.id for rule in known.all if rule.category is category and not rule.id.endswith(WEIGHED)]
        alone = [rule for rule in rules if counts[rule] >= LEAST_RULE]
        rest = [rule for rule in rules if rule not in alone]
        all_of = [one for one in seen if one.rule in rules]
        for family, members in [(rule, [rule]) for rule in alone] + [(category.value, rest)]:
            own = [one for one in seen if one.rule in members]
            if len(own) < LEAST_CATEGORY:
                own = all_of
            if not members or len(own) < LEAST_CATEGORY:
                continue
            holds = HOLDS.get(category.value)
            made.append({"family": family, "seen": len(own), **({"holds": holds} if holds else {}),
                         "points": fitted(own, holds), "rules": members})
    weighed = [one for one in seen if one.rule.endswith(WEIGHED)]
    if len(weighed) >= LEAST_CATEGORY:
        made.append({"family": "weighed", "seen": len(weighed), "points": fitted(weighed),
                     "rules": [rule.id for rule in known.all if rule.id.endswith(WEIGHED)]})
    return made


def error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error of pairs of confidence and truth."""
    made: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        made[min(bins - 1, int(sure * bins))].append((sure, right))
    off = (abs(sum(sure for sure, _ in some) - sum(right for _, right in some)) for some in made.values())
    return sum(off) / max(1, len(pairs))


def report(seen: Sequence[Seen]) -> None:
    """Print the error before and after, and what each of the three words turned out to mean."""
    known = catalogue()
    groups: dict[str, list[Seen]] = {"all": list(seen)}
    for one in seen:
        groups.setdefault(known.rule(one.rule).category.value, []).append(one)
    print(f"{'':<16}{'finds':>7}{'right':>8}{'error before':>14}{'after':>8}")
    for name, some in groups.items():
        before = error([(one.raw, one.right) for one in some])
        after = error([(calibrated(one.rule, one.raw), one.right) for one in some])
        print(f"{name:<16}{len(some):>7}{sum(one.right for one in some) / len(some):>8.2f}{before:>14.3f}{after:>8.3f}")
    for word, low, high in (("sure", 0.8, 1.01), ("likely", 0.5, 0.8), ("possible", 0.0, 0.5)):
        some = [one for one in seen if low <= calibrated(one.rule, one.raw) < high]
        if some:
            print(f"{word:<9} ({low:g} and more): {sum(one.right for one in some)} of {len(some)} right")


def main() -> int:
    """Fit, write, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="measure the file as it is")
    parser.add_argument("--file", type=Path, default=FILE)
    args = parser.parse_args()
    if not args.check:
        body = yaml.safe_dump({"curves": families(observed("dev"))}, sort_keys=False, width=118, default_flow_style=None)
        args.file.write_text(HEAD + body, encoding="utf-8")
    report(observed("held"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
