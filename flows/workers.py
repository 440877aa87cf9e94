"""A few warm worker processes for one event loop, each in a session of its own.

A worker that dies or takes too long hurts nobody but the file it had: it is replaced, and the caller is told. Workers
are replaced after a number of files, or when they have grown, so that memory stays flat over a night.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from flows.case import Request
from flows.children import builder_environment
from flows.worker import Reply, encode_request

#: Files after which a worker is replaced. Its libraries' caches fill for a hundred files (265 MB after the first, 365 after
#: 130, then flat): a fresh one costs 2 s of CPU and keeps a night as slim as its first minutes.
_FILES_EACH = 50
_MEMORY_EACH = 1500.0  # MB
#: Seconds for one file. A long deck with speech needs less than one minute; a slow machine ten times that.
LIMIT = 900.0


class WorkerLost(Exception):
    """The worker is gone and the file with it. `code` is `WorkerDied` or `TookTooLong`."""

    def __init__(self, code: str, detail: str) -> None:
        """`detail` says how it ended ("signal 9", "900 s")."""
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


class Workers:
    """`async with Workers(2) as workers: reply = await workers.build(request)`."""

    def __init__(self, count: int, limit: float = LIMIT, spares: list[Child] | None = None) -> None:
        """At most `count` files at the same time, each for at most `limit` seconds; `spares` are used up first."""
        self._count = count
        self._limit = limit
        self._spares = spares if spares is not None else []
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()

    async def __aenter__(self) -> Workers:
        """Start all workers at once, so that they load what they need side by side."""
        for _ in range(self._count):
            self._idle.put_nowait(await self._start())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: BaseException | None,
                        tb: TracebackType | None) -> None:
        """Stop all workers, idle or not."""
        await asyncio.shield(asyncio.gather(*(worker.stop() for worker in tuple(self._all))))
        self._all.clear()

    async def build(self, request: Request) -> Reply:
        """Make a pack in the next free worker. Raises WorkerLost when the worker dies or takes too long."""
        worker = await self._idle.get()
        if worker.process.poll() is not None:  # it was killed while it had nothing to do: no file's fault
            await self._replace(worker)
            worker = await self._idle.get()
        try:
            reply = await asyncio.wait_for(worker.ask(request), self._limit)
        except TimeoutError:
            await self._replace(worker)
            raise WorkerLost("TookTooLong", f"{self._limit:.0f} s") from None
        except WorkerLost:
            await self._replace(worker)
            raise
        if worker.files >= _FILES_EACH or reply.memory > _MEMORY_EACH:
            await self._replace(worker)
        else:
            self._idle.put_nowait(worker)
        return reply

    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        return tuple(sorted(worker.process.pid for worker in self._all))

    async def _start(self) -> _Worker:
        worker = _Worker(self._spares.pop() if self._spares else spawn())
        self._all.add(worker)
        await worker.attach()
        return worker

    async def _replace(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.stop()
        self._idle.put_nowait(await self._start())


#: A worker's process, which may have been started before there was an event loop.
Child = subprocess.Popen[bytes]


def spawn() -> Child:
    """Start a worker; it loads its libraries by itself and ends when its input does."""
    return subprocess.Popen([sys.executable, "-P", "-m", "flows.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, env=builder_environment(), start_new_session=True)


@contextmanager
def standing_by(count: int) -> Iterator[list[Child]]:
    """Workers that get ready while something else is waited for; those that nobody took are ended with the block."""
    spares: list[Child] = []
    try:
        for _ in range(count):
            spares.append(spawn())
        yield spares
    finally:
        for child in spares:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: Child) -> None:
        self.process = process
        self.files = 0

    async def attach(self) -> None:
        """Take the pipes into the running loop."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        loop = asyncio.get_running_loop()
        self._answers = asyncio.StreamReader(limit=1 << 22)
        self._reading, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(self._answers), self.process.stdout)
        self._requests, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, self.process.stdin)

    async def ask(self, request: Request) -> Reply:
        self._requests.write(encode_request(request))  # a line is far shorter than what a pipe holds
        try:
            line = await self._answers.readline()
        except (ConnectionError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            code = await self._ended()
            raise WorkerLost("WorkerDied", f"signal {-code}" if code < 0 else f"code {code}")
        self.files += 1
        return Reply(**json.loads(line))

    async def stop(self) -> None:
        """Close its input, give it a moment to clean up, then make sure of it and of its children."""
        self._requests.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), 2.0)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self._ended()
        self._reading.close()

    async def _ended(self) -> int:
        """Its exit code, when it has ended."""
        pause = 0.001
        while (code := self.process.poll()) is None:
            await asyncio.sleep(pause)
            pause = min(2 * pause, 0.05)
        return code
