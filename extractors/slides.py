"""One slide: its shapes in the order a person reads them, what of them is hidden, its notes, links and names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors import visibility
from extractors.building import UnitDraft
from extractors.covering import Ground, moving
from extractors.diagrams import drawn_by, placed, read_chart, read_diagram
from extractors.drawing import PLAIN, Palette, Paragraph, paragraphs, text_of
from extractors.names import written_name
from extractors.reading_order import Place, read_order
from extractors.shapes import Shape, walk
from extractors.strings import Said, is_code, words_in
from extractors.xml import A, P, clean

if TYPE_CHECKING:
    from lxml import etree

_CELL_FILL = f"{A}tcPr/{A}solidFill"
_SAYING = frozenset({"table", "chart", "diagram"})
_TITLES = frozenset({"title", "ctrTitle"})
FOOTERS = frozenset({"ftr", "dt", "sldNum", "hdr"})


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
    #: A part that somebody else still reads.
    glance: Callable[[str], etree._Element | None]
    known_names: set[str]
    #: How many characters of it have been read.
    letters: int = 0


class _Text:
    """The paragraphs of one shape, with what reading order and title ask of them."""

    __slots__ = ("lines", "shape", "size", "text")

    def __init__(self, shape: Shape, lines: list[Paragraph]) -> None:
        self.shape, self.lines = shape, lines
        said = [line for line in lines if line.text.strip()]
        self.text = " ".join(clean(line.text).replace("\n", " ") for line in said)
        self.size = max((line.size for line in said), default=0) or 1800


def read_slide(slide: Slide, unit: UnitDraft) -> None:
    """Fill the unit with everything on the slide itself (its notes and comments come from elsewhere)."""
    tree = walk(slide.root)
    setting = slide.setting
    ground = Ground(tree.shapes, slide.size, setting.palette, setting.ground, slide.picture_of, moving(slide.root))
    texts: dict[int, _Text] = {}
    unseen: dict[int, str] = {}
    for shape in tree.shapes:
        if shape.box is None and shape.placeholder:
            shape.box = slide.setting.box(shape)
    for shape in tree.shapes:
        if shape.body is not None:
            texts[shape.order] = text = _Text(shape, _paragraphs(shape, ground))
            slide.letters += sum(line.letters for line in text.lines)
            if not text.text:
                continue
        elif shape.kind not in _SAYING:
            continue
        why = ground.unseen(shape)
        if why:
            unseen[shape.order] = why
    shown = [text for order, text in texts.items() if order not in unseen and text.text]
    title = _title(shown, slide.size)
    if title is not None:
        unit.title = title.text
        unit.add(Part.TITLE, title.text, box=title.shape.box, shape=f"s{unit.number}.shape{title.shape.order}")
    footers = [s for s in tree.shapes if s.placeholder in FOOTERS]
    body = [s for s in tree.shapes if s.placeholder not in FOOTERS and (title is None or s is not title.shape)]
    for shape in _in_order(body, texts, slide.size):
        _emit(shape, texts.get(shape.order), unseen.get(shape.order, ""), slide, unit)
    if title is not None:
        _hidden_runs(title, unit)
    for shape in footers:
        if shape.order in texts:
            why = unseen.get(shape.order, "")
            unit.add(Part.FOOTER, texts[shape.order].text, box=shape.box, visible=not why, where=why)
            _hidden_runs(texts[shape.order], unit)
    _scan_only(slide, tree.shapes, unit)
    said = Said(block.text for block in unit.blocks) if tree.fallbacks else Said(())
    for fallback in tree.fallbacks:
        for line in text_of(fallback).split("\n"):
            _leftover(line, unit, said, visibility.OLD_PROGRAMS)
    _everything(slide, unit)
    if tree.too_deep:
        raise RecursionError


def _paragraphs(shape: Shape, ground: Ground) -> list[Paragraph]:
    body = shape.body
    if body is None:
        return []
    manner = ground.manner(shape)
    beneath = ground.beneath(shape) if manner is not None or ground.matters(body) else ""
    return paragraphs(body, beneath, ground.palette, manner or PLAIN)


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
    inner = {order: position for position, order in enumerate(read_order(places, *size))}
    leader = _leaders(placed, size)
    if not leader:
        return sorted(shapes, key=lambda s: (inner.get(s.order, 10**6), s.order))
    rank = {order: position for position, order in enumerate(read_order(_grouped(places, leader), *size))}
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


def _grouped(places: list[Place], leaders: dict[int, int]) -> list[Place]:
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


def _emit(shape: Shape, text: _Text | None, why: str, slide: Slide, unit: UnitDraft) -> None:
    name = f"s{unit.number}.shape{shape.order}"
    if text is not None:
        part = Part.HIDDEN_TEXT if why else Part.BODY
        for line in text.lines:
            if line.text:
                unit.add(part, line.text, level=line.level, box=shape.box, visible=not why, shape=name, where=why,
                         numbered=line.numbered)
        _hidden_runs(text, unit)
    elif shape.kind == "table":
        _table(shape, why, slide, unit, name)
    elif shape.kind == "chart":
        root = slide.part_of(shape.relation)
        for label in read_chart(root) if root is not None else ():
            unit.add(Part.HIDDEN_TEXT if why else Part.CHART, label.text, box=shape.box, shape=name, row=label.row,
                     column=label.column, visible=label.visible and not why, where=why or label.where, value=label.value)
    elif shape.kind == "diagram":
        root = slide.part_of(shape.relation)
        points = read_diagram(root) if root is not None else []
        drawing = slide.glance(drawn_by(root)) if root is not None else None
        for (point, level), box in zip(points, placed(points, drawing, shape.box), strict=True):
            unit.add(Part.HIDDEN_TEXT if why else Part.SMARTART, point, level=level, box=box, shape=name,
                     visible=not why, where=why)


def _hidden_runs(text: _Text, unit: UnitDraft) -> None:
    for line in text.lines:
        if line.hidden:
            unit.add(Part.HIDDEN_TEXT, line.hidden, box=text.shape.box, visible=False,
                     shape=f"s{unit.number}.shape{text.shape.order}", where=line.why)


def _table(shape: Shape, why: str, slide: Slide, unit: UnitDraft, name: str) -> None:
    palette = slide.setting.palette
    for row, line in enumerate(shape.element.iter(A + "tr")):
        for column, cell in enumerate(line.iterchildren(A + "tc")):
            body = cell.find(A + "txBody")
            if body is None:
                continue
            lines = paragraphs(body, palette.colour(cell.find(_CELL_FILL)), palette)
            spanned = cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true")
            slide.letters += sum(line.letters for line in lines)
            unseen = why or (visibility.MERGED if spanned else "")
            unit.add(Part.HIDDEN_TEXT if unseen else Part.TABLE,
                     "\n".join(clean(p.text) for p in lines if p.text.strip()), box=shape.box, shape=name, row=row,
                     column=column, visible=not unseen, where=unseen)
            for p in lines:
                if p.hidden:
                    unit.add(Part.HIDDEN_TEXT, p.hidden, box=shape.box, shape=name, row=row, column=column, visible=False,
                             where=p.why)


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


def _everything(slide: Slide, unit: UnitDraft) -> None:
    """A second look at every text of the slide: what no block holds yet is added for scanning, never lost.

    On most slides the number of characters tells that there is nothing more.
    """
    root = slide.root
    lost = len(root.xpath("string()")) != slide.letters
    more = [found for place in ("extLst", "cSld/extLst") if (found := root.find(P + place.replace("/", f"/{P}"))) is not None]
    if not lost and not more:
        return
    said = Said(block.text for block in unit.blocks)
    if lost:
        _lost_runs(root, unit, said)
        for text in _other_texts()(root):
            if any(char.isalpha() for char in text) and not is_code(text.strip()):
                _leftover(text, unit, said, "elsewhere on the slide")
    for each in more:
        for text in words_in(each):
            _leftover(text, unit, said, "an extension of the slide")


def _lost_runs(root: etree._Element, unit: UnitDraft, said: Said) -> None:
    for run in root.iter(A + "t"):
        text = run.text
        if text and not said.says(clean(text)):
            paragraph = run.getparent().getparent()
            whole = "".join(t.text or "" for t in paragraph.iter(A + "t")) if paragraph is not None else text
            _leftover(whole, unit, said, "elsewhere on the slide")


@cache
def _other_texts() -> etree.XPath:
    """Texts outside a:t, which only extensions and odd programs write; names of what an animation changes are no text."""
    from lxml import etree

    known = "parent::a:t or parent::a:tableStyleId or parent::p:attrName"
    return etree.XPath(f"//text()[normalize-space()][not({known})]", smart_strings=False,
                       namespaces={"a": A[1:-1], "p": P[1:-1]})


def _leftover(text: str, unit: UnitDraft, said: Said, where: str) -> None:
    text = clean(text)
    if text and not said.says(text):
        unit.add_once(Part.OTHER, text, where=where)
        said.add(text)


def read_notes(root: etree._Element, unit: UnitDraft) -> None:
    """The speaker notes: one block per paragraph of the notes body; other shapes of the notes page are scanned only."""
    for shape in walk(root).shapes:
        body = shape.body
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
    said = Said(block.text for block in unit.blocks)
    for run in root.iter(A + "t"):
        if run.text and any(char.isalpha() for char in run.text) and not said.says(clean(run.text)):
            unit.add_once(Part.OTHER, run.text, where="notes page")
