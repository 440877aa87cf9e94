"""Many files: good ones become packs, bad ones a line each, and the next run goes on from there."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

from content.errors import BadOutput
from flows.batch import BatchOptions, BatchOutcome, run_batch
from flows.server import Server
from store.batches import items
from store.database import open_database, reading

pytestmark = pytest.mark.prefect
QUICK = BatchOptions(audio=False)


class Lines:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.steps: list[tuple[int, int]] = []

    def stage(self, name: str, seconds: float) -> None:
        pass

    def note(self, line: str) -> None:
        self.notes.append(line)

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def folder(tmp_path: Path, make_deck: Callable[..., Path], canary: str) -> Path:
    inside = tmp_path / "in"
    (inside / "more").mkdir(parents=True)
    make_deck(inside / "a.pptx", "notes")
    make_deck(inside / "more" / f"{canary} visit.pptx", "answers")
    shutil.copy(inside / "a.pptx", inside / "copy of a.pptx")
    (inside / "broken.pptx").write_bytes(b"PK\x03\x04 cut short")
    (inside / "empty.pdf").write_bytes(b"")
    (inside / "photo.pptx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    return inside


def states(outcome: BatchOutcome) -> dict[str, str]:
    assert [row.reason for row in outcome.rows if row.code == "Fault"] == []
    return {row.file: row.status for row in outcome.rows}


def test_one_bad_file_never_stops_the_rest_and_the_next_run_touches_failures_only(
        server: Server, folder: Path, tmp_path: Path, prefect_home: Path, canary: str) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text(f"name\n{canary} Dairy\n")
    options = BatchOptions(customers=customers, audio=False, workers=2)
    lines = Lines()
    first = run_batch([folder], tmp_path / "out", options, lines)
    visit = f"more/{canary} visit.pptx"
    assert states(first) == {"a.pptx": "held", "broken.pptx": "failed", "copy of a.pptx": "skipped",
                             "empty.pdf": "failed", visit: "held", "photo.pptx": "failed"}
    assert first.counts == {"clear": 0, "held": 2, "failed": 3, "skipped": 1}
    assert first.exit_code == 1
    assert lines.steps[0] == (0, 5)
    assert lines.steps[-1] == (5, 5)
    assert sorted(line.partition(":")[0] for line in lines.notes) == ["broken.pptx", "empty.pdf", "photo.pptx"]
    packs = sorted(path.parent.name for path in (tmp_path / "out").glob("*/pack.json"))
    assert packs == sorted({row.pack for row in first.rows if row.pack})
    assert len(packs) == 2

    with get_client(sync_client=True) as client:
        (run,) = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[f"batch-{first.id}"])))
        tasks = client.read_task_runs(
            flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[f"batch-{first.id}"])))
    assert run.parameters == {"batch_id": first.id}
    assert run.state is not None
    assert run.state.name == "PeopleMustLook"
    assert sorted((task.state.name, task.state.message or "") for task in tasks if task.state) == [
        ("Failed", "UnreadableFile"), ("Failed", "UnreadableFile"), ("Failed", "UnreadableFile"),
        ("Held", ""), ("Held", "")]
    stored = b"".join(file.read_bytes() for file in (prefect_home / "prefect").rglob("*") if file.is_file())
    assert first.id.encode() in stored
    assert canary.encode() not in stored
    assert b"nobody wrote down" not in stored

    options = replace(options, workers=1)
    second = run_batch([folder], tmp_path / "out", options, lines := Lines())
    assert second.counts == {"clear": 0, "held": 0, "failed": 3, "skipped": 3}
    assert second.exit_code == 1
    assert lines.steps[-1] == (3, 3)
    assert [row.findings for row in second.rows] == [row.findings for row in first.rows]

    shutil.rmtree(tmp_path / "out" / packs[0] / "blog")
    third = run_batch([folder], tmp_path / "out", options)
    assert third.counts == {"clear": 0, "held": 1, "failed": 3, "skipped": 2}
    customers.write_text("name\nSomebody Else\n")
    fourth = run_batch([folder], tmp_path / "out", options)
    assert fourth.counts["skipped"] == 1
    check_summary(tmp_path / "out", fourth)


def check_summary(out: Path, outcome: BatchOutcome) -> None:
    body = json.loads(outcome.summary.read_text())
    assert outcome.summary == out / "summary.json"
    assert body["finished"] is True
    assert body["counts"] == outcome.counts
    assert body["findings"]
    assert len(body["files"]) == 6
    with (out / "summary.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["file"] for row in rows] == [row.file for row in outcome.rows]
    page = (out / "summary.html").read_text()
    assert "broken.pptx" in page
    assert "src=" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_killed_batch_goes_on_where_it_was(server: Server, tmp_path: Path, data: Path,
                                             make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(3):
        make_deck(inside / f"deck{number}.pptx", f"idea{number}")
    code = (f"from pathlib import Path\nfrom flows.batch import *\n"
            f"run_batch([Path({str(inside)!r})], Path({str(tmp_path / 'out')!r}), BatchOptions(audio=False))")
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        until(lambda: len(list((tmp_path / "out").glob("*/pack.json"))) >= 1)
        process.kill()
    made = {path.parent.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/pack.json")}
    assert 1 <= len(made) < 3
    rest = run_batch([inside], tmp_path / "out", QUICK)
    assert rest.counts["failed"] == 0
    assert rest.counts["skipped"] >= len(made) - 1  # the one that was being written down may be made again
    assert len(list((tmp_path / "out").glob("*/pack.json"))) == 3
    assert rest.counts["skipped"] + rest.counts["clear"] + rest.counts["held"] == 3


def test_a_batch_that_is_stopped_says_so_and_leaves_nothing_running(server: Server, tmp_path: Path,
                                                                    make_deck: Callable[..., Path]) -> None:
    make_deck(tmp_path / "a.pptx", slides=30)
    code = (f"from pathlib import Path\nfrom flows.batch import *\n"
            f"run_batch([Path({str(tmp_path / 'a.pptx')!r})], Path({str(tmp_path / 'out')!r}), "
            "BatchOptions(audio=False))")
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as process:
        until(lambda: bool(workers_of(process.pid)))
        workers = workers_of(process.pid)
        process.terminate()
        _, told = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "KeyboardInterrupt" in told
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["finished"] is False
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 10)


def test_a_file_that_kills_its_worker_twice_is_put_aside(server: Server, tmp_path: Path, data: Path,
                                                          make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("a.pptx", "poison.pptx", "z.pptx"):
        make_deck(inside / name, name.partition(".")[0])
    stop = threading.Event()
    killer = threading.Thread(target=kill_whoever_has, args=("poison.pptx", data, stop))
    killer.start()
    try:
        outcome = run_batch([inside], tmp_path / "out", QUICK, lines := Lines())
    finally:
        stop.set()
        killer.join()
    assert states(outcome) == {"a.pptx": "held", "poison.pptx": "failed", "z.pptx": "held"}
    (bad,) = [row for row in outcome.rows if row.status == "failed"]
    assert bad.code == "WorkerDied"
    assert "ended its worker 2 times (signal 9) and was put aside" in bad.reason
    assert lines.notes == [bad.reason]
    again = run_batch([inside], tmp_path / "out", QUICK)
    assert again.counts == {"clear": 0, "held": 0, "failed": 1, "skipped": 2}
    healed = run_batch([inside], tmp_path / "out", BatchOptions(audio=False, retry_quarantined=True))
    assert healed.counts == {"clear": 0, "held": 1, "failed": 0, "skipped": 2}


def test_two_batches_never_write_to_one_folder(tmp_path: Path, folder: Path) -> None:
    code = (f"import sys\nfrom pathlib import Path\nfrom flows.batch import _only_one\n"
            f"with _only_one(Path({str(tmp_path / 'out')!r})):\n    print('held', flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(BadOutput, match="another batch is writing there"):
            run_batch([folder], tmp_path / "out", QUICK)
        process.communicate()


def until(question, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.05)


def workers_of(parent: int) -> list[int]:
    """The process ids of the warm workers that a process started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and fields[0] != "Z" and b"flows.worker\0" in command:
            found.append(int(place.name))
    return found


def kill_whoever_has(name: str, data: Path, stop: threading.Event) -> None:
    """Kill the one worker of this process whenever the store says that it works on a file of that name.

    As often as it takes: one that is hit before it was asked for the file costs the file nothing.
    """
    killed: set[int] = set()
    while not (data / "deckprism.db").exists():
        if stop.wait(0.05):
            return
    engine = open_database(f"sqlite:///{data / 'deckprism.db'}")
    while not stop.wait(0.05):
        with reading(engine) as session:
            batches = [row[0] for row in session.connection().exec_driver_sql("SELECT id FROM batches")]
            busy = [item for batch in batches for item in items(session, batch, "running") if item.path.endswith(name)]
        for pid in workers_of(os.getpid()) if busy else []:
            if pid not in killed:
                killed.add(pid)
                os.kill(pid, signal.SIGKILL)
    engine.dispose()
