"""Every text that a reader could get out of a file, whatever it is packed in.

A file is read by what it is, not by what it is called: archives member by member, PDF text, streams and metadata,
picture and sound metadata, base64 parts, and text after undoing tags, entities, escapes, URL encoding, line folding and
emphasis. Pixels and sound are not text and are not read. Nothing here knows what is withheld.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import struct
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_DEEPEST = 5
_LARGEST = 100 << 20
_TAG = re.compile(r"<[^>]{0,4000}>", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[uU](?:0000)?([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([nrtbfv])|(\W))")
_FOLDED = re.compile(r"\r?\n[ \t]")
_MARKUP = re.compile(r"[*_`~]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_QUOTED = re.compile(r"=\r?\n|=[0-9A-F]{2}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}(?:(?:\s|&#(?:10|13|x[aAdD]);){1,3}[A-Za-z0-9+/_-]{16,}={0,2})*")
_DIGEST = re.compile(r"[0-9a-f]{32,128}|[A-Z]?[a-z]{15,40}")  # a hash, or a long word
_LONG_BASE64 = re.compile(r"[A-Za-z0-9+/]{400,}={0,2}")
_STRINGS = re.compile(rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xf4][\x80-\xbf]{1,3}){5,}")
_ASCII = re.compile(rb"[\x20-\x7e]{4,}")
_MUCH = 256 << 10
#: Bytes at each end of much data where tags stand, and what counts between: three given letters, in any case and as a
#: word, stand by chance in one of a few episodes of 5 MB, five in one of some ten thousand.
_ENDS, _CHANCE = 8 << 10, 5
_WIDE_LITTLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}")


class Unsearchable(Exception):
    """A part that could not be opened. `args[0]` says which, for the gate's reason."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to read some bytes. `exact`: places in `text` are characters of the file itself. `least`: characters below
    which a string in it says nothing."""

    where: str
    text: str
    exact: bool = False
    least: int = 0


def views(data: bytes, where: str = "", depth: int = 0) -> Iterator[View]:
    """Every reading of some bytes. Raises Unsearchable for what cannot be opened or is packed too deep."""
    if depth > _DEEPEST:
        raise Unsearchable(f"{where} is packed too deep")
    if len(data) > _LARGEST:
        raise Unsearchable(f"{where or 'the file'} is larger than {_LARGEST >> 20} MB")
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        yield from _zip(data, where, depth)
    elif b"%PDF-" in data[:1024]:
        yield from _pdf(data, where, depth)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(data, where, depth)
    elif data[:2] == b"\xff\xd8":
        yield from _jpeg(data, where)
    elif data[:2] == b"\x1f\x8b":
        yield from views(_gunzip(data, where), _join(where, "gzip"), depth + 1)
    elif _binary(data):
        yield from _sound(data, where)
        yield from _strings(data, where)
    else:
        yield from _text(data, where, depth)


def _join(where: str, label: str) -> str:
    return f"{where} > {label}" if where else label


def _binary(data: bytes) -> bool:
    if data[:3] == b"ID3" or data[:4] in {b"RIFF", b"OggS", b"fLaC", b"\0\1\0\0", b"OTTO", b"wOF2", b"wOFF"}:
        return True
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} and len(data) % 2 == 0:
        return False
    sample = data[:65536]
    odd = len(sample.translate(None, bytes(range(32, 256)) + b"\t\n\r\x0b\x0c"))
    return odd > len(sample) * 0.02


def decode(data: bytes) -> str:
    """UTF-16 by its mark, UTF-8 otherwise, every byte kept."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


# ---------------------------------------------------------------- text


def _text(data: bytes, where: str, depth: int) -> Iterator[View]:
    text = decode(data)
    packed = _LONG_BASE64.search(text) is not None
    plain = _LONG_BASE64.sub(" ", text) if packed else text
    yield View(where or "text", plain, exact=not where and not packed)
    yield from undone(plain, where)
    if b"\0" in data:
        yield from _strings(data, where)
    yield from _base64(text, where, depth)


