"""Why a piece is no draft after all: every rule that takes one out, in one list.

A rule can be asked only once what it looks at is there, so each has its step on the way from topics to drafts: when the
topics of a piece were put together, when long pieces were cut, and when the piece was laid beside its source. What is
refused goes to its author as a starter; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from generators.blog_check import counted
from generators.blog_form import connected
from generators.blog_open import led_in, opens
from generators.blog_plan import Piece
from generators.blog_title import named
from generators.prose_cues import Cues

#: Words over which a piece is cut in two.
MOST = 1300
#: How much longer than a draft running text may be that is brought down to one.
_BOOK = 1.15


class Step(Enum):
    """How far a piece has come."""

    JOINED = auto()
    CUT = auto()
    LAID = auto()


def refused(piece: Piece, step: Step, cue: Cues, before: Piece | None = None) -> bool:
    """Whether a piece that has come so far is no draft; `before` is what it was when it was laid beside its source."""
    return any(at is step and is_so(piece, before or piece, cue) for at, is_so in _REASONS)


def torn(piece: Piece) -> bool:
    """Whether pages of running text would have to be left out: what is left of its argument tells nothing."""
    return piece.words > _BOOK * MOST and any(p.running for p in piece.passages)


def _only_remarks(piece: Piece, _before: Piece, _cue: Cues) -> bool:
    """Answers to questions, and no three paragraphs that tell something."""
    return any(p.asked for p in piece.passages) and not connected(piece.passages)


def _torn(piece: Piece, _before: Piece, _cue: Cues) -> bool:
    return torn(piece)


def _nameless(piece: Piece, _before: Piece, cue: Cues) -> bool:
    """No heading that can name it."""
    return not named(piece, cue)


def _without_start(piece: Piece, _before: Piece, cue: Cues) -> bool:
    """Running text without a sentence to begin with: one that goes on with what stands before it tells half."""
    first = led_in(piece.passages, cue)[0]
    return first.running and bool(first.prose) and not opens(first.prose[0].text, cue)


def _faulty(piece: Piece, _before: Piece, cue: Cues) -> bool:
    """More faults on a page than ten minutes of editing mend."""
    return not counted(piece, cue).is_draft


def _half_gone(piece: Piece, before: Piece, _cue: Cues) -> bool:
    """Half of it hung on something that is not printed."""
    return 2 * piece.words <= before.words


_REASONS: tuple[tuple[Step, Callable[[Piece, Piece, Cues], bool]], ...] = (
    (Step.JOINED, _only_remarks),
    (Step.CUT, _torn),
    (Step.CUT, _nameless),
    (Step.CUT, _without_start),
    (Step.LAID, _faulty),
    (Step.LAID, _half_gone),
)
