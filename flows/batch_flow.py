"""The batch as a Prefect flow: one coarse task for each document, documents made in warm worker processes.

Prefect sees the ids of the batch and of its files, the states and the codes of failures. The rest is in our own store,
which is also what a batch resumes from. Tasks are not retried by Prefect: a file that cannot be read stays so, and
whether a lost worker is tried again is decided here, because the second loss puts the file aside.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed

from content.settings import load_settings
from flows import logs
from flows.batch_plan import in_turn, places
from flows.case import Request
from flows.data import database_url
from flows.progress import Progress, quiet
from flows.server import NO_RESULTS
from flows.stopping import stoppable
from flows.workers import Child, WorkerLost, Workers
from store.batches import Item, Run, change, item, items, run
from store.database import open_database, reading, writing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from prefect.client.schemas.objects import State
    from sqlalchemy import Engine

#: A file that took this many workers with it is put aside.
TRIES = 2
#: The code of a reply that says that the disk is full: no fault of the file, and no reason to go on.
NO_ROOM = "NoRoom"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a caller in the same process lends to the flow."""

    engine: Engine
    progress: Progress = quiet
    #: Set when every file has its end; what comes after that is for Prefect alone.
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    #: Workers that are getting ready already.
    spares: list[Child] = field(default_factory=list)


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
    return await _whole(batch_id)  # apart, because Dask takes the flow along by value, and what it names with it


async def _whole(batch_id: str) -> State[None]:
    lent = surroundings.get()
    with ExitStack() as stack:
        if lent is None:
            lent = Surroundings(open_database(database_url()))
            stack.callback(lent.engine.dispose)
        with reading(lent.engine) as session:
            this = run(session, batch_id)
            found = items(session, batch_id, "waiting")
        options = json.loads(this.options)
        count = places(this, len(found))
        stack.enter_context(stoppable())
        scale = load_settings(_path(options["settings"])).scale
        if scale.runner == "dask":
            from flows.dask_runner import on_cluster

            _work.set(_Work(lent.engine, Workers(0), this))
            with on_cluster(scale, batch_id, this.out) as cluster:
                waiting = deque(in_turn(found, cluster.places))
                looked_at = await _all(waiting, min(len(waiting), cluster.places), lent.progress, cluster.make)
        else:
            waiting = deque(in_turn(found, count))
            async with Workers(count, spares=lent.spares) as workers:
                _work.set(_Work(lent.engine, workers, this))
                looked_at = await _all(waiting, count, lent.progress)
    lent.ended.set()
    if NO_ROOM in looked_at:
        return Failed(name=NO_ROOM, message="The disk is full.")
    calm = all(state == "clear" for state in looked_at)
    return Completed(name="Completed" if calm else "PeopleMustLook", message=f"{len(looked_at)} documents")


async def _here(item_id: str) -> State[str]:
    """Make one file with the workers of this process."""
    return await cast("Awaitable[State[str]]", document(item_id, return_state=True))


async def _all(waiting: deque[Item], count: int, progress: Progress,
               make: Callable[[str], Awaitable[State[str]]] = _here) -> list[str]:
    """Work through the queue with `count` runners; returns the state of each file."""
    total = len(waiting)
    states: list[str] = []
    full: list[str] = []

    async def runner() -> None:
        while waiting:
            following = waiting.popleft()
            state = await make(following.id)
            if state.is_crashed():  # stopped from outside: prefect keeps that to itself when asked for a state
                raise asyncio.CancelledError
            done = _look(following.id)
            if done.code == NO_ROOM:  # it waits, as all the others do, for somebody to make room
                waiting.clear()
                full.append(NO_ROOM)
                return
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
    return [*full, *states]


@task(name="document", task_run_name="document-{item_id}", cache_policy=NO_CACHE, persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
async def document(item_id: str) -> object:
    """Make the pack of one file of a batch; its state in Prefect is Clear, Held or Failed with a code."""
    return await _made(item_id)


async def made_for(batch_id: str, item_id: str, engine: Engine, workers: Workers) -> State[None]:
    """Make one file of a batch anywhere: with a store and workers of one's own."""
    with reading(engine) as session:
        _work.set(_Work(engine, workers, run(session, batch_id)))
    return await _made(item_id)


async def _made(item_id: str) -> State[None]:
    made = await _build(item_id)
    logs.tell("item_done", logs.Ids(item=item_id, state=made.state), code=made.code, seconds=made.seconds)
    if made.state in {"failed", "quarantined"} or made.code == NO_ROOM:
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
            logs.tell("worker_lost", logs.Ids(item=item_id), code=lost.code)
            if current.attempts >= TRIES:
                return _save(replace(current, state="quarantined", code=lost.code, reason=(
                    f"{request.file.name}: ended its worker {TRIES} times ({lost.detail}) and was put aside. "
                    "Open it and save it again, or leave it out.")))
    if reply.code == NO_ROOM:
        return _save(replace(current, state="waiting", code=NO_ROOM, reason=reply.reason))
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
