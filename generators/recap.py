"""What a deck says itself that it comes to: the slide under "If you remember three things" or "In one minute".

The last such slide counts, its list whole. Nothing is chosen here, and nothing is made where a deck has no such slide.
"""

from __future__ import annotations

from collections import Counter

from content.document import Part
from content.draft import Sentence
from generators.apart import lost
from generators.context import Context
from generators.prose_cues import cues
from language.source import SourceSentence

#: Lines of a recap at least, and their words.
_LEAST_ITEMS, _RECAP = 2, range(3, 25)


def recap_of(context: Context) -> list[Sentence]:
    """The lines of the slide on which the deck says itself what it comes to, the last one that has two; [] without one."""
    language = context.cleared.language
    for unit in reversed(context.cleared.content_units()):
        row = context.index.by_unit.get(unit.number, ())
        title = " ".join(each.text for each in row if each.part is Part.TITLE)
        if unit.number in context.cleared.touched_units or not cues(language).has("recap_title", title):
            continue
        boxes = {block.id: block.shape for block in unit.blocks}
        body = [each for each in row if each.part is Part.BODY]
        # The list of the slide is what most lines stand in; a footer is another box.
        most = Counter(boxes.get(each.block) for each in body).most_common(1)
        blocks: dict[str, list[SourceSentence]] = {}
        for each in (each for each in body if boxes.get(each.block) == most[0][0]):
            blocks.setdefault(each.block, []).append(each)
        lines = [Sentence(text=" ".join(s.text for s in block), sources=tuple(s.id for s in block))
                 for block in blocks.values()]
        said = [each for each in lines if len(each.text.split()) in _RECAP and not lost(each.text, (), language)]
        if len(said) >= _LEAST_ITEMS and len(said) == len(lines):
            return said
    return []
