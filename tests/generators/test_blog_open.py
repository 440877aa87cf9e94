"""A piece and its sections begin with a sentence that needs nothing before it. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_form import form, rough
from generators.blog_open import begun, goes_on, led_in, opens
from generators.blog_plan import sections
from generators.material import ItemList, Passage
from generators.prose_cues import cues


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "The lamp was lit before the boats came home.", True),
    ("en", "Three winters ago the lamp went out for a week.", True),
    ("en", "On the other hand, the lamp was cheap.", False),
    ("en", "Answer: the lamp is lit by the youngest.", False),
    ("en", "He lit the lamp before the boats came home.", False),
    ("en", "It was lit before the boats came home.", False),
    ("en", "lamp was lit before the boats came home.", False),
    ("en", "100 boats; the rest was counted by a third keeper.", False),
    ("en", "Lamp-post: shows the way to the harbour.", False),
    ("en", "Explain how your lamp helps the boats.", False),
    ("en", "The keeper says:", False),
    ("en", "It began with a lamp that nobody had lit.", True),
    ("en", "It was a wet Tuesday in the harbour.", True),
    ("en", "It's ten past six, and the lamp is out.", True),
    ("en", "It was ten boats too many.", False),
    ("en", "Before I say a word about lamps.", False),
    ("en", "What happened in month eight?", False),
    ("en", "There they are again.", False),
    ("nl", "Het begon met een lamp die niemand had aangestoken.", True),
    ("nl", "Het was een natte dinsdag in de haven.", True),
    ("nl", "Het is kwart over zes, en de lamp is uit.", True),
    ("nl", "Het brandde voordat de boten thuiskwamen.", False),
    ("nl", "Wat gebeurde er in maand acht?", False),
    ("nl", "Daar zijn ze weer.", False),
    ("en", "The first step in mending a lamp is to put it out.", True),
    ("en", "The first one was lit before the boats came home.", False),
    ("nl", "De eerste stap in een reparatie is het doven van de lamp.", True),
    ("nl", "De lamp brandde voordat de boten thuiskwamen.", True),
    ("nl", "Aan de andere kant was de lamp goedkoop.", False),
    ("nl", "Antwoord: de jongste steekt de lamp aan.", False),
    ("nl", "Hij stak de lamp aan voordat de boten thuiskwamen.", False),
    ("nl", "Toen hij de lamp aanstak, sliep het dorp.", False)])
def test_what_can_stand_first(language, text, expected) -> None:
    assert opens(text, cues(language)) is expected


def test_the_first_sentence_that_stands_alone_opens_a_piece(passage) -> None:
    passages = (passage(1, "On the other hand, it was cheap.", "He paid for it.", "The lamp burns oil of herring.", "It smells."),)
    [left] = led_in(passages, cues("en"))
    assert [s.text for s in left.prose] == ["The lamp burns oil of herring.", "It smells."]


def test_nothing_is_left_out_where_no_sentence_stands_alone(passage) -> None:
    passages = (passage(1, "It was cheap.", "He paid for it."),)
    assert led_in(passages, cues("en")) == passages


def test_a_subheading_rather_not_above_a_sentence_that_leans(passage) -> None:
    words = "the lamp of the harbour burns from the evening until the morning and nobody has ever seen it go out in a storm"
    passages = [passage(1, *(f"First {words}." for _ in range(4)), heading="The lamp"),
                passage(2, *(f"On the other hand {words}." for _ in range(2)), heading="The oil"),
                passage(3, *(f"The keeper sleeps when {words}." for _ in range(4)), heading="The keeper")]
    assert [s.heading.text for s in sections(passages, cues("en"))] == ["The lamp", "The keeper"]


def test_under_a_subheading_the_next_sentence_begins(passage) -> None:
    heading = Sentence(text="The oil", sources=("s1.b1.1",))
    passages = (passage(1, "Moreover, it smells.", "The oil comes from herring."),)
    assert [s.text for s in begun(passages, heading, cues("en"))[0].prose] == ["The oil comes from herring."]
    speaks = (passage(1, "It comes from herring.", "The village presses it in autumn."),)
    assert begun(speaks, heading, cues("en")) == speaks, "it speaks of what the heading names"


def test_notes_that_were_jotted_down_are_rough(passage) -> None:
    jotted = passage(1, "Better, but…", "And three lamps?", "And three keepers?", "And three boats?", "Lamp = single point of failure.",
                      "So now we have the harbour.", "Again no oil.", "The village sleeps.")
    written = passage(1, *(f"Keeper {n} was asleep when the boats came home." for n in range(9)))
    assert rough((jotted,), cues("en")) > 0.5
    assert rough((written,), cues("en")) == 0.0


@pytest.mark.parametrize(("language", "texts"), [
    ("en", ("Please specify the lamps that you have.", "The table below must be completed.", "The lamp burns at night.")),
    ("nl", ("Vul hier de lampen in die je hebt.", "Geef hier de naam van de wachter.", "De lamp brandt in de nacht."))])
def test_a_form_is_known_by_what_it_asks_of_who_fills_it_in(passage, language, texts) -> None:
    assert form((passage(1, *texts),), cues(language))
    assert not form((passage(1, *texts[2:]),), cues(language))


def test_a_piece_says_nothing_twice(lines, passage) -> None:
    from content.topic import Topic
    from generators.blog_plan import Piece
    from generators.blog_unlike import unlike
    from generators.material import Material

    material = Material(topic=Topic(number=1, title="Lamps", first=1, last=2, keyphrases=()),
                        title=Sentence(text="Lamps", sources=("s1.b1.1",)), passages=())
    items = lines("The harbour lamp burns oil of herring", "Herring oil in the harbour lamp", "A second keeper sleeps in the tower",
                  unit=2, start=2)
    told = (passage(1, "The lamp of the harbour burns oil of herring in every night of the winter."),
            Passage(2, None, (), (ItemList((items[0], items[2], Sentence(text="The bell is rung by hand in fog", sources=("s2.b9.1",)),)),)))
    [piece] = unlike([Piece((material,), told)], cues("en"))
    assert [s.text for p in piece.passages for each in p.lists for s in each.items] == [s.text for s in told[1].lists[0].items]
    [piece] = unlike([Piece((material,), (told[0], Passage(2, None, (), (ItemList((items[0], items[2])),))))], cues("en"))
    assert not any(p.lists for p in piece.passages)  # half of it was said: none of it is a list any more


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "If you use the north wheel, the bell rings by itself.", False),
    ("en", "For their autumn fair, they need a second boat.", False),
    ("en", "In the solution the boat is pulled by a horse.", False),
    ("en", "The solution is a boat.", False),
    ("en", "“The boat leaves when the bell rings.”", False),
    ("en", "The solution of the miller was a second rope.", True),
    ("en", "In autumn the boat is pulled by a horse.", True),
    ("nl", "Als je het noordrad gebruikt, luidt de bel vanzelf.", False),
    ("nl", "Voor hun herfstmarkt is een tweede boot nodig.", False),
    ("nl", "In de oplossing trekt een paard de boot.", False),
    ("nl", "In de herfst trekt een paard de boot.", True)])
def test_what_nobody_has_named_opens_nothing(language, text, expected) -> None:
    assert opens(text, cues(language)) is expected


def test_a_first_slide_that_leans_throughout_is_left_out(passage) -> None:
    second = passage(2, *["The south wheel turns in the night and in the morning."] * 6, heading="Wheel 2")
    assert led_in((passage(1, "North: the old wheel.", "It waits.", heading="Wheel 1"), second), cues("en")) == (second,)


@pytest.mark.parametrize(("language", "lead"), [
    ("en", "These are the three questions that I ask a keeper."), ("nl", "Dit zijn de drie vragen die ik een wachter stel.")])
def test_a_first_slide_that_leads_into_its_own_list_stays(passage, language, lead) -> None:
    items = tuple(Sentence(text=text, sources=(f"s1.b3.{n}",)) for n, text in enumerate(("Is it lit?", "Is it clean?", "Is it ours?")))
    first = passage(1, lead, heading="Before you light it")
    first = replace(first, lists=(ItemList(items, kept=True),))
    then = passage(2, *["The lamp was lit before the boats came home, and nobody had asked the keeper for it."] * 4, heading="Lamp 2")
    assert led_in((first, then), cues(language)) == (first, then)


@pytest.mark.parametrize(("language", "said"), [
    ("en", ("Here it is again.", "The north wheel stopped at dusk and nobody heard it.", "So we lit the barn.")),
    ("nl", ("Daar is het weer.", "De noordmolen stopte in de schemering en niemand hoorde iets.", "Dus staken we de schuur aan."))])
def test_a_first_slide_that_tells_something_loses_no_more_than_what_leans(passage, language, said) -> None:
    second = passage(2, *["The south wheel turns in the night and in the morning."] * 9, heading="Wheel 2")
    left = led_in((passage(1, *said, heading="Wheel 1"), second), cues(language))
    assert [s.text for s in left[0].prose] == list(said[1:])
    assert left[1:] == (second,)


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "It hangs on the pole.", True), ("en", "In her second winter a girl asked about the bell.", False),
    ("nl", "Daarom hangt er een bel.", True), ("nl", "Een bel hangt aan de paal.", False)])
def test_what_goes_on_needs_no_title_of_its_own(passage, language, text, expected) -> None:
    assert goes_on(passage(1, text, heading="The bell"), cues(language)) is expected


@pytest.mark.parametrize(("language", "row", "expected"), [
    ("en", ("This is the cellar of our mill.", "Everything in there is open to anybody.", "On Mondays, from nine to twelve."), 0),
    ("en", ("And that was the cellar of our mill.", "Our street bakes on Mondays."), 1),
    ("nl", ("Dit is de kelder van onze molen.", "Alles wat daar staat is van ons.", "Op maandag, van negen tot twaalf."), 0),
    ("nl", ("En dat was de kelder.", "Onze straat bakt op maandag."), 1)])
def test_what_rests_on_the_sentence_before_keeps_it(language, row, expected) -> None:
    said = tuple(Sentence(text=text, sources=(f"s1.b1.{n}",)) for n, text in enumerate(row))
    (left,) = led_in((Passage(1, None, said, paragraphs=(said,)),), cues(language))
    assert left.prose == said[expected:]


@pytest.mark.parametrize(("language", "first", "then", "gone"), [
    ("en", "Here they are again.", "Bakers light an oven at five in the morning.", True),
    ("en", "So here we are after three winters.", "Bakers light an oven at five in the morning.", True),
    ("en", "It stands at the gate.", "Bakers light an oven at five in the morning.", False),
    ("nl", "Daar zijn ze weer.", "Bakkers steken een oven om vijf uur aan.", True),
    ("nl", "Het staat bij de poort.", "Bakkers steken een oven om vijf uur aan.", False)])
def test_what_is_said_as_a_slide_comes_up_begins_no_section(language, first, then, gone) -> None:
    said = tuple(Sentence(text=text, sources=(f"s1.b1.{n}",)) for n, text in enumerate((first, then)))
    head = Sentence(text="The oven", sources=("s1.b0.1",))
    (left,) = begun((Passage(1, None, said, paragraphs=(said,)),), head, cues(language))
    assert left.prose == said[gone:]


@pytest.mark.parametrize(("language", "said"), [
    ("en", ("Yet that winter the lamp was a candle.", "A candle needs no oil and no keeper.", "Then it blew out.")),
    ("en", ("And what put it out in week eight?", "The wind came in through the keyhole.", "That was all.")),
    ("en", ("This is the call I like best.", "One boat, and under it a lamp.", "Nothing else was in sight.")),
    ("nl", ("Dus was de lamp die winter een kaars.", "Een kaars heeft geen olie nodig.", "Toen woei hij uit.")),
    ("nl", ("Dit is mijn liefste bericht.", "Eén boot, en daaronder: \"is dit uw lamp?\"", "Meer was er niet."))])
def test_what_hangs_on_a_first_sentence_keeps_it(passage, language, said) -> None:
    assert [s.text for s in led_in((passage(1, *said),), cues(language))[0].prose] == list(said)


def test_a_scrap_holds_nothing_that_follows(passage) -> None:
    [left] = led_in((passage(1, "Not ten.", "Ten keepers have a meeting.", "Three keepers light a lamp."),), cues("en"))
    assert [s.text for s in left.prose] == ["Ten keepers have a meeting.", "Three keepers light a lamp."]


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "The first month the lamp was a candle.", True), ("en", "The first two weeks nobody came.", True),
    ("en", "The first month it was a candle.", False), ("nl", "De eerste maand was de lamp een kaars.", True),
    ("nl", "Het eerste jaar kwam er niemand.", True), ("nl", "De eerste brandde niet.", False)])
def test_a_first_stretch_of_time_begins_a_story(language, text, expected) -> None:
    assert opens(text, cues(language)) is expected
