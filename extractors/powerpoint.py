"""PowerPoint: .pptx and its kin (.ppsx, .potx, macro-enabled ones, ISO-Strict), decided by the package's main part.

python-pptx loads the package and resolves slides, layouts and relationships; the walk over shapes and over every other
part of the package reads the trees that python-pptx parsed, so nothing is parsed twice. One broken part is listed as
unread and the others are still read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.drawing import Palette, background_of, scheme_of
from extractors.pictures import is_opaque, kind_of
from extractors.properties import read_properties
from extractors.rest import Rest
from extractors.shapes import walk
from extractors.slides import Setting, Slide, read_notes, read_slide, standard_prompts, written_name
from extractors.xml import A, P, R, UnsafeXml, clean, local, number, parse

if TYPE_CHECKING:
    from lxml import etree
    from pptx.opc.package import Part as DeckPart

_KINDS = ("presentationml.presentation.main", "presentationml.slideshow.main", "presentationml.template.main",
          "ms-powerpoint.presentation.macroenabled.main", "ms-powerpoint.slideshow.macroenabled.main",
          "ms-powerpoint.template.macroenabled.main")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST_SLIDES = 3000
#: Types of the part that a slide's own things do not include.
_SHARED = ("slideLayout", "slideMaster", "notesMaster", "handoutMaster", "slide", "theme", "presentation")


class PowerPoint:
    """The extractor of PowerPoint packages."""

    name = "powerpoint"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")

    def sniff(self, file: InputFile) -> int:
        """Certain when the main part of the package is a presentation."""
        kind = file.main_type.lower()
        return 100 if any(known in kind for known in _KINDS) else 0

    def extract(self, file: InputFile) -> Document:
        """Read a deck. Raises UnreadableFile when it has no slides or its frame is broken."""
        from extractors._deck import load

        draft = DocumentDraft(file, MEDIA_TYPE)
        done = read_properties(draft, file.package)
        deck = load(file, draft)
        reader = _Reader(file, draft, deck.main, deck.parts)
        reader.read()
        rest = Rest(draft, file.package, reader.trees, reader.owners, done | reader.done)
        rest.read()
        _repeated_lines(draft)
        return draft.build()


EXTRACTOR = PowerPoint()


class _Reader:
    """Goes through the slides of one deck."""

    def __init__(self, file: InputFile, draft: DocumentDraft, main: DeckPart, parts: dict[str, DeckPart]) -> None:
        self.file, self.draft, self.main, self.parts = file, draft, main, parts
        self.done: set[str] = {_name(main)}
        self.owners: dict[str, UnitDraft] = {}
        self.trees: dict[str, etree._Element] = {}
        self._settings: dict[str, Setting] = {}
        self._pictures: dict[str, tuple[str, str, bool] | None] = {}
        self._names: set[str] = set()

    def read(self) -> None:
        root = _element(self.main)
        if root is None or local(root.tag) != "presentation":
            raise UnreadableFile(self.file.name, "is damaged: its list of slides cannot be read",
                                 "Open it in PowerPoint and save it again")
        size = root.find(P + "sldSz")
        width, height = (number(size.get("cx")), number(size.get("cy"))) if size is not None else (0, 0)
        self.size = (width or 9144000, height or 6858000)
        self.draft.size = (float(self.size[0]), float(self.size[1]))
        entries = root.findall(f"{P}sldIdLst/{P}sldId")
        if not entries:
            raise UnreadableFile(self.file.name, "has no slides", "Check that it is the right file")
        if len(entries) > MOST_SLIDES:
            raise UnreadableFile(self.file.name, f"has more than {MOST_SLIDES} slides", "Split it and try again")
        sections = _sections(root)
        for section in dict.fromkeys(sections.values()):
            self.draft.whole.add_once(Part.PROPERTY, section, where="name of a section")
        for show in root.iterfind(f"{P}custShowLst/{P}custShow"):
            self.draft.whole.add_once(Part.PROPERTY, show.get("name", ""), where="name of a custom show")
        slides = [self._enter(entry, sections) for entry in entries]
        for unit, part in slides:
            if part is not None:
                self._slide(unit, part)
        self._masters()

    def _enter(self, entry: etree._Element, sections: dict[str, str]) -> tuple[UnitDraft, DeckPart | None]:
        unit = self.draft.new_unit("slide")
        unit.section = sections.get(entry.get("id", ""), "")
        part = _related(self.main, entry.get(R + "id", ""))
        root = _element(part) if part is not None else None
        if part is None or root is None or local(root.tag) != "sld":
            self.draft.not_read(f"slide {unit.number}", "the slide is missing or damaged", unit.number)
            return unit, None
        self._own(part, unit, 0)
        return unit, part

    def _own(self, part: DeckPart, unit: UnitDraft, depth: int) -> None:
        """Note that a part and what hangs on it belong to the unit."""
        name = _name(part)
        if name in self.owners or depth > 8:
            return
        self.owners[name] = unit
        for relation in part.rels.values():
            if not relation.is_external and relation.reltype.rpartition("/")[2] not in _SHARED:
                self._own(relation.target_part, unit, depth + 1)

    def _slide(self, unit: UnitDraft, part: DeckPart) -> None:
        root = _element(part)
        if root is None:
            return
        unit.hidden = root.get("show") in ("0", "false")
        layout = _kin(part, "slideLayout")
        setting = self._setting(layout)
        unit.layout = setting.name
        common = root.find(P + "cSld")
        palette = setting.palette
        own_ground = background_of(common, palette)
        override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if own_ground is not None or override is not None:
            palette = Palette(palette.scheme, own_ground or "" if override is None else "")
            setting = Setting(setting.name, setting.boxes, palette, setting.ground)
        slide = Slide(root, setting, self.size, lambda rid: self._tree_of(part, rid), lambda rid: self._picture(part, rid),
                      self._names)
        try:
            read_slide(slide, unit)
            name = common.get("name", "") if common is not None else ""
            unit.add_once(Part.PROPERTY, written_name(name, self._names), where="name of the slide")
            _actions(root, unit)
            notes = _kin(part, "notesSlide")
            notes_root = _element(notes) if notes is not None else None
            if notes is not None and notes_root is not None:
                read_notes(notes_root, unit)
                self.done.add(_name(notes))
        except RecursionError:
            self.draft.not_read(f"slide {unit.number}", "its groups are nested too deep", unit.number)
        self.done.add(_name(part))
        if unit.pictures and not any(b.readable and b.part is not Part.NOTES for b in unit.blocks):
            self.draft.not_read(f"slide {unit.number}", "only a picture; its words were not read", unit.number)

    def _setting(self, layout: DeckPart | None) -> Setting:
        if layout is None:
            return Setting()
        name = _name(layout)
        if name not in self._settings:
            self._settings[name] = self._inherit(layout)
        return self._settings[name]

    def _inherit(self, layout: DeckPart) -> Setting:
        root, master = _element(layout), _kin(layout, "slideMaster")
        master_root = _element(master) if master is not None else None
        theme = _kin(master, "theme") if master is not None else None
        setting = Setting(palette=Palette(scheme_of(self._tree(theme) if theme is not None else None,
                                                    master_root.find(P + "clrMap") if master_root is not None else None)))
        ground: list[etree._Element] = []
        for level in (master_root, root):
            if level is None:
                continue
            own = background_of(level.find(P + "cSld"), setting.palette)
            setting.palette.background = setting.palette.background if own is None else own
            for shape in walk(level).shapes:
                if shape.placeholder and shape.box is not None:
                    kind = "title" if shape.placeholder == "ctrTitle" else shape.placeholder
                    setting.boxes.setdefault("body" if kind == "obj" else kind, shape.box)
                    if level is root:
                        setting.boxes[f"#{shape.index}"] = shape.box
                        setting.boxes["body" if kind == "obj" else kind] = shape.box
                elif shape.box is not None and shape.has_fill:
                    ground.append(shape)
        setting.ground = tuple(shape.box for shape in ground)
        if root is not None:
            common = root.find(P + "cSld")
            named = {"title": "Title Slide", "secHead": "Section Header"}
            setting.name = named.get(root.get("type", ""), common.get("name", "") if common is not None else "")
        return setting

    def _tree(self, part: DeckPart) -> etree._Element | None:
        """The root of any XML part: python-pptx's own tree, or parsed once."""
        name = _name(part)
        if name not in self.trees:
            root = _element(part)
            if root is None:
                try:
                    root = parse(part.blob)
                except UnsafeXml as error:
                    owner = self.owners.get(name)
                    self.draft.not_read(name, str(error), owner.number if owner else 0)
                    self.done.add(name)
                    return None
            self.trees[name] = root
        return self.trees[name]

    def _tree_of(self, part: DeckPart, rid: str) -> etree._Element | None:
        """The chart or diagram behind a relationship; read as part of the slide, so nobody reads it again."""
        target = _related(part, rid)
        root = self._tree(target) if target is not None else None
        if target is not None and root is not None:
            self.done.add(_name(target))
        return root

    def _picture(self, part: DeckPart, rid: str) -> tuple[str, str, bool] | None:
        """Hash, media type and opaqueness of an embedded picture; None for a linked or missing one."""
        target = _related(part, rid)
        if target is None:
            return None
        name = _name(target)
        if name not in self._pictures:
            data = target.blob
            kind = kind_of(data, target.content_type)
            self._pictures[name] = (hashlib.sha256(data).hexdigest(), kind, is_opaque(data)) if data else None
        return self._pictures[name]

    def _masters(self) -> None:
        """What people wrote on masters and layouts; the prompts that Office puts there are no text of anybody's."""
        whole = self.draft.whole
        for name, part in self.parts.items():
            root = _element(part)
            if root is None or local(root.tag) not in ("sldMaster", "sldLayout", "notesMaster", "handoutMaster"):
                continue
            self.done.add(name)
            for shape in walk(root).shapes:
                for text in (shape.alt, shape.alt_title):
                    whole.add_once(Part.ALT_TEXT, text, where=f"{name}, alternative text")
                whole.add_once(Part.OTHER, written_name(shape.name, self._names), where=f"{name}, name of a shape")
                for line in _lines(shape.element):
                    if line.lower().rstrip(" .") not in standard_prompts() and line.lower() not in standard_prompts():
                        whole.add_once(Part.MASTER, line, where=name, visible=not shape.placeholder)
            common = root.find(P + "cSld")
            if common is not None and local(root.tag) == "sldLayout":
                shown = common.get("name", "").partition("_")[2] or common.get("name", "")
                if shown.lstrip("0123456789_ ").lower() not in standard_prompts():
                    whole.add_once(Part.OTHER, written_name(common.get("name", ""), self._names),
                                   where=f"{name}, name of the layout")


