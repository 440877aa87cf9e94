"""The last look at a piece before it is called a draft: faults that ten minutes of editing do not mend.

Each of them alone is a slip. What a reader gives up on is how many stand on one page: sentences cut at their start or their
end, sentences without a verb, names of answers in place of answers, remarks that stand each for itself. They are counted
for each hundred words. A piece over a bar goes to its author as a starter; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.alone import hangs, remnant
from generators.blog_pairs import bare
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues

#: Faults and remarks for each hundred words over which a piece is no draft. Of 48 drafts that three readers scored, those of
#: 3 and more had 0.24 and 0.65 at most, the two decks that had more 0.67 and 4.0.
FAULTS, REMARKS = 0.45, 1.5
#: Paragraphs that tell something which a piece wants, and what makes one: so many sentences, or so many words.
TOLD, _SENTENCES, _WORDS = 3, 2, 35
#: Words of a paragraph that is a remark, of an item that is a label, and of an answer that is only named.
_REMARK, _LABEL, _NAMED = 15, 3, 20
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a piece."""

    words: int
    faults: int
    remarks: int
    #: Paragraphs that tell something.
    told: int

    @property
    def sound(self) -> bool:
        """Whether it is a draft."""
        per = self.words / 100
        return self.told >= TOLD and self.faults <= FAULTS * per and self.remarks <= REMARKS * per


def counted(piece: Piece, cue: Cues) -> Counted:
    """Count a piece. A label, a question and a table cell are no sentences, and are not looked at."""
    rows = [row for p in piece.passages for row in (p.paragraphs or (p.prose,)) if row]
    said = [s.text for row in rows for s in row]
    items = [s.text for p in piece.passages for each in p.lists for s in each.items]
    lengths = [sum(len(s.text.split()) for s in row) for row in rows]
    told = sum(len(row) >= _SENTENCES or words >= _WORDS for row, words in zip(rows, lengths, strict=True))
    remarks = sum(len(row) == 1 and words < _REMARK for row, words in zip(rows, lengths, strict=True))
    faults = sum(cut(text, cue) or bare(text, cue) for text in said)
    faults += sum(len(text.split()) <= _LABEL for text in items) + _answers_named(piece.passages)
    return Counted(piece.words, faults, remarks, told)


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
