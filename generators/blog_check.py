"""The last look at a piece before it is called a draft: faults that ten minutes of editing do not mend.

Each of them alone is a slip. What a reader gives up on is how many stand on one page: sentences cut at their start or their
end, sentences without a verb, names of answers in place of answers, remarks that stand each for itself. They are counted
for each hundred words. A piece over a bar goes to its author as a starter, but for one of a talk that is sound all told: of
four hundred words a share says little. Nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.alone import hangs, remnant
from generators.blog_form import PARAGRAPHS, tells
from generators.blog_pairs import bare_ones
from generators.blog_plan import Piece
from generators.material import ItemList, Passage, length
from generators.prose_cues import Cues

#: Faults and remarks for each hundred words over which a piece is no draft. Of 58 drafts that three readers scored, those of
#: 3 and more had 0.24 and 0.38 at most; one deck of jotted notes had 0.67 faults, one of lone lines on pages 4.0 remarks.
FAULTS, REMARKS = 0.45, 1.5
#: How many times as many faults a piece may have where its whole talk stays under the bar.
_SLIPS = 2.0
#: Share of a piece in paragraphs that tell something from which a list of labels on a slide only goes with what is told.
_TOLD = 0.6
#: Words in paragraphs that tell something which a piece wants where it has few of them.
LONG = 150
#: Words of a paragraph that is a remark, of an item that is a label, of one that is a phrase, and of an answer that is only
#: named.
_REMARK, _LABEL, _PHRASE, _NAMED = 15, 3, 7, 20
#: Words under which a paragraph joins its neighbour, and up to which two do; words of a piece too short to be counted.
_SHORT, _FULL, _LITTLE = 25, 85, 100
#: Words of a sentence that has no end, and of what a fault counts for in it: notes without full stops are no prose, and
#: neither is a sentence of half a page.
_ENDLESS, _EACH = 120, 40
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a piece."""

    words: int
    faults: int
    remarks: int
    #: Paragraphs that tell something, and their words.
    told: int
    full: int

    def is_draft_of(self, talk: Counted | None = None) -> bool:
        """Whether it is a draft of its talk: a sound talk may have a part with more slips than the rest, and a piece without
        a talk is judged by itself. So few words that a share of them says nothing are judged by those who made the piece.
        """
        talk = talk or self
        per = self.words / 100
        told = self.told >= PARAGRAPHS or self.full >= LONG
        most = FAULTS * (_SLIPS if talk.faults <= FAULTS * talk.words / 100 else 1.0)
        return self.words < _LITTLE or (told and self.faults <= most * per and self.remarks <= REMARKS * per)


def all_counted(pieces: Sequence[Counted]) -> Counted:
    """Several pieces as one."""
    return Counted(sum(each.words for each in pieces), sum(each.faults for each in pieces),
                   sum(each.remarks for each in pieces), sum(each.told for each in pieces), sum(each.full for each in pieces))


def counted(piece: Piece, cue: Cues) -> Counted:
    """Count a piece. A label, a question and a table cell are no sentences, and are not looked at."""
    rows = _paragraphs(piece.passages)
    said = [s.text for row in rows for s in row]
    told = [length(row) for row in rows if tells(row)]
    # Lines of a page that stand apart stay apart, however they are set here; notes are written in short lines too.
    lines = [row for p in piece.passages if p.running for row in p.rows]
    apart = [row for row in rows if not any(set(row) & set(line) for line in lines)]
    remarks = sum(len(row) == 1 and length(row) < _REMARK for row in (*lines, *apart))
    faults = sum(cut(text, cue) or is_bare for text, is_bare in zip(said, bare_ones(said, cue), strict=True))
    faults += sum(len(text.split()) // _EACH for text in said if len(text.split()) > _ENDLESS)
    aside = not piece.listicle and sum(told) >= _TOLD * piece.words
    faults += sum(len(s.text.split()) <= _LABEL for p in piece.passages for each in p.lists for s in each.items
                  if not aside or _mixed(each)) + _answers_named(piece.passages)
    return Counted(piece.words, faults, remarks, len(told), sum(told))


def _paragraphs(passages: Sequence[Passage]) -> list[tuple[Sentence, ...]]:
    """The paragraphs as they are printed: short neighbours with nothing between them are one."""
    out: list[tuple[Sentence, ...]] = []
    apart = True
    for p in passages:
        apart = apart or p.run_in is not None or p.heading is not None
        for row in p.rows:
            words, last = length(row), length(out[-1]) if out else 0
            if not apart and min(words, last) < _SHORT and words + last <= _FULL:
                out[-1] = (*out[-1], *row)
            else:
                out.append(row)
            apart = False
        apart = apart or bool(p.lists or p.table or p.code)
    return out


def _mixed(each: ItemList) -> bool:
    """Whether a list has sentences among its labels: most of it is longer than a phrase."""
    return 2 * sum(len(s.text.split()) > _PHRASE for s in each.items) > len(each.items)


def cut(text: str, cue: Cues) -> bool:
    """Whether a sentence lost its start or its end, or is set with a sign of equality."""
    start = text.lstrip(_QUOTES + "(")
    # "iPads are ..." begins with a small letter, and is whole.
    small = start[:1].islower() and not start[1:2].isupper()
    return small or " = " in text or remnant(text, cue.language) or hangs(text, cue.language)


def _answers_named(passages: Sequence[Passage]) -> int:
    """Questions of which the answer is one short sentence, and nothing after it."""
    out = 0
    for n, p in enumerate(passages):
        more = n + 1 < len(passages) and passages[n + 1].unit == p.unit and not (
            passages[n + 1].run_in or passages[n + 1].heading)
        out += bool(p.run_in and p.run_in.text.endswith("?") and len(p.prose) <= 1 and not p.lists and not more
                    and p.words < _NAMED)
    return out
