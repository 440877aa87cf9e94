"""Runs what makes pictures and what reads them: LibreOffice, pdfium and Tesseract, each in a process of its own.

Every one of them has no network where the system can take it away, limits on time and memory, nothing of our environment
but what it needs, and a keeper (`child_keeper`) that ends it when its time is up and when its caller ends, also when the
caller is killed. Readers of documents have a server of their own (`host`), which is faster. Nothing here judges an answer.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

#: Seconds that the keeper has to end the program after its time is up, before the keeper itself is ended.
_GRACE = 10
_LATE = 3
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a program: what it wrote to standard output, whether it ended well, whether its time was up."""

    output: bytes = b""
    well: bool = False
    late: bool = False


def run(command: Sequence[str], seconds: int, *, wish: bytes = b"", most: int = 0, folder: Path | None = None,
        environment: Mapping[str, str] | None = None) -> Done:
    """Run a command for at most so many seconds with `wish` on its standard input.

    `most` is how many bytes of its output are taken: above that it is ended and did not end well, and with 0 the output
    goes nowhere. It works in `folder`, which is thrown away whole should the caller die first. Never raises for what the
    command does.
    """
    keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("child_keeper.py")), str(folder or ""), str(seconds),
              str(len(wish)), *alone(), *command]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, an installed program or a module of ours
            keeper, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE if most else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **(environment or {})})
    except OSError:
        return Done()
    with process:
        try:
            return _done(process, wish, most, time.monotonic() + seconds + _GRACE)
        finally:
            _end(process)


def run_module(module: str, arguments: Sequence[str], seconds: int, *, wish: bytes = b"", most: int = 0,
               environment: Mapping[str, str] | None = None) -> Done:
    """The same for a module of ours."""
    return run([sys.executable, "-P", "-m", module, *arguments], seconds, wish=wish, most=most,
               environment={"PYTHONPATH": str(_ROOT), **(environment or {})})


def _done(process: subprocess.Popen[bytes], wish: bytes, most: int, end: float) -> Done:
    assert process.stdin is not None
    output = b""
    with contextlib.suppress(OSError):  # a keeper that died is seen by its code
        process.stdin.write(wish)
        process.stdin.flush()  # and it stays open: that it closes tells the keeper that we are gone
    if process.stdout is not None:
        output, whole = _taken(process.stdout, most, end)
        if not whole:
            return Done(output, late=time.monotonic() >= end)
    try:
        code = process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        code = _LATE
    return Done(output, code == 0, code == _LATE)


def _taken(stream: IO[bytes], most: int, end: float) -> tuple[bytes, bool]:
    """What a pipe gives until it closes, and whether that was all of it, in time."""
    taken = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while selector.select(max(0.0, end - time.monotonic())):
            more = os.read(stream.fileno(), 1 << 16)
            if not more:
                return bytes(taken), True
            taken += more
            if len(taken) > most:
                break
    return bytes(taken[:most]), False


def _end(process: subprocess.Popen[bytes]) -> None:
    """See to it that nothing of it runs any more: the keeper ends what it runs, then itself."""
    if process.poll() is not None:
        return
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    process.kill()


@cache
def alone() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not allow that."""
    command = (shutil.which("unshare") or "", "--map-root-user", "--net", "--")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False) if command[0] else None  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done is not None and done.returncode == 0 else ()
