"""Whether a piece holds what its title counts: in a list, under headings that begin alike, or in a row of numbered ones."""

from __future__ import annotations

import re
from collections import Counter

from content.draft import Sentence
from generators.blog_plan import Piece, row_label
from generators.prose_cues import Cues
from generators.prose_sound import promised
from language.words import content_words

#: A heading that counts off: a word and what it is about.
_STEP = re.compile(r"\w+: \w")


def counts(title: Sentence, piece: Piece, cues: Cues) -> bool:
    """Whether a piece holds as many things as its title promises: in a list that the title leads into, or under headings
    that begin alike ("Ask: ...", "Answer: ...") or are a row ("Mistake 1: ...").
    """
    many = promised(title.text, cues)
    heads = [p.heading for p in piece.passages[1:] if p.heading]
    runs = [p.run_in for p in piece.passages if p.run_in]
    rows = Counter(row_label(p.heading.text, cues) for p in piece.passages if p.heading)
    if not many or series(piece, many) or many in {len(heads), len(runs), *(rows[name] for name in rows if name)}:
        return True
    wanted = content_words(title.text, cues.language)
    for p in piece.passages:
        near = " ".join(each.text for each in (p.heading, p.run_in, *(each.lead for each in p.lists)) if each)
        if any(len(each.items) == many for each in p.lists) and wanted & content_words(near, cues.language):
            return True
    return False


def series(piece: Piece, many: int) -> tuple[Sentence, ...]:
    """The headings of a piece that are counted off, "Ask: ..." and "Answer: ...", where there are as many; () elsewhere."""
    found = tuple(p.heading for p in piece.passages if p.heading and _STEP.match(p.heading.text))
    return found if len(found) == many else ()
