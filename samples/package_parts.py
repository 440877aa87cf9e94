"""Parts of a deck that python-pptx cannot write: SmartArt, comments, file properties.

Written by hand as PowerPoint itself writes them, small but complete. It must not touch slides that do not ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from samples.archive import STAMP

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROCESS = "urn:microsoft.com/office/officeart/2005/8/layout/process1"


def _part(deck: Presentation, name: str, media: str, xml: str) -> Part:
    return Part(PackURI(name), media, deck.part.package, (_HEAD + xml).encode("utf-8"))


def add_smartart(deck: Presentation, slide: Slide, nodes: list[tuple[str, str]]) -> None:
    """Add a process diagram. `nodes` are pairs of heading and line, from left to right."""
    base = "application/vnd.openxmlformats-officedocument.drawingml.diagram"
    parts = (
        ("diagramData", "data1", f"{base}Data+xml", _data(nodes)),
        ("diagramLayout", "layout1", f"{base}Layout+xml", _layout()),
        ("diagramQuickStyle", "quickStyle1", f"{base}Style+xml", _styles()),
        ("diagramColors", "colors1", f"{base}Colors+xml", _colours()),
    )
    drawing = _part(deck, "/ppt/diagrams/drawing1.xml", "application/vnd.ms-office.drawingml.diagramDrawing+xml", _drawing(nodes))
    drawing_id = slide.part.relate_to(drawing, "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing")
    ids = []
    for kind, name, media, xml in parts:
        part = _part(deck, f"/ppt/diagrams/{name}.xml", media, xml.replace("{drawing}", drawing_id))
        ids.append(slide.part.relate_to(part, f"{_DOC}/{kind}"))
    slide.shapes._spTree.append(parse_xml(
        f'<p:graphicFrame xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_DOC}"><p:nvGraphicFramePr>'
        '<p:cNvPr id="40" name="Diagram 1" descr="Four boxes from left to right with arrows between them"/>'
        '<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        '<p:xfrm><a:off x="731520" y="2011680"/><a:ext cx="10698480" cy="3291840"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds xmlns:dgm="{_DGM}" '
        f'r:dm="{ids[0]}" r:lo="{ids[1]}" r:qs="{ids[2]}" r:cs="{ids[3]}"/></a:graphicData></a:graphic></p:graphicFrame>'))


def _data(nodes: list[tuple[str, str]]) -> str:
    points = [f'<dgm:pt modelId="1" type="doc"><dgm:prSet loTypeId="{_PROCESS}" loCatId="process" '
              'qsTypeId="urn:microsoft.com/office/officeart/2005/8/quickstyle/simple1" qsCatId="simple" '
              'csTypeId="urn:microsoft.com/office/officeart/2005/8/colors/accent1_2" csCatId="accent1"/><dgm:spPr/>'
              "<dgm:t><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></dgm:t></dgm:pt>"]
    links = []
    for index, (head, line) in enumerate(nodes):
        own, under = 10 + index * 10, 11 + index * 10
        for model, text in ((own, head), (under, line)):
            points.append(f'<dgm:pt modelId="{model}"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:lstStyle/><a:p><a:r>'
                          f'<a:rPr lang="en-GB"/><a:t>{escape(text)}</a:t></a:r></a:p></dgm:t></dgm:pt>')
        for model, source, target, order in ((100 + own, 1, own, index), (100 + under, own, under, 0)):
            for kind, offset in (("parTrans", 1000), ("sibTrans", 2000)):
                points.append(f'<dgm:pt modelId="{model + offset}" type="{kind}" cxnId="{model}"><dgm:prSet/><dgm:spPr/>'
                              "<dgm:t><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></dgm:t></dgm:pt>")
            links.append(f'<dgm:cxn modelId="{model}" srcId="{source}" destId="{target}" srcOrd="{order}" destOrd="0" '
                         f'parTransId="{model + 1000}" sibTransId="{model + 2000}"/>')
    return (f'<dgm:dataModel xmlns:dgm="{_DGM}" xmlns:a="{_A}"><dgm:ptLst>{"".join(points)}</dgm:ptLst>'
            f'<dgm:cxnLst>{"".join(links)}</dgm:cxnLst><dgm:bg/><dgm:whole/><dgm:extLst>'
            f'<a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram"><dsp:dataModelExt '
            'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" relId="{drawing}" '
            f'minVer="{_DGM}"/></a:ext></dgm:extLst></dgm:dataModel>')


def _layout() -> str:
    return (f'<dgm:layoutDef xmlns:dgm="{_DGM}" xmlns:a="{_A}" xmlns:r="{_DOC}" uniqueId="{_PROCESS}"><dgm:title val=""/><dgm:desc val=""/>'
            '<dgm:catLst><dgm:cat type="process" pri="1000"/></dgm:catLst>'
            '<dgm:layoutNode name="Name0"><dgm:varLst><dgm:dir/><dgm:resizeHandles val="exact"/></dgm:varLst>'
            '<dgm:alg type="lin"><dgm:param type="linDir" val="fromL"/></dgm:alg><dgm:shape r:blip=""><dgm:adjLst/></dgm:shape>'
            '<dgm:presOf/><dgm:constrLst><dgm:constr type="w" for="ch" ptType="node" refType="w"/></dgm:constrLst><dgm:ruleLst/>'
            '<dgm:forEach name="each" axis="ch" ptType="node"><dgm:layoutNode name="node"><dgm:varLst><dgm:bulletEnabled val="1"/></dgm:varLst>'
            '<dgm:alg type="tx"/><dgm:shape type="roundRect" r:blip=""><dgm:adjLst/></dgm:shape><dgm:presOf axis="desOrSelf" ptType="node"/>'
            "<dgm:constrLst/><dgm:ruleLst/></dgm:layoutNode></dgm:forEach></dgm:layoutNode></dgm:layoutDef>")


def _styles() -> str:
    return (f'<dgm:styleDef xmlns:dgm="{_DGM}" xmlns:a="{_A}" uniqueId="urn:microsoft.com/office/officeart/2005/8/quickstyle/simple1">'
            '<dgm:title val=""/><dgm:desc val=""/><dgm:catLst><dgm:cat type="simple" pri="10100"/></dgm:catLst>'
            '<dgm:scene3d><a:camera prst="orthographicFront"/><a:lightRig rig="threePt" dir="t"/></dgm:scene3d></dgm:styleDef>')


def _colours() -> str:
    return (f'<dgm:colorsDef xmlns:dgm="{_DGM}" xmlns:a="{_A}" uniqueId="urn:microsoft.com/office/officeart/2005/8/colors/accent1_2">'
            '<dgm:title val=""/><dgm:desc val=""/><dgm:catLst><dgm:cat type="accent1" pri="11200"/></dgm:catLst></dgm:colorsDef>')


def _drawing(nodes: list[tuple[str, str]]) -> str:
    """The picture of the diagram that programs without a SmartArt engine show."""
    width, gap, shapes = 2400000, 350000, []
    for index, (head, line) in enumerate(nodes):
        shapes.append(
            f'<dsp:sp modelId="{{0000000{index}-0000-4000-8000-000000000000}}"><dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr>'
            f'<dsp:spPr><a:xfrm><a:off x="{index * (width + gap)}" y="700000"/><a:ext cx="{width}" cy="1900000"/></a:xfrm>'
            '<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></dsp:spPr>'
            '<dsp:style><a:lnRef idx="0"/><a:fillRef idx="0"/><a:effectRef idx="0"/><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></dsp:style>'
            '<dsp:txBody><a:bodyPr anchor="ctr" wrap="square"/><a:lstStyle/>'
            f'<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="en-GB" sz="2600" b="1"/><a:t>{escape(head)}</a:t></a:r></a:p>'
            f'<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="en-GB" sz="1600"/><a:t>{escape(line)}</a:t></a:r></a:p></dsp:txBody>'
            '<dsp:txXfrm><a:off x="0" y="0"/><a:ext cx="2200000" cy="1700000"/></dsp:txXfrm></dsp:sp>')
    return (f'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{_A}">'
            f'<dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>{"".join(shapes)}</dsp:spTree></dsp:drawing>')


def add_comments(deck: Presentation, comments: list[tuple[Slide, str, str, str]]) -> None:
    """Add comments in the older format. Each is slide, author, initials and text; one author list for the deck."""
    authors = list(dict.fromkeys((author, initials) for _, author, initials, _ in comments))
    rows = "".join(f'<p:cmAuthor id="{n}" name={quoteattr(name)} initials={quoteattr(initials)} lastIdx="9" clrIdx="{n}"/>'
                   for n, (name, initials) in enumerate(authors))
    base = "application/vnd.openxmlformats-officedocument.presentationml"
    deck.part.relate_to(_part(deck, "/ppt/commentAuthors.xml", f"{base}.commentAuthors+xml",
                              f'<p:cmAuthorLst xmlns:p="{_P}">{rows}</p:cmAuthorLst>'), f"{_DOC}/commentAuthors")
    for number, (slide, author, initials, text) in enumerate(comments, start=1):
        who = authors.index((author, initials))
        xml = (f'<p:cmLst xmlns:p="{_P}"><p:cm authorId="{who}" dt="{STAMP[:-1]}.000" idx="{number}"><p:pos x="10" y="10"/>'
               f"<p:text>{escape(text)}</p:text></p:cm></p:cmLst>")
        slide.part.relate_to(_part(deck, f"/ppt/comments/comment{number}.xml", f"{base}.comments+xml", xml), f"{_DOC}/comments")


def add_custom_properties(deck: Presentation, values: dict[str, str]) -> None:
    """Add docProps/custom.xml with text properties."""
    rows = "".join(f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name={quoteattr(name)}>'
                   f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>" for n, (name, value) in enumerate(values.items(), start=2))
    xml = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
           f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>')
    part = _part(deck, "/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", xml)
    deck.part.package.relate_to(part, f"{_DOC}/custom-properties")


def app_properties(slides: int, notes: int, values: dict[str, str]) -> bytes:
    """The bytes of docProps/app.xml. `values` are further elements such as Company, in the schema's order."""
    rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())
    return (_HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<PresentationFormat>Widescreen</PresentationFormat><Slides>{slides}</Slides><Notes>{notes}</Notes>"
            f"{rows}<AppVersion>16.0000</AppVersion></Properties>").encode()
