"""Watches a command's processes from outside: CPU seconds and memory of its parent, workers and Prefect server apart.

Figures come from /proc (Linux). A worker's reader counts as the worker, the readers' short-lived children through the
reader that reaped them. It must not run inside what it measures.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
#: What a part of a command line says about a process; the first that fits counts.
_KINDS = ((b"flows.server_process", "server"), (b"extractors.host", "reader"), (b"flows.worker", "worker"),
          (b"resource_tracker", "other"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One process at one moment: CPU seconds so far and resident memory in MB."""

    kind: str
    cpu: float
    memory: float


@dataclass(slots=True)
class Watcher:
    """`with Watcher(pid) as watcher:` samples the process and all below it until the block ends."""

    root: int
    every: float = 0.25
    samples: list[tuple[float, dict[int, Seen]]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Watcher:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self.every):
            self.samples.append((time.monotonic(), look(self.root)))

    def cpu(self, kinds: Sequence[str], start: float, end: float) -> float:
        """CPU seconds that the processes of these kinds used between two moments, ended ones up to their last sample."""
        first: dict[int, float] = {}
        last: dict[int, float] = {}
        for at, seen in self.samples:
            for pid, one in seen.items():
                if one.kind in kinds:
                    if at <= start:
                        first[pid] = one.cpu
                    if at <= end + self.every:
                        last[pid] = one.cpu
        return sum(total - first.get(pid, 0.0) for pid, total in last.items())

    def memory(self, kind: str, start: float, end: float) -> float:
        """The mean memory in MB of one process of a kind between two moments; 0 when none was seen."""
        seen = [one.memory for at, each in self.samples if start <= at <= end for one in each.values() if one.kind == kind]
        return sum(seen) / len(seen) if seen else 0.0


def look(root: int) -> dict[int, Seen]:
    """The process and all below it, now."""
    stats: dict[int, tuple[int, list[str]]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        stats[int(place.name)] = (int(fields[1]), fields)
    inside = {root}
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in stats.items() if parent in inside} - inside
        inside |= more
        grown = bool(more)
    kinds = {pid: "parent" if pid == root else _kind(pid) for pid in inside if pid in stats}
    return {pid: Seen(kind, _cpu(stats[pid][1], kind == "reader"), int(stats[pid][1][21]) * _PAGE / 1e6)
            for pid, kind in kinds.items() if not (kind == "reader" and kinds.get(stats[pid][0]) == "reader")}


def _kind(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return "other"
    return next((kind for words, kind in _KINDS if words in command), "other")


def _cpu(fields: Sequence[str], with_children: bool) -> float:
    return sum(int(each) for each in fields[11:15 if with_children else 13]) / _TICK
