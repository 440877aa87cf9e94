"""What a picture's file says besides its pixels: its kind by content, and text in its metadata (EXIF, XMP, PNG text).

Read with a few lines of bytes work instead of an image library: nothing is decoded, so no picture can be a bomb here.
"""

from __future__ import annotations

import re
import struct
import zlib

_EXIF_TEXT = {0x010E: "description", 0x010F: "camera", 0x0110: "camera model", 0x0131: "program", 0x013B: "artist",
              0x8298: "copyright", 0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "author", 0x9C9E: "keywords",
              0x9C9F: "subject", 0x9286: "comment"}
_MOST_TEXT = 4000
_XMP_TEXT = re.compile(r">([^<>]+)<")
_KINDS = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"BM", "image/bmp"),
          (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"\xd7\xcd\xc6\x9a", "image/wmf"))

#: Kinds whose whole text is their metadata.
READ_AT_ONCE = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp"})


def kind_of(data: bytes, declared: str) -> str:
    """The media type by the first bytes; what was declared where they say nothing."""
    for magic, kind in _KINDS:
        if data.startswith(magic):
            return kind
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else declared


def is_opaque(data: bytes) -> bool:
    """Whether a picture surely hides what is under it: JPEG, or PNG without an alpha channel and transparency."""
    if data.startswith(b"\xff\xd8\xff"):
        return True
    return data.startswith(b"\x89PNG") and data[25:26] in (b"\x00", b"\x02") and b"tRNS" not in data[:2000]


def metadata(data: bytes) -> list[tuple[str, str]]:
    """Name and text of each piece of written metadata; numbers and thumbnails are left out. Never raises."""
    found: list[tuple[str, str]] = []
    try:
        if data.startswith(b"\x89PNG"):
            found += _png(data)
        elif data.startswith(b"\xff\xd8\xff"):
            found += _jpeg(data)
        elif data[:4] in (b"II*\x00", b"MM\x00*"):
            found += _tiff(data)
        elif data.startswith(b"GIF8"):
            found += _gif(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            found += _webp(data)
    except (struct.error, IndexError, zlib.error, UnicodeError):
        pass  # broken metadata of a picture that Office shows all the same
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start) if start >= 0 else -1
    if end >= 0:
        found += [("XMP", text.strip()) for text in _XMP_TEXT.findall(data[start:end].decode("utf-8", "replace"))]
    return [(name, text[:_MOST_TEXT]) for name, text in dict.fromkeys(found) if any(char.isalpha() for char in text)]


def _png(data: bytes) -> list[tuple[str, str]]:
    found, at = [], 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + min(length, 1 << 20)]
        if kind == b"tEXt":
            name, _, text = body.partition(b"\0")
            found.append((name.decode("latin-1"), text.decode("latin-1")))
        elif kind == b"zTXt":
            name, _, rest = body.partition(b"\0")
            plain = zlib.decompressobj().decompress(rest[1:], 4 * _MOST_TEXT)
            found.append((name.decode("latin-1"), plain.decode("latin-1")))
        elif kind == b"iTXt":
            name, _, rest = body.partition(b"\0")
            packed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
            text = zlib.decompressobj().decompress(text, 4 * _MOST_TEXT) if packed else text
            if not text.lstrip().startswith(b"<"):
                found.append((name.decode("latin-1"), text.decode("utf-8", "replace")))
        elif kind == b"eXIf":
            found += _tiff(body)
        at += 12 + length
    return found


def _gif(data: bytes) -> list[tuple[str, str]]:
    """Comments stand in blocks of their own: 21 FE, then pieces of up to 255 bytes, each after its length."""
    found: list[tuple[str, str]] = []
    at = data.find(b"\x21\xfe")
    while at >= 0 and len(found) < 20:
        text, at = b"", at + 2
        while at < len(data) and data[at] and len(text) < _MOST_TEXT:
            text += data[at + 1:at + 1 + data[at]]
            at += 1 + data[at]
        if data[at:at + 1] == b"\0" and text and all(byte >= 32 or byte in b"\t\r\n" for byte in text):
            found.append(("comment", text.decode("utf-8", "replace")))
        at = data.find(b"\x21\xfe", at)
    return found


def _webp(data: bytes) -> list[tuple[str, str]]:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[at:at + 8])
        if kind == b"EXIF":
            return _tiff(data[at + 8:at + 8 + length].removeprefix(b"Exif\0\0"))
        at += 8 + length + length % 2
    return []


def _jpeg(data: bytes) -> list[tuple[str, str]]:
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        length = struct.unpack(">H", data[at + 2:at + 4])[0]
        body = data[at + 4:at + 2 + length]
        if data[at + 1] == 0xE1 and body.startswith(b"Exif\0\0"):
            found += _tiff(body[6:])
        elif data[at + 1] == 0xFE:
            found.append(("comment", body.decode("utf-8", "replace")))
        at += 2 + length
    return found


def _tiff(data: bytes) -> list[tuple[str, str]]:
    order = "<" if data[:2] == b"II" else ">"
    found: list[tuple[str, str]] = []
    waiting: list[int] = [struct.unpack(order + "I", data[4:8])[0]]
    done: set[int] = set()
    while waiting and len(done) < 8:
        at = waiting.pop()
        if at in done or at + 2 > len(data):
            continue
        done.add(at)
        for entry in range(min(struct.unpack(order + "H", data[at:at + 2])[0], 200)):
            tag, kind, count, value = struct.unpack(order + "HHI4s", data[at + 2 + entry * 12:at + 14 + entry * 12])
            if tag in (0x8769, 0x8825):
                waiting.append(struct.unpack(order + "I", value)[0])
            elif tag in _EXIF_TEXT and kind in (1, 2, 7):
                start = struct.unpack(order + "I", value)[0]
                raw = value[:count] if count <= 4 else data[start:start + min(count, _MOST_TEXT)]
                text = raw.decode("utf-16-le", "replace") if tag >= 0x9C9B else raw.decode("utf-8", "replace")
                found.append((_EXIF_TEXT[tag], text.removeprefix("ASCII\0\0\0").strip("\0 ")))
    return found
