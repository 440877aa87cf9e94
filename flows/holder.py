"""Who holds a lease: a name that tells whether its process is still there.

The name is `host:pid:birth:random`. Of a process of another host nothing is known; its leases run out by themselves.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from secrets import token_hex


def holder() -> str:
    """A new name for a holder of this process."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{born(os.getpid())}:{token_hex(4)}"


def born(pid: int) -> str:
    """When a process started, so that another one with its number is not taken for it; '' where that is not told."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def here(host: str, pid: int) -> bool | None:
    """Whether a process of this machine is there; None for one of another host, of which nothing is known."""
    if host != socket.gethostname():
        return None
    return alive(pid)


def alive(pid: int) -> bool:
    """Whether a process of that number runs on this machine, whoever's it is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def gone(by: str) -> bool:
    """Whether a holder was a process of this machine that is not there any more."""
    host, _, rest = by.partition(":")
    pid, _, rest = rest.partition(":")
    if host != socket.gethostname()[:40] or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return born(int(pid)) != rest.partition(":")[0]
