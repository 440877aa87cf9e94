"""Each slot at most once, whatever the clock, the zone and the workers do."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows import logs
from flows.data import database_url
from flows.schedules.taking import ended, owed, take_by_hand, take_due
from flows.schedules.timing import following
from flows.schedules.work import Result
from store import schedules
from store.database import open_database, reading, writing
from store.schedules import Slot

HERE, NIGHT = "Europe/Amsterdam", "30 2 * * *"


@pytest.fixture
def engine(data: Path) -> Iterator[Engine]:
    opened = open_database(database_url())
    yield opened
    opened.dispose()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots(engine: Engine, name: str = "nightly") -> list[Slot]:
    with reading(engine) as session:
        return list(reversed(schedules.last(session, name, 1000)))


def wake(engine: Engine, at: str, cron: str = NIGHT, name: str = "nightly", expected: str = "") -> str:
    """Wake up, and end what was taken at once; gives the slot as day and time, or ''."""
    taken = take_due(engine, name, cron, HERE, utc(at), utc(expected) if expected else None)
    if taken is None:
        return ""
    with writing(engine) as session:
        schedules.end(session, taken.id, "done", "", "1 clear")
    return taken.due.strftime("%d %H:%M")


@pytest.mark.parametrize(("cron", "start", "end", "count"), [
    (NIGHT, "2026-03-27T12:00", "2026-03-31T12:00", 4),
    (NIGHT, "2026-10-23T12:00", "2026-10-27T12:00", 4),
    ("0 * * * *", "2026-03-28T23:30", "2026-03-29T21:30", 22),
    ("0 * * * *", "2026-10-24T22:30", "2026-10-25T22:30", 24),
])
def test_over_a_clock_change_each_slot_is_done_once_by_whoever_wakes_every_minute(
        engine: Engine, cron: str, start: str, end: str, count: int) -> None:
    at, last, done = utc(start), utc(end), []
    due = list(takewhile(lambda each: each <= last, following(cron, HERE, at)))
    assert take_due(engine, "nightly", cron, HERE, at) is not None  # the one before it all
    for moment in due:
        for late in (-1, 0, 1, 61, 3599):
            taken = take_due(engine, "nightly", cron, HERE, moment + timedelta(seconds=late))
            if taken is not None:
                done.append(taken.due)
    assert done == due
    assert len(done) == count
    assert {slot.state for slot in slots(engine)} == {"running"}


def test_three_missed_slots_are_one_run_and_two_lines(engine: Engine) -> None:
    assert wake(engine, "2026-06-01T00:30:05") == "01 00:30"
    # three late runs come at once when the machine is back
    assert [wake(engine, f"2026-06-04T09:00:0{second}") for second in (0, 0, 1)] == ["04 00:30", "", ""]
    assert [(slot.due.day, slot.state) for slot in slots(engine)] == [(1, "done"), (2, "missed"), (3, "missed"), (4, "done")]
    assert wake(engine, "2026-06-05T00:30:00") == "05 00:30"
    assert len(slots(engine)) == 5


def test_a_clock_that_is_put_back_runs_nothing_twice_and_goes_on_after_it(engine: Engine) -> None:
    hourly = "0 * * * *"
    assert wake(engine, "2026-06-01T10:00:02", hourly) == "01 10:00"
    assert wake(engine, "2026-06-01T09:00:02", hourly) == ""
    assert wake(engine, "2026-06-01T10:00:01", hourly) == ""
    assert wake(engine, "2026-06-01T11:00:01", hourly) == "01 11:00"


def test_a_clock_that_was_a_year_ahead_does_not_stop_a_schedule_for_a_year(engine: Engine) -> None:
    assert wake(engine, "2027-06-01T00:31") == "01 00:30"
    assert wake(engine, "2026-06-02T00:31") == "02 00:30"
    assert wake(engine, "2026-06-02T00:32") == ""
    assert wake(engine, "2027-06-01T00:31") == ""


def test_a_server_that_is_a_little_ahead_is_believed_and_one_far_ahead_is_not(engine: Engine) -> None:
    assert wake(engine, "2026-06-01T00:29:57", expected="2026-06-01T00:30:00") == "01 00:30"
    assert wake(engine, "2026-06-01T00:30:03") == ""
    assert wake(engine, "2026-06-01T23:00:00", expected="2026-06-02T00:30:00") == ""


def test_of_many_that_wake_up_together_one_gets_the_slot(engine: Engine) -> None:
    at, got, ready = utc("2026-06-01T00:30"), [], threading.Barrier(8)

    def one() -> None:
        ready.wait()
        taken = take_due(engine, "nightly", NIGHT, HERE, at)
        if taken is not None:
            got.append(taken)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert len(slots(engine)) == 1


def test_a_run_by_hand_takes_no_slot_away(engine: Engine) -> None:
    assert take_by_hand(engine, "nightly", utc("2026-06-01T00:30:30")) is not None
    assert take_by_hand(engine, "nightly", utc("2026-06-01T00:30:30")) is None
    assert wake(engine, "2026-06-01T00:31") == "01 00:30"
    assert [slot.by_hand for slot in slots(engine)] == [False, True]


def test_what_a_dead_process_left_running_is_interrupted(engine: Engine) -> None:
    from flows.holder import holder

    host, _, _ = holder().partition(":")
    assert take_due(engine, "nightly", NIGHT, HERE, utc("2026-06-01T00:31"), by=f"{host}:999999999:1:x") is not None
    assert take_due(engine, "nightly", NIGHT, HERE, utc("2026-06-02T00:31"), by=holder()) is not None
    assert wake(engine, "2026-06-03T00:31") == "03 00:30"
    assert [slot.state for slot in slots(engine)] == ["interrupted", "running", "done"]


def test_old_slots_go_and_what_runs_stays(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "KEPT", 3)
    running = take_due(engine, "nightly", "* * * * *", HERE, utc("2026-06-01T00:00"), by="elsewhere:1:1:x")
    assert running is not None
    for minute in range(1, 8):
        wake(engine, f"2026-06-01T00:0{minute}", "* * * * *")
    assert [slot.due.minute for slot in slots(engine)] == [0, 5, 6, 7]
    assert wake(engine, "2026-06-01T00:07", "* * * * *") == ""


def test_a_moment_needs_a_zone(engine: Engine) -> None:
    with pytest.raises(ValueError, match="time zone"):
        schedules.moment(datetime(2026, 1, 1))


def test_what_is_owed_is_the_newest_slot_since_it_was_deployed(engine: Engine) -> None:
    row = schedules.Deployed("nightly", "batch", NIGHT, HERE, "{}")
    with writing(engine) as session:
        schedules.keep(session, [row])
        since = datetime.fromisoformat(schedules.deployed(session)[0].since)
    assert owed(engine, since) == ()
    later = since + timedelta(days=4)
    ((name, due),) = owed(engine, later)
    assert name == "nightly"
    assert timedelta(0) <= later - due <= timedelta(days=1, hours=1)
    with writing(engine) as session:  # deployed again as it was: nothing is forgotten
        schedules.keep(session, [row])
    assert owed(engine, later) == (("nightly", due),)
    assert take_due(engine, "nightly", NIGHT, HERE, later) is not None
    assert owed(engine, later) == ()
    assert len(owed(engine, later + timedelta(days=3))) == 1
    with writing(engine) as session:
        schedules.keep(session, [schedules.Deployed("other", "batch", NIGHT, HERE, "{}")])
    assert [each for each, _ in owed(engine, since)] == []


def test_it_is_told_how_a_slot_was_taken_and_how_it_ended(engine, tmp_path, monkeypatch):
    file = tmp_path / "log"
    monkeypatch.setenv(logs.FORM, "json")
    monkeypatch.setenv(logs.FILE, str(file))
    first = take_due(engine, "nightly", NIGHT, HERE, utc("2026-11-22T02:00"))
    assert first is not None
    ended(engine, "nightly", first, Result("look", outcome="3 held, of which secret.pptx"))
    dead = take_due(engine, "nightly", NIGHT, HERE, utc("2026-11-23T02:00"), by=f"{socket.gethostname()[:40]}:999999:1:x")
    assert dead is not None and take_due(engine, "nightly", NIGHT, HERE, utc("2026-11-23T03:00")) is None
    monkeypatch.delenv(logs.FORM)
    logs.set_up()
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    said = [(each["event"], each["schedule"], each.get("state"), each.get("code")) for each in lines]
    assert said == [("slot_taken", "nightly", None, None), ("slot_ended", "nightly", "look", None),
                    ("slot_taken", "nightly", None, None), ("slot_ended", "nightly", "interrupted", "Interrupted")]
    assert lines[1]["seconds"] >= 0 and "secret" not in file.read_text()
    assert (slots(engine)[0].state, slots(engine)[0].outcome) == ("look", "3 held, of which secret.pptx")
