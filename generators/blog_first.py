"""Which slide of a piece comes first: the one that gave the piece its title, where that stands second or third; and one that
is told, where the first is a bare list.

A reader who clicks on "When a customer asks the same thing twice" wants that story first, and a list that opens a piece is
a list of what nobody has spoken of yet. The slide goes to the front whole,
with its heading, its list and its picture, and only where it begins with a sentence that needs nothing, what stood before it
can stand after it, and what came after it does not go on from it. Nothing is taken out of a slide, and running text, steps
and questions stay in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.alone import dangling
from generators.blog_form import by_unit
from generators.blog_open import goes_on, opens_passage
from generators.blog_plan import Piece, in_rows
from generators.closed import tied
from generators.context import Context
from generators.material import Passage
from generators.prose_cues import Cues
from generators.windows import common_words
from language.words import content_words

#: How far in a slide may stand that goes to the front, and the fewest words it tells.
_FAR, _TELLS = 3, 40
#: Things that its first sentence may call "the" though nobody brought them in.
_LOOSE = 2


def led_by_title(piece: Piece, title: Sentence, context: Context, cue: Cues) -> Piece:
    """The piece with the slide of its title, or one that is told, in front, where it can stand there; the piece as it is
    elsewhere.
    """
    rows = by_unit(piece.passages)
    if piece.listicle or piece.subject is not None or any(p.running or p.asked for p in piece.passages):
        return piece
    place = next((n for n, row in enumerate(rows[:_FAR]) if row[0].heading and row[0].heading.sources == title.sources), 0)
    ways = [place] if place else [] if any(p.prose for p in rows[0]) else list(range(1, min(_FAR, len(rows))))
    place = next((n for n in ways if _may_lead(rows, n, context, cue)), 0)
    if not place:
        return piece
    moved = [rows[place], *rows[:place], *rows[place + 1:]]
    return replace(piece, passages=tuple(p for row in moved for p in row))


def _may_lead(rows: Sequence[Sequence[Passage]], place: int, context: Context, cue: Cues) -> bool:
    """Whether a slide can go in front of those before it, and leaves them and the next one whole."""
    mine, first, common = rows[place], rows[place][0], common_words(context)
    row = in_rows([p for each in rows for p in each], cue)
    if any(p.heading in row for each in rows[:place + 1] for p in each if p.heading) or not _begins(first, common, cue):
        return False
    if sum(len(s.text.split()) for p in mine for s in p.prose) < _TELLS:
        return False
    # What comes next goes on from both of them, or from neither.
    after = [rows[0][0], *(rows[place + 1][:1] if len(rows) > place + 1 else ())]
    before = " ".join(s.text for each in rows[:place] for p in each for s in p.prose)
    return not _takes_up(mine, before, common, cue) and all(
        opens_passage(p, cue) and not goes_on(p, cue) if p.prose else p.heading is not None for p in after)


def _takes_up(passages: Sequence[Passage], before: str, common: frozenset[str], cue: Cues) -> bool:
    """Whether passages speak of "the" thing that only what stood before them brought in."""
    known, brought = common, content_words(before, cue.language) - common
    for s in (s for p in passages for s in p.prose):
        named = {word for found in cue.single["definite"].finditer(s.text) for word in content_words(found[1], cue.language)}
        if named & (brought - known):
            return True
        known = known | content_words(s.text, cue.language)
    return False


def _begins(passage: Passage, common: frozenset[str], cue: Cues) -> bool:
    if not opens_passage(passage, cue) or goes_on(passage, cue):
        return False
    text = passage.prose[0].text
    return not tied(text, [""], common, cue.language) and dangling(text, common, cue.language) <= _LOOSE
