"""How good the risk scan is, beside presidio-analyzer, in one run: every figure with its target.

    python -m benchmarks.risk [--only PART ...] [--half held] [--seed 1] [--json FILE] [--decks FOLDER] [--background FILE]

Parts: identifiers, credentials, people, sentences, ambiguous, customers, redaction, load, speed. The lines come from
`risk_lines.yaml`, from the sets under tests/rules/sets and from the seed; `--half dev` takes those that may be looked at
while rules are mended. Columns: ours, Presidio with all its scores, Presidio
from .6; "-" where a scanner has nothing of the kind. Its environment is made under build/peers; without a package index its
columns stay empty.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import risk_customers, risk_load, risk_parts
from benchmarks.pipeline import CUSTOMERS, ROOT, SAMPLE, peers
from benchmarks.risk_cases import HALVES
from benchmarks.risk_measure import Figure, Found, label_of, met
from benchmarks.risk_peer import Peer

MARKS = ("<!-- figures -->", "<!-- end of figures -->")
PARTS = ("identifiers", "credentials", "people", "sentences", "ambiguous", "customers", "redaction", "load", "speed")


def ours(text: str, names: Sequence[str] = ()) -> list[Found]:
    """Our scanner. What was called less than likely still counts, as it does for whoever reviews."""
    from rules import scan_text

    return [Found(f.start, f.end, label_of(f.rule, f.category), f.confidence) for f in scan_text(text, names)]


def background(file: Path | None) -> str:
    """The text for false hits: a file, or what the samples and the documentation say, its code left out."""
    if file:
        return file.read_text(encoding="utf-8")
    texts = [risk_load.text_of(path) for path in sorted((ROOT / "samples").iterdir())
             if path.suffix in (".pptx", ".docx", ".pdf")]
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md"))):
        prose = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        texts.append(re.sub(r"^    .*$|`[^`\n]*`", "", prose, flags=re.MULTILINE))
    return "\n".join(texts)


def main() -> int:
    """Measure and print. The exit code is 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--half", choices=HALVES, default="held")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=100_000, help="customers on the list")
    parser.add_argument("--ordinary", type=int, default=300, help="customers named like a word of the background")
    parser.add_argument("--each", type=int, default=40, help="mentions of each spelling")
    parser.add_argument("--decks", type=Path, default=ROOT / "samples", help="folder for the load on the reviewer")
    parser.add_argument("--customers", type=Path, default=CUSTOMERS, help="customers for load and speed")
    parser.add_argument("--background", type=Path, help="text without customers, for false hits")
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "peers")
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    parser.add_argument("--docs", type=Path, help="put the table into this page, between its marks")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    args = parser.parse_args()
    python = None if args.no_peers else peers(args.peers)
    figures: list[Figure] = []
    with ExitStack() as stack:
        peer = stack.enter_context(Peer(python)) if python else None
        scans: risk_parts.Scans = (ours, peer.scan if peer else None, peer.sure if peer else None)
        print(f"loading: {risk_load.warm():.1f} CPU s\n\n{'':<58}{'ours':>9}{'Presidio':>10}{'>= .6':>9}   target")
        measured: dict[str, Callable[[], list[Figure]]] = {
            "identifiers": lambda: risk_parts.identifiers(scans, args.seed, args.half),
            "credentials": lambda: risk_parts.credentials(scans, args.seed, args.half),
            "people": lambda: risk_parts.people(scans, args.seed, args.half),
            "sentences": lambda: risk_parts.sentences(scans, args.half),
            "ambiguous": lambda: risk_parts.ambiguous(scans, args.half),
            "customers": lambda: risk_customers.listed(scans, args.seed, args.half, background(args.background),
                                                       args.size, args.each, args.ordinary),
            "redaction": lambda: risk_parts.redaction(scans, _clear),
            "load": lambda: _load(args.decks, args.customers),
            "speed": lambda: risk_load.speed(SAMPLE, args.customers, peer),
        }
        for part in args.only:
            rows = measured[part]()
            show(rows)
            figures += rows
    if args.docs:
        put_in(args.docs, figures)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    missed = [row for row in figures if met(row) is False]
    print(f"\n{sum(met(row) is True for row in figures)} targets reached, {len(missed)} missed"
          + "".join(f"\n  missed: {row['part']}: {row['name'].strip()}" for row in missed))
    return 1 if missed else 0


def show(figures: Sequence[Figure]) -> None:
    """Print one part of the table."""
    part = ""
    for row in figures:
        if row["part"] != part:
            part = row["part"]
            print(f"\n{part}")
        numbers = f"{_number(row['ours']):>9}{_number(row['peer']):>10}{_number(row['peer_sure']):>9}"
        print(f"  {row['name']:<56}{numbers}   {row['target']}{'   MISSED' if met(row) is False else ''}", flush=True)


def put_in(page: Path, figures: Sequence[Figure]) -> None:
    """Replace the table of a page, which stands between two comments."""
    rows = ["| | ours | Presidio | from .6 | target |", "|---|---:|---:|---:|---|"]
    part = ""
    for row in figures:
        if row["part"] != part:
            part = row["part"]
            rows.append(f"| **{part}** | | | | |")
        missed = " (missed)" if met(row) is False else ""
        numbers = " | ".join(_number(value) for value in (row["ours"], row["peer"], row["peer_sure"]))
        rows.append(f"| {row['name'].strip()} | {numbers} | {row['target']}{missed} |")
    head, _, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    _, found, tail = rest.partition(MARKS[1])
    if not found:
        raise SystemExit(f"{page.name} has no place for the table: {MARKS[0]} and {MARKS[1]}")
    page.write_text(f"{head}{MARKS[0]}\n" + "\n".join(rows) + f"\n{MARKS[1]}{tail}", encoding="utf-8")


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _clear(text: str, names: Sequence[str]) -> str:
    from rules import clear_text

    return clear_text(text, names)


def _load(folder: Path, customers: Path) -> list[Figure]:
    figures, each = risk_load.decks(folder, customers, "clean.pptx")
    for name, count, categories in each:
        print(f"    {name:<50}{count:>4}   {categories}")
    return figures


if __name__ == "__main__":
    raise SystemExit(main())
