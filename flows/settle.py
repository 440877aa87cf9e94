"""Waits until the Prefect server knows what happened.

Task states travel as events in the background; a server that is stopped right after a flow would lose the last of them
and the client would complain for a minute. Nothing is lost for us either way: our own store has what became of a file.
"""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID


async def settle(flow_run: UUID | None, tasks: int, seconds: float = 20.0) -> bool:
    """Send what is still queued, then wait until `tasks` task runs of the flow run have ended on the server.

    Returns False when that took longer than `seconds`, or the server went away.
    """
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterId,
        TaskRunFilter,
        TaskRunFilterState,
        TaskRunFilterStateType,
    )
    from prefect.client.schemas.objects import TERMINAL_STATES
    from prefect.events.worker import EventsWorker

    # It reports its progress on a logger of its own name, outside Prefect's settings.
    logging.getLogger("EventsWorker").setLevel(logging.CRITICAL)
    draining = EventsWorker.drain_all(timeout=seconds, at_exit=False)
    if not isinstance(draining, tuple):
        await draining
    if flow_run is None or tasks == 0:
        return True
    ours = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run]))
    ended = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=list(TERMINAL_STATES))))
    try:
        async with asyncio.timeout(seconds), get_client() as client:
            while not await client.read_task_runs(flow_run_filter=ours, task_run_filter=ended, limit=1,
                                                  offset=tasks - 1):
                await asyncio.sleep(0.2)
    except (TimeoutError, httpx.HTTPError):
        return False
    return True
