"""Who is at work in a data folder: desks, workers and batches hold it together, a restore holds it alone.

A lock of the system, so it goes with its process however that ends. It tells of this machine only: of several machines on
one database each knows its own folder.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from content.errors import BadOutput, InputError

_LOCK = "in-use.lock"


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold a data folder beside others for the length of the block. Raises InputError while it is being restored."""
    with _opened(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            raise InputError(str(folder), "is being restored", "Wait until that is done, and start this again") from None
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a data folder for oneself. Raises InputError when somebody works in it."""
    with _opened(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError(str(folder), "is in use by a desk, a worker or a batch that runs",
                             "Stop it (Ctrl-C ends deckprism desk, up, batch and watch), and restore again") from None
        yield


def _opened(folder: Path) -> IO[str]:
    try:
        return (folder / _LOCK).open("a")
    except OSError as error:
        raise BadOutput(str(folder), f"cannot be written ({error.strerror})", "Check the rights, or make room") from None
