"""What a batch costs at scale, in one run: throughput, two workers against one, Prefect's share, memory that stays flat.

    python -m benchmarks.batch [--decks 40] [--audio] [--seed 1] [--only direct|prefect] [--workers 1 2]

The same fresh decks (`benchmarks.many_decks`) go four times through warm workers: by `flows/workers.py` alone and as
`deckprism batch` (Prefect and its server), each with one worker and with two. CPU seconds are taken from /proc for
parent, workers and server apart. Beside two against one stands what two spinning processes did at that moment: on a
machine that others use, no program doubles. Ratios of one run mean something, seconds of two machines do not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.many_decks import make_deck, name_of
from benchmarks.processes import Watcher

ROOT = Path(__file__).resolve().parent.parent
CUSTOMERS = ROOT / "samples" / "customers.csv"
#: What DESIGN.md promises: CPU seconds a deck, Prefect's share, two workers against one, growth of memory.
EACH, SHARE, DOUBLE, FLAT = 3.0, 0.10, 1.8, 1.10
#: Fewer decks than this say nothing about memory: caches still fill.
ENOUGH = 300


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all decks: seconds of wall and CPU while decks were made, MB at its first and last tenth."""

    decks: int
    wall: float
    start_up: float
    worker: float
    parent: float
    server: float
    worker_mb: tuple[float, float]
    parent_mb: tuple[float, float]

    @property
    def cpu(self) -> float:
        """All of it."""
        return self.worker + self.parent + self.server


