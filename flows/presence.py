"""Who is at work in a data folder: desks, workers and batches hold it together, a restore holds it alone.

A lock of the system, so it goes with its process however that ends. It tells of this machine only: of several machines on
one database each knows its own folder.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content.errors import BadOutput, DeckprismError, InputError

_LOCK = "in-use.lock"


@contextmanager
def locked(file: Path, refused: DeckprismError, *, shared: bool = False) -> Iterator[None]:
    """Hold a file's lock for the length of the block, alone or beside others that share it.

    Raises `refused` when somebody else holds it, BadOutput when the file cannot be opened.
    """
    try:
        lock = file.open("a")
    except OSError as error:
        raise BadOutput(str(file.parent), f"cannot be written ({error.strerror})", "Check the rights, or make room") from None
    with lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            raise refused from None
        yield


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold a data folder beside others for the length of the block. Raises InputError while it is being restored."""
    refused = InputError(str(folder), "is being restored", "Wait until that is done, and start this again")
    with locked(folder / _LOCK, refused, shared=True):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a data folder for oneself. Raises InputError when somebody works in it."""
    refused = InputError(str(folder), "is in use by a desk, a worker or a batch that runs",
                         "Stop it (Ctrl-C ends deckprism desk, up, batch and watch), and restore again")
    with locked(folder / _LOCK, refused):
        yield
