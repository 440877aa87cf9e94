"""A heading over headings: "Five things you will be asked" over five short answers.

A document may set a heading over a row of smaller ones, and no word between the two. The row is told under that heading,
each with its own before its text: on one level with the others nothing would say what the five have to do with each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.document import Part
from content.draft import Sentence
from generators.blog_form import by_unit
from generators.material import Passage
from language.fold import folded
from language.source import SourceIndex

#: Smaller headings that make a row, and words under one of them on the mean.
_ROW, _SHORT = 3, 60


def under_one(passages: Sequence[Passage], source: SourceIndex) -> tuple[Passage, ...]:
    """Passages with each row of short parts under the heading that their document sets over it; those of one chapter have its
    name as their title.
    """
    groups = by_unit(passages)
    return tuple(p for group in groups for p in _under(group, source)) if len(groups) > 1 else tuple(passages)


def _under(group: Sequence[Passage], source: SourceIndex) -> Sequence[Passage]:
    heads = [p.heading for p in group if p.heading]
    over = next((s for s in source.by_unit.get(group[0].unit, ()) if s.part is Part.TITLE), None)
    row = len(heads) >= _ROW and any(p.running for p in group) and not any(p.run_in for p in group)
    if over is None or not row or group[0].heading is None or folded(over.text) in {folded(head.text) for head in heads}:
        return group
    if sum(p.words for p in group) > _SHORT * len(heads):
        return group
    first = Sentence(text=over.text, sources=(over.id,))
    return [replace(p, heading=None if n else first, run_in=p.heading) for n, p in enumerate(group)]
