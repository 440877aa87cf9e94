"""Drawings of slides for blog drafts, where a drawing says more than its words do: tables and charts.

A slide's own picture may enter a pack only when nothing was withheld on it and its embedded pictures were kept by
somebody. Neither the pixels nor such a decision reach a generator, so what is placed is always a drawing made from the
ClearedDocument: the boxes of the slide with the text that was cleared for them. It can show nothing that a draft may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.document import Part, Unit
from content.draft import Artefact, Sentence
from generators.context import Context
from generators.drawing import slide
from generators.drawing.palette import palette

#: Parts of which the place on the slide says something: elsewhere a picture would be a picture of text (WCAG 1.4.5).
#: The nodes of a diagram share one box, so there is nothing to draw them by.
_SHOWN = frozenset({Part.TABLE, Part.CHART})
_FEWEST, _MOST = 4, 60
_PATH = re.compile(r"pictures/slide-(\d{3,})\.png")


@dataclass(frozen=True, slots=True)
class SlidePicture:
    """A drawing of a unit: its path in the pack and the traced sentence that is its description."""

    unit: int
    path: str
    alt: Sentence


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
    return SlidePicture(unit, f"pictures/slide-{unit:03d}.png", Sentence(text=title.text, sources=(title.id,)))


def drawings(texts: str, context: Context) -> tuple[Artefact, ...]:
    """The files of every drawing that some texts name, sorted by path."""
    colours = palette(context.profile.palette)
    made = []
    for number in sorted({int(each) for each in _PATH.findall(texts)}):
        picture = picture_for(number, context)
        unit = next((each for each in context.cleared.content_units() if each.number == number), None)
        if picture is None or unit is None or context.cleared.size is None:
            continue
        made.append(Artefact(path=picture.path, data=slide.draw(unit, context.cleared.size, colours, picture.alt.text),
                             media_type="image/png"))
    return tuple(made)


def _worth(unit: Unit, context: Context) -> bool:
    """Whether the unit has a table or chart of a size that can be read in a drawing."""
    if context.cleared.size is None or unit.kind != "slide":
        return False
    shown = [block for block in unit.blocks if block.part in _SHOWN and block.visible and block.box and block.text.strip()]
    if not all(block.row is not None and block.column is not None for block in shown):
        return False
    return _FEWEST <= len(shown) <= _MOST and slide.fits(unit, context.cleared.size)
