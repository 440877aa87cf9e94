"""Slides that their author marked "confidential" and that nobody has decided on: nothing is written from them until then.

The words of a mark are masked like others, but what it stands on is the whole slide: a draft from the rest of it would be
what the mark forbids. The mark of the first slide, and one that is on many slides, speak of the file: they hold the pack,
and so does this one. Nothing here finds a mark, and what was decided is not asked again.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.document import Document, Part
from content.finding import Category, Finding
from content.settings import Settings
from rules.catalogue import catalogue_of
from rules.rule import Kind

#: Units that an author marks one by one; a section of a document is no page.
_MARKED = frozenset({"slide", "page"})
#: The share of the units on which one mark stands and is that of the file.
_MANY = 1 / 3
#: So few units may have one mark whatever their share.
_FEW = 1


def marked(document: Document, undecided: Sequence[Finding], settings: Settings) -> frozenset[int]:
    """The numbers of the units with an open mark of confidentiality of their own."""
    by_id = catalogue_of(settings.rules).by_id
    marks = [each for each in undecided if each.category is Category.CONFIDENTIAL and each.block
             and (rule := by_id.get(each.rule)) is not None and rule.kind is Kind.MARKING]
    if not marks:
        return frozenset()
    units = [unit for unit in document.content_units() if unit.kind in _MARKED]
    shown = {block.id for unit in units[1:] for block in unit.blocks
             if block.visible and (block.readable or block.part is Part.FOOTER)}
    found: dict[str, set[int]] = {}
    for each in marks:
        found.setdefault(each.group, set()).add(each.unit)
    return frozenset(each.unit for each in marks if each.block in shown
                     and len(found[each.group]) <= max(_FEW, _MANY * len(units)))
