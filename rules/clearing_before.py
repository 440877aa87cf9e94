"""What was said of people before a text, in the texts that go out with it: "a planner" here, "the planner" further on.

Texts are cleared one by one; a slide's notes are read in a row. Here is kept who was named in the row already, and by which
words. Headings and cells stand by themselves and have no row. Nothing here changes a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from content.document import Block, Part, Unit


@dataclass(slots=True)
class Before:
    """People of the texts before one: their groups, and whose the words were that stood for them.

    `roles` is of the whole document: the group that a role ("a porter") last stood for.
    """

    roles: dict[str, str]
    seen: set[str] = field(default_factory=set)
    taken: dict[str, str] = field(default_factory=dict)


def rows_of(places: Iterable[tuple[Unit, Block]]) -> list[Before | None]:
    """For each text what is said before it; None where it stands by itself: a heading, a cell, a line of a slide."""
    roles: dict[str, str] = {}
    rows: dict[tuple[int, Part], Before] = {}
    return [rows.setdefault((unit.number, block.part), Before(roles)) if _in_row(unit, block) else None
            for unit, block in places]


def _in_row(unit: Unit, block: Block) -> bool:
    return block.part is Part.NOTES or (block.part is Part.BODY and unit.kind != "slide")
