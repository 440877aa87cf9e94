"""One planted word for every place in a deck: each is found, under the right part, marked as seen or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

import extractors
from content import Block, Document, Part
from content.document import Box

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
NS = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def png(**remarks: str) -> bytes:
    """A small opaque picture, with remarks in its metadata."""
    info = PngInfo()
    for name, text in remarks.items():
        info.add_text(name, text)
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "navy").save(out, "PNG", pnginfo=info)
    return out.getvalue()


PNG = png()


def box(slide: object, text: str, left: float = 1, top: float = 3, width: float = 3, height: float = 0.6) -> object:
    """A text box, in inches."""
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))  # type: ignore[attr-defined]
    shape.text_frame.text = text
    return shape


def relate(xml: bytes, *relations: tuple[str, str, str, bool]) -> bytes:
    """Add relationships (id, kind, target, external) to a .rels part."""
    root = etree.fromstring(xml)
    for rid, kind, target, outside in relations:
        extra = {"TargetMode": "External"} if outside else {}
        etree.SubElement(root, f"{{{REL}}}Relationship", {"Id": rid, "Type": OFFICE + kind, "Target": target, **extra})
    return etree.tostring(root)


def content_type(xml: bytes, part: str, kind: str) -> bytes:
    """Add a content type for a part."""
    return xml.replace(b"</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode())


def build(deck: object) -> None:
    """One slide with much on it, one hidden, one with a table, a chart and a picture."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # type: ignore[attr-defined]
    slide.shapes.title.text = "wTitle"
    parts = box(slide, "").text_frame.paragraphs[0]
    for piece in ("wSp", "lit", "Run"):
        parts.add_run().text = piece
    outer = slide.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    inner.shapes.add_textbox(Inches(5), Inches(3), Inches(2), Inches(0.5)).text_frame.text = "wNested"
    white = box(slide, "wWhite", 1, 4)
    white.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    tiny = box(slide, "wTiny", 4, 4)
    tiny.text_frame.paragraphs[0].runs[0].font.size = Pt(1)
    box(slide, "wOff", -8, 1, 2)
    covered = box(slide, "wCovered", 1, 5, 2, 0.5)
    cover = slide.shapes.add_shape(1, covered.left - 9, covered.top - 9, covered.width + 18, covered.height + 18)
    cover.fill.solid()
    unseen = box(slide, "wInvisible", 6, 5)
    unseen._element.nvSpPr.cNvPr.set("hidden", "1")
    linked = box(slide, "wLinked", 6, 6)
    run = linked.text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://wtarget.example/"
    run._r.rPr.find(qn("a:hlinkClick")).set("tooltip", "wTip")
    named = box(slide, "wNamedText", 1, 6)
    named.name = "wShapeName"
    named._element.nvSpPr.cNvPr.set("descr", "wAltText")
    named._element.nvSpPr.cNvPr.set("title", "wAltTitle")
    slide.notes_slide.notes_text_frame.text = "wNotes"
    hidden = deck.slides.add_slide(deck.slide_layouts[5])  # type: ignore[attr-defined]
    hidden._element.set("show", "0")
    hidden.shapes.title.text = "wHiddenSlide"
    data = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
    table = data.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(1, 1).text = "wCell", "wOther"
    table.cell(0, 1).text = "wSpanned"
    table.cell(0, 0)._tc.set("gridSpan", "2")
    table.cell(0, 1)._tc.set("hMerge", "1")
    chart_data = CategoryChartData(number_format="0%")
    chart_data.categories = ["wCategory", "plain"]
    chart_data.add_series("wSeries", (0.25, 0.5))
    chart = data.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(3), chart_data).chart
    chart.has_title, chart.chart_title.text_frame.text = True, "wChartTitle"
    chart.category_axis.axis_title.text_frame.text = "wAxis"
    data.shapes.add_picture(io.BytesIO(PNG), Inches(7), Inches(2), Inches(2), Inches(2))
    properties = deck.core_properties  # type: ignore[attr-defined]
    properties.author, properties.keywords, properties.last_modified_by = "wAuthor", "wKeyword", "wSaver"
    master = deck.slide_master.shapes._spTree  # type: ignore[attr-defined]
    master.append(etree.fromstring(f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="90" name="TextBox 90"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
                                   '</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>wMaster</a:t></a:r></a:p></p:txBody></p:sp>'))


