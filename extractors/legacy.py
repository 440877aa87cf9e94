"""Old binary Office files (.ppt, .doc): converted by LibreOffice where it is installed, then read like any other file.

Runs in the caller, not in the reading child: LibreOffice is a program of its own (`extractors.libreoffice` says within which
bounds). Only what is plainly such a file is handed to it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content.document import Document
from content.errors import UnreadableFile
from extractors import libreoffice
from extractors.base import InputFile

SECONDS = 120
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Name of the stream that tells the kind -> suffix, what it becomes, media type.
_KINDS = (("PowerPoint Document", "ppt", "pptx", "application/vnd.ms-powerpoint"),
          ("WordDocument", "doc", "docx", "application/msword"))
#: What such files are called; that decides nothing but whether a folder is said to hold one.
SUFFIXES = frozenset({".ppt", ".pps", ".pot", ".doc", ".dot"})
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def kind_of(path: Path) -> tuple[str, str, str] | None:
    """Suffix, wanted suffix and media type of an old file, None for any other. Looks for names, opens nothing."""
    try:
        if not path.is_file():
            return None  # a pipe would keep us waiting
        with path.open("rb") as file:
            if file.read(8) != _OLE:
                return None
            data = file.read(100 << 20)
    except OSError:
        return None
    if _LOCKED in data:
        return None
    return next((found for stream, *found in _KINDS if stream.encode("utf-16-le") in data), None)  # type: ignore[return-value]


@contextmanager
def converted(path: Path, name: str, old: str, new: str) -> Iterator[Path]:
    """The file as a new one, for as long as the block lasts. Raises UnreadableFile when LibreOffice makes nothing of it."""
    with tempfile.TemporaryDirectory(prefix="deckprism-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"deck.{old}"
        shutil.copyfile(path, source)
        why = libreoffice.convert(source, new, Path(folder), SECONDS)
        made = Path(folder) / "out" / f"deck.{new}"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableFile(name, f"is an old .{old} file, and LibreOffice {why or 'could not convert it'}",
                                 f"Save it as .{new} and try again")
        yield made


def named(document: Document, path: Path, media_type: str) -> Document:
    """What was read of the new file, as the old one: its hash, its kind, and by what it was converted."""
    file = InputFile(document.source.name, path.read_bytes())
    return document.model_copy(update={
        "id": file.sha256, "key": file.key, "source": file.source(media_type),
        "properties": {**document.properties, "converted_by": "LibreOffice"}})
