"""The text of one unit as a reviewer reads it: every piece of it in its section, with what was found marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.document import Block, Part, Unit
from content.finding import Finding

#: Sections of the text view in their order, with the parts that stand in each.
_SECTIONS: tuple[tuple[str, str, frozenset[Part]], ...] = (
    (
        "on",
        "On the {kind}",
        frozenset(
            {
                Part.TITLE,
                Part.BODY,
                Part.TABLE,
                Part.CHART,
                Part.SMARTART,
                Part.IMAGE_TEXT,
                Part.FORM_FIELD,
                Part.FOOTER,
            }
        ),
    ),
    ("notes", "Speaker notes", frozenset({Part.NOTES})),
    ("comments", "Comments and annotations", frozenset({Part.COMMENT, Part.ANNOTATION})),
    ("alt", "Alternative text", frozenset({Part.ALT_TEXT})),
    ("hidden", "Text that nobody sees", frozenset({Part.HIDDEN_TEXT})),
    ("links", "Addresses of links", frozenset({Part.LINK})),
    ("properties", "Properties", frozenset({Part.PROPERTY})),
    ("inside", "Files inside", frozenset({Part.EMBEDDED, Part.ATTACHMENT})),
    ("other", "Master and other places", frozenset({Part.MASTER, Part.OTHER})),
)
_PLACE = {part.value: key for key, _, parts in _SECTIONS for part in parts}
_NAMES = {key: name for key, name, _ in _SECTIONS}
#: Characters of context on each side of what was found.
_AROUND = 110


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; marked when `group` is not empty, with the number of its card on this unit."""

    text: str
    group: str = ""
    number: int = 0
    severity: str = ""
    state: str = ""
    current: bool = False
    #: Whether this is the first run of its finding, which carries the number.
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A block: its id, how it is set, and its runs."""

    block: str
    part: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of place on the unit, with how many pieces of text it has and how much was found in it."""

    key: str
    name: str
    lines: tuple[Line, ...]
    found: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What was found with what stands around it."""

    before: str
    text: str
    after: str


def sections(
    unit: Unit, findings: Sequence[Finding], numbers: Mapping[str, int], states: Mapping[str, str], current: str
) -> tuple[Section, ...]:
    """The text of a unit. `numbers` are those of the cards by group, `states` those of the findings by id."""
    by_block: dict[str, list[Finding]] = {}
    for each in findings:
        if each.unit == unit.number and each.block:
            by_block.setdefault(each.block, []).append(each)
    kind = {"file": "file"}.get(unit.kind, unit.kind or "slide")
    lines: dict[str, list[Line]] = {}
    found: dict[str, int] = {}
    for block in unit.blocks:
        here = by_block.get(block.id, [])
        key = (
            "hidden"
            if not block.visible and block.part in {Part.TITLE, Part.BODY, Part.TABLE}
            else _PLACE[block.part.value]
        )
        lines.setdefault(key, []).append(
            Line(block.id, block.part.value, min(block.level, 4), _pieces(block, here, numbers, states, current))
        )
        found[key] = found.get(key, 0) + len(here)
    return tuple(
        Section(key, _NAMES[key].format(kind=kind), tuple(lines[key]), found[key])
        for key, _, _ in _SECTIONS
        if key in lines
    )


def section_name(part: str, kind: str) -> str:
    """What the place of a finding is called: "Speaker notes"."""
    return _NAMES[_PLACE[part]].format(kind=kind) if part in _PLACE else f"the whole {kind}"


def quote(text: str, start: int, end: int) -> Quote:
    """What was found in its sentence, or in as much of it as helps."""
    left = max(
        text.rfind(mark, 0, start) + len(mark) if text.rfind(mark, 0, start) >= 0 else 0 for mark in (". ", "? ", "\n")
    )
    right = min((found + 1 for mark in (". ", "? ", "\n") if (found := text.find(mark, end)) >= 0), default=len(text))
    begin, stop = max(left, start - _AROUND), min(right, end + _AROUND)
    before, after = text[begin:start], text[end:stop]
    return Quote(
        ("…" if begin > left else "") + before.lstrip(), text[start:end], after.rstrip() + ("…" if stop < right else "")
    )


def _pieces(
    block: Block, here: Sequence[Finding], numbers: Mapping[str, int], states: Mapping[str, str], current: str
) -> tuple[Piece, ...]:
    """The block's text cut where findings begin and end; the current one lies on top, then the shorter one."""
    if not here:
        return (Piece(block.text),)
    cuts = sorted(
        {0, len(block.text), *(max(0, each.start) for each in here), *(min(len(block.text), each.end) for each in here)}
    )
    order = sorted(here, key=lambda each: (each.group != current, each.end - each.start, each.id))
    pieces: list[Piece] = []
    shown: set[str] = set()
    for start, end in pairwise(cuts):
        top = next((each for each in order if each.start <= start and end <= each.end), None)
        if top is None:
            pieces.append(Piece(block.text[start:end]))
            continue
        pieces.append(
            Piece(
                block.text[start:end],
                top.group,
                numbers.get(top.group, 0),
                top.severity.value,
                states.get(top.id, "open"),
                top.group == current,
                top.id not in shown,
            )
        )
        shown.add(top.id)
    return tuple(pieces)
