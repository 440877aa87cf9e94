"""Drawings of slides for blog drafts, where a drawing says more than its words do: tables and charts.

A slide's own picture may enter a pack only when nothing was withheld on it and its embedded pictures were kept by
somebody. Neither the pixels nor such a decision reach a generator, so what is placed is always a drawing made from the
ClearedDocument: the boxes of the slide with the text that was cleared for them. It can show nothing that a draft may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from content.document import Block, Part, Unit
from content.draft import Artefact, Sentence
from generators.context import Context
from generators.drawing import slide
from generators.drawing.palette import palette

#: Parts of which the place on the slide says something: elsewhere a picture would be a picture of text (WCAG 1.4.5).
#: The nodes of a diagram share one box, so there is nothing to draw them by.
_SHOWN = frozenset({Part.TABLE, Part.CHART})
_FEWEST, _MOST = 4, 60
#: Words of a cell that holds text: a table of such cells is a layout, and its drawing would be a picture of text.
_TEXT = 13
#: Characters of a description that also says what the cells hold.
_ALT = 300
_PATH = re.compile(r"pictures/slide-(\d{3,})\.png")


@dataclass(frozen=True, slots=True)
class SlidePicture:
    """A drawing of a unit: its path in the pack and the traced words that are its description."""

    unit: int
    path: str
    alt: tuple[Sentence, ...]

    @property
    def described(self) -> str:
        """The description as one text."""
        return " ".join(each.text for each in self.alt)


def picture_for(unit: int, context: Context) -> SlidePicture | None:
    """The drawing of a unit, for the place where it is discussed; None where there is none worth a place.

    None without a title to describe it by, without boxes, where something was withheld or dropped, and where the unit is
    words alone. A draft prints `path`; `drawings` makes the files of the paths that the drafts print.
    """
    found = next((each for each in context.cleared.content_units() if each.number == unit), None)
    if found is None or unit in context.cleared.touched_units or not _worth(found, context):
        return None
    title = next((each for each in context.index.by_unit.get(unit, ()) if each.part is Part.TITLE), None)
    if title is None:
        return None
    named = Sentence(text=" ".join(title.text.split()).rstrip(" .:"), sources=(title.id,))
    return SlidePicture(unit, f"pictures/slide-{unit:03d}.png", _described(found, named, context))


def _described(unit: Unit, title: Sentence, context: Context) -> tuple[Sentence, ...]:
    """The title, then what the cells hold, for those who hear the page (WCAG 1.1.1): "Loaves by place: The hall 40; The
    yard 12", and with the heads where there are several columns. The title alone where that would be long.

    Each cell is traced to itself.
    """
    blocks = sorted((block for block in unit.blocks if block.part in _SHOWN and block.visible and block.text.strip()),
                    key=lambda block: (block.row or 0, block.column or 0))
    heads = {block.column: block for block in blocks if not block.row}
    several = len({block.column for block in blocks}) > 2
    said: list[tuple[Block, str]] = []
    for _, group in groupby((block for block in blocks if block.row), key=lambda block: block.row):
        row = list(group)
        said += [(said.pop()[0], ";")] if said else []
        for place, block in enumerate(row):
            named = several and place > 0 and block.column in heads
            said += [(heads[block.column], "")] if named else []
            said.append((block, "," if several and 0 < place < len(row) - 1 else ":" if several and place == 0 else ""))
    if not said or len(title.text) + sum(len(block.text) + 2 for block, _ in said) > _ALT:
        return (title,)
    own: dict[str, list[str]] = {}
    for each in context.index.by_unit.get(unit.number, ()):
        own.setdefault(each.block, []).append(each.id)
    cells = [Sentence(text=" ".join(b.text.split()) + mark, sources=tuple(own.get(b.id, ()))) for b, mark in said]
    return (title.model_copy(update={"text": f"{title.text}:"}), *cells)


def drawings(texts: str, context: Context) -> tuple[Artefact, ...]:
    """The files of every drawing that some texts name, sorted by path."""
    colours = palette(context.profile.palette)
    made = []
    for number in sorted({int(each) for each in _PATH.findall(texts)}):
        picture = picture_for(number, context)
        unit = next((each for each in context.cleared.content_units() if each.number == number), None)
        if picture is None or unit is None or context.cleared.size is None:
            continue
        made.append(Artefact(path=picture.path, data=slide.draw(unit, context.cleared.size, colours, picture.described),
                             media_type="image/png"))
    return tuple(made)


def _worth(unit: Unit, context: Context) -> bool:
    """Whether the unit has a table or chart of a size that can be read in a drawing."""
    if context.cleared.size is None or unit.kind != "slide":
        return False
    shown = [block for block in unit.blocks if block.part in _SHOWN and block.visible and block.box and block.text.strip()]
    if not all(block.row is not None and block.column is not None for block in shown):
        return False
    if any(len(block.text.split()) >= _TEXT for block in shown) or len({block.row for block in shown}) < 2:
        return False
    return _FEWEST <= len(shown) <= _MOST and slide.fits(unit, context.cleared.size)
