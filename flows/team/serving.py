"""Serves deployments from this process until it is told to stop: each run in a process of its own, so many at a time.

The runs of a worker that died are marked as crashed before the first new one starts, so that nothing stays Running for
ever. With a work pool the deployments are written to it instead and a worker of that pool is started here. Text never
passes through here: deployments hold names and ids. One process serves without a pool for each Prefect server; more
machines take a pool.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import UUID

from content.errors import DeckprismError, Fault
from flows.children import module_path

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment

#: Seconds between two looks for runs that are due, and how long before its time a run's process is started.
LOOK_EVERY, AHEAD = 2.0, 2.0
_PARTING = 6.0
#: What runs of a pool's worker are handed of this process's surroundings; secrets are not among it.
_HANDED_ON = ("DECKPRISM_DATA", "DECKPRISM_WORK", "DECKPRISM_TEAM_CONFIG", "DECKPRISM_TEAM_CUSTOMERS",
              "DECKPRISM_TEAM_PUBLISH_TO", "DECKPRISM_TEAM_ADDRESS")


@dataclass(frozen=True, slots=True)
class Served:
    """A flow to be served. `flow` is its dotted place, "flows.team.upkeep:reconcile"; the name is the deployment's."""

    flow: str
    name: str
    #: What every scheduled run is given: names and ids, never paths or text.
    parameters: Mapping[str, str] = field(default_factory=dict)
    #: One of the two, or neither for a flow that is started when there is something to do. `every` is in seconds.
    cron: str = ""
    every: float = 0.0
    time_zone: str = "UTC"
    #: Whether a run that is due while another one runs is left out (concurrency 1, CANCEL_NEW).
    alone: bool = False
    paused: bool = False
    description: str = ""
    tags: tuple[str, ...] = ()


def serve_deployments(served: Sequence[Served], *, limit: int = 2, pool: str = "",
                      ready: Callable[[], None] = lambda: None) -> None:
    """Register and serve deployments until SIGTERM or Ctrl-C; call it in the main thread, with prefect pointed at a server.

    `limit` is how many runs may be under way at the same time; `ready` is called when the deployments are registered.
    With `pool` a process work pool of that name is made and a worker of it polls here. Schedules stay as they are when
    this ends. Raises Fault when the server cannot be reached or refuses them.
    """
    from prefect.exceptions import PrefectException

    try:
        asyncio.run(_serve(served, limit, pool, ready))
    except DeckprismError:
        raise
    except (OSError, PrefectException, ExceptionGroup, RuntimeError) as error:
        raise Fault("the Prefect server", f"went away or refused the deployments ({type(error).__name__})",
                    "Work that waits is done when it is back") from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in {"httpx", "httpx2", "httpcore"}:
            raise
        raise Fault("the Prefect server", f"does not answer ({type(error).__name__})",
                    "Work that waits is done when it is back") from None


async def _until_stopped(serving: Awaitable[None], ids: Sequence[UUID]) -> None:
    """Run until SIGTERM or Ctrl-C; then let the runs put their things away, and unwind in order."""
    task, told = asyncio.ensure_future(serving), asyncio.Event()
    loop = asyncio.get_running_loop()

    def take_over() -> None:
        # Prefect's runner sets a handler of its own when it starts, which stops the loop that it waits for.
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, told.set)

    take_over()
    while not task.done() and not told.is_set():
        waiting = asyncio.ensure_future(told.wait())
        await asyncio.wait({task, waiting}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        take_over()
    if not task.done():
        await _end_runs(ids)
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _end_runs(ids: Sequence[UUID]) -> None:
    """Ask the runs to end, which gives their work back, and wait until the server knows; at most `_PARTING` seconds.

    They are in our process group, when we lead one; a runner that is cancelled would kill them outright.
    """
    from prefect.client.orchestration import get_client

    from flows.team.crashed import any_under_way

    if os.getpgrp() != os.getpid():
        return
    with suppress(Exception):  # a server that is away cannot tell; then they have their time
        async with asyncio.timeout(_PARTING), get_client() as client:
            if ids and await any_under_way(client, ids):
                os.killpg(os.getpgrp(), signal.SIGTERM)
                while await any_under_way(client, ids):
                    await asyncio.sleep(0.3)


async def _serve(served: Sequence[Served], limit: int, pool: str, ready: Callable[[], None]) -> None:
    from prefect.client.orchestration import get_client

    from flows.team.crashed import end_dead_runs

    if pool:
        await make_pool(pool)
    deployments = [await deployment(each, pool) for each in served]
    ids: list[UUID] = []
    async with get_client() as client:
        for each in deployments:
            identity = await cast("Awaitable[UUID]", each.aapply())
            ids.append(identity)
        await end_dead_runs(client, ids, elsewhere=bool(pool))
    serving = _poll(pool, limit, ready) if pool else _run(deployments, limit, ready)
    await _until_stopped(serving, () if pool else ids)


async def deployment(each: Served, pool: str = "") -> RunnerDeployment:
    """A deployment as prefect wants it; nothing is registered yet."""
    from datetime import timedelta

    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    module, _, function = each.flow.partition(":")
    flow = cast("Flow[..., object]", getattr(importlib.import_module(module), function))
    schedule = None
    if each.cron:
        schedule = Cron(each.cron, timezone=each.time_zone)
    elif each.every:
        schedule = Interval(timedelta(seconds=each.every), timezone=each.time_zone)
    alone = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return await flow.ato_deployment(
        each.name, schedule=schedule, parameters=dict(each.parameters), description=each.description or None,
        tags=list(each.tags), paused=each.paused, concurrency_limit=alone if each.alone else None,
        entrypoint_type=EntrypointType.MODULE_PATH, work_pool_name=pool or None,
        job_variables={"env": handed_on()} if pool else None)


def handed_on() -> dict[str, str]:
    """The environment that the runs of a pool's worker need to find this project and the desk's store."""
    return {"PYTHONPATH": module_path(), **{name: os.environ[name] for name in _HANDED_ON if os.environ.get(name)}}


async def _run(deployments: Sequence[RunnerDeployment], limit: int, ready: Callable[[], None]) -> None:
    from prefect.runner import Runner

    runner = Runner(name="deckprism", limit=limit, query_seconds=LOOK_EVERY, prefetch_seconds=AHEAD,
                    pause_on_shutdown=False)
    for each in deployments:
        await runner.aadd_deployment(each)
    ready()
    await runner.start()


async def make_pool(name: str) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
    from prefect.workers.process import ProcessWorker

    async with get_client() as client:
        try:
            found = await client.read_work_pool(name)
        except ObjectNotFound:
            template = ProcessWorker.get_default_base_job_template()
            with suppress(ObjectAlreadyExists):  # another machine was first
                await client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))
            return
    if found.type != "process":
        raise Fault(f"--pool {name}", f"is a work pool of type {found.type}", "Name another, or none: it is then made")


async def _poll(pool: str, limit: int, ready: Callable[[], None]) -> None:
    from prefect.workers.process import ProcessWorker

    ready()
    await ProcessWorker(work_pool_name=pool, limit=limit).start()


__all__ = ["Served", "deployment", "handed_on", "serve_deployments"]
