"""Draws a piece as its reader will see it, with something of ours around every run of a sentence's text.

Markdown is drawn by markdown-it with HTML off, without pictures, and with links of http, https and mailto alone. What
comes out is the library's own escaped HTML with our elements around the runs of text; nothing of a piece is passed raw.
The desk and report.html draw with it, so that a piece looks alike in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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

#: Number of a segment, and whether the run is its first -> what stands before and after the run, as safe HTML; None for
#: a segment that nothing stands around.
Around = Callable[[int, bool], tuple[Markup, Markup] | None]


def marked(segments: Sequence[Sentence]) -> str:
    """The text with a mark around each segment that is not template wording."""
    return "".join(
        each.text if each.origin is Origin.TEMPLATE or not each.text.strip() else _mark(number, each.text)
        for number, each in enumerate(segments))


def notes_of(text: str) -> tuple[str, tuple[str, ...]]:
    """A marked Markdown text without its comments, and the lines of those: they are notes to the editor."""
    lines = [_TORN.sub("", line).strip(" -") for found in _COMMENT.finditer(text) for line in found[1].splitlines()]
    return _COMMENT.sub("", text), tuple(line for line in lines if line)


def markdown(text: str, around: Around, chosen: int = -1, down: int = 1) -> tuple[Markup, Markup]:
    """Marked Markdown as HTML in two parts: up to the end of the block that holds the chosen sentence, and the rest.

    `down`: by how many levels its headings go down, because the page has some above them.
    """
    tokens = _parser().parse(text)
    runs = _Runs(around)
    cut, depth = len(tokens), 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if token.type == "inline" and f"{_OPEN}{chosen}{_MIDDLE}" in token.content:
            cut = _end(tokens, place, depth)
            break
    for token in tokens:
        if token.children is not None:
            token.children = _wrapped(token.children, runs)
        if token.type in ("code_block", "fence"):
            token.type, token.content = "html_block", f"<pre><code>{runs.drawn(token.content)}</code></pre>\n"
        token.content = _TORN.sub("", token.content)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + down)}"
    parser = _parser()
    first, rest = (parser.renderer.render(part, parser.options, {}) for part in (tokens[:cut], tokens[cut:]))
    return Markup(first.translate(_MARKS)), Markup(rest.translate(_MARKS))  # noqa: S704 - markdown-it, HTML off


def plain(text: str, around: Around) -> Markup:
    """Marked plain text as HTML; line breaks stay, the style shows them."""
    return _Runs(around).drawn(text.strip("\n"))


class _Runs:
    """Puts something around each run of text between marks; knows which sentences it has met."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._met: set[int] = set()
        self._now = -1

    def begin(self) -> None:
        """A block begins: no sentence of the one before reaches into it."""
        self._now = -1

    def pieces(self, text: str, bare: bool = False) -> list[tuple[str, tuple[Markup, Markup] | None]]:
        """The runs of a text, each with what stands around it. A sentence goes on until its mark closes it."""
        out: list[tuple[str, tuple[Markup, Markup] | None]] = []
        for part in _CUT.split(text):
            if _CUT.fullmatch(part):
                self._now = -1 if part == _CLOSE else int(part[1:-1])
            elif bare_text := _TORN.sub("", part):
                wanted = self._now >= 0 and not bare and bool(bare_text.strip())
                out.append((bare_text, self._around(self._now, self._now not in self._met) if wanted else None))
                if wanted:
                    self._met.add(self._now)
        return out

    def drawn(self, text: str) -> Markup:
        """A text without Markdown, escaped."""
        return Markup("").join(
            around[0] + escape(part) + around[1] if around else escape(part) for part, around in self.pieces(text))


def _mark(number: int, text: str) -> str:
    """Marks stand inside of the blanks around a sentence, and each of its lines has its own: no block is torn."""
    lines = text.translate(_MARKS).split("\n")
    out = []
    for line in lines:
        body = line.strip()
        start = line.find(body)
        out.append(f"{line[:start]}{_OPEN}{number}{_MIDDLE}{body}{_CLOSE}{line[start + len(body):]}" if body else line)
    return "\n".join(out)


def _wrapped(children: list[Token], runs: _Runs) -> list[Token]:
    """Inline tokens with something around each run of a sentence; what is a link already stays one."""
    out: list[Token] = []
    inside = 0
    runs.begin()
    for token in children:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "code_inline" and not inside:
            out.append(_raw(f"<code>{runs.drawn(token.content)}</code>"))
            continue
        if token.type != "text":
            token.content = _TORN.sub("", token.content)
            out.append(token)
            continue
        for part, around in runs.pieces(token.content, bare=inside > 0):
            out += [_raw(around[0])] if around else []
            out.append(Token("text", "", 0, content=part))
            out += [_raw(around[1])] if around else []
    return out


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
