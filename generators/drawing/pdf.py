"""Writes a small tagged PDF: real text in embedded subset fonts, plain boxes, one size of page.

PDF 1.7 (ISO 32000-1). Each text is a marked part of the structure tree, in reading order; boxes and page numbers are
artifacts, which screen readers pass over. No date and no random id: the same pages give the same bytes. The file says its
title and language and nothing else about itself.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from generators.drawing.face import Face
from generators.drawing.lines import Setting
from generators.drawing.logo import Logo
from generators.drawing.palette import rgb
from generators.drawing.truetype import subset

#: The tag of a text that a reader of screens passes over; others are H1, H2, P or LBody.
ARTIFACT = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Lines on a page: the left end and the top of the capitals in points from the top left corner, a colour, a tag."""

    setting: Setting
    x: float
    top: float
    colour: str
    tag: str = "P"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, in points from the top left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A logo in one colour, in points from the top left corner; decoration, which screen readers pass over."""

    logo: Logo
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; texts in reading order."""

    ground: str
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]
    mark: Mark | None = None


class _File:
    """Numbered objects, written one after the other."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def later(self) -> int:
        """A number for an object that is filled in with `put`."""
        return self.add(b"")

    def put(self, number: int, body: bytes) -> None:
        self.objects[number - 1] = body

    def stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data, 9)
        return self.add(f"<< /Length {len(packed)} /Filter /FlateDecode{more} >>\nstream\n".encode()
                        + packed + b"\nendstream")

    def bytes(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        name = hashlib.sha256(bytes(out)).hexdigest()[:32]
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += (f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{name}> <{name}>] >>\n"
                f"startxref\n{start}\n%%EOF\n").encode()
        return bytes(out)


def write(pages: Sequence[Page], width: float, height: float, title: str, language: str) -> bytes:
    """The file. The fonts must have every character: what a face lacks is drawn as an empty box."""
    file = _File()
    root, tree, document, leaves = file.later(), file.later(), file.later(), file.later()
    faces = sorted({text.setting.face.name for page in pages for text in page.texts})
    used = {name: "".join(line for page in pages for text in page.texts if text.setting.face.name == name
                          for line in (*text.setting.lines, " ")) for name in faces}
    fonts = {name: _font(file, Face(name), used[name]) for name in faces}
    resources = " ".join(f"/F{place} {fonts[name]} 0 R" for place, name in enumerate(faces))
    page_ids, parents, children = [], [], []
    for number, page in enumerate(pages):
        here = file.later()
        page_ids.append(here)
        content = file.stream(_content(page, faces, width, height))
        marked = [text for text in page.texts if text.tag != ARTIFACT]
        image = f" /XObject << /M {_image(file, page.mark)} 0 R >>" if page.mark else ""
        elements, own = _elements(file, marked, here, document)
        children += own
        parents.append(f"{number} [{' '.join(f'{each} 0 R' for each in elements)}]")
        file.put(here, (f"<< /Type /Page /Parent {leaves} 0 R /MediaBox [0 0 {width:g} {height:g}] /Contents {content} 0 R "
                        f"/Resources << /Font << {resources} >>{image} >> /StructParents {number} /Tabs /S >>").encode())
    file.put(leaves, f"<< /Type /Pages /Count {len(page_ids)} /Kids [{_references(page_ids)}] >>".encode())
    file.put(document, (f"<< /Type /StructElem /S /Document /P {tree} 0 R /K [{_references(children)}] >>").encode())
    file.put(tree, (f"<< /Type /StructTreeRoot /K [{document} 0 R] /ParentTreeNextKey {len(page_ids)} "
                    f"/ParentTree << /Nums [{' '.join(parents)}] >> >>").encode())
    file.put(root, (f"<< /Type /Catalog /Pages {leaves} 0 R /StructTreeRoot {tree} 0 R /MarkInfo << /Marked true >> "
                    f"/Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>").encode())
    return file.bytes(root, file.add(f"<< /Title {_string(title)} >>".encode()))


def _elements(file: _File, texts: Sequence[Text], page: int, document: int) -> tuple[list[int], list[int]]:
    """The structure of a page: the element of each marked text, and those that hang under the document."""
    elements: list[int] = []
    top: list[int] = []
    items: list[int] = []
    box = 0
    for place, text in enumerate(texts):
        if text.tag != "LBody":
            element = file.add(f"<< /Type /StructElem /S /{text.tag} /P {document} 0 R /Pg {page} 0 R /K {place} >>".encode())
            top.append(element)
        else:
            if not box:
                box = file.later()
                top.append(box)
            item = file.later()
            element = file.add(f"<< /Type /StructElem /S /LBody /P {item} 0 R /Pg {page} 0 R /K {place} >>".encode())
            file.put(item, f"<< /Type /StructElem /S /LI /P {box} 0 R /K [{element} 0 R] >>".encode())
            items.append(item)
        elements.append(element)
    if box:
        file.put(box, f"<< /Type /StructElem /S /L /P {document} 0 R /K [{_references(items)}] >>".encode())
    return elements, top


def _content(page: Page, faces: Sequence[str], width: float, height: float) -> bytes:
    """The drawing of a page: ground and boxes first, then the texts."""
    out = ["/Artifact BMC"]
    for box in (Box(0, 0, width, height, page.ground), *page.boxes):
        out.append(f"{_fill(box.colour)} {box.x:.2f} {height - box.y - box.height:.2f} {box.width:.2f} {box.height:.2f} re f")
    if (mark := page.mark) is not None:
        out.append(f"q {mark.width:.2f} 0 0 {mark.height:.2f} {mark.x:.2f} {height - mark.y - mark.height:.2f} cm /M Do Q")
    out.append("EMC")
    place = 0
    for text in page.texts:
        if text.tag == ARTIFACT:
            out.append("/Artifact << /Type /Pagination >> BDC")
        else:
            out.append(f"/{text.tag} << /MCID {place} >> BDC")
            place += 1
        setting = text.setting
        out.append(f"BT /F{faces.index(setting.face.name)} {setting.size} Tf {_fill(text.colour)}")
        base = height - text.top - setting.cap
        for number, line in enumerate(setting.lines):
            # A blank at the end of a line parts it from the next one for everybody who copies or listens.
            shown = _shown(line if number == len(setting.lines) - 1 else f"{line} ", setting.face)
            out.append(f"1 0 0 1 {text.x - setting.hang(line):.2f} {base:.2f} Tm [{shown}] TJ")
            base -= setting.step
        out += ["ET", "EMC"]
    return "\n".join(out).encode()


def _shown(line: str, face: Face) -> str:
    """A line as glyph numbers with kerning between them (thousandths of the size, taken away)."""
    font = face.file
    out, run = [], ""
    for place, char in enumerate(line):
        run += f"{font.glyph(char):04X}"
        kern = face.kerning(line[place:place + 2]) if place + 1 < len(line) else 0.0
        if abs(kern) >= 1:
            out.append(f"<{run}> {-kern:g}")
            run = ""
    return " ".join([*out, f"<{run}>"] if run else out)


def _image(file: _File, mark: Mark) -> int:
    """A single pixel of the colour, seen through the logo."""
    logo, head = mark.logo, " /Type /XObject /Subtype /Image /BitsPerComponent 8"
    mask = file.stream(logo.ink, f"{head} /Width {logo.width} /Height {logo.height} /ColorSpace /DeviceGray")
    return file.stream(bytes(rgb(mark.colour)), f"{head} /Width 1 /Height 1 /ColorSpace /DeviceRGB /SMask {mask} 0 R")


def _fill(colour: str) -> str:
    return " ".join(f"{part / 255:.4g}" for part in rgb(colour)) + " rg"


def _font(file: _File, face: Face, text: str) -> int:
    """A composite font with the glyphs of a text, and the table that turns them back into characters."""
    font = face.file
    glyphs = {font.glyph(char): char for char in sorted(set(text))}
    data = subset(font, glyphs)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
    name = f"{tag}+{face.name}-Regular"
    program = file.stream(data, f" /Length1 {len(data)}")
    box = " ".join(f"{1000 * side:.0f}" for side in font.box)
    descriptor = file.add((
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 "
        f"/Ascent {1000 * font.ascent:.0f} /Descent {1000 * font.descent:.0f} /CapHeight {1000 * font.cap_height:.0f} "
        f"/StemV 80 /FontFile2 {program} 0 R >>").encode())
    widths = " ".join(f"{glyph} [{font.widths[glyph]:.0f}]" for glyph in sorted(glyphs))
    descendant = file.add((
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /FontDescriptor {descriptor} 0 R "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [{widths}] >>").encode())
    return file.add((
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
        f"/ToUnicode {file.stream(_to_unicode(glyphs))} 0 R >>").encode())


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    """The CMap from glyph numbers to characters (Adobe Technical Note 5411)."""
    rows = [f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for glyph, char in sorted(glyphs.items())]
    blocks = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in
              (rows[at:at + 100] for at in range(0, len(rows), 100))]
    return ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
            "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + "\n".join(blocks)
            + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode()


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _string(text: str) -> str:
    """A text string as UTF-16 in hexadecimal, which needs no escapes."""
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be').hex().upper()}>"
