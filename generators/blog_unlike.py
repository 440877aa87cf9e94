"""What the pieces of a talk say twice: in nearly the same words as an earlier piece, or in other words within one.

A talk repeats itself and its pieces are read one by one, so each says a thing once. A list that counts, or that its heading
counts, stays whole; nothing else is weighed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_plan import Piece, without
from generators.prose_cues import Cues
from generators.prose_sound import in_series, promised
from language.words import content_words, tokens

#: Share of a stretch of shared five-word runs that makes a sentence the same.
_SAME = 0.7
#: Share of the content words of a sentence, and of a list item, that one earlier sentence of the piece must hold for it
#: to be said twice; and the fewest such words that tell.
_PROSE_AGAIN, _PROSE_WORDS = 0.85, 6
_ITEM_AGAIN, _ITEM_WORDS = 0.75, 4


def unlike(pieces: Sequence[Piece], cue: Cues) -> list[Piece]:
    """The pieces without sentences and list items that an earlier piece says in nearly the same words.

    Nearly the same: seven in ten of its five-word runs stand in one earlier piece or another.
    """
    told: set[tuple[str, ...]] = set()
    out: list[Piece] = []
    for piece in pieces:
        every = [s for p in piece.passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]
        runs = {s: _runs(s.text) for s in every}
        cells = [run for p in piece.passages for row in p.table for cell in row for run in _runs(cell.text)]
        known = bool(cells) and sum(run in told for run in cells) >= 0.3 * len(cells)
        again = {s for s in every if runs[s] and len(runs[s] & told) >= _SAME * len(runs[s])} | _twice(piece, cue.language)
        again -= _counted(piece, cue)
        left = without(piece, again) if again else piece.passages
        left = tuple(replace(p, lists=tuple(
            each for each in p.lists if each.kept or 2 * sum(i in again for i in each.items) < len(each.items)),
            table=() if known else p.table) for p in left)
        out.append(replace(piece, passages=tuple(p for p in left if p.prose or p.lists or p.table)))
        told.update(run for s in every for run in runs[s])
        told.update(run for run in cells if run)
    return [piece for piece in out if piece.passages]


def _counted(piece: Piece, cue: Cues) -> set[Sentence]:
    """Items of lists that their heading counts ("Three signs") or that count on ("In week two"): all of them or none."""
    return {s for p in piece.passages for each in p.lists if in_series([s.text for s in each.items], cue) or (
            p.heading and promised(p.heading.text, cue) == len(each.items)) for s in each.items}


def _twice(piece: Piece, language: str) -> set[Sentence]:
    """What a piece says a second time in other words: a sentence or an item of which most words stand in an earlier one."""
    told: list[frozenset[str]] = []
    out: set[Sentence] = set()
    for passage in piece.passages:
        rows = [(s, True) for s in passage.prose] + [(s, False) for each in passage.lists for s in each.items]
        for sentence, prose in rows:
            words = content_words(sentence.text, language)
            share, fewest = (_PROSE_AGAIN, _PROSE_WORDS) if prose else (_ITEM_AGAIN, _ITEM_WORDS)
            if len(words) >= fewest and any(len(words & other) >= share * len(words) for other in told):
                out.add(sentence)
            told.append(words)
    return out


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = tokens(text)
    return frozenset(tuple(words[n:n + 5]) for n in range(len(words) - 4))
