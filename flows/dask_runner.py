"""A batch on a Dask cluster (`[scale] runner = "dask"`): each document is a Prefect task that Dask places.

A cluster of this machine is started for the batch with as many processes as the settings say, spoken to over TLS with
keys of its own; or a scheduler that runs somewhere is used. Each process of the cluster keeps the same warm workers as a
batch without Dask, so a bad file costs what it costs there. Every machine needs this project, the folders of files and
packs at the same paths, the store (PostgreSQL, `DECKPRISM_DATABASE`) and Prefect's API. Only ids travel, never text.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from prefect import task
from prefect.cache_policies import NO_CACHE

from content.errors import BadSettings
from content.settings import Scale
from flows.batch_flow import made_for
from flows.data import database_url
from flows.scale import check_scale
from flows.server import NO_RESULTS
from flows.workers import Workers
from store.database import open_database

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State
    from prefect_dask import DaskTaskRunner
    from sqlalchemy import Engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that takes documents: how many at a time, and one by its id."""

    places: int
    batch_id: str
    _runner: DaskTaskRunner[State[str]]

    async def make(self, item_id: str) -> State[str]:
        """Have one document made, wherever there is room; its end is in the store."""
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        future = self._runner.submit(document_on_cluster, {"batch_id": self.batch_id, "item_id": item_id})
        future.wrapped_future.add_done_callback(lambda _: loop.call_soon_threadsafe(done.set))
        try:
            await done.wait()
        except asyncio.CancelledError:
            future.wrapped_future.cancel()
            raise
        future.wait()
        return cast("State[str]", future.state)


@contextmanager
def on_cluster(scale: Scale, batch_id: str, out: str) -> Iterator[Cluster]:
    """A cluster for the length of the block. Raises BadSettings when Dask is missing or no scheduler answers."""
    check_scale(scale)
    from prefect_dask import DaskTaskRunner

    Path(out).mkdir(parents=True, exist_ok=True)
    if scale.address:
        runner = DaskTaskRunner(address=scale.address, client_kwargs={"timeout": "30 s", "set_as_default": False})
    else:
        # No dashboard: it would be a port that anybody on the machine can read. TLS keeps others out of the scheduler.
        runner = DaskTaskRunner(
            cluster_class="distributed.LocalCluster", client_kwargs={"set_as_default": False},
            cluster_kwargs={"n_workers": scale.processes, "threads_per_worker": 1, "host": "127.0.0.1", "security": True,
                            "dashboard_address": None, "silence_logs": 50})
    with runner:
        try:
            places = sum(runner.client.nthreads().values())
        except OSError as error:
            raise BadSettings("[scale] address", f"{scale.address}: no Dask scheduler answers ({type(error).__name__})",
                              "Start dask scheduler and dask worker there") from None
        if not places:
            raise BadSettings("[scale] address", f"{scale.address}: the scheduler has no workers",
                              "Start dask worker on at least one machine")
        # One more than fits waits at each process, so that none stands idle between two documents.
        yield Cluster(2 * places, batch_id, runner)


@task(name="document", task_run_name="document-{item_id}", cache_policy=NO_CACHE, persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
def document_on_cluster(batch_id: str, item_id: str) -> object:
    """Make one document in this process of the cluster; its state is that of a document of any batch."""
    place = _place()
    return place.run(made_for(batch_id, item_id, place.engine, place.workers))


class _Place:
    """What a process of the cluster keeps between documents: its workers, the loop that they live in, and the store."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="documents", daemon=True).start()
        self.engine: Engine = open_database(database_url())
        self.workers = self.run(self._started())

    async def _started(self) -> Workers:
        from distributed import get_worker

        # Never stopped: a warm worker ends by itself when this process does.
        return await Workers(get_worker().state.nthreads).__aenter__()

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Run something in the loop of the workers and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


_lock = threading.Lock()


def _place() -> _Place:
    with _lock:  # a process of the cluster may have several threads
        return _the_place(os.getpid())


@cache
def _the_place(_pid: int) -> _Place:
    return _Place()
