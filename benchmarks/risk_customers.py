"""A list of 100,000 customers: every spelling of their names, false hits in text without them, time and memory.

Presidio cannot hold a list of this size (its deny list is one regular expression); it is given none, and whatever it marks
over a mention counts for it, on a part of the same lines.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.risk_cases import Case
from benchmarks.risk_measure import Figure, Scan, coverage
from benchmarks.risk_names import customers, mentions, short_mentions
from benchmarks.risk_parts import SURE, Scans
from rules.customers import CustomerList, find_customers

PIECE = 30_000
_PEER_LINES = 240


def memory_mb() -> float:
    """Resident memory of this process now, in MB; the peak so far where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pieces(text: str, size: int = PIECE) -> list[str]:
    """Cut at line ends into documents of about so many characters."""
    made, part, length = [], [], 0
    for line in text.splitlines(keepends=True):
        if part and length + len(line) > size:
            made.append("".join(part))
            part, length = [], 0
        part.append(line)
        length += len(line)
    return [*made, "".join(part)] if part else made


def _caught(found: Sequence[tuple[int, int]], case: Case) -> bool:
    start, end, _ = case.spans[0]
    return coverage((start, end), found) >= 0.6


def _share(scan: Scan, cases: Sequence[Case], names: Sequence[str], *, ours: bool) -> dict[str, tuple[int, int]]:
    """Kind -> mentions, and how many of them are covered for 60 % or more."""
    made: dict[str, tuple[int, int]] = {}
    for case in cases:
        spans = [(f.start, f.end) for f in scan(case.text, names) if not ours or f.label == "CUSTOMER"]
        count, hit = made.get(case.kind, (0, 0))
        made[case.kind] = (count + 1, hit + _caught(spans, case))
    return made


def listed(scans: Scans, seed: int, half: str, background: str, size: int, each: int,
           ordinary: int) -> list[Figure]:
    """The part about the list of customers. `background` is text without any of the names."""
    names = customers(seed, size, background, ordinary)
    texts, megabytes = pieces(background), len(background.encode()) / 1e6
    before, clock = memory_mb(), time.process_time
    scans[0](texts[0], ())
    started = clock()
    scans[0](texts[0], names)
    first, memory = clock() - started, memory_mb() - before
    started = clock()
    scans[0](texts[0], names)
    # What is made at the first use of a list counts as building it.
    build = first - (clock() - started)
    listed_names = CustomerList.of(names)
    started = clock()
    for text in texts:
        find_customers([text], listed_names)
    alone = megabytes / max(1e-9, clock() - started)
    started = clock()
    false = sum(f.label == "CUSTOMER" and f.score >= SURE for text in texts for f in scans[0](text, names))
    whole = megabytes / max(1e-9, clock() - started)

    cases, short = mentions(seed, half, names, each), short_mentions(seed, half, names, each)
    ours = _share(scans[0], cases, names, ours=True) | _share(scans[0], short, names, ours=True)
    theirs = [_share(scan, cases[:_PEER_LINES], (), ours=False) if scan else {} for scan in scans[1:]]

    def row(name: str, value: float, target: str = "", peer: float | None = None, sure: float | None = None) -> Figure:
        return Figure(part=f"customers ({size:,} names)", name=name, ours=value, peer=peer, peer_sure=sure, target=target)

    def total(shares: dict[str, tuple[int, int]]) -> float | None:
        some = [share for kind, share in shares.items() if "after the name" not in kind]
        return sum(hit for _, hit in some) / sum(count for count, _ in some) if some else None

    made = [row("recall, all spellings", total(ours) or 0.0, ">= 0.97", total(theirs[0]), total(theirs[1]))]
    for kind in sorted(ours):
        share = [each[kind][1] / each[kind][0] if kind in each else None for each in (ours, *theirs)]
        made.append(row(f"  {kind}", share[0] or 0.0, ">= 0.8" if "after the name" in kind else "", share[1], share[2]))
    return [*made, row(f"false hits per MB ({megabytes:.2f} MB)", false / megabytes, "<= 20"),
            row("build, CPU seconds", build, "<= 5"), row("MB per CPU second, the list alone", alone, ">= 1"),
            row("MB per CPU second, all rules and the list", whole),
            row("memory of the list, MB", memory, "<= 200")]
