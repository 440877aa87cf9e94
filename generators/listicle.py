"""A listicle: an opening sentence of the author, then one numbered entry a slide, its title and what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_form import bullets, by_unit
from generators.blog_plan import Opening, Piece, Section
from generators.material import ItemList, Passage
from generators.prose_cues import Cues
from generators.prose_rank import standalone
from language.words import content_words

#: Sentences of one entry under which none is taken away to open the piece.
_LEFT = 3


def opening_of(piece: Piece, cues: Cues) -> dict[str, Opening]:
    """The sentence that opens it: one that says what the piece is about and stands alone; none where there is none.

    It is taken only from an entry that keeps something to say.
    """
    wanted = content_words(" ".join(m.title.text for m in piece.materials), cues.language)
    best: tuple[float, Sentence] | None = None
    for group in by_unit(piece.passages):
        count = sum(len(p.prose) + sum(len(each.items) for each in p.lists) for p in group)
        for passage in group:
            for place, s in enumerate(passage.prose):
                if count < _LEFT or not standalone(s, cues) or cues.has("leaning", s.text):
                    continue
                worth = len(wanted & content_words(s.text, cues.language)) + cues.has("finite", s.text) - 0.2 * place
                if best is None or worth > best[0]:
                    best = worth, s
    return {"example": Opening((best[1],), 0.0)} if best and best[0] >= 1 else {}


def entry_sections(passages: Sequence[Passage]) -> list[Section]:
    """Each slide under its own heading; what stood in bullets stays in bullets."""
    return [Section(group[0].heading, tuple(_listed(each) for each in group)) for group in by_unit(passages)]


def _listed(passage: Passage) -> Passage:
    rows = passage.paragraphs or ((passage.prose,) if passage.prose else ())
    if not rows or not all(len(row) > 1 and bullets(row, passage) for row in rows):
        return passage
    items = tuple(ItemList(row) for row in rows)
    return replace(passage, prose=(), paragraphs=(), lists=(*items, *passage.lists))
