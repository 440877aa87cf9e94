"""The process between Deckprism and a program that it runs: nothing of that program stays, whatever happens to us.

Called as a file by `child.run`: arguments are the folder to throw away ('' for none), seconds, bytes of the wish, and the
command. The wish stands on standard input and is handed on; after it, standard input is a pipe that nobody writes to: when
it closes, whoever called is gone, and with them goes the program and the folder with the copy of the deck. Imports nothing
but the standard library, so that it starts in a few hundredths of a second.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

_MEMORY = 4 << 30
_LATE, _NOT_STARTED, _FAILED = 3, 4, 5
_TRIES, _PAUSE = 20, 0.05


def main(folder: str, seconds: int, length: int, command: list[str]) -> int:
    """Run the command in a group of its own; 0 when it ended well, 3 when its time was up, 4 when it does not start, 5 when
    it ended otherwise."""
    wish = _read(length)
    _limit(seconds)
    try:
        process = subprocess.Popen(command, cwd=folder or None, stdin=subprocess.PIPE if wish else subprocess.DEVNULL,  # noqa: S603
                                   stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError:
        return _NOT_STARTED
    gone = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process, folder, gone), daemon=True)
    watcher.start()
    try:
        process.communicate(wish or None, timeout=seconds)
    except subprocess.TimeoutExpired:
        return _LATE
    finally:
        _end(process)
        if gone.is_set():
            watcher.join()  # it ends us when it has cleared away
    return 0 if process.returncode == 0 else _FAILED


def _read(length: int) -> bytes:
    """So many bytes of standard input, without taking a byte more of it into a buffer."""
    wish = b""
    while len(wish) < length and (more := os.read(0, length - len(wish))):
        wish += more
    return wish


def _watch(process: subprocess.Popen[bytes], folder: str, gone: threading.Event) -> None:
    """Wait for the caller to be gone, then leave nothing behind."""
    while os.read(0, 1):
        pass
    gone.set()
    _end(process)
    for _ in range(_TRIES if folder else 0):  # a dying process may still have written while the folder went
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            break
        time.sleep(_PAUSE)
    os._exit(1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, and wait until it is gone: the program that we started is only the first of it."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for _ in range(_TRIES):  # those that nobody buries stay in the group, so not for ever
            os.killpg(process.pid, signal.SIGKILL)
            time.sleep(_PAUSE)
    process.wait()


def _limit(seconds: int) -> None:
    """Limits on ourselves, which whatever we start inherits; where the system has them."""
    with contextlib.suppress(ImportError):
        import resource

        for which, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, 2 * seconds),
                            (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
