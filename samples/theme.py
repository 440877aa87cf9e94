"""The look of the sample decks: 16:9, one dark teal, one orange, a serif for titles.

Works on python-pptx's own default template, whose master is 4:3 and plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout, SlideMaster

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_COLOURS = {"dk1": "22303A", "lt1": "FFFFFF", "dk2": "1F4E5F", "lt2": "FAF3E8", "accent1": "1F4E5F", "accent2": "C46A1F",
            "accent3": "7A9E9F", "accent4": "B8A27C", "accent5": "8C3B2E", "accent6": "4F6D43", "hlink": "1F6F8B",
            "folHlink": "6B5B73"}
PICTURE = "Text and picture"
_KEPT = {"Title Slide", "Title and Content", "Section Header", "Two Content", "Title Only", "Blank", "Picture with Caption"}
#: Left, top, width, height in inches of each placeholder kind, by layout.
_PLACES = {
    "Title Slide": {0: (1.0, 2.2, 11.3, 1.5), 1: (1.0, 3.9, 11.3, 1.5)},
    "Title and Content": {0: (0.8, 0.5, 11.7, 1.1), 1: (0.8, 1.9, 11.7, 4.7)},
    "Section Header": {0: (1.0, 2.6, 11.3, 1.3), 1: (1.0, 4.0, 11.3, 0.9)},
    "Two Content": {0: (0.8, 0.5, 11.7, 1.1), 1: (0.8, 1.9, 5.7, 4.7), 2: (6.8, 1.9, 5.7, 4.7)},
    "Title Only": {0: (0.8, 0.5, 11.7, 1.1)},
    "Picture with Caption": {0: (0.8, 0.5, 11.7, 1.1), 1: (7.2, 1.9, 5.3, 3.975), 2: (0.8, 1.9, 6.1, 4.7)},
}
_ASIDE_TYPES = {10, 11, 12}  # date, footer and slide number in python-pptx's template


def dress(deck: Presentation) -> None:
    """Give a fresh presentation the size, colours, fonts and layouts of the samples."""
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    for key, relation in list(deck.part.rels.items()):
        if relation.reltype == RT.PRINTER_SETTINGS:  # left over from whoever saved the template
            deck.part.rels.pop(key)
    master = deck.slide_master
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = _recolour(theme.blob)
    _set_master(master)
    for layout in deck.slide_layouts:
        _set_layout(layout)
        if layout.name == "Picture with Caption":  # the text stands beside the picture and is no caption
            layout._element.cSld.set("name", PICTURE)


def _recolour(blob: bytes) -> bytes:
    text = blob.decode("utf-8")
    for name, value in _COLOURS.items():
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{value}"/>\g<2>', text, flags=re.DOTALL)
    text = re.sub(r'(<a:majorFont>\s*<a:latin typeface=")[^"]*', r"\g<1>Georgia", text)
    text = re.sub(r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', r"\g<1>Calibri", text)
    return re.sub(r'(<a:theme [^>]*name=")[^"]*', r"\g<1>Cellar", text).encode("utf-8")


def _set_master(master: SlideMaster) -> None:
    for shape in list(master.placeholders):
        if shape.placeholder_format.idx > 1:  # date, footer and slide number
            shape._element.getparent().remove(shape._element)
            continue
        first = shape.placeholder_format.idx == 0
        _place(shape, _PLACES["Title and Content"][0 if first else 1])
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.TOP
    master.shapes._spTree.insert(2, _bar_xml())  # masters have no add_shape
    styles = master._element.find(qn("p:txStyles"))
    title, body = styles.find(qn("p:titleStyle")), styles.find(qn("p:bodyStyle"))
    for style, sizes, colour in ((title, (3400,), "tx2"), (body, (2400, 2000, 1800, 1600, 1600), "tx1")):
        for level, size in enumerate(sizes, start=1):
            paragraph = style.find(qn(f"a:lvl{level}pPr"))
            run = paragraph.find(qn("a:defRPr"))
            run.set("sz", str(size))
            run.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", colour)
            if style is title:
                paragraph.set("algn", "l")
            else:
                before = paragraph.find(qn("a:spcBef"))
                before.clear()
                before.append(parse_xml(f'<a:spcPts xmlns:a="{_A}" val="900"/>'))


def _set_layout(layout: SlideLayout) -> None:
    places = _PLACES.get(layout.name, {})
    for shape in list(layout.placeholders):
        index = shape.placeholder_format.idx
        if index in places:
            _place(shape, places[index])
        elif index in _ASIDE_TYPES or layout.name == "Blank":
            shape._element.getparent().remove(shape._element)
    if layout.name in ("Title Slide", "Section Header"):
        fill = layout.background.fill
        fill.solid()
        fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2
        for shape in layout.placeholders:
            first = shape.placeholder_format.idx == 0
            _restyle(shape._element, 4000 if first else 2200, "bg1" if first else "bg2")
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.TOP
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    elif layout.name == "Picture with Caption":
        for shape in layout.placeholders:
            index = shape.placeholder_format.idx
            _restyle(shape._element, {0: 3400, 1: 1600, 2: 2400}[index], "tx2" if index == 0 else "tx1", bullets=index == 2)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if index == 0 else MSO_ANCHOR.TOP


def _restyle(element: object, size: int, colour: str, *, bullets: bool = False) -> None:
    """Replace the list styles of a layout placeholder by one of our own."""
    style = element.find(f".//{qn('a:lstStyle')}")  # type: ignore[attr-defined]
    for child in list(style):
        style.remove(child)
    indent = 'marL="342900" indent="-342900"' if bullets else 'marL="0" indent="0"'
    mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if bullets else "<a:buNone/>"
    style.append(parse_xml(
        f'<a:lvl1pPr xmlns:a="{_A}" {indent} algn="l"><a:spcBef><a:spcPts val="900"/></a:spcBef>{mark}'
        f'<a:defRPr sz="{size}" b="0" cap="none"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'))


def _place(shape: object, inches: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in inches)  # type: ignore[attr-defined]


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _bar_xml() -> object:
    width = Emu(Inches(0.22))
    return parse_xml(
        f'<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="{_A}">'
        '<p:nvSpPr><p:cNvPr id="90" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{HEIGHT}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent2"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>")


#: Colours for text that the look gives directly.
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
QUIET = RGBColor(0x8C, 0x3B, 0x2E)
SMALL = Pt(11)
