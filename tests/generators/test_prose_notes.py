"""Notes lose what is spoken to the room and keep every other word."""

from __future__ import annotations

import pytest

from generators.prose_cues import cues
from generators.prose_notes import clean


@pytest.mark.parametrize(("said", "kept"), [
    ("As you can see, the wait fell to nine minutes.", "The wait fell to nine minutes."),
    ("The wait fell to nine minutes, as you can see on this slide.", "The wait fell to nine minutes."),
    ("(Animation) Two more nodes take over.", "Two more nodes take over."),
    ("CLICK It took us six hours to find him.", "It took us six hours to find him."),
    ("Objective: every question gets an answer.", "Every question gets an answer."),
    ("Here we have a lathe from 1964.", "Consider a lathe from 1964."),
    ("It runs on .NET and on ASP.NET too.", "It runs on .NET and on ASP.NET too."),
    ("You *can* maintain it yourself.", "You can maintain it yourself."),
    ("We do not like 3.5 % losses.", "We do not like 3.5 % losses."),
    ("You see two titles of one question.", "Consider two titles of one question."),
    ("3. Keep the page true.", "Keep the page true."),
    ("3.", ""),
    ("Let us try this at the tables, with your own telephones.", ""),
    ("Now I come back to the ones nobody answered.", ""),
    ("Hand out pens, red for gone.", ""),
    ("On the next slide we look at costs.", ""),
    ("This slide shows our organisation.", ""),
    ("Thank you all for coming.", ""),
    ("Trainer notes: pause here", ""),
    ("See https://example.org/a for more.", ""),
    ("var total = items.Count();", ""),
    ("...", ""),
])
def test_english_sentences(said: str, kept: str) -> None:
    assert clean(said, cues("en")) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("Zoals je kunt zien, daalde de wachttijd tot negen minuten.", "Daalde de wachttijd tot negen minuten."),
    ("De wachttijd daalde tot negen minuten op deze dia.", "De wachttijd daalde tot negen minuten."),
    ("KLIK Het kostte ons zes uur.", "Het kostte ons zes uur."),
    ("Op de volgende dia zie je de kosten.", ""),
    ("Deze dia toont onze organisatie.", ""),
    ("Zijn er nog vragen?", ""),
    ("Een lasser wist het antwoord.", "Een lasser wist het antwoord."),
])
def test_dutch_sentences(said: str, kept: str) -> None:
    assert clean(said, cues("nl")) == kept


def test_a_sentence_that_leans_on_a_dropped_one_goes_too(slide, context) -> None:
    ready = context((slide(1, "Waiting times", (), (
        "This slide shows the waiting times. It is in red. The median wait fell from a day to an hour last spring.",)),))
    said = [s.text for s in ready.materials[0].passages[0].prose]
    assert said == ["The median wait fell from a day to an hour last spring."]


def test_click_with_a_heading_runs_in(slide, context) -> None:
    ready = context((slide(1, "Three mistakes", (), (
        "CLICK – The photograph. A fitter posted a picture of a housing. CLICK – The joke. It cost us two apologies.",)),))
    passages = ready.materials[0].passages
    assert [p.run_in.text if p.run_in else "" for p in passages] == ["The photograph", "The joke"]
    assert passages[0].heading is not None
    assert passages[0].heading.text == "Three mistakes"
    assert [s.text for p in passages for s in p.prose] == [
        "A fitter posted a picture of a housing.", "It cost us two apologies."]


def test_a_language_without_cues_is_left_alone() -> None:
    assert clean("Toto je věta o vodě.", cues("cs")) == "Toto je věta o vodě."


def test_on_a_slide_the_same_words_speak_to_the_audience() -> None:
    assert clean("Hand out pens, red for gone.", cues("en"), shown=True) == "Hand out pens, red for gone."


def test_a_short_answer_stays_with_what_it_answers(slide, context) -> None:
    ready = context((slide(1, "A call", (), (
        "People worry that readers outside will find our mistakes. They will. It is the cheapest checking that we ever had.",)),))
    assert [s.text for s in ready.materials[0].passages[0].prose][1:] == ["They will.", "It is the cheapest checking that we ever had."]
