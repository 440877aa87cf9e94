"""Processes of a team end with whoever started them, however that one ended: no run goes on unseen, no child is left.

A run of a flow looks whether its parent is still there (the runner gives it no pipe of ours); a part of `deckprism up`
reads its standard input, which ends with its parent. Prefect is not imported here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

#: Set by prefect's runner in the process of a run.
_RUN = "PREFECT__FLOW_RUN_ID"
_LOOK_EVERY, _GRACE = 1.0, 8.0
_started = threading.Event()


def end_with_parent() -> None:
    """In the process of a run: end when the runner that started it is gone. Elsewhere nothing happens."""
    if os.environ.get(_RUN) and threading.current_thread() is threading.main_thread() and not _started.is_set():
        _started.set()
        threading.Thread(target=_watch_parent, args=(os.getppid(),), name="parent", daemon=True).start()


def end_with_input() -> None:
    """In a part of `deckprism up`: end when standard input does."""
    threading.Thread(target=_watch_input, name="parent", daemon=True).start()


def _watch_parent(parent: int) -> None:
    while not threading.Event().wait(_LOOK_EVERY):
        if os.getppid() != parent:
            _end()


def _watch_input() -> None:
    # Not through sys.stdin: its lock would be held when the interpreter ends, which it then complains about.
    while os.read(sys.__stdin__.fileno() if sys.__stdin__ else 0, 1024):
        pass
    _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


__all__ = ["end_with_input", "end_with_parent"]
