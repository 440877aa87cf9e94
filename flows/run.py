"""`deckprism run --prefect`: the same file, the same stages, seen in Prefect."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from content.errors import DeckprismError
from flows.case import Request, open_case
from flows.data import cases_folder
from flows.progress import Progress, quiet
from flows.server import prefect_server
from flows.steps import Outcome, check_request, outcome

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

_OLD = 24 * 3600.0


def run_all(requests: Sequence[Request], progress: Progress = quiet) -> list[Outcome | Exception]:
    """The way of `build_pack` through the flow `process-document` for files one after the other, on the configured server or
    a local one. What went wrong with one, of what `build_pack` raises, stands in its place. Raises Fault without a server.
    """
    ready: list[Request | DeckprismError] = []
    for request in requests:
        try:
            check_request(request)
            ready.append(request)
        except DeckprismError as error:
            ready.append(error)
    if not any(isinstance(each, Request) for each in ready):
        return [each for each in ready if isinstance(each, DeckprismError)]
    _sweep(cases_folder())
    with prefect_server(progress):
        return asyncio.run(_each(ready, progress))


async def _each(ready: Sequence[Request | DeckprismError], progress: Progress) -> list[Outcome | Exception]:
    return [await _one(each, progress) if isinstance(each, Request) else each for each in ready]


async def _one(request: Request, progress: Progress) -> Outcome | Exception:
    from flows.process import Watch, process_document, watching
    from flows.settle import settle

    case = open_case(request, cases_folder())
    watch = Watch(case, progress)
    token = watching.set(watch)
    try:
        state = await cast("Awaitable[State[str]]", process_document(case.id, return_state=True))
        await settle(state.state_details.flow_run_id, len(watch.seconds) + (watch.error is not None))
        if watch.error is not None:
            return watch.error
        await state.aresult()
        return outcome(case, watch.seconds)
    finally:
        watching.reset(token)
        if case.folder is not None:
            shutil.rmtree(case.folder, ignore_errors=True)  # it holds the document's text; the pack is what lasts


def _sweep(cases: Path) -> None:
    """Take away what killed runs left behind a day ago or more."""
    before = time.time() - _OLD
    for folder in cases.iterdir():
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


