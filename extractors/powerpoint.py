"""PowerPoint: .pptx and its kin (.ppsx, .potx, macro-enabled ones, ISO-Strict), decided by the package's main part.

Read with lxml from the checked package itself (extractors.parts says why without python-pptx): slides in the order of the
show, then everything else in the package. Each part is parsed once; a broken one is listed as unread and the others are
still read.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from content.document import Box, Document, Part
from content.errors import UnreadableFile
from extractors.actions import read_actions
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.drawing import Palette, background_of, scheme_of, text_of
from extractors.names import standard_prompts, written_name
from extractors.parts import Parts
from extractors.pictures import READ_AT_ONCE, is_opaque, kind_of, metadata
from extractors.properties import read_properties
from extractors.rest import Rest
from extractors.shapes import walk
from extractors.slides import Setting, Slide, read_notes, read_slide
from extractors.xml import A, P, R, clean, local, number

if TYPE_CHECKING:
    from lxml import etree

_KINDS = ("presentationml.presentation.main", "presentationml.slideshow.main", "presentationml.template.main",
          "ms-powerpoint.presentation.macroenabled.main", "ms-powerpoint.slideshow.macroenabled.main",
          "ms-powerpoint.template.macroenabled.main")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST_SLIDES = 3000
#: Types of the part that a slide's own things do not include.
_SHARED = frozenset({"slideLayout", "slideMaster", "notesMaster", "handoutMaster", "slide", "theme", "presentation"})
_SHAPES = tuple(P + name for name in ("sp", "pic", "cxnSp", "graphicFrame", "grpSp"))
_MASTERS = re.compile(r"presentationml\.(slideMaster|slideLayout|notesMaster|handoutMaster)\+xml")
_MASTER_FOLDERS = ("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/handoutMasters/")
_AGAIN = "Open it in PowerPoint and save it again"


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
        draft = DocumentDraft(file, MEDIA_TYPE)
        parts = Parts(draft, file.package, read_properties(draft, file.package))
        _Reader(file, draft, parts).read()
        Rest(parts).read()
        _repeated_lines(draft)
        return draft.build()


EXTRACTOR = PowerPoint()


class _Reader:
    """Goes through the slides of one deck."""

    def __init__(self, file: InputFile, draft: DocumentDraft, parts: Parts) -> None:
        self.file, self.draft, self.parts = file, draft, parts
        self._settings: dict[str, Setting] = {}
        self._pictures: dict[str, tuple[str, str, bool] | None] = {}
        self._names: set[str] = set()

    def read(self) -> None:
        main = self.file.package.main_part
        root = self.parts.parsed(main)
        if root is None or local(root.tag) != "presentation":
            raise UnreadableFile(self.file.name, "is damaged: its list of slides cannot be read", _AGAIN)
        self.parts.done.add(main)
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
        slides = [self._enter(main, entry, sections) for entry in entries]
        if not any(name for _, name in slides):
            raise UnreadableFile(self.file.name, "is damaged: its slides cannot be found", _AGAIN)
        for unit, name in slides:
            if name:
                self._slide(unit, name)
        self._masters()

    def _enter(self, main: str, entry: etree._Element, sections: dict[str, str]) -> tuple[UnitDraft, str]:
        unit = self.draft.new_unit("slide")
        unit.section = sections.get(entry.get("id", ""), "")
        name = self.parts.target(main, entry.get(R + "id", ""))
        if name:
            self.parts.own(name, unit, _SHARED)
        else:
            self.draft.not_read(f"slide {unit.number}", "the slide is missing or damaged", unit.number)
        return unit, name

    def _slide(self, unit: UnitDraft, part: str) -> None:
        root = self.parts.parsed(part)
        self.parts.done.add(part)
        if root is None or local(root.tag) != "sld":
            self.draft.not_read(f"slide {unit.number}", "the slide is missing or damaged", unit.number)
            return
        unit.hidden = root.get("show") in ("0", "false")
        setting = self._setting(self.parts.kin(part, "slideLayout"))
        unit.layout = setting.name
        common = root.find(P + "cSld")
        palette = setting.palette
        own_ground = background_of(common, palette)
        override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if own_ground is not None or override is not None:
            palette = Palette(palette.scheme, own_ground or "" if override is None else "")
            setting = Setting(setting.name, setting.boxes, palette, setting.ground)
        slide = Slide(root, setting, self.size, lambda rid: self._tree_of(part, rid), lambda rid: self._picture(part, rid),
                      lambda rid: self._glance(part, rid), self._names)
        try:
            read_slide(slide, unit)
            name = common.get("name", "") if common is not None else ""
            unit.add_once(Part.PROPERTY, written_name(name, self._names), where="name of the slide")
            read_actions(root, unit)
            notes = self.parts.kin(part, "notesSlide")
            notes_root = self.parts.parsed(notes) if notes else None
            if notes_root is not None:
                read_notes(notes_root, unit)
                self.parts.done.add(notes)
        except RecursionError:
            self.draft.not_read(f"slide {unit.number}", "its groups are nested too deep", unit.number)
        if unit.pictures and not any(b.readable and b.part is not Part.NOTES for b in unit.blocks):
            self.draft.not_read(f"slide {unit.number}", "only a picture; its words were not read", unit.number)

    def _setting(self, layout: str) -> Setting:
        if layout not in self._settings:
            self._settings[layout] = self._inherit(layout) if layout else Setting()
        return self._settings[layout]

    def _inherit(self, layout: str) -> Setting:
        master = self.parts.kin(layout, "slideMaster")
        root, master_root = self.parts.tree(layout), self.parts.tree(master)
        theme = self.parts.kin(master, "theme") if master else ""
        setting = Setting(palette=Palette(scheme_of(self.parts.tree(theme) if theme else None,
                                                    master_root.find(P + "clrMap") if master_root is not None else None)))
        ground: list[Box] = []
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
                    ground.append(shape.box)
        setting.ground = tuple(ground)
        if root is not None:
            common = root.find(P + "cSld")
            named = {"title": "Title Slide", "secHead": "Section Header"}
            setting.name = named.get(root.get("type", ""), common.get("name", "") if common is not None else "")
        return setting

    def _tree_of(self, part: str, rid: str) -> etree._Element | None:
        """The chart or diagram behind a relationship; read as part of the slide, so nobody reads it again."""
        target = self.parts.target(part, rid)
        root = self.parts.trees.get(target) if target else None
        if root is None and target:
            root = self.parts.tree(target)
            self.parts.done.add(target)
        return root

    def _glance(self, part: str, rid: str) -> etree._Element | None:
        """A part behind a relationship that is still to be read with the rest of the package."""
        target = self.parts.target(part, rid) if rid else ""
        return self.parts.tree(target) if target else None

    def _picture(self, part: str, rid: str) -> tuple[str, str, bool] | None:
        """Hash, media type and opaqueness of an embedded picture; None for a linked or missing one.

        What is written in the picture's file is added to the unit that shows it first, so that it is unpacked once.
        """
        name = self.parts.target(part, rid)
        if not name:
            return None
        if name not in self._pictures:
            data = self.parts.data(name)
            kind = kind_of(data, self.file.package.type_of(name)) if data else ""
            self._pictures[name] = (hashlib.sha256(data).hexdigest(), kind, is_opaque(data)) if data else None
            for label, text in metadata(data) if data else ():
                self.parts.unit(name).add_once(Part.PROPERTY, text, where=f"{name}, picture metadata ({label})")
            if kind in READ_AT_ONCE:
                self.parts.named(name)
                self.parts.done.add(name)
        return self._pictures[name]

    def _masters(self) -> None:
        """What people wrote on masters and layouts; the prompts that Office puts there are no text of anybody's."""
        whole = self.draft.whole
        for name in self.file.package.names:
            if not _MASTERS.search(self.file.package.type_of(name)) and not name.startswith(_MASTER_FOLDERS):
                continue
            root = self.parts.tree(name) if name.endswith(".xml") else None
            if root is None or local(root.tag) not in ("sldMaster", "sldLayout", "notesMaster", "handoutMaster"):
                continue
            self.parts.done.add(name)
            del self.parts.trees[name]
            for shape in root.iter(*_SHAPES):
                told = shape.find(f"*/{P}cNvPr")
                if told is not None:
                    for key in ("descr", "title"):
                        whole.add_once(Part.ALT_TEXT, told.get(key, ""), where=f"{name}, alternative text")
                    whole.add_once(Part.OTHER, written_name(told.get("name", ""), self._names),
                        where=f"{name}, name of a shape")
                lines = _lines(shape)
                held = bool(lines) and shape.find(f"*/{P}nvPr/{P}ph") is not None
                for line in lines:
                    if line.lower().rstrip(" .") not in standard_prompts() and line.lower() not in standard_prompts():
                        whole.add_once(Part.MASTER, line, where=name, visible=not held)
            common = root.find(P + "cSld")
            if common is not None and local(root.tag) == "sldLayout":
                shown = common.get("name", "").partition("_")[2] or common.get("name", "")
                if shown.lstrip("0123456789_ ").lower() not in standard_prompts():
                    whole.add_once(Part.OTHER, written_name(common.get("name", ""), self._names),
                                   where=f"{name}, name of the layout")


def _lines(shape: etree._Element) -> list[str]:
    """The lines with words of one shape itself; those in a group are asked one by one."""
    holder = shape.find(P + "txBody") if shape.tag != P + "graphicFrame" else shape
    lines = text_of(holder).split("\n") if holder is not None else []
    return [clean(line) for line in lines if any(char.isalpha() for char in line)]


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
