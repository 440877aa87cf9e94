"""The probes of PowerPoint that python-pptx cannot write: comments, SmartArt, masters, embedded files, odd parts."""

from __future__ import annotations

import struct

from benchmarks.extraction_probes import ASIDE, Planter
from benchmarks.extraction_probes_parts import (
    NS,
    A,
    gif,
    letter,
    native,
    ole,
    packed,
    png,
    related,
    svg,
    typed,
    workbook,
)
from content.document import Part

_SLIDE, _RELS = "ppt/slides/slide{}.xml", "ppt/slides/_rels/slide{}.xml.rels"
_P14 = 'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'
_P188 = 'xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_OMML = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
Parts = dict[str, bytes]


def plant_parts(parts: Parts, planter: Planter) -> Parts:
    """The package with a word in each of these places too. The first slide carries most."""
    for plant in (_comments, _smartart, _alternatives, _masters, _embedded, _media, _programs, _whole, _charts, _left):
        plant(parts, planter)
    parts["[Content_Types].xml"] = typed(parts["[Content_Types].xml"], bin="application/octet-stream", vtt="text/vtt",
                                         mp4="video/mp4", svg="image/svg+xml", gif="image/gif", vml="application/vnd."
                                         "openxmlformats-officedocument.vmlDrawing")
    return parts


def _on(parts: Parts, slide: int, xml: str) -> None:
    """Append shapes to a slide's tree."""
    name = _SLIDE.format(slide)
    parts[name] = parts[name].replace(b"</p:spTree>", xml.encode() + b"</p:spTree>")


def _relate(parts: Parts, slide: int, *more: tuple[str, str, str]) -> None:
    name = _RELS.format(slide)
    parts[name] = related(parts[name], *more)


def _sp(number: int, text: str, place: str = "") -> str:
    box = place or '<a:xfrm><a:off x="6000000" y="6000000"/><a:ext cx="2000000" cy="300000"/></a:xfrm>'
    return (f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{box}'
            f'</p:spPr><p:txBody><a:bodyPr/><a:p>{text if text.startswith("<") else f"<a:r><a:t>{text}</a:t></a:r>"}</a:p>'
            '</p:txBody></p:sp>')


def _comments(parts: Parts, planter: Planter) -> None:
    def word(place: str) -> str:
        return planter.word(place, Part.COMMENT, ASIDE)

    parts["ppt/commentAuthors.xml"] = (f'<p:cmAuthorLst {NS}><p:cmAuthor id="0" name="{word("author of a comment")}" initials="X"/>'
                                       '</p:cmAuthorLst>').encode()
    parts["ppt/comments/comment1.xml"] = (f'<p:cmLst {NS}><p:cm authorId="0"><p:text>{word("comment")}</p:text></p:cm>'
                                          '</p:cmLst>').encode()
    parts["ppt/authors.xml"] = (f'<p188:authorLst {_P188}><p188:author id="Q" name="{word("author of a modern comment")}" '
                                f'initials="Q" userId="{planter.word("account of a comment author", Part.PROPERTY, ASIDE)}"/>'
                                '</p188:authorLst>').encode()
    parts["ppt/comments/modern1.xml"] = (
        f'<p188:cmLst {_P188} {NS}><p188:cm id="1" authorId="Q"><p188:replyLst><p188:reply id="2" authorId="Q"><p188:txBody>'
        f'<a:p><a:r><a:t>{word("reply to a modern comment")}</a:t></a:r></a:p></p188:txBody></p188:reply></p188:replyLst>'
        f'<p188:txBody><a:p><a:r><a:t>{word("modern comment")}</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>').encode()
    _relate(parts, 1, ("rIdC1", "comments", "../comments/comment1.xml"), ("rIdC2", "comments", "../comments/modern1.xml"))


