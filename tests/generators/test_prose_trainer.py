"""Orders to a trainer are no text; the same words to a reader are advice."""

from __future__ import annotations

import pytest

from generators.prose_cues import cues
from generators.prose_trainer import orders


@pytest.mark.parametrize(("language", "said"), [
    ("en", ("Give them ten minutes, in threes.", "Expect an argument about the rent.", "Somebody will ask who pays for it.",
            "Write the three highest bids on the flipchart.")),
    ("en", ("Let them draw it in silence.", "Don't help.", "If anyone says it cannot be drawn, answer: then draw that.",
            "Swap seats when the bell goes.")),
    ("en", ("Do: put the chairs in a ring.", "Don't read it out.", "Wait until everyone has a card.", "Let somebody guess.")),
    ("nl", ("Doe: zet de stoelen in een kring.", "Lees niet voor.", "Wacht tot iedereen een kaart heeft.", "Laat ze raden.",
            "Niet verklappen.")),
    ("nl", ("Geef ze tien minuten, in drietallen.", "Verwacht ruzie over de huur.", "Iemand vraagt altijd wie het betaalt.",
            "Schrijf de hoogste drie bedragen op de flip-over.")),
])
def test_notes_that_lead_a_room_are_orders_to_the_last(language: str, said: tuple[str, ...]) -> None:
    assert all(orders(said, cues(language)))


@pytest.mark.parametrize(("language", "said"), [
    ("en", ("Give your drivers five minutes a day to write down what broke.", "Ask them what they need.",
            "If somebody says it is too dear, ask what it costs to do nothing.", "Don't correct them in front of a customer.")),
    ("en", ("We gave them an hour and a map each.", "The tables stood too far apart.", "Let them find their own way.")),
    ("nl", ("Geef je monteurs vijf minuten per dag om op te schrijven wat er brak.", "Vraag ze wat ze nodig hebben.",
            "Als iemand zegt dat het te duur is, vraag dan wat nietsdoen kost.")),
])
def test_advice_to_a_reader_is_no_order(language: str, said: tuple[str, ...]) -> None:
    assert not any(orders(said, cues(language)))


def test_one_order_among_what_is_told_takes_nothing_else_with_it() -> None:
    said = ("Split the group in two, upstairs and downstairs.", "Take the lamp that hangs over your own desk.",
            "Look at its cord before you look at the bulb.", "Half of the lamps we saw had a bad cord.")
    assert orders(said, cues("en")) == [True, False, False, False]


def test_the_slide_is_read_where_its_notes_are_for_the_trainer(slide, context) -> None:
    ready = context((
        slide(1, "Bids", ("A bid is a promise to pay.", "The second highest bid sets the price."), (
            "Give them ten minutes, in threes. Write the highest bids on the flipchart. Don't help anybody.",)),
        slide(2, "Hammer", (), ("Ask the room who has ever bought a clock. Let each table vote. They will laugh.",)),
        slide(3, "After the sale", (), (
            "The hall was empty by noon. We carried eleven clocks down the stairs, and one of them still ran.",))))
    (made,) = ready.materials
    said = [s.text for p in made.passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]
    assert "The second highest bid sets the price." in said
    assert not any("flipchart" in text or "Don't help" in text for text in said)
    assert made.directed == {1, 2}
    assert made.skipped[2] == "notes for the trainer"
    assert "The hall was empty by noon." in said


def test_a_deck_most_of_whose_notes_are_for_the_trainer_is_told_from_none_of_them(slide, context) -> None:
    orders_ = "Give them {n} minutes. Ask each table for one answer. Don't help anybody."
    ready = context((*(slide(n, f"Sale {n}", (f"Lot {n} went to a dealer from the coast.",), (orders_.format(n=n + 2),))
                       for n in range(1, 5)),
                     slide(5, "Once", (), ("In March a dealer bought the hall clock and left it standing there for a year.",))))
    assert not any(s.text.startswith("In March") for p in ready.materials[0].passages for s in p.prose)
    assert ready.materials[0].directed == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("told", [
    ("A dealer from the coast bought every clock in the hall in May.", "He paid the porters in June and sold nothing.",
     "In August he left town and was never seen again.")])
def test_a_story_among_orders_is_told(slide, context, told) -> None:
    orders_ = "Give them {n} minutes. Ask each table for one answer. Don't help anybody."
    ready = context((*(slide(n, f"Sale {n}", (f"Lot {n} went to a dealer from the coast.",), (orders_.format(n=n + 2),))
                       for n in range(1, 5)),
                     slide(5, "Once", (), (f"Let the tables vote. {' '.join(told)} Give them five minutes.",))))
    assert [s.text for p in ready.materials[0].passages for s in p.prose if p.unit == 5] == list(told)
    assert ready.materials[0].directed == {1, 2, 3, 4}


def test_a_lesson_among_orders_is_told_with_the_lines_of_its_slide(slide, context) -> None:
    ready = context((
        *(slide(n, f"Sale {n}", (f"Lot {n} went to a dealer from the coast.",), (
            "Do: put the chairs in a ring. Don't read it out. Wait until everyone has a card.",)) for n in range(1, 5)),
        slide(5, "The reserve", ("A reserve is a floor", "Nobody sees it"), (
            "Do: hold up the card. A reserve is what the seller would rather keep the clock for. It is written down before the "
            "sale and shut in a drawer. Whoever tells it to a friend has sold to that friend.",))))
    said = [s.text for m in ready.materials for p in m.passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]
    assert "Whoever tells it to a friend has sold to that friend." in said
    assert "Lot 3 went to a dealer from the coast." in said
    assert not any("card" in text or "chairs" in text for text in said)
