"""Runs a command as a process of its own and says what it cost: wall and CPU seconds, peak memory.

Children are counted in; figures come from the kernel (`wait4`), not from clocks inside the process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall and CPU time, and peak resident memory in MB of the largest single process."""

    wall: float
    cpu: float
    peak_mb: float
    code: int


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Cost:
    """Run once, its output thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; the worst exit code."""
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs),
                statistics.median(c.peak_mb for c in costs), max(c.code for c in costs))


def repeat(command: Sequence[str], times: int, environment: dict[str, str] | None = None) -> Cost:
    """The median of several runs, after one that warms the file cache and is not counted."""
    run(command, environment)
    return median([run(command, environment) for _ in range(times)])
