"""Writes PowerPoint files fast: the parts that never change are made once, slides are put together as strings.

python-pptx needs half a second for a deck of 25 slides; this needs a few hundredths. Layouts, master, theme, notes
master, chart and workbook come from one deck that python-pptx made in the look of the samples. The same slides always
give the same bytes. It must not invent text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from samples.archive import EPOCH, normalise

_MAIN = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
         'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument"
_TREE = ('<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
         '{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>')
#: How many bars a chart has.
POINTS = 5
_LABELS = tuple(f"Label{number}" for number in range(POINTS))
_VALUES = tuple(90017 + number for number in range(POINTS))


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title and bullets, a table (`rows`) or a chart (`points`, as many as POINTS)."""

    title: str
    bullets: tuple[str, ...] = ()
    notes: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    points: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Mould:
    """The unchanging parts by name, and those that are filled in."""

    parts: dict[str, bytes]
    presentation: str
    relations: str
    types: str
    chart: str
    frame: str
    workbook: dict[str, bytes]
    layouts: dict[str, str]


def write_deck(path: Path, slides: Sequence[Slide], title: str, author: str) -> None:
    """Write one deck. Raises ValueError for a chart without POINTS points."""
    mould = _mould()
    parts = dict(mould.parts)
    ids, relations, types = [], [], []
    notes = charts = 0
    for number, slide in enumerate(slides, start=1):
        layout = "Title Only" if slide.rows or slide.points else "Title and Content"
        links = [_link(1, "slideLayout", f"../slideLayouts/{mould.layouts[layout]}")]
        inner = _shape(2, "Title 1", 'type="title"', [slide.title])
        if slide.points:
            charts += 1
            parts |= _chart_parts(mould, charts, slide)
            links.append(_link(2, "chart", f"../charts/chart{charts}.xml"))
            types.append(_override(f"charts/chart{charts}", "drawingml.chart"))
            inner += mould.frame
        elif slide.rows:
            inner += _table(slide.rows)
        else:
            inner += _shape(3, "Content Placeholder 2", 'idx="1"', slide.bullets)
        if slide.notes:
            notes += 1
            links.append(_link(3, "notesSlide", f"../notesSlides/notesSlide{notes}.xml"))
            types.append(_override(f"notesSlides/notesSlide{notes}", "presentationml.notesSlide"))
            body = _shape(3, "Notes Placeholder 2", 'type="body" idx="3" sz="quarter"', [slide.notes])
            parts[f"ppt/notesSlides/notesSlide{notes}.xml"] = (
                f"{_HEAD}<p:notes {_MAIN}>{_TREE.format(body)}</p:notes>".encode())
            parts[f"ppt/notesSlides/_rels/notesSlide{notes}.xml.rels"] = _links([
                _link(1, "notesMaster", "../notesMasters/notesMaster1.xml"),
                _link(2, "slide", f"../slides/slide{number}.xml")])
        parts[f"ppt/slides/slide{number}.xml"] = f"{_HEAD}<p:sld {_MAIN}>{_TREE.format(inner)}</p:sld>".encode()
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = _links(links)
        ids.append(f'<p:sldId id="{255 + number}" r:id="rId{100 + number}"/>')
        relations.append(_link(100 + number, "slide", f"slides/slide{number}.xml"))
        types.append(_override(f"slides/slide{number}", "presentationml.slide"))
    parts["ppt/presentation.xml"] = mould.presentation.replace("<!--slides-->", "".join(ids)).encode()
    parts["ppt/_rels/presentation.xml.rels"] = _ended(mould.relations, "</Relationships>", relations)
    parts["[Content_Types].xml"] = _ended(mould.types, "</Types>", types)
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = core.replace("TITLE", escape(title)).replace("AUTHOR", escape(author)).encode()
    path.write_bytes(_zip(parts))


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each)):
            info = zipfile.ZipInfo(name, EPOCH)
            # Level 1 on what is worth it: small parts and the workbooks are stored.
            stored = len(parts[name]) < 700 or name.endswith(".xlsx")
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name], compresslevel=1)
    return out.getvalue()


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_KIND}/{kind}" Target="{target}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/ppt/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'


def _ended(text: str, end: str, more: Sequence[str]) -> bytes:
    """An XML part with elements added before its last tag."""
    return text.replace(end, "".join(more) + end).encode()


def _links(links: Sequence[str]) -> bytes:
    return (f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'{"".join(links)}</Relationships>').encode()


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)


