"""One document as a Prefect flow: each stage is a task, seen there with its state and its time.

The only parameter is the id of a case in the data folder. What goes wrong reaches Prefect as a code ("UnreadableFile");
the full line, which may name a file, stays here for whoever started the flow. No text of a document may ever enter a
parameter, a result, an event or a log.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from content.errors import DeckprismError
from content.pack import Pack, Status
from flows.case import Case, load_case
from flows.data import cases_folder
from flows.progress import Progress, quiet
from flows.server import NO_RESULTS
from flows.steps import STAGES, run_stage

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State, TaskRun


class StageFailed(Exception):
    """A stage could not be done; the message is the code of the reason and nothing else."""


@dataclass(slots=True)
class Watch:
    """What the caller in this process wants to know: the case, the seconds of each stage, and what went wrong."""

    case: Case
    progress: Progress = quiet
    seconds: dict[str, float] = field(default_factory=dict)
    error: Exception | None = None


#: Set by a caller in the same process. A flow that a worker of Prefect runs has none and reads the case's folder.
watching: ContextVar[Watch | None] = ContextVar("watching", default=None)


@flow(name="process-document", flow_run_name="process-{case_id}", persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
async def process_document(case_id: str) -> State[str]:
    """Run the stages of a case in their order. Ends as AwaitingReview when the pack is held, else as Completed."""
    watch = watching.get()
    if watch is None:
        watch = Watch(load_case(case_id, cases_folder()))
        watching.set(watch)
    for name in STAGES:
        await _TASKS[name](case_id)
    held = watch.case.get("pack", Pack).status is Status.HELD
    return Completed(name="AwaitingReview" if held else "Completed", data="held" if held else "clear")


def _heals(_task: object, _run: TaskRun, _state: State[None]) -> bool:
    """Whether trying again may help: a busy or full disk, a lost child; never a file that cannot be read."""
    watch = watching.get()
    return watch is not None and isinstance(watch.error, OSError)


def _as_task(name: str) -> Callable[[str], Awaitable[None]]:
    @task(name=name, task_run_name=name, retries=2, retry_delay_seconds=[1, 5], retry_jitter_factor=0.5,
          retry_condition_fn=_heals, cache_policy=NO_CACHE, persist_result=False,
          result_storage=NO_RESULTS, log_prints=False)
    async def stage(case_id: str) -> None:
        watch = watching.get()
        assert watch is not None
        assert watch.case.id == case_id
        started = time.perf_counter()
        watch.error = await asyncio.to_thread(_attempt, name, watch.case)
        if watch.error is not None:
            raise StageFailed(code_of(watch.error))
        watch.seconds[name] = time.perf_counter() - started
        watch.progress.stage(name, watch.seconds[name])

    return stage


def _attempt(name: str, case: Case) -> Exception | None:
    """Run a stage, giving back what it raised: raised again inside the task it would take its message to Prefect."""
    try:
        run_stage(name, case)
    except Exception as error:
        return error
    return None


def code_of(error: Exception) -> str:
    """What may be told to Prefect of an exception: the name of ours, "Fault" for any other."""
    return type(error).__name__ if isinstance(error, DeckprismError | OSError) else "Fault"


_TASKS = {name: _as_task(name) for name in STAGES}
