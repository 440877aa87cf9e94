"""What SIGTERM does: what Ctrl-C does, to a command or to a flow run, so that a service manager loses nothing either.

Prefect's own handler raises in whatever code happens to run, and some of that code swallows it: measured right after a
lease was taken, the run went on until it was killed. So a run turns SIGTERM into a cancellation: everything unwinds in
order, the work is given back and the server is told.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt at SIGTERM for the length of the block; threads other than the main one cannot be asked."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def stoppable() -> Iterator[None]:
    """Cancel the task that this is entered in, at the first SIGTERM; the next ones change nothing."""
    import asyncio

    this = asyncio.current_task()
    if this is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    told = False

    def tell(_number: int, _frame: object) -> None:
        nonlocal told
        if not told:
            told = True
            loop.call_soon_threadsafe(this.cancel)

    before = signal.signal(signal.SIGTERM, tell)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
