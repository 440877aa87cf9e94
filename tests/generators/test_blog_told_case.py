"""A workshop's case is told from its beginning, and a need stands above what meets it. Names and sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_plan import Piece
from generators.blog_told_case import case_of, with_needs, without_told
from generators.material import Material, Passage
from generators.prose_cues import cues

_SAID = {
    "en": (("Customer situation", "Customer needs"),
           "Ostmar Ferries has two boats on the river and forty guests a day who wait for them in the rain. ",
           "The crew puts a bell on the landing, and the ferryman hears it on the other side of the river. ",
           "Know the way to the landing."),
    "nl": (("Klantsituatie", "Wensen van de klant"),
           "Veerdienst Ostmar heeft twee boten op de rivier en veertig gasten per dag die in de regen wachten. ",
           "De bemanning hangt een bel op de steiger, en de veerman hoort hem aan de overkant van de rivier. ",
           "Gebruikt de steiger."),
}


def _passage(unit: int, heading: str | None, *said: str, asked: str = "") -> Passage:
    row = tuple(Sentence(text=text.strip(), sources=(f"s{unit}.b2.{n}",)) for n, text in enumerate(said, start=1))
    head = Sentence(text=heading, sources=(f"s{unit}.b1.1",)) if heading else None
    run_in = Sentence(text=asked, sources=(f"s{unit}.b3.1",)) if asked else None
    return Passage(unit, head, row, paragraphs=(row,), run_in=run_in)


def _topic(number: int, *passages: Passage) -> Material:
    topic = Topic(number=number, first=passages[0].unit, last=passages[-1].unit, title="")
    return Material(topic=topic, title=passages[0].heading or passages[0].prose[0], passages=passages,
                    titles={p.unit: p.heading.text if p.heading else "" for p in passages})


def _case(language: str, *, asked: str = ""):
    (situation, _), wants, does, _ = _SAID[language]
    brief = _topic(1, _passage(1, situation, *[wants] * 6))
    solved = _topic(2, _passage(2, "The bell", *[does] * 6, asked=asked), _passage(3, "The rope", *[does] * 6))
    return (brief, solved), case_of([brief, solved], [Piece((solved,), solved.passages)], cues(language))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_case_begins_with_who_it_is_about_and_ends_with_what_was_done(language) -> None:
    _, case = _case(language)
    assert case.piece is not None and case.piece.case
    assert [p.unit for p in case.piece.passages] == [1, 2, 3]
    assert case.piece.passages[0].heading is None, "the title leads into the situation"
    assert [p.heading.text for p in case.piece.passages[1:]] == ["The bell", "The rope"]


def test_a_brief_that_nobody_answers_but_by_question_is_no_case() -> None:
    _, case = _case("en", asked="How can the guests call the ferryman?")
    assert case.piece is None and case.units == set()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_wishes_without_anybody_who_has_them_are_left_out(language) -> None:
    (situation, needs), wants, does, wish = _SAID[language]
    brief = _topic(1, _passage(1, situation, *[wants] * 6), _passage(2, needs, *[wish] * 3))
    solved = _topic(2, _passage(3, "The bell", *[does] * 12))
    case = case_of([brief, solved], [Piece((solved,), solved.passages)], cues(language))
    assert case.units == {1, 3}


def test_a_need_stands_above_what_meets_it() -> None:
    need = _passage(1, "Customer needs: the landing at night", "Guests wait at the landing at night and nobody hears them.")
    bell, rope = _passage(4, "The landing at night", "A bell hangs there."), _passage(5, "Rope", "It is long.")
    brief, solved = _topic(1, need), _topic(2, bell, rope)
    _, case = _case("en")
    made = with_needs([Piece((solved,), (rope,)), Piece((solved,), (bell,))],
                      replace(case, needs=(Piece((brief,), (need,)),)), [], cues("en"))
    assert [p.unit for p in made[1].passages] == [1, 4] and made[1].passages[0].heading is None
    assert made[1].subject == bell.heading
    assert [p.unit for p in made[0].passages] == [5]


def test_what_is_told_is_in_no_starter() -> None:
    (brief, solved), case = _case("en")
    left = without_told([brief, solved], case.units - {3})
    assert [[p.unit for p in m.passages] for m in left] == [[3]]


def test_one_paragraph_of_a_need_stands_above_the_nearest_answer() -> None:
    need = _passage(1, "Customer needs: costs", "Every boat has a fuel card, and the office wants to see each litre on its own "
                    "boat.", "It asks for a list.")
    fuel = _passage(4, "Tracking", "The pump reads the fuel card of the boat and writes every litre behind its number.")
    rope = _passage(5, "Moorings", "A rope that dries on a hook lasts for three winters on the pier.")
    brief, solved = _topic(1, need), _topic(2, fuel, rope)
    _, case = _case("en")
    made = with_needs([Piece((solved,), (rope,)), Piece((solved,), (fuel,))], replace(case, needs=(Piece((brief,), (need,)),)),
                      [Piece((solved,), solved.passages)], cues("en"))
    assert [p.unit for p in made[1].passages] == [1, 4] and [p.unit for p in made[0].passages] == [5]


def test_who_the_client_is_stands_before_what_is_his() -> None:
    owned = _passage(1, "Customer situation", *["Ostmar's ferrymen live on the north bank, and the river is wide there."] * 4)
    who = _passage(2, "The fleet", *["Ostmar Ferries has two boats on the river and forty guests a day who wait for them."] * 4)
    _, _, does, _ = _SAID["en"]
    brief = _topic(1, owned, replace(who, heading=None), _passage(3, "Customer situation", "The fleet is divided into two "
                   "halves.", "Ostmar Ferries wants a bell. " * 2, "The boats are divided into three classes."))
    solved = _topic(2, _passage(4, "Bell", *[does] * 12))
    solved = replace(solved, titles={4: "Preferred solution – Bell"})
    case = case_of([brief, solved], [Piece((solved,), solved.passages)], cues("en"))
    assert [p.unit for p in case.piece.passages] == [2, 1, 3, 4]
    assert [p.heading.text for p in case.piece.passages if p.heading] == ["Solution – Bell"]
    assert "three classes" not in " ".join(s.text for p in case.piece.passages for s in p.prose), "no list of them follows"
