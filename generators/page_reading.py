"""How the pages of a document could be read: as text, as slides without a speaker, or only in torn pieces.

A PDF holds lines and no paragraphs. Where columns, tables or listings came out as halves of sentences, whatever is made of
them is torn too; where pages are slides, a line on them is a bullet, however whole its sentence. Both are counted here on
the blocks; nothing is mended and nothing is judged by its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from content.document import Body, Part

#: Words of a block that can be judged, and the fewest such blocks.
_LEAST, _COUNTED = 5, 20
#: Share of the blocks that begin within a sentence, and that end within one, of a text that came out torn. Measured on 15
#: PDFs: four that read well have 0 to 0.02 and 0.11 to 0.20, four others at least 0.15 of the one or 0.46 of the other.
_BEGIN, _END = 0.1, 0.33
#: Words of a page under which pages are slides: 7 to 42 there, 214 and more in reports and papers.
_SLIDE = 100
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*\d*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pages of a document are; neither for slides, sections and mails."""

    torn: bool = False
    slides: bool = False


#: Of slides, sections and mails, and of pages that read well.
AS_TEXT = Reading()


def reading(body: Body) -> Reading:
    """How the pages of a document could be read."""
    pages = [unit for unit in body.content_units() if unit.kind == "page"]
    blocks = [[block for block in unit.blocks if block.part is Part.BODY and block.readable] for unit in pages]
    words = [sum(len(block.text.split()) for block in each) for each in blocks]
    if not any(words):
        return AS_TEXT
    if median(n for n in words if n) < _SLIDE and len(pages) > 1:
        return Reading(slides=True)
    told = [" ".join(block.text.split()) for each in blocks for block in each
            if not block.level and len(block.text.split()) >= _LEAST]
    begin = sum(text[0].islower() for text in told)
    end = sum(not _ENDS.search(text) for text in told)
    return Reading(torn=len(told) >= _COUNTED and (begin > _BEGIN * len(told) or end > _END * len(told)))
