"""Two hours need no more memory than two minutes, and what is written is whole or not there."""

from __future__ import annotations

import errno
import io
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from content.errors import BadOutput, UnreadableFile
from content.settings import Profile
from generators.speech import limiter, making, mp3, say, voice
from generators.speech.sounds import SoundCache

RATE = 22050
_SCRIPT = "# Hello\n\n## One\n\nThis is the first part of a script.\n\n## Two\n\nAnd this is the second, said once."


def _peak_of(minutes: int) -> float:
    """Megabytes that mastering and encoding so many minutes take at most, the result not counted."""
    second = (0.3 * np.sin(np.arange(RATE) / 9) * np.hanning(RATE)).astype(np.float32)

    def source() -> Iterator[np.ndarray]:
        yield np.zeros(mp3.DELAY, np.float32)
        for _ in range(minutes * 60):
            yield second

    encoder, size = mp3.Encoder(RATE), 0

    def sink(piece: np.ndarray) -> None:
        nonlocal size
        size += len(encoder.add(piece))

    tracemalloc.start()
    limiter.master(source, RATE, sink)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert size > minutes * 60 * 7500
    return peak


@pytest.mark.slow
def test_memory_is_flat() -> None:
    short = _peak_of(1)
    assert _peak_of(8) < short + 2
    assert short < 60


def test_a_changed_paragraph_calls_speech_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = voice._speak

    def counted(spoken: str, *rest: object) -> bytes:
        asked.append(spoken)
        return real(spoken, *rest)

    monkeypatch.setattr(voice, "_speak", counted)
    store = SoundCache(tmp_path)

    def made(text: str) -> bytes:
        out = io.BytesIO()
        making.make(making.chapters_of(text, "en", Profile()), mp3.Tags("x"), "en", Profile(), out, store)
        return out.getvalue()

    first = made(_SCRIPT)
    assert len(asked) == 2
    assert made(_SCRIPT) == first
    assert len(asked) == 2
    made(_SCRIPT.replace("first part", "only part"))
    assert len(asked) == 3
    assert "only part" in asked[-1]


@pytest.mark.parametrize("place", ["temporary", "output"])
def test_a_full_disk_is_one_clear_line_and_leaves_nothing(place: str, tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if place == "temporary":
        monkeypatch.setattr(voice, "_clip", full)
    else:
        monkeypatch.setattr(mp3.Encoder, "end", full)
    with pytest.raises(BadOutput, match="No space left on device") as caught:
        say(_SCRIPT, tmp_path / "x.mp3", "en", Profile())
    assert caught.value.exit_code == 2
    assert "first part" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_lost_paragraph_leaves_nothing_and_an_older_file_as_it_was(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "x.mp3"
    out.write_bytes(b"older")

    def lost(spoken: str, *rest: object) -> bytes:
        raise voice.LostSpeech("speech, paragraph 2", "the engine was ended, 3 times")

    monkeypatch.setattr(voice, "_speak", lost)
    with pytest.raises(voice.LostSpeech, match="paragraph 2"):
        say(_SCRIPT, out, "en", Profile())
    assert out.read_bytes() == b"older"
    assert [each.name for each in tmp_path.iterdir()] == ["x.mp3"]


@pytest.mark.parametrize("text", [
    'Hello <break time="3s"/>there.', "Hello [[h@loU]] there.", "Hello \x00\x07\x1b[31mthere.",
    "<!-- out --> Hello <script>there</script>.", "Hello ```rm -rf``` there.", "Hello {{ 7*7 }} there.",
    "Hello [there](/bu/).", "Hello \x0etf there."])
def test_marks_of_engines_are_said_or_dropped(text: str, tmp_path: Path) -> None:
    assert say(text, tmp_path / "x.mp3", "en", Profile()) < 6
    for _, lines in making.chapters_of(text, "en", Profile()):
        for line in lines:
            assert not any(mark in line.spoken for mark in "<>[]{}`\x00\x07\x1b\x0e")


def test_more_than_two_hours_are_refused_before_anything_is_spoken(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"would take \d+ minutes"):
        say("The pump stopped again and nobody knew why it had. " * 4000, tmp_path / "x.mp3", "en", Profile())
