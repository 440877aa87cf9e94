"""What somebody sees who waits for a batch: a bar on a terminal, few plain lines in a log, and failures at once."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from content.errors import InputError
from desk.batch_lines import BatchLines, duration
from desk.commands.batch import moment


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(lines: BatchLines, clock: Clock, total: int, seconds: float) -> None:
    lines.advance(0, total)
    for done in range(1, total + 1):
        clock.now += seconds
        lines.advance(done, total)


def test_a_log_gets_a_line_at_every_tenth_and_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with BatchLines(clock) as lines:
        work(lines, clock, 1000, 2.0)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 11
    assert told[0] == "  0 of 1000"
    assert told[5] == "  500 of 1000, 30 a minute, about 17 min left"
    assert told[-1] == "  1000 of 1000, 30 a minute"


def test_slow_work_gets_a_line_every_five_minutes_and_quick_work_two(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with BatchLines(clock) as lines:
        work(lines, clock, 30, 200.0)
    assert 10 < len(capsys.readouterr().err.splitlines()) <= 17
    with BatchLines(clock) as lines:
        work(lines, clock, 50, 0.1)
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_failure_is_a_line_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with BatchLines(Clock()) as lines:
        lines.advance(0, 2)
        lines.note("a.pptx: is empty. Send the file again.")
    assert "  a.pptx: is empty. Send the file again.\n" in capsys.readouterr().err


def test_a_terminal_has_one_bar_that_failures_do_not_break(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, clock = Terminal(), Clock()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with BatchLines(clock) as lines:
        lines.advance(0, 4)
        for done in (1, 2, 3):
            clock.now += 30
            lines.advance(done, 4)
        lines.note("b.pptx: is empty. Send the file again.")
    shown = screen.getvalue()
    assert "\r\x1b[K  " + "█" * 18 + "░" * 6 + " 3 of 4, 2.0 a minute, about 30 s left" in shown
    assert "\r\x1b[K  b.pptx: is empty. Send the file again.\n\r\x1b[K  █" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(("seconds", "said"), [(3, "3 s"), (89, "89 s"), (600, "10 min"), (7500, "2 h 5 min")])
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(("since", "back"), [
    ("36h", timedelta(hours=36)), ("7d", timedelta(days=7)), ("2w", timedelta(weeks=2)), ("90 min", timedelta(minutes=90))])
def test_since_takes_durations(since: str, back: timedelta) -> None:
    assert moment(since, NOW) == (NOW - back).timestamp()


def test_since_takes_dates_and_nothing_else() -> None:
    assert moment("", NOW) == 0
    assert moment("2026-11-01", NOW) == datetime(2026, 11, 1).astimezone().timestamp()
    assert moment("2026-11-01T06:00+01:00", NOW) == datetime(2026, 11, 1, 5, tzinfo=UTC).timestamp()
    for wrong in ("yesterday", "7 moons", "2026-13-01", "-3d"):
        with pytest.raises(InputError, match="is neither a date nor a duration"):
            moment(wrong, NOW)
