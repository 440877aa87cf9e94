"""Starting runs over HTTP: one for each piece of work however often it is asked for, ids alone, and nothing lost when
nobody answers."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.data import database_url
from flows.team import starting
from flows.team.api import Away
from flows.team.starting import Starter
from store import outbox
from store.database import open_database, writing


class Answering(ThreadingHTTPServer):
    """The three addresses of Prefect's API that are used."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.runs: dict[str, dict[str, object]] = {}
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.states: dict[str, str] = {}
        self.registered = True


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        if self.path.startswith("/api/deployments/name/"):
            flow = self.path.split("/")[-2]
            self._say(200 if self.server.registered else 404, {"id": f"id-of-{flow}"})
        else:
            self._say(200, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        key = body["idempotency_key"]
        self.server.asked.append((self.path, body))
        self.server.runs.setdefault(key, body)
        self._say(201, {"id": f"run-{key}", "state_type": self.server.states.get(key, "SCHEDULED")})

    def _say(self, code: int, body: dict[str, object]) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_given: object) -> None:
        pass


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    server = Answering()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.server_port}/api")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def engine(data: Path) -> Iterator[Engine]:
    made = open_database(database_url())
    yield made
    made.dispose()


def put(engine: Engine, *work: tuple[str, str, str]) -> None:
    with writing(engine) as session:
        for kind, subject, revision in work:
            outbox.put(session, kind, subject, revision)


def test_one_run_for_each_submission_and_one_for_the_short_rest(engine: Engine, prefect: Answering) -> None:
    put(engine, ("process", "s1", "1"), ("notice", "s1", "a"), ("build", "s2", "b"), ("notice", "s2", "b"))
    starter = Starter(engine)
    assert starter.once() == 3
    assert starter.once() == 0  # asked a moment ago
    assert [(path.split("/")[3], body["parameters"], body["idempotency_key"]) for path, body in prefect.asked] == [
        ("id-of-process_submission", {"submission_id": "s1"}, "process:s1:1"),
        ("id-of-process_submission", {"submission_id": "s2"}, "build:s2:b"),
        ("id-of-reconcile", {}, "rest:4:0")]


def test_a_release_is_keyed_by_submission_and_revision(engine: Engine, prefect: Answering,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_submission_of", lambda _session, _release: "s1")
    put(engine, ("release", "r9", "1"))
    for _ in range(2):  # two desks
        Starter(engine).once()
    assert list(prefect.runs) == ["s1:r9"]
    assert prefect.asked[0][1]["parameters"] == {"submission_id": "s1", "revision": "r9"}


def test_a_run_that_ended_without_doing_the_work_is_followed_by_the_next(engine: Engine, prefect: Answering,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "AGAIN_AFTER", 0.0)
    put(engine, ("process", "s1", "1"))
    starter = Starter(engine)
    starter.once()
    starter.once()
    assert list(prefect.runs) == ["process:s1:1"]
    prefect.states["process:s1:1"] = "CRASHED"
    starter.once()
    starter.once()
    assert list(prefect.runs) == ["process:s1:1", "process:s1:1:again1"]


def test_a_new_try_of_the_work_is_a_new_run(engine: Engine, prefect: Answering) -> None:
    put(engine, ("process", "s1", "1"))
    with writing(engine) as session:
        work = outbox.lease(session, "somebody", 60.0)
        assert work is not None
    starter = Starter(engine)
    assert starter.once() == 0  # somebody has it in hand
    with writing(engine) as session:
        outbox.failed(session, work, "somebody", "Stopped")
    starter.once()
    assert list(prefect.runs) == ["process:s1:1:1"]


def test_nobody_answers_and_the_work_stays_until_somebody_does(engine: Engine, prefect: Answering,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "LOOK_EVERY", 0.05)
    there = f"http://127.0.0.1:{prefect.server_port}/api"
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    put(engine, ("process", "s1", "1"))
    starter = Starter(engine)
    with pytest.raises(Away):
        starter.once()
    starter.start()
    try:
        _until(lambda: starter.trouble() == "URLError")
        assert prefect.runs == {}
        monkeypatch.setenv("PREFECT_API_URL", there)
        starter.wake()
        _until(lambda: starter.trouble() == "")
        assert list(prefect.runs) == ["process:s1:1"]
    finally:
        starter.stop()


def test_a_worker_that_has_not_registered_yet_is_waited_for(engine: Engine, prefect: Answering) -> None:
    prefect.registered = False
    put(engine, ("process", "s1", "1"))
    starter = Starter(engine)
    with pytest.raises(Away, match="404"):
        starter.once()
    prefect.registered = True
    assert starter.once() == 1


def test_the_web_process_does_not_import_prefect() -> None:
    code = ("import sys; import flows.team.starting, flows.team.kept_server, flows.team.parts, flows.team.serving;"
            "import desk.commands.up, desk.commands.desk, desk.services.readiness; sys.exit('prefect' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _until(what: object) -> None:
    assert callable(what)
    pause = threading.Event()
    for _ in range(400):
        if what():
            return
        pause.wait(0.05)
    raise AssertionError("it never came to be")
