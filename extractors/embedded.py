"""Files inside files: opened by content like any other, to depth 3; what cannot be understood is listed as unread.

Their text is for scanning only. A workbook behind a chart repeats what the chart says; only rows that say more are kept.
"""

from __future__ import annotations

import io

from content.document import Document, Part
from content.errors import DeckprismError
from extractors.base import DEEPEST, InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.pictures import kind_of, metadata
from extractors.strings import sweep
from extractors.xml import UnsafeXml

_OLE = b"\xd0\xcf\x11\xe0"
_MOST_ROWS = 20_000
_MOST_FILES = 200
_MOST_WORDS = 60_000
_OLD = {"WordDocument": "an embedded Word 97-2003 document",
    "PowerPoint Document": "an embedded PowerPoint 97-2003 presentation"}


def read_embedded(draft: DocumentDraft, unit: UnitDraft, where: str, data: bytes, name: str = "",
                  part: Part = Part.EMBEDDED, depth: int | None = None) -> None:
    """Add what an embedded file or attachment says to the unit; list it as unread where it says nothing to us."""
    depth = (draft.file.depth if depth is None else depth) + 1
    if depth > DEEPEST:
        draft.not_read(where, f"a file inside files more than {DEEPEST} deep", unit.number)
        return
    try:
        if data.startswith(_OLE):
            _ole(draft, unit, where, data, part, depth)
            return
        inner = InputFile(name or where.rpartition("/")[2], data, depth)
        document = _document(inner)
    except DeckprismError as error:
        draft.not_read(where, f"an embedded file: it {error.what}", unit.number)
        return
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError) as error:
        draft.not_read(where, f"an embedded file that is damaged ({type(error).__name__})", unit.number)
        return
    if document is None and inner.head.startswith(b"PK"):
        _archive(draft, unit, where, inner, part)
    elif document is not None:
        _flatten(draft, unit, where, document, part)
    elif kind_of(data, "").startswith("image/"):
        for label, text in metadata(data):
            unit.add_once(part, text, where=f"{where}, picture metadata ({label})")
    else:
        draft.not_read(where, "an embedded file of a kind that is not read", unit.number)


def _document(inner: InputFile) -> Document | None:
    from extractors.choose import choose
    from extractors.workbook import read_workbook

    if inner.main_type:
        inner.package.check()
        if "spreadsheetml" in inner.main_type or "excel" in inner.main_type.lower():
            return read_workbook(inner)
    chosen = choose(inner)
    return chosen.extract(inner) if chosen is not None else None


def _archive(draft: DocumentDraft, unit: UnitDraft, where: str, archive: InputFile, part: Part) -> None:
    """A plain zip: each file in it, by content; it counts for one level of depth, as every file inside does."""
    names = archive.package.names
    for name in names[:_MOST_FILES]:
        unit.add_once(part, name, where=f"{where}, file name")
        try:
            data = archive.package.read(name)
        except UnsafeXml as error:
            draft.not_read(f"{where}, {name}", str(error), unit.number)
            continue
        if data:
            read_embedded(draft, unit, f"{where}, {name}", data, name, part, archive.depth)
    if len(names) > _MOST_FILES:
        draft.not_read(where, f"an archive of more than {_MOST_FILES} files; the rest were not read", unit.number)


def _flatten(draft: DocumentDraft, unit: UnitDraft, where: str, document: Document, part: Part) -> None:
    known = {block.text for block in unit.blocks}
    for inner, block in document.blocks():
        if block.where == "file name" or block.text in known:
            continue
        cells = block.text.split(" | ") if block.part is Part.TABLE and inner.kind == "sheet" else []
        if cells and all(_said(cell, known) for cell in cells):
            continue
        place = f"{inner.kind} {inner.number}" if inner.number else "its properties"
        unit.add_once(part, block.text, where=f"{where}, {place}{', ' + block.where if block.where else ''}")
    for entry in document.unread:
        draft.not_read(f"{where}, {entry.where}", entry.why, unit.number)


