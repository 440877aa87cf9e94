"""The leak gate: a withheld string is found wherever it is hidden, and nothing else is."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import struct
import time
import urllib.parse
import zipfile
import zlib

import pytest

from content.cleared import Withheld, WithheldString
from content.draft import Artefact, Draft, Sentence
from content.pack import GateResult
from gates.leak import GATE
from gates.leak_search import Search, normal
from gates.work import Work
from language.fold import folded

NAME = "Nordwick Sailworks"
TIGHT = NAME.replace(" ", "")
WITHHELD = Withheld(strings=(
    WithheldString(text=NAME, group="customer-1"), WithheldString(text="HLDF", group="customer-2", whole_word=True, case_sensitive=True),
    WithheldString(text="Vos", group="person-1", whole_word=True, case_sensitive=True), WithheldString(text="Ali", group="person-2"),
    WithheldString(text="at Orange went", group="customer-3", case_sensitive=True),
))


def check(data: bytes = b"", path: str = "blog/01-a.md", *, withheld: Withheld | None = WITHHELD, slug: str = "talk-abc123",
          drafts: tuple[Draft, ...] = ()) -> GateResult:
    return GATE.check(Work(drafts=drafts, artefacts=(Artefact(path=path, data=data, media_type="x/y"),), withheld=withheld, slug=slug))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_PNG = (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + _chunk(b"IDAT", zlib.compress(b"\0\0")))
_END = _chunk(b"IEND", b"")


def _gz(data: bytes) -> bytes:
    """Without the time of packing, so that every process that collects these tests gives them the same names."""
    return gzip.compress(data, mtime=0)


def _zip(name: str, data: bytes, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        archive.comment = comment
    return out.getvalue()


def _pdf(text: str, title: bytes = b"(a)") -> bytes:
    content = zlib.compress(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
               b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(content) + content + b"\nendstream",
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Title " + title + b">>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % xref


def _id3(text: str, codec: str, mark: int) -> bytes:
    frame = bytes([mark]) + text.encode(codec)
    tag = b"TIT2" + struct.pack(">I", len(frame)) + b"\0\0" + frame
    return b"ID3\3\0\0" + bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0)) + tag + b"\xff\xfb\x90\0" * 60


PLANTED: dict[str, bytes] = {
    "plain": f"We met {NAME} in May.".encode(),
    "upper": NAME.upper().encode(),
    "possessive": f"{NAME}’s board".encode(),
    "tags": b"<p>Nord<b>wick</b>&nbsp;Sail<i>works</i></p>",
    "decimal entities": "".join(f"&#{ord(char)};" for char in NAME).encode(),
    "attribute": f'<img alt="{NAME}" src="x.png">'.encode(),
    "attribute entities": ('<img alt="' + "".join(f"&#x{ord(char):x};" for char in NAME) + '">').encode(),
    "html comment": f"<!-- {NAME} -->".encode(),
    "data uri": ('<img src="data:text/html;base64,' + base64.b64encode(f"<p>{NAME}</p>".encode()).decode() + '">').encode(),
    "picture in a data uri": ('<img src="data:image/png;base64,' + base64.b64encode(
        _PNG + _chunk(b"tEXt", b"Title\0" + NAME.encode()) + _END).decode() + '">').encode(),
    "long base64": base64.b64encode((f"{NAME} " * 40).encode()),
    "short base64": b"x=" + base64.b64encode(NAME.encode()),
    "url": f"https://a.example/?q={urllib.parse.quote(NAME)}".encode(),
    "url twice": urllib.parse.quote(urllib.parse.quote(f"<{NAME}>")).encode(),
    "json escapes": ('{"a": "' + "".join(f"\\u{ord(char):04x}" for char in NAME) + '"}').encode(),
    "json line break": json.dumps({"a": NAME.replace(" ", "\n")}).encode(),
    "json of html": json.dumps({"a": "<b>Nord</b>wick &#83;ailworks"}).encode(),
    "calendar folding": b"SUMMARY:Talk about Nordwi\r\n ck Sailworks\r\n",
    "markdown emphasis": b"**Nord**wick _Sailworks_",
    "markdown escapes": b"Nordwick\\ Sail\\-works",
    "look-alikes": NAME.translate(str.maketrans("aoi", "аоі")).encode(),
    "full width": "".join(chr(ord(char) + 0xFEE0) if char != " " else char for char in NAME).encode(),
    "zero width": "\u200b".join(NAME).encode(),
    "soft hyphen": "Nord\u00adwick Sail\u00adworks".encode(),
    "accents": "Nórdwïck Säilworks".encode(),
    "spelled": " ".join(TIGHT).encode(),
    "hyphen at the line's end": b"Nordwick Sail-\nworks",
    "no-break space": NAME.replace(" ", "\u00a0").encode(),
    "hashtag": f"#{TIGHT}".encode(),
    "handle": f"@{TIGHT.lower()}".encode(),
    "identifier": b"nordwick_sailworks_q3",
    "utf-16": NAME.encode("utf-16"),
    "quoted-printable": quopri.encodestring(NAME.replace("w", "ẃ").encode()),
    "front matter": f'---\ntitle: "{NAME}"\n---\n'.encode(),
    "png tEXt": _PNG + _chunk(b"tEXt", b"Title\0" + NAME.encode()) + _END,
    "png zTXt": _PNG + _chunk(b"zTXt", b"Title\0\0" + zlib.compress(NAME.encode())) + _END,
    "png iTXt": _PNG + _chunk(b"iTXt", b"XML\0\1\0\0\0" + zlib.compress(NAME.encode())) + _END,
    "png after the end": _PNG + _END + NAME.encode(),
    "png xmp": _PNG + _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>Nordwick&#32;Sailworks</x>") + _END,
    "jpeg comment": b"\xff\xd8\xff\xfe" + struct.pack(">H", len(NAME) + 2) + NAME.encode() + b"\xff\xd9",
    "jpeg exif, wide": b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 * len(NAME) + 8) + b"Exif\0\0" + NAME.encode("utf-16-le") + b"\xff\xd9",
    "jpeg after the end": b"\xff\xd8\xff\xd9" + NAME.encode(),
    "id3 utf-16": _id3(NAME, "utf-16", 1),
    "id3 utf-16 big": _id3(NAME, "utf-16-be", 2),
    "id3 latin": _id3(NAME, "latin-1", 0),
    "id3 version 1": b"\xff\xfb\x90\0" * 60 + b"TAG" + NAME.encode().ljust(125, b"\0"),
    "amid much sound": bytes(range(128, 256)) * 4000 + NAME.encode() + bytes(range(128, 256)) * 4000,
    "amid much sound, wide": bytes(range(128, 256)) * 4000 + NAME.encode("utf-16-be") + bytes(range(128, 256)) * 4000,
    "wave info": b"RIFF\0\0\0\0WAVELIST\x20\0\0\0INFOINAM\x14\0\0\0" + NAME.encode() + b"\0" * 200,
    "pdf text": _pdf(NAME),
    "pdf title": _pdf("a", f"({NAME})".encode()),
    "pdf hex title": _pdf("a", b"<" + ("﻿" + NAME).encode("utf-16-be").hex().encode() + b">"),
    "pdf octal title": _pdf("a", b"(" + "".join(f"\\{byte:03o}" for byte in NAME.encode()).encode() + b")"),
    "zip member": _zip("word/document.xml", b"<w:t>Nordwick</w:t><w:t> Sailworks</w:t>"),
    "zip member name": _zip(f"{TIGHT}.txt", b"x"),
    "zip comment": _zip("a.txt", b"x", NAME.encode()),
    "zip in zip": _zip("inner.docx", _zip("a.xml", NAME.encode())),
    "gzip": _gz(NAME.encode()),
}


@pytest.mark.parametrize("place", PLANTED)
def test_finds_it(place: str) -> None:
    result = check(PLANTED[place], "a/file.bin")
    assert result.run and not result.passed
    assert any("customer-1" in reason and reason.startswith("a/file.bin") for reason in result.reasons)
    assert not any("nordwick" in folded(reason) for reason in result.reasons)


@pytest.mark.parametrize("data", [
    b"The north wick was cut. Sail works in the wind.", _PNG + _END, _pdf("a"), _zip("a.txt", b"x"), _gz(b"x"),
    b"hldf and vos and a vossen and Vossen", b"alight with alibis", b"orange went at noon. At orange went.", b"", b"\0" * 5000,
    "Öffentlich – ünïcode".encode(), b"<p>a</p>" * 1000, json.dumps({"sha256": "0f" * 32}).encode(),
])
def test_finds_nothing_else(data: bytes) -> None:
    result = check(data)
    assert result.passed, result.reasons
    assert result.reasons == ()


def test_case_and_word_flags() -> None:
    assert not check(b"Shares of HLDF rose.").passed
    assert check(b"hldf, xHLDF, HLDFx").passed
    assert not check(b"Ask Vos.").passed
    assert not check(b"Ask ali.").passed
    assert not check(b"The rollout at Orange went well.").passed
    assert check(b"Orange is a colour.").passed


def test_reasons_name_file_place_and_group() -> None:
    result = check("é: Nordwick Sailworks".encode(), "blog/01-a.md")
    assert result.reasons == ("blog/01-a.md, text, byte 4: something withheld (group customer-1)",)


def test_names_of_files_and_of_the_folder() -> None:
    named = check(b"", f"blog/01-{TIGHT.lower()}.md")
    assert named.reasons == ("the name of a file holds something withheld (group customer-1)",)
    assert not check(b"", "blog/Nordwick%20Sailworks.md").passed
    assert check(slug="nordwick-sailworks-abc123").reasons == ("the folder's name holds something withheld (group customer-1)",)


def test_drafts_are_refused_by_name() -> None:
    good = Draft(kind="blog", name="blog/01", path="blog/01.md", title=Sentence(text="Fine"))
    bad = Draft(kind="blog", name="blog/02", path="blog/02.md", title=Sentence(text="Fine"),
                metadata={"tags": (Sentence(text=TIGHT),)})
    result = check(drafts=(good, bad))
    assert result.refused == ("blog/02",)
    assert not result.passed


def test_without_the_source_it_is_not_run() -> None:
    result = check(NAME.encode(), withheld=None)
    assert not result.run and not result.passed


@pytest.mark.parametrize("data", [
    b"PK\x03\x04 broken", b"\x1f\x8b broken", b"%PDF-1.4 broken",
    _gz(_gz(_gz(_gz(_gz(_gz(_gz(b"deep"))))))),
])
def test_what_cannot_be_searched_refuses(data: bytes) -> None:
    result = check(data, "a.bin")
    assert not result.passed
    assert any("was not searched" in reason for reason in result.reasons)


def test_nothing_withheld_passes() -> None:
    assert check(NAME.encode(), withheld=Withheld()).passed


@pytest.mark.parametrize("text", ["Straße", "ﬁrst  Ｆull\tWidth\n", "Асме", "a\u00adb\u200bc", "É\x00x", "ǅ Ω ı"])
def test_fast_folding_is_that_of_the_language_package(text: str) -> None:
    assert normal(text).lower() == folded(text)


def test_many_strings_over_much_text_are_fast() -> None:
    heads, tails = "bcdfghjklm", "nprstvwz"
    strings = tuple(WithheldString(text=f"{a}a{b}o{c}el {c}uw{a}orks".title(), group=f"g{a}{b}{c}")
                    for a in heads for b in tails for c in tails)
    search = Search(strings)
    text = "People share what they know when somebody asks them to. " * 18_000
    start = time.process_time()
    assert search.find(text) == []
    assert time.process_time() - start < 1.5
    assert search.find(text + strings[-1].text)[0].group == strings[-1].group


def _sound(inside: bytes) -> bytes:
    """An episode as far as the gate is concerned: a tag, much noise with something in its midst, and noise at the end."""
    noise = bytes(range(128, 256)) * 2000
    return b"ID3\x04\x00\x00\x00\x00\x00\x00" + noise + inside + noise


@pytest.mark.parametrize("said", [b"\xf0 Ali! \xf1", b"\xf0?ali ?\xf1"])
def test_a_few_letters_in_the_midst_of_sound_are_chance(said: bytes) -> None:
    assert check(_sound(said), "audio/episode.mp3").passed


@pytest.mark.parametrize("data", [
    _sound(b"\xf0 " + NAME.encode() + b" \xf1"), _sound(b"") + b"TAG Ali said", b"ID3\x04\x00\x00\x00\x00\x00\x00\xf0 Ali! \xf1" + _sound(b"")[10:],
], ids=["a name between", "letters in the tag behind", "letters in front"])
def test_a_name_in_sound_or_letters_in_its_tags_are_found(data: bytes) -> None:
    assert not check(data, "audio/episode.mp3").passed
