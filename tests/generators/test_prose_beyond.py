"""Bullets that the notes say already are not said again, in whichever form their numbers stand."""

from __future__ import annotations

import pytest


def _items(ready) -> list[str]:
    return [s.text for m in ready.materials for p in m.passages for each in p.lists for s in each.items]


_RENT = ("The rent of the hall fell from forty-eight thousand to nine. Nobody had asked the owner in eleven years, and when our "
         "treasurer did, he said that the price was from a time with a dance school in the cellar. We kept the cellar, "
         "the dance school is gone, and the piano stayed with us.")


@pytest.mark.parametrize("bullet", ["Rent a year: 48k → 9k", "Rent from €48,000 to €9,000", "Hall rent: 48 → 9 thousand"])
def test_figures_in_words_are_the_figures_of_the_slide(slide, context, bullet: str) -> None:
    assert _items(context((slide(1, "The hall", (bullet,), (_RENT,)),))) == []


def test_a_list_that_is_mostly_new_stays_whole(slide, context) -> None:
    bullets = ("Rent a year: 48k → 9k", "Heating of the hall: 7k → 12k", "Insurance of the piano: 310 a year")
    assert _items(context((slide(1, "The hall", bullets, (_RENT,)),))) == list(bullets)


def test_dutch_says_them_too(slide, context) -> None:
    told = ("De huur van de zaal ging van achtenveertigduizend naar negenduizend euro. Niemand had het de eigenaar ooit "
            "gevraagd, en toen onze penningmeester dat deed, bleek de prijs nog van de dansschool in de kelder te zijn. "
            "Die kelder hielden wij, de dansschool vertrok en de piano bleef staan.")
    assert _items(context((slide(1, "De zaal", ("Huur zaal: € 48.000 → € 9.000",), (told,)),), language="nl")) == []


@pytest.mark.parametrize(("language", "bullet", "said", "fuller"), [
    ("en", "To the board: a complaint is answered within a week", "To the board: within a week.",
     "To the board: a complaint is answered within a week."),
    ("en", "To the board: a complaint is answered within a week", "To the board: we answer within a week or two.", None),
    ("nl", "Aan het bestuur: een klacht is binnen een week beantwoord", "Aan het bestuur: binnen een week.",
     "Aan het bestuur: een klacht is binnen een week beantwoord.")])
def test_a_bullet_stands_for_the_half_of_it_that_was_said(slide, context, language, bullet, said, fuller) -> None:
    before = {"en": "We promised two things and wrote them on the door.", "nl": "We beloofden twee dingen en schreven ze op de deur."}
    ready = context((slide(1, "Promises", (bullet,), (f"{before[language]} {said}",)),), language=language)
    told = [s.text for m in ready.materials for p in m.passages for s in p.prose]
    assert (fuller or said) in told
    assert (said in told) is (fuller is None)
