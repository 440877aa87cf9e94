"""MP3 by LAME at a fixed setting, with ID3v2.4 tags and chapters written by ourselves.

mutagen is GPL, and the tag is a few structures (id3.org, ID3v2.4.0 and the chapter addendum). No dates, no encoder
settings, no padding: the same sound and tags give the same bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: kbit/s, mono, constant: under 4.7 MiB for ten minutes.
BITRATE = 64
#: LAME's middle setting; 2 costs twice the time and was not told apart on speech by loudness or peak.
_QUALITY = 5
#: Samples that encoder and decoder put before the sound (576 + 529). The file has no LAME header that would tell a
#: player, so as much of the silence before the first word is left out: times in the file are those of the sound.
DELAY = 1105
#: LAME makes everything quieter by this factor at a constant rate; without it the file is 0.45 LU under its mark.
_SCALE = 0.95
_LANGUAGES = {"en": "eng", "nl": "nld", "de": "deu", "fr": "fra", "es": "spa", "it": "ita"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: seconds from the start of the file."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows. Empty values are left out."""

    title: str
    artist: str = ""
    album: str = ""
    language: str = "en"
    genre: str = "Podcast"
    comment: str = ""
    licence: str = ""
    lyrics: str = ""
    chapters: tuple[Mark, ...] = ()
    #: ISO date, '' for none: no clock is asked.
    published: str = ""
    #: A JPEG or PNG picture.
    cover: bytes = b""


class Encoder:
    """MP3 frames of mono samples in -1..1 that come in pieces; the first `DELAY` samples must be silence and are left out."""

    def __init__(self, rate: int) -> None:
        import lameenc

        self._skip = DELAY
        self._lame = lameenc.Encoder()
        self._lame.set_bit_rate(BITRATE)
        self._lame.set_in_sample_rate(rate)
        self._lame.set_channels(1)
        self._lame.set_quality(_QUALITY)
        self._lame.silence()

    def add(self, sound: NDArray[np.float32]) -> bytes:
        """The frames that are complete with these samples."""
        import numpy as np

        skipped = min(self._skip, len(sound))
        self._skip -= skipped
        whole = np.clip(np.round(sound[skipped:] * (32767 / _SCALE)), -32768, 32767).astype("<i2")
        return bytes(self._lame.encode(whole.tobytes())) if len(whole) else b""

    def end(self) -> bytes:
        """The last frames. Nothing can be added after them."""
        return bytes(self._lame.flush())


def encode(sound: NDArray[np.float32], rate: int) -> bytes:
    """The MP3 frames of a sound that is in memory."""
    encoder = Encoder(rate)
    return encoder.add(sound) + encoder.end()


def tag(tags: Tags) -> bytes:
    """The ID3v2.4 tag that goes before the frames."""
    language = _LANGUAGES.get(tags.language, "und").encode()
    frames = [_text(name, value) for name, value in (
        ("TIT2", tags.title), ("TPE1", tags.artist), ("TALB", tags.album), ("TLAN", language.decode()),
        ("TCON", tags.genre), ("TDRC", tags.published)) if value]
    if tags.licence:
        frames.append(_frame("TXXX", b"\x03Licence\x00" + tags.licence.encode()))
    if tags.comment:
        frames.append(_frame("COMM", b"\x03" + language + b"\x00" + tags.comment.encode()))
    if tags.lyrics:
        frames.append(_frame("USLT", b"\x03" + language + b"\x00" + tags.lyrics.encode()))
    if tags.cover:
        kind = b"image/png" if tags.cover.startswith(b"\x89PNG") else b"image/jpeg"
        frames.append(_frame("APIC", b"\x03" + kind + b"\x00\x03\x00" + tags.cover))
    if tags.chapters:
        names = [f"c{number}".encode() + b"\x00" for number in range(1, len(tags.chapters) + 1)]
        # Flags 3: the top of the contents, in order.
        frames.append(_frame("CTOC", b"toc\x00\x03" + bytes([len(names)]) + b"".join(names)))
        for name, mark in zip(names, tags.chapters, strict=True):
            times = struct.pack(">IIII", round(mark.start * 1000), round(mark.end * 1000), 0xFFFFFFFF, 0xFFFFFFFF)
            frames.append(_frame("CHAP", name + times + _text("TIT2", mark.title)))
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _text(name: str, value: str) -> bytes:
    return _frame(name, b"\x03" + value.encode())


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + _synchsafe(len(body)) + b"\x00\x00" + body


def _synchsafe(size: int) -> bytes:
    """28 bits in four bytes whose high bit is never set, as ID3v2.4 wants its sizes."""
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