def _shape(number: int, name: str, place: str, lines: Sequence[str]) -> str:
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph {place}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
            f'{_paragraphs(lines)}</p:txBody></p:sp>')


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = 10_698_480 // len(rows[0])
    cells = [[f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs([cell])}</a:txBody><a:tcPr/></a:tc>" for cell in row]
             for row in rows]
    body = "".join(f'<a:tr h="640080">{"".join(row)}</a:tr>' for row in cells)
    return ('<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="Table 2"/><p:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            '<p:xfrm><a:off x="731520" y="1828800"/><a:ext cx="10698480" cy="3200400"/></p:xfrm><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
            f'<a:tblPr firstRow="1"/><a:tblGrid>{f"""<a:gridCol w="{width}"/>""" * len(rows[0])}</a:tblGrid>{body}</a:tbl>'
            '</a:graphicData></a:graphic></p:graphicFrame>')


def _chart_parts(mould: _Mould, number: int, slide: Slide) -> dict[str, bytes]:
    if len(slide.points) != POINTS:
        raise ValueError(f"a chart has {POINTS} points")
    swaps = {str(value): str(point[1]) for value, point in zip(_VALUES, slide.points, strict=True)}
    swaps |= {label: escape(point[0]) for label, point in zip(_LABELS, slide.points, strict=True)}
    swaps["Series"] = escape(slide.title)

    def filled(text: str) -> bytes:
        return re.sub(r"\b(?:900\d\d|Label\d|Series(?=<))", lambda match: swaps.get(match[0], match[0]), text).encode()

    book = {name: filled(data.decode()) if name.endswith(("sheet1.xml", "sharedStrings.xml")) else data
            for name, data in mould.workbook.items()}
    return {f"ppt/charts/chart{number}.xml": filled(mould.chart),
            f"ppt/charts/_rels/chart{number}.xml.rels": _links(
                [_link(1, "package", f"../embeddings/Microsoft_Excel_Sheet{number}.xlsx")]),
            f"ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx": _zip(book)}


@cache
def _mould() -> _Mould:
    """The unchanging parts, from one deck of python-pptx."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    from samples.theme import dress

    deck = Presentation()
    dress(deck)
    only = next(layout for layout in deck.slide_layouts if layout.name == "Title Only")
    slide = deck.slides.add_slide(only)
    data = CategoryChartData()
    data.categories = _LABELS
    data.add_series("Series", _VALUES)
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.8), Inches(1.9), Inches(11.7), Inches(5), data)
    slide.notes_slide.notes_text_frame.text = "-"
    layouts = {layout.name: Path(layout.part.partname).name for layout in deck.slide_layouts}
    deck.core_properties.title, deck.core_properties.author = "TITLE", "AUTHOR"
    deck.core_properties.last_modified_by = deck.core_properties.comments = deck.core_properties.keywords = ""
    out = io.BytesIO()
    deck.save(out)
    parts = _members(normalise(out.getvalue()))
    first = parts["ppt/slides/slide1.xml"].decode()
    frame = re.search(r"<p:graphicFrame>.*</p:graphicFrame>", first, re.DOTALL)
    assert frame is not None
    linked = re.sub(r'r:id="rId\d+"', 'r:id="rId2"', frame[0])
    chart = re.sub(r'(<c:externalData r:id=")rId\d+', r"\g<1>rId1", parts["ppt/charts/chart1.xml"].decode())
    workbook = _members(next(data for name, data in parts.items() if name.endswith(".xlsx")))
    changing = re.compile(r"ppt/(?:slides|notesSlides|charts|embeddings)/|docProps/thumbnail")
    kept = {name: data for name, data in parts.items() if not changing.match(name)}
    kept["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", kept["_rels/.rels"])
    presentation, relations = (kept[name].decode() for name in ("ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"))
    return _Mould(
        parts=kept,
        presentation=re.sub(r"(<p:sldIdLst>).*?(</p:sldIdLst>)", r"\g<1><!--slides-->\g<2>", presentation),
        relations=re.sub(r'<Relationship [^>]*Target="slides/[^>]*/>', "", relations),
        types=re.sub(r'<Override PartName="/ppt/(?:slides|notesSlides|charts|embeddings)/[^>]*/>', "",
                     kept["[Content_Types].xml"].decode()),
        chart=chart, frame=linked, workbook=workbook, layouts=layouts)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
