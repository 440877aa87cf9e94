"""The one runner of programs that make or read pictures: what it gives back, and that nothing stays."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from extractors import child

ROOT = Path(__file__).parents[2]


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", code]


def alive(pid: int) -> bool:
    """Whether a process still runs; one that nobody has buried does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2][:4]
    except OSError:
        return False


def test_a_wish_goes_in_and_the_answer_comes_out() -> None:
    wish = bytes(range(256)) * 2000
    done = child.run(python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"), 20, wish=wish, most=1 << 20)
    assert done == child.Done(wish[::-1], well=True)
    assert child.run(python("import sys; print('half'); sys.exit(1)"), 20, most=100) == child.Done(b"half\n")
    assert child.run(["/nowhere/to/be/found"], 20, most=100) == child.Done()


def test_nothing_of_our_environment_but_what_is_given(monkeypatch) -> None:
    monkeypatch.setenv("DECKPRISM_SECRET", "x")
    said = child.run(python("import os; print(sorted(os.environ))"), 20, most=1000, environment={"GIVEN": "1"}).output.decode()
    assert "GIVEN" in said and "SECRET" not in said


def test_too_much_output_and_too_much_time_are_ended() -> None:
    done = child.run(python("while True: print('x' * 1000)"), 20, most=5000)
    assert len(done.output) == 5000 and not done.well and not done.late
    started = time.monotonic()
    done = child.run(python("import time; print('begun', flush=True); time.sleep(600)"), 1, most=100)
    assert done == child.Done(b"begun\n", late=True) and time.monotonic() - started < 30


@pytest.mark.skipif(not child.alone(), reason="the system does not let a process be without a network")
def test_it_has_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = f"import socket; socket.create_connection(('127.0.0.1', {listener.getsockname()[1]}), 5); print('through')"
        done = child.run(python(code), 20, most=100)
    assert done == child.Done()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what runs")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_caller_and_its_folder_goes(tmp_path: Path, how: signal.Signals) -> None:
    folder, note = tmp_path / "scratch", tmp_path / "pid"
    folder.mkdir()
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid()) + '.'); time.sleep(600)"
    calling = (f"import sys, pathlib; from extractors import child; "
               f"child.run([sys.executable, '-I', '-S', '-c', {code!r}], 600, folder=pathlib.Path({str(folder)!r}))")
    with subprocess.Popen([sys.executable, "-P", "-c", calling], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as caller:
        until(lambda: note.exists() and note.read_text().endswith("."))
        caller.send_signal(how)
    until(lambda: not alive(int(note.read_text().rstrip("."))) and not folder.exists())


def test_many_threads_may_run_it_at_once() -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda n=n: made.append(child.run(python(f"print({n})"), 20, most=9).output))
               for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [b"0\n", b"1\n", b"2\n", b"3\n"]


def until(true) -> None:
    """Wait until something is so; fails when it never is."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.05)
