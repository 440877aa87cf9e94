"""Markdown by markdown-it-py: headings open sections; code, links, raw HTML and front matter are kept for scanning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from content.document import LABEL_LEVEL, Document, Part
from extractors.base import InputFile
from extractors.building import DocumentDraft
from extractors.encoding import decode
from extractors.text import looks_like_text

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
#: Expressions that run over hostile text: what may be repeated is bounded, so that none takes the square of the length.
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_SIGNS = (re.compile(r"\[[^\]\n]{1,300}\]\([^)\n]{1,2000}\)"),
          re.compile(r"^(?:```|~~~)", re.MULTILINE), re.compile(r"\*\*[^*\n]+\*\*"),
          re.compile(r"^[-*+] \S", re.MULTILINE), re.compile(r"^\|.+\|\s*$", re.MULTILINE),
          re.compile(r"^> \S", re.MULTILINE))
#: A heading deeper than this does not open a section of its own.
_DEEPEST_SECTION = 2
#: Words of a paragraph or of the start of one that is set bold as a small heading.
_BOLD = 12
#: The box of an item of a task list.
_TASK = re.compile(r"\A\[[ xX]\][ \t]+(?=\S)")


class Markdown:
    """The extractor of Markdown."""

    name = "markdown"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def sniff(self, file: InputFile) -> int:
        """Surer than plain text where headings stand with other marks of Markdown, or two headings do."""
        if file.head.lstrip()[:1] == b"<" or not looks_like_text(file.head):
            return 0
        text, _ = decode(file.head, cut=True)
        headings, signs = len(_HEADING.findall(text)), sum(bool(sign.search(text)) for sign in _SIGNS)
        return 60 if headings >= 2 or (headings and signs) or (_FRONT.match(text) and signs) or signs >= 3 else 0

    def extract(self, file: InputFile) -> Document:
        """Read Markdown; a file without any heading is one section."""
        from markdown_it import MarkdownIt

        draft = DocumentDraft(file, MEDIA_TYPE)
        text, _ = decode(file.data)
        front = _FRONT.match(text)
        if front:
            _front_matter(draft, front[1])
            text = text[front.end():]
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        known: dict[str, object] = {}
        _Walk(draft).read(parser.parse(text, known))
        _definitions(draft, known)
        return draft.build()


EXTRACTOR = Markdown()


def _definitions(draft: DocumentDraft, known: dict[str, object]) -> None:
    """Link definitions, used or not: people also write comments as definitions that nothing uses."""
    found = known.get("references")
    more = known.get("duplicate_refs")
    rows = [*(found.values() if isinstance(found, dict) else ()), *(more if isinstance(more, list) else ())]
    for row in rows:
        for key in ("href", "title"):
            text = str(row.get(key, ""))
            if any(char.isalpha() for char in text):
                draft.whole.add_once(Part.LINK, text, where="link definition")


def _text(children: Iterable[Token]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)


def _headed(token: Token, text: str) -> tuple[str, str]:
    """What a paragraph has bold at its start as a small heading, and the rest: a question or a label that ends there
    ("**Do we need a licence?** Not in most places"), or a whole paragraph of a few words; '' where it has none.
    """
    children = [child for child in token.children or () if child.type != "text" or child.content]
    if not children or children[0].type != "strong_open":
        return "", text
    end = next((n for n, child in enumerate(children) if child.type == "strong_close"), 0)
    head = " ".join(_text(children[:end]).split())
    rest = _text(children[end + 1:]).strip()
    few = 0 < len(head.split()) <= _BOLD and any(char.isalpha() for char in head)
    if not few or (not rest and head[-1] in ".,;!"):
        return "", text
    ends = head[-1] in ".?!:" or children[end + 1].type in ("softbreak", "hardbreak") if rest else True
    return (head.rstrip(" .:"), rest) if ends and not rest[:1].islower() else ("", text)


def _front_matter(draft: DocumentDraft, text: str) -> None:
    """Front matter line by line; a YAML library would build objects that nobody needs here."""
    name = ""
    for line in text.split("\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip() and key == key.lstrip() and not key.startswith(("-", "#")):
            name = key.strip().lower()
            draft.set_property(name, value.strip().strip("\"'[]"))
        elif line.strip():
            draft.whole.add_once(Part.PROPERTY, line.strip().lstrip("- ").strip("\"'"), where=name or "front matter")


class _Walk:
    """Goes through the tokens and fills sections."""

    def __init__(self, draft: DocumentDraft) -> None:
        self.draft = draft
        self.lists: list[str] = []
        self.count = 0  # of lists that stand in no other list
        self.cell: tuple[int, int] | None = None
        self.tables = 0
        self.quotes = 0

    def read(self, tokens: list[Token]) -> None:
        heading = 0
        for token in tokens:
            kind = token.type
            self.quotes += (kind == "blockquote_open") - (kind == "blockquote_close")
            if kind == "heading_open":
                heading = int(token.tag[1])
            elif kind == "heading_close":
                heading = 0
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.count += not self.lists
                self.lists.append(kind)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "table_open":
                self.tables, self.cell = self.tables + 1, (-1, -1)
            elif kind == "table_close":
                self.cell = None
            elif kind == "tr_open" and self.cell is not None:
                self.cell = (self.cell[0] + 1, -1)
            elif kind in ("td_open", "th_open") and self.cell is not None:
                self.cell = (self.cell[0], self.cell[1] + 1)
            elif kind == "inline":
                self._inline(token, heading)
            elif kind in ("fence", "code_block"):
                self.draft.section().add(Part.OTHER, token.content, where="code")
                if " " in token.info.strip() or token.info[:1].isupper():
                    self.draft.section().add_once(Part.OTHER, token.info, where="what is said of the code")
            elif kind == "html_block":
                self._html(token.content)

    def _inline(self, token: Token, heading: int) -> None:
        text = _text(token.children or ())
        if heading:
            if heading <= _DEEPEST_SECTION or not self.draft.units:
                self.draft.new_unit("section").title = " ".join(text.split())
            self.draft.section().add(Part.TITLE, " ".join(text.split()), level=max(0, heading - _DEEPEST_SECTION))
        elif self.cell is not None:
            self.draft.section().add(Part.TABLE, text, row=self.cell[0], column=self.cell[1],
                             shape=f"s{self.draft.section().number}.table{self.tables}")
        else:
            head, text = ("", _TASK.sub("", text)) if self.lists or self.quotes else _headed(token, text)
            if head:
                self.draft.section().add(Part.TITLE, head, level=LABEL_LEVEL)
            unit = self.draft.section()
            kind = "quote" if self.quotes else "paragraph"
            own = f"list{self.count}" if self.lists else f"{kind}{len(unit.blocks) + 1}"
            if text:
                unit.add(Part.BODY, text, level=len(self.lists), shape=f"s{unit.number}.{own}",
                         numbered=self.lists[-1:] == ["ordered_list_open"])
        self._aside(token)

    def _aside(self, token: Token) -> None:
        """Addresses, alternative texts, comments: for scanning."""
        for child in token.children or ():
            if child.type == "link_open":
                self.draft.section().add_once(Part.LINK, str(child.attrs.get("href", "")), where="link")
                self.draft.section().add_once(Part.LINK, str(child.attrs.get("title", "")), where="title of a link")
            elif child.type == "image":
                self.draft.section().add_once(Part.ALT_TEXT, child.content, where="alternative text")
                self.draft.section().add_once(Part.LINK, str(child.attrs.get("src", "")), where="picture")
            elif child.type == "html_inline":
                self._html(child.content)

    def _html(self, text: str) -> None:
        if text.lstrip().startswith("<!--"):
            self.draft.section().add_once(Part.HIDDEN_TEXT, text.strip().removeprefix("<!--").removesuffix("-->"),
                                          where="comment")
        elif any(char.isalpha() for char in re.sub(r"</?\w+\s*/?>", "", text)):
            self.draft.section().add_once(Part.OTHER, text, where="HTML")
