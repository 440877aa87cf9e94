"""One slide: its shapes in the order a person reads them, what of them is hidden, its notes, links and names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors.building import UnitDraft
from extractors.diagrams import read_chart, read_diagram
from extractors.drawing import Palette, Paragraph, paragraphs, text_of
from extractors.reading_order import Place, read_order
from extractors.shapes import Shape, walk
from extractors.xml import A, P, clean

if TYPE_CHECKING:
    from lxml import etree

_TITLES = frozenset({"title", "ctrTitle"})
FOOTERS = frozenset({"ftr", "dt", "sldNum", "hdr"})
_DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class Setting:
    """What a slide inherits: layout name, boxes of the placeholders, colours, filled shapes under everything."""

    name: str = ""
    boxes: dict[str, Box] = field(default_factory=dict)
    palette: Palette = field(default_factory=Palette)
    ground: tuple[Box, ...] = ()

    def box(self, shape: Shape) -> Box | None:
        """The place a placeholder inherits."""
        kind = "title" if shape.placeholder == "ctrTitle" else "body" if shape.placeholder == "obj" else shape.placeholder
        return self.boxes.get(f"#{shape.index}") or self.boxes.get(kind)


@dataclass(slots=True)
class Slide:
    """A slide part, ready to be read. The callables look up its relationships."""

    root: etree._Element
    setting: Setting
    size: tuple[int, int]
    part_of: Callable[[str], etree._Element | None]
    picture_of: Callable[[str], tuple[str, str, bool] | None]
    known_names: set[str]


@dataclass(slots=True)
class _Text:
    shape: Shape
    lines: list[Paragraph]

    @property
    def text(self) -> str:
        return " ".join(clean(line.text).replace("\n", " ") for line in self.lines if line.text.strip())

    @property
    def size(self) -> int:
        return max((line.size for line in self.lines if line.text.strip()), default=0) or 1800


def read_slide(slide: Slide, unit: UnitDraft) -> None:
    """Fill the unit with everything on the slide itself (its notes and comments come from elsewhere)."""
    tree = walk(slide.root)
    for shape in tree.shapes:
        if shape.box is None and shape.placeholder:
            shape.box = slide.setting.box(shape)
    hidden = _hidden(tree.shapes, slide)
    texts = {shape.order: _Text(shape, paragraphs(shape.element.find(P + "txBody"), _beneath(shape, tree.shapes, slide),
                                                  slide.setting.palette))
             for shape in tree.shapes if shape.kind == "text" and shape.element.find(P + "txBody") is not None}
    shown = [text for order, text in texts.items() if order not in hidden and text.text]
    title = _title(shown, slide.size)
    if title is not None:
        unit.title = title.text
        unit.add(Part.TITLE, title.text, box=title.shape.box, shape=f"s{unit.number}.shape{title.shape.order}")
    footers = [s for s in tree.shapes if s.placeholder in FOOTERS]
    body = [s for s in tree.shapes if s.placeholder not in FOOTERS and (title is None or s is not title.shape)]
    for shape in _in_order(body, texts, slide.size):
        _emit(shape, texts.get(shape.order), shape.order in hidden, slide, unit)
    if title is not None:
        _hidden_runs(title, unit)
    for shape in footers:
        if shape.order in texts:
            unit.add(Part.FOOTER, texts[shape.order].text, box=shape.box, visible=shape.order not in hidden)
    _scan_only(slide, tree.shapes, unit)
    for fallback in tree.fallbacks:
        _leftover(text_of(fallback).split("\n"), unit, "shown by old programs only")
    _everything(slide.root, unit)
    if tree.too_deep:
        raise RecursionError


def _title(texts: list[_Text], size: tuple[int, int]) -> _Text | None:
    """The title placeholder; without one the biggest short text near the top, when nothing above it is as big."""
    for text in texts:
        if text.shape.placeholder in _TITLES:
            return text
    open_texts = [t for t in texts if t.shape.placeholder not in FOOTERS and t.shape.placeholder != "subTitle"]
    short = [t for t in open_texts if len(t.text.split()) <= 14 and sum(c.isalpha() for c in t.text) > 1
             and sum(1 for line in t.lines if line.text.strip()) <= 2 and t.shape.box is not None]
    near_top = [t for t in short if t.shape.box and t.shape.box.y < (0.4 if len(open_texts) > 1 else 1.0) * size[1]]
    if not near_top:
        return None
    best = min(near_top, key=lambda t: (-t.size, t.shape.box.y if t.shape.box else 0, t.shape.order))
    biggest = max(t.size for t in open_texts)
    top = min(t.shape.box.y for t in open_texts if t.shape.box)
    alone = sum(1 for t in open_texts if t.size == best.size) == 1
    first = best.shape.box is not None and best.shape.box.y <= top + size[1] * 0.02
    level = sum(1 for t in near_top
                if t.shape.box and best.shape.box and abs(t.shape.box.y - best.shape.box.y) < size[1] * 0.03)
    return best if best.size >= biggest and (alone or (first and level == 1)) else None


def _in_order(shapes: list[Shape], texts: dict[int, _Text], size: tuple[int, int]) -> list[Shape]:
    """Shapes that say something in reading order, the others after them in z-order. Groups that stand alone stay whole."""
    saying = [s for s in shapes if s.kind in ("table", "chart", "diagram") or (s.order in texts and texts[s.order].text)]
    placed = [s for s in saying if s.box is not None]
    places = [Place(s.order, s.box.x, s.box.y, s.box.x + s.box.width, s.box.y + s.box.height,
                    len(texts[s.order].text.split()) if s.order in texts else 20) for s in placed if s.box is not None]
    rank = {order: position for position, order in enumerate(read_order(_grouped(places, placed, size), *size))}
    inner: dict[int, int] = {}
    for position, place in enumerate(read_order(places, *size)):
        inner[place] = position
    leader = _leaders(placed, size)
    return sorted(shapes, key=lambda s: (rank.get(leader.get(s.order, s.order), 10**6), inner.get(s.order, 10**6), s.order))


def _leaders(shapes: list[Shape], size: tuple[int, int]) -> dict[int, int]:
    """For each shape of a compact top-level group: the first of its shapes, which stands for the group."""
    groups: dict[int, list[Shape]] = {}
    for shape in shapes:
        if shape.group:
            groups.setdefault(shape.group[0], []).append(shape)
    leaders: dict[int, int] = {}
    for members in groups.values():
        left, top, right, bottom = _around(members)
        if len(members) > 1 and (right - left) * (bottom - top) < 0.35 * size[0] * size[1] and not any(
                s.box and s not in members and left < s.box.x + s.box.width / 2 < right
                and top < s.box.y + s.box.height / 2 < bottom for s in shapes):
            leaders.update((s.order, members[0].order) for s in members)
    return leaders


def _grouped(places: list[Place], shapes: list[Shape], size: tuple[int, int]) -> list[Place]:
    leaders = _leaders(shapes, size)
    merged: dict[int, Place] = {}
    for p in places:
        key = leaders.get(p.index, p.index)
        old = merged.get(key)
        merged[key] = Place(key, p.left, p.top, p.right, p.bottom, p.words) if old is None else Place(
            key, min(old.left, p.left), min(old.top, p.top), max(old.right, p.right), max(old.bottom, p.bottom),
            old.words + p.words)
    return list(merged.values())


def _around(shapes: list[Shape]) -> tuple[float, float, float, float]:
    boxes = [s.box for s in shapes if s.box is not None]
    return (min(b.x for b in boxes), min(b.y for b in boxes), max(b.x + b.width for b in boxes),
            max(b.y + b.height for b in boxes))


def _emit(shape: Shape, text: _Text | None, hidden: bool, slide: Slide, unit: UnitDraft) -> None:
    name = f"s{unit.number}.shape{shape.order}"
    part = Part.HIDDEN_TEXT if hidden else Part.BODY
    where = "hidden, covered or beside the slide" if hidden else ""
    if text is not None:
        for line in text.lines:
            unit.add(part, line.text, level=line.level, box=shape.box, visible=not hidden, shape=name, where=where)
        _hidden_runs(text, unit)
    elif shape.kind == "table":
        _table(shape, hidden, unit, name)
    elif shape.kind == "chart":
        root = slide.part_of(shape.relation)
        for label in read_chart(root) if root is not None else ():
            unit.add(Part.HIDDEN_TEXT if hidden else Part.CHART, label.text, box=shape.box, shape=name, row=label.row,
                     column=label.column, visible=label.visible and not hidden, where=label.where)
    elif shape.kind == "diagram":
        root = slide.part_of(shape.relation)
        for point, level in read_diagram(root) if root is not None else ():
            unit.add(Part.HIDDEN_TEXT if hidden else Part.SMARTART, point, level=level, box=shape.box, shape=name,
                     visible=not hidden, where=where)


def _hidden_runs(text: _Text, unit: UnitDraft) -> None:
    for line in text.lines:
        unit.add(Part.HIDDEN_TEXT, line.hidden, box=text.shape.box, visible=False,
                 shape=f"s{unit.number}.shape{text.shape.order}", where="tiny, or of the colour it stands on")


def _table(shape: Shape, hidden: bool, unit: UnitDraft, name: str) -> None:
    for row, line in enumerate(shape.element.iter(A + "tr")):
        for column, cell in enumerate(line.iterchildren(A + "tc")):
            body = cell.find(A + "txBody")
            if body is None:
                continue
            spanned = cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true")
            lines = paragraphs(body)
            unit.add(Part.HIDDEN_TEXT if hidden or spanned else Part.TABLE,
                     "\n".join(clean(p.text) for p in lines if p.text.strip()), box=shape.box, shape=name, row=row,
                     column=column, visible=not (hidden or spanned),
                     where="a cell that another one covers" if spanned else "")
            for p in lines:
                unit.add(Part.HIDDEN_TEXT, p.hidden, box=shape.box, shape=name, row=row, column=column, visible=False,
                         where="tiny, or of no colour")


def _hidden(shapes: list[Shape], slide: Slide) -> set[int]:
    """Orders of shapes that an audience cannot see: switched off, wholly beside the slide, or covered."""
    width, height = slide.size
    moving = {target.get("spid", "") for target in slide.root.iter(P + "spTgt")}
    found = set()
    covers = [s for s in shapes if s.box and s.number not in moving and not s.hidden and _opaque(s, slide)]
    for shape in shapes:
        box = shape.box
        if shape.hidden:
            found.add(shape.order)
        elif box is not None and (box.x >= width or box.y >= height or box.x + box.width <= 0 or box.y + box.height <= 0):
            if box.width > 0 or box.height > 0:
                found.add(shape.order)
        elif box is not None and box.width > 0 and shape.number not in moving and len(covers) < 400 and any(
                c.order > shape.order and c.box is not None and _inside(box, c.box) for c in covers):
            found.add(shape.order)
    return found


def _opaque(shape: Shape, slide: Slide) -> bool:
    if shape.kind == "picture":
        found = slide.picture_of(shape.relation) if shape.relation else None
        return found is not None and found[2]
    if shape.kind != "text" or shape.own_fill is None or shape.properties is None:
        return False
    geometry = shape.properties.find(A + "prstGeom")
    return geometry is not None and geometry.get("prst") == "rect" and shape.own_fill.find(f"*/{A}alpha") is None


def _inside(inner: Box, outer: Box) -> bool:
    return (outer.x <= inner.x and outer.y <= inner.y and inner.x + inner.width <= outer.x + outer.width
            and inner.y + inner.height <= outer.y + outer.height)


def _beneath(shape: Shape, shapes: list[Shape], slide: Slide) -> str:
    """The colour a text stands on where that is sure: its own fill, or the plain background with nothing between."""
    palette = slide.setting.palette
    if shape.own_fill is not None:
        return palette.colour(shape.own_fill)
    if shape.has_fill or shape.box is None or not palette.background or len(shapes) > 400:
        return ""
    for other in shapes:
        if other.order >= shape.order:
            break
        drawn = other.has_fill or other.kind in ("table", "chart", "object")
        if other.box is not None and drawn and _touch(other.box, shape.box):
            return ""
    return "" if any(_touch(box, shape.box) for box in slide.setting.ground) else palette.background


def _touch(one: Box, two: Box) -> bool:
    return (one.x < two.x + two.width and two.x < one.x + one.width and one.y < two.y + two.height
            and two.y < one.y + one.height)


def _scan_only(slide: Slide, shapes: list[Shape], unit: UnitDraft) -> None:
    """Alternative texts, names given by people, pictures."""
    for shape in shapes:
        if shape.alt:
            unit.add_once(Part.ALT_TEXT, shape.alt, where="alternative text", box=shape.box)
        if shape.alt_title:
            unit.add_once(Part.ALT_TEXT, shape.alt_title, where="title of the alternative text", box=shape.box)
        written = written_name(shape.name, slide.known_names)
        if written:
            unit.add_once(Part.OTHER, written, where="name of a shape", box=shape.box)
        if shape.relation and (shape.kind == "picture" or shape.has_fill):
            found = slide.picture_of(shape.relation)
            if found is not None:
                unit.add_picture(found[0], found[1], shape.box, shape.alt)


def written_name(name: str, known: set[str]) -> str:
    """A shape's name where a person could have written it; '' for those programs give ("TextBox 3"). Each is given once."""
    if not name or name.startswith("Google Shape;") or name in known:
        return ""
    stem = name.rstrip("0123456789 -_:.()").strip().lower()
    known.add(name)
    words = stem.replace("-", " ").replace(":", " ").replace(",", " ").split()
    if not stem or all(word in _program_words() for word in words):
        return ""
    if stem in known:
        return ""
    known.add(stem)
    return name


