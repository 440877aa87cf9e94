"""The batch as a Prefect flow: one coarse task for each document, documents made in warm worker processes.

Prefect sees the ids of the batch and of its files, the states and the codes of failures. The rest is in our own store,
which is also what a batch resumes from. Tasks are not retried by Prefect: a file that cannot be read stays so, and
whether a lost worker is tried again is decided here, because the second loss puts the file aside.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from collections import deque
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed

from flows.case import Request
from flows.data import database_url
from flows.progress import Progress, quiet
from flows.server import NO_RESULTS
from flows.workers import WorkerLost, Workers
from store.batches import Item, Run, change, item, items, run
from store.database import open_database, reading, writing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from prefect.client.schemas.objects import State
    from sqlalchemy import Engine

#: A file that took this many workers with it is put aside.
TRIES = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a caller in the same process lends to the flow."""

    engine: Engine
    progress: Progress = quiet


@dataclass(frozen=True, slots=True)
class _Work:
    """What the tasks of one flow run share."""

    engine: Engine
    workers: Workers
    batch: Run


surroundings: ContextVar[Surroundings | None] = ContextVar("surroundings", default=None)
_work: ContextVar[_Work | None] = ContextVar("work", default=None)


@flow(name="batch", flow_run_name="batch-{batch_id}", persist_result=False, result_storage=NO_RESULTS,
      log_prints=False)
async def batch(batch_id: str) -> object:
    """Make the packs of all waiting files of a batch. Ends as PeopleMustLook when something is held or failed."""
    lent = surroundings.get()
    with ExitStack() as stack:
        if lent is None:
            lent = Surroundings(open_database(database_url()))
            stack.callback(lent.engine.dispose)
        with reading(lent.engine) as session:
            this = run(session, batch_id)
            waiting = deque(items(session, batch_id, "waiting"))
        count = min(len(waiting), int(json.loads(this.options)["workers"]) or os.cpu_count() or 1)
        stack.enter_context(_stoppable())
        async with Workers(count) as workers:
            _work.set(_Work(lent.engine, workers, this))
            looked_at = await _all(waiting, count, lent.progress)
    calm = all(state == "clear" for state in looked_at)
    return Completed(name="Completed" if calm else "PeopleMustLook", message=f"{len(looked_at)} documents")


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn SIGTERM into a cancellation, as the event loop does with Ctrl-C: everything unwinds in order.

    Prefect's own handler raises in whatever code happens to run, and some of that code swallows it.
    """
    this = asyncio.current_task()
    if this is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: loop.call_soon_threadsafe(this.cancel))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def _all(waiting: deque[Item], count: int, progress: Progress) -> list[str]:
    """Work through the queue with `count` runners; returns the state of each file."""
    total = len(waiting)
    states: list[str] = []

    async def runner() -> None:
        while waiting:
            following = waiting.popleft()
            state = await cast("Awaitable[State[str]]", document(following.id, return_state=True))
            if state.is_crashed():  # stopped from outside: prefect keeps that to itself when asked for a state
                raise asyncio.CancelledError
            done = _look(following.id)
            states.append(done.state)
            if done.state in {"failed", "quarantined"}:
                progress.note(done.reason)
            progress.advance(len(states), total)

    progress.advance(0, total)
    # No TaskGroup: it would wrap Ctrl-C and SIGTERM into an exception group that nobody above looks into.
    runners = [asyncio.create_task(runner()) for _ in range(count)]
    try:
        await asyncio.gather(*runners)
    finally:
        for each in runners:
            each.cancel()
        await asyncio.gather(*runners, return_exceptions=True)
    return states


@task(name="document", task_run_name="document-{item_id}", cache_policy=NO_CACHE, persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
async def document(item_id: str) -> object:
    """Make the pack of one file of a batch; its state in Prefect is Clear, Held or Failed with a code."""
    made = await _build(item_id)
    if made.state in {"failed", "quarantined"}:
        return Failed(name=made.state.capitalize(), message=made.code)
    return Completed(name=made.state.capitalize())


async def _build(item_id: str) -> Item:
    """Build, trying once more when the worker is lost, and write down what came of it."""
    work = _work.get()
    assert work is not None
    current = _save(replace(_look(item_id), state="running"))
    options = json.loads(work.batch.options)
    request = Request(file=Path(current.path), out=Path(work.batch.out), customers=_path(options["customers"]),
                      decisions=_path(options["decisions"]), settings=_path(options["settings"]),
                      audio=options["audio"], topics=options["topics"], rules=_path(options.get("rules")),
                      good_rules=options.get("good_rules", False), memory=True,
                      good_rows=options.get("good_rows", False),
                      on=date.fromisoformat(options["on"]) if options.get("on") else None,
                      writer=options.get("writer", ""))
    while True:
        try:
            reply = await work.workers.build(request)
            break
        except WorkerLost as lost:
            current = _save(replace(current, attempts=current.attempts + 1))
            if current.attempts >= TRIES:
                return _save(replace(current, state="quarantined", code=lost.code, reason=(
                    f"{request.file.name}: ended its worker {TRIES} times ({lost.detail}) and was put aside. "
                    "Open it and save it again, or leave it out.")))
    if reply.code:
        return _save(replace(current, state="failed", code=reply.code, reason=reply.reason, seconds=reply.seconds))
    if not await asyncio.to_thread(_made_of, Path(work.batch.out) / reply.folder, current.sha256):
        return _save(replace(current, state="failed", code="Changed", seconds=reply.seconds, reason=(
            f"{request.file.name}: changed while it was read. Run the same command again.")))
    return _save(replace(current, state=reply.status, pack_state=reply.status, folder=reply.folder,
                         figures=reply.figures, seconds=reply.seconds))


def _made_of(folder: Path, sha256: str) -> bool:
    """Whether the pack was made of the bytes that were planned for: a file may grow while it is read."""
    try:
        return bool(json.loads((folder / "pack.json").read_text(encoding="utf-8"))["source"]["sha256"] == sha256)
    except (OSError, ValueError, KeyError):
        return False


def _look(item_id: str) -> Item:
    work = _work.get()
    assert work is not None
    with reading(work.engine) as session:
        return item(session, item_id)


def _save(changed: Item) -> Item:
    work = _work.get()
    assert work is not None
    with writing(work.engine) as session:
        change(session, changed)
    return changed


def _path(value: str | None) -> Path | None:
    return Path(value) if value is not None else None
