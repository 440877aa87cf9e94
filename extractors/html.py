"""HTML by lxml: what a browser would show, and apart from it what it would not (hidden elements, comments, metadata)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft
from extractors.encoding import decode
from extractors.html_styles import StyleSheet, colour, ground_of, hides
from extractors.left_over import of_page
from extractors.text import looks_like_text
from extractors.xml import attributes, local

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "text/html"
#: A comment is taken once and for all (?>...): giving comments back one by one would take for ever.
_START = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)[\s>]",
                    re.IGNORECASE | re.DOTALL)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST_SECTION = 2
_BLANKS = re.compile(r"[ \t\n\r]+")
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"})
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "annotation"})
_ADDRESSES = ("href", "src", "action", "data", "poster", "cite", "srcset", "formaction", "background", "longdesc", "ping",
              "xlink:href", "usemap")
_TEXTS = ("alt", "title", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext",
          "placeholder", "label", "abbr", "summary", "download")
_DEEPEST = 250
#: The parser compares every attribute of an element with all before it: 10,000 take 0.1 s, 100,000 would take 24 s.
_MOST_ATTRIBUTES = 10_000
#: An attribute as browsers take them, and a tag. Both only go forwards: what they took they never give back.
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+))?+""")
_TAG = re.compile(rf"<(?P<name>[A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE.pattern})*+")


