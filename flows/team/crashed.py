"""Ends the runs that nobody runs any more: those of a worker that was killed stay Running on the server for ever.

Nothing of the work is lost by that: its lease runs out, or is freed, and it is started again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.holder import here

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient
    from prefect.client.schemas.objects import FlowRun

_UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_PAGE = 100
_SAID = "The worker that ran it is gone. The work goes on in another run."


async def end_dead_runs(client: PrefectClient, deployments: Sequence[UUID], *, elsewhere: bool = False) -> int:
    """Mark runs of these deployments that are under way as crashed; returns how many.

    With `elsewhere` other workers may run some of them: only those are taken whose process was one of this machine and
    is gone. Without it there is one worker, and it is not running anything yet.
    """
    ended = kept = 0
    while runs := await _under_way(client, deployments, _PAGE, kept):
        for run in runs:
            if elsewhere and not _died_here(run):
                kept += 1
                continue
            await _end_tasks(client, run.id)
            await client.set_flow_run_state(run.id, Crashed(message=_SAID), force=True)
            ended += 1
    return ended


async def any_under_way(client: PrefectClient, deployments: Sequence[UUID]) -> bool:
    """Whether a run of these deployments is under way."""
    return bool(await _under_way(client, deployments, 1, 0))


async def _under_way(client: PrefectClient, deployments: Sequence[UUID], limit: int, offset: int) -> list[FlowRun]:
    state = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)))
    ours = DeploymentFilter(id=DeploymentFilterId(any_=list(deployments)))
    return await client.read_flow_runs(flow_run_filter=state, deployment_filter=ours, limit=limit, offset=offset)


async def _end_tasks(client: PrefectClient, run: UUID) -> None:
    running = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=_UNDER_WAY)))
    for each in await client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run])),
                                            task_run_filter=running, limit=_PAGE):
        await client.set_task_run_state(each.id, Crashed(message=_SAID), force=True)


def _died_here(run: FlowRun) -> bool:
    """Whether a run of a pool's worker had a process on this machine that is gone; a worker writes `host:pid`."""
    host, _, pid = (run.infrastructure_pid or "").rpartition(":")
    return pid.isdigit() and here(host, int(pid)) is False
