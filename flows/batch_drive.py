"""Runs the flow of a batch on a server, and does not wait for a server that has gone away.

The packs and what became of each file are ours, on disk and in our store. What Prefect still has to be told when the
last file has its end is told for a while, then given up: nobody's night is lost for the sake of a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, cast

from content.errors import BadOutput
from flows.data import data_place
from flows.progress import Progress
from flows.workers import Child, standing_by

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State
    from sqlalchemy import Engine

#: Seconds that the server has, after the last file, to take down how the flow ended.
PATIENCE = 15.0


def drive(batch_id: str, engine: Engine, out: Path, waiting: int, progress: Progress) -> None:
    """Run the flow until every waiting file has an end.

    Raises BadOutput when the disk is full, KeyboardInterrupt when it was stopped from outside.
    """
    from flows.server import prefect_server

    with standing_by(_workers(engine, batch_id, waiting)) as spares, prefect_server(progress):
        from prefect.exceptions import TerminationSignal

        try:
            told = asyncio.run(_run(batch_id, engine, out, waiting, progress, spares))
        except (TerminationSignal, asyncio.CancelledError):  # what SIGTERM becomes on its way through the flow
            raise KeyboardInterrupt from None
    if not told:
        progress.note("The Prefect server went away, so what it shows of this batch is not the end. No pack is lost.")


def _workers(engine: Engine, batch_id: str, waiting: int) -> int:
    """How many workers the batch will have here: they load their libraries while the server starts."""
    from flows.batch_plan import places
    from store.batches import run
    from store.database import reading

    with reading(engine) as session:
        return places(run(session, batch_id), waiting)


def full(out: Path) -> BadOutput:
    """The disk is full, as one line."""
    return BadOutput(f"{out} or {data_place()}", "there is no room on the disk",
                     "Make room and run the same command again: it goes on where it was")


async def _run(batch_id: str, engine: Engine, out: Path, waiting: int, progress: Progress, spares: list[Child]) -> bool:
    """Run the flow; returns whether the server knows its end."""
    from flows.batch_flow import NO_ROOM, Surroundings, batch, surroundings
    from flows.settle import settle

    lent = Surroundings(engine, progress, asyncio.Event(), spares)
    token = surroundings.set(lent)
    try:
        started = cast("Coroutine[None, None, State[str]]", batch(batch_id, return_state=True))
        state = await _patiently(asyncio.create_task(started), lent.ended)
    finally:
        surroundings.reset(token)
    if _met_full_disk(engine, batch_id, NO_ROOM):
        raise full(out)
    if state is None:
        _say_no_more()
        return False
    await settle(state.state_details.flow_run_id, waiting)
    await state.aresult()
    return True


async def _patiently(flow: asyncio.Task[State[str]], ended: asyncio.Event) -> State[str] | None:
    """The flow's state; None when its work has ended and the server did not take that down in time."""
    import httpx

    over = asyncio.create_task(ended.wait())
    try:
        await asyncio.wait({flow, over}, return_when=asyncio.FIRST_COMPLETED)
        if not flow.done():
            await asyncio.wait({flow}, timeout=PATIENCE)
        if flow.done():
            try:
                return flow.result()
            except httpx.HTTPError:
                if not ended.is_set():
                    raise
        return None
    finally:
        for each in (flow, over):
            each.cancel()
        await asyncio.gather(flow, over, return_exceptions=True)


def _met_full_disk(engine: Engine, batch_id: str, code: str) -> bool:
    from store.batches import items
    from store.database import reading

    with reading(engine) as session:
        return any(item.code == code for item in items(session, batch_id, "waiting"))


def _say_no_more() -> None:
    """Keep Prefect's background threads from complaining about a server that is known to be away."""
    import logging

    for name in ("EventsWorker", "prefect"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
