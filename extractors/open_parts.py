"""The parts of an OpenDocument package besides its text: properties, settings, masters, pictures, objects, macros.

A part is understood, known to hold no words of anybody, read as plain strings, or listed as unread.
"""

from __future__ import annotations

import base64
import hashlib
import re
from posixpath import normpath
from typing import TYPE_CHECKING

from content.document import Box, Part
from content.errors import InputError, UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.open_styles import DRAW, FORM, META, OFFICE, STYLE, TABLE, TEXT, XLINK, Styles
from extractors.open_text import Flow
from extractors.pictures import kind_of, metadata
from extractors.strings import words_in
from extractors.xml import UnsafeXml, attributes, local, parse

if TYPE_CHECKING:
    from lxml import etree

#: Names that programs give.
_GIVEN = re.compile(r"_.*|[^\W\d]*[ _]?\d[\w.]*|[\d.:-]*|OLE_LINK\d+|docs-internal.*", re.IGNORECASE)
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
_PLAIN = re.compile(r"(mimetype|META-INF/manifest\.xml|Thumbnails/.*|Configurations2?/.*|ObjectReplacements/.*|layout-cache|"
                    r"manifest\.rdf|current\.xml|.*/layout-cache|Pictures/TablePreview\d*\.svm)")
_MEDIA = re.compile(r"\.(mp3|m4a|wav|ogg|ogv|mp4|m4v|mov|avi|wmv|mpe?g|webm|mkv)$", re.IGNORECASE)
_META = {"title": "title", "subject": "subject", "description": "description", "creator": "last_modified_by",
         "initial-creator": "author", "printed-by": "printed_by", "keyword": "keywords", "language": "stated_language",
         "publisher": "publisher", "contributor": "contributor", "coverage": "coverage", "rights": "rights",
             "source": "source",
         "identifier": "identifier", "relation": "relation", "type": "type"}
_DATES = {"creation-date": "created", "date": "modified", "print-date": "last_printed"}
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|webp|svm|emf|wmf|svg|pdf|eps|ico)$", re.IGNORECASE)


def read_meta(draft: DocumentDraft, root: etree._Element | None) -> None:
    """Document properties."""
    meta = root.find(OFFICE + "meta") if root is not None else None
    keywords = []
    for item in meta if meta is not None else ():
        name, text = local(item.tag), "".join(item.itertext())
        if item.tag == META + "user-defined":
            own = item.get(META + "name", "")
            draft.set_property(own or "custom", text)
            draft.whole.add_once(Part.PROPERTY, own if text.strip() else "", where="name of a custom property")
        elif name == "keyword":
            keywords.append(text)
        elif name in _META:
            draft.set_property(_META[name], text)
        elif name in _DATES:
            draft.set_property(_DATES[name], text, scan=False)
        elif name in ("template", "hyperlink-behaviour", "auto-reload"):
            draft.whole.add_once(Part.PROPERTY, item.get(XLINK + "title", ""), where="name of the template")
            draft.whole.add_once(Part.LINK, item.get(XLINK + "href", ""), where="linked template")
    draft.set_property("keywords", ", ".join(keywords))


def read_names(draft: DocumentDraft, body: etree._Element) -> None:
    """Names that people give to places, and the words of form fields: nobody sees the former."""
    for item in body.iter(*(TEXT + name for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start",
                                                     "section", "alphabetical-index-mark", "toc-mark", "user-index-mark")),
                          TABLE + "table", "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}show"):
        for key, name in attributes(item):
            if local(key) in ("name", "string-value", "key1") and not _GIVEN.fullmatch(name):
                draft.whole.add_once(Part.PROPERTY, name, where=f"name of a {local(item.tag)}")
    for item in body.iter(FORM + "*"):
        for key in ("label", "value", "current-value", "title", "help-message"):
            draft.whole.add_once(Part.FORM_FIELD, item.get(FORM + key, ""), where=f"form, {key}")