class Html:
    """The extractor of HTML pages."""

    name = "html"
    media_types: tuple[str, ...] = (MEDIA_TYPE, "application/xhtml+xml")
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def sniff(self, file: InputFile) -> int:
        """Sure when the text starts as an HTML page does."""
        if not looks_like_text(file.head):
            return 0
        text, _ = decode(file.head[:8192], cut=True)
        return 80 if _START.match(text) else 0

    def extract(self, file: InputFile) -> Document:
        """Read a page. Raises UnreadableFile when there is nothing in it."""
        from lxml import etree

        draft = DocumentDraft(file, MEDIA_TYPE)
        text, _ = decode(file.data)
        parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        page, beyond = _within_bounds(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        root = etree.fromstring(page.encode("utf-8"), parser)
        if root is None:
            raise UnreadableFile(file.name, "holds no page", "Save the page again")
        _head(draft, root)
        sheet = StyleSheet(root)
        walk = _Walk(draft, sheet)
        body = root.find("body")
        walk.read(body if body is not None else root, 0, "", "ffffff")
        walk.flush()
        for comment in root.iter(etree.Comment):
            draft.whole.add_once(Part.HIDDEN_TEXT, comment.text or "", where="comment")
        _unshown(draft, root, sheet)
        draft.whole.add_once(Part.HIDDEN_TEXT, beyond, where=f"attributes of an element with more than {_MOST_ATTRIBUTES}")
        of_page(draft, text)
        if not any(block.where != "file name" for unit in (draft.whole, *draft.units) for block in unit.blocks):
            raise UnreadableFile(file.name, "holds no text", "Check that it is the right file")
        return draft.build()


EXTRACTOR = Html()


def _within_bounds(page: str) -> tuple[str, str]:
    """The page with no more attributes on an element than can be compared, and the ones that were cut off."""
    pieces, beyond, at = [], [], 0
    for tag in _TAG.finditer(page):
        if len(tag[0]) > 2 * _MOST_ATTRIBUTES:
            cut = next(islice(_ATTRIBUTE.finditer(page, tag.end("name"), tag.end()), _MOST_ATTRIBUTES, None), None)
            if cut is not None:
                pieces.append(page[at:cut.start()])
                beyond.append(page[cut.start():tag.end()])
                at = tag.end()
    return "".join((*pieces, page[at:])), "\n".join(beyond)


def _head(draft: DocumentDraft, root: etree._Element) -> None:
    draft.set_property("title", root.findtext(".//title") or "")
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name and name not in ("viewport", "charset", "robots", "theme-color", "format-detection"):
            draft.set_property(name, meta.get("content", ""))
        elif _telling(meta.get("content", "")):
            draft.whole.add_once(Part.PROPERTY, meta.get("content", ""), where="head of the page")
    for link in root.iter("base", "link"):
        if link.get("rel", "") not in ("stylesheet", "icon", "preload"):
            draft.whole.add_once(Part.LINK, link.get("href", ""), where="link of the page")


def _unshown(draft: DocumentDraft, root: etree._Element, sheet: StyleSheet) -> None:
    """What stands in the page and is run, kept for other programs, or drawn."""
    whole = draft.whole
    for item in root.iter("script", "template", "noscript", "iframe", "object", "annotation"):
        whole.add_once(Part.HIDDEN_TEXT, "".join(item.itertext()), where=f"{item.tag} element")
        if item.get("srcdoc"):
            from lxml import etree

            inner = etree.fromstring(f"<div>{item.get('srcdoc')}</div>", etree.HTMLParser(no_network=True))
            whole.add_once(Part.HIDDEN_TEXT, "\n".join(text for text in inner.itertext() if text.strip()),
                where="page in a frame")
    for text in sheet.said:
        if any(char.isalpha() for char in text):
            whole.add_once(Part.HIDDEN_TEXT, text, where="style element")
    for drawing in root.iter("svg"):
        for item in drawing.iter("text", "title", "desc"):
            whole.add_once(Part.IMAGE_TEXT, "".join(item.itertext()), where="SVG", visible=item.tag == "text")


class _Walk:
    """Collects text up to the next block element and puts it where it belongs."""

    def __init__(self, draft: DocumentDraft, sheet: StyleSheet) -> None:
        self.draft, self.sheet = draft, sheet
        self.pieces: list[str] = []
        self.hidden = ""
        self.part, self.level, self.shape = Part.BODY, 0, ""
        self.row: int | None = None
        self.column: int | None = None
        self.count = 0

    def flush(self) -> None:
        text = _BLANKS.sub(" ", "".join(self.pieces)).replace(" \x0b ", "\n").replace("\x0b", "\n")
        self.pieces = []
        if not text.strip():
            return
        unit = self.draft.section()
        if self.hidden:
            unit.add_once(Part.HIDDEN_TEXT, text, where=self.hidden)
        else:
            unit.add(self.part, text, level=self.level, shape=self.shape or f"s{unit.number}.block{len(unit.blocks) + 1}",
                     row=self.row, column=self.column)

    def read(self, element: etree._Element, depth: int, hidden: str, ground: str) -> None:
        tag = local(element.tag)
        if depth > _DEEPEST:
            self.draft.not_read("page", "elements are nested too deep; some were not read")
            return
        if not tag:  # a comment
            return
        self._attributes(element, tag)
        if tag in _SILENT:
            for item in element.iterdescendants() if tag in ("svg", "object", "noscript", "template") else ():
                self._attributes(item, local(item.tag))
            return
        said = self.sheet.of(element, tag)
        if said:
            hidden = hidden or hides(said, ground)
            ground = ground_of(said) or ground
        if element.get("hidden") is not None:
            hidden = hidden or "hidden by its style"
        ground = colour(element.get("bgcolor", "")) or ground
        if tag in _HEADINGS:
            self._heading(element, tag, hidden)
            return
        if tag == "br":
            self.pieces.append(" \x0b ")
            return
        saved = (self.part, self.level, self.shape, self.row, self.column, self.hidden)
        block = tag in _BLOCKS or hidden != self.hidden
        if block:
            self.flush()
        self._enter(tag)
        self.hidden = hidden
        self.pieces.append(element.text or "")
        for child in element:
            self.read(child, depth + 1, hidden, ground)
            self.pieces.append(child.tail or "")
        if block:
            self.flush()
            row, column = self.row, self.column
            self.part, self.level, self.shape, self.row, self.column, self.hidden = saved
            if tag in ("td", "th", "tr"):
                self.row, self.column = row, column

    def _enter(self, tag: str) -> None:
        if tag in ("ul", "ol", "table"):
            self.count += 1
            self.level += tag != "table"
            self.shape = self.shape if tag != "table" and self.shape else f"s{self.draft.section().number}.{tag}{self.count}"
            if tag == "table":
                self.part, self.row, self.column = Part.TABLE, -1, -1
        elif tag == "tr" and self.row is not None:
            self.row, self.column = self.row + 1, -1
        elif tag in ("td", "th") and self.column is not None:
            self.column += 1
        elif tag in ("pre", "nav"):
            self.part = Part.OTHER
        elif tag == "footer":
            self.part = Part.FOOTER

    def _heading(self, element: etree._Element, tag: str, hidden: str) -> None:
        self.flush()
        text = " ".join("".join(_words(element)).split())
        level = _HEADINGS[tag]
        if hidden:
            self.draft.section().add_once(Part.HIDDEN_TEXT, text, where=hidden)
            return
        if text and (level <= _DEEPEST_SECTION or not self.draft.units):
            self.draft.new_unit("section").title = text
        self.draft.section().add(Part.TITLE, text, level=max(0, level - _DEEPEST_SECTION))
        for child in element.iter():
            self._attributes(child, local(child.tag))

    def _attributes(self, element: etree._Element, tag: str) -> None:
        given = dict(attributes(element)) if tag else {}  # a comment or an instruction has no tag
        if not given:
            return
        unit = self.draft.section() if self.draft.units else self.draft.whole
        for name in _TEXTS:
            unit.add_once(Part.ALT_TEXT, given.get(name, ""), where=f"{name} of {tag}")
        for name in _ADDRESSES:
            value = given.get(name, "")
            if not value.startswith(("#", "data:image")):
                unit.add_once(Part.LINK, value, where="link" if name == "href" else name)
        if tag in ("input", "option", "button", "param", "data"):
            unit.add_once(Part.FORM_FIELD, given.get("value", ""), where="form field, value")
        if "url(" in given.get("style", ""):
            unit.add_once(Part.LINK, given["style"], where="style")
        for name, value in given.items():
            worth = (name.startswith("data-") or name == "content") and _telling(value)
            if worth or (name.startswith("on") and value):
                unit.add_once(Part.HIDDEN_TEXT, value, where=name)


def _telling(value: str) -> bool:
    """Whether a value for programs may hold what somebody wrote: several words, a name, an address."""
    return any(c.isalpha() for c in value) and (value[:1].isupper() or any(sign in value for sign in " @:"))


def _words(element: etree._Element) -> Iterator[str]:
    """The texts in an element, but not those of comments and instructions."""
    for item in element.iter():
        if isinstance(item.tag, str) and item.text:
            yield item.text
        if item is not element and item.tail:
            yield item.tail
