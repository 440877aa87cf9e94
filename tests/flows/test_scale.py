"""Batches beyond one command: many decks, a work pool with a real worker, and everything on PostgreSQL."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.deployments import run_deployment

from benchmarks.many_decks import make_deck as make_talk
from benchmarks.many_decks import name_of
from flows.batch import BatchOptions, planned
from flows.server import Server
from store.batches import items
from store.database import open_database, reading

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]), **more}


def test_forty_files_are_all_accounted_for(server: Server, tmp_path: Path, data: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    for number in range(38):
        make_talk(inside / name_of(number), number)
    (inside / "copy.pptx").write_bytes((inside / name_of(0)).read_bytes())
    (inside / "broken.pptx").write_bytes(b"PK\x03\x04 cut short")
    command = [sys.executable, "-c", "from desk.command import main; main()", "batch", str(inside), "-o", str(out),
               "--customers", str(ROOT / "samples" / "customers.csv"), "--workers", "2", "--no-audio"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=600)
    assert done.returncode == 1, done.stderr[-2000:]
    summary = json.loads((out / "summary.json").read_text())
    rows = {row["file"]: row for row in summary["files"]}
    assert summary["finished"] is True
    assert sum(summary["counts"].values()) == len(rows) == 40
    assert (summary["counts"]["failed"], summary["counts"]["skipped"]) == (1, 1)
    assert {name for name, row in rows.items() if row["code"]} == {"broken.pptx"}
    folders = {path.parent.name for path in out.glob("*/pack.json")}
    assert len(folders) == 38
    assert folders == {row["pack"] for row in rows.values() if row["pack"]}
    engine = open_database(f"sqlite:///{data / 'deckprism.db'}")
    with reading(engine) as session:
        (batch_id,) = [row[0] for row in session.connection().exec_driver_sql("SELECT id FROM batches")]
        assert not [*items(session, batch_id, "waiting"), *items(session, batch_id, "running")]
    engine.dispose()
    with get_client(sync_client=True) as client:
        tasks = client.read_task_runs(
            flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[f"batch-{batch_id}"])))
    assert len(tasks) == 39
    assert all(task.state is not None and task.state.is_final() for task in tasks)


def test_a_worker_of_a_process_pool_makes_a_batch(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(2):
        make_deck(inside / f"deck{number}.pptx", f"idea{number}")
    pool = f"pool-{secrets.token_hex(3)}"
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    deployed = flow.from_source(source=str(ROOT), entrypoint="flows/batch_flow.py:batch")
    deployed.deploy(name=pool, work_pool_name=pool, print_next_steps=False)
    with planned([inside], tmp_path / "out", BatchOptions(audio=False, compare=False)) as plan:
        assert plan.waiting == 2
        asked = run_deployment(f"batch/{pool}", parameters={"batch_id": plan.id}, timeout=0)
        worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--run-once"]
        done = subprocess.run(worker, env=environment(), cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        with get_client(sync_client=True) as client:
            ended = client.read_flow_run(asked.id).state
        assert ended is not None
        assert (ended.type.value, ended.name) == ("COMPLETED", "PeopleMustLook"), done.stderr[-2000:]
    assert plan.outcome is not None
    assert plan.outcome.counts == {"clear": 0, "held": 2, "failed": 0, "skipped": 0}
    assert len(list((tmp_path / "out").glob("*/pack.json"))) == 2


def test_store_and_prefect_on_one_postgresql(postgres_server: str, postgres_url: str, tmp_path: Path,
                                             make_deck: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE prefect")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = postgres_server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", "/prefect?")
    kept = {name: value for name, value in environment().items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    monkeypatch.setenv("DECKPRISM_DATABASE", postgres_url)
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{port}/api")
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    (tmp_path / "in").mkdir()
    for number in range(3):
        make_deck(tmp_path / "in" / f"deck{number}.pptx", f"idea{number}")
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True,
            env={**kept, "PREFECT_SERVER_DATABASE_CONNECTION_URL": url, "PREFECT_HOME": str(tmp_path / "prefect"),
                 "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/api/health", process, tmp_path / "log")
            # A process of its own: settings of this one point at the server of the test run.
            code = ("from pathlib import Path\nfrom flows.batch import *\n"
                    f"made = run_batch([Path({str(tmp_path / 'in')!r})], Path({str(tmp_path / 'out')!r}), "
                    "BatchOptions(audio=False, workers=2))\nprint(made.id, made.counts)")
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300,
                                  env={**kept, "DECKPRISM_DATABASE": postgres_url, "PREFECT_HOME": str(tmp_path / "p"),
                                       "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"})
        finally:
            process.terminate()
            process.wait(60)
    assert done.returncode == 0, done.stderr[-2000:]
    batch_id, counts = done.stdout.strip().split(" ", 1)
    assert counts == "{'clear': 0, 'held': 3, 'failed': 0, 'skipped': 0}"
    with psycopg.connect(postgres_server.replace("/postgres?", "/prefect?")) as connection:
        runs = connection.execute("SELECT id, state_name FROM flow_run WHERE name = %s", [f"batch-{batch_id}"]).fetchall()
        assert [state for _, state in runs] == ["PeopleMustLook"]
        states = connection.execute("SELECT state_name FROM task_run WHERE flow_run_id = %s", [runs[0][0]]).fetchall()
    assert states == [("Held",)] * 3
    assert not (tmp_path / "data" / "deckprism.db").exists()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while True:
        assert process.poll() is None, log.read_text()[-2000:]
        assert time.monotonic() < deadline, "the server took too long"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
