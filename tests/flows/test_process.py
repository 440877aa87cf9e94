"""One document as a flow, read back from the real server: states and times are there, text is not."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.client.schemas.sorting import FlowRunSort

import flows.process
from content.errors import UnreadableFile
from flows.case import Case, open_case
from flows.data import cases_folder
from flows.process import process_document
from flows.run import run_all
from flows.server import Server
from flows.settle import settle
from flows.steps import STAGES, Outcome, Request, build_pack, run_stage

pytestmark = pytest.mark.prefect


def newest_run(server: Server) -> tuple[FlowRun, list[TaskRun]]:
    """The flow run that was started last, and its task runs in the order of their start."""
    with get_client(sync_client=True) as client:
        run = client.read_flow_runs(limit=1, sort=FlowRunSort.START_TIME_DESC)[0]
        tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])))
    return run, sorted(tasks, key=lambda task: str(task.start_time))


def written_by_prefect(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file())


def digests(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*")) if file.is_file()}


class Lines:
    def __init__(self) -> None:
        self.stages: list[str] = []

    def stage(self, name: str, seconds: float) -> None:
        assert seconds >= 0
        self.stages.append(name)

    def note(self, line: str) -> None:
        pass

    def advance(self, done: int, total: int) -> None:
        pass


def test_each_stage_is_a_task_with_its_state_and_time(server: Server, tmp_path: Path, data: Path,
                                                      prefect_home: Path, make_deck: Callable[..., Path],
                                                      canary: str) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text(f"name\n{canary} Dairy\n")
    deck = make_deck(tmp_path / f"{canary} strategy.pptx")
    lines = Lines()
    [outcome] = run_all([Request(deck, tmp_path / "out", customers, audio=False)], lines)
    assert isinstance(outcome, Outcome)

    run, tasks = newest_run(server)
    assert [task.name for task in tasks] == list(STAGES) == lines.stages
    assert all(task.state is not None and task.state.is_completed() for task in tasks)
    assert all(task.start_time and task.end_time and task.end_time >= task.start_time for task in tasks)
    assert run.name == f"process-{run.parameters['case_id']}"
    assert list(run.parameters) == ["case_id"]
    assert outcome.status == "held"
    assert run.state is not None
    assert (run.state.is_completed(), run.state.name) == (True, "AwaitingReview")
    assert list((data / "cases").iterdir()) == []
    assert isinstance(run.id, UUID)

    stored = written_by_prefect(prefect_home / "prefect")
    assert str(run.parameters["case_id"]).encode() in stored
    assert canary.encode() not in stored
    assert canary.lower().encode() not in stored
    assert b"nobody wrote down" not in stored


def test_the_pack_is_the_same_as_without_prefect(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    deck = make_deck(tmp_path / "talk.pptx")
    [through] = run_all([Request(deck, tmp_path / "through", audio=False)])
    assert isinstance(through, Outcome)
    direct = build_pack(Request(deck, tmp_path / "direct", audio=False))
    assert digests(through.folder) == digests(direct.folder) != {}
    assert (through.slug, through.status, through.findings, through.pieces) == (
        direct.slug, direct.status, direct.findings, direct.pieces)


def test_a_file_that_cannot_be_read_fails_with_a_code(server: Server, tmp_path: Path, prefect_home: Path) -> None:
    bad = tmp_path / "Zorvane secrets.pptx"
    bad.write_bytes(b"\xff\xd8\xff\xe0 a photo of Zorvane")
    [error] = run_all([Request(bad, tmp_path / "out", audio=False)])
    assert isinstance(error, UnreadableFile)
    assert str(error).startswith("Zorvane secrets.pptx: ")
    run, tasks = newest_run(server)
    assert [task.name for task in tasks] == ["extract"]
    assert tasks[0].run_count == 1
    for state in (run.state, tasks[0].state):
        assert state is not None
        assert state.is_failed()
        assert "UnreadableFile" in (state.message or "")
    assert b"Zorvane" not in written_by_prefect(prefect_home / "prefect")


def test_a_busy_disk_is_tried_again_and_a_fault_is_not(server: Server, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch,
                                                       make_deck: Callable[..., Path]) -> None:
    calls: list[str] = []

    def shaky(name: str, case: Case) -> None:
        calls.append(name)
        if calls.count("topics") == 1 and name == "topics":
            raise OSError(16, "Device or resource busy", "/mnt/Zorvane")
        if name == "gate":
            raise ValueError("Zorvane")
        run_stage(name, case)

    monkeypatch.setattr(flows.process, "run_stage", shaky)
    result = run_all([Request(make_deck(tmp_path / "a.pptx"), tmp_path / "out", audio=False)])
    assert isinstance(result[0], ValueError)
    _, tasks = newest_run(server)
    assert {task.name: task.run_count for task in tasks} == {
        "extract": 1, "scan": 1, "clear": 1, "topics": 2, "write": 1, "render": 1, "gate": 1}
    assert tasks[-1].state is not None
    assert "Fault" in (tasks[-1].state.message or "")
    assert "Zorvane" not in json.dumps([task.model_dump(mode="json") for task in tasks])


def test_a_flow_that_prefect_starts_itself_reads_the_case_from_its_folder(server: Server, tmp_path: Path,
                                                                         make_deck: Callable[..., Path]) -> None:
    deck = make_deck(tmp_path / "talk.pptx")
    case = open_case(Request(deck, tmp_path / "out", audio=False), cases_folder())

    async def alone() -> State[str]:
        state = await process_document(case.id, return_state=True)
        await settle(state.state_details.flow_run_id, len(STAGES))
        return state

    assert asyncio.run(alone()).is_completed()
    assert len(list((tmp_path / "out").glob("*/pack.json"))) == 1


def test_several_files_on_one_server(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    (tmp_path / "empty.pptx").write_bytes(b"")
    files = [make_deck(tmp_path / "a.pptx"), tmp_path / "empty.pptx"]
    first, second = run_all([Request(file, tmp_path / "out", audio=False) for file in files])
    assert isinstance(first, Outcome)
    assert isinstance(second, UnreadableFile)
