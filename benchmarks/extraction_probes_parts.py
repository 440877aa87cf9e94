"""What the probe files are put together from: small pictures with metadata, OLE containers, changed packages, workbooks."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NS = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}" xmlns:mc="{MC}"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def members(data: bytes) -> dict[str, bytes]:
    """Everything in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of members, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()


def related(rels: bytes, *more: tuple[str, str, str]) -> bytes:
    """A .rels part with relationships added: id, type (its last word, or whole), target; a target with `://` is outside."""
    rows = "".join(
        f'<Relationship Id="{rid}" Type="{kind if ":" in kind else OFFICE + kind}" Target="{target}"'
        f'{" TargetMode=" + chr(34) + "External" + chr(34) if "://" in target else ""}/>' for rid, kind, target in more)
    if not rels:
        rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    if rels.rstrip().endswith(b"/>"):
        rels = rels.rstrip()[:-2] + b"></Relationships>"
    return rels.replace(b"</Relationships>", rows.encode() + b"</Relationships>")


def typed(types: bytes, **kinds: str) -> bytes:
    """[Content_Types].xml with content types added for suffixes."""
    rows = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in kinds.items()
                   if f'Extension="{suffix}"'.encode() not in types)
    return types.replace(b"</Types>", rows.encode() + b"</Types>")


def workbook(cell: str, hidden: str, note: str = "") -> bytes:
    """A workbook with a word in a cell, one in a hidden sheet, and one in a note on a cell."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet, other = book.add_worksheet(), book.add_worksheet("Blad2")
    sheet.write("A1", cell)
    if note:
        sheet.write_comment("A1", note)
    other.write("B2", hidden)
    other.hide()
    book.close()
    return out.getvalue()


def ole(**streams: bytes) -> bytes:
    """A compound file with streams of at least 4,096 bytes each; `native` and `forms` stand for names with odd letters."""
    odd = {"native": "\x01Ole10Native", "forms": "contents"}
    named = [(odd.get(name, name), data.ljust(4096, b"\0")) for name, data in streams.items()]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    body, chains, at = b"", [], 0
    for number, (name, data) in enumerate(named, start=1):
        count = -(-len(data) // _SECTOR)
        entries.append(_entry(name, 2, at, len(data), right=number + 1 if number < len(named) else _FREE))
        chains += [*range(at + 1, at + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        at += count
    folder = b"".join(entries).ljust(-(-len(entries) * 128 // _SECTOR) * _SECTOR, b"\0")
    folders = len(folder) // _SECTOR
    chains += [*range(at + 1, at + folders), _END]
    tables = 1
    while (at + folders + tables) * 4 > tables * _SECTOR:
        tables += 1
    first = at + folders
    table = [*chains, *[_FAT] * tables]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff")
    places = [*range(first, first + tables), *[_FREE] * (109 - tables)]
    head = struct.pack("<8s16sHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, at,
                       0, 4096, _END, 0, _END, 0, *places)
    return head + body + folder + fat


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16sIQQIQ", text, len(text) + 2, kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size)


def native(name: str, path: str, content: bytes) -> bytes:
    """The stream in which Office keeps a file that was dropped onto a slide as an icon."""
    shown, where = name.encode() + b"\0", path.encode() + b"\0"
    body = struct.pack("<H", 2) + shown + where + struct.pack("<HHI", 0, 3, len(where)) + where
    body += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(body)) + body


def png(**remarks: str) -> bytes:
    """A small opaque picture with text in its metadata; `xmp` becomes an XMP packet."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for name, text in remarks.items():
        if name == "xmp":
            info.add_itxt("XML:com.adobe.xmp", xmp(text))
        elif name == "zip":
            info.add_text("Comment", text, zip=True)
        else:
            info.add_text(name, text)
    out = io.BytesIO()
    Image.new("RGB", (6, 4), "navy").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def xmp(text: str) -> str:
    """An XMP packet that says one thing."""
    return ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>'
            f"{text}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>")


def jpeg(artist: str, comment: str, owner: str) -> bytes:
    """A photo with an artist and a Windows comment in its EXIF, and a creator in its XMP."""
    from PIL import Image

    picture = Image.new("RGB", (6, 4), "olive")
    exif = picture.getexif()
    exif[0x013B] = artist
    exif[0x9C9C] = comment.encode("utf-16-le") + b"\0\0"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, xmp=xmp(owner).encode())
    return out.getvalue()


def gif(comment: str) -> bytes:
    """An animation's first picture with a comment."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "GIF", comment=comment.encode())
    return out.getvalue()


def svg(text: str, title: str) -> bytes:
    """A drawing with a text and a title."""
    return f'<svg xmlns="http://www.w3.org/2000/svg"><title>{title}</title><text x="1" y="9">{text}</text></svg>'.encode()


def letter(text: str, **more: bytes) -> bytes:
    """A Word document of one paragraph, with more parts."""
    return packed({
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               b'<Default Extension="xml" ContentType="application/xml"/>'
                               b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                               b'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": related(b"", ("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
                             f"<w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>".encode(), **more})