CM = ('<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main" '
      f'xmlns:a="{A}"><p188:cm id="1" authorId="X1"><p188:replyLst><p188:reply id="2" authorId="X1"><p188:txBody><a:p><a:r>'
      '<a:t>wReply</a:t></a:r></a:p></p188:txBody></p188:reply></p188:replyLst><p188:txBody><a:p><a:r><a:t>wModern</a:t></a:r></a:p>'
      '</p188:txBody></p188:cm></p188:cmLst>').encode()
AUTHORS = (b'<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main">'
           b'<p188:author id="X1" name="wCommenter" initials="WC" userId="S::w@user.example"/></p188:authorLst>')
DIAGRAM = ('<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
           f'xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>'
           '<dgm:pt modelId="2"><dgm:t><a:p><a:r><a:t>wSecond</a:t></a:r></a:p></dgm:t></dgm:pt>'
           '<dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>wFi</a:t></a:r><a:r><a:t>rst</a:t></a:r></a:p></dgm:t></dgm:pt>'
           '<dgm:pt modelId="3"><dgm:t><a:p><a:r><a:t>wChild</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst>'
           '<dgm:cxn modelId="a" srcId="0" destId="1" srcOrd="0"/><dgm:cxn modelId="b" srcId="0" destId="2" srcOrd="1"/>'
           '<dgm:cxn modelId="c" srcId="1" destId="3" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>').encode()
MORE = (f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {NS}>'
        '<mc:Choice Requires="p14"><p:sp><p:nvSpPr><p:cNvPr id="70" name="TextBox 70"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        '<p:txBody><a:bodyPr/><a:p><a:r><a:t>wChoice</a:t></a:r></a:p></p:txBody></p:sp></mc:Choice><mc:Fallback><p:sp>'
        '<p:nvSpPr><p:cNvPr id="71" name="TextBox 71"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>'
        '<a:t>wFallback</a:t></a:r></a:p></p:txBody></p:sp></mc:Fallback></mc:AlternateContent>'
        f'<p:graphicFrame {NS}><p:nvGraphicFramePr><p:cNvPr id="72" name="Diagram 72"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="900000" y="900000"/><a:ext cx="900000" cy="900000"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds '
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rIdD"/></a:graphicData></a:graphic>'
        '</p:graphicFrame>').encode()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Document:
    """The deck with a planted word in every place, read."""
    from zipfile import ZipFile

    deck = Presentation()
    build(deck)
    out = io.BytesIO()
    deck.save(out)
    inner = io.BytesIO()
    embedded = Presentation()
    embedded.slides.add_slide(embedded.slide_layouts[5]).shapes.title.text = "wEmbeddedDeck"
    embedded.save(inner)
    with ZipFile(io.BytesIO(out.getvalue())) as old:
        members = {name: old.read(name) for name in old.namelist()}
    slide, rels = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
    members[slide] = members[slide].replace(b"</p:spTree>", MORE + b"</p:spTree>").replace(b"<p:cSld>", b'<p:cSld name="wSlideName">')
    members[rels] = relate(members[rels], ("rIdD", "diagramData", "../diagrams/data1.xml", False),
                           ("rIdL", "image", "file:///C:/wLinkedPicture.png", True), ("rIdT", "tags", "../tags/tag1.xml", False),
                           ("rIdC", "comments", "../comments/modern1.xml", False),
                           ("rIdE", "package", "../embeddings/Microsoft_PowerPoint.pptx", False),
                           ("rIdV", "video", "../media/wFilm.mp4", False))
    members |= {"ppt/diagrams/data1.xml": DIAGRAM, "ppt/comments/modern1.xml": CM, "ppt/authors.xml": AUTHORS,
                "ppt/embeddings/Microsoft_PowerPoint.pptx": inner.getvalue(), "ppt/media/wFilm.mp4": b"\0\0\0\x1cftyp",
                "ppt/tags/tag1.xml": f'<p:tagLst {NS}><p:tag name="T" val="wTag"/></p:tagLst>'.encode(),
                "customXml/item1.xml": b"<x><client>wCustomXml</client></x>", "ppt/vbaProject.bin": b"macro",
                "ppt/slides/slide99.xml": f'<p:sld {NS}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>wOrphan</a:t></a:r></a:p>'
                                          '</p:txBody></p:sp></p:spTree></p:cSld></p:sld>'.encode(),
                "docProps/custom.xml": b'<Properties xmlns="x"><property name="wPropertyName"><v>wCustom</v></property></Properties>',
                "ppt/secret.dat": b"\0\1\2\3" * 9}
    members["_rels/.rels"] = relate(members["_rels/.rels"], ("rIdP", "custom-properties", "docProps/custom.xml", False))
    sections = (b'<p:extLst><p:ext uri="x"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
                b'<p14:section name="wSection"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst>'
                b'</p:ext></p:extLst></p:presentation>')
    members["ppt/presentation.xml"] = members["ppt/presentation.xml"].replace(b"</p:presentation>", sections)
    members[slide] = members[slide].replace(b"<p:cSld ", b"<!-- wXmlRemark --><p:cSld ")
    path = tmp_path_factory.mktemp("deck") / "wFile name.pptx"
    with ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    return extractors.extract(path)


