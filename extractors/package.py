"""A zip package, looked over before anything in it is unpacked, and then read member by member.

Limits are those measured on real decks (most members 352, largest 14 MB unpacked) with a wide margin, so that a bomb of
a few kB is refused in milliseconds. Nothing is ever written to disk, and a member's name is never used as a path.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cached_property
from posixpath import normpath
from urllib.parse import unquote

from content.document import Unread
from content.errors import EncryptedFile, UnreadableFile
from extractors.xml import UnsafeXml, comments_in, has_doctype, parse

MOST_MEMBERS = 10_000
MOST_BYTES = 500 << 20
MOST_XML = 64 << 20
#: Real XML parts compress up to about 40 times; media may compress without limit and are held by MOST_BYTES.
MOST_RATIO = 150
RATIO_FROM = 1 << 20
_XML = (".xml", ".rels", ".vml", ".svg")
_AGAIN = "Open it in the program it was made with and save it again"
_ODD = re.compile(r"[\x00-\x1f\x7f]|(^|[/\\])\.\.([/\\]|$)|^[/\\]|\\|^[A-Za-z]:")
_REL_TYPE = "/officeDocument"
_STRICT = b"purl.oclc.org/ooxml"
#: ISO-Strict namespaces and their everyday twins; the longer first where one begins another.
_TWINS = tuple((b"http://purl.oclc.org/ooxml/" + a, b"http://schemas.openxmlformats.org/" + b) for a, b in (
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/relationships/extendedProperties", b"officeDocument/2006/relationships/extended-properties"),
    (b"officeDocument/relationships/customProperties", b"officeDocument/2006/relationships/custom-properties"),
    (b"officeDocument/", b"officeDocument/2006/"), (b"presentationml/", b"presentationml/2006/"),
    (b"drawingml/", b"drawingml/2006/"), (b"wordprocessingml/", b"wordprocessingml/2006/"),
    (b"spreadsheetml/", b"spreadsheetml/2006/"),
))

#: The header before each member: signature, version to sizes (not trusted: the directory's are), lengths of name and extra.
_LOCAL = struct.Struct("<4s22xHH")


class Package:
    """The members of a zip that passed the limits. `read` gives bytes, with ISO-Strict names translated."""

    def __init__(self, name: str, data: bytes) -> None:
        """Look the directory over. Raises UnreadableFile or EncryptedFile; nothing is unpacked yet."""
        self.name = name
        self.odd: list[Unread] = []
        #: XML comments of the parts read so far, by part.
        self.remarks: dict[str, list[str]] = {}
        self._data = data
        self._relations: dict[str, list[tuple[str, str, str, bool]]] = {}
        self._infos = self._preflight(self._open(data), len(data))

    def _open(self, data: bytes) -> zipfile.ZipFile:
        end = data[-66000:].rfind(b"PK\x05\x06")
        if end >= 0:
            tail = data[-66000:][end:end + 22]
            if int.from_bytes(tail[10:12], "little") > MOST_MEMBERS:
                raise UnreadableFile(self.name, f"holds more than {MOST_MEMBERS} parts", _AGAIN)
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise UnreadableFile(self.name, "is damaged or cut short: its directory cannot be read",
                                 "Send the file again, or save it again from the original") from None

    def _preflight(self, opened: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
        infos = opened.infolist()
        if len(infos) > MOST_MEMBERS:
            raise UnreadableFile(self.name, f"holds more than {MOST_MEMBERS} parts", _AGAIN)
        kept: dict[str, zipfile.ZipInfo] = {}
        folded: set[str] = set()
        for info in infos:
            if info.flag_bits & 1:
                raise EncryptedFile(self.name, "has parts that are protected with a password",
                                    "Save a copy without the password and try again")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise UnreadableFile(self.name, "is packed in a way that Office files never are", _AGAIN)
            if info.filename.casefold() in folded:
                raise UnreadableFile(self.name, "holds two parts of the same name, so programs would show different "
                                     "content", _AGAIN)
            folded.add(info.filename.casefold())
            self._check_size(info)
            if _ODD.search(info.filename) or info.orig_filename != info.filename:
                self.odd.append(Unread(where="a part with an odd name", why="its name is not allowed; it was not opened"))
            elif not info.is_dir():
                kept[info.filename] = info
        if sum(info.file_size for info in infos) > MOST_BYTES:
            raise UnreadableFile(self.name, f"unpacks to more than {MOST_BYTES >> 20} MB", _AGAIN)
        self._check_overlap(infos, size)
        return kept

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        if not info.filename.lower().endswith(_XML):
            return
        if info.file_size > MOST_XML:
            raise UnreadableFile(self.name, f"has a part that unpacks to more than {MOST_XML >> 20} MB", _AGAIN)
        if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise UnreadableFile(self.name, "has a part that unpacks to suspiciously much", _AGAIN)

    def _check_overlap(self, infos: list[zipfile.ZipInfo], size: int) -> None:
        position = 0
        for info in sorted(infos, key=lambda item: item.header_offset):
            if info.header_offset < position or info.header_offset + 30 + info.compress_size > size:
                raise UnreadableFile(self.name, "is damaged: its parts overlap or lie outside the file", _AGAIN)
            position = info.header_offset + 30 + info.compress_size

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the order of the directory."""
        return tuple(self._infos)

    def size(self, name: str) -> int:
        """Unpacked size of a member in bytes."""
        return self._infos[name].file_size

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """A member's bytes; ISO-Strict names translated. Raises UnsafeXml for a broken one, KeyError for none."""
        try:
            data = self._unpacked(self._infos[name])
        except (zlib.error, struct.error, ValueError):
            raise UnsafeXml("is damaged (its checksum or packing is wrong)") from None
        if name.lower().endswith(_XML):
            if has_doctype(data):
                raise UnreadableFile(f"{self.name}, {name}", "declares a document type, which no Office program writes",
                                     _AGAIN)
            if b"<!--" in data:
                self.remarks[name] = comments_in(data)
            if self.strict and _STRICT in data:
                for strict, twin in _TWINS:
                    data = data.replace(strict, twin)
        return data

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """A member without zipfile's own reader, which costs a tenth of a millisecond for each. Same checks as there."""
        at = info.header_offset
        mark, *_, name_length, extra_length = _LOCAL.unpack_from(self._data, at)
        name = self._data[at + _LOCAL.size:at + _LOCAL.size + name_length]
        if mark != b"PK\x03\x04" or name not in (info.orig_filename.encode("utf-8", "replace"),
                                                 info.orig_filename.encode("cp437", "replace")):
            raise ValueError("the directory names another member")
        start = at + _LOCAL.size + name_length + extra_length
        packed = memoryview(self._data)[start:start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            data = bytes(packed)
        else:
            data = zlib.decompressobj(-15).decompress(packed, info.file_size + 1)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise ValueError("the size or the checksum differs")
        return data

    @cached_property
    def strict(self) -> bool:
        """Whether the package uses ISO-Strict names."""
        if "_rels/.rels" not in self._infos:
            return False
        try:
            return _STRICT in self._unpacked(self._infos["_rels/.rels"])
        except (zlib.error, struct.error, ValueError):
            return False

    @cached_property
    def types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types: by part name (lower case, without the first slash) and by suffix."""
        by_name: dict[str, str] = {}
        by_suffix: dict[str, str] = {}
        try:
            root = parse(self.read("[Content_Types].xml"))
        except (KeyError, UnsafeXml):
            return by_name, by_suffix
        for item in root:
            kind = item.get("ContentType", "")
            if item.get("PartName"):
                by_name[item.get("PartName").lstrip("/").lower()] = kind
            elif item.get("Extension"):
                by_suffix[item.get("Extension").lower()] = kind
        return by_name, by_suffix

    def type_of(self, name: str) -> str:
        """The content type of a part, '' where none is given."""
        by_name, by_suffix = self.types
        return by_name.get(name.lower(), "") or by_suffix.get(name.rpartition(".")[2].lower(), "")

    def relations(self, part: str) -> list[tuple[str, str, str, bool]]:
        """The relationships of a part ('' for the package): id, type, target part or address, whether external."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def outside(self, part: str) -> list[tuple[str, str, str, bool]]:
        """The same, but empty without parsing where plainly none leads outside the file, as with most parts."""
        if part not in self._relations:
            folder, _, base = part.rpartition("/")
            name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
            try:
                data = self.read(name) if name in self._infos else b""
            except UnsafeXml:
                data = b"\0"
            if b"External" not in data and b"\0" not in data and b"&" not in data:
                return []
        return self.relations(part)

    def _read_relations(self, part: str) -> list[tuple[str, str, str, bool]]:
        folder, _, base = part.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if rels not in self._infos:
            return []
        try:
            root = parse(self.read(rels))
        except UnsafeXml:
            self.odd.append(Unread(where=rels, why="is damaged; what it points to may not have been read"))
            return []
        found = []
        for rel in root:
            target, outside = rel.get("Target", ""), rel.get("TargetMode") == "External"
            found.append((rel.get("Id", ""), rel.get("Type", ""),
                          target if outside else self._named(folder, target), outside))
        return found

    def _named(self, folder: str, target: str) -> str:
        """The member that a target names: as written, or but for capitals and escapes, which name the same part."""
        if target.startswith("/"):
            joined = target.lstrip("/")
        else:
            while target.startswith("../"):
                target, folder = target[3:], folder.rpartition("/")[0]
            joined = f"{folder}/{target}" if folder else target
        if "./" in joined or "//" in joined:
            joined = normpath(joined).lstrip("/")
        joined = joined.partition("#")[0]
        if joined in self._infos:
            return joined
        return self._folded.get(unquote(joined).casefold(), joined)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {unquote(name).casefold(): name for name in self._infos}

    @cached_property
    def main_part(self) -> str:
        """Name of the main part: what the package's officeDocument relationship points to; '' where there is none."""
        for _, kind, target, outside in self.relations(""):
            if kind.endswith(_REL_TYPE) and not outside:
                return target
        return ""

    @property
    def main_type(self) -> str:
        """Content type of the main part."""
        return self.type_of(self.main_part) if self.main_part else ""

    def check(self) -> None:
        """Refuse document types anywhere and damaged indexes. Raises UnreadableFile."""
        for name in ("[Content_Types].xml", "_rels/.rels", self.main_part):
            if name in self._infos:
                try:
                    parse(self.read(name))
                except UnsafeXml as error:
                    raise UnreadableFile(f"{self.name}, {name}", str(error), _AGAIN) from None
        if self.main_type and self.main_part not in self._infos:
            raise UnreadableFile(self.name, "is damaged: its main part is missing", _AGAIN)
