"""The probes of PowerPoint: one deck with a word in every place, and the same words in each kind of package."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.extraction_probes import ASIDE, HIDDEN_SLIDE, Planted, Planter
from benchmarks.extraction_probes_deck_parts import plant_parts
from benchmarks.extraction_probes_parts import NS, jpeg, members, packed, png
from content.document import Part

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_KIN = {"ppsx": "slideshow.main+xml", "potx": "template.main+xml", "pptm": "presentation.macroEnabled.main+xml",
        "ppsm": "slideshow.macroEnabled.main+xml", "potm": "template.macroEnabled.main+xml"}


def files() -> Iterator[Planted]:
    """The deck of all places; then a small deck as every other kind of package."""
    planter = Planter("pptx", 0)
    yield Planted("places.pptx", packed(plant_parts(members(_places(planter)), planter)), tuple(planter.probes))
    for number, suffix in enumerate((*_KIN, "strict.pptx")):
        own = Planter(suffix, 2000 + 10 * number)
        parts = members(_small(own))
        if suffix in _KIN:
            maker = "ms-powerpoint." if "macro" in _KIN[suffix] else "openxmlformats-officedocument.presentationml."
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
                _MAIN, f"application/vnd.{maker}{_KIN[suffix]}".encode())
        else:
            parts = {name: data if name == "[Content_Types].xml" else _strict(data) for name, data in parts.items()}
        yield Planted(f"kin.{suffix}", packed(parts), tuple(own.probes))


def _strict(data: bytes) -> bytes:
    for kind in (b"presentationml", b"drawingml", b"officeDocument"):
        data = data.replace(b"http://schemas.openxmlformats.org/" + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/")
    return data.replace(b"/extended-properties", b"/extendedProperties")


def _saved(deck: Deck) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _small(planter: Planter) -> bytes:
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = planter.word("title", Part.TITLE, unit=1)
    slide.placeholders[1].text = planter.word("body", Part.BODY, unit=1)
    slide.notes_slide.notes_text_frame.text = planter.word("notes", Part.NOTES, unit=1)
    deck.core_properties.author = planter.word("author", Part.PROPERTY, ASIDE)
    return _saved(deck)


def _places(planter: Planter) -> bytes:
    from pptx import Presentation

    deck = Presentation()
    _first(deck, planter)
    hidden = deck.slides.add_slide(deck.slide_layouts[1])
    hidden._element.set("show", "0")
    hidden.shapes.title.text = planter.word("title of a hidden slide", Part.TITLE, HIDDEN_SLIDE, 2)
    hidden.placeholders[1].text = planter.word("body of a hidden slide", Part.BODY, HIDDEN_SLIDE, 2)
    hidden.notes_slide.notes_text_frame.text = planter.word("notes of a hidden slide", Part.NOTES, HIDDEN_SLIDE, 2)
    _third(deck, planter)
    _fourth(deck, planter)
    core = deck.core_properties
    for name in ("title", "subject", "author", "keywords", "comments", "category", "last_modified_by", "content_status",
                 "identifier", "version"):
        setattr(core, name, planter.word(f"core property: {name.replace('_', ' ')}", Part.PROPERTY, ASIDE, 0))
    return _saved(deck)


def _box(slide: Slide, text: str, left: float, top: float, width: float = 2.5, height: float = 0.4) -> object:
    from pptx.util import Inches

    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    return shape


def _first(deck: Deck, planter: Planter) -> None:
    """Text in every kind of box, and every way to put it out of sight."""
    from pptx.dml.color import RGBColor
    from pptx.oxml.ns import qn
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = planter.word("title", Part.TITLE, unit=1)
    slide.placeholders[1].text = planter.word("body", Part.BODY, unit=1)
    _box(slide, planter.word("text box", Part.BODY, unit=1), 0.2, 5)
    word = planter.word("word split over runs", Part.BODY, unit=1)
    runs = _box(slide, "", 0.2, 5.4).text_frame.paragraphs[0]
    for piece in (word[:3], word[3:7], word[7:]):
        runs.add_run().text = piece
    group = slide.shapes.add_group_shape()
    for depth in (1, 2, 3):
        group.shapes.add_textbox(Inches(3 * depth - 2.8), Inches(5.8), Inches(2), Inches(0.3)).text_frame.text = planter.word(
            f"group, depth {depth}", Part.BODY, unit=1)
        group = group.shapes.add_group_shape()
    for place, reason in (("white on white", "of the colour of its background"), ("one point", "under 4 points"),
                          ("shape switched off", "switched off"), ("shape beside the slide", "beside the slide"),
                          ("shape in a group that is switched off", "switched off"), ("run without colour", "of no colour"),
                          ("black on a black box", "of the colour of its background"),
                          ("text shrunk to nothing", "under 4 points")):
        shape = _box(slide, planter.word(place, Part.HIDDEN_TEXT, reason, 1), 6.5, 5)
        run = shape.text_frame.paragraphs[0].runs[0]
        if place == "white on white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        elif place == "one point":
            run.font.size = Pt(1)
        elif place == "shape switched off":
            shape._element.nvSpPr.cNvPr.set("hidden", "1")
        elif place == "shape beside the slide":
            shape.left = Inches(-5)
        elif place == "run without colour":
            run.font.fill.background()
        elif place == "black on a black box":
            shape.fill.solid()
            shape.fill.fore_color.rgb = run.font.color.rgb = RGBColor(0, 0, 0)
        elif place == "text shrunk to nothing":
            run.font.size = Pt(12)
            shape.text_frame._txBody.bodyPr.append(_xml('<a:normAutofit fontScale="25000" {}/>'))
        else:
            outer = slide.shapes.add_group_shape([shape])
            outer._element.nvGrpSpPr.cNvPr.set("hidden", "1")
    for number, (place, filled) in enumerate((("under a filled box", True), ("under a box of the theme's style", False))):
        under = _box(slide, planter.word(place, Part.HIDDEN_TEXT, "covered by another shape", 1), 3.5, 4.6 + number * 0.5)
        cover = slide.shapes.add_shape(1, under.left - 9, under.top - 9, under.width + 18, under.height + 18)
        if filled:
            cover.fill.solid()
            cover.fill.fore_color.rgb = RGBColor(200, 0, 0)
    under = _box(slide, planter.word("under a photo", Part.HIDDEN_TEXT, "covered by another shape", 1), 3.5, 6.2)
    photo = jpeg(planter.word("photo: artist in EXIF", Part.PROPERTY, ASIDE, 1),
                 planter.word("photo: Windows comment in EXIF", Part.PROPERTY, ASIDE, 1),
                 planter.word("photo: creator in XMP", Part.PROPERTY, ASIDE, 1))
    picture = slide.shapes.add_picture(io.BytesIO(photo), under.left - 9, under.top - 9, under.width + 18, under.height + 18)
    picture._element.nvPicPr.cNvPr.set("descr", planter.word("alternative text of a picture", Part.ALT_TEXT, ASIDE, 1))
    shape = _box(slide, "Link", 0.2, 6.5)
    told = shape._element.nvSpPr.cNvPr
    told.set("descr", planter.word("alternative text of a shape", Part.ALT_TEXT, ASIDE, 1))
    told.set("title", planter.word("title of an alternative text", Part.ALT_TEXT, ASIDE, 1))
    shape.name = planter.word("name of a shape", Part.OTHER, ASIDE, 1)
    shape.click_action.hyperlink.address = f"https://{planter.word('link of a shape', Part.LINK, ASIDE, 1).lower()}.example/"
    run = shape.text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = f"https://{planter.word('link of a run', Part.LINK, ASIDE, 1).lower()}.example/"
    run._r.rPr.find(qn("a:hlinkClick")).set("tooltip", planter.word("tip of a link", Part.LINK, ASIDE, 1))
    told.append(_xml('<a:hlinkHover {} r:id="" action="ppaction://program?'
                     f'{planter.word("action that starts a program", Part.LINK, ASIDE, 1)}"/>'))
    notes = slide.notes_slide
    notes.notes_text_frame.text = planter.word("notes", Part.NOTES, unit=1)
    extra = notes.shapes._spTree
    extra.append(_sp(70, planter.word("text box on the notes page", Part.OTHER, ASIDE, 1)))
    extra.append(_sp(71, planter.word("header of the notes page", Part.FOOTER, ASIDE, 1), '<p:ph type="hdr"/>'))


def _third(deck: Deck, planter: Planter) -> None:
    """Tables and charts."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_table(3, 3, Inches(0.5), Inches(0.5), Inches(6), Inches(1.5))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", planter.word("alternative text of a table", Part.ALT_TEXT, ASIDE, 3))
    table = frame.table
    table.cell(2, 2).text = planter.word("table cell", Part.TABLE, unit=3)
    table.cell(0, 0).text = planter.word("merged cell", Part.TABLE, unit=3)
    table.cell(0, 1).text = planter.word("cell under a merged one", Part.HIDDEN_TEXT, "a cell that another one covers", 3)
    table.cell(0, 0)._tc.set("gridSpan", "2")
    table.cell(0, 1)._tc.set("hMerge", "1")
    data = CategoryChartData()
    data.categories = [planter.word("chart: category", Part.CHART, unit=3), "rest"]
    data.add_series(planter.word("chart: series", Part.CHART, unit=3), (3, 4))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(0.5), Inches(3), Inches(5), Inches(3), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", planter.word("alternative text of a chart", Part.ALT_TEXT, ASIDE, 3))
    chart = frame.chart
    chart.has_title = True
    chart.chart_title.text_frame.text = planter.word("chart: title", Part.CHART, unit=3)
    chart.category_axis.axis_title.text_frame.text = planter.word("chart: title of an axis", Part.CHART, unit=3)
    label = chart.plots[0].series[0].points[0].data_label
    label.text_frame.text = planter.word("chart: data label", Part.CHART, unit=3)