def _smartart(parts: Parts, planter: Planter) -> None:
    parts["ppt/diagrams/data1.xml"] = (
        f'<dgm:dataModel xmlns:dgm="{_DGM}" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1"><dgm:t>'
        f'<a:p><a:r><a:t>{planter.word("SmartArt", Part.SMARTART, unit=1)}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>'
        '<dgm:cxnLst><dgm:cxn modelId="9" srcId="0" destId="1" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>').encode()
    parts["ppt/diagrams/drawing1.xml"] = (
        f'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{A}"><dsp:spTree><dsp:sp>'
        f'<dsp:txBody><a:p><a:r><a:t>{planter.word("SmartArt, drawing only", Part.OTHER, ASIDE, 1)}</a:t></a:r></a:p></dsp:txBody>'
        '</dsp:sp></dsp:spTree></dsp:drawing>').encode()
    _relate(parts, 1, ("rIdD1", "diagramData", "../diagrams/data1.xml"),
            ("rIdD2", "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing", "../diagrams/drawing1.xml"))
    _on(parts, 1, f'<p:graphicFrame {NS}><p:nvGraphicFramePr><p:cNvPr id="80" name="Diagram 80"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="6500000" y="3000000"/><a:ext cx="900000" cy="400000"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{_DGM}"><dgm:relIds xmlns:dgm="{_DGM}" r:dm="rIdD1"/></a:graphicData></a:graphic></p:graphicFrame>')


def _alternatives(parts: Parts, planter: Planter) -> None:
    """What stands in mc:AlternateContent, formulas, and text in an extension that nobody knows."""
    def formula(word: str) -> str:
        return (f'<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" {_OMML}><m:oMath><m:r><m:t>{word}</m:t>'
                '</m:r></m:oMath></a14:m>')

    held = formula(planter.word("formula in mc:AlternateContent", Part.BODY, unit=1))
    first, second = (planter.word("mc:Choice", Part.BODY, unit=1),
                     planter.word("mc:Fallback", Part.OTHER, "shown by old programs only", 1))
    _on(parts, 1, f'<mc:AlternateContent {NS}><mc:Choice Requires="p14">{_sp(81, first)}</mc:Choice><mc:Fallback>{_sp(82, second)}'
        f'</mc:Fallback></mc:AlternateContent>{_sp(83, formula(planter.word("formula", Part.BODY, unit=1)))}'
        + _sp(84, f'<mc:AlternateContent><mc:Choice Requires="a14">{held}</mc:Choice></mc:AlternateContent>'))
    name = planter.word("name of a slide", Part.PROPERTY, ASIDE, 1)
    remark = planter.word("XML comment", Part.HIDDEN_TEXT, ASIDE, 1)
    animated = planter.word("text of an animation", Part.OTHER, ASIDE, 1)
    sound = planter.word("name of a sound", Part.OTHER, ASIDE, 1)
    note = planter.word("unknown extension of a slide", Part.OTHER, ASIDE, 1)
    slide = _SLIDE.format(1)
    parts[slide] = parts[slide].replace(b"<p:cSld>", f'<!-- {remark} --><p:cSld name="{name}">'.encode(), 1).replace(
        b"</p:sld>", f'<p:transition><p:sndAc><p:stSnd><p:snd r:embed="" name="{sound}"/></p:stSnd></p:sndAc></p:transition>'
        f'<p:timing><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:set><p:to><p:strVal val="{animated}"/></p:to></p:set>'
        f'</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing><p:extLst><p:ext uri="x"><x:note xmlns:x="urn:x" text="{note}"/></p:ext>'
        '</p:extLst></p:sld>'.encode())


