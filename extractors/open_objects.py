"""Objects inside OpenDocument files: charts keep what they show, sheets their rows, formulas their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import UnitDraft
from extractors.open_styles import OFFICE, TABLE, TEXT
from extractors.xml import local

if TYPE_CHECKING:
    from lxml import etree

_MOST_ROWS = 20_000


def read_object(root: etree._Element, unit: UnitDraft, where: str) -> None:
    """Add what an object says: a chart's titles and figures as a chart, everything else as embedded text."""
    chart = next(root.iter("{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}chart"), None)
    if chart is not None:
        _chart(chart, unit, where)
        return
    formulas = [item for item in root.iter() if local(item.tag) == "math"]
    for formula in formulas:
        text = "".join(piece for item in formula.iter() if local(item.tag) in ("mi", "mn", "mo", "mtext")
            for piece in item.itertext())
        unit.add_once(Part.BODY, text, where=f"{where}, formula", visible=True)
        for note in formula.iter("{*}annotation"):
            unit.add_once(Part.EMBEDDED, note.text or "", where=where)
    if formulas:
        return
    for count, row in enumerate(root.iter(TABLE + "table-row")):
        cells = ["".join(p.itertext()).strip() for cell in row for p in cell.iter(TEXT + "p")]
        if count < _MOST_ROWS:
            unit.add_once(Part.EMBEDDED, " | ".join(cell for cell in cells if cell), where=where)
    in_tables = {p for table in root.iter(TABLE + "table") for p in table.iter(TEXT + "p")}
    for p in root.iter(TEXT + "p", TEXT + "h"):
        if p not in in_tables:
            unit.add_once(Part.EMBEDDED, "".join(p.itertext()), where=where)
    for table in root.iter(TABLE + "table"):
        unit.add_once(Part.EMBEDDED, _given(table.get(TABLE + "name", "")), where=f"{where}, name of a sheet")
    for note in root.iter(OFFICE + "annotation"):
        unit.add_once(Part.EMBEDDED, "".join(note.itertext()), where=f"{where}, comment")


def _chart(chart: etree._Element, unit: UnitDraft, where: str) -> None:
    rows = {p for table in chart.iter(TABLE + "table") for p in table.iter(TEXT + "p")}
    for p in chart.iter(TEXT + "p"):
        if p not in rows:
            unit.add(Part.CHART, "".join(p.itertext()), shape=where, where="title")
    for table in chart.iter(TABLE + "table"):
        for row, line in enumerate(table.iter(TABLE + "table-row")):
            for column, cell in enumerate(line):
                unit.add(Part.CHART, "".join(cell.itertext()), row=row, column=column, shape=where,
                         where="series" if row == 0 else "category" if column == 0 else "value")


def _given(name: str) -> str:
    plain = name.rstrip("0123456789 _").lower() in ("", "sheet", "table", "blad", "tabelle", "feuille", "local-table", "hoja")
    return "" if plain else name