def _fourth(deck: Deck, planter: Planter) -> None:
    """Footers, fields, pictures; a slide without a title placeholder whose biggest line is its title."""
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[6])
    heading = _box(slide, planter.word("title without a placeholder", Part.TITLE, unit=4), 0.5, 0.4, 8, 0.9)
    heading.text_frame.paragraphs[0].runs[0].font.size = Pt(36)
    _box(slide, "Some smaller words below", 0.5, 2, 8, 0.6)
    tree = slide.shapes._spTree
    for number, (place, kind) in enumerate((("footer", "ftr"), ("date", "dt"), ("slide number", "sldNum"))):
        tree.append(_sp(40 + number, planter.word(place, Part.FOOTER, unit=4), f'<p:ph type="{kind}" idx="{40 + number}"/>'))
    tree.append(_xml('<p:sp {}><p:nvSpPr><p:cNvPr id="50" name="TextBox 50"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody>'
                     '<a:bodyPr/><a:p><a:fld id="{{0}}" type="datetime1"><a:rPr/><a:t>'
                     f'{planter.word("text of a field", Part.BODY, unit=4)}</a:t></a:fld></a:p></p:txBody></p:sp>'))
    remarks = {"Author": planter.word("PNG text chunk", Part.PROPERTY, ASIDE, 4),
               "zip": planter.word("PNG text chunk, packed", Part.PROPERTY, ASIDE, 4),
               "xmp": planter.word("PNG, creator in XMP", Part.PROPERTY, ASIDE, 4)}
    slide.shapes.add_picture(io.BytesIO(png(**remarks)), Inches(6), Inches(5), Inches(1), Inches(1))


def _sp(number: int, text: str, holder: str = "") -> object:
    return _xml(f'<p:sp {{}}><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number}"/><p:cNvSpPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
                '<p:spPr><a:xfrm><a:off x="100000" y="6200000"/><a:ext cx="2000000" cy="300000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>'
                f'<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>')


def _xml(text: str) -> object:
    from pptx.oxml import parse_xml

    return parse_xml(text.replace("{}", NS, 1).replace("{{", "{").replace("}}", "}"))


