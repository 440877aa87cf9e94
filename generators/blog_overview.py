"""What the pages of a reference have in common: one page that says in a sentence what each thing is, the same labels on
every page, and the codes that count the pages off.

A reader who opens one page of a reference has not read the page that lists them all. So a piece begins with the sentence
which that list has about its subject; the labels of a page are its subheadings, and codes ("B3:2031-") stay in the
reference. Nothing is reworded; a sentence of the piece that says the same again goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_cover import unlabelled
from generators.blog_open import opens
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues
from language.fold import folded
from language.words import content_words

#: Labels of a page that lists what other pages are about, and those of them that name such a page.
_LISTED, _NAMED = 4, 3
#: Words of a sentence that says what something is, fewest and most.
_FEWEST, _MOST = 6, 60
#: Share of the telling words of a sentence that the first one must hold to say the same, and of one that begins like it.
_SAME, _ALIKE = 0.7, 0.6
#: Labels of a page that are its subheadings, their words at most, and the mean words of what stands under each.
_LABELS, _SHORT, _UNDER = 3, 7, 50
#: "B3:2031-", "R-12: ": letters and digits before a name, and how many of a page make them its codes.
_CODE = re.compile(r"^[A-Z]{1,4}-?\d{1,3}(?:(?:[:./]\d{1,4})?\s*[-–—:]\s*|[:/]\d{4}\s+)(?=[^\W\d])")
_CODES = 3


def without_codes(passages: Iterable[Passage]) -> list[Passage]:
    """Passages whose small headings have no codes, where those of a page count it off."""
    every = list(passages)
    coded: dict[int, int] = {}
    for p in every:
        if p.run_in and _CODE.match(p.run_in.text):
            coded[p.unit] = coded.get(p.unit, 0) + 1
    return [replace(p, run_in=p.run_in.model_copy(update={"text": _CODE.sub("", p.run_in.text)}))
            if p.run_in and coded.get(p.unit, 0) >= _CODES else p for p in every]


def uncoded(text: str) -> str:
    """A title without the code that counts it off."""
    return _CODE.sub("", text)


def definitions(passages: Sequence[Passage], cue: Cues) -> dict[str, Sentence]:
    """What the list of a reference says in its first sentence about each of its pages, by the folded title of the page."""
    every = without_codes(passages)
    titles = {folded(unlabelled(p.heading, cue).text): p.unit for p in every if p.heading}
    out: dict[str, Sentence] = {}
    for unit in dict.fromkeys(p.unit for p in every):
        own = [p for p in every if p.unit == unit and p.run_in and p.prose]
        found = {folded(p.run_in.text): p for p in own if p.run_in and titles.get(folded(p.run_in.text), unit) != unit}
        if len(own) >= _LISTED and len(found) >= _NAMED:
            out.update((name, p.prose[0]) for name, p in found.items() if name not in out and _defines(p, cue))
    return out


def introduced(piece: Piece, known: Mapping[str, Sentence], cue: Cues) -> Piece:
    """The piece with each page of a reference behind the sentence that says what it is about."""
    if piece.listicle or not known:
        return piece
    out: list[Passage] = []
    said: list[Sentence] = []
    for passage in piece.passages:
        own = known.get(folded(unlabelled(passage.heading, cue).text)) if passage.heading else None
        if own is not None and passage.run_in is None and passage.prose and not passage.running:
            said.append(own)
            rows = [row for row in (_unsaid(row, own, cue) for row in passage.rows) if row]
            rows = [(own,), *rows]
            passage = passage.retold(rows)
        out.append(passage)
    return replace(piece, passages=tuple(out)) if said else piece


def with_parts(piece: Piece) -> Piece:
    """The piece with the labels of its page as subheadings, where it is one page of several parts of some length."""
    labels = [p for p in piece.passages if p.run_in]
    names = {folded(p.run_in.text) for p in labels if p.run_in and len(p.run_in.text.split()) <= _SHORT}
    under = sum(p.words for p in piece.passages)
    if piece.listicle or any(p.asked for p in piece.passages) or any(p.heading for p in piece.passages[1:]):
        return piece
    if len({p.unit for p in piece.passages}) > 1 and not piece.passages[0].running:
        return piece
    first = piece.passages[0]
    count = len(labels) + (first.run_in is None)
    if count < _LABELS or len(labels) < 2 or len(names) < len(labels) or under < _UNDER * count:
        return piece
    kept = [p if p is first and p.run_in is None else replace(p, heading=p.run_in, run_in=None) if p.run_in else p
            for p in piece.passages]
    return replace(piece, passages=tuple(kept), parts=True)


def _defines(passage: Passage, cue: Cues) -> bool:
    """Whether the first sentence under a name can open a piece, and speaks of what is named."""
    first = passage.prose[0].text
    name = content_words(passage.run_in.text if passage.run_in else "", cue.language)
    return _FEWEST <= len(first.split()) <= _MOST and opens(first, cue) and bool(
        name & content_words(first, cue.language))


def _unsaid(row: Sequence[Sentence], first: Sentence, cue: Cues) -> tuple[Sentence, ...]:
    """A paragraph without what the first sentence of the piece has said."""
    told, start = content_words(first.text, cue.language), first.text.split()[:2]

    def again(text: str) -> bool:
        own = content_words(text, cue.language)
        alike = [word.strip(",") for word in text.split()[:2]] == [word.strip(",") for word in start]
        return bool(own) and len(own & told) >= (_ALIKE if alike else _SAME) * len(own)

    return tuple(s for s in row if not again(s.text))