def _lines(element: etree._Element) -> list[str]:
    body = element.find(P + "txBody")
    holder = element if body is None and local(element.tag) == "graphicFrame" else body
    if holder is None:
        return []
    found = ["".join(t.text or "" for t in p.iter(A + "t")) for p in holder.iter(A + "p")]
    return [clean(line) for line in found if any(char.isalpha() for char in line)]


def _actions(root: etree._Element, unit: UnitDraft) -> None:
    """Tips of links, and actions that would run something."""
    for link in root.iter(A + "hlinkClick", A + "hlinkMouseOver", A + "hlinkHover"):
        unit.add_once(Part.LINK, link.get("tooltip", ""), where="tip of a link")
        action = link.get("action", "")
        if "macro" in action or "program" in action:
            unit.add_once(Part.LINK, action, where="action")
    for sound in root.iter(P + "snd"):
        unit.add_once(Part.OTHER, sound.get("name", ""), where="name of a sound")
    for control in root.iter(P + "control"):
        unit.add_once(Part.OTHER, control.get("name", ""), where="name of a control")


def _sections(root: etree._Element) -> dict[str, str]:
    """Slide id -> name of its section."""
    return {entry.get("id", ""): section.get("name", "") for section in root.iter("{*}section")
            for entry in section.iter("{*}sldId")}


