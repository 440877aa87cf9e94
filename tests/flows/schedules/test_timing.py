"""When a schedule is due, over both clock changes of a year, and what is no cron line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.errors import BadSettings
from flows.schedules.timing import between, check_cron, following, latest

HERE = "Europe/Amsterdam"
LINES = ("30 2 * * *", "0 3 * * *", "*/15 * * * *", "0 * * * *", "15 */2 * * *", "0 2,3 * * *", "59 23 28-31 * *", "0 9 * * 1")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots(cron: str, start: str, end: str) -> list[str]:
    return [due.strftime("%d %H:%M") for due in takewhile(lambda due: due <= utc(end), following(cron, HERE, utc(start)))]


def test_a_time_that_spring_skips_is_due_right_after_the_change() -> None:
    assert slots("30 2 * * *", "2026-03-28T00:00", "2026-03-30T12:00") == ["28 01:30", "29 01:00", "30 00:30"]


def test_a_time_that_autumn_has_twice_is_due_once() -> None:
    assert slots("30 2 * * *", "2026-10-24T00:00", "2026-10-26T12:00") == ["24 00:30", "25 00:30", "26 01:30"]


def test_an_hourly_schedule_follows_real_time_on_both_days() -> None:
    assert len(slots("0 * * * *", "2026-03-28T23:00", "2026-03-29T22:00")) == 23
    assert len(slots("0 * * * *", "2026-10-24T22:00", "2026-10-25T23:00")) == 25


@pytest.mark.parametrize("day", ["2026-03-28T20:00", "2026-10-24T20:00", "2027-02-27T20:00"])
@pytest.mark.parametrize("cron", LINES)
def test_looking_back_finds_what_looking_ahead_found(cron: str, day: str) -> None:
    start = utc(day)
    known = list(islice(following(cron, HERE, start), 20))
    assert known == sorted(set(known))
    for before, after in pairwise(known):
        assert latest(cron, HERE, before) == before
        assert latest(cron, HERE, before + timedelta(milliseconds=400)) == before
        assert latest(cron, HERE, after - timedelta(seconds=1)) == before
    assert between(cron, HERE, known[0], known[4], 10) == tuple(known[1:4])


@settings(max_examples=60, deadline=None)
@given(at=st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1)), cron=st.sampled_from(LINES),
       zone=st.sampled_from([HERE, "UTC", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata"]))
def test_the_newest_slot_is_never_ahead_and_the_next_one_always_is(at: datetime, cron: str, zone: str) -> None:
    moment = at.replace(tzinfo=UTC)
    found = latest(cron, zone, moment)
    assert found is not None
    assert found <= moment
    assert next(following(cron, zone, found)) > moment.replace(microsecond=0)


def test_zones_are_counted_in_their_own_time() -> None:
    noon = next(following("0 12 * * *", "Asia/Kolkata", utc("2026-01-01T00:00")))
    assert noon.astimezone(ZoneInfo("Asia/Kolkata")).hour == 12


@pytest.mark.parametrize("line", [
    "", "soon", "* * * *", "* * * * * *", "61 * * * *", "* 24 * * *", "0 0 31 2 *", "@daily", "*/0 * * * *", "0 0 L * *",
    "0 0 1 * 1", "0 0 * * 1#2", "5-1 * * * *", "０ 2 * * *", "* * * * *\n* * * * *"])
def test_what_is_no_cron_is_one_line(line: str) -> None:
    with pytest.raises(BadSettings) as caught:
        check_cron(line, "deckprism.toml, schedule 'nightly'")
    said = str(caught.value)
    assert said.startswith("deckprism.toml, schedule 'nightly': ")
    assert "\n" not in said


@pytest.mark.parametrize("line", ["* * * * *", "30 2 * * 1-5", "*/2 * * * *", "0 6 1 * *", "0 0 * JAN-MAR mon"])
def test_what_is_a_cron_passes(line: str) -> None:
    check_cron(line, "here")
