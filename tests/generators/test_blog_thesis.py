"""What a piece maintains or asks, where no sentence of it sums it up."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.blog_thesis import opening_question, thesis
from generators.prose_cues import cues

_REST = ("Somebody oiled the bell in spring, and nobody said so. In winter the ropes of it got wet.",
         "They melted the old bell down when it cracked. We missed the sound of it for a year.")


def _piece(slide, context, *notes: str, language: str = "en"):
    units = [slide(n, f"Part {n} of the day", (), (each,)) for n, each in enumerate(notes, start=1)]
    ready = context(tuple(units), language=language)
    return Piece(ready.materials, tuple(p for m in ready.materials for p in m.passages)), ready


def _thesis(slide, context, told: str, title: str, language: str = "en", rest: tuple[str, ...] = _REST) -> str:
    piece, ready = _piece(slide, context, told, *rest, language=language)
    found = thesis(piece, Sentence(text=title, sources=("s1.b1.1",)), ready, cues(language))
    return found.text if found else ""


_POINT = "A bell is not an order. It is an invitation to hurry."


def test_a_thought_of_two_sentences_stands_for_a_piece(slide, context) -> None:
    told = f"Last year a boat left without eleven people. All of them had heard it ring. {_POINT}"
    assert _thesis(slide, context, told, "The bell on the landing") == _POINT


@pytest.mark.parametrize("told", [
    "The harbour master was not a kind man. He was a man who had rung a bell all his life.",
    "Do not ring the bell before the boat has come. Ring it when the rope is tied to the landing.",
    "I am not the one who rings the bell. I am only the one who is asked why it rang.",
    "Tea is better than coffee in the morning, whatever the weather of the week is like."])
def test_a_story_an_order_the_speaker_and_another_subject_do_not(slide, context, told) -> None:
    told = f"Eleven people came too late last year. {told}"
    assert _thesis(slide, context, told, "The bell on the landing") == ""


@pytest.mark.parametrize(("first", "language", "taken"), [
    ("Why does anybody ring a bell for people who are late every day?", "en", True),
    ("Waarom luidt iemand elke dag een bel voor wie te laat komt?", "nl", True),
    ("Why?", "en", False),
    ("But why do these people come too late to the ferry every single day?", "en", False)])
def test_the_question_with_which_a_piece_begins(slide, context, first, language, taken) -> None:
    told = _REST[0] if language == "en" else "In de haven hing een bel met een touw. Daar trok een schipper aan, elke ochtend om zes."
    piece, _ = _piece(slide, context, f"{first} {told}", language=language)
    found = opening_question(piece, cues(language))
    assert (found.text if found else "") == (first if taken else "")
