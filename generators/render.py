"""Renders templates so that every character of the result is known to be source or template.

A template prints `Sentence`s; they come out between private marks, and the rendered text is then cut at the marks into
segments. What stands outside the marks is the template's own wording. A template that prints a bare string fails: a
value without a source cannot slip into a piece. Numbers of ours (a count, a slide number) are `int`s, and wording from
the profile or the wording file is `Plain`; both are template text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from markupsafe import Markup

from content.draft import MARKS, Origin, Sentence
from content.errors import Fault
from generators.own_templates import own_file, render_own

TEMPLATES = Path(__file__).parent / "templates"
_OPEN, _MIDDLE, _CLOSE = MARKS
_MARKS = dict.fromkeys(map(ord, MARKS))
_MARKED = re.compile(f"{_OPEN}(\\d+){_MIDDLE}(.*?){_CLOSE}", re.DOTALL)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
#: An address up to what may not stand between angle brackets, without the marks of the sentence around it.
_ADDRESS = re.compile(r"https?://[^\s<>\"“”\\^`{|}]*[^\s<>\"“”\\^`{|}.,;:!?)'’\]]", re.IGNORECASE)
# A dash or a number with a point at the start makes a list; the backslash stands before the mark, never before a digit.
_LINE_START = re.compile(r"^(\s*(?:\d+(?=[.)])|(?=[-+])))([-+.)])(?=\s|$)")


class Plain(str):
    """Text that is known to be ours (wording, profile), safe to print without a source."""

    __slots__ = ()


def languages() -> tuple[str, ...]:
    """The languages that have templates."""
    return tuple(sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir()))


def escape_markdown(text: str) -> str:
    """Escape what Markdown would take for markup; line breaks become blanks."""
    flat = " ".join(text.split())
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", flat))


def escape_nothing(text: str) -> str:
    """Plain text: only line breaks become blanks."""
    return " ".join(text.split())


def linked(text: str, escape: Callable[[str], str]) -> str:
    """A text in Markdown with its http(s) addresses between angle brackets; a full stop behind one is not part of it."""
    flat = " ".join(text.split())
    out, position = "", 0
    for match in _ADDRESS.finditer(flat):
        out += _escaped(flat[position:match.start()], escape) + f"<{match[0]}>"
        position = match.end()
    return out + _escaped(flat[position:], escape)


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    """A part of a text, with the blanks at its ends."""
    bare = text.strip()
    return text.replace(bare, escape(bare)) if bare else text


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


class Verbatim:
    """A sentence to be printed as it stands, with no mark escaped: a line of program text in an indented block."""

    __slots__ = ("sentence",)

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence


class Linked:
    """A sentence of which the addresses are printed as links; the rest is escaped as ever."""

    __slots__ = ("sentence",)

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence


class Unsourced(Fault):
    """A template prints a value that has no source."""


class Marks:
    """Collects the sentences of one rendering; `finalize` of the environment asks it for each printed value.

    `own`: the template is a user's, and text that only claims to be safe has no source either.
    """

    def __init__(self, escape: Callable[[str], str], own: bool = False) -> None:
        self.escape = escape
        self.own = own
        self.printed: list[Sentence] = []

    def mark(self, value: object) -> object:
        """What is printed for a value. Raises Unsourced for what has no source."""
        if isinstance(value, Sentence):
            self.printed.append(value)
            return f"{_OPEN}{len(self.printed) - 1}{_MIDDLE}{self.escape(value.text.translate(_MARKS))}{_CLOSE}"
        if isinstance(value, Verbatim):
            self.printed.append(value.sentence)
            return f"{_OPEN}{len(self.printed) - 1}{_MIDDLE}{_one_line(value.sentence.text.translate(_MARKS))}{_CLOSE}"
        if isinstance(value, Linked):
            self.printed.append(value.sentence)
            text = linked(value.sentence.text.translate(_MARKS), self.escape)
            return f"{_OPEN}{len(self.printed) - 1}{_MIDDLE}{text}{_CLOSE}"
        if isinstance(value, Plain) or (isinstance(value, Markup) and not self.own):
            return value.translate(_MARKS)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, Undefined):
            raise Unsourced("template", f"prints a value that is not there ({type(value).__name__})",
                            "Print what the template of ours prints")
        raise Unsourced("template", f"prints a {type(value).__name__} that has no source", "Print a Sentence or Plain")


#: The marks of the rendering that runs now: the compiled templates are shared, what they print is not.
_current: ContextVar[Marks] = ContextVar("marks")


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - text and Markdown, not HTML; source text is escaped by the marks
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=lambda value: _current.get().mark(value))
    environment.filters["plain"] = Plain
    environment.filters["verbatim"] = Verbatim
    environment.filters["linked"] = Linked
    return environment


def render(template: str, language: str, values: dict[str, object],
           escape: Callable[[str], str] = escape_markdown) -> tuple[Sentence, ...]:
    """Render `templates/<language>/<template>` and return its segments; joined, they are the rendered text.

    Raises Fault when the template prints a value without a source. Three or more line breaks in a row become two.
    """
    own = own_file(template, language)
    if own is not None:
        return _segmented(*render_own(own, language, values, escape))
    marks = Marks(escape)
    token = _current.set(marks)
    try:
        text = _environment().get_template(f"{language}/{template}").render(values)
    finally:
        _current.reset(token)
    return _segmented(text, marks.printed)


def _segmented(marked: str, printed: list[Sentence]) -> tuple[Sentence, ...]:
    return segments(re.sub(r"\n{3,}", "\n\n", marked).strip("\n") + "\n", printed)


def short_plain(text: str) -> Plain:
    """What `plain` is in a template of a user: for marks between values, never for words. Raises Unsourced."""
    if len(text) > 3 or any(char.isalnum() for char in text):
        raise Unsourced("template", "makes text without a source out of a value", "Print the value itself")
    return Plain(text)


def own_filters() -> dict[str, Callable[..., object]]:
    """The filters of our templates as a user's template gets them."""
    known = Environment().filters  # noqa: S701 - asked for its names alone
    ours = {name: each for name, each in _environment().filters.items() if name not in known}
    return {**ours, "plain": short_plain}


def template_names() -> frozenset[str]:
    """The names of our templates, as a user's folder may use them ("interview.md.j2", "social/x.txt.j2")."""
    return frozenset(file.relative_to(TEMPLATES / "en").as_posix() for file in (TEMPLATES / "en").rglob("*.j2"))


def segments(marked: str, printed: list[Sentence]) -> tuple[Sentence, ...]:
    """Cut marked text into segments: sentences where it is marked, template wording elsewhere."""
    out: list[Sentence] = []
    position = 0
    for match in _MARKED.finditer(marked):
        if match.start() > position:
            out.append(Sentence(text=marked[position:match.start()], origin=Origin.TEMPLATE))
        out.append(printed[int(match[1])].model_copy(update={"text": match[2]}))
        position = match.end()
    if position < len(marked):
        out.append(Sentence(text=marked[position:], origin=Origin.TEMPLATE))
    return tuple(out)


@cache
def wording(language: str) -> dict[str, str]:
    """The short phrases of a language from its `wording*.yaml` files; their values are template text."""
    import yaml

    phrases: dict[str, str] = {}
    for file in sorted((TEMPLATES / language).glob("wording*.yaml")):
        phrases |= cast("dict[str, str]", yaml.safe_load(file.read_text(encoding="utf-8")))
    return phrases


def say(language: str, key: str, **values: int | str) -> Plain:
    """One phrase of the wording file with its named values filled in. The values are ours, never source text."""
    return Plain(wording(language)[key].format(**values))
