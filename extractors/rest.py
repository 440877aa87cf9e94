"""Every part of an Office package that the slides or paragraphs did not use, read for scanning.

A part is either understood (comments, tags, custom XML, embedded files, media names, ...), known to hold no words of
anybody (styles, layouts of diagrams), read as plain strings, or listed as unread. Nothing is skipped in silence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Part
from extractors import visibility
from extractors.building import UnitDraft
from extractors.diagrams import diagram_drawing, read_chart, read_diagram
from extractors.drawing import text_of
from extractors.names import standard_prompts
from extractors.parts import Parts
from extractors.pictures import metadata
from extractors.strings import Said, is_code, sweep, words_in
from extractors.xml import W, attributes, local

if TYPE_CHECKING:
    from lxml import etree

#: Root elements of parts that hold no words a person wrote: settings, styles, geometry, ink strokes.
_WORDLESS = frozenset({"tblStyleLst", "viewPr", "presentationPr", "layoutDef", "styleDef", "colorsDef", "chartStyle",
                       "colorStyle", "datastoreItem", "ink", "revInfo", "webSettings", "fonts", "styles", "numbering",
                       "Types", "Relationships", "taskpane", "taskpanes", "sldSyncPr", "calcChain",
                       "styleSheet"})
#: The name of the first element; instructions and comments before it begin otherwise.
_FIRST = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_SOUND_AND_FILM = re.compile(r"\.(mp3|m4a|wav|wma|aac|ogg|mp4|m4v|mov|avi|wmv|mpe?g|mkv|webm|swf)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(png|jpe?g|jfif|gif|bmp|dib|tiff?|emf|wmf|emz|wmz|wdp|jxr|webp|ico|eps|pict|heic|avif)$",
                      re.IGNORECASE)
_FONT = re.compile(r"\.(fntdata|odttf|ttf|otf)$", re.IGNORECASE)
_MOST_TEXT = 8000


class Rest:
    """Walks over the parts of a package that nobody has read."""

    def __init__(self, parts: Parts) -> None:
        """`parts` knows which parts are done, and which unit each hangs on."""
        self.parts, self.draft, self.package, self.done = parts, parts.draft, parts.package, parts.done
        self._authors: dict[str, str] = {}

    def read(self) -> None:
        """Read them all, in the order of the package's directory."""
        names = self.package.names
        for name in names:
            if name not in self.done and re.search(r"(commentAuthors|authors|people|persons?/person)\d*\.xml$",
                    name, re.IGNORECASE):
                self._read_authors(name)
        for name in names:
            if name.endswith(".rels"):
                folder, _, base = name.removesuffix(".rels").rpartition("_rels/")
                self.parts.links(folder + base)
            elif name not in self.done and not name.lower().startswith("docprops/thumbnail"):
                self._part(name)
        for odd in self.package.odd:
            self.draft.not_read(odd.where, odd.why)
        for name, remarks in self.package.remarks.items():
            for remark in remarks:
                if any(char.isalpha() for char in remark):
                    self.parts.unit(name).add_once(Part.HIDDEN_TEXT, remark, where=f"{name}, XML comment")

    def _part(self, name: str) -> None:
        lower, kind, unit = name.lower(), self.package.type_of(name).lower(), self.parts.unit(name)
        if lower.startswith(("[content_types]", "__macosx/")) or lower.endswith((".ds_store", "desktop.ini", "thumbs.db")):
            return
        self.parts.named(name)
        if "vbaproject" in lower and lower.endswith(".bin"):
            self._macros(name, unit)
        elif "printersettings" in lower:
            self._printer(name)
        elif "activex" in lower and lower.endswith(".bin"):
            self._add(sweep(self.parts.data(name) or b""), Part.OTHER, unit, name)
            self.draft.not_read(name, "an ActiveX control; only readable words in it were read", unit.number)
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

    def _embedded(self, name: str, unit: UnitDraft) -> None:
        from extractors.embedded import read_embedded

        data = self.parts.data(name)
        if data:
            read_embedded(self.draft, unit, name, data)

    def _picture(self, name: str, unit: UnitDraft) -> None:
        data = self.parts.data(name)
        for label, text in metadata(data) if data else ():
            unit.add_once(Part.PROPERTY, text, where=f"{name}, picture metadata ({label})")

    def _macros(self, name: str, unit: UnitDraft) -> None:
        from extractors.macros import sources

        found, whole = sources(self.parts.data(name) or b"")
        for module, text in found:
            unit.add_once(Part.OTHER, text, where=f"{name}, script {module} (never run)")
        some = "not all of their text was read, and they" if found else "they were not read and"
        how = "their text was read for scanning, they" if whole else some
        self.draft.not_read(name, f"macros (VBA); {how} are never run", unit.number)

    def _printer(self, name: str) -> None:
        data = self.parts.data(name) or b""
        device = data[:64].decode("utf-16-le", "replace").partition("\0")[0]
        if device.isprintable() and sum(char.isalpha() for char in device) > 2:
            self.draft.whole.add_once(Part.PROPERTY, device, where="printer")

    def _xml(self, name: str, unit: UnitDraft) -> None:
        if name.endswith(".vtt"):
            data = self.parts.data(name) or b""
            unit.add_once(Part.OTHER, data.decode("utf-8", "replace"), where=f"{name}, captions")
            return
        if name not in self.parts.trees:
            first = _FIRST.search(self.parts.data(name) or b"")
            if first and first[1].decode("ascii", "replace") in _WORDLESS:
                return  # not parsed, because nothing in it would be read
        root = self.parts.tree(name)
        if root is None:
            return
        kind = local(root.tag)
        reader = _KINDS.get(kind)
        if reader is not None:
            reader(self, name, root, unit)
        else:
            self._strings(name, root, unit)

    def _read_authors(self, name: str) -> None:
        root = self.parts.tree(name)
        self.done.add(name)
        for item in root.iter() if root is not None else ():
            told = {local(key): value for key, value in attributes(item)}
            author = told.get("name") or told.get("displayName") or told.get("author")
            if author:
                self._authors[told.get("id", "")] = author
                self.draft.whole.add_once(Part.COMMENT, author, where=f"{name}, author")
            for extra in ("initials", "userId"):
                if local(item.tag) != "person" or author:
                    self.draft.whole.add_once(Part.PROPERTY, told.get(extra, ""), where=f"{name}, {extra} of an author")

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
            unit.add(Part.CHART, label.text, visible=False, row=label.row, column=label.column, where=name, shape=name,
                     value=label.value)

    def _diagram(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for text, level in read_diagram(root):
            unit.add(Part.SMARTART, text, level=level, visible=False, where=name, shape=name)

    def _drawing(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A drawing on a chart, or the picture of a diagram: only what its data does not say already."""
        said = Said(block.text for block in unit.blocks)
        for line in diagram_drawing(root):
            if not said.says(line):
                unit.add_once(Part.OTHER, line, where=name)
        self._described(name, root, unit)

    def _described(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for item in root.iter("{*}cNvPr", "{*}docPr"):
            for key in ("descr", "title"):
                unit.add_once(Part.ALT_TEXT, item.get(key, ""), where=f"{name}, alternative text")

    def _orphan(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A slide that was deleted but is still in the file."""
        for line in text_of(root).split("\n"):
            unit.add_once(Part.HIDDEN_TEXT, line, where=f"{name}, {visibility.DELETED}")
        self._described(name, root, unit)

    def _glossary(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """Building blocks: their names and texts, but for what Office puts there itself."""
        words = [item.get(W + "val", "") for item in root.iter(W + "name")]
        words += ["".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p")]
        self._add([text for text in dict.fromkeys(words) if text.strip()
            and text.strip(" .").lower() not in standard_prompts()
                   and not is_code(text)], Part.OTHER, unit, name)

    def _svg(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        for item in root.iter("{*}text", "{*}title", "{*}desc"):
            unit.add_once(Part.IMAGE_TEXT, "".join(item.itertext()), where=name, visible=local(item.tag) == "text")

    def _schema(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """SharePoint's description of its columns: only the names that people gave."""
        found = [value for item in root.iter() for key, value in attributes(item)
                 if local(key) in ("displayName", "contentTypeName", "contentTypeDescription") and not is_code(value)]
        self._add(list(dict.fromkeys(found)), Part.PROPERTY, unit, name)

    def _strings(self, name: str, root: etree._Element, unit: UnitDraft) -> None:
        """A part of an unknown kind: its texts and the attributes that usually hold words."""
        part = Part.PROPERTY if "customxml" in name.lower() or "docmetadata" in name.lower() else Part.OTHER
        self._add(words_in(root), part, unit, name)

    def _add(self, texts: list[str], part: Part, unit: UnitDraft, name: str) -> None:
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
          "glossaryDocument": Rest._glossary, "sld": Rest._orphan, "notes": Rest._orphan, "svg": Rest._svg,
              "contentTypeSchema": Rest._schema}
