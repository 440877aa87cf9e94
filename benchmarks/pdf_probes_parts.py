"""What the PDF probes are put together from: a writer of plain PDF objects, content, fonts that lie, small pictures.

Written by hand and not by a PDF library, because most of the places are ones that libraries do not write.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

#: Numbers of the objects that every file here has.
CATALOGUE, PAGES, FONT, BOLD = 1, 2, 3, 4
Objects = dict[int, bytes]


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object, unpacked."""
    return b"<<" + head + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream"


def string(text: str) -> bytes:
    """A text string, as UTF-16 where it must be."""
    if text.isascii():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def line(text: str, x: float, y: float, size: float = 12, before: str = "", font: str = "F1") -> bytes:
    """One line of text, in points from the lower left."""
    return f"q {before} BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET Q\n".encode("cp1252")


def paper(*pages: bytes, root: bytes = b"", page: bytes = b"", resources: bytes = b"", more: Mapping[int, bytes] = {},
          size: tuple[int, int] = (600, 800)) -> Objects:
    """Objects of a PDF of content streams. `page` and `resources` go to the first page; pages are 10, 12, 14, ..."""
    found: Objects = {
        CATALOGUE: b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        FONT: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        BOLD: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    }
    for number, content in enumerate(pages):
        first = not number
        found[10 + 2 * number] = (b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R" % (11 + 2 * number)
                                  + (b"/F3 5 0 R" if 5 in more else b"") + b">>" + (resources if first else b"") + b">>"
                                  + (page if first else b"") + b">>")
        found[11 + 2 * number] = stream(content)
    kids = b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(len(pages)))
    found[PAGES] = b"<</Type/Pages/Count %d/Kids[" % len(pages) + kids + b"]/MediaBox[0 0 %d %d]>>" % size
    return {**found, **more}


def written(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF file of the objects."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    _table(out, places, max(objects) + 1, trailer)
    return out.getvalue()


def revised(file: bytes, changed: Objects, size: int, trailer: bytes = b"") -> bytes:
    """The file saved again on top of itself, with changed objects."""
    out = io.BytesIO()
    out.write(file)
    places = {}
    for number, body in sorted(changed.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    before = int(file[file.rfind(b"startxref"):].split()[1])
    _table(out, places, size, trailer + b"/Prev %d" % before)
    return out.getvalue()


def _table(out: io.BytesIO, places: Mapping[int, int], size: int, trailer: bytes) -> None:
    start = out.tell()
    out.write(b"xref\n")
    for number, place in sorted(places.items()):
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer\n<</Size %d/Root 1 0 R" % size + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start)


def unicode_map(said: Mapping[int, str], wide: bool = False) -> bytes:
    """A map to Unicode: what each code is said to be."""
    digits = 4 if wide else 2
    rows = "\n".join(f"<{code:0{digits}X}> <{ord(letter):04X}>" for code, letter in sorted(said.items()))
    return stream((f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<{'0' * digits}> "
                   f"<{'F' * digits}>\nendcodespacerange\n{len(said)} beginbfchar\n{rows}\nendbfchar\nendcmap end end").encode())


def truetype(letters: str) -> bytes:
    """A TrueType font of square letters, glyph 1 the first of them, with a map of Unicode and glyph names."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 700), (500, 700), (500, 0)):
        (pen.moveTo if (x, y) == (0, 0) else pen.lineTo)((x, y))
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *letters]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
