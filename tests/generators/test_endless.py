"""Notes without a full stop, and a paragraph of some pages, are no draft. All sentences are invented."""

from __future__ import annotations

import pytest

from generators.blog_check import counted
from generators.blog_plan import Piece
from generators.blog_refused import Seen, Step, Why, why
from generators.prose_cues import cues

_SAID = "the keeper writes the hours on a board beside the bridge and nobody has to ask him for it twice "


@pytest.mark.parametrize(("times", "reason"), [(2, None), (5, None), (8, Why.FAULTY), (60, Why.FAULTY)])
def test_a_sentence_without_an_end_is_as_many_faults_as_it_is_long(passage, times, reason) -> None:
    # Two plain paragraphs on each side: one long sentence of a good page is a slip, half a page of it is not.
    plain = "The keeper writes the hours on a board beside the bridge. Nobody has to ask him for it twice. It hangs there all year."
    told = (passage(1, *(f"{each}." for each in plain.rstrip(".").split(". ")), heading="Boards"),
            passage(2, (_SAID * times).strip().capitalize() + ".", heading="More boards"),
            passage(3, *(f"{each}." for each in plain.rstrip(".").split(". ")), heading="Other boards"))
    piece, cue = Piece((), told), cues("en")
    assert why(piece, Step.LAID, Seen(piece, cue, counted(piece, cue))) is reason


@pytest.mark.parametrize(("sentences", "reason"), [(60, None), (120, Why.LONG)])
def test_a_paragraph_of_some_pages_is_too_long_for_a_draft(passage, sentences, reason) -> None:
    piece = Piece((), (passage(1, *(_SAID.strip().capitalize() + f" {n}." for n in range(sentences)), heading="Boards"),))
    assert why(piece, Step.CUT, Seen(piece, cues("en"))) is reason
