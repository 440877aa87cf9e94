"""The processes of `deckprism up`: started again when they die, ended together, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.team import parts as parts_module
from flows.team.parts import Part, Parts

_SLEEP = "import time; time.sleep(600)"
_WITH_CHILD = ("import subprocess, sys, time; from pathlib import Path; child = subprocess.Popen([sys.executable, '-c', "
               f"{_SLEEP!r}]); Path(sys.argv[1]).write_text(str(child.pid)); time.sleep(600)")
_DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
_LISTENING = ("from flows.team.parent import end_with_input; import sys, time; end_with_input();"
              "print('up', flush=True); time.sleep(600)")
_UP = ("import sys, threading; from pathlib import Path; from flows.team.parts import Part, Parts; parts = Parts();"
       f"parts.add(Part('part', (sys.executable, '-c', {_LISTENING!r})));"
       "print(parts.pid('part'), flush=True); parts.look_after(threading.Event())")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(what: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came to be"
        threading.Event().wait(0.05)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def parts(told: list[str]) -> Iterator[Parts]:
    made = Parts(told.append)
    yield made
    made.stop()


def test_a_part_that_dies_is_started_again_with_what_it_started_gone(parts: Parts, told: list[str], tmp_path: Path) -> None:
    parts.add(Part("worker", (sys.executable, "-c", _WITH_CHILD, str(tmp_path / "child"))))
    first = parts.pid("worker")
    until((tmp_path / "child").exists)
    until(lambda: (tmp_path / "child").read_text())
    grandchild = int((tmp_path / "child").read_text())
    os.kill(first, signal.SIGKILL)
    until(lambda: not alive(first))
    until(lambda: parts.look() or parts.pid("worker") not in {0, first})
    assert told == ["The worker ended (signal 9). It is started again."]
    until(lambda: not alive(grandchild))


def test_one_that_keeps_dying_is_started_with_longer_pauses(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(parts_module.time, "monotonic", lambda: clock[0])
    parts.add(Part("worker", (sys.executable, "-c", "raise SystemExit(3)")))
    pauses = []
    for _ in range(7):
        process = parts._running[0].process
        assert process is not None
        process.wait()
        parts.look()
        pauses.append(parts._running[0].again_at - clock[0])
        clock[0] = parts._running[0].again_at
        parts.look()
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]


def test_what_cannot_be_used_is_not_tried_again(parts: Parts) -> None:
    parts.add(Part("desk", (sys.executable, "-c", "raise SystemExit(2)")))
    parts.look_after(threading.Event())
    assert parts.failed == 2


def test_one_that_does_not_listen_is_ended_all_the_same(parts: Parts, monkeypatch: pytest.MonkeyPatch,
                                                        tmp_path: Path) -> None:
    monkeypatch.setattr(parts_module, "GRACE", 0.2)
    parts.add(Part("worker", (sys.executable, "-c", _DEAF), log=tmp_path / "log"))
    pid = parts.pid("worker")
    until(lambda: "deaf" in (tmp_path / "log").read_text())
    parts.stop()
    assert not alive(pid)


def test_parts_end_when_the_command_is_killed_outright() -> None:
    root = str(Path(__file__).resolve().parents[3])
    with subprocess.Popen([sys.executable, "-c", _UP], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": root}) as up:
        assert up.stdout is not None
        part = int(up.stdout.readline())
        assert up.stdout.readline() == "up\n"
        up.send_signal(signal.SIGKILL)
        up.wait()
        until(lambda: not alive(part))