def undone(text: str, where: str) -> Iterator[View]:
    """The text after undoing each encoding that it has, and after undoing all of them."""
    everything, steps = text, 0
    if "\\" in text:
        everything, steps = _ESCAPE.sub(_unescaped, everything), steps + 1
        yield View(_join(where, "without escapes"), everything)
    if "<" in everything:
        inner = _TAG.sub("", everything)
        yield View(_join(where, "without tags"), html.unescape(inner))
        yield View(_join(where, "tags as blanks"), html.unescape(_TAG.sub(" ", everything)))
        if re.search(r"<[^>]*(?:=|--|\?)", everything):  # attributes and comments, with their entities undone
            yield View(_join(where, "inside tags"), html.unescape(" ".join(_TAG.findall(everything))))
        everything, steps = inner, steps + 1
    if "&" in text:
        yield View(_join(where, "without entities"), html.unescape(html.unescape(text)))
        everything, steps = html.unescape(html.unescape(everything)), steps + 1
    if _PERCENT.search(text):
        once = urllib.parse.unquote(text)
        yield View(_join(where, "URL-decoded"), urllib.parse.unquote(once) if _PERCENT.search(once) else once)
        everything, steps = urllib.parse.unquote(everything), steps + 1
    if _FOLDED.search(text):
        yield View(_join(where, "unfolded lines"), _FOLDED.sub("", text))
    if _MARKUP.search(text):
        everything, steps = _MARKUP.sub("", everything), steps + 1
        yield View(_join(where, "without markup"), _MARKUP.sub("", text))
    if _QUOTED.search(text):
        import quopri

        yield View(_join(where, "quoted-printable"), decode(quopri.decodestring(text.encode("utf-8", "replace"))))
    if steps > 1:
        yield View(_join(where, "all encodings undone"), everything)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return " " if match[3] else match[4] or ""


def _base64(text: str, where: str, depth: int) -> Iterator[View]:
    small: list[str] = []
    for match in _BASE64.finditer(text):
        if _DIGEST.fullmatch(match.group()):
            continue
        raw = re.sub(r"\s|&#\w+;", "", match.group()).replace("-", "+").replace("_", "/").rstrip("=")
        for cut in range(4) if len(raw) < 200 else (0,):  # a short run may start with other letters
            part = raw[cut:]
            part = part[:len(part) - (len(part) % 4 == 1)]
            try:
                data = base64.b64decode(part + "=" * (-len(part) % 4))
            except (binascii.Error, ValueError):
                continue
            label = _join(where, f"base64 at character {match.start()}")
            if _packed(data):
                yield from views(data, label, depth + 1)
            elif len(raw) < 200:
                small.append(data.decode("utf-8", "ignore"))
            else:
                inner = decode(data)
                yield View(label, inner)
                yield from undone(inner, label)
                yield from _strings(data, label)
    if small:
        joined = "\n".join(small)
        yield View(_join(where, "short base64"), joined)
        yield from undone(joined, _join(where, "short base64"))


def _packed(data: bytes) -> bool:
    return len(data) > 8 and (data[:4] in {b"PK\x03\x04", b"%PDF", b"\x89PNG", b"RIFF", b"OggS"}
                              or data[:2] in {b"\xff\xd8", b"\x1f\x8b"} or data[:3] == b"ID3")


def _strings(data: bytes, where: str) -> Iterator[View]:
    """Runs of readable characters in bytes that are no text, in UTF-8 and UTF-16.

    Of much data only plain letters are read: tags, which have the rest, stand at its ends and are read on their own.
    """
    much = len(data) > _MUCH
    half = _MUCH // 2
    parts = ((data[:_ENDS], 0), (data[-_ENDS:], 0), (data[:half], _CHANCE), (data[-half:], _CHANCE)) if much else ((data, 0),)
    for part, least in parts:
        found = b"\n".join(_STRINGS.findall(part)).decode("utf-8", "ignore")
        if found:
            yield View(_join(where, "bytes"), found, least=least)
        for pattern, codec in ((_WIDE_LITTLE, "utf-16-le"), (_WIDE_BIG, "utf-16-be")):
            wide = "\n".join(run.decode(codec, "ignore") for run in pattern.findall(part))
            if wide:
                yield View(_join(where, f"bytes, {codec}"), wide)
    if much:
        for label, plain in (("bytes", data), ("bytes, utf-16", data.replace(b"\0", b""))):
            yield View(_join(where, label), b"\n".join(_ASCII.findall(plain)).decode("ascii"), least=_CHANCE)


# ---------------------------------------------------------------- archives and pictures


