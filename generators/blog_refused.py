"""Why a piece is no draft after all: every rule that takes one out, in one list.

A rule can be asked only once what it looks at is there, so each has its step on the way from topics to drafts: when the
topics of a piece were put together, when long pieces were cut, and when the piece was laid beside its source. What is
refused goes to its author as a starter; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from generators.blog_check import Counted, counted
from generators.blog_form import connected
from generators.blog_open import goes_on, led_in, opens
from generators.blog_plan import Piece
from generators.blog_title import named
from generators.prose_cues import Cues

#: Words over which a piece is cut in two.
MOST = 1300
#: How much longer than a draft running text may be that is brought down to one.
_BOOK = 1.15
#: Answers that make a key, and headings under which a case tells what was done.
_KEY, _DONE = 3, 2


class Why(StrEnum):
    """Why a topic is a starter, as its author is told it (`starter_...` of the wording)."""

    #: Less than an article in whole sentences.
    THIN = "thin"
    #: Words enough, in lists and headings.
    LISTS = "lists"
    #: Sentences enough, a line each, that stand side by side.
    LINES = "lines"
    #: The notes of the talk were jotted down for whoever speaks.
    JOTTED = "jotted"
    #: The notes tell a trainer what to do.
    TRAINER = "trainer"
    #: Most of the slides show program text, and what was said over it needs that.
    CODE = "code"
    #: Too many sentences that lack a part.
    FAULTY = "faulty"
    #: Half of it hangs on what is withheld, or shown only.
    HALF = "half"
    #: No heading names it.
    NAMELESS = "nameless"
    #: Pages that came out in pieces, or that begin in the middle.
    TORN = "torn"
    #: Pages that would have to be left out.
    LONG = "long"
    #: Answers in remarks.
    REMARKS = "remarks"
    #: Answers for a client, one after the other, without what he asked them for.
    ANSWERS = "answers"
    #: A case of which more is told than of what was done about it.
    BRIEF = "brief"
    #: A gate refused the draft.
    REFUSED = "refused"
    #: What the drafts of the talk had no room for.
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a piece is judged with."""

    before: Piece
    cue: Cues
    talk: Counted | None = None
    #: The talk is a case: it says for whom.
    case: bool = False


class Step(Enum):
    """How far a piece has come."""

    JOINED = auto()
    CUT = auto()
    LAID = auto()


def why(piece: Piece, step: Step, seen: Seen) -> Why | None:
    """Why a piece that has come so far is no draft, None where it is one."""
    return next((reason for at, is_so, reason in _REASONS if at is step and is_so(piece, seen)), None)


def torn(piece: Piece) -> bool:
    """Whether pages of running text would have to be left out: what is left of its argument tells nothing."""
    return piece.words > _BOOK * MOST and any(p.running for p in piece.passages)


def _only_remarks(piece: Piece, _seen: Seen) -> bool:
    """Answers to questions, and no three paragraphs that tell something."""
    return any(p.asked for p in piece.passages) and not connected(piece.passages)


def _torn(piece: Piece, _seen: Seen) -> bool:
    """Running text too long for a draft, or what is still too long when all else was cut: one paragraph of some pages."""
    return piece.words > _BOOK * MOST


def _nameless(piece: Piece, seen: Seen) -> bool:
    """No heading that can name it."""
    return not named(piece, seen.cue)


def _without_start(piece: Piece, seen: Seen) -> bool:
    """Running text without a sentence to begin with: one that goes on with what stands before it tells half."""
    first = led_in(piece.passages, seen.cue)[0]
    return first.running and bool(first.prose) and not opens(first.prose[0].text, seen.cue)


def _faulty(piece: Piece, seen: Seen) -> bool:
    """More faults on a page than ten minutes of editing mend."""
    return not counted(piece, seen.cue).is_draft_of(seen.talk)


def _half_gone(piece: Piece, seen: Seen) -> bool:
    """Half of it hung on something that is not printed."""
    return 2 * piece.words <= seen.before.words


def _answer_key(piece: Piece, seen: Seen) -> bool:
    """The answers to a case and nothing else: whoever has not heard the case does not know what they are for. Readers gave
    most of such pieces 2, and those that begin with what the client has or wants 3; one that begins with "their" does not
    say whose.
    """
    if not seen.case or len(piece.passages) < _KEY:
        return False
    asked = sum(p.asked for p in piece.passages)
    return asked == len(piece.passages) or (2 * asked > len(piece.passages) and goes_on(piece.passages[0], seen.cue))


def _mostly_brief(piece: Piece, _seen: Seen) -> bool:
    """A case of which more is told than of what was done, or that tells that in one go: readers gave such pieces 2, and one
    that tells half as much again of what was done, under three headings, 3.
    """
    done = [p for p in piece.passages if p.unit not in piece.brief]
    short = 2 * sum(p.words for p in done) < piece.words
    return piece.case and (short or sum(p.heading is not None for p in done) < _DONE)


_REASONS: tuple[tuple[Step, Callable[[Piece, Seen], bool], Why], ...] = (
    (Step.JOINED, _only_remarks, Why.REMARKS),
    (Step.JOINED, _mostly_brief, Why.BRIEF),
    (Step.CUT, _torn, Why.LONG),
    (Step.CUT, _nameless, Why.NAMELESS),
    (Step.CUT, _without_start, Why.TORN),
    (Step.LAID, _half_gone, Why.HALF),
    (Step.LAID, _faulty, Why.FAULTY),
    (Step.LAID, _answer_key, Why.ANSWERS),
)