def _masters(parts: Parts, planter: Planter) -> None:
    def add(name: str, place: str, holder: str = "") -> None:
        word = planter.word(place, Part.MASTER, ASIDE if holder else "shown", 0)
        shape = _sp(90, word)
        if holder:
            shape = shape.replace("<p:nvPr/>", f"<p:nvPr>{holder}</p:nvPr>")
        parts[name] = parts[name].replace(b"</p:spTree>", shape.encode() + b"</p:spTree>")

    add("ppt/slideMasters/slideMaster1.xml", "text on the master")
    add("ppt/slideLayouts/slideLayout2.xml", "text on a layout")
    add("ppt/slideLayouts/slideLayout9.xml", "text on a layout that no slide uses")
    add("ppt/slideLayouts/slideLayout3.xml", "prompt of a layout", '<p:ph type="body" idx="77"/>')
    add("ppt/slideLayouts/slideLayout4.xml", "footer of a layout", '<p:ph type="ftr" idx="78"/>')
    add("ppt/notesMasters/notesMaster1.xml", "text on the notes master")
    word = planter.word("text on the handout master", Part.MASTER, unit=0)
    parts["ppt/handoutMasters/handoutMaster1.xml"] = (f'<p:handoutMaster {NS}><p:cSld><p:spTree>{_sp(2, word)}</p:spTree></p:cSld>'
                                                      '</p:handoutMaster>').encode()
    picture = planter.word("alternative text on the master", Part.ALT_TEXT, ASIDE, 0)
    parts["ppt/slideMasters/slideMaster1.xml"] = parts["ppt/slideMasters/slideMaster1.xml"].replace(
        b"</p:spTree>", _sp(91, "").replace('name="TextBox 91"', f'name="Picture 91" descr="{picture}"').encode() + b"</p:spTree>")


def _embedded(parts: Parts, planter: Planter) -> None:
    def word(place: str) -> str:
        return planter.word(place, Part.EMBEDDED, ASIDE, 1)

    third = letter(word("file in a file in a file"))
    second = letter(word("document in a document"), **{
        "word/embeddings/inner.docx": third, "word/_rels/document.xml.rels": related(
            b"", ("rId9", "package", "embeddings/inner.docx"))})
    files = {"Microsoft_Word1.docx": letter(word("embedded document")), "Microsoft_Word2.docx": second,
             "Microsoft_Excel1.xlsx": workbook(word("embedded workbook: cell"), word("embedded workbook: hidden sheet"),
                                               word("embedded workbook: note on a cell")),
             "oleObject1.bin": ole(Package=_big(letter(word("document in an OLE container")))),
             "oleObject2.bin": ole(native=native(f"{word('file name in an OLE container')}.txt", "C:\\x\\y.txt",
                                                 word("text file in an OLE container").encode() + b" and more words")),
             "oleObject3.bin": ole(native=native("a.zip", "a.zip", packed({"a/b.txt": b"Plain words: " + word(
                 "text file in a zip in an OLE container").encode()}))),
             "oleObject4.bin": ole(Odd=f"Some text {word('OLE object of an unknown kind')}".encode("utf-16-le"))}
    for number, (name, data) in enumerate(files.items()):
        parts[f"ppt/embeddings/{name}"] = data
        _relate(parts, 1, (f"rIdE{number}", "oleObject" if name.endswith("bin") else "package", f"../embeddings/{name}"))
    planter.unread("OLE object of an unknown kind is listed", "oleObject4.bin")


def _big(data: bytes) -> bytes:
    """A zip of more than 4,096 bytes: smaller ones would need the small streams of an OLE container."""
    from benchmarks.extraction_probes_parts import members

    held = members(data)
    return packed({**held, "word/media/image9.png": png(Comment=" ".join(str(n * 7919 % 99991) for n in range(3000)))})


