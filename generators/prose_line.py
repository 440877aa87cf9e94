"""One line of a block: its sentences where no line break stands between them. A line keeps the words of its block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.document import Block, Part, Unit
from generators.alone import open_end
from generators.prose_noise import is_code
from language.fold import folded
from language.sentences import split

_MARK = re.compile(r"^(?:[•·▪◦‣►➢✓✔–—]|\*{1,2}(?!\w)|-(?=\s)|o(?=\s\s?[A-Z]))\s*")
_TYPED = re.compile(r"^[•·▪◦‣►➢✓✔]\s*(?=\S)")
CREDIT = re.compile(r"^(?:—\s*|(?:–|-{1,3})\s+)(?=[A-Z])(?:[\w.'’]+,?\s*){1,6}$")
_NUMBERED = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\D)")
#: Words of a text that was broken into lines for the look of it.
_WRAPPED = 8
#: How a sentence ends.
ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
#: Words of a line that breaks off anywhere.
_CUT = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block. `parts` are its sentences as (id, text); `doc` and the offsets say where it was parsed."""

    parts: tuple[tuple[str, str], ...]
    text: str
    unit: int
    level: int
    shape: str
    part: Part
    block: str
    start: int
    end: int
    numbered: bool = False
    #: Program text.
    code: bool = False
    #: Blanks before it, as far as they are known.
    indent: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of its sentences."""
        return tuple(each for name, _ in self.parts for each in ids(name))

    @property
    def key(self) -> str:
        """What makes two lines the same."""
        return folded(self.text).rstrip(" .:;,")

    def of_shape(self, shape: str) -> Line:
        """The line as if it stood in another shape."""
        return replace(self, shape=shape, part=Part.BODY)

    def as_code(self) -> Line:
        """The line as program text."""
        return replace(self, code=True)


def untyped(text: str) -> str:
    """A text without the bullet sign that somebody typed in front of it."""
    return _TYPED.sub("", text)


def ids(name: str) -> tuple[str, ...]:
    """The source sentences of a part: two or more, divided by blanks, where a line break had cut one sentence."""
    return tuple(name.split())


def goes_on(before: str, text: str, language: str) -> bool:
    """Whether a line only goes on with the one before it: that one breaks off, and this one begins like no sentence."""
    if not before or before[-1] in ".!?:;…”\"" or not text or is_code(text) or is_code(before):
        return False
    if open_end(before, language):
        return len(before.split()) >= _CUT
    begins = before[:1].isupper() or before[:1].isdigit() or before[:1] in "“\"‘("
    word = text.split()[0]
    return text[:1].islower() and begins and len(before.split()) > _CUT and word[1:] == word[1:].lower() and (
        not any(char.isdigit() or char in "/_" for char in word))


def joined(parts: Sequence[tuple[str, str]], more: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Two lines of one sentence: the last part of the one and the first of the other become one part."""
    (name, text), (other, rest) = parts[-1], more[0]
    return (*parts[:-1], (f"{name} {other}", f"{text.rstrip()} {rest}"), *more[1:])


def lines_of(unit: Unit, block: Block, language: str) -> list[Line]:
    """The lines of a block: its sentences, kept together where no line break stands between them."""
    rows: list[list[tuple[int, int, int]]] = []
    last = -1
    label = _wrapped(block)
    for number, (start, end) in enumerate(split(block.text), start=1):
        if rows and (label or ("\n" not in block.text[last:start] and "\x0b" not in block.text[last:start])):
            rows[-1].append((number, start, end))
        else:
            rows.append([(number, start, end)])
        last = end
    out: list[Line] = []
    for row in rows:
        parts = tuple((f"{block.id}.{number}", " ".join(block.text[start:end].split())) for number, start, end in row)
        before = out[-1].parts[-1][1] if out else ""
        if out and block.part is not Part.TITLE and (
                goes_on(before, parts[0][1], language) or _enumerates(before, parts[0][1])):
            head = out.pop()
            both = joined(head.parts, parts)
            out.append(replace(head, parts=both, text=f"{head.text.rstrip()} {' '.join(part for _, part in parts)}",
                               end=row[-1][2]))
            continue
        text = " ".join(part for _, part in parts)
        numbered = block.numbered or _NUMBERED.match(text) is not None
        plain = block.part is Part.TITLE or CREDIT.match(text)
        bare = text if plain else _NUMBERED.sub("", _MARK.sub("", text))
        if not plain and _TYPED.match(text):
            # A bullet sign that somebody typed is none of the words of its sentence.
            parts = ((parts[0][0], _TYPED.sub("", parts[0][1])), *parts[1:])
        out.append(Line(parts, bare, unit.number, block.level, block.shape, block.part, block.id, row[0][1], row[-1][2],
                        numbered, indent=block.indent if not out else 0))
    return out


def _enumerates(before: str, text: str) -> bool:
    """Whether a line that a break cut after a comma goes on in the next one: "Bolts, nuts," and "washers of brass"."""
    return before.endswith(",") and any(char.isalpha() for char in text) and not (
        is_code(before) or is_code(text) or _MARK.match(text) or _NUMBERED.match(text))


def _wrapped(block: Block) -> bool:
    """Whether a short text was broken into lines to fit its box: "Threat\\nAgents"."""
    rows = [row.strip() for row in re.split(r"[\n\x0b]", block.text) if row.strip()]
    return block.part is Part.BODY and len(rows) > 1 and len(block.text.split()) <= _WRAPPED and (
        max(len(row.split()) for row in rows) <= 3) and not any(row[-1] in ".?!:;," or _MARK.match(row) for row in rows)
