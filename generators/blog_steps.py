"""What is done to the pieces of a talk once they are cut: step by step, each in its own module, in the order of this list.

The order is part of what the steps do. What one piece says and another repeats or needs is settled over all of them first;
then the lists of each, beside what is told now; then each is laid beside its source, for what hangs on something that went.
Nothing is judged here: which pieces are drafts after that is asked in blog_refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from content.draft import Sentence
from generators.blog_asked import small_questions
from generators.blog_boxes import few_lists, with_ending
from generators.blog_case import paired
from generators.blog_labels import form_labels, unformed
from generators.blog_loose import tied_off
from generators.blog_overview import definitions, introduced, without_codes
from generators.blog_plan import Piece
from generators.blog_return import brought_home
from generators.blog_runs_on import without_lost
from generators.blog_sound import Ground, grounded
from generators.blog_stumps import without_stumps
from generators.blog_unlike import unlike
from generators.material import Material
from generators.prose_cues import Cues
from generators.prose_noise import is_code
from generators.prose_single import without_captions, without_single


@dataclass(frozen=True, slots=True)
class Talk:
    """What the steps go by."""

    cue: Cues
    #: Ids of what stands in whole sentences.
    whole: frozenset[str]
    #: The document that the pieces are laid beside; None where there is none.
    under: Ground | None
    #: The labels of a form, and what a reference says in a sentence about each of its pages.
    forms: frozenset[str]
    known: Mapping[str, Sentence]


class Stage(Enum):
    """The steps between which pieces are looked at."""

    #: All pieces beside each other; one that has nothing left is none.
    TOLD = auto()
    #: The lists of each; from here on every piece comes back, be it without passages.
    LISTED = auto()
    #: Each beside its source.
    LAID = auto()
    #: Those that are drafts.
    KEPT = auto()


def talk_of(materials: Sequence[Material], whole: frozenset[str], under: Ground | None, cue: Cues) -> Talk:
    """What the steps go by in a deck."""
    return Talk(cue, whole, under, form_labels(materials, cue), definitions([p for m in materials for p in m.passages], cue))


def through(stage: Stage, pieces: Sequence[Piece], talk: Talk) -> list[Piece]:
    """The pieces after the steps of a stage, in their order."""
    out = list(pieces)
    for at, step in STEPS:
        out = step(out, talk) if at is stage else out
    return out


def _each(step: Callable[[Piece, Talk], Piece]) -> Callable[[list[Piece], Talk], list[Piece]]:
    """A step that takes each piece by itself."""
    return lambda pieces, talk: [step(piece, talk) for piece in pieces]


def _shown_code(piece: Piece, talk: Talk) -> Piece:
    """Without slides that lost the program text which they are about."""
    if talk.under is None:
        return piece
    source = talk.under.source
    code = frozenset(s.id for p in piece.passages for s in source.by_unit.get(p.unit, ()) if is_code(s.text))
    return replace(piece, passages=without_lost(piece.passages, source, code)) if code else piece


def _beside_source(pieces: list[Piece], talk: Talk) -> list[Piece]:
    under = talk.under
    return [grounded(piece, under, talk.cue, len(pieces) > 1) for piece in pieces] if under is not None else pieces


#: All steps in their order.
STEPS: tuple[tuple[Stage, Callable[[list[Piece], Talk], list[Piece]]], ...] = (
    (Stage.TOLD, _each(_shown_code)),
    (Stage.TOLD, lambda pieces, talk: unlike(pieces, talk.cue)),
    (Stage.TOLD, lambda pieces, talk: brought_home(pieces, talk.cue)),
    (Stage.TOLD, lambda pieces, talk: tied_off(pieces, talk.cue)),
    (Stage.TOLD, _each(lambda piece, talk: paired(piece, talk.cue))),
    (Stage.TOLD, _each(lambda piece, talk: without_single(piece, talk.whole, talk.cue))),
    (Stage.TOLD, _each(lambda piece, _talk: without_captions(piece))),
    (Stage.LISTED, _each(lambda piece, talk: few_lists(piece, talk.whole, talk.cue))),
    (Stage.LAID, _beside_source),
    (Stage.LAID, _each(lambda piece, talk: without_stumps(piece, talk.cue))),
    (Stage.LAID, _each(lambda piece, talk: with_ending(piece, talk.whole, talk.cue))),
    (Stage.LAID, _each(lambda piece, talk: unformed(piece, talk.forms, talk.cue))),
    (Stage.KEPT, _each(lambda piece, _talk: replace(piece, passages=tuple(without_codes(piece.passages))))),
    (Stage.KEPT, _each(lambda piece, talk: small_questions(piece, talk.cue))),
    (Stage.KEPT, _each(lambda piece, talk: introduced(piece, talk.known, talk.cue))),
)
