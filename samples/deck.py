"""Builds a sample deck from its YAML files: slides with their layouts, notes and everything that is planted.

A deck is one `<name>.yaml` (what belongs to the file) and a folder of YAML files (its slides, in order). The keys of a
slide are listed in the README of this folder. It must not invent text: every word comes from the YAML.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import yaml
from pptx import Presentation as new_presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches, Pt

from samples.archive import normalise
from samples.drawings import draw
from samples.package_parts import add_comments, add_custom_properties, add_smartart, app_properties
from samples.theme import PICTURE, QUIET, SMALL, WHITE, WIDTH, dress

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

SOURCE = Path(__file__).parent / "source"
_LAYOUTS = {"title": "Title Slide", "section": "Section Header", "table": "Title Only", "chart": "Title Only",
            "smartart": "Title Only", "two": "Two Content", "picture": PICTURE}
_RUNS = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<text>[^\]]+)\]\((?P<link>[^)]+)\)")


class Planted(TypedDict):
    """One risk that was put into a file on purpose, as planted.json says it."""

    category: str
    text: str
    slide: int
    place: str
    severity_at_least: str
    #: Whether the text may never appear in a pack; false for what is no text of the talk.
    withhold: bool


@dataclass(frozen=True)
class Made:
    """A finished deck: its file name, bytes and what was planted in it."""

    name: str
    data: bytes
    planted: tuple[Planted, ...]


def read_slides(folder: str) -> list[dict]:
    """The slides of a deck in order, as YAML gives them."""
    slides: list[dict] = []
    for file in sorted((SOURCE / folder).glob("*.yaml")):
        slides.extend(yaml.safe_load(file.read_text(encoding="utf-8")))
    return slides


def make_deck(name: str) -> Made:
    """Build the deck that `source/<name>.yaml` describes."""
    head = yaml.safe_load((SOURCE / f"{name}.yaml").read_text(encoding="utf-8"))
    slides = read_slides(head["folder"])
    deck = new_presentation()
    dress(deck)
    comments: list[tuple[Slide, str, str, str]] = []
    planted = [_planted(item, 0) for item in head.get("plant", ())]
    for number, spec in enumerate(slides, start=1):
        slide = _add_slide(deck, spec)
        comments += [(slide, item["author"], item["initials"], item["text"]) for item in spec.get("comments", ())]
        planted += [_planted(item, number) for item in spec.get("plant", ())]
    if comments:
        add_comments(deck, comments)
    for key, value in head["core"].items():
        setattr(deck.core_properties, key, value)
    deck.core_properties.revision = 3
    if head.get("custom"):
        add_custom_properties(deck, head["custom"])
    out = io.BytesIO()
    deck.save(out)
    app = app_properties(len(slides), sum("notes" in spec for spec in slides), head.get("app", {}))
    return Made(head["file"], normalise(out.getvalue(), {"docProps/app.xml": app}), tuple(planted))


def _planted(item: dict, slide: int) -> Planted:
    return {"category": item["category"], "text": item["text"], "slide": slide, "place": item["place"],
            "severity_at_least": item["severity"], "withhold": item.get("withhold", True)}


def _add_slide(deck: Presentation, spec: dict) -> Slide:
    kind = spec.get("layout", "")
    layout = next(item for item in deck.slide_layouts if item.name == _LAYOUTS.get(kind, "Title and Content"))
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text = spec["title"]
    if spec.get("body"):
        _fill(slide.placeholders[2 if kind == "picture" else 1].text_frame, spec["body"])
    if kind == "two":
        _fill(slide.placeholders[2].text_frame, spec["right"])
    if kind == "table":
        _add_table(slide, spec["table"])
    if kind == "chart":
        _add_chart(slide, spec["chart"])
    if kind == "smartart":
        add_smartart(deck, slide, [(head, line) for head, line in spec["nodes"]])
    if kind == "picture":
        picture = slide.placeholders[1].insert_picture(io.BytesIO(draw(spec["picture"])))
        picture._element._nvXxPr.cNvPr.set("descr", spec["alt"])
    _add_extras(slide, spec)
    if spec.get("notes"):
        slide.notes_slide.notes_text_frame.text = spec["notes"]
    if spec.get("hidden"):
        slide._element.set("show", "0")
    return slide


def _add_extras(slide: Slide, spec: dict) -> None:
    """Marks, text off the slide, text in the colour of the paper, an embedded object of an unknown program."""
    if spec.get("mark"):
        _box(slide, spec["mark"], 0.8, 6.8, SMALL, QUIET)
    if spec.get("off_slide"):
        _box(slide, spec["off_slide"], WIDTH.inches + 0.6, 1.0, Pt(14), QUIET)
    if spec.get("injection"):
        _box(slide, spec["injection"], 0.8, 7.0, Pt(6), WHITE)
    if spec.get("ole"):
        slide.shapes.add_ole_object(io.BytesIO(_foreign()), "Fernhollow.Workflow.2", Inches(11.4), Inches(5.6), Inches(1.2), Inches(1.1))


def _foreign() -> bytes:
    """An embedded file of a program that nobody else has: a header and bytes that say nothing."""
    block, body = b"workflow drawing", b"FHWF2\x00\x01\x00"
    for _ in range(96):
        block = hashlib.sha256(block).digest()
        body += block
    return body


def _box(slide: Slide, text: str, left: float, top: float, size: Pt, colour: RGBColor) -> None:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(8), Inches(0.4)).text_frame
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = text, size, colour


def _fill(frame: TextFrame, lines: list) -> None:
    """Write bullets: a string is a line, a list holds the lines one level below."""
    first = True

    def write(items: list, level: int) -> None:
        nonlocal first
        for item in items:
            if isinstance(item, list):
                write(item, level + 1)
                continue
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first, paragraph.level = False, level
            position = 0
            for match in _RUNS.finditer(item):
                if match.start() > position:
                    paragraph.add_run().text = item[position:match.start()]
                run = paragraph.add_run()
                run.text = match["bold"] or match["text"]
                if match["bold"]:
                    run.font.bold = True
                else:
                    run.hyperlink.address = match["link"]
                position = match.end()
            if position < len(item):
                paragraph.add_run().text = item[position:]

    write(lines, 0)


def _add_table(slide: Slide, rows: list[list[str]]) -> None:
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Inches(0.8), Inches(2.0), Inches(11.7), Inches(0.7 * len(rows)))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            cell = shape.table.cell(r, c)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(18)


def _add_chart(slide: Slide, spec: dict) -> None:
    data = CategoryChartData()
    data.categories = [label for label, _ in spec["points"]]
    data.add_series(spec["series"], [value for _, value in spec["points"]])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.8), Inches(1.9), Inches(11.7), Inches(5.0), data).chart
    chart.has_legend, chart.has_title = False, False
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.font.size = Pt(16)
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    chart.category_axis.tick_labels.font.size = Pt(16)
