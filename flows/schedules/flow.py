"""The flow of a schedule: take a slot, have its work done by a child process, write down what came of it.

Prefect sees the name of the schedule, the states and codes. A run that finds nothing due ends as NothingDue, so late runs,
doubled runs and a clock that was put back do no harm. Prefect does not retry: the next slot goes on where this one ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from datetime import UTC, datetime

from prefect import flow
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed

from flows.children import module_path
from flows.data import database_url
from flows.schedules.catching_up import KEY
from flows.schedules.taking import ended, take_by_hand, take_due
from flows.schedules.work import Result, deployed, result_from
from flows.server import NO_RESULTS
from flows.team.parent import end_with_parent
from store.database import open_database

#: Seconds that a child has to sum up when it is stopped.
_GRACE = 6.0
_NAMES = {"done": "Completed", "look": "PeopleMustLook", "missed": "Missed"}


@flow(name="scheduled", flow_run_name="{schedule}", persist_result=False, result_storage=NO_RESULTS, log_prints=False)
async def scheduled(schedule: str) -> object:
    """Do the newest slot of a schedule that is due, if nobody did."""
    end_with_parent()
    engine = open_database(database_url())
    try:
        what, _ = deployed(engine, schedule)
        at, (by_hand, expected) = datetime.now(UTC), _asked()
        if by_hand:
            taken = take_by_hand(engine, schedule, at)
        else:
            taken = take_due(engine, schedule, what.cron, what.time_zone, at, expected)
        if taken is None:
            return Completed(name="NothingDue")
        result = Result("interrupted", "Stopped", "It was stopped; the next one goes on where it was.")
        try:
            result = await in_child(schedule)
        finally:
            ended(engine, schedule, taken, result)
    finally:
        engine.dispose()
    if result.state in _NAMES:
        return Completed(name=_NAMES[result.state], message=result.code)
    return Failed(name=result.state.capitalize(), message=result.code)


async def in_child(name: str) -> Result:
    """Do a schedule's work in a child process, which is stopped when this is cancelled."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT__")}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "flows.schedules.child", name, stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
        env={**kept, "PYTHONPATH": module_path()}, start_new_session=True)
    assert child.stdout is not None
    try:
        line = await child.stdout.readline()
        return result_from(line.decode(errors="replace"), await child.wait())
    finally:
        await _ended(child)


async def _ended(child: Process) -> None:
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), _GRACE)
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, 9)
        await child.wait()


def _asked() -> tuple[bool, datetime | None]:
    """Whether a person started this run, and for when the scheduler meant it."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return False, None
    run = context.flow_run
    caught_up = (run.idempotency_key or "").startswith(KEY)
    return not run.auto_scheduled and not caught_up, None if caught_up else run.expected_start_time