def _gunzip(data: bytes, where: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(_LARGEST)
    except (OSError, EOFError, zlib.error):
        raise Unsearchable(f"{_join(where, 'gzip')} cannot be opened") from None


def _zip(data: bytes, where: str, depth: int) -> Iterator[View]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [text for item in archive.infolist() for text in (item.filename, decode(item.comment))]
            yield View(_join(where, "archive names"), "\n".join([decode(archive.comment), *names]))
            for item in archive.infolist():
                if item.file_size > _LARGEST:
                    raise Unsearchable(f"{_join(where, item.filename)} is larger than {_LARGEST >> 20} MB")
                yield from views(archive.read(item), _join(where, item.filename), depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error):
        raise Unsearchable(f"{where or 'the archive'} cannot be opened") from None


def _png(data: bytes, where: str, depth: int) -> Iterator[View]:
    at = 8
    while at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        label = _join(where, f"PNG {kind.decode('latin-1')}")
        if kind in {b"zTXt", b"iCCP", b"iTXt"}:
            key, _, rest = body.partition(b"\0")
            squeezed = rest[1:] if kind != b"iTXt" else rest[2:].split(b"\0", 2)[-1] if rest[:1] == b"\1" else b""
            yield View(label, decode(key + b"\n" + rest + b"\n") + decode(_inflated(squeezed)))
            yield from undone(decode(rest) + decode(_inflated(squeezed)), label)
        elif kind not in {b"IHDR", b"IDAT", b"IEND", b"PLTE", b"tRNS"} and body:
            yield from _loose(body, label)
        at += 12 + size
        if kind == b"IEND":
            break
    if at < len(data):
        yield from views(data[at:], _join(where, "after the end of the PNG"), depth + 1)


def _jpeg(data: bytes, where: str) -> Iterator[View]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in {0xD9, 0xDA}:
        size = int.from_bytes(data[at + 2:at + 4])
        if data[at + 1] >= 0xE0:
            yield from _loose(data[at + 4:at + 2 + size], _join(where, f"JPEG segment {data[at + 1]:X}"))
        at += 2 + max(2, size)
    end = data.rfind(b"\xff\xd9")
    if 0 <= end < len(data) - 2:
        yield from _loose(data[end + 2:], _join(where, "after the end of the JPEG"))


def _loose(data: bytes, where: str) -> Iterator[View]:
    """Metadata of unknown make: as text, undone, and as strings."""
    text = decode(data)
    yield View(where, text)
    yield from undone(text, where)
    yield from _strings(data, where)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error:
        return b""


# ---------------------------------------------------------------- sound and PDF


def _sound(data: bytes, where: str) -> Iterator[View]:
    """ID3 frames in their own encodings; other tags are found among the strings."""
    if data[:3] != b"ID3" or len(data) < 10:
        return
    major, flags = data[3], data[5]
    size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    body = data[10:10 + size]
    if flags & 0x80:
        body = body.replace(b"\xff\0", b"\xff")
    for codec in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
        for shift in (0, 1) if codec.startswith("utf-16") else (0,):
            yield View(_join(where, f"ID3v2.{major}, {codec}"), body[shift:].decode(codec, "ignore"))


def _pdf(data: bytes, where: str, depth: int) -> Iterator[View]:
    yield from _strings(data, where)
    octal = re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8) & 0xFF]), data)
    if octal != data:
        yield from _strings(octal, _join(where, "PDF strings"))
    for match in re.finditer(rb"stream\r?\n", data):
        head = data[max(0, match.start() - 600):match.start()]
        if b"/Image" in head[head.rfind(b" obj") + 1:]:
            continue  # pixels
        body = _inflated(data[match.end():])
        if body:
            label = _join(where, f"PDF stream at byte {match.start()}")
            yield from _loose(body, label)
    for match in re.finditer(rb"<([0-9A-Fa-f\s]{8,})>", data):
        digits = re.sub(rb"\s", b"", match[1])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        text = raw.decode("utf-16", "ignore") if raw[:2] in {b"\xfe\xff", b"\xff\xfe"} else raw.decode("latin-1")
        yield View(_join(where, f"PDF hex string at byte {match.start()}"), text)
    yield from _pdf_pages(data, where, depth)


def _pdf_pages(data: bytes, where: str, depth: int) -> Iterator[View]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unsearchable(f"{where or 'the PDF'} cannot be opened") from None
    try:
        yield View(_join(where, "PDF metadata"), "\n".join(str(value) for value in document.get_metadata_dict().values()))
        titles = "\n".join(item.get_title() for item in document.get_toc())
        if titles:
            yield View(_join(where, "PDF outline"), titles)
        for number in range(len(document)):
            yield View(_join(where, f"PDF page {number + 1}"), document[number].get_textpage().get_text_range())
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            name = attachment.get_name()
            yield View(_join(where, "PDF attachment name"), name)
            yield from views(bytes(attachment.get_data()), _join(where, f"PDF attachment {number + 1}"), depth + 1)
    except pypdfium2.PdfiumError:
        raise Unsearchable(f"{where or 'the PDF'} has a part that cannot be read") from None
    finally:
        document.close()
