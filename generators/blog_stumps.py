"""Stumps: a heading over a remark. A slide of one line between two that are told is no section of an article.

Readers found them to be what keeps a good piece from being published ("Customers who make it hard. Some companies never
answer a question, but ask forty."). Such a slide goes as a whole, and other pieces (posts, cards) still have it. Entries of
a series stay, however short, and so do answers.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from generators.blog_plan import Piece
from generators.material import Passage, length
from generators.prose_cues import Cues

#: Words in sentences under a heading that are a remark, and items that make a list.
_REMARK, _LIST = 25, 3
#: Share of the words of a piece that are told in paragraphs: without them it is made of short lines.
_TOLD = 0.5


def without_stumps(piece: Piece, cue: Cues) -> Piece:
    """The piece without slides that are a title and a remark; a list article, running text and answers stay as they are."""
    told = sum(length(p.prose) for p in piece.passages if p.spoken)
    if piece.listicle or told < _TOLD * piece.words or any(p.running for p in piece.passages):
        return piece
    groups = [tuple(group) for _, group in groupby(piece.passages, key=lambda p: p.unit)]
    kept = [group for place, group in enumerate(groups) if place == 0 or not _is_stump(group, cue)]
    return replace(piece, passages=tuple(p for group in kept for p in group))


def _is_stump(group: tuple[Passage, ...], cue: Cues) -> bool:
    if any(p.asked or p.table or p.code or p.captioned or sum(len(each.items) for each in p.lists) >= _LIST for p in group):
        return False
    heads = [head for p in group for head in (p.heading, p.run_in) if head is not None]
    if not heads or any(cue.has("series_label", head.text) or head.text.endswith("?") for head in heads):
        return False
    return sum(p.words for p in group) < _REMARK