PROBES = [
    ("wTitle", 1, Part.TITLE, True), ("wSplitRun", 1, Part.BODY, True), ("wNested", 1, Part.BODY, True),
    ("wChoice", 1, Part.BODY, True), ("wFallback", 1, Part.OTHER, False), ("wWhite", 1, Part.HIDDEN_TEXT, False),
    ("wTiny", 1, Part.HIDDEN_TEXT, False), ("wOff", 1, Part.HIDDEN_TEXT, False), ("wCovered", 1, Part.HIDDEN_TEXT, False),
    ("wInvisible", 1, Part.HIDDEN_TEXT, False), ("wLinked", 1, Part.BODY, True), ("wTip", 1, Part.LINK, False),
    ("https://wtarget.example/", 1, Part.LINK, False), ("wShapeName", 1, Part.OTHER, False), ("wNamedText", 1, Part.BODY, True),
    ("wAltText", 1, Part.ALT_TEXT, False), ("wAltTitle", 1, Part.ALT_TEXT, False), ("wNotes", 1, Part.NOTES, True),
    ("wFirst", 1, Part.SMARTART, True), ("wSecond", 1, Part.SMARTART, True), ("wChild", 1, Part.SMARTART, True),
    ("wModern", 1, Part.COMMENT, False), ("wReply", 1, Part.COMMENT, False), ("wCommenter", 1, Part.COMMENT, False),
    ("wTag", 1, Part.PROPERTY, False), ("wSlideName", 1, Part.PROPERTY, False), ("wXmlRemark", 1, Part.HIDDEN_TEXT, False),
    ("wEmbeddedDeck", 1, Part.EMBEDDED, False), ("wFilm.mp4", 1, Part.PROPERTY, False),
    ("file:///C:/wLinkedPicture.png", 1, Part.LINK, False),
    ("wHiddenSlide", 2, Part.TITLE, True), ("wCell", 3, Part.TABLE, True), ("wSpanned", 3, Part.HIDDEN_TEXT, False),
    ("wChartTitle", 3, Part.CHART, True), ("wAxis", 3, Part.CHART, True), ("wCategory", 3, Part.CHART, True),
    ("wSeries", 3, Part.CHART, True), ("25%", 3, Part.CHART, True),
    ("wFile name.pptx", 0, Part.PROPERTY, False), ("wAuthor", 0, Part.PROPERTY, False), ("wKeyword", 0, Part.PROPERTY, False),
    ("wSaver", 0, Part.PROPERTY, False), ("wCustom", 0, Part.PROPERTY, False), ("wPropertyName", 0, Part.PROPERTY, False),
    ("wSection", 0, Part.PROPERTY, False), ("wMaster", 0, Part.MASTER, True), ("wCustomXml", 0, Part.PROPERTY, False),
    ("wOrphan", 0, Part.HIDDEN_TEXT, False),
]


@pytest.mark.parametrize(("word", "unit", "part", "visible"), PROBES, ids=[probe[0] for probe in PROBES])
def test_planted_word(document: Document, word: str, unit: int, part: Part, visible: bool) -> None:
    found = [(u.number, b.part, b.visible) for u, b in document.blocks() if b.text == word]
    assert (unit, part, visible) in found
    if not visible:
        assert not any(b.readable for _, b in document.blocks() if word in b.text)


def test_units_say_what_they_are(document: Document) -> None:
    assert [unit.hidden for unit in document.units] == [False, False, True, False]
    assert document.units[1].section == "wSection"
    assert document.units[1].title == "wTitle"
    assert document.units[1].layout == "Title Only"
    assert document.units[3].pictures[0].media_type == "image/png"
    assert document.size == (9144000.0, 6858000.0)
    assert document.properties["author"] == "wAuthor"


def test_what_could_not_be_read_is_listed(document: Document) -> None:
    listed = {entry.where: entry.why for entry in document.unread}
    assert set(listed) == {"ppt/vbaProject.bin", "ppt/media/wFilm.mp4", "ppt/secret.dat"}
    assert "macros" in listed["ppt/vbaProject.bin"]


