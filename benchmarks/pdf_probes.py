"""The probes of PDF: a word in every place of a page, of the file around it, and of what earlier revisions left in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from benchmarks.extraction_probes import ASIDE, SHOWN, Planted, Planter, Probe
from benchmarks.extraction_probes_parts import jpeg
from benchmarks.pdf_probes_parts import Objects, line, paper, revised, stream, string, truetype, unicode_map, written
from content.document import Part

_ANNOTATION = b"<</Type/Annot/Rect[%d 100 %d 120]/Subtype"


def files() -> Iterator[Planted]:
    """Small files, each with the words of places that belong together."""
    planter = Planter("pdf", 5000)
    for name, make in (("page", _page), ("unseen", _unseen), ("layers", _layers), ("annotations", _annotations),
                       ("forms", _forms), ("file", _file), ("active", _active), ("pictures", _pictures),
                       ("structure", _structure), ("liars", _liars), ("revisions", _revisions), ("rotated", _rotated)):
        before = len(planter.probes)
        data = make(planter)
        yield Planted(f"{name}.pdf", data, tuple(planter.probes[before:]))
    before = len(planter.probes)
    data = _encrypted(planter)
    yield Planted("encrypted.pdf", data, tuple(planter.probes[before:]))


def _text(rows: list[str], x: float, y: float) -> bytes:
    return b"".join(line(row, x, y - 14 * number, 10) for number, row in enumerate(rows))


def _page(planter: Planter) -> bytes:
    word = planter.word
    left = [f"The left column starts with {word('left column', Part.BODY, unit=1)}", "and goes on for some lines that are", "full of words."]
    right = [f"The right column has {word('right column', Part.BODY, unit=1)}", "and is read after the left one, not", "between its lines."]
    split = word("word in several pieces", Part.BODY, unit=1)
    pieces = f"[({split[:3]}) -20 ({split[3:5]}) 15 ({split[5:]})] TJ"
    form = word("form object", Part.BODY, unit=1)
    content = (line(word("title", Part.TITLE, unit=1), 60, 740, 24, font="F2") + _text(left, 60, 650) + _text(right, 330, 650.3)
               + f"BT /F1 10 Tf 60 500 Td {pieces} ET\n".encode() + b"/X1 Do\n"
               + f"BT /F1 10 Tf 0 1 -1 0 550 300 Tm ({word('turned text', Part.BODY, unit=1)}) Tj ET\n".encode()
               + "".join(f"BT /F3 10 Tf {60 + 6 * n} 440 Td ({letter}) Tj ET\n"
                         for n, letter in enumerate(word("letter by letter", Part.BODY, unit=1))).encode()
               + line(word("white on a dark ground", Part.BODY, unit=1), 70, 385, 12, "0 0 0 rg 60 375 300 30 re f 1 1 1 rg"))
    feet = [line(f"{word('running foot', Part.FOOTER)} of the talk", 60, 20, 8)]
    other = [line(f"Page {n} says something of its own.", 60, 600) for n in range(2, 5)]
    return written(paper(content + feet[0], *(page + feet[0] for page in other), resources=b"/XObject<</X1 6 0 R>>",
                         more={5: b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
                               6: stream(line(form, 60, 470, 10), b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
                                         b"/Resources<</Font<</F1 3 0 R>>>>")}))


def _unseen(planter: Planter) -> bytes:
    word = planter.word
    def hidden(place: str, why: str) -> str:
        return word(place, Part.HIDDEN_TEXT, why, unit=1)

    content = (_text(["What people see on this page is this", "line and this one."], 60, 700)
               + line(hidden("invisible text", "invisible"), 60, 600, before="3 Tr")
               + line(hidden("white text", "white"), 60, 580, before="1 1 1 rg")
               + line(hidden("tiny text", "tiny"), 60, 560, 1)
               + line(hidden("outside the crop box", "crop box"), 60, 780)
               + line(hidden("off the page", "beside the page"), 900, 500)
               + line(hidden("under a black box", "failed redaction"), 60, 480) + b"0 0 0 rg 55 475 200 20 re f\n"
               + line(hidden("colour of its background", "background"), 60, 450, before="0.2 0.3 0.8 rg 55 445 200 20 re f")
               + line(hidden("under a black annotation", "failed redaction"), 60, 400)
               + line(hidden("marked for redaction", "failed redaction"), 60, 360)
               + line(hidden("clipped away", "clipped"), 60, 320, before="300 600 100 50 re W n")
               + line(hidden("clipped by two outlines", "clipped"), 60, 290, before="50 280 40 30 re W n 200 280 99 30 re W n")
               + line(f"Inside {word('inside its outline', Part.BODY, unit=1)}", 60, 250, before="50 240 300 30 re W n"))
    return written(paper(content, page=b"/CropBox[0 0 600 770]/Annots[20 0 R 21 0 R]", more={
        20: b"<</Type/Annot/Subtype/Square/Rect[50 395 300 415]/C[0 0 0]/IC[0 0 0]>>",
        21: b"<</Type/Annot/Subtype/Redact/Rect[50 355 300 375]/IC[0 0 0]>>"}))


def _layers(planter: Planter) -> bytes:
    word = planter.word
    content = (line("Seen by everybody.", 60, 700) + b"/OC /L1 BDC\n"
               + line(word("layer that is off", Part.HIDDEN_TEXT, "layer", unit=1), 60, 600) + b"EMC\n")
    name = word("name of a layer", Part.PROPERTY, ASIDE)
    # Object 6 is a layer that is off, 7 one that is on, 8 one that is off and has a name in other letters.
    content += (b"/OC /L3 BDC\n" + line(word("layer that is off, its name not in ASCII", Part.HIDDEN_TEXT, "layer", unit=1), 60, 550)
                + b"EMC\n")
    policies = ((20, "layers by policy: all must be on", b"/OCGs[6 0 R 7 0 R]/P/AllOn"),
                (21, "layers by policy: one must be off", b"/OCGs 7 0 R/P/AnyOff"),
                (22, "layers by expression", b"/VE[/And 7 0 R[/Not 7 0 R]]"))
    for number, place, _ in policies:
        content += (b"/OC /M%d BDC\n" % number + line(word(place, Part.HIDDEN_TEXT, "not shown together", unit=1), 60, 1000 - 25 * number)
                    + b"EMC\n")
    content += b"/OC /M23 BDC\n" + line(f"Seen: {word('layers of which one is on', Part.BODY, unit=1)}", 60, 350) + b"EMC\n"
    more = {number: b"<</Type/OCMD" + held + b">>" for number, _, held in (*policies, (23, "", b"/OCGs[6 0 R 7 0 R]"))}
    named = b"".join(b"/M%d %d 0 R" % (number, number) for number in more)
    return written(paper(content, root=b"/OCProperties<</OCGs[6 0 R 7 0 R 8 0 R]/D<</OFF[6 0 R 8 0 R]>>>>",
                         resources=b"/Properties<</L1 6 0 R/L3 8 0 R" + named + b">>",
                         more={**more, 6: b"<</Type/OCG/Name" + string(name) + b">>", 7: b"<</Type/OCG/Name(Shown)>>",
                               8: b"<</Type/OCG/Name" + string("Entw\u00fcrfe") + b">>"}))


def _annotations(planter: Planter) -> bytes:
    word = planter.word
    def said(place: str, seen: str = ASIDE) -> bytes:
        return string(word(place, Part.ANNOTATION, seen, unit=1))

    def at(number: int) -> bytes:
        return _ANNOTATION % (100 + 20 * number, 115 + 20 * number)

    drawn = word("drawing of an annotation", Part.ANNOTATION, SHOWN, unit=1)
    more = {
        20: at(0) + b"/Text/Contents" + said("note") + b"/T" + said("author of a note") + b"/Subj" + said("subject of a note") + b">>",
        21: at(1) + b"/Text/IRT 20 0 R/RT/R/Contents" + said("reply to a note") + b"/T" + said("author of a reply") + b">>",
        22: at(2) + b"/Highlight/Contents" + said("comment on a highlight") + b">>",
        23: at(3) + b"/FreeText/DA(/Helv 10 Tf)/Contents" + said("free text", SHOWN) + b">>",
        24: at(4) + b"/Link/A<</S/URI/URI" + string(f"https://{word('link target', Part.LINK, ASIDE, unit=1)}.example/") + b">>>>",
        25: at(5) + b"/Link/A<</S/GoToR/F" + string(f"{word('other file', Part.LINK, ASIDE, unit=1)}.pdf") + b"/D[0/Fit]>>>>",
        26: at(6) + b"/Stamp/AP<</N 27 0 R>>>>",
        27: stream(line(drawn, 5, 5, 10), b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>"),
        28: at(7) + b"/FileAttachment/FS 29 0 R>>",
        29: b"<</Type/Filespec/F" + string(f"{word('file pinned to a page, name', Part.ATTACHMENT, ASIDE, unit=1)}.txt") + b"/EF<</F 30 0 R>>>>",
        30: stream(f"Words in a file: {word('file pinned to a page', Part.ATTACHMENT, ASIDE, unit=1)}.\n".encode()),
        31: at(8) + b"/Square/RC(<body><p>" + word("rich text of an annotation", Part.ANNOTATION, ASIDE, unit=1).encode() + b"</p></body>)>>",
    }
    return written(paper(line("A page with notes.", 60, 700), more=more,
                         page=b"/Annots[20 0 R 21 0 R 22 0 R 23 0 R 24 0 R 25 0 R 26 0 R 28 0 R 31 0 R]"))


def _forms(planter: Planter) -> bytes:
    word = planter.word
    def said(place: str, seen: str = ASIDE, unit: int | None = None) -> bytes:
        return string(word(place, Part.FORM_FIELD, seen, unit=unit))

    widget = b"<</Type/Annot/Subtype/Widget/Rect[60 %d 200 %d]"
    xfa = word("data of an XFA form", Part.FORM_FIELD, ASIDE)
    more = {
        20: widget % (600, 620) + b"/FT/Tx/T" + said("field name") + b"/V" + said("field value", SHOWN, 1) + b"/DV"
        + said("field default") + b"/TU" + said("field tip") + b">>",
        21: widget % (560, 580) + b"/FT/Ch/T(choices)/Opt[" + said("choice") + b"[(code)" + said("choice with a code") + b"]]>>",
        22: widget % (520, 540) + b"/FT/Btn/T(push)/MK<</CA" + said("caption of a button", SHOWN, 1) + b">>>>",
        23: b"<</T(group)/Kids[24 0 R]/TU" + said("tip of a group") + b">>",
        24: b"<</Parent 23 0 R/FT/Tx/T(in)/V" + said("field on no page") + b">>",
        25: stream(f"<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><a>{xfa}</a></xfa:datasets>".encode()),
    }
    planter.unread("XFA form", "XFA form")
    return written(paper(line("A form.", 60, 700), more=more, page=b"/Annots[20 0 R 21 0 R 22 0 R]",
                         root=b"/AcroForm<</Fields[20 0 R 21 0 R 22 0 R 23 0 R]/XFA[(datasets) 25 0 R]>>"))


def _file(planter: Planter) -> bytes:
    word = planter.word
    def said(place: str, part: Part = Part.PROPERTY) -> bytes:
        return string(word(place, part, ASIDE))

    inner = written(paper(line(word("PDF inside the PDF", Part.ATTACHMENT, ASIDE), 60, 700)))
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='urn:rdf'><rdf:li>{word('XMP', Part.PROPERTY, ASIDE)}</rdf:li>" \
          "</rdf:RDF></x:xmpmeta>"
    objects = paper(
        line("Plain words.", 60, 700), root=b"/Outlines 20 0 R/Metadata 22 0 R/PageLabels<</Nums[0<</P" + said("page label", Part.OTHER)
        + b">>]>>/Names<</EmbeddedFiles<</Names[(a) 23 0 R (b) 25 0 R]>>>>/PieceInfo<</Tool<</Private<</Note"
        + said("data of a program", Part.OTHER) + b">>>>>>", more={
            20: b"<</Type/Outlines/First 21 0 R/Last 21 0 R/Count 1>>",
            21: b"<</Parent 20 0 R/Title" + said("outline", Part.OTHER) + b"/Dest[10 0 R/Fit]>>",
            22: stream(xmp.encode(), b"/Type/Metadata/Subtype/XML"),
            23: b"<</Type/Filespec/F" + said("attachment, name", Part.ATTACHMENT) + b"/Desc" + said("attachment, description", Part.ATTACHMENT)
            + b"/EF<</F 24 0 R>>>>",
            24: stream(f"Words in a file: {word('attachment', Part.ATTACHMENT, ASIDE)}.\n".encode()),
            25: b"<</Type/Filespec/F(inner.pdf)/EF<</F 26 0 R>>>>", 26: stream(inner),
            27: b"<</Title" + said("info title") + b"/Author" + said("info author") + b"/Subject" + said("info subject") + b"/Keywords"
            + said("info keywords") + b"/Creator" + said("info creator") + b"/Company" + said("info company") + b">>"})
    return written(objects, b"/Info 27 0 R")


def _active(planter: Planter) -> bytes:
    word = planter.word
    def script(place: str, unit: int | None = None) -> bytes:
        return b"<</S/JavaScript/JS" + string(f"var a = '{word(place, Part.HIDDEN_TEXT, 'script', unit=unit)}';") + b">>"

    planter.unread("script on opening is listed", "run something when opened")
    root = b"/OpenAction " + script("script on opening") + b"/Names<</JavaScript<</Names[(s) 20 0 R]>>>>"
    return written(paper(line("Plain words.", 60, 700), root=root, page=b"/AA<</O " + script("script of a page", 1) + b">>/Annots[21 0 R]",
                         more={20: b"<</S/JavaScript/JS 22 0 R>>",
                               21: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A" + script("script of a link", 1) + b">>",
                               22: stream(f"var b = '{word('script with a name', Part.HIDDEN_TEXT, 'script')}';".encode())}))


def _pictures(planter: Planter) -> bytes:
    word = planter.word
    said = [word(place, Part.PROPERTY, ASIDE, unit=1) for place in ("EXIF of a picture", "comment in a picture", "owner of a picture")]
    data = jpeg(*said)
    xmp = f"<rdf:RDF xmlns:rdf='urn:rdf'><rdf:li>{word('XMP of a picture', Part.PROPERTY, ASIDE, unit=1)}</rdf:li></rdf:RDF>"
    head = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Metadata 21 0 R"
    planter.unread("page that is a picture", "page 2")
    return written(paper(line("A picture.", 60, 700) + b"q 200 0 0 200 60 300 cm /I1 Do Q\n", b"q 600 0 0 800 0 0 cm /I1 Do Q\n",
                         resources=b"/XObject<</I1 20 0 R>>", more={20: stream(data, head), 21: stream(xmp.encode()),
                         12: b"<</Type/Page/Parent 2 0 R/Contents 13 0 R/Resources<</XObject<</I1 20 0 R>>>>>>"}))


def _structure(planter: Planter) -> bytes:
    word = planter.word
    shown = word("letters under replacement text", Part.BODY, SHOWN, unit=1)
    behind = word("replacement text", Part.HIDDEN_TEXT, "behind", unit=1)
    content = (line("Plain words.", 60, 700) + f"/Span<</ActualText({behind})>>BDC\n".encode() + line(shown, 60, 600) + b"EMC\n")
    alt = word("alternative text", Part.ALT_TEXT, ASIDE, unit=1)
    long = word("long form of an abbreviation", Part.ALT_TEXT, ASIDE)
    planter.unread("replacement text is listed", "page 1")
    return written(paper(content, root=b"/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>", more={
        20: b"<</Type/StructTreeRoot/K[21 0 R 22 0 R]>>",
        21: b"<</Type/StructElem/S/Figure/P 20 0 R/Pg 10 0 R/Alt" + string(alt) + b">>",
        22: b"<</Type/StructElem/S/Span/P 20 0 R/E" + string(long) + b">>"}))


def _liars(planter: Planter) -> bytes:
    """Two fonts: one of plain codes, one embedded; both map what they draw to a harmless word."""
    word = planter.word
    drawn = word("letters of a lying font", Part.BODY, SHOWN, unit=1)
    wide = word("letters of an embedded lying font", Part.BODY, SHOWN, unit=1)
    codes = {ord(letter): "xyz"[n % 3] for n, letter in enumerate(sorted(set(drawn)))}
    letters = "".join(dict.fromkeys(wide))
    glyphs = {letters.index(letter) + 1: "uvw"[n % 3] for n, letter in enumerate(letters)}
    swap = str.maketrans({chr(code): said for code, said in codes.items()})
    content = (line("Plain words.", 60, 700) + line(drawn, 60, 600, font="F3")
               + b"BT /F4 12 Tf 60 560 Td <" + "".join(f"{letters.index(letter) + 1:04X}" for letter in wide).encode() + b"> Tj ET\n")
    covered = {"text of a lying font": drawn.translate(swap),
               "text of an embedded lying font": "".join(glyphs[letters.index(letter) + 1] for letter in wide)}
    planter.probes += [Probe("pdf", place, said, Part.HIDDEN_TEXT, "behind", 1) for place, said in covered.items()]
    planter.unread("lying fonts are listed", "the font")
    face = truetype(letters)
    objects = paper(content, more={
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 20 0 R>>", 20: unicode_map(codes),
        21: b"<</Type/Font/Subtype/Type0/BaseFont/Squares/Encoding/Identity-H/DescendantFonts[22 0 R]/ToUnicode 23 0 R>>",
        22: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Squares/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 24 0 R/DW 600/CIDToGIDMap/Identity>>", 23: unicode_map(glyphs, wide=True),
        24: b"<</Type/FontDescriptor/FontName/Squares/Flags 4/FontBBox[0 -200 600 800]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80/FontFile2 25 0 R>>", 25: stream(face, b"/Length1 %d" % len(face))})
    objects[10] = objects[10].replace(b"/F3 5 0 R", b"/F3 5 0 R/F4 21 0 R")
    return written(objects)


def _revisions(planter: Planter) -> bytes:
    word = planter.word
    first = paper(line(word("page of an earlier revision", Part.HIDDEN_TEXT, "earlier revision"), 60, 700),
                  more={20: b"<</Author" + string(word("author of an earlier revision", Part.HIDDEN_TEXT, "earlier revision")) + b">>"})
    middle: Objects = {11: stream(line(word("page of a second revision", Part.HIDDEN_TEXT, "earlier revision"), 60, 700)), 20: b"<<>>"}
    last: Objects = {11: stream(line(word("page of the last revision", Part.TITLE, SHOWN, unit=1), 60, 700))}
    info = b"/Info 20 0 R"
    return revised(revised(written(first, info), middle, 21, info), last, 21, info)


def _rotated(planter: Planter) -> bytes:
    word = planter.word
    content = _text(["This page is turned by a quarter, as", f"a wide table is: {word('turned page', Part.BODY, unit=1)} stands on it."], 60, 700)
    return written(paper(content, page=b"/Rotate 90"))


def _encrypted(planter: Planter) -> bytes:
    word = planter.word
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(
        paper(line(word("encrypted without a password", Part.TITLE, unit=1), 60, 700)), b"/Info<</X(y)>>"))))
    writer.add_metadata({"/Author": word("author in an encrypted file", Part.PROPERTY, ASIDE)})
    writer.encrypt(user_password="", owner_password="owner", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
