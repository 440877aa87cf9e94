"""Labels and texts in turns, in one box or in boxes beside each other: headings that an author set over paragraphs.

"Ask first" over a paragraph, "Write it down" over the next: read line by line the labels would be captions and go, and the
paragraphs would stand without signposts. Each text gets a box of its own here, with its label above it; no word is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.document import Part
from generators.prose_line import Line
from generators.prose_noise import is_code

#: A label, of one line or several, and the texts that it stands above.
Pair = tuple[list[Line], list[Line]]
#: Words of a label, all of its lines together, and of a text that has one.
_LABEL, _TEXT = 7, 15
#: Labels with a text that make a box one of them: of texts that are set deeper, and of texts that are not.
_DEEPER, _LEVEL = 2, 3


def parted(lines: Sequence[Line]) -> list[Line]:
    """The lines of a slide, each text of a row of labels and texts in turns in one shape with its label."""
    boxes: list[list[Line]] = []
    for line in lines:
        if boxes and line.shape and line.part is Part.BODY and boxes[-1][-1].shape == line.shape:
            boxes[-1].append(line)
        else:
            boxes.append([line])
    new: dict[int, Line] = {}
    gone: set[int] = set()
    for pairs in (*(_turns(box) for box in boxes), *_rows(boxes)):
        for number, (label, texts) in enumerate(pairs):
            shape = f"{texts[0].shape}/p{number}"
            head = replace(label[0], parts=tuple(part for line in label for part in line.parts),
                           text=" ".join(line.text for line in label))
            new[id(label[0])] = head.of_shape(shape)
            gone.update(id(line) for line in label[1:])
            new.update((id(line), line.of_shape(shape)) for line in texts)
    return [new.get(id(line), line) for line in lines if id(line) not in gone]


def _turns(held: Sequence[Line]) -> list[Pair]:
    """Each label of a box with the texts under it; [] where the box holds anything else."""
    out: list[Pair] = []
    for line in held:
        text = _text(line)
        if not (text or _label(line)) or (text and not out):
            return []
        if text:
            out[-1][1].append(line)
        elif out and not out[-1][1]:
            out[-1][0].append(line)  # a label that was broken in two for the look of it
        else:
            out.append(([line], []))
    return out if _sound(out) else []


def _rows(boxes: Sequence[list[Line]]) -> list[list[Pair]]:
    """Runs of boxes that hold a label and a text in turns."""
    out: list[list[Pair]] = [[]]
    place = 0
    while place + 1 < len(boxes):
        label, texts = boxes[place:place + 2]
        if label[0].shape and all(_label(line) for line in label) and all(_text(line) for line in texts):
            out[-1].append((label, texts))
            place += 2
        else:
            out.append([])
            place += 1
    return [pairs for pairs in out if _sound(pairs)]


def _sound(pairs: Sequence[Pair]) -> bool:
    """Whether there are enough pairs for them to be parts of one thing, each with a label that is one."""
    whole = all(texts and sum(len(line.text.split()) for line in label) <= _LABEL for label, texts in pairs)
    deeper = all(line.level > label[0].level for label, texts in pairs for line in texts)
    return whole and len(pairs) >= (_DEEPER if deeper else _LEVEL)


def _text(line: Line) -> bool:
    return len(line.text.split()) >= _TEXT and len(line.parts) > 1 and not line.code


def _label(line: Line) -> bool:
    return len(line.text.split()) <= _LABEL and line.text[:1].isupper() and not line.text.endswith(
        (".", "!", ":", ";", ",")) and not (line.code or is_code(line.text))