def test_tables_and_charts_have_places(document: Document) -> None:
    at = {block.text: (block.row, block.column) for block in document.units[3].blocks}
    assert at["wCell"] == (0, 0)
    assert at["wOther"] == (1, 1)
    assert at["wSeries"] == (0, 1)
    assert at["wCategory"] == (1, 0)
    assert at["25%"] == (1, 1)
    assert at["wChartTitle"] == (None, None)


def test_smartart_keeps_order_and_depth(document: Document) -> None:
    found = [(block.text, block.level) for block in document.units[1].blocks if block.part is Part.SMARTART]
    assert found == [("wFirst", 0), ("wChild", 1), ("wSecond", 0)]


def test_box_in_nested_group_is_in_slide_units(document: Document) -> None:
    block = next(block for _, block in document.blocks() if block.text == "wNested")
    assert block.box is not None
    assert (block.box.x, block.box.y) == (Inches(5), Inches(3))


def read(make: Callable[..., bytes], save: Callable[[str, bytes], Path], build_slide: Callable[..., None]) -> Document:
    """A deck of what `build_slide` puts on it, read."""
    return extractors.extract(save("talk.pptx", make(build_slide)))


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """The readable texts in order."""
    return [block.text for block in blocks if block.readable]


def test_two_columns_are_read_one_after_the_other(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
        for column, row, off in ((1, 2, -0.02), (0, 1, 0.02), (1, 0, -0.01), (0, 0, 0.02), (1, 1, 0.0), (0, 2, 0.01)):
            box(slide, f"{'LR'[column]}{row}", 0.5 + 4.8 * column, 2 + row + off, 4)
        heading = box(slide, "Above both", 0.5, 0.5, 9)
        heading.text_frame.paragraphs[0].runs[0].font.size = Pt(40)

    document = read(make_deck, save, build_slide)
    assert texts(document.units[1].blocks) == ["Above both", "L0", "L1", "L2", "R0", "R1", "R2"]
    assert document.units[1].title == "Above both"


def test_levels_line_breaks_and_shared_shape(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])  # type: ignore[attr-defined]
        slide.shapes.title.text = "Two\vlines"
        frame = slide.placeholders[1].text_frame
        frame.text = "Point"
        deeper = frame.add_paragraph()
        deeper.text, deeper.level = "a\vb", 2

    blocks = read(make_deck, save, build_slide).units[1].blocks
    assert [(b.part, b.text, b.level) for b in blocks] == [(Part.TITLE, "Two lines", 0), (Part.BODY, "Point", 0), (Part.BODY, "a\nb", 2)]
    assert blocks[1].shape == blocks[2].shape != blocks[0].shape


