"""The rows of a CSV or XLSX file, numbered as a spreadsheet shows them; limits are checked before anything is parsed.

Formulas are never evaluated, links never followed. Refusals name file, row and what to do, and never quote a cell.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from content.errors import BadCustomers
from rules.customers_formats import columns_of, header_of

#: Rows that a list may have. A million names build in under a minute; beyond it, it is no list of customers any more.
MOST_ROWS = 1_000_000
#: Bytes of a text file, of a packed workbook, and of what a workbook may unpack to.
MOST_TEXT = 400_000_000
MOST_PACKED = 200_000_000
MOST_UNPACKED = 800_000_000
_MOST_PARTS = 10_000
#: Rows among which the header is looked for: reports write a title and their filters above it.
FIRST = 30
_SIGNS = ((b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"),
          (b"\x1f\x8b", "a packed file"), (b"7z\xbc\xaf", "a packed file"), (b"Rar!", "a packed file"),
          (b"BZh", "a packed file"), (b"\xfd7zXZ", "a packed file"), (b"SQLite", "a database"),
          (b"{\\rtf", "a text document"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"))
_PAGE = re.compile(rb"^\s*<(?:!doctype html|html|\?xml|table|head)\b", re.IGNORECASE)
#: What stands in text that was written in another 8-bit encoding than Windows-1252 (Mac, DOS, Central European).
_MOJIBAKE = re.compile("[a-z][ŠŽŸŒ•†‡ƒ‚„¹³£¶¿¼¾][a-z]|[\x80-\x9f]")
_TWO_BYTES = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")


def table(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Number and cells of every row that has any. Raises BadCustomers, also while the rows are read."""
    where = path.name
    if not path.is_file():
        raise BadCustomers(where, "there is no such file", "Check the path given to --customers")
    try:
        size = path.stat().st_size
        if size > MOST_TEXT:
            raise BadCustomers(where, f"is larger than {MOST_TEXT // 1_000_000} MB",
                               "Export only the columns for name, website, industry, size, country and owner")
        data = path.read_bytes()
    except OSError as error:
        raise BadCustomers(where, f"cannot be read ({error.strerror})", "Check the rights of the file") from None
    if not data.strip():
        raise BadCustomers(where, "is empty", "Export it again with a header row and at least one customer")
    workbook = data[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"}
    for number, row in _sheet(data, where) if workbook else _csv(data, where):
        if number > MOST_ROWS + 1000:
            raise BadCustomers(where, f"has more than {MOST_ROWS:,} rows", "Leave out who never was a customer")
        yield number, row


# ------------------------------------------------------------ CSV


def _csv(data: bytes, where: str) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(data, where)
    del data
    csv.field_size_limit(1_000_000)
    hint = re.match(r"sep=(.?)(?:\r\n|\n|\r)", text[:10], re.IGNORECASE)  # Excel's own
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=hint.group(1) or "," if hint else _separator(text),
                      skipinitialspace=True, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, start=1):
            if any(row) and not (hint and number == 1):
                yield number, row
    except csv.Error as error:
        place = f"{where}, row {number + 1}"
        if "end of data" in str(error) or "expected after" in str(error):
            raise BadCustomers(place, "a quotation mark opens a cell and is not closed, or text follows a closed one",
                               "Mend the quotation marks of that row, or export it again as CSV UTF-8") from None
        if "field larger" in str(error):
            raise BadCustomers(place, "a cell has more than a million characters; a quotation mark may be missing",
                               "Mend that row, or export it again as CSV UTF-8") from None
        raise BadCustomers(place, "is not a row that can be read", "Export it again as CSV UTF-8") from None


def _decoded(data: bytes, where: str) -> str:
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            raise BadCustomers(where, f"is not a table but {kind}", "Export the list as CSV UTF-8 or as XLSX")
    if _PAGE.match(data[:200]):
        raise BadCustomers(where, "is not a table but a web page or XML", "Export the list as CSV UTF-8 or as XLSX")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _as_utf16(data, "utf-16", where)
    if b"\0" in data:
        head = data[:400]
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = head[start::2]
            if len(head) > 8 and zeros.count(0) > 0.9 * len(zeros) and 0 not in head[1 - start::2]:
                return _as_utf16(data, encoding, where)
        line = data[:data.index(b"\0")].count(b"\n") + 1
        raise BadCustomers(f"{where}, row {line}", "has a NUL byte, so it is not text",
                           "Export the list as CSV UTF-8 or as XLSX")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _as_windows(data, error.start, where)
    controls = _CONTROLS.findall(text, 0, 1_000_000)
    if len(controls) > 3 and len(controls) > 0.002 * min(len(text), 1_000_000):  # a stray one in a remark does no harm
        raise BadCustomers(where, "is full of control characters, so it is not text",
                           "Export the list as CSV UTF-8 or as XLSX")
    return text


