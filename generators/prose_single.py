"""Lists of one item, which are none: a whole sentence goes with the paragraph above it, a label goes.

A slide shows one line beside its notes for the look of it; in print that is a bullet that nobody asked for. Nothing is
reworded. A list that goes on in the next passage, and one that a sentence leads into, are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues
from generators.prose_line import ENDS

#: Words of a line that is a sentence of its own.
_SENTENCE = 4


def without_single(piece: Piece, whole: frozenset[str], cue: Cues) -> Piece:
    """The piece without lists of one item. `whole` are the ids of what stands in whole sentences. An entry of a list article
    that is nothing else stays.
    """
    labels = Counter(p.unit for p in piece.passages if p.run_in)
    out: list[Passage] = []
    waiting: Sentence | None = None
    for place, passage in enumerate(piece.passages):
        if waiting is not None and passage.heading is None:
            passage = replace(passage, heading=waiting)
        waiting = None
        kept = passage if labels[passage.unit] > 1 or _goes_on(piece.passages, place) else _single(
            passage, whole, piece.listicle, cue)
        if kept.prose or kept.lists or kept.table or kept.code:
            out.append(kept)
        elif any(other.unit == passage.unit for other in piece.passages[place + 1:place + 2]):
            waiting = passage.heading
    return replace(piece, passages=tuple(out))


def without_captions(piece: Piece) -> Piece:
    """The piece without headings that are titles of charts, where something stands before them: what was told over a chart
    goes on with the story, and the drawing has its title.
    """
    return replace(piece, passages=tuple(
        replace(p, heading=None) if place and p.captioned and p.prose and not p.lists else p
        for place, p in enumerate(piece.passages)))


def _goes_on(passages: Sequence[Passage], place: int) -> bool:
    """Whether the list of a passage is one with that of a neighbour: nothing stands between them."""
    this = passages[place]
    before = passages[place - 1] if place else None
    after = passages[place + 1] if place + 1 < len(passages) else None
    joined = before is not None and bool(before.lists) and not before.table and _begins_with_list(this)
    return joined or (after is not None and bool(after.lists) and _begins_with_list(after))


def _begins_with_list(passage: Passage) -> bool:
    return not (passage.prose or passage.heading or passage.run_in)


def _single(passage: Passage, whole: frozenset[str], keep: bool, cue: Cues) -> Passage:
    if len(passage.lists) != 1 or passage.table or len(passage.lists[0].items) != 1 or passage.lists[0].lead is not None:
        return passage
    (only,) = passage.lists[0].items
    rows = [row for row in passage.paragraphs or (passage.prose,) if row]
    if rows and rows[-1][-1].text.endswith(":"):
        return passage  # it ends the sentence above it
    plain = (set(only.sources) <= whole or cue.has("conditional", only.text)) and len(only.text.split()) >= _SENTENCE
    if not plain:
        return passage if (keep and not rows) or passage.running else replace(passage, lists=())
    text = only.text[:1].upper() + only.text[1:]
    said = only.model_copy(update={"text": text if ENDS.search(text) else text.rstrip(" ,;:–—-") + "."})
    if rows and rows[-1][-1].text[-1] not in "?" and not passage.code:
        rows[-1] = (*rows[-1], said)
    else:
        rows.append((said,))
    return replace(passage, lists=(), paragraphs=tuple(rows), prose=tuple(s for row in rows for s in row))
