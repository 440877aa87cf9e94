"""A title covers what stands under its subheadings: where a label leaves half out, both are named."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_cover import covering, subjects, unlabelled, unnumbered, without_number
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import cues

_OVEN = "The bakers of the street share one stove and nobody owns the thing. Whoever comes first lights it for all others."


def _sentence(text: str, unit: int) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b1.1",))


def _piece(topic: str, *slides: tuple[str, int]) -> Piece:
    passages = tuple(Passage(unit, _sentence(head, unit), tuple(Sentence(text=_OVEN, sources=(f"s{unit}.b2.{n}",))
                                                              for n in range(times)))
                     for unit, (head, times) in enumerate(slides, start=2))
    material = Material(Topic(number=1, title=topic, first=2, last=len(slides) + 1), _sentence(topic, 2), passages)
    return Piece((material,), passages)


def _covered(title: str, piece: Piece, deck: str = "", language: str = "en") -> str | None:
    own = _sentence(deck, 1) if deck else None
    found = next((p.heading for p in piece.passages if p.heading and p.heading.text == title), _sentence(title, 2))
    out = covering(found, piece, own, cues(language))
    return out.text if out is not None else None


@pytest.mark.parametrize(("title", "slides", "language", "expected"), [
    ("Cold flour", (("Cold flour", 2), ("Burnt crust", 2)), "en", "Cold flour and Burnt crust"),
    ("Cold flour", (("Cold flour", 2), ("Lighting the stove", 2)), "en", "Cold flour and lighting the stove"),
    ("Salt and flour", (("Salt and flour", 2), ("Burnt crust", 2)), "en", "Burnt crust"),
    ("Cold flour", (("Cold flour", 2), ("Hot flour", 2), ("Yeast", 1)), "en", "Cold flour, Hot flour and Yeast"),
    ("What comes for bakers", (("What comes for bakers", 2), ("What comes for millers", 2)), "en",
     "What comes for bakers and for millers"),
    ("Koud meel", (("Koud meel", 2), ("Natte kleren", 2)), "nl", "Koud meel en Natte kleren"),
    ("Koud meel", (("Koud meel", 1), ("Warm meel", 2)), "nl", "Koud meel en Warm meel")])
def test_subjects_of_weight_are_named_together(title, slides, language, expected) -> None:
    assert _covered(title, _piece(title, *slides), language=language) == expected


def test_what_is_named_together_rests_on_each_heading() -> None:
    piece = _piece("Cold flour", ("Cold flour", 2), ("Burnt crust", 2))
    found = covering(piece.passages[0].heading or _sentence("", 1), piece, None, cues("en"))
    assert found is not None and found.sources == ("s2.b1.1", "s3.b1.1")


@pytest.mark.parametrize(("title", "slides", "language"), [
    # Most of the piece is about it; the rest is a detail.
    ("Cold flour", (("Cold flour", 8), ("Burnt crust", 1)), "en"),
    # A statement, a question and advice are the author's own summary.
    ("The stove is lit by the first", (("The stove is lit by the first", 2), ("Burnt crust", 2)), "en"),
    ("Who lights the fire?", (("Who lights the fire?", 2), ("Burnt crust", 2)), "en"),
    ("De eerste is altijd wakker", (("De eerste is altijd wakker", 2), ("Natte kleren", 2)), "nl"),
    # The heading goes on with the title.
    ("Cold flour", (("Cold flour", 2), ("Cold flour in winter", 2)), "en"),
    # A topic of many parts has its own title.
    ("A year of bread in the street", tuple((f"Part of {name}", 1) for name in ("snow", "rain", "sun", "wind", "hail")), "en")])
def test_a_title_that_covers_its_piece_stays(title, slides, language) -> None:
    assert _covered(title, _piece(title, *slides), language=language) == title


def test_the_one_subject_that_is_the_piece_is_its_title() -> None:
    piece = _piece("Building a stove", ("Why a stove?", 7), ("Building a stove", 1), ("Three words", 1))
    assert _covered("Building a stove", piece, "A stove for the street") == "Why a stove?"


def test_one_of_many_parts_is_no_title() -> None:
    piece = _piece("Bread", *((head, 1) for head in ("Cold flour", "Burnt crust", "Empty sacks", "Wet wood", "Old yeast")))
    assert _covered("Wet wood", piece) is None


def test_a_detail_beside_objections_is_no_title() -> None:
    assert _covered("Flour", _piece("Bread", ("Flour", 1), ("Preferred objections", 5))) is None


def test_neighbours_under_one_heading_are_one_subject() -> None:
    found = subjects(_piece("Bread", ("Cold flour", 1), ("Cold flour - 2", 1), ("Burnt crust", 1)), cues("en"))
    assert [each.heading.text for each in found if each.heading] == ["Cold flour", "Burnt crust"]


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Customer needs—Flour", "en", "Flour"), ("Preferred solution - Cold flour - 2", "en", "Cold flour"),
    ("Bread: how it rises", "en", "Bread: how it rises"), ("Voorbeeld: koud meel", "nl", "Koud meel")])
def test_a_label_that_any_deck_could_have_goes(text: str, language: str, expected: str) -> None:
    assert unlabelled(_sentence(text, 2), cues(language)).text == expected
    assert without_number("Cold flour (2/3)", cues("en")) == without_number("Cold flour (2 of 3)", cues("en")) == "Cold flour"
    assert without_number("Koud meel - 2 van 3", cues("nl")) == "Koud meel"


@pytest.mark.parametrize(("language", "title", "expected"), [
    ("en", "1 Flour and water", "Flour and water"), ("en", "4 The empty sack", "The empty sack"),
    ("en", "2.1 Cold flour", "Cold flour"), ("en", "3. Cold flour", "Cold flour"),
    ("en", "Rule 4: weigh what you sell", "Weigh what you sell"), ("en", "Ways to bake (2): the ovens do not agree", "The ovens do not agree"),
    ("en", "3 Loaves we burnt", "3 Loaves we burnt"), ("en", "412 loaves in one March", "412 loaves in one March"),
    ("en", "7 Habits Of Careful Bakers", "7 Habits Of Careful Bakers"), ("en", "24 hours: a day at the oven", "24 hours: a day at the oven"),
    ("nl", "2 De lege zak", "De lege zak"), ("nl", "Fout 2: een oven zonder deur", "Een oven zonder deur"),
    ("nl", "3 Broden te veel", "3 Broden te veel")])
def test_a_title_goes_without_its_place_among_others(language: str, title: str, expected: str) -> None:
    assert unnumbered(title, cues(language)) == expected


@pytest.mark.parametrize(("language", "title", "expected"), [
    ("en", "Loaves to shop 12, per year", True), ("en", "Loaves per week, first eight weeks", True),
    ("en", "Flour by region", True), ("en", "What bakers say (n = 214)", True), ("en", "What it costs per loaf to be late", False),
    ("en", "Baking by hand", False), ("nl", "Broden per maand", True), ("nl", "Wat een brood kost", False)])
def test_the_title_of_a_chart_names_no_piece(language: str, title: str, expected: bool) -> None:
    assert cues(language).has("chart_title", title) is expected
