"""What a short piece may not begin with, hold or end on: pronouns without anybody, orders, pages, tests without a result."""

from __future__ import annotations

import pytest

from generators.apart import for_the_room, has_place, long_enough, lost, only_tried, quotable_alone
from generators.questions import forms


@pytest.mark.parametrize(("language", "text", "before", "found"), [
    ("en", "In May there was a letter: could he have a key.", "", True),
    ("en", "In May there was a letter: could he have a key.", "The baker was bored.", False),
    ("en", "A neighbour said that he had no flour.", "", False),
    ("en", "We counted it.", "", True),
    ("en", "Bakers, is the answer, and there are four in each street.", "", True),
    ("en", "One, a person tastes every loaf.", "", True),
    ("en", "Let me make that smaller for you.", "", True),
    ("en", "As a share that's one loaf in four.", "", True),
    ("en", "Some borrow a key from the house next door.", "", True),
    ("en", "They left the door open.", "The oven was cold.", True),
    ("en", "They left the door open.", "Two neighbours came.", False),
    ("en", "An oven without a neighbour is a cupboard with a bill in it.", "", False),
    ("nl", "En dat staat nergens zo mooi als in die ene zin van hem.", "", True),
    ("nl", "De bakker zei dat hij geen meel had.", "", False),
    ("nl", "Eén, een mens proeft elk brood.", "", True),
    ("nl", "Bakkers, is het antwoord, en er zijn er vier per straat.", "", True)])
def test_what_a_sentence_calls_by_a_pronoun_is_named(language: str, text: str, before: str, found: bool) -> None:
    assert lost(text, [before] if before else [], language) is found


@pytest.mark.parametrize(("language", "text", "stands"), [
    ("en", "Please don't quote us on bread.", False), ("en", "Anyone who bakes for us can ask.", False),
    ("en", "The second oven still goes to a human being. They just stopped using it.", False),
    ("en", "People bake because somebody is hungry. Put a number on it and they bake for the number.", True),
    ("en", "Each street has its own yeast, see their page on flour.", False),
    ("en", "Fifteen minutes, and a reply is a reply.", False), ("en", "Nobody guards an open door.", True),
    ("nl", "Citeer ons niet over brood.", False), ("nl", "Niemand bewaakt een open deur.", True)])
def test_a_card_holds_a_claim_that_stands_alone(language: str, text: str, stands: bool) -> None:
    assert quotable_alone(text, language) is stands


@pytest.mark.parametrize(("language", "text", "found"), [
    ("en", "A baker stood in the cellar on a Tuesday.", True), ("en", "The oven was cold, and nobody was harmed.", False),
    ("nl", "Een bakker stond op dinsdag in de kelder.", True), ("nl", "De oven was koud.", False)])
def test_a_cold_open_says_who_is_where(language: str, text: str, found: bool) -> None:
    assert has_place(text, language) is found


def test_a_test_wants_its_result() -> None:
    assert only_tried("How we tested it", ["We drew ten loaves at random."], "en")
    assert not only_tried("How we tested it", ["We drew ten loaves.", "It turned out that nine were good."], "en")
    assert only_tried("Hoe we het telden", ["We trokken tien broden."], "nl")


@pytest.mark.parametrize(("language", "text"), [
    ("en", "I promised you the flour."), ("en", "Let me be dull for a second and say it."), ("en", "The long bar is rye."),
    ("nl", "Ik beloofde jullie het meel."), ("nl", "De lange balk is rogge.")])
def test_what_is_said_to_the_room_is_known(language: str, text: str) -> None:
    assert for_the_room(text, language)


def test_a_quotation_has_words() -> None:
    assert not long_enough("A baker asks a question.") and long_enough("A baker asks a question of the street.")


def test_only_a_choice_is_asked_for_its_reasons() -> None:
    from content.draft import Sentence
    from generators.facts import Fact

    def kinds(text: str) -> list[str]:
        return forms(Fact("point", Sentence(text=text, sources=("s1.b1.1",)), 1), "en")

    assert "choice" not in kinds("We opened on the ninth of May with two ovens.")
    assert "choice" in kinds("In March we bought the oven of the last baker.")
    assert kinds("“Bread is what a street is for.”") == ["quotation"]