def main() -> int:
    """Measure and print; 1 when a budget does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decks", type=int, default=40)
    parser.add_argument("--audio", action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("direct", "prefect"), help="half of it")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return child(*given.child)
    with tempfile.TemporaryDirectory(prefix="dp-batch-") as name:
        folder = Path(name)
        decks = folder / "decks"
        decks.mkdir()
        for number in range(given.decks):
            make_deck(decks / name_of(number), number, given.seed)
        print(f"{given.decks} decks, audio {'on' if given.audio else 'off'}, {os.cpu_count()} cores, "
              f"load {os.getloadavg()[0]:.1f} at the start")
        runs: dict[tuple[str, int], Run] = {}
        spins: dict[int, float] = {}
        for count in given.workers:
            spins[count] = spin(count)
            for way in (given.only,) if given.only else ("direct", "prefect"):
                runs[way, count] = run = measure(folder, decks, way, count, given.audio)
                print(f"{way}, {count} worker(s): {run.wall:.0f} s, {run.cpu / run.decks:.2f} s CPU a deck", flush=True)
        return report(runs, spins)


def measure(folder: Path, decks: Path, way: str, count: int, audio: bool) -> Run:
    """Run one way in a process of its own and watch it."""
    out, data = folder / f"out-{way}-{count}", folder / f"data-{way}-{count}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "DECKPRISM_"))}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environment |= {"DECKPRISM_DATA": str(data), "PREFECT_HOME": str(data / "none"), "PYTHONPATH": path}
    command = [sys.executable, "-P", "-m", "benchmarks.batch", "--child", way, str(decks), str(out), str(count),
               str(int(audio))]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        with Watcher(process.pid) as watcher:
            marks = [time.monotonic() for line in process.stdout if line.strip() in ("start", "end")]
    if process.returncode or len(marks) != 2:
        raise SystemExit(f"{way} with {count} workers failed (exit {process.returncode})")
    made = len(list(out.glob("*/pack.json")))
    expected = len(list(decks.iterdir()))
    if made != expected:
        raise SystemExit(f"{way} with {count} workers: {made} packs of {expected} decks")
    shutil.rmtree(out)
    start, end = marks
    tenth = (end - start) / 10

    def memory(kind: str) -> tuple[float, float]:
        return watcher.memory(kind, start, start + tenth), watcher.memory(kind, end - tenth, end)

    return Run(made, end - start, start - begun, watcher.cpu(("worker", "reader"), start, end),
               watcher.cpu(("parent", "other"), start, end), watcher.cpu(("server",), start, end), memory("worker"),
               memory("parent"))


def child(way: str, decks: str, out: str, workers: str, audio: str) -> int:
    """The watched side: says `start` when the first deck is handed out, and `end` after the last."""
    files = sorted(Path(decks).iterdir())
    if way == "direct":
        asyncio.run(_direct(files, Path(out), int(workers), bool(int(audio))))
        return 0
    from flows.batch import BatchOptions, run_batch

    lines = _Marks()
    run_batch([Path(decks)], Path(out), BatchOptions(customers=CUSTOMERS, workers=int(workers), audio=bool(int(audio)),
                                                     compare=False), lines)
    return 0


async def _direct(files: list[Path], out: Path, count: int, audio: bool) -> None:
    from flows.case import Request
    from flows.workers import Workers

    async with Workers(count) as workers:
        lines = _Marks()
        lines.advance(0, len(files))
        done = 0

        async def one(file: Path) -> None:
            nonlocal done
            reply = await workers.build(Request(file, out, CUSTOMERS, audio=audio, memory=True))
            if reply.code:
                raise SystemExit(reply.reason)
            done += 1
            lines.advance(done, len(files))

        await asyncio.gather(*map(one, files))


class _Marks:
    """Progress that says when the work begins and ends."""

    def stage(self, name: str, seconds: float) -> None:
        """Nothing to tell."""

    def note(self, line: str) -> None:
        """A file that could not be used would make the run worthless."""
        print(line, file=sys.stderr)

    def advance(self, done: int, total: int) -> None:
        """The first and the last count."""
        if done in (0, total):
            print("start" if done == 0 else "end", flush=True)


def spin(count: int, seconds: float = 2.0) -> float:
    """How often `count` processes can count in that time, together."""
    with multiprocessing.get_context("fork").Pool(count) as pool:
        return float(sum(pool.map(_count, [seconds] * count, chunksize=1)))


def _count(seconds: float) -> int:
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        for _ in range(1000):
            number += 1
    return number


def report(runs: dict[tuple[str, int], Run], spins: dict[int, float]) -> int:
    """Print the table, the ratios and the budgets; 1 when one does not hold."""
    print(f"\n{'':<22}{'decks/min':>10}{'wall s':>8}{'start s':>8}{'CPU/deck':>9}{'workers':>9}{'parent':>8}{'server':>8}"
          f"{'worker MB':>14}{'parent MB':>14}")
    for (way, count), run in runs.items():
        each = [value / run.decks for value in (run.cpu, run.worker, run.parent, run.server)]
        name = f"{way}, {count} worker{'s' * (count > 1)}"
        print(f"{name:<22}{60 * run.decks / run.wall:>10.1f}{run.wall:>8.1f}"
              f"{run.start_up:>8.1f}{each[0]:>9.2f}{each[1]:>9.2f}{each[2]:>8.3f}{each[3]:>8.3f}"
              f"{run.worker_mb[0]:>7.0f} {run.worker_mb[1]:>6.0f}{run.parent_mb[0]:>7.0f} {run.parent_mb[1]:>6.0f}")
    print()
    held: list[bool] = []

    def budget(what: str, value: float, most: float, least: bool = False) -> None:
        good = value >= most if least else value <= most
        held.append(good)
        print(f"{'holds ' if good else 'BROKEN'}  {what}: {value:.2f} (budget {'at least' if least else 'at most'} {most:g})")

    for (way, count), run in runs.items():
        budget(f"CPU seconds a deck, {way}, {count} worker(s)", run.cpu / run.decks, EACH)
    for count in sorted({count for _, count in runs}):
        if ("prefect", count) in runs and ("direct", count) in runs:
            flow, bare = runs["prefect", count], runs["direct", count]
            extra = flow.parent + flow.server - bare.parent
            here, there = (1000 * each / flow.decks for each in (flow.parent - bare.parent, flow.server))
            print(f"        Prefect adds {here:.0f} ms CPU a deck in the command and {there:.0f} ms in its server; "
                  f"wall {flow.wall / bare.wall:.2f} of the same without")
            budget(f"Prefect's share of the CPU, {count} worker(s)", extra / flow.cpu, SHARE)
    for way in ("direct", "prefect"):
        if (way, 1) in runs and (way, 2) in runs:
            machine = spins[2] / spins[1]
            ratio = runs[way, 1].wall / runs[way, 2].wall
            print(f"        two spinning processes did {machine:.2f} times the work of one at that moment")
            budget(f"two workers against one, {way}", ratio, DOUBLE, least=True)
    for (way, count), run in runs.items():
        for kind, (first, last) in (("worker", run.worker_mb), ("parent", run.parent_mb)):
            if run.decks >= ENOUGH and first:
                budget(f"{kind} memory, last tenth against first, {way}, {count} worker(s)", last / first, FLAT)
    if all(run.decks < ENOUGH for run in runs.values()):
        print(f"        memory is judged from {ENOUGH} decks on: caches fill during the first hundred")
    print(json.dumps({"broken": held.count(False), "held": held.count(True)}))
    return int(not all(held))


if __name__ == "__main__":
    raise SystemExit(main())
