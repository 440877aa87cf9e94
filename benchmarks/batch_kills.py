"""Kills a running batch again and again, and says what was lost or done twice: nothing may be.

`python -m benchmarks.batch_kills --files 60 --kills 200` is the long run; ten kills are part of the tests. Each kill is
-9 of the whole tree (command, workers, their parsers, and the Prefect server with `--own-server`) at a random moment
(`--seed`), then the same command is started again. At the end every file must have one whole pack, no file may have been
blamed for a kill, and the last start must have gone on within a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kills import ROOT, deck

#: A start that has not gone on after this many seconds has lost its way.
RESUMED = 60.0


@dataclass(frozen=True, slots=True)
class Result:
    """`remade` are packs that were made again, because the kill came between a pack and the note of it."""

    files: int
    kills: int
    seconds: float
    resumed: float
    remade: int
    wrong: tuple[str, ...]


def main() -> int:
    """Run and print one line of figures; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=12.0, help="seconds that a start lives at most")
    parser.add_argument("--own-server", action="store_true", help="let every start have a Prefect server, killed with it")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dp-batch-kills-"))
    os.environ["DECKPRISM_DATA"] = str(folder / "data")
    try:
        from flows.server import prefect_server

        with nullcontext() if given.own_server else prefect_server():
            result = run(folder, given.files, given.kills, random.Random(given.seed), given.workers, given.longest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{result.files} files, {result.kills} kills, {result.seconds:.0f} s; the last start went on after "
          f"{result.resumed:.1f} s; {result.remade} packs made again; wrong: {', '.join(result.wrong) or 'nothing'}")
    return 1 if result.wrong else 0


def run(folder: Path, files: int, kills: int, chance: random.Random, workers: int = 2, longest: float = 12.0) -> Result:
    """The whole of it. When all is done before the last kill, more files come in, so that every kill hits work."""
    started, inside, out = time.monotonic(), folder / "in", folder / "out"
    inside.mkdir()
    seen: dict[str, int] = {}
    remade = 0
    for number in range(files):
        (inside / f"talk-{number:03d}.pptx").write_bytes(deck(number))
    for _ in range(kills):
        if len(packs(out)) >= files:
            for _ in range(max(2, files // 10)):
                (inside / f"talk-{files:03d}.pptx").write_bytes(deck(files))
                files += 1
        process = start(inside, out, workers)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.05, longest))
        kill_tree(process)
        remade += again(out, seen)
    before = len(packs(out))
    process, begun, resumed = start(inside, out, workers), time.monotonic(), 0.0
    while process.poll() is None:
        if not resumed and len(packs(out)) > before:
            resumed = time.monotonic() - begun
        time.sleep(0.05)
    resumed = resumed or time.monotonic() - begun
    remade += again(out, seen)
    wrong = audit(out, files, process.returncode)
    if resumed > RESUMED:
        wrong.append(f"the last start went on after {resumed:.0f} s only")
    return Result(files, kills, time.monotonic() - started, resumed, remade, tuple(wrong))


def start(inside: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """The batch as people start it, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "desk.command", "batch", str(inside), "-o", str(out), "--no-audio", "--no-customers",
         "--workers", str(workers)], cwd=inside.parent, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """-9 for a process and everything it started, whatever session that is in; all are stopped before the first dies."""
    tree = descendants(process.pid)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in tree:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
    process.wait()


def descendants(root: int) -> list[int]:
    """The process and all below it, parents first."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(place.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def packs(out: Path) -> list[Path]:
    """The packs that lie there under their names."""
    return [account.parent for account in out.glob("[!.]*/pack.json")]


def again(out: Path, seen: dict[str, int]) -> int:
    """How many packs are newer than when they were seen last; they are seen now."""
    found = {pack.name: (pack / "pack.json").stat().st_mtime_ns for pack in packs(out)}
    count = sum(seen.get(name, when) != when for name, when in found.items())
    seen |= found
    return count


def audit(out: Path, files: int, code: int) -> list[str]:
    """What is not as it should be after the last start."""
    from flows.batch_plan import pack_in_place
    from flows.data import database_url
    from store.batches import items
    from store.database import open_database, reading

    wrong: list[str] = []
    if code not in {0, 1}:
        wrong.append(f"the last start ended with code {code}")
    made = Counter(json.loads((pack / "pack.json").read_text())["source"]["sha256"] for pack in packs(out))
    if sum(made.values()) != files:
        wrong.append(f"{sum(made.values())} packs of {files} files")
    if twice := sum(count > 1 for count in made.values()):
        wrong.append(f"{twice} files have two packs")
    engine = open_database(database_url())
    with reading(engine) as session:
        batches = [str(row[0]) for row in session.connection().exec_driver_sql(
            "SELECT id FROM batches ORDER BY started_at, id")]
        every = [each for batch in batches for each in items(session, batch)]
        last = items(session, batches[-1])
    engine.dispose()
    if blamed := [each.code for each in every if each.state in {"failed", "quarantined"}]:
        wrong.append(f"{len(blamed)} files were blamed ({', '.join(sorted(set(blamed)))})")
    if open_ones := [each for each in last if each.state not in {"clear", "held", "skipped"}]:
        wrong.append(f"{len(open_ones)} files have no end")
    if broken := [each for each in last if not pack_in_place(out / each.folder, each.sha256)]:
        wrong.append(f"{len(broken)} packs are not whole")
    summary = json.loads((out / "summary.json").read_text())
    if not summary["finished"] or len(summary["files"]) != files:
        wrong.append("the summary does not tell of all files")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
