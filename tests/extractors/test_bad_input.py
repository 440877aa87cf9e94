"""Files that cannot be used: each gets one clear line, quickly, and never a traceback."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation

import extractors
from content.errors import EncryptedFile, UnreadableFile

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccf50"
                    "0f0004850180a4d2b9000000000049454e44ae426082")
Save = Callable[[str, bytes], Path]


def refuse(path: Path, kind: type[UnreadableFile] | type[EncryptedFile], *words: str) -> str:
    """Expect a refusal whose single line holds the words."""
    with pytest.raises(kind) as caught:
        extractors.extract(path)
    line = str(caught.value)
    assert "\n" not in line and line.endswith(".")
    for word in words:
        assert word in line
    assert caught.value.exit_code == 2
    assert caught.value.todo
    return line


def test_missing(tmp_path: Path) -> None:
    refuse(tmp_path / "gone.pptx", UnreadableFile, "gone.pptx", "does not exist")


def test_folder(tmp_path: Path) -> None:
    refuse(tmp_path, UnreadableFile, "is a folder")


def test_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pptx")
    refuse(tmp_path / "pipe.pptx", UnreadableFile, "not a plain file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(save: Save) -> None:
    path = save("mine.txt", b"hello there")
    path.chmod(0)
    refuse(path, UnreadableFile, "permission")


@pytest.mark.parametrize(("name", "data", "words"), [
    ("empty.pptx", b"", "is empty"),
    ("photo.pptx", b"\xff\xd8\xff\xe0" + b"JFIF" * 50, "JPEG picture"),
    ("photo.pdf", PNG, "PNG picture"),
    ("tool.pptx", b"MZ\x90\0" + b"\0" * 500, "a program"),
    ("notes.pptx", b"Just some words that somebody typed.", "is called .pptx but holds text"),
    ("page.pptx", b"<!doctype html><html><body>hello</body></html>", "is called .pptx but holds html"),
    ("noise.pdf", bytes(range(256)) * 20, "not a presentation or document"),
    ("noise2.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "cannot be opened as a PDF"),
    ("old.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "old Office format"),
    ("pointer.pptx", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "pointer"),
], ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "")
def test_wrong_kind(save: Save, name: str, data: bytes, words: str) -> None:
    refuse(save(name, data), UnreadableFile, name, words)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.999])
def test_truncated(save: Save, plain_deck: bytes, share: float) -> None:
    refuse(save("cut.pptx", plain_deck[:int(len(plain_deck) * share)]), UnreadableFile, "damaged or cut short")


def test_password_deck(save: Save, plain_deck: bytes) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain_deck)).encrypt("sesame", out)
    line = refuse(save("locked.pptx", out.getvalue()), EncryptedFile, "protected with a password")
    assert "sesame" not in line


@pytest.mark.parametrize(("owner", "user"), [("owner", "sesame"), ("owner", "")])
def test_password_pdf(save: Save, owner: str, user: str) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.encrypt(user, owner, algorithm="AES-128" if user else "RC4-128")
    out = io.BytesIO()
    writer.write(out)
    path = save("locked.pdf", out.getvalue())
    if user:
        refuse(path, EncryptedFile, "protected with a password")
    else:
        assert len(extractors.extract(path).units) == 2


def test_encrypted_member(save: Save, plain_deck: bytes) -> None:
    data = bytearray(plain_deck)
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = data.index(mark) + (8 if mark == b"PK\x01\x02" else 6)
        data[at] |= 1
    refuse(save("member.pptx", bytes(data)), EncryptedFile, "password")


def test_no_slides(save: Save) -> None:
    out = io.BytesIO()
    Presentation().save(out)
    refuse(save("bare.pptx", out.getvalue()), UnreadableFile, "has no slides")


def test_only_pictures_is_read_and_said(save: Save, make_deck: Callable[..., bytes]) -> None:
    def build(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
        slide.shapes.add_picture(io.BytesIO(PNG), 0, 0, 9144000, 6858000)

    document = extractors.extract(save("album.pptx", make_deck(build)))
    assert [(entry.unit, entry.where) for entry in document.unread] == [(1, "slide 1")]
    assert "picture" in document.unread[0].why
    assert len(document.units[1].pictures) == 1


def bomb(name: str, size: int) -> bytes:
    """A package whose part `name` unpacks to `size` zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, package.open(name, "w", force_zip64=True) as member:
        for _ in range(size >> 20):
            member.write(bytes(1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(("name", "size", "words"), [
    ("ppt/slides/slide1.xml", 70 << 20, "64 MB"), ("ppt/slides/slide1.xml", 5 << 20, "suspiciously much"),
    ("ppt/media/image1.png", 510 << 20, "500 MB")])
def test_bombs_are_refused_quickly(save: Save, name: str, size: int, words: str) -> None:
    path = save("bomb.pptx", bomb(name, size))
    start = time.monotonic()
    refuse(path, UnreadableFile, words)
    assert time.monotonic() - start < 5


def test_too_many_members(save: Save) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(10_001):
            package.writestr(f"{number}", b"")
    refuse(save("many.pptx", out.getvalue()), UnreadableFile, "10000 parts")


def test_duplicate_member(save: Save, plain_deck: bytes) -> None:
    out = io.BytesIO(plain_deck)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as package:
        package.writestr("ppt/slides/slide1.xml", b"<other/>")
    refuse(save("twice.pptx", out.getvalue()), UnreadableFile, "two parts of the same name")


def test_overlapping_members(save: Save, plain_deck: bytes) -> None:
    data = bytearray(plain_deck)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42:second + 46] = struct.pack("<I", struct.unpack("<I", data[first + 42:first + 46])[0])
    refuse(save("overlap.pptx", bytes(data)), UnreadableFile, "damaged")


@pytest.mark.parametrize("part", ["ppt/slides/slide1.xml", "[Content_Types].xml", "ppt/theme/theme1.xml", "docProps/core.xml"])
def test_document_type_is_refused_in_any_part(save: Save, plain_deck: bytes, change_zip: Callable[..., bytes], part: str) -> None:
    def declare(old: bytes) -> bytes:
        head, mark, rest = old.partition(b"?>")
        return head + mark + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rest

    line = refuse(save("dtd.pptx", change_zip(plain_deck, {part: declare})), UnreadableFile, "document type")
    assert "root:" not in line


@pytest.mark.parametrize("broken", [b"", b"<p:sld", b"<other/>", b"<a>\xff\xfe\xff</a>"])
def test_one_broken_slide_loses_only_itself(save: Save, plain_deck: bytes, change_zip: Callable[..., bytes], broken: bytes) -> None:
    document = extractors.extract(save("hurt.pptx", change_zip(plain_deck, {"ppt/slides/slide1.xml": broken})))
    assert document.units[2].title == "Title 2"
    assert 1 in {entry.unit for entry in document.unread}


def test_member_names_are_never_paths(save: Save, plain_deck: bytes, change_zip: Callable[..., bytes], tmp_path: Path) -> None:
    document = extractors.extract(save("dots.pptx", change_zip(plain_deck, {"../../evil.txt": b"x", "C:\\evil": b"y"})))
    assert {entry.where for entry in document.unread} == {"a part with an odd name"}
    assert [path.name for path in tmp_path.iterdir()] == ["dots.pptx"]


def test_two_kinds_in_one(save: Save, plain_deck: bytes) -> None:
    refuse(save("both.pdf", b"%PDF-1.4\n" + plain_deck), UnreadableFile, "two kinds of file")


def test_awkward_name_is_shown_harmlessly(save: Save, plain_deck: bytes) -> None:
    document = extractors.extract(save("a\nb\u202exslp.pptx", plain_deck))
    assert document.source.name == "a?b?xslp.pptx"
