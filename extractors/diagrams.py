"""Charts and SmartArt: what they say, as their own parts hold it.

A chart becomes a small table: row 0 holds the series names, column 0 the categories, values where they cross. A diagram
becomes its points in the order and depth of its data model, each where Office has drawn it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.document import Box
from extractors.chart_figures import figure, format_of, shown
from extractors.drawing import paragraphs, text_of
from extractors.xml import DGM, A, C, local, number

if TYPE_CHECKING:
    from lxml import etree

#: Above this many values a chart is read as a block of figures for scanning, not as cells for writing.
MOST_VALUES = 80


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a chart. `row` and `column` are None for titles and other loose labels."""

    text: str
    row: int | None = None
    column: int | None = None
    where: str = ""
    visible: bool = True
    #: The number behind a text that is the figure of one point.
    value: float | None = None


def read_chart(root: etree._Element) -> list[Label]:
    """Everything a chart part says, title first."""
    if not root.tag.startswith(C):
        return _modern_chart(root)
    labels = _titles(root)
    series = list(root.iter(C + "ser"))
    categories: dict[int, str] = {}
    values: dict[tuple[int, int], tuple[str, float | None]] = {}
    for column, item in enumerate(series, start=1):
        name = _cached(item.find(C + "tx"))
        if name:
            labels.append(Label(" ".join(name.values()), 0, column, "series"))
        for kind in ("cat", "xVal"):
            categories.update((k, v) for k, v in _cached(item.find(C + kind)).items() if k not in categories)
        form = format_of(item)
        for kind in ("val", "yVal"):
            values.update(((index, column), (shown(text, form), figure(text)))
                          for index, text in _cached(item.find(C + kind), raw=True).items())
    labels.extend(Label(text, index + 1, 0, "category") for index, text in sorted(categories.items()))
    if len(values) <= MOST_VALUES:
        labels.extend(Label(text, index + 1, column, "value", value=value)
                      for (index, column), (text, value) in sorted(values.items()))
    else:
        labels.append(Label(", ".join(text for _, (text, _) in sorted(values.items())), where="values", visible=False))
    for own in root.iter(C + "dLbl"):
        rich = own.find(f"{C}tx/{C}rich")
        if rich is not None:
            labels.append(Label(_rich(rich), where="data label"))
    return [label for label in labels if label.text.strip()]


def _titles(root: etree._Element) -> list[Label]:
    found = []
    for title in root.iter(C + "title"):
        parent = title.getparent()
        where = "title" if parent is not None and local(parent.tag) == "chart" else "axis title"
        rich = title.find(f"{C}tx/{C}rich")
        text = _rich(rich) if rich is not None else " ".join(_cached(title.find(C + "tx")).values())
        if text.strip():
            found.append(Label(text, where=where))
    return found


def _rich(rich: etree._Element) -> str:
    return " ".join(p.text + p.hidden for p in paragraphs(rich) if (p.text + p.hidden).strip())


def _cached(holder: etree._Element | None, *, raw: bool = False) -> dict[int, str]:
    """The cached points of a reference or literal, by index, as shown or `raw`; levels of categories joined."""
    if holder is None:
        return {}
    points: dict[int, str] = {}
    form = ""
    for element in holder.iter(C + "formatCode", C + "pt", C + "v"):
        kind = local(element.tag)
        if kind == "formatCode":
            form = element.text or ""
        elif kind == "pt":
            index = number(element.get("idx"))
            text = element.findtext(C + "v", "")
            text = text if raw else shown(text, form, grouped=False)
            points[index] = f"{text} {points[index]}" if index in points else text
        elif local(element.getparent().tag) != "pt":
            points[len(points)] = element.text or ""
    return {index: text for index, text in points.items() if text.strip()}


