"""PDF objects as plain Python: text, lists, dictionaries and unpacked streams of what pikepdf gives. Nothing here raises on
a value of the wrong kind: broken files hold any kind anywhere.

Streams are unpacked with a limit, because a megabyte of them can hold a gigabyte.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Object

#: Bytes that one stream may unpack to.
MOST_BYTES = 32 << 20
#: Packed bytes of a stream in another packing than Flate, which is unpacked in one go.
_MOST_PACKED = 1 << 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")

#: What pikepdf raises on damaged files, and what follows from values of the wrong kind.
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError, RecursionError,
           AssertionError, OverflowError, ArithmeticError, RuntimeError, zlib.error)

#: Kinds of objects that have keys and values.
KEYED = (pikepdf.ObjectType.dictionary, pikepdf.ObjectType.stream)


def get(item: Object | None, key: str) -> Object | None:
    """The value under a key such as "/Kids"; None where there is none, or `item` is no dictionary."""
    if item is None:
        return None
    try:  # what is no dictionary gives None as well, or has no such method
        return item.get(key)
    except DAMAGED:
        return None


def entries(item: Object | None) -> dict[str, Object]:
    """Keys and values of a dictionary or stream, in one go; {} of anything else."""
    if not isinstance(item, Object) or item._type_code not in KEYED:
        return {}
    try:
        return dict(item.items())
    except DAMAGED:
        return {}


def keys(item: Object | None) -> list[str]:
    """The keys of a dictionary or stream; none of anything else."""
    return sorted(item.keys()) if isinstance(item, Object) and item._type_code in KEYED else []


def each(item: Object | None) -> list[Object]:
    """The entries of an array; none of anything else."""
    return list(item) if isinstance(item, Object) and item._type_code is pikepdf.ObjectType.array else []


def text(item: object) -> str:
    """A string or name as text; '' of everything else."""
    if isinstance(item, str):
        return item
    if not isinstance(item, Object):
        return ""
    kind = item._type_code
    if kind is pikepdf.ObjectType.string:
        return str(item)
    return str(item).lstrip("/") if kind is pikepdf.ObjectType.name_ else ""


def said(item: object) -> str:
    """A string, or a stream that stands for one, as text."""
    if isinstance(item, pikepdf.Stream):
        found = data(item)
        kind = "utf-16" if found[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8"
        try:
            return found.decode(kind)
        except UnicodeDecodeError:
            return found.decode("latin-1")
    return text(item)


def readable(value: str) -> bool:
    """Whether a string of unknown use is words: two letters in a row and next to no control characters."""
    return bool(re.search(r"[^\W\d_]{2}", value)) and len(_CONTROL.findall(value)) * 20 <= len(value)


def number(item: object, otherwise: float = 0.0) -> float:
    """A number; `otherwise` where it is none."""
    try:
        return float(str(item))
    except ValueError:
        return otherwise


def identity(item: Object | None) -> tuple[int, int]:
    """Object number and generation; (0, 0) of what has none of its own."""
    return item.objgen if isinstance(item, Object) else (0, 0)


def data(item: Object | None, most: int = MOST_BYTES) -> bytes:
    """The unpacked bytes of a stream, b'' of anything else. Raises ValueError where it would be more than `most`."""
    if not isinstance(item, pikepdf.Stream):
        return b""
    packed = item.read_raw_bytes()
    packings = [text(kind) for kind in each(get(item, "/Filter"))] or [text(get(item, "/Filter"))]
    plain = get(item, "/DecodeParms") is None
    if packings == [""]:
        found = packed
    elif plain and set(packings) == {"FlateDecode"}:
        found = packed
        for _ in packings:
            found = _inflated(found, most)
    elif len(packed) <= _MOST_PACKED and packings.count("FlateDecode") < 2:
        found = item.read_bytes()
    else:
        raise ValueError("packed in a way that may unpack to too much")
    if len(found) > most:
        raise ValueError("too large")
    return found


def beginning(item: Object | None, most: int) -> bytes:
    """The first bytes of a stream, no more than `most` where it is packed so that they can be had alone."""
    if isinstance(item, pikepdf.Stream) and text(get(item, "/Filter")) == "FlateDecode" and get(item, "/DecodeParms") is None:
        return zlib.decompressobj().decompress(item.read_raw_bytes(), most)
    return data(item)


def _inflated(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, most + 1)
    except zlib.error:
        return b""
    if len(found) > most:
        raise ValueError("too large")
    return found


def tree(root: Object | None, leaf: str, most: int) -> Iterator[tuple[Object, Object]]:
    """Pairs of a name tree ("/Names") or number tree ("/Nums"), loops ended. `most` limits the nodes."""
    waiting, seen = [root], 0
    done: set[tuple[int, int]] = set()
    while waiting and seen < most:
        node = waiting.pop(0)
        seen += 1
        if identity(node) != (0, 0):
            if identity(node) in done:
                continue
            done.add(identity(node))
        pairs = each(get(node, leaf))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting.extend(each(get(node, "/Kids"))[:most])
    if waiting:
        raise ValueError("too many nodes")


def inherited(page: Object | None, name: str) -> Object | None:
    """A value of a page, its own or that of the nodes above it."""
    for _ in range(40):
        found = get(page, name)
        if found is not None or page is None:
            return found
        page = get(page, "/Parent")
    return None
