"""The grammar of a script file: Markdown that a person can record from and that can be read back for the voice.

    # Title                 the episode; not spoken
    ## Chapter              a chapter; its name is shown by players, not spoken by itself
    > a line like this      a stage direction: for the person who records, never spoken
    anything else           spoken, one paragraph between blank lines

A file without any heading is one chapter, so plain text works too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generators.speech.clean import plain

_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_FENCE = re.compile(r"^(?:```|~~~).*?(?:^(?:```|~~~)[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a script: its name as players show it, and its paragraphs as they stand in the file."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be recorded. `chapters` have at least one paragraph each."""

    title: str
    chapters: tuple[Chapter, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All paragraphs in order."""
        return tuple(paragraph for chapter in self.chapters for paragraph in chapter.paragraphs)


def read(text: str) -> Script:
    """Read a script. Chapters without a spoken paragraph are left out; an empty file gives no chapters."""
    text = _FENCE.sub("", _FRONT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1))
    title, name = "", ""
    spoken: list[str] = []
    chapters: list[Chapter] = []

    def close() -> None:
        if spoken:
            chapters.append(Chapter(name or title, tuple(spoken)))
            spoken.clear()

    for piece in _BREAK.split(text):
        lines: list[str] = []
        for line in piece.split("\n"):
            heading = _HEADING.match(line.strip())
            if heading:
                _add(lines, spoken)
                close()
                if len(heading[1]) == 1 and not title:
                    title = name = plain(heading[2])
                else:
                    name = plain(heading[2])
            elif not line.lstrip().startswith(">") and not re.fullmatch(r"\s*(?:[-*_]\s*){3,}", line):
                lines.append(line.strip())
        _add(lines, spoken)
    close()
    return Script(title, tuple(chapters))


def _add(lines: list[str], spoken: list[str]) -> None:
    text = " ".join(line for line in lines if line)
    lines.clear()
    if any(char.isalnum() for char in plain(text)):
        spoken.append(text)
