"""What the boxes of a slide are to each other: small headings and their text, layout tables, sources, labels of a drawing.

Authors set text in boxes: a heading over a column, a table that only holds paragraphs in place, a list of sources in the
corner. Here that is read back from the order and the size of the boxes; no word is changed and none is added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from content.document import Block, Part, Unit
from content.draft import Sentence
from generators.prose_boxes import parted
from generators.prose_cues import Cues
from generators.prose_line import Line, lines_of
from generators.prose_noise import has_address, is_code, is_settings
from language.sentences import split

#: Words of a small heading, and of a text that is long enough to have one.
_LABEL, _TEXT = 7, 15
#: Words of the boxes beside a list that are taken for labels of a drawing.
_SMALL = 6
#: Words of a cell that is a paragraph, and the share of such cells that makes a table a layout.
_CELL, _SHARE = 18, 0.6
#: Lines of program text that a reader takes in, and how wide they may be.
_PROGRAM, _WIDE = 14, 110
#: Blanks for a level of a list of program text that was indented by its levels.
_STEP = 4
#: An address by itself is no program text.
_BARE = re.compile(r"[\w.+-]+@[\w-]+\.|^\s*(?:https?://|www\.)\S+\s*$")
#: A word of a sentence; signs that only mathematics has; what stands between its two sides.
_WORD = re.compile(r"[(“\"']?[A-Za-zÀ-ÿ]{4,}[)”\"'.,;:!?]*$")
_MATHS = re.compile(r"[α-ωΑ-Ω₀-₉ᵢⱼ²³√∑∏∫≈≤≥∂′·]|\bp ?[<=>]|=.*=")
_RELATION = re.compile(r"[=~≈<>≤≥∝]")
_STOPS = (".", "!", ":", ";", ",")


@dataclass(slots=True)
class Boxes:
    """The lines of a unit by what they are."""

    lines: list[Line]
    #: Shape -> the line that stands above it as its heading.
    labels: dict[str, Line] = field(default_factory=dict)
    #: Entries of lists of sources.
    references: list[Sentence] = field(default_factory=list)


def unfold(unit: Unit, tables: dict[str, list[Block]], language: str) -> list[Line]:
    """The paragraphs that stand in layout tables, as lines with a shape of their own; those tables leave `tables`.

    A layout table is one of which most words stand in cells of whole sentences. A short cell right above a paragraph is
    its heading and shares its shape; other short cells are legends and go.
    """
    out: list[Line] = []
    for shape, cells in list(tables.items()):
        long = [cell for cell in cells if len(cell.text.split()) >= _CELL or _sources(cell)]
        words = sum(len(cell.text.split()) for cell in cells)
        if not long or sum(len(cell.text.split()) for cell in long) < _SHARE * words:
            continue
        del tables[shape]
        for cell in long:
            above = [each for each in cells if each.column == cell.column and (each.row or 0) == (cell.row or 0) - 1
                     and each not in long and not any(char.isdigit() for char in each.text)]
            name = f"{shape}/{cell.row}/{cell.column}"
            out += [line.of_shape(name) for each in (*above, cell) for line in lines_of(unit, each, language)]
    return out


def _sources(cell: Block) -> bool:
    return cell.text.count("\n") >= 2 and len(cell.text.split()) >= 6


def sort_boxes(lines: Sequence[Line], known: frozenset[str], cue: Cues) -> Boxes:
    """Small headings apart from what they head, and lists of sources apart from both.

    `known` are the lines (by key) that head boxes on several slides of the deck.
    """
    lines = parted(lines)
    shapes: dict[str, list[Line]] = {}
    for line in lines:
        shapes.setdefault(line.shape, []).append(line)
    heads = {name: own[0] for name, own in shapes.items() if name and _heads(own)}
    sources = {name for name, head in heads.items() if cue.has("references_title", head.text.rstrip(" :"))}
    legal = {name for name, head in heads.items() if cue.has("legal_title", head.text)}
    if len(heads) < 2:
        heads = {name: head for name, head in heads.items() if head.key in known or name in sources | legal or "/" in name}
    boxes = Boxes([], heads)
    for name in sources:
        boxes.references += [Sentence(text=line.text, sources=line.sources) for line in shapes[name][1:]
                             if len(line.text.split()) >= 3 and not has_address(line.text)]
    gone = {id(head) for head in heads.values()} | {id(line) for name in sources | legal for line in shapes[name]}
    for name in sources | legal:
        heads.pop(name, None)
    if not heads:
        pairs = _pairs([own for name, own in shapes.items() if name not in sources | legal])
        heads.update(pairs)
        gone |= {id(line) for line in pairs.values()}
    boxes.lines = [line for line in lines if id(line) not in gone]
    return boxes


def head_keys(lines: Sequence[Line]) -> set[str]:
    """The keys of the lines that may head their box, for counting over a deck."""
    shapes: dict[str, list[Line]] = {}
    for line in lines:
        shapes.setdefault(line.shape, []).append(line)
    return {own[0].key for name, own in shapes.items() if name and _heads(own)}


def _heads(own: Sequence[Line]) -> bool:
    """Whether the first line of a box is a heading over the rest: short, no sentence, and the rest is text."""
    first, rest = own[0], own[1:]
    return bool(rest) and first.level <= min(line.level for line in rest) and _label(first.text) and (
        sum(len(line.text.split()) for line in rest) >= _TEXT) and max(len(line.text.split()) for line in rest) >= (
        3 if len(rest) >= 4 else _LABEL + 1)


def _label(text: str) -> bool:
    return len(text.split()) <= _LABEL and not text.endswith(_STOPS) and not is_code(text) and text[:1].isupper()


def _pairs(shapes: Sequence[Sequence[Line]]) -> dict[str, Line]:
    """Boxes of one short line, each with the box of text that it heads: in turns, or all labels before all texts."""
    kinds = ["L" if len(own) == 1 and _label(own[0].text) else
             "T" if sum(len(line.text.split()) for line in own) >= _TEXT - 3 else "" for own in shapes]
    row = "".join(kinds)
    texts = row.count("T")
    if texts < 2 or "" in kinds:
        return {}
    if row == "LT" * texts:
        return {own[0].shape: shapes[place - 1][0] for place, own in enumerate(shapes) if place % 2}
    labels = len(row) - texts
    if row == "L" * labels + "T" * texts and 0 <= labels - texts <= 1:
        return {shapes[labels + n][0].shape: shapes[labels - texts + n][0] for n in range(texts)}
    return {}


def without_labels(lines: Sequence[Line], every: Sequence[Line]) -> list[Line]:
    """Lines without the labels of a drawing: short texts alone in their shapes, three or more of them or nothing else.

    Beside a list or a text, boxes of a word or two are labels too.
    """
    size = Counter(line.shape for line in every)
    repeated = {key for key, count in Counter(line.key for line in lines).items() if count > 1}
    lone = [line for line in lines
            if line.part is Part.BODY and line.shape and size[line.shape] <= 2 and len(line.text.split()) <= 5
            and not line.text.endswith((".", "!", ":"))]
    shapes = {line.shape for line in lone}
    labels = set(map(id, lone)) if len(shapes) >= 3 or (len(shapes) == 2 and len(lone) == len(lines)) else set()
    words = Counter[str]()
    for line in every:
        words[line.shape] += len(line.text.split())
    main = max(words.values(), default=0)
    longest = {shape: max(len(line.text.split()) for line in every if line.shape == shape) for shape in words}
    if main >= _TEXT:
        labels |= {id(line) for line in lines if line.part is Part.BODY and line.shape and words[line.shape] <= _SMALL
                   and longest[line.shape] <= 3 and not line.text.endswith((".", "!", ":", "?"))}
    return [line for line in lines if id(line) not in labels and not (line.key in repeated and len(line.text.split()) <= 6)]


def with_code(lines: Sequence[Line]) -> list[Line]:
    """The lines with what is program text marked as such; of a block with a line of code, and of a box of settings, every
    line is code.
    """
    inside = {line.block for line in lines if is_code(line.text)}
    many = Counter(line.block for line in lines)
    boxes: dict[str, list[str]] = {}
    for line in lines:
        boxes.setdefault(line.shape, []).append(" ".join(text for _, text in line.parts))
    settings = {shape for shape, texts in boxes.items() if is_settings(texts)}
    return [line.as_code() if is_code(line.text) or line.shape in settings or (
        line.block in inside and many[line.block] > 1) else line for line in lines]


def shown_code(lines: Sequence[Line]) -> set[int]:
    """The lines of code (by identity) that a sentence leads into: "... the following call:" and three lines at most."""
    out: set[int] = set()
    led, run = False, 0
    for line in lines:
        if not (line.code or has_address(line.text)):
            led, run = line.text.endswith(":") and len(line.text.split()) >= 2, 0
        elif led and run < 3 and not _BARE.search(line.text):
            out.add(id(line))
            run += 1
    return out


def code_boxes(lines: Sequence[Line]) -> set[str]:
    """The boxes of program text on a slide that says something about them in whole sentences beside; none where it says
    nothing, or where they are all that it holds.
    """
    shapes: dict[str, list[Line]] = {}
    for line in lines:
        shapes.setdefault(line.shape, []).append(line)
    boxes = {name for name, own in shapes.items() if len(own) > 1 and 2 * sum(line.code for line in own) >= len(own)}
    beside = any(line.text.endswith(".") and len(line.text.split()) > _SMALL and not line.code
                 for line in lines if line.shape not in boxes)
    return boxes if beside else set()


def formulas(lines: Sequence[Line]) -> set[int]:
    """The lines (by identity) that are mathematics: hardly a word, signs of it, and what only goes on with such a line."""
    out: set[int] = set()
    for line in lines:
        words = line.text.split()
        wordy = sum(_WORD.match(word) is not None for word in words)
        if not line.code and len(words) >= 3 and 5 * wordy <= 2 * len(words) and (
                _MATHS.search(line.text) or line.text[0] in "+−=×·") and _RELATION.search(line.text + " ="):
            out.add(id(line))
    return out


def program(blocks: Sequence[Block]) -> list[Sentence]:
    """The program text of some blocks, a line each with its own spacing; [] where it is too long to be read."""
    out: list[Sentence] = []
    outer = min((block.level for block in blocks), default=0)
    for block in blocks:
        before = " " * (block.indent or _STEP * (block.level - outer))
        spans = split(block.text)
        place = 0
        for row in re.split(r"[\n\x0b]", block.text):
            # The sentences of the block that the line holds a part of.
            ids = tuple(f"{block.id}.{n}" for n, (start, end) in enumerate(spans, start=1)
                        if start < place + len(row) and end > place)
            place += len(row) + 1
            if row.strip():
                out.append(Sentence(text=before + row.rstrip().replace("\t", "    "), sources=ids))
            before = ""
    return out if len(out) <= _PROGRAM and all(len(s.text) <= _WIDE for s in out) else []
