"""Looks after the processes of `deckprism up`: starts them in order, starts one again that died, ends them together.

Each part is the leader of a session of its own, so that what it started goes with it, and reads a pipe of ours, so that
it goes when we are killed. A part that dies again and again is started with longer and longer pauses, at most
`LONGEST_PAUSE`. Prefect is not imported here.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

#: Seconds between two looks at the parts, and the most that one waits before it is started again.
LOOK_EVERY, LONGEST_PAUSE = 0.5, 20.0
#: Seconds that a part has to end by itself.
GRACE = 12.0
#: A part that ran for so many seconds had been started well: the next pause is short again.
_WELL = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """A process to be kept running: its name for people, its command, what it adds to the environment, its log."""

    name: str
    command: Sequence[str]
    log: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    #: Variables with these beginnings are not handed on.
    without: tuple[str, ...] = ()
    folder: Path | None = None
    #: Exit codes after which starting it again does not help: what it was given cannot be used.
    fatal: tuple[int, ...] = (2,)


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    pause: float = 1.0
    again_at: float = 0.0


class Parts:
    """`parts = Parts(told); parts.add(...); parts.look_after(stopped); parts.stop()`."""

    def __init__(self, told: Callable[[str], None] = lambda _line: None) -> None:
        """`told` is given one line for people when a part has died."""
        self._told = told
        self._running: list[_Running] = []
        #: The exit code of a part that cannot be started with what it was given.
        self.failed = 0

    def add(self, part: Part) -> None:
        """Start a part. Raises OSError when it cannot be started at all."""
        running = _Running(part)
        self._running.append(running)
        _start(running)

    def pid(self, name: str) -> int:
        """The process id of a part, 0 while it does not run."""
        for each in self._running:
            if each.part.name == name and each.process is not None and each.process.poll() is None:
                return each.process.pid
        return 0

    def look_after(self, stopped: threading.Event) -> None:
        """Start parts again that die, until `stopped`, or until one has `failed`."""
        while not self.failed and not stopped.wait(LOOK_EVERY):
            self.look()

    def look(self) -> None:
        """One look: note what died, and start it again when its pause is over."""
        now = time.monotonic()
        for each in self._running:
            if each.process is not None and each.process.poll() is not None:
                code = each.process.returncode
                _end_group(each.process)  # what it started is of no use without it
                _close(each.process)
                each.process = None
                if code in each.part.fatal:
                    self.failed = code
                    return
                if now - each.since > _WELL:
                    each.pause = 1.0
                each.again_at, each.pause = now + each.pause, min(2 * each.pause, LONGEST_PAUSE)
                how = f"signal {-code}" if code < 0 else f"code {code}"
                self._told(f"The {each.part.name} ended ({how}). It is started again.")
            if each.process is None and now >= each.again_at:
                with suppress(OSError):
                    _start(each)

    def stop(self) -> None:
        """End all parts, the last one first, each with time to put its things away; then make sure."""
        for each in reversed(self._running):
            process = each.process
            if process is None:
                continue
            with suppress(ProcessLookupError):
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
            _end_group(process)
            process.wait()
            _close(process)
            each.process = None


def _start(running: _Running) -> None:
    part = running.part
    kept = {name: value for name, value in os.environ.items() if not name.startswith(part.without or ("\0",))}
    log = part.log.open("ab") if part.log is not None else None
    try:
        running.process = subprocess.Popen(  # noqa: S603 our own interpreter and modules
            list(part.command), env={**kept, **part.environment}, cwd=part.folder, stdin=subprocess.PIPE,
            stdout=log if log is not None else None, stderr=log if log is not None else None, start_new_session=True)
    finally:
        if log is not None:
            log.close()
    running.since = time.monotonic()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
