"""A workbook inside another file (behind a chart, or attached): its cells row by row, hidden sheets included.

Not offered as a format of its own: a spreadsheet is no talk. Cells are read one by one from the XML, so a sheet that
claims a billion empty rows costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.document import Document, Part
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.parts import Parts
from extractors.properties import read_properties
from extractors.rest import Rest
from extractors.xml import R, UnsafeXml, number, parse

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_CELLS = 50_000
_PLAIN_SHEETS = ("sheet", "blad", "feuil", "tabelle", "hoja", "foglio", "planilha")


def read_workbook(file: InputFile) -> Document:
    """The workbook as a Document of one unit per sheet (kind `sheet`), one TABLE block per row, cells joined by " | "."""
    package = file.package
    draft = DocumentDraft(file, MEDIA_TYPE)
    done = read_properties(draft, package) | {package.main_part}
    relations = {rid: target for rid, _, target, outside in package.relations(package.main_part) if not outside}
    main = parse(package.read(package.main_part))
    owners: dict[str, UnitDraft] = {}
    strings = _strings(draft, file, done)
    for sheet in main.iterfind(f"{_S}sheets/{_S}sheet"):
        unit = draft.new_unit("sheet")
        unit.title, unit.hidden = sheet.get("name", ""), sheet.get("state", "visible") != "visible"
        if unit.title.lower().rstrip("0123456789 ") not in _PLAIN_SHEETS:
            unit.add(Part.TITLE, unit.title)
        target = relations.get(sheet.get(R + "id", ""), "")
        if target not in package:
            draft.not_read(unit.title, "the sheet is missing", unit.number)
            continue
        done.add(target)
        owners[target] = unit
        try:
            _rows(parse(package.read(target)), strings, unit, draft)
        except UnsafeXml as error:
            draft.not_read(target, str(error), unit.number)
    for name in main.iter(_S + "definedName"):
        draft.whole.add_once(Part.PROPERTY, name.get("comment", ""), where="note on a name")
    parts = Parts(draft, package, done)
    parts.owners.update(owners)
    Rest(parts).read()
    return draft.build()


def _strings(draft: DocumentDraft, file: InputFile, done: set[str]) -> list[str]:
    name = next((n for n in file.package.names if n.lower().endswith("sharedstrings.xml")), "")
    if not name:
        return []
    done.add(name)
    try:
        root = parse(file.package.read(name))
    except UnsafeXml as error:
        draft.not_read(name, str(error))
        return []
    return ["".join(t.text or "" for t in item.iter(_S + "t")) for item in root.iterchildren(_S + "si")]


def _rows(root: etree._Element, strings: list[str], unit: UnitDraft, draft: DocumentDraft) -> None:
    cells = 0
    for row in root.iter(_S + "row"):
        texts = []
        for cell in row.iterchildren(_S + "c"):
            text = _cell(cell, strings)
            if text:
                texts.append(text)
        cells += len(texts)
        if cells > _MOST_CELLS:
            draft.not_read(unit.title or "sheet", f"more than {_MOST_CELLS} cells; the rest was not read", unit.number)
            return
        unit.add(Part.TABLE, " | ".join(texts), row=number(row.get("r"), 1) - 1)
    for text in root.iter(_S + "oddHeader", _S + "oddFooter"):
        unit.add(Part.FOOTER, text.text or "")


def _cell(cell: etree._Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(_S + "t")).strip()
    value = cell.findtext(_S + "v", "")
    if kind == "s":
        index = number(value, -1)
        return strings[index].strip() if 0 <= index < len(strings) else ""
    if kind == "n" and value:
        try:
            return f"{float(value):.12g}"
        except ValueError:
            return str(value)
    return str(value).strip()
