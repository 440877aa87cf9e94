"""Slides that their author marked "confidential" and that nobody has decided on: nothing is written from them until then.

The words of a mark are masked like others, but what it stands on is the whole slide: a draft from the rest of it would be
what the mark forbids. A line that says nothing but that it must not be passed on is a mark too; a sentence among others goes
alone. The mark of the first slide, and one that is on many slides, speak of the file: they hold the pack,
and so does this one. Nothing here finds a mark, and what was decided is not asked again.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.document import Block, Document, Part
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
#: The share of the letters of a line that make what was found in it all that it says.
_ALONE = 0.6


def marked(document: Document, undecided: Sequence[Finding], settings: Settings) -> frozenset[int]:
    """The numbers of the units with an open mark of confidentiality of their own."""
    by_id = catalogue_of(settings.rules).by_id
    marks = [each for each in undecided if each.category is Category.CONFIDENTIAL and each.block]
    if not marks:
        return frozenset()
    units = [unit for unit in document.content_units() if unit.kind in _MARKED]
    shown = {block.id: block for unit in units[1:] for block in unit.blocks
             if block.visible and (block.readable or block.part is Part.FOOTER)}
    marks = [each for each in marks if each.block in shown and (
        ((rule := by_id.get(each.rule)) is not None and rule.kind is Kind.MARKING) or _alone(each, shown[each.block]))]
    found: dict[str, set[int]] = {}
    for each in marks:
        found.setdefault(each.group, set()).add(each.unit)
    return frozenset(each.unit for each in marks if len(found[each.group]) <= max(_FEW, _MANY * len(units)))


def _alone(finding: Finding, block: Block) -> bool:
    """Whether a line on a slide says little more than what was found in it."""
    said, found = (sum(map(str.isalnum, text)) for text in (block.text, block.text[finding.start:finding.end]))
    return block.part is not Part.NOTES and found >= _ALONE * said
