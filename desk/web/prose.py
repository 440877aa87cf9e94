"""Draws a piece as its reader will see it, with every sentence leading to the place where it can be looked at.

Markdown is drawn by markdown-it with HTML off, without pictures, and with links of http, https and mailto alone. What
comes out is the library's own escaped HTML with our anchors around the runs of text; nothing of a piece is passed raw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from content.draft import MARKS, Origin, Sentence

# Numbers of sentences are written between them.
_OPEN, _MIDDLE, _CLOSE = MARKS
_MARKS = dict.fromkeys(map(ord, MARKS))
_TORN = re.compile(f"{_OPEN}\\d*{_MIDDLE}?|[{_MIDDLE}{_CLOSE}]")
_CUT = re.compile(f"({_OPEN}\\d+{_MIDDLE}|{_CLOSE})")
_COMMENT = re.compile(r"(?<!\\)<!--(.*?)-->", re.DOTALL)

#: What stands in the anchor of a sentence: number of the segment -> address, and what to say of it ("slide 3").
Anchors = Mapping[int, tuple[str, str]]


def marked(segments: Sequence[Sentence]) -> str:
    """The text with a mark around each segment that is not template wording."""
    return "".join(
        each.text if each.origin is Origin.TEMPLATE or not each.text.strip() else _mark(number, each.text)
        for number, each in enumerate(segments))


def notes_of(text: str) -> tuple[str, tuple[str, ...]]:
    """A marked Markdown text without its comments, and the lines of those: they are notes to the editor."""
    lines = [_TORN.sub("", line).strip(" -") for found in _COMMENT.finditer(text) for line in found[1].splitlines()]
    return _COMMENT.sub("", text), tuple(line for line in lines if line)


def markdown(text: str, anchors: Anchors, chosen: int = -1) -> tuple[Markup, Markup]:
    """Marked Markdown as HTML in two parts: up to the end of the block that holds the chosen sentence, and the rest."""
    tokens = _parser().parse(text)
    cut, depth = len(tokens), 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if token.type == "inline" and f"{_OPEN}{chosen}{_MIDDLE}" in token.content:
            cut = _end(tokens, place, depth)
            break
    for token in tokens:
        if token.children is not None:
            token.children = _anchored(token.children, anchors, chosen)
        token.content = _TORN.sub("", token.content)
        if token.type in ("heading_open", "heading_close"):  # the page itself has the first level
            token.tag = f"h{min(6, int(token.tag[1:]) + 1)}"
    parser = _parser()
    first, rest = (parser.renderer.render(part, parser.options, {}) for part in (tokens[:cut], tokens[cut:]))
    return Markup(first.translate(_MARKS)), Markup(rest.translate(_MARKS))  # noqa: S704 - markdown-it, HTML off


def plain(text: str, anchors: Anchors, chosen: int = -1) -> Markup:
    """Marked plain text as HTML; line breaks stay, the style shows them."""
    pieces: list[Markup] = []
    current = -1
    for part in _CUT.split(text.strip("\n")):
        if part.startswith(_OPEN):
            current = int(part[1:-1])
        elif part == _CLOSE:
            current = -1
        elif part:
            shown = escape(part)
            pieces.append(Markup(_open(current, anchors, chosen) + str(shown) + "</a>")  # noqa: S704 - escaped above
                          if current in anchors else shown)
    return Markup("").join(pieces)


def _mark(number: int, text: str) -> str:
    """Marks stand inside of the blanks around a sentence, and each of its lines has its own: no block is torn."""
    lines = text.translate(_MARKS).split("\n")
    out = []
    for line in lines:
        body = line.strip()
        start = line.find(body)
        out.append(f"{line[:start]}{_OPEN}{number}{_MIDDLE}{body}{_CLOSE}{line[start + len(body):]}" if body else line)
    return "\n".join(out)


def _anchored(children: list[Token], anchors: Anchors, chosen: int) -> list[Token]:
    """Inline tokens with an anchor around each run of a sentence; what is a link already stays one."""
    out: list[Token] = []
    current, inside = -1, 0
    for token in children:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text":
            token.content = _TORN.sub("", token.content)
            out.append(token)
            continue
        for part in _CUT.split(token.content):
            if part.startswith(_OPEN):
                current = int(part[1:-1])
            elif part == _CLOSE:
                current = -1
            elif part:
                wanted = current in anchors and not inside and part.strip()
                if wanted:
                    out.append(_raw(_open(current, anchors, chosen)))
                out.append(Token("text", "", 0, content=part))
                if wanted:
                    out.append(_raw("</a>"))
    return out


def _open(number: int, anchors: Anchors, chosen: int) -> str:
    address, said = anchors[number]
    here = ' aria-current="true"' if number == chosen else ""
    return f'<a class="said" href="{escape(address)}" data-from="{escape(said)}"{here}>'


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _end(tokens: list[Token], place: int, depth: int) -> int:
    """Where the outermost block ends that holds a token."""
    while depth > 0 and place + 1 < len(tokens):
        place += 1
        depth += tokens[place].nesting
    return place + 1


@cache
def _parser() -> MarkdownIt:
    made = _Parser("commonmark", {"html": False, "linkify": False, "typographer": False})
    return made.enable("table").disable("image")


class _Parser(MarkdownIt):
    """Markdown with links to the web and to mail addresses alone."""

    def validateLink(self, url: str) -> bool:
        """Whether a link may be drawn."""
        return url.strip().lower().startswith(("https://", "http://", "mailto:"))
