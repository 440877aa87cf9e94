"""A question stays with its answer, the answer below it; what is only asked goes. Names and sentences are invented."""

from __future__ import annotations

import pytest

from gates.coverage import coverage
from generators.material import Material, Passage

_ASKED = (
    "1. How can the ferry run when the river is high? Why?",
    "The ferry runs on a second rope when the river is high. The rope is tied to the old mill on the far bank.",
    "2. Who may call it at night? You should name two people.",
    "The miller and the doctor may call it at night. Everybody else waits for the morning.",
    "3. What happens when nobody answers the bell?",
)
_GEVRAAGD = (
    "1. Hoe vaart de pont als het water hoog staat?",
    "De pont vaart aan een tweede touw als het water hoog staat. Dat touw zit vast aan de oude molen.",
    "2. Wie mag de pont in de nacht roepen? Noem twee mensen.",
    "De molenaar en de dokter mogen de pont in de nacht roepen. Alle anderen wachten op de ochtend.",
    "3. Wat gebeurt er als niemand de bel hoort?",
)


def _passages(material: Material) -> list[Passage]:
    return list(material.passages)


@pytest.mark.parametrize(("language", "notes", "first", "second"), [
    ("en", _ASKED, "How can the ferry run when the river is high? Why?", "Who may call it at night?"),
    ("nl", _GEVRAAGD, "Hoe vaart de pont als het water hoog staat?", "Wie mag de pont in de nacht roepen?")])
def test_each_answer_stands_under_its_question(slide, context, language, notes, first, second) -> None:
    ready = context((slide(1, "Ostmar", (), notes),), language=language)
    told = _passages(ready.materials[0])
    assert [p.run_in.text for p in told if p.run_in] == [first, second]
    assert [p.prose[0].sources for p in told] == [("s1.b3.1",), ("s1.b5.1",)]
    said = " ".join(s.text for p in told for s in p.prose)
    assert "?" not in said, "a question that nobody answers is left out"
    assert "two people." not in said and "Noem" not in said, "what a class is told to do is left out"


def test_an_objection_among_numbered_questions_is_answered_like_them(slide, context) -> None:
    notes = ("1. The villages do not want to pay for two boats.", "One boat is enough, because the second rope carries the same load.",
             "2. Can the boat carry a cart and a horse?", "It can carry a cart and a horse if the river stands below three.")
    told = _passages(context((slide(1, "What they say against it", (), notes),)).materials[0])
    assert [p.run_in.text if p.run_in else p.heading.text for p in told][-1] == "Can the boat carry a cart and a horse?"
    assert told[0].run_in.text == "The villages do not want to pay for two boats"


def test_labels_of_a_workshop_are_not_printed(slide, context) -> None:
    notes = ("**Design:** How can we see from the bank who is on the boat?",
             "**Solution:** Everybody hangs a wooden tag on the board before the boat leaves the bank.")
    [passage] = _passages(context((slide(1, "Tags", (), notes),)).materials[0])
    assert passage.run_in.text == "How can we see from the bank who is on the boat?"
    assert [s.text for s in passage.prose] == ["Everybody hangs a wooden tag on the board before the boat leaves the bank."]


def test_questions_on_the_slide_stand_above_what_follows_them(slide, context) -> None:
    bullets = ("Which rope do we need for the second crossing?",
               "We need the rope of hemp for the second crossing, since it swims and everybody can see it.",
               "Describe how the crew learns to tie it.",
               "The crew learns to tie it on two evenings in spring with the old ferryman of the village.")
    told = _passages(context((slide(1, "Ropes", bullets),)).materials[0])
    assert [p.run_in.text for p in told if p.run_in] == ["Which rope do we need for the second crossing?",
                                                         "How the crew learns to tie it"]


def test_a_turn_of_a_story_is_no_question_hour(slide, context) -> None:
    notes = ("Who stopped the boat? Nobody knew, and the bell had been silent all night long.", "The miller had heard it.")
    told = _passages(context((slide(1, "The night of the flood", (), notes),)).materials[0])
    assert all(p.run_in is None for p in told)
    assert told[0].prose[0].text == "Who stopped the boat?"


def test_what_is_asked_first_and_answered_later_is_printed_once_with_its_answer(slide, context) -> None:
    asked = ("Is one boat enough for four villages?", "Who pays for the second rope?")
    answers = ("Is one boat enough for four villages?", "One boat is enough for four villages when it leaves every half hour.",
               "Who pays for the second rope?", "The mill pays for the second rope out of what it saves on the bridge.")
    ready = context((slide(1, "Customer objections", asked), slide(2, "Objections handling", answers)))
    material = ready.materials[0]
    assert {p.unit for p in material.passages} == {2}
    assert material.skipped[1] == "repeats"
    assert [p.run_in.text for p in material.passages if p.run_in] == list(asked)


def test_a_slide_for_the_class_is_named_and_left_out(slide, context) -> None:
    task = ("Outcome", "Draw a plan of the crossing and show it to the others", "Timeframe", "20 minutes")
    ready = context((slide(1, "Step two: Draw the plan", task), slide(2, "The crossing", ("We cross the river twice a day",))))
    assert ready.materials[0].skipped == {1: "exercise"}


def test_een_opdracht_voor_de_groep_blijft_weg(slide, context) -> None:
    task = ("Opdracht", "Teken een plan van de overtocht en laat het zien", "Tijdsduur", "20 minuten")
    ready = context((slide(1, "Nu jullie", task), slide(2, "De overtocht", ("We steken de rivier twee keer per dag over",))),
                    language="nl")
    assert ready.materials[0].skipped == {1: "exercise"}


def test_what_only_speaks_to_a_class_is_listed_with_its_reason_and_stays_content(slide, context) -> None:
    task = ("Outcome", "Draw a plan of the crossing and show it to the others", "Timeframe", "20 minutes")
    ready = context((slide(1, "Step two: Draw the plan", task), slide(2, "The crossing", ("We cross the river twice a day",))))
    account = coverage(ready.cleared, ready.index, ready.topics, (), ready.materials[0].skipped)
    assert account.content_units == (1, 2)
    assert [(each.unit, each.reason) for each in account.unused] == [(1, "an exercise"), (2, "not chosen")]


@pytest.mark.parametrize(("language", "notes", "expected"), [
    ("en", ("1. Design a sign for the landing. Who paints the sign in spring?", "The painter of the village paints the sign in the first dry week of spring.",
            "2. Which rope suits the following two scenarios?", "They take the rope of hemp, which swims and dries within a day."),
     ["Who paints the sign in spring?"]),
    ("en", ("1. The ferry loses a rope every winter and the village has grown tired of buying a new one from the far town. How can the ferry save its ropes?",
            "The ferryman takes the ropes into the mill when the first ice comes.\n", "2. Who carries them?", "Two farmers carry them up to the loft of the old mill."),
     ["How can the ferry save its ropes?", "Who carries them?"]),
    ("nl", ("1. Leg uit hoe de pont in de winter vaart?", "De pont vaart in de winter aan het tweede touw, dat de molenaar droog houdt.",
            "2. Wie haalt het touw binnen?", "Twee boeren halen het touw in de herfst binnen en hangen het in de molen."),
     ["Hoe de pont in de winter vaart?", "Wie haalt het touw binnen?"])])
def test_a_question_is_short_and_orders_nobody(slide, context, language, notes, expected) -> None:
    told = _passages(context((slide(1, "Ostmar", (), notes),), language=language).materials[0])
    assert [p.run_in.text for p in told if p.run_in] == expected
