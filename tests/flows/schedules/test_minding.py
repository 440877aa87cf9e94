"""A server whose scheduler plans nothing: found out, and what is due is started by us, each slot once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.schedules import minding
from flows.team import api
from flows.team.api import Api, Away, Missing, Started
from flows.team.deployments import team


class Server:
    """What is asked of Prefect's API; `planned` is its answer at each look, the last one for good."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *planned: bool | Away) -> None:
        self.planned, self.paused, self.runs = list(planned), set[str](), dict[tuple[str, str], str]()
        monkeypatch.setattr(api, "find_api", lambda: Api("http://127.0.0.1:1/api"))
        monkeypatch.setattr(api, "planned_after", lambda _api, _deployment, _at: self._plans())
        monkeypatch.setattr(api, "paused", lambda _api, _flow, name: name in self.paused or _flow in self.paused)
        monkeypatch.setattr(api, "deployment_id", lambda _api, flow, name: f"{flow}/{name}")
        monkeypatch.setattr(api, "start_run", self._start)
        monkeypatch.setattr(minding, "catch_up", lambda: ())

    def _plans(self) -> bool:
        answer = self.planned.pop(0) if len(self.planned) > 1 else self.planned[0]
        if isinstance(answer, Away):
            raise answer
        return answer

    def _start(self, _api: Api, deployment: str, parameters: dict[str, str], key: str) -> Started:
        self.runs.setdefault((deployment, key), "")
        return Started("1", "SCHEDULED")


def test_a_server_that_plans_is_left_alone(monkeypatch):
    server = Server(monkeypatch, False, False, True)
    assert not minding.plans_nothing(threading.Event(), every=0.001)
    assert not server.runs


def test_one_that_is_away_or_just_got_its_deployments_is_not_called_dead(monkeypatch):
    Server(monkeypatch, Away("URLError"), Missing("404"), False, Away("URLError"), True)
    assert not minding.plans_nothing(threading.Event(), every=0.001)


def test_one_that_plans_nothing_is_found_out(monkeypatch):
    Server(monkeypatch, Away("URLError"), False)
    assert minding.plans_nothing(threading.Event(), every=0.001)


def test_one_whose_reconcile_is_paused_is_left_alone(monkeypatch):
    server = Server(monkeypatch, False)
    server.paused.add("reconcile")
    assert not minding.plans_nothing(threading.Event(), every=0.001)


def test_each_slot_has_one_key(monkeypatch):
    server = Server(monkeypatch, False)
    for second in range(0, 241, 30):
        minding.start_due(team(), datetime(2026, 11, 22, 3, 28, tzinfo=UTC).replace(minute=28 + second // 60, second=second % 60))
    assert sorted(server.runs) == [
        ("reconcile/team", f"due:2026-11-22T03:{minute}:00+00:00") for minute in (28, 30, 32)] + [
        ("retention/team", "due:2026-11-21T03:30:00+00:00"), ("retention/team", "due:2026-11-22T03:30:00+00:00")]


def test_what_is_paused_is_not_started(monkeypatch):
    server = Server(monkeypatch, False)
    server.paused.add("retention")
    minding.start_due(team(), datetime(2026, 11, 22, 3, 28, tzinfo=UTC))
    assert [deployment for deployment, _ in server.runs] == ["reconcile/team"]


def test_it_starts_what_is_due_until_the_scheduler_wakes_up(monkeypatch, data: Path):
    server = Server(monkeypatch, False, False, False, False, False, True)
    stopped = threading.Event()
    caught: list[int] = []
    monkeypatch.setattr(minding, "catch_up", lambda: caught.append(1))
    thread = threading.Thread(target=minding.mind, args=(team(), stopped, 0.01))
    thread.start()
    while server.planned != [True]:
        stopped.wait(0.001)
    stopped.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(caught) == 2 and ("reconcile/team" in {deployment for deployment, _ in server.runs})
