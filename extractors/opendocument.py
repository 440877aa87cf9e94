"""OpenDocument: presentations, drawings and texts (.odp, .odg, .odt and their templates), and the same as one flat file.

Read with lxml from the checked package: content, styles, properties, settings, pictures, objects inside. Macros are listed
and never read; whatever is not known is listed as unread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import EncryptedFile, InputError, UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft
from extractors.left_over import of_tree
from extractors.open_parts import Package, read_meta, read_names
from extractors.open_slides import Reader
from extractors.open_styles import DRAW, OFFICE, Styles
from extractors.open_writing import Writing
from extractors.xml import UnsafeXml, parse

if TYPE_CHECKING:
    from lxml import etree

_TYPE = "application/vnd.oasis.opendocument."
_READ = ("presentation", "graphics", "text", "spreadsheet", "chart", "formula")


class OpenDocument:
    """The extractor of OpenDocument packages and flat files."""

    name = "opendocument"
    media_types: tuple[str, ...] = (_TYPE + "presentation", _TYPE + "text")
    suffixes: tuple[str, ...] = (".odp", ".odt", ".otp", ".ott", ".odg", ".fodp", ".fodt")

    def sniff(self, file: InputFile) -> int:
        """Certain by the package's own word on its type, or by the root element of a flat file."""
        return 100 if _kind(file) in _READ[:3] or (file.depth and _kind(file)) else 0

    def extract(self, file: InputFile) -> Document:
        """Read a file. Raises EncryptedFile for one with a password, UnreadableFile when its content is broken."""
        kind = _kind(file)
        draft = DocumentDraft(file, _TYPE + kind)
        flat = not file.head.startswith(b"PK")
        package = Package(file, draft, flat=flat)
        try:
            root = parse(file.data if flat else package.needed("content.xml"))
        except UnsafeXml as error:
            if not flat and package.locked():
                raise EncryptedFile(file.name, "is protected with a password",
                                    "Save a copy without the password and try again") from None
            raise UnreadableFile(f"{file.name}, its content", str(error),
                "Open it in LibreOffice and save it again") from None
        styles = Styles()
        other = None if flat else package.tree("styles.xml")
        for part in (other, root):
            if part is not None:
                styles.add(part)
        read_meta(draft, root if flat else package.tree("meta.xml"))
        body = root.find(OFFICE + "body")
        if body is None or not len(body):
            raise UnreadableFile(file.name, "is damaged: it has no body", "Open it in LibreOffice and save it again")
        self._body(draft, package, styles, body)
        package.masters(styles, root if other is None else other)
        package.rest()
        for part, where in ((body, "elsewhere in the document"), (other, "elsewhere in the styles")):
            if part is not None:
                of_tree(draft, part, where)
        return draft.build()

    def _body(self, draft: DocumentDraft, package: Package, styles: Styles, body: etree._Element) -> None:
        read_names(draft, body)
        writing = Writing(draft, styles, package.embedded)
        pages = [page for holder in body for page in holder.iterchildren(DRAW + "page")]
        reader = Reader(styles, package.embedded, writing.table)
        for page in pages:
            unit = draft.new_unit("slide")
            size = reader.page(page, unit)
            draft.size = draft.size or size
            if unit.pictures and not any(b.readable and b.part is not Part.NOTES for b in unit.blocks):
                draft.not_read(f"slide {unit.number}", "only a picture; its words were not read", unit.number)
        if not pages:
            for holder in body:
                writing.read(holder)
            if not any(unit.blocks for unit in draft.units):
                draft.not_read("document", "no text was found in it")


EXTRACTOR = OpenDocument()


def _kind(file: InputFile) -> str:
    """The kind of OpenDocument by content ("presentation"), '' where it is none."""
    said = b""
    if file.head.startswith(b"PK\x03\x04"):
        try:
            said = file.package.read("mimetype")[:200] if "mimetype" in file.package.names else b""
        except (InputError, UnsafeXml):
            return ""
    elif b"<office:document" in file.head[:2000]:
        found = file.head.find(b"office:mimetype=")
        said = file.head[found + 17:found + 200] if found >= 0 else b""
    text = said.decode("ascii", "replace")
    if not text.startswith(_TYPE):
        return ""
    kind = text.removeprefix(_TYPE)
    return next((known for known in _READ if kind.startswith(known)), "")