@cache
def _program_words() -> frozenset[str]:
    return frozenset(_lines("shape_names.txt", split=True))


@cache
def standard_prompts() -> frozenset[str]:
    """What Office itself writes into masters and layouts, lower case."""
    return frozenset(_lines("prompts.txt", split=False))


def _lines(name: str, *, split: bool) -> list[str]:
    lines = [line for line in (_DATA / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    return [word for line in lines for word in line.lower().split()] if split else [line.strip().lower() for line in lines]


def _everything(root: etree._Element, unit: UnitDraft) -> None:
    """A second look at every run of the slide: what no block holds yet is added for scanning, never lost."""
    have = "\n".join(block.text for block in unit.blocks)
    for run in root.iter(A + "t"):
        text = run.text
        if text and text not in have and clean(text) not in have and clean(text).replace("\n", " ") not in have:
            paragraph = run.getparent().getparent()
            whole = "".join(t.text or "" for t in paragraph.iter(A + "t")) if paragraph is not None else text
            _leftover([whole], unit, "elsewhere on the slide")


def _leftover(lines: list[str], unit: UnitDraft, where: str) -> None:
    have = "\n".join(block.text for block in unit.blocks)
    for line in lines:
        if clean(line) and clean(line) not in have:
            unit.add_once(Part.OTHER, line, where=where)


def read_notes(root: etree._Element, unit: UnitDraft) -> None:
    """The speaker notes: one block per paragraph of the notes body; other shapes of the notes page are scanned only."""
    for shape in walk(root).shapes:
        body = shape.element.find(P + "txBody")
        if body is not None:
            name = f"s{unit.number}.notes"
            for line in paragraphs(body):
                if shape.placeholder == "body":
                    unit.add(Part.NOTES, line.text + line.hidden, level=line.level, shape=name)
                elif not (line.text + line.hidden).strip().isdigit():
                    unit.add_once(Part.FOOTER if shape.placeholder in FOOTERS else Part.OTHER, line.text + line.hidden,
                                  where="notes page")
        if shape.alt:
            unit.add_once(Part.ALT_TEXT, shape.alt, where="alternative text on the notes page")
    have = "\n".join(block.text for block in unit.blocks)
    for run in root.iter(A + "t"):
        if run.text and any(char.isalpha() for char in run.text) and clean(run.text) not in have:
            unit.add_once(Part.OTHER, run.text, where="notes page")
