"""The tag is read back by a reader of its own, and by ffprobe where there is one."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from generators.speech import mp3

RATE = 22050


def _size(raw: bytes) -> int:
    assert all(byte < 128 for byte in raw)
    return raw[0] << 21 | raw[1] << 14 | raw[2] << 7 | raw[3]


def _frames(body: bytes) -> list[tuple[str, bytes]]:
    found, place = [], 0
    while place < len(body):
        size = _size(body[place + 4:place + 8])
        found.append((body[place:place + 4].decode(), body[place + 10:place + 10 + size]))
        place += 10 + size
    assert place == len(body)
    return found


def _tag(data: bytes) -> dict[str, list[bytes]]:
    assert data[:6] == b"ID3\x04\x00\x00"
    out: dict[str, list[bytes]] = {}
    for name, body in _frames(data[10:10 + _size(data[6:10])]):
        out.setdefault(name, []).append(body)
    return out


_TAGS = mp3.Tags(
    title="Één vraag", artist="Joos Verhulst", album="Talks", language="nl", comment="Synthetic voice.", licence="CC BY 4.0",
    lyrics="Words.", chapters=(mp3.Mark("Opening", 0.0, 12.5), mp3.Mark("Waaróm", 12.5, 40.0)), cover=b"\x89PNG rest")


def test_every_field_comes_back() -> None:
    tag = _tag(mp3.tag(_TAGS))
    assert tag["TIT2"] == [b"\x03" + "Één vraag".encode()]
    assert tag["TPE1"] == [b"\x03Joos Verhulst"]
    assert tag["TLAN"] == [b"\x03nld"]
    assert tag["COMM"] == [b"\x03nld\x00Synthetic voice."]
    assert tag["USLT"] == [b"\x03nld\x00Words."]
    assert tag["TXXX"] == [b"\x03Licence\x00CC BY 4.0"]
    assert tag["APIC"] == [b"\x03image/png\x00\x03\x00\x89PNG rest"]
    assert tag["CTOC"] == [b"toc\x00\x03\x02c1\x00c2\x00"]


def test_chapters_come_back_with_their_times() -> None:
    found = []
    for body in _tag(mp3.tag(_TAGS))["CHAP"]:
        name, rest = body.split(b"\x00", 1)
        start, end, *offsets = struct.unpack(">IIII", rest[:16])
        assert offsets == [0xFFFFFFFF] * 2
        [(kind, text)] = _frames(rest[16:])
        found.append((name, start, end, kind, text[1:].decode()))
    assert found == [(b"c1", 0, 12500, "TIT2", "Opening"), (b"c2", 12500, 40000, "TIT2", "Waaróm")]


def test_empty_fields_are_left_out() -> None:
    assert set(_tag(mp3.tag(mp3.Tags(title="x")))) == {"TIT2", "TLAN", "TCON"}


def test_the_same_sound_gives_the_same_bytes_at_64_kbit() -> None:
    sound = np.concatenate([np.zeros(RATE // 3), np.sin(np.arange(RATE * 10) / 15) * 0.3]).astype(np.float32)
    data = mp3.encode(sound, RATE)
    assert data == mp3.encode(sound, RATE)
    assert data[0] == 0xFF
    assert len(data) * 8 / (len(sound) / RATE) == pytest.approx(64_000, rel=0.03)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_decoded_it_is_as_loud_and_as_late_as_it_was(tmp_path: Path) -> None:
    sound = np.zeros(RATE * 3, np.float32)
    sound[RATE:RATE * 2] = 0.25 * np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE)
    file = tmp_path / "x.mp3"
    file.write_bytes(mp3.tag(_TAGS) + mp3.encode(sound, RATE))
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"],
                         capture_output=True, check=True).stdout
    back = np.frombuffer(raw, "<i2") / 32768
    start = int(np.flatnonzero(np.abs(back) > 0.1)[0]) / RATE
    assert start == pytest.approx(1.0, abs=0.01)
    middle = slice(int(1.3 * RATE), int(1.7 * RATE))
    assert back[middle].std() == pytest.approx(sound[middle].std(), rel=0.02)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_ffprobe_reads_tag_and_chapters(tmp_path: Path) -> None:
    file = tmp_path / "x.mp3"
    file.write_bytes(mp3.tag(mp3.Tags(title="Één", chapters=_TAGS.chapters)) + mp3.encode(np.zeros(RATE * 41, np.float32), RATE))
    out = subprocess.run(["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters", str(file)],
                         capture_output=True, check=True).stdout
    read = json.loads(out)
    assert read["format"]["tags"]["title"] == "Één"
    assert [(float(each["start_time"]), each["tags"]["title"]) for each in read["chapters"]] == [
        (0.0, "Opening"), (12.5, "Waaróm")]
