"""Lists as their author made them, and what stands big on a slide with its caption.

A list of a document stays whole, in its order and with its numbers; one that the notes announce and count off stands where
they do so. A figure and its caption are one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.document import Block
from content.draft import Sentence
from generators.material import ItemList, Passage
from generators.prose_bullets import Kind, Node, item
from generators.prose_cues import Cues
from generators.prose_line import ENDS, Line
from generators.prose_notes import Told
from generators.prose_sound import promised

#: A figure with its unit, or two with an arrow between them: "17 minutes", "€1.6 million", "26 months → 41 minutes".
_VALUE = r"[^\w\s]{0,2}\s?\d[\d.,:]*(?<![.,:])[^\s)]{0,4}(?:\s?%)?(?:\s+[^\WA-Z]\S*){0,3}"
_FIGURE = re.compile(rf"^{_VALUE}(?:\s*(?:→|->|=>|–|—|-|/)\s*{_VALUE})?$")
#: Boxes of a drawing, the share of them whose second line begins with a small letter, and words of one of their lines.
_BOXES, _GLOSSED, _BOX = 3, 0.66, 12
#: The fewest things that are announced.
_ANNOUNCED = 3
#: Words of an item; what is longer is a paragraph with a number.
_ITEM = 60


def listed(lines: Sequence[Line]) -> bool:
    """Whether lines of running text are one flat list of items."""
    return len(lines) > 1 and lines[0].level > 0 and len({(line.shape, line.level) for line in lines}) == 1 and not any(
        line.code or len(line.text.split()) > _ITEM for line in lines)


def item_list(lines: Sequence[Line]) -> ItemList:
    """Such lines as a list: numbered where their author numbered them, an item of several sentences in one piece."""
    return ItemList(tuple(item(Node(line, Kind.NOUN)) for line in lines), None, all(line.numbered for line in lines))


def captioned(heading: Line | None, lines: Sequence[Line], kinds: Sequence[Kind], cue: Cues) -> Sentence | None:
    """A title that is only a figure and the one line under it as a sentence: "17 minutes is how long it took"; with a colon
    between them where that line has no verb. None where the slide is no figure with its caption.
    """
    if heading is None or len(lines) != 1 or not _FIGURE.match(heading.text.strip()) or lines[0].code or (
            promised(heading.text, cue)):
        return None
    (line,), (kind,) = lines, kinds
    if kind is Kind.VERB or cue.has("finite", line.text.split()[0]):
        text = f"{heading.text} {line.text[:1].lower()}{line.text[1:]}"
    elif kind in {Kind.NOUN, Kind.PARTICIPLE}:
        text = f"{heading.text}: {line.text}"
    else:
        return None
    return Sentence(text=text if ENDS.search(text) else text.rstrip(" ,;:") + ".", sources=(*heading.sources, *line.sources))


def glossed(lines: list[Line]) -> list[Line]:
    """The lines of a slide of boxes, each with a name and what it is ("Rent", "what the hall costs us"), as one line a box;
    as they are where the slide holds anything else.
    """
    boxes: dict[str, list[Line]] = {}
    for line in lines:
        boxes.setdefault(line.shape, []).append(line)
    alike = len(boxes) >= _BOXES and "" not in boxes and all(
        len(own) == 2 and own[0].text[-1:] != "?" and not any(
            line.code or line.text[-1:] in ".!:" or len(line.text.split()) > _BOX for line in own) for own in boxes.values())
    if not alike or sum(own[1].text[:1].islower() for own in boxes.values()) < _GLOSSED * len(boxes):
        return lines
    return [replace(name, parts=(*name.parts, *gloss.parts), text=f"{name.text}: {gloss.text}")
            for name, gloss in boxes.values()]


@dataclass(frozen=True, slots=True)
class Around:
    """Running text around its table: the lines in their groups, the place of the first group after it, its caption."""

    groups: list[list[Line]]
    place: int
    caption: Sentence | None


def around_table(groups: Sequence[Sequence[Line]], cells: Sequence[Block], cue: Cues) -> Around:
    """The lines of a section cut where its table stands, with the line above it that is its caption ("Table 2. Halls")."""
    first = _number(cells[0].id)
    out: list[list[Line]] = []
    for group in groups:
        before = [line for line in group if _number(line.block) < first]
        out += [part for part in (before, list(group[len(before):])) if part]
    place = next((n for n, group in enumerate(out) if _number(group[0].block) > first), len(out))
    above = out[place - 1][-1] if place else None
    if above is None or above.level or not cue.has("table_caption", above.text):
        return Around(out, place, None)
    out[place - 1].pop()
    place -= not out[place - 1]
    return Around([group for group in out if group], place, Sentence(text=above.text.rstrip(" .:"), sources=above.sources))


def _number(block: str) -> int:
    """Where a block stands in its unit: "s3.b12" is the twelfth."""
    return int(block.rpartition("b")[2])


def with_caption(passages: list[Passage], caption: Sentence) -> list[Passage]:
    """The passages of a section with the caption of their table as the line that leads into it."""
    led = caption.model_copy(update={"text": caption.text + "."})
    out: list[Passage] = []
    for p in passages:
        if p.table and p.lists:
            # A list stands between: the table goes with its caption.
            out += [replace(p, table=()), replace(p, heading=None, run_in=None, prose=(led,), paragraphs=(), lists=())]
        elif p.table:
            rows = (*(row for row in p.paragraphs or (p.prose,) if row), (led,))
            out.append(replace(p, prose=(*p.prose, led), paragraphs=rows))
        else:
            out.append(p)
    return out


def announcing(told: Sequence[Told], lines: Sequence[Line], missing: bool, cue: Cues) -> Sentence | None:
    """The sentence of the notes after which the lines of a slide must stand: it counts so many things ("five things") as
    there are lines, and they are then spoken of by their number, or (`missing`) some of them are not told.
    """
    if len(lines) < _ANNOUNCED or any(line.code for line in lines):
        return None
    said = [s for each in told for row in each.paragraphs for s in row]
    for place, s in enumerate(said):
        counted = missing or any(cue.has("by_number", after.text) for after in said[place:])
        if counted and promised(s.text.rstrip(" .!"), cue) == len(lines):
            return s
    return None


def after_sentence(told: Sequence[Told], last: Sentence) -> tuple[list[Told], list[Told]]:
    """What is told up to a sentence and with it, and the rest, each in its paragraphs and under its subheads."""
    before: list[Told] = []
    rest: list[Told] = []
    for each in told:
        if rest:
            rest.append(each)
            continue
        found = next((n for n, row in enumerate(each.paragraphs) if any(s is last for s in row)), -1)
        if found < 0:
            before.append(each)
            continue
        row = each.paragraphs[found]
        cut = next(n for n, s in enumerate(row) if s is last) + 1
        before.append(Told(each.heading, [*each.paragraphs[:found], row[:cut]]))
        rest.append(Told(None, [part for part in (row[cut:], *each.paragraphs[found + 1:]) if part], each.items))
    return before, rest
