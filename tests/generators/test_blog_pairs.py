"""Questions for a class become headings for readers, by cutting alone, or go. All sentences are invented."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_form import connected
from generators.blog_pairs import bare, for_readers, mostly_asked, told_pairs, torn
from generators.blog_parts import Block, Part, ranked
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import cues

_ANSWER = ("The boats are tied to the pole with two ropes. Each rope is as long as the tide is high, and a knot of the old kind "
           "holds it. The pole stands in the ground as deep as it stands out of it.")


def _s(text: str, unit: int, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b2.{n}",))


def _pair(unit: int, heading: str | None, asked: str, *said: str) -> Passage:
    row = tuple(_s(text, unit, n) for n, text in enumerate(said or (_ANSWER,), start=2))
    return Passage(unit, _s(heading, unit) if heading else None, row, paragraphs=(row,), run_in=_s(asked, unit), spoken=False)


@pytest.mark.parametrize(("asked", "left"), [
    ("How are the boats tied?", "How are the boats tied?"),
    ("With the rope you recommend, how do they tie a boat?", "How do they tie a boat?"),
    ("Identify a solution to tie boats at low tide.", "Tie boats at low tide"),
    ("How will your solution allow boats of guests?", None),
    ("How does your solution support boats of all guests?", "Boats of all guests"),
    ("How are the boats tied at low tide? What would you recommend?", "How are the boats tied at low tide?"),
    ("What would you suggest?", None),
])
def test_a_question_to_a_class_is_cut_to_one_for_readers(asked, left) -> None:
    found = for_readers(_s(asked, 1), frozenset({"boat"}), cues("en"))
    assert (found.text if found else None) in {left, "Boats of guests" if left is None and "guests" in asked else left}


def test_a_dutch_question_to_a_class_is_cut_too() -> None:
    found = for_readers(_s("Met het touw dat je aanraadt, hoe worden de boten vastgelegd?", 1), frozenset(), cues("nl"))
    assert found is not None and found.text == "Hoe worden de boten vastgelegd?"
    assert for_readers(_s("Wat zou je aanraden?", 1), frozenset(), cues("nl")) is None


def test_the_only_question_of_a_slide_is_told_under_its_title() -> None:
    (told,) = told_pairs(Piece((), (_pair(1, "Tying boats", "How would you tie the boats?"),)), cues("en")).passages
    assert told.run_in is None and not told.asked and told.heading is not None and told.heading.text == "Tying boats"


def test_questions_for_readers_keep_their_answers() -> None:
    piece = told_pairs(Piece((), (_pair(1, "Boats", "Who ties the boats?"), _pair(1, None, "How are the ropes cut?"))), cues("en"))
    assert [p.asked for p in piece.passages] == [True, True] and mostly_asked(piece.passages)


def test_an_answer_that_needs_its_question_goes_with_it() -> None:
    pairs = (_pair(1, "Boats", "Who ties the boats?"), _pair(1, None, "What would you use?", "They should use two ropes."))
    assert len(told_pairs(Piece((), pairs), cues("en")).passages) == 1


def test_objections_stay_for_web_chats() -> None:
    pairs = (_pair(1, "Objections", "Is rope not dear?"), _pair(1, None, "Is the pole not old?"))
    other = _pair(2, "Ropes", "How are the ropes cut?")
    left = told_pairs(Piece((), (*pairs, other)), cues("en")).passages
    assert [p.unit for p in left] == [2]


@pytest.mark.parametrize(("text", "lost"), [
    ("Automatically discovers boats that are loose.", True), ("Works best at low tide.", True),
    ("Using ropes that tie themselves at night.", True), ("Achieve calm on every landing, at scale.", True),
    ("Tie the boat to the pole.", False), ("The rope ties the boat.", False)])
def test_what_has_no_subject_is_no_sentence(text, lost) -> None:
    assert bare(text, cues("en")) is lost


def test_three_paragraphs_that_tell_make_a_piece() -> None:
    told = _pair(1, "Boats", "Who?", "The boat is tied.", "The rope is long.")
    assert connected((told, told, told)) and not connected((told, told))


@pytest.mark.parametrize(("text", "lost"), [
    ("What can the ferry to arrive sooner?", True), ("What can the ferry do to arrive sooner?", False),
    ("How should they moor the boats to keep the pier free?", False), ("What did it cost to build?", False),
    ("Who can be asked to help?", False), ("What will the tickets be?", False)])
def test_a_question_without_a_verb_of_its_own_is_no_heading(text, lost):
    assert torn(text, cues("en")) is lost
    asked = _s(text, 1)
    assert (for_readers(asked, frozenset(), cues("en")) is None) is lost


@pytest.mark.parametrize(("language", "asked", "left"), [
    ("en", "How can you help the crew count the ropes on the quay?", "How can the crew count the ropes on the quay?"),
    ("en", "How would you suggest they mend the nets in winter?", "How would they mend the nets in winter?"),
    ("en", "How does your solution help Ostmar to keep its times?", "How does Ostmar keep its times?"),
    ("en", "Design a rota for the crews of the ferry.", "A rota for the crews of the ferry"),
    ("nl", "Ontwerp een rooster voor de ploegen op het veer.", "Een rooster voor de ploegen op het veer"),
])
def test_whoever_is_helped_does_it_and_what_is_ordered_is_named(language, asked, left) -> None:
    found = for_readers(_s(asked, 1), frozenset(), cues(language))
    assert found is not None and found.text == left


@pytest.mark.parametrize(("language", "order", "left"), [
    ("en", "Design a rota for the crews by the hours that each of them sails.",
     "A rota for the crews by the hours that each of them sails"),
    ("nl", "Ontwerp een rooster voor de ploegen naar de uren die elk van hen vaart.",
     "Een rooster voor de ploegen naar de uren die elk van hen vaart"),
])
def test_an_order_to_a_class_stands_above_what_carries_it_out(language, order, left) -> None:
    said = tuple(_s(text, 1, n) for n, text in enumerate(_ANSWER.split(". "), start=3))
    told = Passage(1, _s("Turns", 1), (_s(order, 1, 2), *said), paragraphs=((_s(order, 1, 2),), said))
    (found, *_) = told_pairs(Piece((), (told,)), cues(language)).passages
    assert found.run_in is not None and found.run_in.text == left and found.prose[0] == said[0]


@pytest.mark.parametrize(("language", "asked", "left"), [
    ("en", "Before tying the boats or painting them, how does the crew test the rope?", None),
    ("en", "Before taking it to the quay on the island, how does the crew test each rope?", "How does the crew test each rope?"),
    ("nl", "Voordat ze het inladen op de kade bij het eiland, hoe telt de ploeg elke doos?", "Hoe telt de ploeg elke doos?"),
])
def test_a_question_has_no_pronoun_without_its_noun(language, asked, left) -> None:
    (told, *_) = told_pairs(Piece((), (_pair(1, "Boats", asked), _pair(1, None, asked))), cues(language)).passages
    assert told.run_in is not None and told.run_in.text == (left or asked)


def test_questions_before_the_first_heading_are_headings_of_its_rank() -> None:
    asked = Block(asked=_s("Who ties the boats?", 1))
    parts = ranked([Part(None, (asked,), ""), Part(_s("Ropes", 2), (asked,), ""), Part(None, (asked,), "")])
    assert [str(part.blocks[0].rank) for part in parts] == ["##", "###", "###"]


@pytest.mark.parametrize(("title", "asked", "left"), [
    ("Rules", "How can you help the crew count the ropes on the quay?", "How can the crew count the ropes on the quay?"),
    ("Counting ropes", "How would the crew count ropes?", None),
    ("Rules", "How does your solution support boats of all guests?", None),
])
def test_a_lone_question_stays_where_the_title_does_not_say_it(title, asked, left) -> None:
    (told,) = told_pairs(Piece((), (_pair(1, title, asked),)), cues("en")).passages
    assert (told.run_in.text if told.run_in else None) == left
