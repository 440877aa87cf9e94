"""`deckprism watch` as a process: packs of what arrives, nothing held while idle, and a clean end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.batch import BatchOptions, OutputBusy, _only_one
from flows.server import Server
from flows.watch.packs import Packs
from flows.watch.sight import Stamp
from flows.watch.taking import take

_COMMAND = [sys.executable, "-P", "-c", "from desk.command import main; main()", "watch"]


class Lines:
    def __init__(self) -> None:
        self.notes: list[str] = []

    def stage(self, name: str, seconds: float) -> None: ...

    def note(self, line: str) -> None:
        self.notes.append(line)

    def advance(self, done: int, total: int) -> None: ...


@contextmanager
def watching(server: Server, folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PREFECT_API_URL": server.url, "PREFECT_API_AUTH_STRING": server.password}
    with (folder / "told").open("w") as told, subprocess.Popen(
            [*_COMMAND, "in", "-o", "out", "--no-audio", "--rescan", "5", *options], cwd=folder, env=environment,
            stdout=subprocess.PIPE, stderr=told, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.prefect
@pytest.mark.slow
def test_what_arrives_gets_its_pack_once_and_a_stop_is_clean(server: Server, tmp_path: Path, data: Path,
                                                             make_deck: Callable[..., Path]) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    make_deck(tmp_path / "moved.pptx", "letters")
    body = make_deck(tmp_path / "slow.pptx", "answers").read_bytes()
    make_deck(inside / "there.pptx", "notes")
    with watching(server, tmp_path) as process:
        writer = threading.Thread(target=write_slowly, args=(inside / "slow.pptx", body))
        writer.start()
        (tmp_path / "moved.pptx").rename(inside / "moved.pptx")
        writer.join()
        until(lambda: len(list(out.glob("*/pack.json"))) == 3 and files_of(out) == 3, 120)
        with held(out):  # it can be had, because an idle watch holds nothing
            shutil.copy(inside / "there.pptx", inside / "copy.pptx")
            until(lambda: "Another batch writes to the output folder; this waits for it." in told_in(tmp_path), 60)
            assert files_of(out) == 3
        until(lambda: files_of(out) == 4, 60)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, told_in(tmp_path)
    assert said == ""
    assert told_in(tmp_path).rstrip().endswith("Stopped. What was under way goes on at the next start.")
    rows = {row["file"]: row["status"] for row in json.loads((out / "summary.json").read_text())["files"]}
    assert rows == {"there.pptx": "held", "moved.pptx": "held", "slow.pptx": "held", "copy.pptx": "skipped"}
    assert len(list(out.glob("*/pack.json"))) == 3
    sources = {json.loads(pack.read_text())["source"]["name"] for pack in out.glob("*/pack.json")}
    assert sources == {"there.pptx", "moved.pptx", "slow.pptx"}
    assert list((data / "watch").rglob("*.pptx")) == []


@pytest.mark.prefect
def test_one_round_says_what_came_of_it(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    (tmp_path / "in").mkdir()
    with watching(server, tmp_path, "--once") as process:
        said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "Watch: no files.\n")
    make_deck(tmp_path / "in" / "a.pptx")
    (tmp_path / "in" / "b.pptx").symlink_to(tmp_path / "in" / "a.pptx")
    with watching(server, tmp_path, "--once", "--settle", "0.5") as process:
        said, _ = process.communicate(timeout=120)
    assert (process.returncode, said) == (1, "Watch: 1 held.\n")
    assert "b.pptx: is a symbolic link" in told_in(tmp_path)


def test_a_server_that_is_away_is_said_and_the_file_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                          make_deck: Callable[..., Path]) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    source = make_deck(tmp_path / "a.pptx")
    copy = take(source, Stamp.of(source.stat()), 2.0, tmp_path / "mirror" / "a.pptx")
    handed = Packs(tmp_path / "out", BatchOptions(audio=False)).hand_on([copy], tmp_path / "mirror", Lines())
    assert handed.undone == (source,)
    assert "does not answer" in handed.why
    assert "\n" not in handed.why


@pytest.mark.parametrize(("given", "said"), [
    (["nowhere", "-o", "out"], "nowhere: does not exist."),
    (["file", "-o", "out"], "file: is no folder."),
    (["in", "-o", "in/out"], "in/out: lies inside the folder that is watched."),
    (["in"], "watch: needs either -o FOLDER or --to-desk OWNER."),
    (["in", "-o", "out", "--customers", "gone.csv"], "gone.csv: "),
    (["in", "-o", "out", "--config", "gone.toml"], "gone.toml: "),
])
def test_what_cannot_be_used_is_one_line(tmp_path: Path, given: list[str], said: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "file").write_text("")
    done = subprocess.run([*_COMMAND, *given], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Hold the output folder as a batch does, as soon as it can be had."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with _only_one(out):
                yield
                return
        except OutputBusy:
            assert time.monotonic() < deadline, "an idle watch holds the output folder"
            time.sleep(0.1)


def told_in(folder: Path) -> str:
    """What a watch has said so far."""
    return (folder / "told").read_text()


def files_of(out: Path) -> int:
    try:
        return len(json.loads((out / "summary.json").read_text())["files"])
    except (OSError, ValueError):
        return 0


def write_slowly(path: Path, body: bytes) -> None:
    """1 kB each 200 ms, two pauses of 4 s, and closed in between: only the missing end tells that it is not whole."""
    for number, start in enumerate(range(0, len(body), 1024)):
        with path.open("ab") as stream:
            stream.write(body[start:start + 1024])
        time.sleep(4.0 if number in {5, 20} else 0.2)


def until(question: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.1)