def _repeated_lines(draft: DocumentDraft) -> None:
    """A short text at the same place at the foot or head of most slides is a footer, whatever its shape is called."""
    if len(draft.units) < 5 or draft.size is None:
        return
    height = draft.size[1]
    count: dict[tuple[str, float, float], int] = {}
    for unit in draft.units:
        for block in unit.blocks:
            if block.part is Part.BODY and block.box is not None and len(block.text) < 120 and (
                    block.box.y > 0.88 * height or block.box.y + block.box.height < 0.09 * height):
                key = (block.text, round(block.box.x / 50000), round(block.box.y / 50000))
                count[key] = count.get(key, 0) + 1
    usual = {key for key, times in count.items() if times >= max(4, len(draft.units) // 2)}
    for unit in draft.units if usual else ():
        unit.blocks = [block.model_copy(update={"part": Part.FOOTER}) if block.part is Part.BODY and block.box and (
            block.text, round(block.box.x / 50000), round(block.box.y / 50000)) in usual else block for block in unit.blocks]


def _name(part: DeckPart) -> str:
    return str(part.partname).lstrip("/")


def _element(part: DeckPart) -> etree._Element | None:
    from pptx.opc.package import XmlPart

    return part._element if isinstance(part, XmlPart) else None


def _related(part: DeckPart, rid: str) -> DeckPart | None:
    relation = part.rels.get(rid) if rid else None
    return None if relation is None or relation.is_external else relation.target_part


def _kin(part: DeckPart, kind: str) -> DeckPart | None:
    return next((r.target_part for r in part.rels.values() if not r.is_external and r.reltype.endswith("/" + kind)), None)