def test_white_text_on_a_dark_box_is_seen(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
        ground = slide.shapes.add_shape(1, 0, 0, Inches(9), Inches(7))
        ground.fill.solid()
        ground.fill.fore_color.rgb = RGBColor(0, 0, 60)
        shape = box(slide, "Bright words", 1, 1)
        shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    assert "Bright words" in texts(read(make_deck, save, build_slide).units[1].blocks)


def test_what_appears_by_animation_is_not_covered(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
        box(slide, "First shown", 1, 1, 3, 1)
        cover = slide.shapes.add_shape(1, Inches(0.9), Inches(0.9), Inches(4), Inches(2))
        cover.fill.solid()
        slide._element.append(etree.fromstring(f'<p:timing {NS}><p:tnLst><p:spTgt spid="{cover.shape_id}"/></p:tnLst></p:timing>'))

    assert "First shown" in texts(read(make_deck, save, build_slide).units[1].blocks)


def test_line_repeated_at_the_foot_is_a_footer(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        for number in range(6):
            slide = deck.slides.add_slide(deck.slide_layouts[5])  # type: ignore[attr-defined]
            slide.shapes.title.text = f"Title {number}"
            box(slide, "For our eyes only", 1, 7.0, 3, 0.3)

    document = read(make_deck, save, build_slide)
    assert {block.part for _, block in document.blocks() if block.text == "For our eyes only"} == {Part.FOOTER}


@pytest.mark.parametrize(("core", "expected"), [
    ("PowerPoint Presentation", "Answers in the open"), ("Presentatie1", "Answers in the open"), ("", "Answers in the open"),
    ("Another talk entirely, copied", "Answers in the open"), ("Answers, in the open air", "Answers, in the open air")])
def test_title_of_the_document(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path], core: str, expected: str) -> None:
    def build_slide(deck: object) -> None:
        deck.core_properties.title = core  # type: ignore[attr-defined]
        slide = deck.slides.add_slide(deck.slide_layouts[0])  # type: ignore[attr-defined]
        slide.shapes.title.text = "Answers in the open"

    document = read(make_deck, save, build_slide)
    assert document.title == expected
    assert document.properties.get("title", "") == core


@pytest.mark.parametrize("kind", ["slideshow.main+xml", "template.main+xml", "slideshow.macroEnabled.main+xml",
                                  "template.macroEnabled.main+xml", "presentation.macroEnabled.main+xml"])
def test_kin_of_pptx(plain_deck: bytes, change_zip: Callable[..., bytes], save: Callable[[str, bytes], Path], kind: str) -> None:
    maker = "application/vnd.ms-powerpoint." if "macro" in kind else "application/vnd.openxmlformats-officedocument.presentationml."
    old = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    data = change_zip(plain_deck, {"[Content_Types].xml": lambda xml: xml.replace(old, (maker + kind).encode())})
    assert [unit.title for unit in extractors.extract(save("show.bin", data)).units[1:]] == ["Title 1", "Title 2"]


def test_iso_strict(plain_deck: bytes, save: Callable[[str, bytes], Path]) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name != "[Content_Types].xml":
                for kind in (b"presentationml", b"drawingml", b"officeDocument"):
                    data = data.replace(b"http://schemas.openxmlformats.org/" + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/")
            new.writestr(name, data)
    document = extractors.extract(save("strict.pptx", out.getvalue()))
    assert texts(document.units[2].blocks) == ["Title 2", "First point 2", "Second point 2", "What I say here"]


def test_text_under_an_opaque_picture_is_hidden(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])  # type: ignore[attr-defined]
        box(slide, "Under the photo", 2, 2, 2, 0.5)
        box(slide, "Beside the photo", 7, 2, 2, 0.5)
        slide.shapes.add_picture(io.BytesIO(PNG), Emu(0), Emu(0), Inches(6), Inches(6))

    document = read(make_deck, save, build_slide)
    assert texts(document.units[1].blocks) == ["Beside the photo"]
    assert any(b.part is Part.HIDDEN_TEXT and b.text == "Under the photo" for b in document.units[1].blocks)


def test_picture_metadata_is_scanned(make_deck: Callable[..., bytes], save: Callable[[str, bytes], Path]) -> None:
    def build_slide(deck: object) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[5])  # type: ignore[attr-defined]
        slide.shapes.title.text = "With a picture"
        slide.shapes.add_picture(io.BytesIO(png(Author="Petra Lindqvist")), 0, 0, 99, 99)

    document = read(make_deck, save, build_slide)
    assert any(b.text == "Petra Lindqvist" and "Author" in b.where for b in document.units[1].blocks)


DRAWING = ('<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
           'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dsp:spTree>{}</dsp:spTree></dsp:drawing>')
SHAPE = ('<dsp:sp><dsp:spPr><a:xfrm><a:off x="{}" y="0"/><a:ext cx="200" cy="100"/></a:xfrm></dsp:spPr>'
         '<dsp:txBody>{}</dsp:txBody></dsp:sp>')


def test_points_of_a_diagram_stand_where_its_drawing_has_them() -> None:
    from extractors.diagrams import placed
    from extractors.xml import parse

    frame = Box(x=1000, y=500, width=600, height=100)
    points = [("Ask", 0), ("Out loud", 1), ("Keep", 0)]
    drawn = DRAWING.format("".join(SHAPE.format(x, "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines))
                                   for x, lines in ((0, ("Ask", "Out loud")), (400, ("Keep",)))))
    first, second = Box(x=1000, y=500, width=200, height=100), Box(x=1400, y=500, width=200, height=100)
    assert placed(points, parse(drawn.encode()), frame) == [first, first, second]
    assert placed([*points, ("Lost", 0)], parse(drawn.encode()), frame) == [frame] * 4, "its drawing is an older one"
    assert placed(points, parse(drawn.replace('x="400"', 'x="4000"').encode()), frame) == [frame] * 3, "out of its frame"
    assert placed(points, None, frame) == [frame] * 3 and placed(points, parse(drawn.encode()), None) == [None] * 3


def test_the_sample_diagram_has_four_places() -> None:
    document = extractors.extract(Path(__file__).parents[2] / "samples" / "social-business.pptx")
    (unit,) = [each for each in document.units if any(block.part is Part.SMARTART for block in each.blocks)]
    boxes = [block.box for block in unit.blocks if block.part is Part.SMARTART]
    assert len(boxes) == 8 and len(set(boxes)) == 4 and boxes[::2] == boxes[1::2]
