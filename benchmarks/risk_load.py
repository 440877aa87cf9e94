"""What a scan of whole decks costs: the reviewer's groups, CPU seconds, memory. Nothing here knows what is in a deck."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from benchmarks.risk_measure import Figure
from benchmarks.risk_peer import SURE, Peer
from content.document import Document
from content.errors import DeckprismError
from content.finding import Category, Severity
from content.settings import Settings

_SUFFIXES = (".pptx", ".docx", ".pdf", ".md", ".odp")
#: A process of its own, so that nothing of the other parts is in its memory.
_ALONE = textwrap.dedent("""
    import json, sys, time
    from pathlib import Path
    from content.settings import Settings
    from extractors import extract
    from rules import load_customers, scan
    import rules.engine
    customers = load_customers(Path(sys.argv[2]))
    scan(rules.engine.document_of("Warming up with Jane Doe of Example Ltd."), customers, Settings())
    document = extract(Path(sys.argv[1]))
    started = time.process_time()
    scan(document, customers, Settings())
    # Not ru_maxrss: that of a child begins with what its parent had when it was started.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(json.dumps([time.process_time() - started, sum(len(b.text) for _, b in document.blocks()),
                      int(peak.split()[1]) / 1024]))
""")


def decks(folder: Path, customers: Path, clean: str) -> tuple[list[Figure], list[tuple[str, int, str]]]:
    """The reviewer's load over a folder, and a line for each file: name, groups at medium or above, the categories."""
    from extractors import extract
    from rules import load_customers, scan

    known, each = load_customers(customers), []
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES):
        try:
            document = extract(path)
        except DeckprismError as error:
            print(f"not read: {error}", file=sys.stderr)
            continue
        groups: dict[str, str] = {}
        for found in scan(document, known, Settings()):
            if found.severity.at_least(Severity.MEDIUM) and found.category is not Category.QUALITY:
                groups.setdefault(found.group, found.category.value)
        counts = {name: list(groups.values()).count(name) for name in sorted(set(groups.values()))}
        each.append((path.name, len(groups), ", ".join(f"{name} {count}" for name, count in counts.items())))
    numbers = [count for _, count, _ in each] or [0]
    part = f"load on the reviewer ({len(each)} files)"
    made = [Figure(part=part, name="groups at medium or above, median", ours=statistics.median(numbers), peer=None,
                   peer_sure=None, target="<= 8"),
            Figure(part=part, name="groups at medium or above, most", ours=max(numbers), peer=None, peer_sure=None,
                   target="")]
    made += [Figure(part=part, name=f"groups in {clean}", ours=count, peer=None, peer_sure=None, target="<= 0")
             for name, count, _ in each if name == clean]
    return made, each


def speed(deck: Path, customers: Path, peer: Peer | None) -> list[Figure]:
    """CPU seconds for 30,000 characters of a deck once everything is loaded, and peak memory of the process."""
    done = subprocess.run([sys.executable, "-c", _ALONE, str(deck), str(customers)], capture_output=True, text=True,
                          check=True)
    seconds, characters, memory = json.loads(done.stdout)
    theirs: tuple[float | None, float | None] = (None, None)
    false: tuple[float | None, float | None] = (None, None)
    if peer:
        text = text_of(deck)
        peer.scan("Warming up with Jane Doe of Example Ltd.")
        found = peer.scan(text)
        theirs = (peer.cpu * 30_000 / len(text), peer.peak)
        false = (len({text[f.start:f.end] for f in found}), len({text[f.start:f.end] for f in found if f.score >= SURE}))
    part = "speed and memory"
    return [Figure(part=part, name="CPU seconds for 30,000 characters of a deck", ours=seconds * 30_000 / characters,
                   peer=theirs[0], peer_sure=None, target="<= 3"),
            Figure(part=part, name="characters per CPU second", ours=characters / seconds,
                   peer=30_000 / theirs[0] if theirs[0] else None, peer_sure=None, target=""),
            Figure(part=part, name="peak memory, MB", ours=memory, peer=theirs[1], peer_sure=None, target="<= 400"),
            Figure(part=part, name="different things marked in that deck", ours=_marked(deck, customers), peer=false[0],
                   peer_sure=false[1], target="")]


def text_of(path: Path) -> str:
    """What a file says, block by block."""
    return "\n".join(block.text for _, block in _read(path).blocks())


def _marked(path: Path, customers: Path) -> float:
    from rules import load_customers, scan

    return len({found.group for found in scan(_read(path), load_customers(customers), Settings())})


def _read(path: Path) -> Document:
    from extractors import extract

    return extract(path)


def warm() -> float:
    """Load everything a scan needs; CPU seconds."""
    from rules import scan_text

    started = time.process_time()
    scan_text("Warming up with Jane Doe of Example Ltd.")
    return time.process_time() - started
