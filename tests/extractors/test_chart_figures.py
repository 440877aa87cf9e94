"""Figures of charts: as labels, axis or cells show them, in the marks of the language, with the number kept beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from content.document import Part
from extractors import extract
from extractors.chart_figures import shown


@pytest.mark.parametrize(("text", "form", "after"), [
    ("0.35", "0%", "35%"), ("0.125", "0%", "13%"), ("0.111", "0.0%", "11.1%"), ("43000", "#,##0", "43,000"),
    ("43000", "General", "43,000"), ("2021", "General", "2021"), ("1487", "#,##0", "1,487"), ("54", '0"%"', "54%"),
    ("-385", "", "-385"), ("-0.5", "0%", "-50%"), ("12500000", '#,##0.0,,"M"', "12.5M"), ("44197", "m/d/yyyy", "44197"),
    ("7.0", "0.0", "7.0"), ("7.0", "0.#", "7"), ("0.1", "", "0.1"), ("9", "[$€-413] 0.00", "€ 9.00"), ("n/a", "0%", "n/a"),
    ("-4", "0;(0)", "(4)"), ("inf", "0", "inf"),
])
def test_a_number_is_shown_by_its_format(text: str, form: str, after: str) -> None:
    assert shown(text, form) == after


def made(path: Path, words: str, values: tuple[float, ...], *, kind: XL_CHART_TYPE = XL_CHART_TYPE.BAR_CLUSTERED, labels: str = "",
         axis: str = "", cells: str = "General", linked: bool = False) -> list[tuple[str, float | None]]:
    """The figures of a deck with one chart, and what it says beside that."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = words
    data = CategoryChartData(number_format=cells)
    data.categories = [f"boat {n}" for n in range(len(values))]
    data.add_series("nets", values)
    chart = slide.shapes.add_chart(kind, Inches(1), Inches(2), Inches(5), Inches(4), data).chart
    if labels:
        chart.plots[0].has_data_labels = True
        chart.plots[0].data_labels.number_format, chart.plots[0].data_labels.number_format_is_linked = labels, linked
    if axis:
        chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = axis, False
    deck.save(str(path))
    return [(block.text, block.value) for _, block in extract(path).blocks()
            if block.part is Part.CHART and block.row and block.column]


_EN = "What the boats of the harbour bring in when the wind is not with them"
_NL = "Wat de boten van de haven binnenbrengen als de wind niet met hen is"


def test_labels_come_before_the_axis_and_the_axis_before_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "boats.pptx"
    assert made(path, _EN, (0.35, 0.6)) == [("0.35", 0.35), ("0.6", 0.6)]
    assert made(path, _EN, (0.35, 0.6), cells="0.0%") == [("35.0%", 0.35), ("60.0%", 0.6)]
    assert made(path, _EN, (0.35, 0.6), cells="0.0%", axis="0%") == [("35%", 0.35), ("60%", 0.6)]
    assert made(path, _EN, (0.35, 0.6), axis="0.0%", labels="0%") == [("35%", 0.35), ("60%", 0.6)]
    assert made(path, _EN, (0.35, 0.6), labels="0%", linked=True) == [("0.35", 0.35), ("0.6", 0.6)]


def test_the_share_of_a_stack_is_no_format_of_its_values(tmp_path: Path) -> None:
    assert made(tmp_path / "boats.pptx", _EN, (40, 60), kind=XL_CHART_TYPE.BAR_STACKED_100, axis="0%") == [
        ("40", 40.0), ("60", 60.0)]


def test_large_numbers_and_fractions_have_the_marks_of_the_language(tmp_path: Path) -> None:
    path = tmp_path / "boats.pptx"
    assert made(path, _EN, (43000, 7.5)) == [("43,000", 43000.0), ("7.5", 7.5)]
    assert made(path, _NL, (43000, 7.5)) == [("43.000", 43000.0), ("7,5", 7.5)]
    assert made(path, _NL, (0.35, 0.125), labels="0.0%") == [("35,0%", 0.35), ("12,5%", 0.125)]
