"""A few warm worker processes for one event loop, each in a session of its own.

A worker that dies or takes too long hurts nobody but the file it had: it is replaced, and the caller is told. Workers
are replaced after a number of files, or when they have grown, so that memory stays flat over a night.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from flows.case import Request
from flows.worker import Reply, encode_request

_PROJECT = Path(__file__).resolve().parent.parent
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

    def __init__(self, count: int, limit: float = LIMIT) -> None:
        """At most `count` files at the same time, each for at most `limit` seconds."""
        self._count = count
        self._limit = limit
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
        if worker.process.returncode is not None:  # it was killed while it had nothing to do: no file's fault
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
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        # One thread each: workers share the cores between them, libraries must not.
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH", ""))))
        environment = {**kept, **threads, "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": path}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "flows.worker", stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment,
            start_new_session=True, limit=1 << 22)
        worker = _Worker(process)
        self._all.add(worker)
        return worker

    async def _replace(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.stop()
        self._idle.put_nowait(await self._start())


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.files = 0

    async def ask(self, request: Request) -> Reply:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(encode_request(request))
            await self.process.stdin.drain()
            line = await self.process.stdout.readline()
        except (ConnectionError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            code = await self.process.wait()
            raise WorkerLost("WorkerDied", f"signal {-code}" if code < 0 else f"code {code}")
        self.files += 1
        return Reply(**json.loads(line))

    async def stop(self) -> None:
        """Close its input, give it a moment to clean up, then make sure of it and of its children."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), 2.0)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
