"""Stumps: a heading over a remark. A slide of one line between two that are told is no section of an article.

Readers found them to be what keeps a good piece from being published ("Customers who make it hard. Some companies never
answer a question, but ask forty."). Such a slide goes as a whole, and other pieces (posts, cards) still have it. Entries of
a series stay, however short, and so do answers.
"""

from __future__ import annotations

from dataclasses import replace

from generators.blog_form import by_slide
from generators.blog_plan import Piece
from generators.material import Passage, length
from generators.prose_cues import Cues

#: Words of lines of a slide that are a remark, the same where its notes were told, and lines that make a list.
_REMARK, _TOLD_REMARK, _LIST = 25, 12, 3
#: Share of the words of a piece that are told in paragraphs: without them it is made of short lines.
_TOLD = 0.5


def without_stumps(piece: Piece, cue: Cues) -> Piece:
    """The piece without slides that are a title and a remark, and without a bare table at its head; a list article, running
    text and answers stay as they are.
    """
    told = sum(length(p.prose) for p in piece.passages if p.spoken)
    if piece.listicle or told < _TOLD * piece.words or any(p.running for p in piece.passages):
        return piece
    kept = [group for place, group in enumerate(by_slide(piece.passages)) if place == 0 or not _is_stump(group, cue)]
    # A table without a word about it can stand between two slides, and begin nothing.
    while len(kept) > 1 and all(p.table and not (p.prose or p.lists or p.code) for p in kept[0]):
        del kept[0]
    return replace(piece, passages=tuple(p for group in kept for p in group))


def _is_stump(group: tuple[Passage, ...], cue: Cues) -> bool:
    said = sum(len(p.prose) + sum(len(each.items) for each in p.lists) for p in group)
    if said >= _LIST or any(p.asked or p.table or p.code or p.captioned or p.quoted for p in group):
        return False
    heads = [head for p in group for head in (p.heading, p.run_in) if head is not None]
    if not heads or any(cue.has("series_label", head.text) or head.text.endswith("?") for head in heads):
        return False
    return sum(p.words for p in group) < (_TOLD_REMARK if any(p.spoken for p in group) else _REMARK)
