"""Customers with one wrong letter in their name: "Haldn Foods", "Halden Fodos", "Akme Corporation".

A wrong word counts with a right neighbour from the same name; alone only when it is long, and then it is only possible.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.customers_found import Match
from rules.customers_index import Spelling
from rules.customers_lens import Lens
from rules.customers_names import LEGAL, Grade
from rules.customers_words import Words
from rules.vocabulary import dictionary, family, given

_TELLING = 6  # letters from which on a wrong word tells something on a very long list
_ALONE = 8  # letters that a single wrong word needs to count as possible


def slips(words: Words, lens: Lens, taken: bytearray) -> Iterator[Match]:
    """Finds with exactly one edit, outside the spans that are `taken` already."""
    lens.learn_near(words.pieces)
    origin, starts = words.folded.origin, words.starts
    places = [(number, near) for number, near in enumerate(map(lens.near.__getitem__, words.pieces))
              if near and not taken[origin[starts[number]]]]
    if not places:
        return
    yield from _with_neighbour(words, lens, places)
    for number, near in places:
        yield from _alone(words, lens, number, near)


def _with_neighbour(words: Words, lens: Lens, places: list[tuple[int, tuple[int, ...]]]) -> Iterator[Match]:
    import numpy as np

    typos, pieces = lens.index.typos, words.pieces
    ids = typos.ids
    rows = [(number, value) for number, near in places for value in near]
    before = np.array([ids.get(pieces[number - 1], -1) if number else -1 for number, _ in rows], dtype=np.int64)
    after = np.array([ids.get(pieces[number + 1], -1) if number + 1 < len(pieces) else -1 for number, _ in rows],
                     dtype=np.int64)
    target = np.array([value for _, value in rows], dtype=np.int64)
    fits = typos.neighbours(before, target) | typos.neighbours(target, after)
    for at in np.nonzero(fits)[0].tolist():
        number, value = rows[at]
        yield from _whole(words, lens, number, typos.words[value])


def _whole(words: Words, lens: Lens, number: int, right: str) -> Iterator[Match]:
    """The longest name over piece `number`, read with the right word in its place."""
    index = lens.index
    best: Match | None = None
    for first in range(max(0, number - 4), number + 1):
        if any(not _close(words.gap(piece)) for piece in range(first, number)):
            continue
        joined = "".join(words.pieces[first:number]) + right
        for last in range(number, min(len(words.pieces), number + 5)):
            if last > number:
                if not _close(words.gap(last - 1)):
                    break
                joined += words.pieces[last]
            entry = index.keys.get(joined)
            if entry is None or index.spellings[entry] > Spelling.ALIAS or index.grades[entry] == Grade.NEVER:
                continue
            legal = last + 1 < len(words.pieces) and words.pieces[last + 1] in LEGAL
            if first == last and not legal:
                continue
            start, end = words.span(first, last + legal)
            if best is None or end - start > best.end - best.start:
                sure = _sure(words, lens, first, last, number)
                best = Match(start, end, index.owners[entry], "typo", sure, "one letter differs")
    if best:
        yield best


def _sure(words: Words, lens: Lens, first: int, last: int, wrong: int) -> float:
    """How sure a name with a wrong word is. Among very many names a short wrong word is soon one letter from some name."""
    if not any(words.capital(piece) for piece in range(first, last + 1)):
        return 0.4
    others = (words.pieces[piece] for piece in range(first, last + 1) if piece != wrong)
    if lens.crowd and len(words.pieces[wrong]) < _TELLING and all(
            piece in dictionary() or given(piece) or family(piece) for piece in others):
        return 0.45
    return 0.65


def _close(gap: str) -> bool:
    return len(gap) <= 3 and not set(gap) & set(".!?:;,()")


def _alone(words: Words, lens: Lens, number: int, targets: tuple[int, ...]) -> Iterator[Match]:
    index, piece = lens.index, words.pieces[number]
    if len(piece) < _ALONE or not words.capital(number):
        return
    for target in targets:
        entry = index.keys.get(index.typos.words[target])
        if entry is not None and index.grades[entry] == Grade.SAFE and index.spellings[entry] <= Spelling.ALIAS:
            start, end = words.span(number, number)
            small = len(index.rows) <= 2000
            yield Match(start, end, index.owners[entry], "typo", 0.5 if small else 0.3, "one letter differs")
            return