def _media(parts: Parts, planter: Planter) -> None:
    film = planter.word("file name of a film", Part.PROPERTY, ASIDE, 1)
    parts |= {f"ppt/media/{film}.mp4": b"\0\0\0\x1cftypisom", "ppt/media/captions1.vtt": (
        "WEBVTT\n\n00:00.000 --> 00:02.000\n" + planter.word("captions of a film", Part.OTHER, ASIDE, 1) + "\n").encode(),
        "ppt/media/image90.svg": svg(planter.word("text of an SVG", Part.IMAGE_TEXT, unit=1),
                                     planter.word("title of an SVG", Part.IMAGE_TEXT, ASIDE, 1)),
        "ppt/media/image91.gif": gif(planter.word("comment in a GIF", Part.PROPERTY, ASIDE, 1)),
        "ppt/drawings/vmlDrawing1.vml": ('<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>'
                                         f'{planter.word("VML text box", Part.OTHER, ASIDE, 1)}</div></v:textbox></v:shape></xml>').encode()}
    linked, video = (planter.word(place, Part.LINK, ASIDE, 1) for place in ("path of a linked picture", "address of a linked film"))
    _relate(parts, 1, ("rIdM1", "video", f"../media/{film}.mp4"), ("rIdM2", "image", "../media/image90.svg"),
            ("rIdM3", "image", "../media/image91.gif"), ("rIdM4", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rIdM5", "image", f"file:///C:/{linked}.png"), ("rIdM6", "video", f"https://film.example/{video}"),
            ("rIdM7", "http://schemas.microsoft.com/office/2017/10/relationships/closedCaptions", "../media/captions1.vtt"))
    planter.unread("what is said in a film is listed", f"{film}.mp4")


def _programs(parts: Parts, planter: Planter) -> None:
    control = "http://schemas.microsoft.com/office/2006/activeX"
    parts |= {"ppt/activeX/activeX1.xml": (f'<ax:ocx xmlns:ax="{control}" ax:classid="{{0}}"><ax:ocxPr ax:name="Caption" '
                                           f'ax:value="{planter.word("ActiveX caption", Part.OTHER, ASIDE, 1)}"/></ax:ocx>').encode(),
              "ppt/activeX/activeX2.bin": ole(forms=b"\0\2\x18\0" + struct.pack("<I", 40) + planter.word(
                  "ActiveX caption, binary", Part.OTHER, ASIDE, 1).encode()),
              "ppt/vbaProject.bin": ole(PROJECT=b"Module=Module1"), "ppt/strange/blob1.dat": b"\x07\x01\x02\x03" * 40}
    _relate(parts, 1, ("rIdX1", "control", "../activeX/activeX1.xml"), ("rIdX2", "control", "../activeX/activeX2.bin"))
    planter.unread("macros are listed", "ppt/vbaProject.bin")
    planter.unread("a part of an unknown kind is listed", "ppt/strange/blob1.dat")


def _whole(parts: Parts, planter: Planter) -> None:
    def word(place: str) -> str:
        return planter.word(place, Part.PROPERTY, ASIDE, 0)

    parts["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{word('company')}</Company><Manager>{word('manager')}</Manager><HyperlinkBase>{word('hyperlink base')}"
        f"</HyperlinkBase><Template>{word('name of the template')}</Template></Properties>").encode()
    vt = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    parts["docProps/custom.xml"] = (
        f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" {vt}>'
        f'<property fmtid="x" pid="2" name="{word("name of a custom property")}"><vt:lpwstr>{word("custom property")}</vt:lpwstr>'
        f'</property><property fmtid="x" pid="3" name="MSIP_Label_1_Name"><vt:lpwstr>{word("sensitivity label (custom property)")}'
        '</vt:lpwstr></property></Properties>').encode()
    parts["docMetadata/LabelInfo.xml"] = (
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{1}" name="'
        f'{word("sensitivity label (LabelInfo)")}"/></clbl:labelList>').encode()
    parts["customXml/item1.xml"] = f"<data><client>{word('custom XML')}</client></data>".encode()
    parts["ppt/tags/tag1.xml"] = (f'<p:tagLst {NS}><p:tag name="T" val="{planter.word("tag of a slide", Part.PROPERTY, ASIDE, 1)}"/>'
                                  '</p:tagLst>').encode()
    _relate(parts, 1, ("rIdT", "tags", "../tags/tag1.xml"))
    parts["_rels/.rels"] = related(parts["_rels/.rels"], ("rIdP1", "custom-properties", "docProps/custom.xml"), (
        "rIdP2", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"))
    shown = f'<p:custShowLst><p:custShow name="{word("name of a custom show")}" id="0"/></p:custShowLst>'
    sections = (f'<p:extLst><p:ext uri="x"><p14:sectionLst {_P14}><p14:section name="{word("name of a section")}"><p14:sldIdLst>'
                '<p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>')
    main = "ppt/presentation.xml"
    parts[main] = parts[main].replace(b"</p:presentation>", (shown + sections).encode())
    parts["ppt/changesInfos/changesInfo1.xml"] = (
        '<pc:chgInfo xmlns:pc="http://schemas.microsoft.com/office/powerpoint/2013/main/command"><pc:docChgLst><pc:chgData name="'
        f'{planter.word("author of changes", Part.OTHER, ASIDE, 0)}" userId="x"/></pc:docChgLst></pc:chgInfo>').encode()
    theme = "ppt/theme/theme1.xml"
    parts[theme] = parts[theme].replace(b'name="Office Theme"', f'name="{word("name of the theme")}"'.encode())


def _charts(parts: Parts, planter: Planter) -> None:
    """The workbook behind a chart, a drawing on it, and a chart of the newer kind."""
    book = next(name for name in parts if name.startswith("ppt/embeddings/") and name.endswith(".xlsx") and "Excel1" not in name)
    chart = next(name for name in parts if name.startswith("ppt/charts/chart") and name.endswith(".xml"))
    rels = chart.replace("charts/", "charts/_rels/") + ".rels"
    parts[book] = workbook(planter.word("chart: cell of its workbook", Part.EMBEDDED, ASIDE, 3),
                           planter.word("chart: hidden sheet of its workbook", Part.EMBEDDED, ASIDE, 3))
    parts["ppt/drawings/drawing1.xml"] = (
        f'<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{A}"><a:p><a:r><a:t>'
        f'{planter.word("chart: shape drawn on it", Part.OTHER, ASIDE, 3)}</a:t></a:r></a:p></c:userShapes>').encode()
    parts[rels] = related(parts[rels], ("rIdU", "chartUserShapes", "../drawings/drawing1.xml"))
    space = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    parts["ppt/charts/chartEx1.xml"] = (
        f'<cx:chartSpace xmlns:cx="{space}" xmlns:a="{A}"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="1">'
        f'<cx:pt idx="0">{planter.word("newer chart: category", Part.CHART, unit=3)}</cx:pt></cx:lvl></cx:strDim></cx:data>'
        f'</cx:chartData><cx:chart><cx:title><cx:tx><cx:rich><a:p><a:r><a:t>{planter.word("newer chart: title", Part.CHART, unit=3)}'
        '</a:t></a:r></a:p></cx:rich></cx:tx></cx:title></cx:chart></cx:chartSpace>').encode()
    _relate(parts, 3, ("rIdCx", "http://schemas.microsoft.com/office/2014/relationships/chartEx", "../charts/chartEx1.xml"))
    _on(parts, 3, f'<mc:AlternateContent {NS}><mc:Choice xmlns:cx1="{space}" Requires="cx1"><p:graphicFrame><p:nvGraphicFramePr>'
        '<p:cNvPr id="85" name="Chart 85"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="5500000" y="2800000"/>'
        f'<a:ext cx="900000" cy="900000"/></p:xfrm><a:graphic><a:graphicData uri="{space}"><cx:chart xmlns:cx="{space}" r:id="rIdCx"/>'
        '</a:graphicData></a:graphic></p:graphicFrame></mc:Choice></mc:AlternateContent>')


def _left(parts: Parts, planter: Planter) -> None:
    """A slide that was deleted from the show but not from the file, with its notes."""
    reason = "deleted but still in the file"
    parts["ppt/slides/slide77.xml"] = (f'<p:sld {NS}><p:cSld><p:spTree>{_sp(2, planter.word("deleted slide", Part.HIDDEN_TEXT, reason))}'
                                       '</p:spTree></p:cSld></p:sld>').encode()
    parts["ppt/notesSlides/notesSlide77.xml"] = (
        f'<p:notes {NS}><p:cSld><p:spTree>{_sp(2, planter.word("notes of a deleted slide", Part.HIDDEN_TEXT, reason))}</p:spTree>'
        '</p:cSld></p:notes>').encode()
    parts["ppt/comments/comment9.xml"] = (f'<p:cmLst {NS}><p:cm authorId="0"><p:text>'
                                          f'{planter.word("comment of a deleted slide", Part.COMMENT, ASIDE)}</p:text></p:cm></p:cmLst>').encode()
