"""The source text of macros (VBA) in an Office file, module by module, for scanning. It is text here: nothing runs it.

Method: MS-OVBA, the published format: the compressed stream `dir` names the modules, where the source begins in the stream
of each, and the code page; the source is packed in the same way. What is compiled beside it is not read, so that there are
macros in the file is said in any case.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from extractors.strings import sweep

#: Bytes of source that are unpacked of one file; real projects have a tenth of it. A byte packed can stand for 1,300.
MOST_SOURCE = 4 << 20
_CHUNK = 4096
#: Kinds of records in `dir`.
_CODE_PAGE, _VERSION, _MODULE, _STREAM, _OFFSET = 0x0003, 0x0009, 0x0019, 0x001A, 0x0031
#: Lines that Office writes itself at the head of each module.
_OWN = re.compile(r"^Attribute VB_(?:Name|Base|GlobalNameSpace|Creatable|PredeclaredId|Exposed|TemplateDerived|"
                  r"Customizable|Control)\b.*\n?", re.MULTILINE)


def sources(data: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Name and source text of each module that has any, then the words on its forms; and whether that is all of it.

    `data` is the part `vbaProject.bin`. Damaged ones give what can be read, and never raise.
    """
    import olefile  # type: ignore[import-untyped]  # comes with msoffcrypto-tool, without types

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(entry): entry for entry in ole.listdir()}
            folder = next((name[:-3] for name in streams if name.lower().rpartition("/")[2] == "dir"), None)
            if folder is None:
                return [], False
            page, modules = _modules(unpacked(ole.openstream(streams[f"{folder}dir"]).read(), MOST_SOURCE))
            found: list[tuple[str, str]] = []
            left, whole = MOST_SOURCE, bool(modules)
            for name, stream, offset in modules:
                entry = streams.get(folder + stream)
                held = ole.openstream(entry).read()[offset:] if entry else b""
                raw = unpacked(held, left)
                left -= len(raw)
                whole = whole and bool(raw) and left > 0
                found.append((name, _OWN.sub("", raw.decode(page, "replace").replace("\r\n", "\n")).strip()))
            for name, entry in streams.items():
                if name.endswith("/o"):  # what the controls of a form say
                    found.append((name.removesuffix("/o"), "\n".join(sweep(ole.openstream(entry).read()))))
            return [(name, text) for name, text in found if text], whole
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):  # olefile on broken files
        return [], False


def _modules(held: bytes) -> tuple[str, list[tuple[str, str, int]]]:
    """The code page, and of each module its name, its stream and where the source begins in that."""
    page, name, stream = "cp1252", "", ""
    found: list[tuple[str, str, int]] = []
    for kind, value in _records(held):
        if kind == _CODE_PAGE:
            page = _codec(int.from_bytes(value[:2], "little"))
        elif kind == _MODULE:
            name = stream = value.decode(page, "replace")
        elif kind == _STREAM:
            stream = value.decode(page, "replace")
        elif kind == _OFFSET and stream:
            found.append((name, stream, int.from_bytes(value[:4], "little")))
    return page, found


def _records(held: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 6 <= len(held):
        kind, size = int.from_bytes(held[at:at + 2], "little"), int.from_bytes(held[at + 2:at + 6], "little")
        size += 2 * (kind == _VERSION)  # which counts only the first of its two numbers
        yield kind, held[at + 6:at + 6 + size]
        at += 6 + size


def _codec(number: int) -> str:
    try:
        return codecs.lookup({10000: "mac_roman", 65001: "utf-8"}.get(number, f"cp{number}")).name
    except LookupError:
        return "cp1252"


def unpacked(data: bytes, most: int) -> bytes:
    """A compressed container of MS-OVBA (2.4.1), not more than `most` bytes of it; b"" where it is none."""
    out, at = bytearray(), 1
    if data[:1] != b"\x01":
        return b""
    while at + 2 <= len(data) and len(out) < most:
        head = int.from_bytes(data[at:at + 2], "little")
        if (head >> 12) & 7 != 3:
            break
        end = min(at + (head & 0xFFF) + 3, len(data))
        if head >> 15:
            _unpack_chunk(data[at + 2:end], out)
        else:
            out += data[at + 2:end]
        at = end
    return bytes(out[:most])


def _unpack_chunk(data: bytes, out: bytearray) -> None:
    """Literal bytes, and copies of what stands before in the same chunk; a flag byte says which of eight are which."""
    start, at = len(out), 0
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(out) - start >= _CHUNK:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            token, at = int.from_bytes(data[at:at + 2], "little"), at + 2
            bits = max(4, (len(out) - start - 1).bit_length())
            length, back = (token & 0xFFFF >> bits) + 3, (token >> 16 - bits) + 1
            if back > len(out) - start:
                return  # points before the chunk: damaged
            for _ in range(min(length, _CHUNK - (len(out) - start))):
                out.append(out[-back])
