"""Reads what a PDF needs of a TrueType file, and cuts the file down to the glyphs that are used.

Only outlines of the default instance are kept: the tables of a variable font are left out, which makes it the plain font
at weight 400. Glyph numbers stay as they are. Tables as in the OpenType specification 1.9 (cmap format 4, glyf, loca).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

_KEPT = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
# Flags of a composite glyph: wide arguments, a scale, more parts, two scales, a matrix.
_WORDS, _SCALE, _MORE, _TWO, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


@dataclass(frozen=True, slots=True)
class TrueType:
    """A font file: its tables, its characters with their glyphs, and its measures as shares of the size."""

    tables: dict[bytes, bytes]
    characters: dict[int, int]
    #: Advance width of each glyph, in thousandths of the size.
    widths: tuple[float, ...]
    ascent: float
    descent: float
    cap_height: float
    box: tuple[float, float, float, float]

    def glyph(self, char: str) -> int:
        """Number of a character's glyph, 0 when the font lacks it."""
        return self.characters.get(ord(char), 0)


def read(data: bytes) -> TrueType:
    """Read a font file. Raises struct.error or KeyError when it is none."""
    count = struct.unpack(">H", data[4:6])[0]
    tables = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, start, size = struct.unpack(">4sIII", data[at:at + 16])
        tables[tag] = data[start:start + size]
    em = struct.unpack(">H", tables[b"head"][18:20])[0]
    ascent, descent = struct.unpack(">hh", tables[b"hhea"][4:8])
    metrics = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    glyphs = struct.unpack(">H", tables[b"maxp"][4:6])[0]
    advances = [struct.unpack(">H", tables[b"hmtx"][4 * n:4 * n + 2])[0] for n in range(metrics)]
    advances += [advances[-1]] * (glyphs - metrics)
    x_least, y_least, x_most, y_most = struct.unpack(">hhhh", tables[b"head"][36:44])
    cap = struct.unpack(">h", tables[b"OS/2"][88:90])[0]
    return TrueType(tables, _characters(tables[b"cmap"]), tuple(width * 1000 / em for width in advances), ascent / em,
                    descent / em, cap / em, (x_least / em, y_least / em, x_most / em, y_most / em))


def _characters(table: bytes) -> dict[int, int]:
    """Code points and their glyphs, from the first subtable in format 4."""
    for n in range(struct.unpack(">H", table[2:4])[0]):
        start = struct.unpack(">I", table[8 + 8 * n:12 + 8 * n])[0]
        kind, _, _, double = struct.unpack(">HHHH", table[start:start + 8])
        if kind == 4:
            return _format_4(table[start + 14:], double // 2)
    return {}


def _format_4(body: bytes, segments: int) -> dict[int, int]:
    size = 2 * segments
    ends = struct.unpack(f">{segments}H", body[:size])
    rest = body[size + 2:]
    starts = struct.unpack(f">{segments}H", rest[:size])
    deltas = struct.unpack(f">{segments}H", rest[size:2 * size])
    offsets = struct.unpack(f">{segments}H", rest[2 * size:3 * size])
    found = {}
    for n in range(segments):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            if not offsets[n]:
                glyph = (code + deltas[n]) & 0xFFFF
            else:
                at = 2 * size + 2 * n + offsets[n] + 2 * (code - starts[n])
                glyph = struct.unpack(">H", rest[at:at + 2])[0]
                glyph = (glyph + deltas[n]) & 0xFFFF if glyph else 0
            if glyph:
                found[code] = glyph
    return found


def subset(font: TrueType, glyphs: Iterable[int]) -> bytes:
    """The font file with the outlines of some glyphs only, with those that they are composed of."""
    long = struct.unpack(">h", font.tables[b"head"][50:52])[0] == 1
    raw = font.tables[b"loca"]
    places = struct.unpack(f">{len(raw) // (4 if long else 2)}{'I' if long else 'H'}", raw)
    if not long:
        places = tuple(2 * place for place in places)
    glyf = font.tables[b"glyf"]
    wanted = {0, *glyphs}
    waiting = list(wanted)
    while waiting:
        number = waiting.pop()
        for part in _parts(glyf[places[number]:places[number + 1]]):
            if part not in wanted:
                wanted.add(part)
                waiting.append(part)
    outlines = b""
    starts = [0]
    for number in range(len(places) - 1):
        if number in wanted:
            outline = glyf[places[number]:places[number + 1]]
            outlines += outline + b"\0" * (-len(outline) % 4)
        starts.append(len(outlines))
    head = bytearray(font.tables[b"head"])
    head[8:12] = b"\0\0\0\0"  # the sum over the file, filled in below
    head[50:52] = b"\0\1"
    tables = {**font.tables, b"glyf": outlines, b"head": bytes(head), b"loca": struct.pack(f">{len(starts)}I", *starts)}
    return _file({tag: tables[tag] for tag in _KEPT})


def _parts(outline: bytes) -> list[int]:
    """The glyphs that a composite glyph is made of; none for a simple or empty one."""
    if len(outline) < 10 or struct.unpack(">h", outline[:2])[0] >= 0:
        return []
    found, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack(">HH", outline[at:at + 4])
        found.append(number)
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _TWO else 8 if flags & _MATRIX else 0
    return found


def _file(tables: dict[bytes, bytes]) -> bytes:
    """A font file of tables, with its sums."""
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(">IHHHH", 0x10000, len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    at = 12 + 16 * len(tables)
    directory, body, head_at = b"", b"", 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            head_at = at + len(body)
        directory += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    whole = header + directory + body
    adjustment = (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF
    return whole[:head_at + 8] + struct.pack(">I", adjustment) + whole[head_at + 12:]


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
