"""How much memory this process has held at most, whatever the one that started it held."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak_memory() -> float:
    """Peak resident memory of this process since its program began, in MB.

    `ru_maxrss` will not do on Linux: a child's begins with what its parent held when it was started (getrusage(2), kept
    over execve), so that a worker of a large process would seem too large after its first file. `VmHWM` begins anew.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 2**10
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
