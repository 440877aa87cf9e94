"""The one way XML is parsed here: no entities, no document type, no network, libxml2's own size limits kept."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROOT = re.compile(rb"<[A-Za-z_]")
_MOST_COMMENTS = 200
_FEW_ATTRIBUTES = 100
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class UnsafeXml(ValueError):
    """The XML declares a document type, or cannot be parsed within the limits."""


def has_doctype(data: bytes) -> bool:
    """Whether a document type is declared before the root element, in UTF-8 or UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        data = data.replace(b"\x00", b"")
    found = data.find(b"<!DOCTYPE")
    if found < 0:
        return False
    return not _ROOT.search(_without_comments(data[:found]))


def _without_comments(data: bytes) -> bytes:
    """The bytes without comments. Searched forwards only: an expression would start again at every `<!--` without an end."""
    pieces, at = [], 0
    while (start := data.find(b"<!--", at)) >= 0 and (end := data.find(b"-->", start + 4)) >= 0:
        pieces.append(data[at:start])
        at = end + 3
    return b"".join((*pieces, data[at:]))


def parse(data: bytes) -> etree._Element:
    """Parse untrusted XML. Raises UnsafeXml for a document type, broken or oversized XML."""
    if has_doctype(data):
        raise UnsafeXml("declares a document type")
    etree, parser = _parser()
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXml(f"is not well-formed XML ({type(error).__name__})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("declares a document type")
    return root


@cache
def _parser() -> tuple[ModuleType, etree.XMLParser]:
    """lxml and the one parser; it keeps nothing between files but names of elements."""
    from lxml import etree

    return etree, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                                  remove_comments=True, remove_pis=True)


def comments_in(data: bytes) -> list[str]:
    """The texts of XML comments: nobody sees them, but they are in the file. Very many come joined at the end."""
    found, at = [], 0
    while (start := data.find(b"<!--", at)) >= 0 and (end := data.find(b"-->", start + 4)) >= 0:
        found.append(data[start + 4:end].decode("utf-8", "replace").strip())
        at = end + 3
    found = [text for text in found if text]
    return found if len(found) <= _MOST_COMMENTS else [*found[:_MOST_COMMENTS], "\n".join(found[_MOST_COMMENTS:])]


def local(tag: object) -> str:
    """The tag without its namespace; '' for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """Names and values of an element's attributes, in order.

    lxml looks each one up from the first on, which takes the square of their number; XPath hands out all at once.
    """
    count = len(element.attrib)
    if count <= _FEW_ATTRIBUTES:
        return element.items() if count else []
    return [(str(value.attrname), str(value)) for value in element.xpath("@*")]


def number(value: str | None, default: int = 0) -> int:
    """An XML attribute as a whole number; the default where it is none."""
    try:
        return int(value) if value else default
    except ValueError:
        return default


def clean(text: str) -> str:
    """Undo Office's `_x000D_` escapes, drop control characters and halves of characters, unify line ends, strip."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _CONTROL.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
        text = _CONTROL.sub("", text)
    return text.strip()
