"""A schedule on a real server: made once, fired on the minute, done once, and Prefect knows no path."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitStrategy

from flows.data import database_url
from flows.schedules.deploying import apply, keep, scheduled, served
from flows.schedules.work import read_schedules
from flows.server import Server
from flows.team import api
from store import schedules
from store.database import open_database, reading

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
_TOML = """
[[schedule]]
name = "every-minute"
folder = "Quillmarsh inbox"
out = "out"
cron = "* * * * *"
time_zone = "Europe/Amsterdam"
audio = false

[[schedule]]
name = "new-year"
kind = "watch"
folder = "Quillmarsh inbox"
out = "out"
cron = "0 6 1 1 *"
"""


@pytest.fixture
def toml(tmp_path: Path, make_deck: Callable[..., Path], canary: str) -> Path:
    (tmp_path / f"{canary} inbox").mkdir()
    make_deck(tmp_path / f"{canary} inbox" / f"{canary}.pptx")
    (tmp_path / "deckprism.toml").write_text(_TOML)
    return tmp_path / "deckprism.toml"


@contextmanager
def serving(server: Server, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`deckprism deploy --serve` as an operator starts it, with the server of the tests; stopped by SIGTERM."""
    environment = {**os.environ, "PREFECT_API_URL": server.url, "PREFECT_API_AUTH_STRING": server.password}
    with subprocess.Popen([sys.executable, "-P", "-c", "from desk.command import main; main()", "deploy", "--serve"],
                          cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            finally:
                process.kill()


def test_a_schedule_fires_on_the_minute_and_each_slot_is_done_once(server: Server, toml: Path, tmp_path: Path,
                                                                   prefect_home: Path, canary: str) -> None:
    engine = open_database(database_url())

    def ended() -> list[schedules.Slot]:
        with reading(engine) as session:
            return [slot for slot in schedules.last(session, "every-minute", 50) if slot.ended_at]

    started = datetime.now(UTC)
    with serving(server, tmp_path) as process:
        until(lambda: bool(ended()) or process.poll() is not None, 150)
        assert process.poll() is None, process.communicate()
        with get_client(sync_client=True) as client:
            found = client.read_deployment_by_name("scheduled/every-minute")
            runs = client.read_flow_runs()
    assert process.returncode == 0
    first = ended()[-1]
    assert (first.state, first.outcome, first.by_hand) == ("look", "1 held", False)
    assert first.due.second == 0
    assert started - timedelta(seconds=60) < first.due < datetime.fromisoformat(first.taken_at) + timedelta(seconds=5)
    assert len(list((tmp_path / "out").glob("*/pack.json"))) == 1
    assert found.parameters == {"schedule": "every-minute"}
    assert found.global_concurrency_limit is not None
    assert found.global_concurrency_limit.limit == 1
    assert found.concurrency_options is not None
    assert found.concurrency_options.collision_strategy == ConcurrencyLimitStrategy.CANCEL_NEW
    assert {str(each.schedule.timezone) for each in found.schedules} == {"Europe/Amsterdam"}
    mine = [run for run in runs if run.deployment_id == found.id and run.state is not None and run.state.is_final()]
    assert [run.state.name for run in mine if run.state].count("PeopleMustLook") == len(ended())
    stored = b"".join(file.read_bytes() for file in (prefect_home / "prefect").rglob("*") if file.is_file())
    assert b"every-minute" in stored
    assert canary.encode() not in stored
    engine.dispose()


def test_deploying_again_updates_and_takes_away_what_is_gone(server: Server, toml: Path) -> None:
    engine = open_database(database_url())
    found = read_schedules(toml)
    assert keep(engine, found, toml) == ()
    apply(scheduled(engine))
    apply(served(found))
    toml.write_text(_TOML[_TOML.rindex("[[schedule]]"):].replace("0 6 1 1 *", "0 7 1 1 *"))
    left = read_schedules(toml)
    assert keep(engine, left, toml) == ("every-minute",)
    assert apply(scheduled(engine)) == ("every-minute",)
    with get_client(sync_client=True) as client:
        deployed = [each for each in client.read_deployments() if each.name in {"every-minute", "new-year"}]
    assert [each.name for each in deployed] == ["new-year"]
    assert [each.schedule.cron for each in deployed[0].schedules] == ["0 7 1 1 *"]
    where = api.Api(server.url, api._basic(server.password))
    assert api.paused(where, "scheduled", "new-year") is False
    with pytest.raises(api.Missing):
        api.paused(where, "scheduled", "every-minute")
    apply(())
    engine.dispose()


def until(question: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.2)
