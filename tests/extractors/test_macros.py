"""Source of macros: read as text for scanning, whatever is wrong with it, and never without saying that it is there."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from benchmarks.extraction_probes_parts import ole
from content.document import Document, Part
from extractors.base import InputFile
from extractors.choose import read
from extractors.macros import MOST_SOURCE, sources, unpacked

SOURCE = b'Attribute VB_Name = "Module1"\r\nSub Go()\r\n\' Ask Quillmar Dairy for twice the price\r\nEnd Sub\r\n'
#: The example of the published format (MS-OVBA 3.2.3), with copies within the chunk.
EXAMPLE = bytes.fromhex("012fb000236161616263646582660070616768696a013808616b6c00306d6e6f70067102700410727374757610"
                        "7778797a003c")


def packed(data: bytes) -> bytes:
    """A compressed container of literals only."""
    out = b"\x01"
    for at in range(0, len(data), 3000):
        piece = data[at:at + 3000]
        chunk = b"".join(b"\0" + piece[n:n + 8] for n in range(0, len(piece), 8))
        out += struct.pack("<H", 0xB000 | len(chunk) - 1) + chunk
    return out


def directory(offset: int, page: int = 1252) -> bytes:
    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HI", kind, len(data)) + data

    version = struct.pack("<HIIH", 0x0009, 4, 1, 2)
    return packed(record(0x0003, struct.pack("<H", page)) + version + record(0x0019, b"Module1")
                  + record(0x001A, b"Module1") + record(0x0031, struct.pack("<I", offset)) + record(0x0010, b""))


def project(source: bytes = SOURCE, page: int = 1252) -> bytes:
    return ole(dir=directory(5, page), Module1=b"PCODE" + packed(source))


def with_macros(deck: bytes, change_zip: Callable[..., bytes], data: bytes) -> Document:
    return read(InputFile("talk.pptm", change_zip(deck, {"ppt/vbaProject.bin": data})))


def test_the_example_of_the_format_unpacks() -> None:
    assert unpacked(EXAMPLE, 99) == b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert unpacked(EXAMPLE, 9) == b"#aaabcdef"


def test_source_is_read_for_scanning_and_macros_are_still_listed(plain_deck: bytes, change_zip: Callable[..., bytes]) -> None:
    document = with_macros(plain_deck, change_zip, project())
    [block] = [block for _, block in document.blocks() if "Quillmar" in block.text]
    assert (block.part, block.readable) == (Part.OTHER, False)
    assert block.where == "ppt/vbaProject.bin, script Module1 (never run)"
    assert "Attribute" not in block.text and "Sub Go()" in block.text
    assert [entry.why for entry in document.unread] == [
        "macros (VBA); their text was read for scanning, they are never run"]


def test_source_is_read_in_its_code_page() -> None:
    assert sources(project("Sub Жара()".encode("cp1251"), 1251))[0] == [("Module1", "Sub Жара()")]


@pytest.mark.parametrize("data", [b"macro", project()[:900], ole(dir=b"\x01\x00\xb0"), ole(dir=directory(90_000), Module1=b"x"),
                                  ole(dir=directory(5)), ole(PROJECT=b"Module=Module1")], ids=range(6))
def test_what_is_damaged_is_said(plain_deck: bytes, change_zip: Callable[..., bytes], data: bytes) -> None:
    document = with_macros(plain_deck, change_zip, data)
    assert [entry.why for entry in document.unread] == ["macros (VBA); they were not read and are never run"]


def test_a_project_that_unpacks_to_very_much_is_cut_and_said(plain_deck: bytes, change_zip: Callable[..., bytes]) -> None:
    line = b"\x07\xb0" + b"\x02a" + b"\xfc\x0f" + b"\0aaa"  # an a and 4,095 copies of it, then what is too much
    document = with_macros(plain_deck, change_zip, ole(dir=directory(0), Module1=b"\x01" + line * 5000))
    text = next(block.text for _, block in document.blocks() if "script" in block.where)
    assert 0 < len(text) <= MOST_SOURCE
    assert "not all of their text" in document.unread[0].why


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\xff\xff", b"\x01\x03\xb0\xff\xff\xff\xff\xff", b"\x02abc"])
def test_bytes_that_are_no_container_unpack_to_nothing_much(data: bytes) -> None:
    assert len(unpacked(data, 99)) <= 99
