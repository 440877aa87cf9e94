"""Exact spellings: every piece of a text looked up in the index, longest spelling first.

A text of a megabyte has 150,000 pieces and a long list has a spelling that begins like one in four of them, so the sieve
is made of whole passes in C (map, zip, dictionaries) and only what is left is looked at piece by piece. Whether a find
can be meant, and how sure it is, is decided in rules/customers_judge.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.customers_address import alone
from rules.customers_found import Match
from rules.customers_index import HEAD
from rules.customers_judge import judged, spelling
from rules.customers_lens import ENDS_LETTER, GLUED_ENDS, Lens
from rules.customers_names import Grade
from rules.customers_words import Words
from rules.vocabulary import dictionary

_LINK = re.compile(r"(?:\s|[-–'’&+./_,:·|]){1,4}$")
_LETTERS = re.compile(re.escape(bytes([ENDS_LETTER])) * 3)
_INSIDE = re.compile(r"^(?:[-‐–/*.]\s?|\s?[-‐–/*.])$")


def exact(words: Words, lens: Lens) -> Iterator[Match]:
    """Every exact spelling in a text, overlaps included."""
    index, squashed, at, pieces = lens.index, words.squashed, words.at, words.pieces
    get, limit = index.keys.get, len(squashed)
    # whether something can end before each place of the squashed text
    ends = b"\0" + b"".join(map(lens.ends.__getitem__, pieces))
    for number, lengths in enumerate(map(index.heads.get, [squashed[place:place + HEAD] for place in at])):
        if lengths:
            place = at[number]
            for length in lens.lengths[lengths]:  # the longest first
                end = place + length
                if end <= limit and ends[end]:
                    entry = get(squashed[place:end])
                    if entry is not None and (got := _long(words, lens, entry, number, end)):
                        yield from got
                        break
    different = set(pieces)
    short = {piece: entry for piece in different if len(piece) < HEAD and (entry := get(piece)) is not None}
    for number in [number for number, piece in enumerate(pieces) if piece in short]:
        if not _idle(words, lens, short[pieces[number]], number):
            yield from judged(words, lens, short[pieces[number]], number, number)
    near = [number for number, (place, end) in enumerate(zip(at, at[2:], strict=False)) if end - place < HEAD]
    for more in (2, 3, 4):
        near = [number for number in near if number + more < len(at) and at[number + more] - at[number] < HEAD]
        for number in near:
            entry = get(squashed[at[number]:at[number + more]])
            if entry is not None:
                yield from _joined(words, lens, entry, number, number + more - 1, at[number], at[number + more])
    ending = {piece: entry for piece in different if (entry := lens.with_ending[piece]) >= 0}
    for number in [number for number, piece in enumerate(pieces) if piece in ending] if ending else ():
        piece = pieces[number]
        yield from judged(words, lens, ending[piece], number, number, ending=piece.endswith("s"))
    if _LETTERS.search(ends):
        yield from _spelled(words, lens)


def _idle(words: Words, lens: Lens, entry: int, number: int) -> bool:
    """Whether a piece is an ordinary word in small letters in running text, which never counts."""
    if lens.index.grades[entry] < Grade.CONTEXT or words.capital(number):
        return False
    start, end = words.span(number, number)
    return words.text[start:end].islower() and alone(words.text, start, end)


def _long(words: Words, lens: Lens, entry: int, number: int, end: int) -> list[Match]:
    """The find of a spelling that begins at a piece and ends at a place of the squashed text, if it can be one."""
    last = words.piece_at(end)
    rest = words.squashed[end:words.at[last + 1]]
    if rest and rest not in GLUED_ENDS and not rest.isdigit():
        return []
    if last == number and not rest and _idle(words, lens, entry, number):
        return []
    return list(_joined(words, lens, entry, number, last, words.at[number], end))


def _spelled(words: Words, lens: Lens) -> Iterator[Match]:
    index, squashed, at = lens.index, words.squashed, words.at
    for first, last in words.spelled():
        for length in range(at[last + 1] - at[first], 2, -1):
            entry = index.keys.get(squashed[at[first]:at[first] + length])
            if entry is not None and index.grades[entry] < Grade.NEVER:
                start, end = words.span(first, first + length - 1)
                end += words.text[end:end + 1] == "." and words.text[end - 2:end - 1] == "."
                yield Match(start, end, index.owners[entry], spelling(lens, entry), 0.8 if length > 3 else 0.6,
                            "it is spelled letter by letter")
                break


def _joined(words: Words, lens: Lens, entry: int, first: int, last: int, place: int, end: int) -> Iterator[Match]:
    """A find over several pieces, if what stands between them can stand inside a name."""
    ending = end < words.at[last + 1] and words.squashed[end:words.at[last + 1]] in {"s", "es"}
    if first == last:
        yield from judged(words, lens, entry, first, last, ending=ending)
        return
    key = words.squashed[place:end]
    edges, position = set(), 0
    for word in lens.forms(entry, key):
        position += len(word)
        edges.add(position)
    sure = 1.0
    single = all(len(piece) == 1 for piece in words.pieces[first:last + 1])
    for number in range(first, last):
        gap = words.gap(number)
        edge = words.at[number + 1] - place
        if not gap:
            continue
        if edge in edges:
            if not _LINK.match(gap) or (gap[0] in ".!?:;" and gap[1:] and len(words.pieces[number]) > 4
                                        and not lens.dotted(entry, words.pieces[number])):
                return
            if "," in gap and not lens.comma(entry):
                return
        elif _INSIDE.match(gap):
            sure = min(sure, 0.9)
        elif not single and not (len(key) >= 8 and {edge - 1, edge + 1} & edges and gap == " "):
            return
        else:
            sure = min(sure, 0.7)
    inner = [number for number in range(first + 1, last + 1) if words.at[number] - place not in edges]
    if len(edges) == 1 and all(piece in dictionary() for piece in words.pieces[first:last + 1]) and "\n" not in (
            words.text[slice(*words.span(first, last))]):
        sure = min(sure, 0.5)
    for match in judged(words, lens, entry, first, last, inner):
        yield Match(match.start, match.end, match.owner, match.how, round(match.confidence * sure, 2), match.reason)
