"""Every part of an Office package that the slides or paragraphs did not use, read for scanning.

A part is either understood (comments, tags, custom XML, embedded files, media names, ...), known to hold no words of
anybody (styles, layouts of diagrams), read as plain strings, or listed as unread. Nothing is skipped in silence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.diagrams import diagram_drawing, read_chart, read_diagram
from extractors.drawing import text_of
from extractors.package import Package
from extractors.pictures import metadata
from extractors.xml import A, UnsafeXml, local, parse

if TYPE_CHECKING:
    from lxml import etree

#: Root elements of parts that hold no words a person wrote: settings, styles, geometry, ink strokes.
_WORDLESS = frozenset({"tblStyleLst", "viewPr", "presentationPr", "layoutDef", "styleDef", "colorsDef", "chartStyle",
                       "colorStyle", "datastoreItem", "ink", "revInfo", "webSettings", "fonts", "styles", "numbering",
                       "Types", "Relationships", "taskpane", "taskpanes", "sldSyncPr", "glossaryDocument", "calcChain",
                       "styleSheet"})
_AUTO_MEDIA = re.compile(r"(image|media|audio|video|hdphoto|thumbnail|picture|ppt|oleObject|chart|model3d|font|\.)[\d_]*",
                         re.IGNORECASE)
_NAMES = frozenset({"name", "title", "descr", "description", "displayName", "author", "userId", "initials", "val", "value",
                    "caption", "tooltip", "contentTypeName", "userName", "providerId"})
_CODE = re.compile(r"\{?[0-9A-Fa-f-]{20,}\}?|[a-z]+[A-Z]\w*|\w+:\w+|[\d.,\s-]+|"
                   r"(true|false|none|auto|on|off|AD|None|Windows Live)")
_SOUND_AND_FILM = re.compile(r"\.(mp3|m4a|wav|wma|aac|ogg|mp4|m4v|mov|avi|wmv|mpe?g|mkv|webm|swf)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(png|jpe?g|jfif|gif|bmp|dib|tiff?|emf|wmf|emz|wmz|wdp|jxr|webp|ico|eps|pict|heic|avif)$",
                      re.IGNORECASE)
_FONT = re.compile(r"\.(fntdata|odttf|ttf|otf)$", re.IGNORECASE)
_MOST_TEXT = 8000


class Rest:
    """Walks over the parts of a package that nobody has read."""

    def __init__(self, draft: DocumentDraft, package: Package, trees: dict[str, etree._Element],
                 owners: dict[str, UnitDraft], done: set[str]) -> None:
        """`trees` are roots parsed already, `owners` say which unit a part hangs on, `done` parts are left alone."""
        self.draft, self.package, self.trees, self.owners, self.done = draft, package, trees, owners, done
        self._authors: dict[str, str] = {}

    def read(self) -> None:
        """Read them all, in the order of the package's directory."""
        names = self.package.names
        for name in names:
            if name not in self.done and re.search(r"(commentAuthors|authors|persons?/person)\d*\.xml$", name, re.IGNORECASE):
                self._read_authors(name)
        for name in names:
            if name.endswith(".rels"):
                self._links(name)
            elif name not in self.done and not name.lower().startswith("docprops/thumbnail"):
                self._part(name)
        for odd in self.package.odd:
            self.draft.not_read(odd.where, odd.why)
        for name, remarks in self.package.remarks.items():
            for remark in remarks:
                if any(char.isalpha() for char in remark):
                    self._unit(name).add_once(Part.HIDDEN_TEXT, remark, where=f"{name}, XML comment")

    def _unit(self, name: str) -> UnitDraft:
        return self.owners.get(name, self.draft.whole)

    def _part(self, name: str) -> None:
        lower, kind, unit = name.lower(), self.package.type_of(name).lower(), self._unit(name)
        if lower.startswith(("[content_types]", "__macosx/")) or lower.endswith((".ds_store", "desktop.ini", "thumbs.db")):
            return
        self._file_name(name, unit)
        if "vbaproject" in lower and lower.endswith(".bin"):
            self.draft.not_read(name, "macros (VBA); they were not read and are never run", unit.number)
        elif "printersettings" in lower:
            self._printer(name)
        elif "activex" in lower and lower.endswith(".bin"):
            self.draft.not_read(name, "an ActiveX control; its content was not read", unit.number)
        elif "/embeddings/" in lower or "oleobject" in kind or kind.endswith((".package", "spreadsheetml.sheet")):
            self._embedded(name, unit)
        elif lower.endswith((".xml", ".vml", ".svg", ".vtt")) or kind.endswith(("+xml", "/xml")):
            self._xml(name, unit)
        elif _PICTURE.search(lower) or kind.startswith("image/"):
            self._picture(name, unit)
        elif _SOUND_AND_FILM.search(lower) or kind.startswith(("audio/", "video/")):
            self.draft.not_read(name, "sound or film; what is said in it was not read", unit.number)
        elif not (_FONT.search(lower) or self.package.size(name) == 0):
            self._embedded(name, unit)

    def _file_name(self, name: str, unit: UnitDraft) -> None:
        base = name.rpartition("/")[2].rpartition(".")[0]
        plain = _AUTO_MEDIA.fullmatch(base) or base.startswith("Microsoft_")
        if ("/media/" in name or "/embeddings/" in name) and not plain:
            unit.add_once(Part.PROPERTY, name.rpartition("/")[2], where="name of a file inside")

    def _bytes(self, name: str, unit: UnitDraft) -> bytes | None:
        try:
            return self.package.read(name)
        except UnsafeXml as error:
            self.draft.not_read(name, str(error), unit.number)
            return None

    def _tree(self, name: str, unit: UnitDraft) -> etree._Element | None:
        if name in self.trees:
            return self.trees[name]
        data = self._bytes(name, unit)
        if not data:
            return None
        try:
            return parse(data)
        except UnsafeXml as error:
            self.draft.not_read(name, str(error), unit.number)
            return None

    def _embedded(self, name: str, unit: UnitDraft) -> None:
        from extractors.embedded import read_embedded

        data = self._bytes(name, unit)
        if data:
            read_embedded(self.draft, unit, name, data)

    def _picture(self, name: str, unit: UnitDraft) -> None:
        data = self._bytes(name, unit)
        for label, text in metadata(data) if data else ():
            unit.add_once(Part.PROPERTY, text, where=f"{name}, picture metadata ({label})")

    def _printer(self, name: str) -> None:
        data = self._bytes(name, self.draft.whole) or b""
        device = data[:64].decode("utf-16-le", "replace").partition("\0")[0]
        if device.isprintable() and sum(char.isalpha() for char in device) > 2:
            self.draft.whole.add_once(Part.PROPERTY, device, where="printer")

    def _links(self, rels: str) -> None:
        """Addresses outside the file: link targets, linked pictures, linked workbooks, templates."""
        folder, _, base = rels.removesuffix(".rels").rpartition("_rels/")
        try:
            outside = b"External" in self.package.read(rels)
        except UnsafeXml:
            return
        for _, kind, target, external in self.package.relations(folder + base) if outside else ():
            if external:
                what = kind.rpartition("/")[2]
                where = "link" if what == "hyperlink" else f"linked {what}"
                self._unit(folder + base).add_once(Part.LINK, target, where=where)

    def _xml(self, name: str, unit: UnitDraft) -> None:
        if name.endswith(".vtt"):
            data = self._bytes(name, unit) or b""
            unit.add_once(Part.OTHER, data.decode("utf-8", "replace"), where=f"{name}, captions")
            return
        root = self._tree(name, unit)
        if root is None:
            return
        kind = local(root.tag)
        if kind in _WORDLESS:
            return
        reader = _KINDS.get(kind)
        if reader is not None:
            reader(self, name, root, unit)
        else:
            self._strings(name, root, unit)

    def _read_authors(self, name: str) -> None:
        root = self._tree(name, self.draft.whole)
        self.done.add(name)
        for item in root.iter() if root is not None else ():
            author = item.get("name") or item.get("displayName")
            if author:
                self._authors[item.get("id", "")] = author
                self.draft.whole.add_once(Part.COMMENT, author, where=f"{name}, author")
                for extra in ("initials", "userId"):
                    self.draft.whole.add_once(Part.PROPERTY, item.get(extra, ""), where=f"{name}, {extra} of an author")

    def _comments(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """Comments and their replies, old and new kind, each after its author."""
        for item in root.iter():
            if local(item.tag) not in ("cm", "reply"):
                continue
            author = self._authors.get(item.get("authorId", ""), "")
            text = item.findtext("{*}text", "")
            if not text:
                body = item.find("{*}txBody")
                text = text_of_body(body) if body is not None else ""
            if text.strip():
                unit.add(Part.COMMENT, author, visible=False, where=f"{name}, author")
                unit.add(Part.COMMENT, text, visible=False, where=name)

    def _tags(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for tag in root:
            unit.add_once(Part.PROPERTY, tag.get("val", ""), where=f"{name}, tag {tag.get('name', '')}")

    def _theme(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        if root.get("name", "").lower() not in ("office theme", "office-thema", "office", "default design", "blank", ""):
            self.draft.whole.add_once(Part.PROPERTY, root.get("name", ""), where="name of the theme")
        for line in text_of(root).split("\n"):
            self.draft.whole.add_once(Part.MASTER, line, where=name)

    def _chart(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for label in read_chart(root):
            unit.add(Part.CHART, label.text, visible=False, row=label.row, column=label.column, where=name, shape=name)

    def _diagram(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for text, level in read_diagram(root):
            unit.add(Part.SMARTART, text, level=level, visible=False, where=name, shape=name)

    def _drawing(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A drawing on a chart, or the picture of a diagram: only what its data does not say already."""
        have = "\n".join(block.text for block in unit.blocks)
        for line in diagram_drawing(root):
            if line.strip() not in have:
                unit.add_once(Part.OTHER, line, where=name)
        self._described(name, root, unit)

    def _described(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for item in root.iter("{*}cNvPr", "{*}docPr"):
            for key in ("descr", "title"):
                unit.add_once(Part.ALT_TEXT, item.get(key, ""), where=f"{name}, alternative text")

    def _orphan(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A slide that was deleted but is still in the file."""
        for line in text_of(root).split("\n"):
            unit.add_once(Part.HIDDEN_TEXT, line, where=f"{name}, deleted but still in the file")
        self._described(name, root, unit)

    def _svg(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for item in root.iter("{*}text", "{*}title", "{*}desc"):
            unit.add_once(Part.IMAGE_TEXT, "".join(item.itertext()), where=name, visible=local(item.tag) == "text")

    def _schema(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """SharePoint's description of its columns: only the names that people gave."""
        found = [value for item in root.iter() for key, value in item.attrib.items()
                 if local(key) in ("displayName", "contentTypeName", "contentTypeDescription") and not _CODE.fullmatch(value)]
        self._add(dict.fromkeys(found), Part.PROPERTY, unit, name)

    def _strings(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A part of an unknown kind: its texts and the attributes that usually hold words."""
        paragraphs = text_of(root).split("\n") if root.find(f".//{A}p") is not None else []
        found = [line for line in paragraphs if line.strip()]
        joined = "\n".join(found)
        for item in root.iter():
            if not isinstance(item.tag, str):
                continue
            for text in (item.text, item.tail):
                if text and any(char.isalpha() for char in text) and text.strip() not in joined:
                    found.append(text)
            found.extend(value for key, value in item.attrib.items()
                         if local(key) in _NAMES and len(value) > 2 and any(c.isalpha() for c in value)
                         and not _CODE.fullmatch(value))
        part = Part.PROPERTY if "customxml" in name.lower() or "docmetadata" in name.lower() else Part.OTHER
        self._add(dict.fromkeys(found), part, unit, name)

    def _add(self, texts: dict[str, None], part: Part, unit: UnitDraft, name: str) -> None:
        """Strings of one part, joined to blocks of a size that people can look at."""
        joined = ""
        for text in texts:
            if joined and len(joined) + len(text) > _MOST_TEXT:
                unit.add_once(part, joined, where=name)
                joined = ""
            joined += ("\n" if joined else "") + text.strip()
        unit.add_once(part, joined, where=name)


def text_of_body(body: etree._Element) -> str:
    """Text of one text body with lines for paragraphs."""
    from extractors.drawing import paragraphs

    return "\n".join(p.text + p.hidden for p in paragraphs(body))


_KINDS = {"cmLst": Rest._comments, "tagLst": Rest._tags, "theme": Rest._theme, "themeOverride": Rest._theme,
          "chartSpace": Rest._chart, "dataModel": Rest._diagram, "drawing": Rest._drawing, "userShapes": Rest._drawing,
          "sld": Rest._orphan, "notes": Rest._orphan, "svg": Rest._svg, "contentTypeSchema": Rest._schema}
