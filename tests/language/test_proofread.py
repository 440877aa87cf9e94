"""Slips are found and offered; what the author means is left alone."""

from __future__ import annotations

import pytest

from language import proofread
from language.proofread import reads, slips


def read(text: str, language: str = "en", known: frozenset[str] = frozenset()):
    return slips(text, language, lambda word: word in known)


@pytest.mark.parametrize(("text", "wrong", "offer"), [
    ("We could of asked the warehouse first.", "could of", "could have"),
    ("They will recieve an answer within a day.", "recieve", "receive"),
    ("She asked the the warehouse for a seal.", "the the", "the"),
    ("It took a hour to find the man.", "a", "an")])
def test_english_slips(text, wrong, offer):
    found = read(text)
    assert [(slip.text, text[slip.start:slip.end]) for slip in found] == [(wrong, wrong)]
    assert offer in found[0].offers and found[0].why


@pytest.mark.parametrize("text", [
    "We organise the colour of the labels.", "We organize the color of the labels.", "Torvund asked Fernhollow about the oven.",
    "It’s the warehouse that didn’t know.", "Nobody had ever asked him."])
def test_sound_english_is_left_alone(text):
    assert read(text) == ()


@pytest.mark.parametrize(("british", "american"), [
    ("colour", "color"), ("organise", "organize"), ("analyse", "analyze"), ("theatre", "theater"), ("travelled", "traveled"),
    ("defence", "defense"), ("catalogue", "catalog"), ("archaeology", "archeology"), ("skilful", "skillful"),
    ("paediatric", "pediatric"), ("ageing", "aging"), ("grey", "gray")])
def test_neither_side_of_the_ocean_is_a_mistake(british, american):
    assert read(f"We have seen the {british} there before.") == read(f"We have seen the {american} there before.") == ()


@pytest.mark.parametrize(("text", "wrong"), [
    ("We finaly went to the warehouse.", "finaly"), ("She is beleived by all of them.", "beleived"),
    ("They said yor answer was right.", "yor"), ("We seperate the labels from the boxes.", "seperate")])
def test_a_slip_that_looks_like_a_variant_is_offered(text, wrong):
    assert [slip.text for slip in read(text)] == [wrong]


def test_names_tags_and_addresses_are_no_slips_and_slips_beside_them_are():
    text = "See #HaldenFoods at https://haldenfoods.example/qrst and HaldenFoods-Lab, or recieve (Torvundlab) a letter."
    assert [(slip.text, text[slip.start:slip.end]) for slip in read(text)] == [("recieve", "recieve")]


def test_a_linter_is_replaced_before_it_remembers_much(monkeypatch):
    monkeypatch.setattr(proofread, "_TEXTS_EACH", 3)
    reader = proofread._Reader(american=False, spelling=True)
    linters = []
    for number in range(8):
        assert [lint.problem_text for lint in reader(f"They will recieve letter {number} today.")] == ["recieve"]
        linters.append(reader._linter)
    assert len({id(each) for each in linters}) == 3


def test_a_word_that_the_document_repeats_is_no_slip():
    text = "We call it answrhood in our company."
    assert [slip.text for slip in read(text)] == ["answrhood"]
    assert read(text, known=frozenset({"answrhood"})) == ()


@pytest.mark.parametrize(("text", "wrong", "offer"), [
    ("Verassend genoeg bleef het stil.", "Verassend", "Verrassend"),
    ("Dat word morgen besloten.", "Dat word", "Dat wordt"), ("We zagen de de risicos niet.", "de de", "de"),
    ("We wegen de risicos van het projekt.", "risicos", "risico's")])
def test_dutch_slips(text, wrong, offer):
    found = read(text, "nl")
    assert (wrong, offer) in [(slip.text, slip.offers[0]) for slip in found]


@pytest.mark.parametrize("text", [
    "Hij zei dat dat goed was.", "Het is gebeurd dat de fiets sneller ging.", "Wordt je fiets vandaag gemaakt?",
    "Tenslotte is het onze fabriek.", "De een is beter als het regent."])
def test_sound_dutch_is_left_alone(text):
    assert read(text, "nl") == ()


def test_other_languages_are_not_read():
    assert not reads("de") and read("Das ist ein ein Fehler.", "de") == ()
    assert reads("nl")


@pytest.mark.parametrize("text", [
    "Every one of those nine boats was late.", "Something that we tied ourselves was of use.", "The bursty tide of spring is here.",
    "None of whom had been asked to row.", "Some 48 guests were on board.", "The pilot then counts the guests again.",
    "The old list of guests was out of date.", "Both askers and answerers untick the box.", "Say yes at noon, no in the evening.",
    "Accordingly tie the boats at night.", "There are no backdoors in the old ferry.", "It takes 100's MBs to hold the list."])
def test_good_english_is_no_slip(text: str) -> None:
    assert [slip.text for slip in slips(text, "en", lambda word: False)] == []


@pytest.mark.parametrize(("text", "wrong", "offer"), [
    ("The list is kept in the same was as before.", "in the same was as", "in the same way as"),
    # Joined words are words of two halves, so these are listed.
    ("Guests help eachother.", "eachother", "each other"), ("It sailed eventhough it rained.", "eventhough", "even though"),
    ("They are sold elsewere.", "elsewere", "elsewhere"), ("We had alot of rope.", "alot", "a lot"),
    ("Guests grow faster then boats.", "then", "than"), ("What does that comand do at sea?", "comand", "command"),
    ("It was more then enough rope.", "more then", "more than")])
def test_real_slips_are_found(text: str, wrong: str, offer: str) -> None:
    assert (wrong, offer) in [(slip.text, slip.offers[0]) for slip in slips(text, "en", lambda word: False) if slip.offers]