def _said(cell: str, known: set[str]) -> bool:
    if cell in known:
        return True
    try:
        value = float(cell)
    except ValueError:
        return False
    return any(form in known for form in (f"{value * 100:.0f}%", f"{value * 100:.1f}%", f"{value * 100:.2f}%", f"{value:g}"))


def _ole(draft: DocumentDraft, unit: UnitDraft, where: str, data: bytes, part: Part, depth: int) -> None:
    """An OLE container: a wrapped file (Package, Ole10Native, CONTENTS), an old workbook, or something unread."""
    import olefile  # type: ignore[import-untyped]  # comes with msoffcrypto-tool, without types

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(entry): entry for entry in ole.listdir()}
            wanted = streams.keys() & {"Package", "CONTENTS", "\x01Ole10Native"}
            held = {name: ole.openstream(entry).read() for name, entry in streams.items()
                    if name in wanted or (not wanted and len(streams) < 200 and ole.get_size(entry) < 4 << 20)}
    except (OSError, ValueError, IndexError, TypeError):
        draft.not_read(where, "an embedded object that is damaged", unit.number)
        return
    if "EncryptedPackage" in streams:
        draft.not_read(where, "an embedded file that is protected with a password", unit.number)
    elif "Package" in held:
        read_embedded(draft, unit, where, held["Package"], part=part, depth=depth - 1)
    elif "\x01Ole10Native" in held:
        name, content = native_file(held["\x01Ole10Native"])
        unit.add_once(part, name, where=f"{where}, file name")
        read_embedded(draft, unit, where, content, name, part, depth - 1)
    elif held.get("CONTENTS", b"").startswith(b"%PDF"):
        read_embedded(draft, unit, where, held["CONTENTS"], "embedded.pdf", part, depth - 1)
    elif "Workbook" in streams or "Book" in streams:
        _old_workbook(draft, unit, where, data, part)
    else:
        for name, content in held.items():
            if kind_of(content, "").startswith("image/"):
                words = [text for _, text in metadata(content)]
            else:
                words = sweep(content)
            unit.add_once(part, "\n".join(words)[:_MOST_WORDS], where=f"{where}, {name}")
        draft.not_read(where, _OLD.get(next(iter(_OLD.keys() & streams.keys()), ""),
            "an embedded object of a kind that is not read")
                       + "; only readable words in it were read", unit.number)


def native_file(data: bytes) -> tuple[str, bytes]:
    """File name and content of an Ole10Native stream (label, path, temporary path, then the bytes)."""
    if kind_of(data[4:], "").startswith("image/"):
        return "", data[4:]  # a picture drawn in Paint, which has no name
    at = 6
    label, _, _ = data[at:at + 520].partition(b"\0")
    at += len(label) + 1
    path, _, _ = data[at:at + 520].partition(b"\0")
    at += len(path) + 1 + 4
    length = int.from_bytes(data[at:at + 4], "little")
    at += 4 + length
    size = int.from_bytes(data[at:at + 4], "little")
    return label.decode("utf-8", "replace"), data[at + 4:at + 4 + size]


def _old_workbook(draft: DocumentDraft, unit: UnitDraft, where: str, data: bytes, part: Part) -> None:
    """A workbook of the kind before 2007, hidden sheets included."""
    from python_calamine import CalamineError, CalamineWorkbook

    known = {block.text for block in unit.blocks}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheet_names:
            unit.add_once(part, sheet, where=f"{where}, name of a sheet")
            rows = book.get_sheet_by_name(sheet).to_python()
            if len(rows) > _MOST_ROWS:
                draft.not_read(f"{where}, {sheet}", f"more than {_MOST_ROWS} rows; the rest was not read", unit.number)
            for row in rows[:_MOST_ROWS]:
                cells = [f"{cell:.12g}" if isinstance(cell, float) else str(cell).strip() for cell in row]
                cells = [cell for cell in cells if cell]
                if any(not _said(cell, known) for cell in cells):
                    unit.add_once(part, " | ".join(cells), where=f"{where}, {sheet}")
    except (CalamineError, ValueError, OSError):
        draft.not_read(where, "an embedded workbook that is damaged", unit.number)
