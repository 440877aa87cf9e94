"""The last count before a piece is a draft: slips alone refuse none, a page full of them does."""

from __future__ import annotations

from dataclasses import replace

from content.draft import Sentence
from generators.blog_check import Counted, all_counted, counted
from generators.blog_plan import Piece
from generators.material import ItemList, Passage
from generators.prose_cues import cues


def _item(text: str, n: int) -> Sentence:
    return Sentence(text=text, sources=(f"s9.b{n}.1",))


def _piece(passage, *items: str) -> Piece:
    said = [f"Keeper {n} of the lamp at Ostmar was still asleep when the first boats came home that morning." for n in range(15)]
    told = tuple(passage(n, *said[3 * n - 3:3 * n]) for n in range(1, 6))
    listed = Passage(9, None, (), (ItemList(tuple(_item(each, n) for n, each in enumerate(items))),))
    return Piece((), (*told, listed))


def test_labels_of_a_slide_beside_what_is_told_are_no_fault(passage) -> None:
    piece = _piece(passage, "No wires", "No timer", "No noise")
    assert counted(piece, cues("en")).faults == 0
    assert counted(replace(piece, listicle=True), cues("en")).faults == 3
    assert counted(replace(piece, passages=piece.passages[-1:]), cues("en")).faults == 3


def test_labels_among_sentences_are_a_fault_anywhere(passage) -> None:
    piece = _piece(passage, "Ropes", "Write the date on the post so that nobody oils it twice.",
                   "Use the thin oil because the thick one freezes on the wick.")
    assert counted(piece, cues("en")).faults == 1


def test_a_sound_talk_may_have_a_part_with_more_slips() -> None:
    part = Counted(400, 3, 0, 6, 350)
    sound, poor = Counted(2600, 5, 0, 30, 2300), Counted(2600, 20, 0, 30, 2300)
    assert not part.is_draft_of() and part.is_draft_of(sound) and not part.is_draft_of(poor)
    assert not Counted(400, 5, 0, 6, 350).is_draft_of(sound), "twice the bar is too many in any talk"
    assert all_counted([part, sound]).faults == 8
