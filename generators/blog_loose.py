"""What a piece says of another piece, taken out where the piece stands without it.

A talk that is cut into pieces leaves ends: "Scenario 2" whose first is told elsewhere, "the 64 pages" that nobody here has
counted, a last slide that goes back to a scene of the first. A label goes from in front of its sentence; what cannot be
understood goes as a whole. Nothing is reworded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_form import by_unit
from generators.blog_plan import Piece, without
from generators.material import Passage
from generators.prose_cues import Cues
from language.words import content_words, stem

#: Figures from which a count is remembered as that of something told; "the two ways" need no telling.
_TOLD = 10


def tied_off(pieces: Sequence[Piece], cue: Cues) -> list[Piece]:
    """The pieces of a deck, each without what only another one explains. A row that loses its numbers in one piece loses them
    in all.
    """
    out: list[Piece] = []
    broken = frozenset(name for piece in pieces if not piece.listicle for name in broken_rows(piece, cue))
    broken &= one_row(pieces, cue)
    before = ""
    for piece in pieces:
        here = _without_counts(_without_returns(piece, cue), before, cue)
        out.append(unnumbered(here, cue, broken) if not here.listicle else without_labels(here, broken, cue))
        before += " " + _said(piece.passages)
    return [piece for piece in out if piece.passages]


def unnumbered(piece: Piece, cue: Cues, also: frozenset[str] = frozenset()) -> Piece:
    """The piece without the numbers of a row of which it does not hold the first ones: "A thief copies a key." for
    "Scenario 2: A thief copies a key."; a row of one is no row either. `also` are the labels of other rows that go.
    """
    return without_labels(piece, broken_rows(piece, cue) | also, cue)


def broken_rows(piece: Piece, cue: Cues) -> frozenset[str]:
    """The labels of rows ("scenario") of which a piece does not hold the first ones, or holds one."""
    return frozenset(name for name, numbers in _rows(piece, cue).items()
                     if numbers != set(range(1, len(numbers) + 1)) or len(numbers) == 1)


def one_row(pieces: Sequence[Piece], cue: Cues) -> frozenset[str]:
    """The labels of rows that go on from piece to piece: no number of them stands in two."""
    rows = [_rows(piece, cue) for piece in pieces]
    names = {name for each in rows for name in each}
    return frozenset(name for name in names if sum(len(each.get(name, ())) for each in rows) == len(
        {number for each in rows for number in each.get(name, ())}))


def _rows(piece: Piece, cue: Cues) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for text in _starts(piece):
        if found := cue.single["series_label"].match(text):
            rows[found[1].lower()].add(int(found[2]))
    return rows


def without_labels(piece: Piece, broken: frozenset[str], cue: Cues) -> Piece:
    """The piece without some labels in front of its headings and sentences."""
    label = cue.single["series_label"]
    if not broken:
        return piece

    def bare(sentence: Sentence) -> Sentence | None:
        found = label.match(sentence.text)
        if not found or found[1].lower() not in broken:
            return sentence
        rest = sentence.text[found.end():].strip()
        return sentence.model_copy(update={"text": rest[:1].upper() + rest[1:]}) if rest else None

    out: list[Passage] = []
    for p in piece.passages:
        said = (tuple(s for each in row if (s := bare(each))) for row in p.rows)
        lists = tuple(replace(each, items=items) for each in p.lists if (items := tuple(
            s for item in each.items if (s := bare(item)))))
        out.append(replace(p, heading=bare(p.heading) if p.heading else None, run_in=bare(p.run_in) if p.run_in else None,
                           lists=lists).retold(row for row in said if row))
    return replace(piece, passages=tuple(out))


def _starts(piece: Piece) -> list[str]:
    """Every text of a piece that a label may stand in front of."""
    heads = [each.text for p in piece.passages for each in (p.heading, p.run_in) if each]
    return [*heads, *(s.text for p in piece.passages for s in (*p.prose, *(i for each in p.lists for i in each.items)))]


def _without_returns(piece: Piece, cue: Cues) -> Piece:
    """The piece without a slide that goes back to a scene ("Back in the cellar") which it has not told."""
    kept: list[Passage] = []
    for group in by_unit(piece.passages):
        head = group[0].heading.text if group[0].heading else ""
        found = cue.single["returns"].match(head)
        if not found or stem(found[1].lower(), cue.language) in content_words(_said(kept), cue.language):
            kept += group
    return piece if len(kept) == len(piece.passages) or not kept else replace(piece, passages=tuple(kept))


def _without_counts(piece: Piece, before: str, cue: Cues) -> Piece:
    """The piece without a sentence about "the 64 pages" of which only an earlier piece tells; one that the next sentence
    leans on, and one that is all of its paragraph, stays.
    """
    gone: set[Sentence] = set()
    said = ""
    counted = cue.single["counted_thing"]
    for p in piece.passages:
        said += " " + " ".join(each.text for each in (p.heading, p.run_in) if each)
        for row in p.rows:
            for place, s in enumerate(row):
                figures = [found[1] for found in counted.finditer(s.text) if found[1].isdigit() and int(found[1]) >= _TOLD]
                strange = any(not _holds(said, each) and _holds(before, each) for each in figures)
                leaned = place + 1 < len(row) and cue.has("leaning", row[place + 1].text)
                if strange and len(row) > 1 and not leaned:
                    gone.add(s)
                said += " " + s.text
        said += " " + " ".join(s.text for each in p.lists for s in each.items)
    return replace(piece, passages=without(piece, gone)) if gone else piece


def _holds(text: str, figure: str) -> bool:
    return f" {figure} " in f" {text} "


def _said(passages: Sequence[Passage]) -> str:
    return " ".join(s.text for p in passages for s in (*p.prose, *(i for each in p.lists for i in each.items)))
