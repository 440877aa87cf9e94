"""One line of a block: its sentences where no line break stands between them. A line keeps the words of its block."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from content.document import Block, Part, Unit
from language.fold import folded
from language.sentences import split

_MARK = re.compile(r"^(?:[•·▪◦‣►➢✓✔–—]|\*{1,2}(?!\w)|-(?=\s)|o(?=\s\s?[A-Z]))\s*")
CREDIT = re.compile(r"^(?:—\s*|(?:–|-{1,3})\s+)(?=[A-Z])(?:[\w.'’]+,?\s*){1,6}$")
_NUMBERED = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\D)")
#: Words of a text that was broken into lines for the look of it.
_WRAPPED = 8


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

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of its sentences."""
        return tuple(name for name, _ in self.parts)

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


def lines_of(unit: Unit, block: Block) -> list[Line]:
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
    out = []
    for row in rows:
        parts = tuple((f"{block.id}.{number}", " ".join(block.text[start:end].split())) for number, start, end in row)
        text = " ".join(part for _, part in parts)
        numbered = _NUMBERED.match(text) is not None
        plain = block.part is Part.TITLE or CREDIT.match(text)
        bare = text if plain else _NUMBERED.sub("", _MARK.sub("", text))
        out.append(Line(parts, bare, unit.number, block.level, block.shape, block.part, block.id, row[0][1], row[-1][2],
                        numbered))
    return out


def _wrapped(block: Block) -> bool:
    """Whether a short text was broken into lines to fit its box: "Threat\\nAgents"."""
    rows = [row.strip() for row in re.split(r"[\n\x0b]", block.text) if row.strip()]
    return block.part is Part.BODY and len(rows) > 1 and len(block.text.split()) <= _WRAPPED and (
        max(len(row.split()) for row in rows) <= 3) and not any(row[-1] in ".?!:;," or _MARK.match(row) for row in rows)
