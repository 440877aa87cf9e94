"""Which pieces of different packs repeat each other: by what they say, or by what they are called.

Only sentences that rest on a source are compared, so that wording of templates repeats nothing. Pieces of one kind are
compared: a post may well say what the draft says that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.across.index import FirstHolders
from flows.across.packs import PackText, Piece
from language.words import content_words, tokens

#: Kinds that a reader would meet twice; the description, the plan and the heads-up are about a pack, not for readers.
KINDS = ("blog", "social", "audio", "interview", "webchat", "carousel")
#: Words of one gram, grams that a piece must have to be compared, and the share that makes a repeat.
_GRAM, _LEAST, SHARE = 5, 12, 0.5
#: Words that carry meaning that a title must have before a like title is a repeat.
_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Repeat:
    """A piece and the earlier one it repeats. `by` is `text` or `title`; `share` is of its 5-word runs, 0 to 1."""

    kind: str
    pack: str
    piece: str
    title: str
    of_pack: str
    of_piece: str
    of_title: str
    by: str
    share: float


@dataclass(frozen=True, slots=True)
class _Place:
    pack: int
    piece: int


_Titles = FirstHolders[tuple[str, frozenset[str]], _Place]


def repeats(packs: Sequence[PackText]) -> tuple[Repeat, ...]:
    """Repeats in the order of the packs, one for each piece that repeats an earlier one of another pack."""
    grams: dict[str, FirstHolders[tuple[str, ...], _Place]] = {kind: FirstHolders() for kind in KINDS}
    titles: dict[str, _Titles] = {kind: FirstHolders() for kind in KINDS}
    found: list[Repeat] = []
    for number, pack in enumerate(packs):
        fresh: list[tuple[str, _Place, set[tuple[str, ...]], frozenset[str]]] = []
        for at, piece in enumerate(pack.pieces):
            if piece.kind not in grams:
                continue
            runs, words = _runs(piece), _title_words(piece, pack.language)
            place = _Place(number, at)
            by_text = _by_text(runs, grams[piece.kind])
            by_title = by_text or _by_title(words, piece.kind, titles)
            if by_title is not None:
                other, share = by_title
                found.append(_repeat(packs, place, other, "text" if by_text else "title", share))
            fresh.append((piece.kind, place, runs, words))
        for kind, place, runs, words in fresh:  # only now: pieces of one pack are not compared with each other
            grams[kind].add(runs, place)
            if len(words) >= _TITLE_WORDS:
                titles[kind].add(_title_keys(words), place)
    return tuple(found)


def _by_text(runs: set[tuple[str, ...]],
             known: FirstHolders[tuple[str, ...], _Place]) -> tuple[_Place, float] | None:
    if len(runs) < _LEAST:
        return None
    best = max(known.shared(runs).items(), key=lambda item: (item[1], -item[0].pack, -item[0].piece), default=None)
    if best is None or best[1] < SHARE * len(runs):
        return None
    return best[0], round(best[1] / len(runs), 2)


def _by_title(words: frozenset[str], kind: str, known: dict[str, _Titles]) -> tuple[_Place, float] | None:
    """An earlier piece of the kind whose title has the same words, or one word more or less."""
    if kind == "social" or len(words) < _TITLE_WORDS:  # the posts of a topic carry its title, all of them
        return None
    owners = [*known[kind].owners(("same", words)), *known[kind].owners(("longer", words)),
              *(owner for less in _without_one(words) for owner in known[kind].owners(("same", less)))]
    first = min(owners, key=lambda place: (place.pack, place.piece), default=None)
    return (first, 0.0) if first is not None else None


def _title_keys(words: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """A title under its words, and under its words without each one for shorter titles that come later."""
    return [("same", words), *(("longer", less) for less in _without_one(words))]


def _without_one(words: frozenset[str]) -> list[frozenset[str]]:
    return [words - {word} for word in sorted(words)] if len(words) > _TITLE_WORDS else []


def _title_words(piece: Piece, language: str) -> frozenset[str]:
    """The words of a title that carry meaning. Numbers do: part 1 is not part 2."""
    return content_words(piece.title, language) | {word for word in tokens(piece.title) if word.isdigit()}


def _repeat(packs: Sequence[PackText], here: _Place, there: _Place, by: str, share: float) -> Repeat:
    pack, other = packs[here.pack], packs[there.pack]
    piece, original = pack.pieces[here.piece], other.pieces[there.piece]
    return Repeat(piece.kind, pack.folder, piece.name, piece.title, other.folder, original.name, original.title, by,
                  share)


def _runs(piece: Piece) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for each in piece.said:
        words = tokens(each.text)
        found.update(tuple(words[at:at + _GRAM]) for at in range(len(words) - _GRAM + 1))
    return found