def _modern_chart(root: etree._Element) -> list[Label]:
    """chartEx (waterfall, treemap, ...): titles, string dimensions, series names; its namespace is its own."""
    labels = []
    for element in root.iter("{*}pt", "{*}v", A + "t"):
        text = element.text or ""
        if text.strip() and local(element.tag) in ("pt", "v", "t") and not _plain_number(text):
            labels.append(Label(text, where="label"))
    return list(dict.fromkeys(labels))


def _plain_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def read_diagram(root: etree._Element) -> list[tuple[str, int]]:
    """The points of a SmartArt data model: text and depth from 0, in the order of the diagram; loose points last."""
    points: dict[str, etree._Element] = {}
    tops: list[str] = []
    skipped: set[str] = set()
    for point in root.iterfind(f"{DGM}ptLst/{DGM}pt"):
        name, kind = point.get("modelId", ""), point.get("type", "node")
        points[name] = point
        if kind == "doc":
            tops.append(name)
        elif kind not in ("node", "asst"):
            skipped.add(name)
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iterfind(f"{DGM}cxnLst/{DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            below.setdefault(link.get("srcId", ""), []).append((number(link.get("srcOrd")), link.get("destId", "")))
    found: list[tuple[str, int]] = []
    done: set[str] = set()
    stack = [(name, -1) for name in reversed(tops)]
    while stack:
        name, depth = stack.pop()
        if name in done or name not in points:
            continue
        done.add(name)
        found.append((_point_text(points[name]), max(depth, 0)))
        stack.extend((child, depth + 1) for _, child in sorted(below.get(name, ()), key=lambda item: item[0], reverse=True))
    found.extend((_point_text(point), 0) for name, point in points.items() if name not in done and name not in skipped)
    found.extend((_point_text(points[name]), 0) for name in points if name in skipped and name not in done)
    return [(text, depth) for text, depth in found if text.strip()]


def _point_text(point: etree._Element) -> str:
    body = point.find(DGM + "t")
    if body is None:
        return ""
    return "\n".join(p.text + p.hidden for p in paragraphs(body) if (p.text + p.hidden).strip())


def diagram_drawing(root: etree._Element) -> list[str]:
    """The texts of a diagram's cached drawing, which can differ from its data."""
    return [line for line in text_of(root).split("\n") if line.strip()]


def drawn_by(root: etree._Element) -> str:
    """The relationship of the slide under which the drawing of a data model lies, as Office made it last; '' without one."""
    found = next(root.iterfind(f"{DGM}extLst/{A}ext/{{*}}dataModelExt"), None)
    return str(found.get("relId", "")) if found is not None else ""


def placed(points: list[tuple[str, int]], drawing: etree._Element | None, frame: Box | None) -> list[Box | None]:
    """Where each point of a diagram stands by its drawing. The frame of the diagram for all of them where one is not in it.

    Points are known by their words: the ids of the drawing are those of a layout tree that nobody else needs.
    """
    whole: list[Box | None] = [frame] * len(points)
    if drawing is None or frame is None:
        return whole
    shapes = [(text_of(shape).split("\n"), box) for shape in drawing.iter("{*}sp") if (box := _box(shape, frame)) is not None]
    found: list[Box | None] = []
    for text, _ in points:
        lines = text.split("\n")
        held = next((each for each in shapes if all(line in each[0] for line in lines)), None)
        if held is None:
            return whole
        for line in lines:
            held[0].remove(line)
        found.append(held[1])
    return found


def _box(shape: etree._Element, frame: Box) -> Box | None:
    """Where a shape of a drawing stands on the slide; None where that is not in its frame."""
    place = shape.find(f"{{*}}spPr/{A}xfrm")
    off, ext = (place.find(A + "off"), place.find(A + "ext")) if place is not None else (None, None)
    if off is None or ext is None:
        return None
    x, y, width, height = (number(each.get(name)) for each, name in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy")))
    inside = min(x, y) >= -1 and x + width <= frame.width + 1 and y + height <= frame.height + 1 and min(width, height) > 0
    return Box(x=frame.x + x, y=frame.y + y, width=width, height=height) if inside else None
