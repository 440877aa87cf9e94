"""Customers with one wrong letter in their name: "Haldn Foods", "Halden Fodos", "Akme Corporation".

A wrong word counts with a right neighbour from the same name; alone only when it is long, and then it is only possible.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.customers_index import Index, Spelling
from rules.customers_match import Match
from rules.customers_names import LEGAL, Grade
from rules.customers_typos import worth_trying
from rules.customers_words import Words

_ALONE = 8  # letters that a single wrong word needs to count as possible


def slips(words: Words, index: Index, taken: bytearray) -> Iterator[Match]:
    """Finds with exactly one edit, outside the spans that are `taken` already."""
    origin = words.folded.origin
    open_ = [number for number, piece in enumerate(words.pieces)
             if worth_trying(piece) and not taken[origin[words.starts[number]]]]
    if not open_:
        return
    near = index.typos.near({words.pieces[number] for number in open_})
    places = [number for number in open_ if words.pieces[number] in near]
    if not places:
        return
    yield from _with_neighbour(words, index, places, near)
    for number in places:
        yield from _alone(words, index, number, near[words.pieces[number]])


def _with_neighbour(words: Words, index: Index, places: list[int], near: dict[str, tuple[int, ...]]) -> Iterator[Match]:
    import numpy as np

    ids, pieces = index.typos.ids, words.pieces
    rows = [(number, target) for number in places for target in near[pieces[number]]]
    before = np.array([ids.get(pieces[number - 1], -1) if number else -1 for number, _ in rows], dtype=np.int64)
    after = np.array([ids.get(pieces[number + 1], -1) if number + 1 < len(pieces) else -1 for number, _ in rows],
                     dtype=np.int64)
    target = np.array([value for _, value in rows], dtype=np.int64)
    fits = index.typos.neighbours(before, target) | index.typos.neighbours(target, after)
    for at in np.nonzero(fits)[0].tolist():
        number, value = rows[at]
        yield from _whole(words, index, number, index.typos.words[value])


def _whole(words: Words, index: Index, number: int, right: str) -> Iterator[Match]:
    """The longest name over piece `number`, read with the right word in its place."""
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
                capital = any(words.capital(piece) for piece in range(first, last + 1))
                best = Match(start, end, index.owners[entry], "typo", 0.65 if capital else 0.4, "one letter differs")
    if best:
        yield best


def _close(gap: str) -> bool:
    return len(gap) <= 3 and not set(gap) & set(".!?:;,()")


def _alone(words: Words, index: Index, number: int, targets: tuple[int, ...]) -> Iterator[Match]:
    piece = words.pieces[number]
    if len(piece) < _ALONE or not words.capital(number):
        return
    for target in targets:
        entry = index.keys.get(index.typos.words[target])
        if entry is not None and index.grades[entry] == Grade.SAFE and index.spellings[entry] <= Spelling.ALIAS:
            start, end = words.span(number, number)
            small = len(index.rows) <= 2000
            yield Match(start, end, index.owners[entry], "typo", 0.5 if small else 0.3, "one letter differs")
            return
