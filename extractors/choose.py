"""Which extractor reads a file: the surest one by content. Says clearly what a file is when nothing here reads it."""

from __future__ import annotations

from typing import cast

from content.document import Document
from content.errors import EncryptedFile, InputError, UnreadableFile
from content.registry import discover
from extractors.base import Extractor, InputFile
from extractors.xml import UnsafeXml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Save it as .pptx, .docx or .pdf and try again"
#: First bytes -> what that is, for files which nothing here reads.
_KNOWN = (
    (b"\xff\xd8\xff", "a JPEG picture"), (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"),
    (b"BM", "a bitmap picture"), (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"),
    (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\x1f\x8b", "a gzip archive"), (b"RIFF", "a sound or film file"),
    (b"ID3", "a sound file"), (b"\x00\x05\x16\x07", "a Mac side file without content"),
    (b"version https://git-lfs", "a pointer to a file kept elsewhere"), (b"\x00\x00\x00\x1cftyp", "a film"),
    (b"\x00\x00\x00\x18ftyp", "a film"), (b"\x00\x00\x00\x20ftyp", "a film"), (b"%!PS", "a PostScript file"),
)


def extractors() -> tuple[Extractor, ...]:
    """All formats that can be read, built in and third party."""
    return cast("tuple[Extractor, ...]", discover("extractors", "EXTRACTOR"))


def choose(file: InputFile) -> Extractor | None:
    """The extractor that is surest of the file, or None."""
    return _surest(file)[1]


def _surest(file: InputFile) -> tuple[int, Extractor | None]:
    found: tuple[int, Extractor | None] = (0, None)
    for item in extractors():
        sure = item.sniff(file)
        if sure > found[0]:
            found = (sure, item)
    return found


def read(file: InputFile) -> Document:
    """Read a file by content. Raises UnreadableFile or EncryptedFile with one clear line."""
    if not file.data:
        raise UnreadableFile(file.name, "is empty", "Send the file again")
    if file.head.startswith(b"%PDF") and _zip_at_end(file.data):
        raise UnreadableFile(file.name, "is two kinds of file in one (PDF and zip), so programs would show different "
                             "content", "Save it again from the program it was made with")
    if file.head.startswith(OLE):
        raise _ole(file)
    if file.head.startswith(b"PK"):
        file.package.check()  # says what is wrong with it before anything is parsed
    for magic, kind in _KNOWN:
        if file.head.startswith(magic):
            raise UnreadableFile(file.name, f"is {kind}, not a presentation or document", _SAVE)
    sure, chosen = _surest(file)
    if chosen is None:
        raise UnreadableFile(file.name, f"is {_kind(file)}", _SAVE)
    if sure < 90:
        _check_name(file, chosen)
    return chosen.extract(file)


def _check_name(file: InputFile, chosen: Extractor) -> None:
    """Text under the name of a deck is no deck: somebody sent the wrong thing, or hides something.

    The name decides no format; it only speaks against a guess that content alone makes weak.
    """
    claimed = next((item for item in extractors() if file.name.lower().endswith(item.suffixes)), None)
    if claimed is not None and claimed.sniff(file) == 0 and claimed.name not in ("text", "markdown", "html"):
        raise UnreadableFile(file.name, f"is called {file.name[file.name.rfind('.'):].lower()} but holds {chosen.name}, not "
                             "what the name says", "Check that it is the right file")


def _zip_at_end(data: bytes) -> bool:
    tail = data[-66000:]
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < 22:
        return False
    return int.from_bytes(tail[found + 20:found + 22], "little") == len(tail) - found - 22


def _ole(file: InputFile) -> InputError:
    """What an OLE file is: Office encryption, or a format from before 2007."""
    import olefile  # type: ignore[import-untyped]  # comes with msoffcrypto-tool, without types

    try:
        with olefile.OleFileIO(file.data) as ole:
            streams = {"/".join(entry) for entry in ole.listdir()}
    except Exception:  # olefile raises what it likes on broken files; the line below is right for all of them
        streams = set()
    if {"EncryptedPackage", "EncryptionInfo"} & streams:
        return EncryptedFile(file.name, "is protected with a password",
                             "Save a copy without the password and try again")
    kinds = (("PowerPoint Document", "PowerPoint 97-2003 presentation (.ppt)", ".pptx"),
             ("WordDocument", "Word 97-2003 document (.doc)", ".docx"), ("Workbook", "Excel 97-2003 workbook (.xls)", ""))
    for stream, kind, wanted in kinds:
        if stream in streams and wanted:
            return UnreadableFile(file.name, f"is an old {kind}, which is read only where LibreOffice is installed",
                                  f"Install LibreOffice, or save it as {wanted}, and try again")
    return UnreadableFile(file.name, "is in an old Office format (before 2007), which is not read",
                          "Save it as .pptx or .docx and try again")


def _kind(file: InputFile) -> str:
    if file.head.startswith(b"PK"):
        kind = file.package.main_type
        if "spreadsheetml" in kind:
            return "an Excel workbook, not a presentation or document"
        if _says_open_document(file):
            return "an OpenDocument file that is neither a presentation nor a text"
        if "[Content_Types].xml" in file.package.names:
            return "a damaged or unknown Office file: it does not say which part is the main one"
        return "a zip archive, not a presentation or document"
    return "not a presentation or document that can be read"


def _says_open_document(file: InputFile) -> bool:
    try:
        return "mimetype" in file.package.names and b"opendocument" in file.package.read("mimetype")[:200]
    except UnsafeXml:
        return False