def _as_utf16(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[:error.start].decode(encoding, "replace").count("\n") + 1
        raise BadCustomers(f"{where}, row {line}", "breaks off in the midst of a UTF-16 character",
                           "Export it again as CSV UTF-8") from None


def _as_windows(data: bytes, wrong: int, where: str) -> str:
    """Windows-1252, as Excel writes CSV without asking, unless the bytes say that it is something else."""
    todo = "Export it again as CSV UTF-8 (in Excel: Save as, CSV UTF-8)"
    if _TWO_BYTES.search(data):
        line = data[:wrong].count(b"\n") + 1
        raise BadCustomers(f"{where}, row {line}", "has characters in another encoding than the rest of the file", todo)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data[:error.start].count(b"\n") + 1
        raise BadCustomers(f"{where}, row {line}", "has characters in no known encoding", todo) from None
    if found := _MOJIBAKE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadCustomers(f"{where}, row {line}", "has letters that are garbled: the encoding is not known", todo)
    return text


def _separator(text: str) -> str:
    """The separator that makes most known headings of the first lines; else the one used most, or a comma."""
    lines = text[:20_000].split("\n")[:FIRST]
    bare = re.sub(r'"[^"]*"', "", "\n".join(lines))
    best, most = "", 0
    for separator in sorted(";,\t|", key=bare.count, reverse=True):
        rows = list(enumerate(csv.reader(lines, delimiter=separator, skipinitialspace=True)))
        at = header_of(rows)
        known = len(columns_of(rows[at][1])) if at is not None else 0
        if known > most:
            best, most = separator, known
    return best if most > 1 else max(";,\t|", key=bare.count) if any(map(bare.count, ";,\t|")) else ","


# ------------------------------------------------------------ workbooks


def _sheet(data: bytes, where: str) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that has a heading for names, else of the first that has any; shown ones come first."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    packed = data[:2] == b"PK"
    if packed:
        _within_limits(data, where)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked(where)
    fallback: list[tuple[int, list[str]]] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            for name in [*shown, *(name for name in book.sheet_names if name not in shown)]:
                sheet = book.get_sheet_by_name(name)
                if sheet.start is None:
                    continue
                if sheet.height > MOST_ROWS + 1000:
                    raise BadCustomers(where, f"has more than {MOST_ROWS:,} rows", "Leave out who never was a customer")
                rows = sheet.to_python(skip_empty_area=True)
                numbered = [(number, [_cell(value) for value in row])
                            for number, row in enumerate(rows, start=sheet.start[0] + 1)]
                found = [(number, row) for number, row in numbered if any(row)]
                if header_of(found[:FIRST]) is not None:
                    return found
                fallback = fallback or found
    except PasswordError:
        raise _locked(where) from None
    except (CalamineError, OSError, ValueError) as error:
        raise BadCustomers(where, f"is not a workbook that can be read ({type(error).__name__})",
                           "Open it in Excel and save it again as XLSX, or export it as CSV UTF-8") from None
    if not fallback:
        raise BadCustomers(where, "has no rows", "Export it again with a header row and at least one customer")
    return fallback


def _locked(where: str) -> BadCustomers:
    return BadCustomers(where, "needs a password", "Open it, take the password off and save it again, or export it as CSV")


def _within_limits(data: bytes, where: str) -> None:
    """Unpack to nowhere, counting: what a package says of its own size may be a lie. Raises BadCustomers."""
    broken = BadCustomers(where, "is not a workbook that can be read (it is damaged)",
                          "Open it in Excel and save it again as XLSX, or export it as CSV UTF-8")
    if len(data) > MOST_PACKED:
        raise BadCustomers(where, f"is larger than {MOST_PACKED // 1_000_000} MB", "Export it as CSV UTF-8")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise broken from None
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(where)
    if not any(part.filename.lower().startswith("xl/") or part.filename == "content.xml" for part in parts):
        raise BadCustomers(where, "is not a workbook but another packed file", "Export the list as CSV UTF-8 or as XLSX")
    left = MOST_UNPACKED
    bomb = BadCustomers(where, f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB, which no customer list does",
                        "Export it as CSV UTF-8 with only the columns that are needed")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > left:
        raise bomb
    for part in parts:
        local = data[part.header_offset:part.header_offset + 30]
        if len(local) < 30:
            raise broken
        start = part.header_offset + 30 + int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
        if part.compress_type != zipfile.ZIP_DEFLATED:
            left -= part.compress_size
        else:
            left -= _inflated(data, start, left, broken)
        if left < 0:
            raise bomb


def _inflated(data: bytes, start: int, most: int, broken: BadCustomers) -> int:
    """How many bytes a deflated part becomes; more than `most` is not counted on."""
    unpacker = zlib.decompressobj(-15)
    count, at, step = 0, start, 1 << 16
    rest = b""
    try:
        while not unpacker.eof and count <= most:
            piece = rest or data[at:at + step]
            if not rest:
                at += step
            if not piece:
                break
            count += len(unpacker.decompress(piece, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        raise broken from None
    return count


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
