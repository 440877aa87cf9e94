"""The child that parses: whatever happens to it, the caller gets one clear line and goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import extractors
from content.errors import UnreadableFile
from extractors import choose, host

Save = Callable[[str, bytes], Path]


@pytest.fixture
def file(save: Save) -> Path:
    return save("note.txt", b"A few words for the child to read.\n")


def replace_reader(monkeypatch: pytest.MonkeyPatch, work: Callable[[object], object]) -> None:
    """What the child does instead of reading; it is forked, so it sees the change."""
    monkeypatch.setattr(host, "_alone", lambda: True)
    monkeypatch.setattr(choose, "read", work)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT, signal.SIGXCPU])
def test_child_that_dies_is_a_clear_line(monkeypatch: pytest.MonkeyPatch, file: Path, number: signal.Signals) -> None:
    replace_reader(monkeypatch, lambda _: os.kill(os.getpid(), number))
    with pytest.raises(UnreadableFile, match=r"note\.txt: .*stopped\."):
        extractors.extract(file)


def test_child_that_takes_too_much_memory(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    replace_reader(monkeypatch, lambda _: len(b"x" * (3 << 30)))
    with pytest.raises(UnreadableFile, match="more memory"):
        extractors.extract(file)


def test_child_that_works_too_long(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    def spin(_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(host, "CPU_SECONDS", 3)
    replace_reader(monkeypatch, spin)
    with pytest.raises(UnreadableFile, match="too long"):
        extractors.extract(file)


def test_child_that_hangs(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(host, "WALL_SECONDS", 0.5)
    replace_reader(monkeypatch, lambda _: time.sleep(30))
    with pytest.raises(UnreadableFile, match="too long"):
        extractors.extract(file)


def test_parser_that_raises_shows_no_text(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    def fail(_: object) -> None:
        raise LookupError("secret words of the file")

    replace_reader(monkeypatch, fail)
    with pytest.raises(UnreadableFile, match="LookupError") as caught:
        extractors.extract(file)
    assert "secret" not in str(caught.value)


def test_child_cannot_write(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    replace_reader(monkeypatch, lambda _: (file.parent / "out.bin").write_bytes(b"x" * 10))
    with pytest.raises(UnreadableFile):
        extractors.extract(file)
    assert not (file.parent / "out.bin").exists() or not (file.parent / "out.bin").read_bytes()


def test_from_threads_it_reads_the_same(file: Path, plain_deck: bytes, save: Save) -> None:
    deck = save("deck.pptx", plain_deck)
    expected = [extractors.extract(path) for path in (file, deck)]
    found: list[object] = []

    def work() -> None:
        found.append([extractors.extract(path) for path in (file, deck)])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_from_threads_errors_arrive_too(save: Save) -> None:
    path = save("broken.pptx", b"PK\x03\x04 nothing more")
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with pytest.raises(UnreadableFile, match="damaged"):
            extractors.extract(path)
    finally:
        stop.set()
        other.join()


def test_server_is_started_again_when_it_died(file: Path) -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        first = extractors.extract(file)
        process = host._server._process
        assert process is not None
        process.kill()
        process.wait()
        assert extractors.extract(file) == first
        assert host._server._process is not process
    finally:
        stop.set()
        other.join()
