"""What a piece does not hold goes when it is laid down, with what falls with it. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.blog_plan import Piece
from generators.blog_unseen import Deck, seen_only
from generators.prose_cues import cues

_DECK = Deck(frozenset(), frozenset({"Berend"}), frozenset({7}))


def _left(piece: Piece, language: str, part: bool = True, deck: Deck = _DECK) -> list[list[str]]:
    """What each passage still says."""
    return [[s.text for s in p.prose] for p in seen_only(piece, deck, cues(language), part).passages]


@pytest.mark.parametrize(("language", "row", "left"), [
    ("en", ("The mill has a yard.", "The last bullet is the saddest.", "Nothing.", "They just wait.",
            "Rain falls into the race and turns the wheel."),
     ["The mill has a yard.", "Rain falls into the race and turns the wheel."]),
    ("nl", ("De molen heeft een erf.", "Het laatste bolletje is het treurigst.", "Niets.", "Regen valt erop neer, elke week."),
     ["De molen heeft een erf.", "Regen valt erop neer, elke week."])])
def test_what_leans_on_a_pointing_sentence_goes_with_it(passage, language, row, left) -> None:
    assert _left(Piece((), (passage(1, *row),)), language) == [left]


@pytest.mark.parametrize(("language", "row"), [
    ("en", ("This is the cellar of our mill.", "Everything there is wet.", "It smells.", "Mills are bought by their roofs.")),
    ("nl", ("Dit is de kelder van onze molen.", "Alles wat daar ligt is nat.", "Het ruikt.", "Molens koopt men om hun dak."))])
def test_a_paragraph_about_a_picture_that_is_not_printed_goes(passage, language, row) -> None:
    other = passage(1, "A roof lasts for a century.", heading="Roofs")
    shown, told = passage(7, *row, heading="Cellars"), passage(8, *row, heading="Cellars")
    assert _left(Piece((), (other, shown)), language) == [["A roof lasts for a century."]]
    assert _left(Piece((), (other, told)), language) == [["A roof lasts for a century."], list(row)]


def test_a_story_over_a_picture_stays_though_it_begins_with_a_glance_at_it(passage) -> None:
    row = ("This is my uncle.", "He ran a mill and lost it at cards.", "He bought it back in the same night.", "He was never seen again.")
    assert _left(Piece((), (passage(7, *row),)), "en") == [list(row)]


@pytest.mark.parametrize(("language", "row"), [
    ("en", ("There they are again.", "Nearly half.", "We built it for guests and our own bakers use it most.")),
    ("nl", ("Daar zijn ze weer.", "Bijna de helft.", "We bouwden het voor gasten en onze bakkers gebruiken het het meest."))])
def test_what_comes_into_view_goes_where_the_rest_stands(passage, language, row) -> None:
    assert _left(Piece((), (passage(1, *row),)), language) == [list(row[2:])]


def test_a_remark_on_which_its_whole_paragraph_leans_stays(passage) -> None:
    row = ("And there's the second.", "It turns.", "It creaks.")
    assert _left(Piece((), (passage(1, *row),)), "en") == [list(row)]


def test_an_announcement_of_the_whole_goes_from_a_part_and_stays_in_the_whole(passage) -> None:
    row = ("This article explains how we dried the mill.", "It ends with the bill.")
    piece = Piece((), (passage(1, "The mill was wet.", heading="Wet"), replace(passage(2, *row), running=True)))
    assert _left(piece, "en") == [["The mill was wet."]]
    assert _left(piece, "en", part=False) == [["The mill was wet."], list(row)]


def test_a_slide_that_speaks_of_the_talk_goes_and_slides_are_named_in_no_heading(passage) -> None:
    piece = Piece((), (passage(1, "A word on what you get.", heading="What this talk is"),
                       passage(2, "The mill has four floors.", heading="The mill in one slide"),
                       passage(3, "It has one door.", heading="And?")))
    left = seen_only(piece, _DECK, cues("en"), True).passages
    assert [(p.unit, p.heading.text if p.heading else None) for p in left] == [(2, "The mill"), (3, None)]


@pytest.mark.parametrize(("language", "row", "left"), [
    ("en", ("Third one, the big one.", "Harlingen has four hundred mills."), ["Harlingen has four hundred mills."]),
    ("en", ("Third name, Harlingen Mills.", "They grind at night."), ["Harlingen Mills.", "They grind at night."]),
    ("en", ("Third stop, the mill burned down in a night.",), ["The mill burned down in a night."]),
    ("nl", ("Derde naam, Molenhof Harlingen.", "Zij malen in de nacht."), ["Molenhof Harlingen.", "Zij malen in de nacht."])])
def test_the_number_of_a_thing_goes_where_the_first_ones_are_told_elsewhere(passage, language, row, left) -> None:
    assert _left(Piece((), (passage(1, *row),)), language) == [left]
    first = {"en": "First name, Nijmegen Mills.", "nl": "Tweede naam, Molenhof Nijmegen."}[language]
    if language == "nl":
        both = _left(Piece((), (passage(1, first), passage(2, *row))), language)
        assert both == [[first], list(row)]


def test_somebody_who_is_only_named_goes_unless_the_next_sentence_is_about_him(passage) -> None:
    row = ("Berend's question.", "Forty sacks a day is what a mill grinds.", "Nobody counts the mice.")
    assert _left(Piece((), (passage(1, *row),)), "en") == [list(row[1:])]
    about = ("Berend's ladder.", "In May he climbs on it to the cap.", "Nobody counts the mice.")
    assert _left(Piece((), (passage(1, *about),)), "en") == [list(about)]


def test_the_abstract_goes_where_the_introduction_opens_the_piece(passage) -> None:
    abstract = replace(passage(1, "We counted mills.", "Half of them turned."), running=True, under="Abstract")
    long = replace(passage(2, "A mill stands on a hill.", *(f"Mill {n} grinds ten sacks of flour on each day." for n in range(20))),
                   running=True, under="1 Introduction")
    short = replace(passage(2, "A mill stands on a hill."), running=True, under="1 Introduction")
    assert _left(Piece((), (abstract, long)), "en")[0][0] == "A mill stands on a hill."
    assert len(_left(Piece((), (abstract, short)), "en")) == 2
