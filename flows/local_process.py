"""The desk's end of its child: started once, asked again and again, killed when it takes too long or is not wanted.

A child that dies harms nobody but the file it had. It lies in a session of its own, so that its children go with it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict

from flows.children import builder_environment
from flows.local_child import Ask, Made

_TICK = 0.25
_ASKS_EACH = 400
_MEMORY_EACH = 1500.0  # MB


class ChildLost(Exception):
    """The child is gone, and what it was asked is not done. `code` is WorkerDied, TookTooLong or Stopped."""

    def __init__(self, code: str, detail: str = "") -> None:
        """`detail` says how it ended ("signal 9", "900 s")."""
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}" if detail else code)


class Child:
    """One process and its two pipes. `ask` is for one thread; `kill` may be called from any."""

    def __init__(self, limit: float) -> None:
        """`limit` is the seconds that one ask may take."""
        self._limit = limit
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._rest = b""
        self._asks = 0

    @property
    def pid(self) -> int:
        """The process id, 0 when there is no child."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else 0

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, where it does not run, so that it loads what it needs while there is nothing to do."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return self._process
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "flows.local_child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True, bufsize=0,
                env=builder_environment())
            self._rest, self._asks = b"", 0
            return self._process

    def ask(self, ask: Ask, told: Callable[[dict[str, object]], None], unwanted: Callable[[], bool]) -> Made:
        """Have stages run. `told` is given each event; when `unwanted` says so the child is killed.

        Raises ChildLost when it dies, takes longer than the limit, or is not wanted any more.
        """
        process = self.start()
        end = time.monotonic() + self._limit
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(asdict(ask)).encode() + b"\n")
            while True:
                event = self._next(process, end, unwanted)
                if "done" in event:
                    break
                told(event)
        except (OSError, ValueError):
            self.kill()
            raise _gone(process, unwanted) from None
        except BaseException:  # whatever it was, what the child still says is no answer to the next ask
            self.kill()
            raise
        given = event["done"]
        assert isinstance(given, dict)
        made = Made(**{**given, "open": tuple(given["open"])})
        self._asks += 1
        if self._asks >= _ASKS_EACH or made.memory > _MEMORY_EACH:
            self.kill()
        return made

    def kill(self) -> None:
        """End it and its children at once."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()

    def _next(self, process: subprocess.Popen[bytes], end: float, unwanted: Callable[[], bool]) -> dict[str, object]:
        """The next event, looked for every quarter of a second."""
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._rest:
                if unwanted():
                    raise ChildLost("Stopped")
                if time.monotonic() > end:
                    raise ChildLost("TookTooLong", f"{self._limit:.0f} s")
                if not selector.select(_TICK):
                    continue
                piece = os.read(process.stdout.fileno(), 1 << 16)
                if not piece:
                    raise _gone(process, unwanted)
                self._rest += piece
        row, _, self._rest = self._rest.partition(b"\n")
        found = json.loads(row)
        assert isinstance(found, dict)
        return found


def _gone(process: subprocess.Popen[bytes], unwanted: Callable[[], bool]) -> ChildLost:
    """Why the line ended: a child that whoever stops the work has killed did not die of its document."""
    return ChildLost("Stopped") if unwanted() else ChildLost("WorkerDied", _how(process))


def _how(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "it closed its line"
    return f"signal {-code}" if code < 0 else f"code {code}"
