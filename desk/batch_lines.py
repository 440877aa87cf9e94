"""Progress of a batch for people: a bar with rate and time left on a terminal, plain lines at intervals elsewhere.

A failure is a line at once, wherever it is shown. Plain lines come at every tenth of the work, and not more often than
every ten seconds nor more seldom than every five minutes of work, so that a log of a night has a page and not a book.
"""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType

from desk import terminal

_BAR = 24
_SOONEST, _LATEST = 10.0, 300.0
#: The rate is that of the last so many files: the first ones wait for libraries to load.
_LAST = 50


class BatchLines:
    """`with BatchLines() as lines: run_batch(..., lines)`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._ends: deque[tuple[int, float]] = deque(maxlen=_LAST + 1)
        self._told_at = clock()
        self._told = 0
        self._bar = ""

    def __enter__(self) -> BatchLines:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._wipe()

    def stage(self, name: str, seconds: float) -> None:
        """A stage ended; only that of comparing is worth a line of its own."""
        if name == "compare" and seconds >= 1.0:
            self._say(f"compared the packs{seconds:8.1f} s")

    def note(self, line: str) -> None:
        """A failure, or a remark: one line, above the bar."""
        self._say(line)

    def advance(self, done: int, total: int) -> None:
        """So many of so many files have an end."""
        now = self._clock()
        self._ends.append((done, now))
        if self._live:
            filled = round(_BAR * done / total) if total else _BAR
            bar = "█" * filled + "░" * (_BAR - filled)
            self._bar = f"  {bar} {done} of {total}{self._pace(done, total)}"[:terminal.width()]
            self._draw()
        elif self._is_due(done, total, now):
            self._told_at, self._told = now, done
            terminal.err(f"  {done} of {total}{self._pace(done, total)}")

    def _is_due(self, done: int, total: int, now: float) -> bool:
        waited = now - self._told_at
        if done in {0, total}:
            return done != self._told or done == 0
        return waited >= _LATEST or (waited >= _SOONEST and (done - self._told) * 10 >= total)

    def _pace(self, done: int, total: int) -> str:
        """Files a minute and the time left, as soon as two files have ended."""
        (before, then), (_, now) = self._ends[0], self._ends[-1]
        if (done - before < 2 and done < total) or now <= then or done == before:
            return ""
        rate = (done - before) / (now - then)
        left = f", about {duration((total - done) / rate)} left" if done < total else ""
        return f", {rate * 60:.{0 if rate * 60 >= 10 else 1}f} a minute{left}"

    def _say(self, line: str) -> None:
        self._wipe()
        terminal.err(f"  {line}")
        self._draw()

    def _draw(self) -> None:
        if self._live and self._bar:
            sys.stderr.write(f"\r\x1b[K{self._bar}")
            sys.stderr.flush()

    def _wipe(self) -> None:
        if self._live and self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """A time as people say it: 40 s, 3 min, 2 h 5 min."""
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
