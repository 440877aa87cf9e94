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

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from content.draft import Origin, Sentence
from content.errors import Fault

TEMPLATES = Path(__file__).parent / "templates"
# Plane 16 private use: PowerPoint's symbol fonts use the ones of the basic plane.
_OPEN, _MIDDLE, _CLOSE = "\U0010ff00", "\U0010ff01", "\U0010ff02"
_MARKS = dict.fromkeys(map(ord, (_OPEN, _MIDDLE, _CLOSE)))
_MARKED = re.compile(f"{_OPEN}(\\d+){_MIDDLE}(.*?){_CLOSE}", re.DOTALL)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
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


class _Marks:
    """Collects the sentences of one rendering; `finalize` of the environment asks it for each printed value."""

    def __init__(self, escape: Callable[[str], str]) -> None:
        self.escape = escape
        self.printed: list[Sentence] = []

    def mark(self, value: object) -> object:
        if isinstance(value, Sentence):
            self.printed.append(value)
            return f"{_OPEN}{len(self.printed) - 1}{_MIDDLE}{self.escape(value.text.translate(_MARKS))}{_CLOSE}"
        if isinstance(value, Plain | Markup):
            return value.translate(_MARKS)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise Fault("template", f"prints a {type(value).__name__} that has no source", "Print a Sentence or Plain")


#: The marks of the rendering that runs now: the compiled templates are shared, what they print is not.
_current: ContextVar[_Marks] = ContextVar("marks")


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - text and Markdown, not HTML; source text is escaped by the marks
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=lambda value: _current.get().mark(value))
    environment.filters["plain"] = Plain
    return environment


def render(template: str, language: str, values: dict[str, object],
           escape: Callable[[str], str] = escape_markdown) -> tuple[Sentence, ...]:
    """Render `templates/<language>/<template>` and return its segments; joined, they are the rendered text.

    Raises Fault when the template prints a value without a source. Three or more line breaks in a row become two.
    """
    marks = _Marks(escape)
    token = _current.set(marks)
    try:
        text = _environment().get_template(f"{language}/{template}").render(values)
    finally:
        _current.reset(token)
    return segments(re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n", marks.printed)


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
