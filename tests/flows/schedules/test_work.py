"""The work of a slot without a server: what comes back, what is written down, and nothing twice."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.errors import InputError
from content.schedule import Schedule
from flows.batch import _only_one
from flows.data import database_url
from flows.schedules import flow as flows_schedule
from flows.schedules.deploying import keep
from flows.schedules.flow import in_child, scheduled
from flows.schedules.listing import planned
from flows.schedules.taking import take_due
from flows.schedules.work import Result, deployed, do, read_schedules, result_from
from store import schedules
from store.database import open_database, reading

MINUTELY = "* * * * *"


@pytest.fixture
def engine(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    opened = open_database(database_url())
    yield opened
    opened.dispose()


@pytest.fixture
def nightly(engine: Engine, tmp_path: Path) -> Schedule:
    (tmp_path / "in").mkdir()
    made = Schedule(name="nightly", folder=tmp_path / "in", out=tmp_path / "out", cron=MINUTELY, audio=False)
    keep(engine, [made], None)
    return made


def last(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        return [(slot.state, slot.outcome) for slot in schedules.last(session, "nightly", 50)]


def test_an_empty_inbox_is_no_failure(nightly: Schedule) -> None:
    assert do(nightly, None) == Result("done", "", "The folder holds no file that can be read.")
    assert do(nightly.model_copy(update={"kind": "watch"}), None) == Result("done", "", "nothing to do")


def test_what_goes_wrong_is_a_code_and_a_line(nightly: Schedule, make_deck: Callable[..., Path], tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    make_deck(tmp_path / "in" / "a.pptx")
    (tmp_path / "out").mkdir()
    with _only_one(tmp_path / "out"):
        assert do(nightly, None) == Result("missed", "Busy", "Another batch was writing to the output folder.")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    away = do(nightly, None)
    assert (away.state, away.code) == ("failed", "Fault")
    assert "does not answer" in away.outcome
    gone = do(nightly.model_copy(update={"folder": tmp_path / "gone"}), None)
    assert (gone.state, gone.code) == ("failed", "UnreadableFile")
    bad = do(nightly.model_copy(update={"customers": tmp_path / "gone.csv"}), None)
    assert (bad.state, bad.code) == ("failed", "BadCustomers")
    assert all("\n" not in each.outcome for each in (away, gone, bad))


def test_a_schedule_that_was_never_deployed_is_named(engine: Engine) -> None:
    with pytest.raises(InputError, match="schedule 'weekly': is not deployed"):
        deployed(engine, "weekly")


def test_the_store_gives_back_what_was_deployed(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    toml = tmp_path / "deckprism.toml"
    toml.write_text('[[schedule]]\nname = "a"\nfolder = "in"\nout = "out"\ncron = "1 2 * * *"\ninclude = ["*.pptx"]\n')
    (made,) = read_schedules(toml)
    assert keep(engine, [made], toml) == ()
    assert deployed(engine, "a") == (made, toml)
    assert keep(engine, [], toml) == ("a",)


def test_a_child_does_the_work_and_says_what_came_of_it(nightly: Schedule) -> None:
    assert asyncio.run(in_child("nightly")) == Result("done", "", "The folder holds no file that can be read.")
    assert asyncio.run(in_child("weekly")).code == "InputError"


def test_a_child_that_says_nothing_is_a_fault() -> None:
    assert result_from("", -9).state == "interrupted"
    assert result_from("Traceback (most recent call last)", 1).state == "failed"
    assert result_from('{"state": "look", "code": "", "outcome": "1 held"}\n', 0) == Result("look", "", "1 held")


def test_the_flow_takes_a_slot_once_and_writes_down_what_came_of_it(engine: Engine, nightly: Schedule,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    said = [Result("look", "", "2 held"), Result("failed", "Fault", "It broke."), Result("missed", "Busy", "Another.")]
    moments = [datetime(2026, 6, 1, 10, minute, 3, tzinfo=UTC) for minute in (0, 0, 1, 2)]
    asked: list[str] = []

    async def child(name: str) -> Result:
        asked.append(name)
        return said[len(asked) - 1]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return moments.pop(0)

    monkeypatch.setattr(flows_schedule, "in_child", child)
    monkeypatch.setattr(flows_schedule, "datetime", Clock)
    states = [asyncio.run(scheduled.fn("nightly")) for _ in range(4)]
    assert [(state.name, state.type.value) for state in states] == [
        ("PeopleMustLook", "COMPLETED"), ("NothingDue", "COMPLETED"), ("Failed", "FAILED"), ("Missed", "COMPLETED")]
    assert asked == ["nightly"] * 3
    assert last(engine) == [("missed", "Another."), ("failed", "It broke."), ("look", "2 held")]


def test_a_flow_that_is_stopped_leaves_its_slot_interrupted(engine: Engine, nightly: Schedule,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    async def stopped() -> None:
        started = asyncio.Event()

        async def child(_name: str) -> Result:
            started.set()
            await asyncio.Event().wait()
            raise AssertionError

        monkeypatch.setattr(flows_schedule, "in_child", child)
        task = asyncio.create_task(scheduled.fn("nightly"))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stopped())
    assert [state for state, _ in last(engine)] == ["interrupted"]


def test_the_list_needs_no_server_and_knows_the_dead(engine: Engine, nightly: Schedule) -> None:
    from flows.holder import holder

    at = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    host = holder().partition(":")[0]
    assert take_due(engine, "nightly", MINUTELY, "UTC", at, by=f"{host}:999999999:1:x") is not None
    (row,) = planned(engine, at)
    assert [due.minute for due in row.following] == [1, 2, 3]
    assert row.prefect == "no server"
    assert [slot.state for slot in row.last] == ["interrupted"]


def test_the_command_lists_runs_and_refuses(nightly: Schedule, tmp_path: Path) -> None:
    def command(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-P", "-c", "from desk.command import main; main()", *given], cwd=tmp_path,
                              env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False)

    ran = command("schedules", "--run", "nightly")
    assert (ran.returncode, ran.stdout) == (0, "nightly: done: The folder holds no file that can be read.\n")
    listed = command("schedules")
    assert listed.stdout.startswith("nightly  (batch, * * * * *, UTC; Prefect: no server)\n  next  ")
    assert "done (by hand): The folder holds no file" in listed.stdout
    (told,) = json.loads(command("schedules", "--json").stdout)["schedules"]
    assert (told["name"], told["last"][0]["state"], len(told["next"])) == ("nightly", "done", 3)
    unknown = command("schedules", "--run", "weekly")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)
    (tmp_path / "deckprism.toml").write_text('[[schedule]]\nname = "a"\nfolder = "in"\nout = "out"\ncron = "tonight"\n')
    refused = command("deploy")
    assert refused.returncode == 2
    assert "'tonight' is no cron line" in refused.stderr
    assert refused.stderr.count("\n") == 1
    (tmp_path / "deckprism.toml").write_text('[[schedule]]\nname = "a"\nfolder = "in"\nout = "out"\ncron = "1 2 * * *"\n')
    written = command("deploy", "--yaml", "prefect.yaml")
    assert written.returncode == 0, written.stderr
    assert "name: a\n" in (tmp_path / "prefect.yaml").read_text()
    assert command("schedules").stdout.startswith("a  (batch, 1 2 * * *")
