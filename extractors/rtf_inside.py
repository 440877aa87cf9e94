"""Pictures and objects inside RTF: an object is an old OLE header around a container, or around the file itself."""

from __future__ import annotations

import hashlib

from content.document import Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.embedded import read_embedded
from extractors.pictures import kind_of, metadata

_STARTS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF")


def read_picture(data: bytes, unit: UnitDraft) -> None:
    """Note the picture, and what is written in its file."""
    if len(data) < 20:
        return
    if unit.number:
        unit.add_picture(hashlib.sha256(data).hexdigest(), kind_of(data, "image/x-wmf"), None, "")
    for label, text in metadata(data):
        unit.add_once(Part.PROPERTY, text, where=f"picture metadata ({label})")


def read_object(draft: DocumentDraft, unit: UnitDraft, data: bytes) -> None:
    """Version 1 of OLE: version, kind, then class, topic and item, each after its length; then the length and the data."""
    where = f"embedded object {sum(1 for block in unit.blocks if block.where.startswith('embedded object')) + 1}"
    content, name = _native(data)
    if not content:
        start = min((at for at in (data.find(mark) for mark in _STARTS) if at >= 0), default=-1)
        content = data[start:] if start >= 0 else b""
    if content:
        unit.add_once(Part.EMBEDDED, name, where=f"{where}, file name")
        read_embedded(draft, unit, where, content, name)
    else:
        draft.not_read(where, "an embedded object of a kind that is not read", unit.number)


def _native(data: bytes) -> tuple[bytes, str]:
    """Content and file name where the object is a plain file that was dropped in ("Package")."""
    at = 8
    for field in range(3):
        length = int.from_bytes(data[at:at + 4], "little")
        if length > 4096:
            return b"", ""
        if field == 0 and not data[at + 4:at + 4 + length].startswith(b"Package"):
            return b"", ""
        at += 4 + length
    from extractors.embedded import native_file

    label, content = native_file(data[at:])
    return content, label