class Package:
    """Reads members on demand and remembers which are done; `rest` sees to the others."""

    def __init__(self, file: InputFile, draft: DocumentDraft, *, flat: bool) -> None:
        self.file, self.draft, self.flat = file, draft, flat
        self.done: set[str] = set()
        self.names: tuple[str, ...] = () if flat else file.package.names

    def locked(self) -> bool:
        """Whether parts are encrypted."""
        try:
            return b"encryption-data" in self.file.package.read("META-INF/manifest.xml")
        except (InputError, UnsafeXml, KeyError):
            return False

    def needed(self, name: str) -> bytes:
        """A part that must be there. Raises UnreadableFile where it is not, UnsafeXml where it is broken."""
        self.done.add(name)
        if name not in self.names:
            raise UnreadableFile(self.file.name, f"is damaged: its {name} is missing",
                "Open it in LibreOffice and save it again")
        return self.file.package.read(name)

    def data(self, name: str) -> bytes:
        """A part's bytes; b'' where it is missing, or damaged and listed."""
        self.done.add(name)
        try:
            return self.file.package.read(name) if name in self.names else b""
        except UnsafeXml as error:
            self.draft.not_read(name, str(error))
            return b""

    def tree(self, name: str) -> etree._Element | None:
        """A part's root; None where it is missing, or damaged and listed."""
        data = self.data(name)
        try:
            return parse(data) if data else None
        except UnsafeXml as error:
            self.draft.not_read(name, str(error))
            return None

    def masters(self, styles: Styles, root: etree._Element) -> None:
        """What people wrote on master pages: headers and footers of texts are seen, other things are boilerplate."""
        whole = self.draft.whole
        flow = Flow(styles, whole)
        for master in root.iter(STYLE + "master-page"):
            for child in master:
                kind = local(child.tag)
                margin = kind.startswith(("header", "footer"))
                if kind == "notes":
                    continue
                for p in child.iter(TEXT + "p", TEXT + "h"):
                    line = flow.line(p)
                    text = line.text + "".join(text for text, _ in line.hidden)
                    if any(char.isalpha() for char in text) and not re.fullmatch(r"\s*<.*>\s*", text):
                        whole.add_once(Part.FOOTER if margin else Part.MASTER, text, visible=not line.hidden, where=(
                            f"{kind} of {master.get(STYLE + 'name', '')}" if margin
                                else f"master {master.get(STYLE + 'name', '')}"))
                self.embedded(child, whole, None)
        for tag, name in ((TEXT + "user-field-decl", "string-value"),):
            for item in root.iter(tag):
                whole.add_once(Part.PROPERTY, item.get(OFFICE + name, ""), where="a field of the document")

    def embedded(self, shape: etree._Element, unit: UnitDraft, box: Box | None) -> None:
        """What a shape links to: pictures and objects inside the package, addresses outside it."""
        for item in shape.iter(DRAW + "image", DRAW + "object", DRAW + "object-ole", DRAW + "plugin", DRAW + "fill-image"):
            href, kind = item.get(XLINK + "href", ""), local(item.tag)
            inside = normpath(href.removeprefix("./")) if href else ""
            binary = item.find(OFFICE + "binary-data")
            if binary is not None and binary.text:
                self._picture(base64.b64decode("".join(binary.text.split()), validate=False), "a picture in it", unit, box)
            elif kind in ("object", "object-ole") and href:
                self._object(inside, unit)
            elif kind == "object" and len(item):
                from extractors.open_objects import read_object

                read_object(item, unit, "an object in it")
            elif inside in self.names and kind == "plugin":
                self._media(inside, unit)
            elif inside in self.names:
                self._picture(self.data(inside), inside, unit, box)
            elif href and not href.startswith("#") and not inside.startswith("ObjectReplacements"):
                unit.add_once(Part.LINK, href, where="linked " + ("picture" if kind == "image" else "file"))
            for parameter in item.iter(DRAW + "param"):
                unit.add_once(Part.OTHER, parameter.get(DRAW + "value", ""), where="parameter of a film or a program")

    def _picture(self, data: bytes, name: str, unit: UnitDraft, box: Box | None) -> None:
        if not data:
            return
        kind = kind_of(data, "image/svg+xml" if name.lower().endswith(".svg") else "image/x-unknown")
        if data.startswith((b"PK\x03\x04", b"%PDF")):  # LibreOffice keeps PDF pages as pictures
            from extractors.embedded import read_embedded

            read_embedded(self.draft, unit, name, data)
            return
        if unit.number:
            unit.add_picture(hashlib.sha256(data).hexdigest(), kind, box, "")
        if kind == "image/svg+xml":
            self._svg(data, name, unit)
        for label, text in metadata(data):
            unit.add_once(Part.PROPERTY, text, where=f"{name}, picture metadata ({label})")

    def _svg(self, data: bytes, name: str, unit: UnitDraft) -> None:
        try:
            root = parse(data)
        except UnsafeXml as error:
            self.draft.not_read(name, str(error), unit.number)
            return
        for item in root.iter("{*}text", "{*}title", "{*}desc"):
            unit.add_once(Part.IMAGE_TEXT, "".join(item.itertext()), where=name, visible=local(item.tag) == "text")

    def _media(self, name: str, unit: UnitDraft) -> None:
        self.done.add(name)
        unit.add_once(Part.PROPERTY, name.rpartition("/")[2], where="name of a file inside")
        self.draft.not_read(name, "sound or film; what is said in it was not read", unit.number)

    def _object(self, name: str, unit: UnitDraft) -> None:
        """An object: a folder with OpenDocument parts of its own, or a file."""
        from extractors.open_objects import read_object

        self.done.add(name)
        for inner in self.names:
            if inner.startswith(name + "/") and inner not in self.done:
                base = inner.rpartition("/")[2]
                root = self.tree(inner) if base in ("content.xml", "styles.xml", "meta.xml") else None
                if root is not None and base == "content.xml":
                    read_object(root, unit, inner)
                elif root is not None and base == "meta.xml":
                    for text in words_in(root):
                        unit.add_once(Part.EMBEDDED, text, where=inner)
                elif base == "settings.xml":
                    self.done.add(inner)
        if name in self.names:
            from extractors.embedded import read_embedded

            data = self.data(name)
            if data:
                read_embedded(self.draft, unit, name, data)

    def rest(self) -> None:
        """Everything that nobody asked for."""
        whole = self.draft.whole
        for name in self.names:
            if name in self.done or _PLAIN.fullmatch(name) or self.file.package.size(name) == 0:
                continue
            if name == "settings.xml":
                self._settings()
            elif name.startswith(("Basic/", "Scripts/", "Dialogs/")):
                self.draft.not_read(name, "macros; they were not read and are never run")
            elif _MEDIA.search(name):
                self._media(name, whole)
            elif _PICTURE.search(name) or name.startswith("Pictures/"):
                self._picture(self.data(name), name, whole, None)
            elif name.endswith((".xml", ".rdf")):
                root = self.tree(name)
                for text in words_in(root) if root is not None else ():
                    whole.add_once(Part.OTHER, text, where=name)
            elif not self.data(name).startswith(_FONTS):
                self._object(name, whole)
        for odd in () if self.flat else self.file.package.odd:
            self.draft.not_read(odd.where, odd.why)
        for name, remarks in {} if self.flat else self.file.package.remarks.items():
            for remark in remarks:
                if any(char.isalpha() for char in remark):
                    whole.add_once(Part.HIDDEN_TEXT, remark, where=f"{name}, XML comment")

    def _settings(self) -> None:
        root = self.tree("settings.xml")
        for item in root.iter("{*}config-item") if root is not None else ():
            name = item.get("{urn:oasis:names:tc:opendocument:xmlns:config:1.0}name", "")
            said = item.text or ""
            if name in ("PrinterName", "CurrentDatabaseDataSource", "RedlineAuthor") and any(char.isalpha() for char in said):
                self.draft.whole.add_once(Part.PROPERTY, said, where=f"setting {name}")


