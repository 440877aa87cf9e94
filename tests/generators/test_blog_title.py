"""The title of a draft says what the whole piece says, and of which talk it is a part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_counts import counts, series
from generators.blog_cover import unnumbered
from generators.blog_plan import Piece
from generators.blog_title import claimed, named, says, title_of, untitled
from generators.material import Material, Passage
from generators.prose_cues import cues


def _sentence(text: str, unit: int) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b1.1",))


def _piece(topic: str, *slides: tuple[str, str], part: int = 0) -> Piece:
    passages = tuple(
        Passage(unit, _sentence(head, unit), tuple(Sentence(text=text + ".", sources=(f"s{unit}.b2.{n}",))
                                                   for n, text in enumerate(f"{told}. This is {head}".split(". "), start=1)),
                running=False)
        for unit, (head, told) in enumerate(slides, start=2))
    material = Material(Topic(number=1, title=topic, first=2, last=len(slides) + 1), _sentence(topic, 2), passages)
    return Piece((material,), passages, part)


def _title(piece: Piece, deck: str = "", language: str = "en", most: bool = False) -> str:
    own = _sentence(deck, 1) if deck else None
    return title_of(piece, own, most, set(), cues(language)).text


_TOLD = "The bakers of the street share one oven and nobody owns it. Whoever comes first lights the fire for all the others"


def test_the_titles_of_many_slides_are_never_strung_together() -> None:
    heads = ("Cold flour", "Burnt crust", "Empty sacks", "Wet wood", "Old yeast")
    piece = _piece("Rising dough", *((head, _TOLD) for head in heads), part=2)
    assert _title(piece, "An oven for the street") == "An oven for the street: Cold flour"
    own = _sentence("An oven for the street", 1)
    assert title_of(piece, own, False, set(), cues("en"), first_part=True).text == "An oven for the street"


@pytest.mark.parametrize(("topic", "deck", "language", "expected"), [
    ("Preferred solution - Flour", "An oven for the street", "en", "An oven for the street: Flour"),
    ("Example – Cold flour", "An oven for the street", "en", "An oven for the street: Cold flour"),
    ("Wrong answers", "Asked aloud: what a bakery learns", "en", "Asked aloud: Wrong answers"),
    ("Cold flour - 2", "An oven for the street", "en", "An oven for the street: Cold flour"),
    ("Whoever bakes first lights the fire", "An oven for the street", "en", "Whoever bakes first lights the fire"),
    ("Street bakers", "An oven for the street", "en", "Street bakers"),
    ("Verkeerde antwoorden", "Een oven voor allen", "nl", "Een oven voor allen: Verkeerde antwoorden"),
    ("Voorbeeld: koud meel", "Een oven voor allen", "nl", "Een oven voor allen: Koud meel"),
    ("Cold flour", "", "en", "Cold flour")])
def test_a_label_says_of_which_talk_it_is(topic: str, deck: str, language: str, expected: str) -> None:
    assert _title(_piece(topic, (topic, _TOLD)), deck, language) == expected


@pytest.mark.parametrize(("text", "language"), [
    ("Overview", "en"), ("Introduction to flour", "en"), ("Customer situation", "en"), ("Preferred solution - 2", "en"),
    ("Notes about the next part", "en"), ("Inleiding tot het bakken", "nl"), ("Overzicht van meel", "nl"),
    ("Voorbeeld van de klant", "nl")])
def test_stock_titles_say_nothing(text: str, language: str) -> None:
    assert says(_sentence(text, 2), cues(language)) < 0


@pytest.mark.parametrize(("asked", "language", "plain"), [
    ("How do we pay for the flour?", "en", "The fire is lit at five every morning"),
    ("Hoe betalen we het meel met elkaar?", "nl", "Het vuur brandt elke ochtend om vijf uur")])
def test_a_question_is_the_title_only_of_a_piece_that_answers_it(asked: str, language: str, plain: str) -> None:
    long = ". ".join([_TOLD] * 5)
    assert _title(_piece(plain, (plain, long), (asked, "Nobody knows it yet")), language=language) == plain
    assert _title(_piece("Overview" if language == "en" else "Overzicht", (asked, long)), language=language) == asked


def test_the_whole_deck_has_the_decks_title() -> None:
    assert _title(_piece("Cold flour", ("Cold flour", _TOLD)), "An oven for the street", most=True) == "An oven for the street"


@pytest.mark.parametrize(("language", "deck", "expected"), [
    ("en", "An oven for the street", "An oven for the street: Cold flour and Burnt crust"),
    ("nl", "Een oven voor allen", "Een oven voor allen: Koud meel en Natte kleren")])
def test_two_subjects_of_equal_weight_are_both_in_the_title(language: str, deck: str, expected: str) -> None:
    first, second = ("Cold flour", "Burnt crust") if language == "en" else ("Koud meel", "Natte kleren")
    assert _title(_piece(first, (first, _TOLD), (second, _TOLD)), deck, language) == expected


def test_a_title_counts_what_its_piece_counts_off() -> None:
    four = _piece("From flour to loaf in four steps", *((f"{each}: what it is about", _TOLD) for each in (
        "Mix", "Rest", "Shape", "Bake")))
    three = _piece("From flour to loaf in four steps", *((f"{each}: what it is about", _TOLD) for each in (
        "Mix", "Rest", "Shape")), ("The oven", _TOLD), ("The bell", _TOLD), ("The door", _TOLD))
    title = _sentence("From flour to loaf in four steps", 2)
    assert counts(title, four, cues("en"))
    assert len(series(four, 4)) == 4
    assert not counts(title, three, cues("en"))


def test_a_part_further_in_that_is_the_title_keeps_its_heading() -> None:
    piece = _piece("Street", ("Cold flour", _TOLD), ("Wet wood", "It burns badly"), ("Old yeast", _TOLD))
    assert untitled(piece, _sentence("Wet wood", 3)) == piece
    assert untitled(piece, _sentence("Old yeast", 4)) == piece


def test_what_it_is_about_stands_before_a_title_that_does_not_say() -> None:
    piece = _piece("What it changed at our baker's", ("What it changed at our baker's", _TOLD))
    assert _title(piece, "Twenty loaves: how to leave an oven") == "Twenty loaves: What it changed at our baker's"
    assert _title(piece, "An oven that the whole street can use: how to begin") == "What it changed at our baker's"


def test_a_part_from_the_middle_is_not_called_after_the_deck() -> None:
    long = ". ".join([_TOLD] * 3)
    piece = _piece("Whoever comes first", ("Cold flour", long), ("Wet wood in winter", long), ("Old yeast", long))
    divided = Piece((replace(piece.materials[0], topic=piece.materials[0].topic.model_copy(update={"first": 1}),
                             title=_sentence("A loan of fire", 1)),), piece.passages, listicle=True)
    assert _title(divided, "An oven for the street") == "A loan of fire"
    assert _title(piece, "An oven for the street") != "An oven for the street"


def test_the_heading_of_a_smaller_part_gives_way_to_what_covers_more() -> None:
    long = ". ".join([_TOLD] * 4)
    piece = _piece("Bread", ("How the stove is lit by whoever comes first", long), ("What does the winter cost them?", _TOLD),
                   ("Never leave a wet coat on the sacks", _TOLD))
    assert _title(piece) == "How the stove is lit by whoever comes first"


def test_a_piece_that_has_its_only_name_at_its_end_has_none() -> None:
    long = ". ".join([_TOLD] * 4)
    assert not named(_piece("Overview", ("Overview", long), ("Details", long), ("Wet wood in winter", _TOLD)), cues("en"))
    assert named(_piece("Overview", ("Wet wood in winter", long), ("Details", long)), cues("en"))


@pytest.mark.parametrize(("language", "label", "claim", "expected"), [
    ("en", "A myth", "Bread without salt never rises", True), ("en", "A myth", "I doubted it too", False),
    ("en", "The mill of our street", "Bread without salt never rises", False),
    ("nl", "Een mythe", "Brood zonder zout is nooit gerezen", True), ("nl", "Een mythe", "Dat dacht ik ook", False)])
def test_a_bare_label_gives_way_to_the_claim_under_it(slide, context, language, label, claim, expected) -> None:
    told = "Our street bakes on Mondays, and nobody on our mill wheel ever asked why."
    units = (slide(1, label, (), ()), slide(2, claim, (), (told,)), slide(3, "The oven", (), (told.replace("Mondays", "Fridays"),)))
    ready = context(units, ((label, 1, 3),), language=language, asides={1: "divider"})
    (material,) = ready.materials
    found = claimed(Piece((material,), material.passages), ready.index, cues(language))
    assert (found.text if found else None) == (claim if expected else None)


def test_what_no_slide_speaks_of_is_no_title_of_a_later_part() -> None:
    rows = (("A third oven for the street", "The ovens of our street were full. The street asked for an oven"),
            ("Full ovens before new ovens", "We filled each oven of the street before anybody bought an oven"),
            ("What you will not get", "In month one it gets worse. Neighbours grumble. Children sulk. Dogs bark. Nobody sleeps"))
    piece = _piece("What you will not get", *rows)
    (material,) = piece.materials
    late = replace(material, title=_sentence("What you will not get", 4))
    assert _title(replace(piece, materials=(late,))) in {rows[0][0], rows[1][0]}


@pytest.mark.parametrize(("title", "expected"), [
    ("H4 Cold flour: a lucky find", "Cold flour: a lucky find"), ("RQ2: who lights the oven", "Who lights the oven"),
    ("H2O in dough", "H2O in dough"), ("H2", "H2")])
def test_the_code_of_a_hypothesis_is_no_part_of_a_title(title, expected) -> None:
    assert unnumbered(title, cues("en")) == expected


def test_what_it_is_the_name_of_the_talk_says_up_to_five_words() -> None:
    heads = ("How to light it in the morning", "Wet wood", "Old yeast")
    piece = _piece(heads[0], *((head, _TOLD) for head in heads))
    assert _title(piece, "An oven for the street").startswith("An oven for the street: How to light it in the morning")


@pytest.mark.parametrize(("topic", "expected"), [
    ("Small, dull and together", "From grain to loaf"), ("What we learned in winter", "What we learned in winter")])
def test_a_label_that_nothing_takes_up_gives_way_to_a_heading_of_weight(topic: str, expected: str) -> None:
    grain = "A grain is milled and a loaf is baked of it. From one grain to the next loaf it takes a week"
    piece = _piece(topic, ("From grain to loaf", ". ".join([grain] * 3)), ("Wet wood burns badly", f"{_TOLD}. A grain of sand"),
                   ("Old yeast is a risk", f"{_TOLD}. A loaf is flat with it"))
    divider = replace(piece.materials[0], topic=Topic(number=1, title=topic, first=1, last=4), title=_sentence(topic, 1))
    assert _title(replace(piece, materials=(divider,))) == expected


@pytest.mark.parametrize(("language", "title", "rows", "expected"), [
    ("en", "Three things we burned", ("Mistake 1: the crust", "Mistake 2: the sleeve", "Mistake 3: the ladder"), True),
    ("en", "Three things we burned", ("Mistake 1: the crust", "Mistake 2: the sleeve", "The ladder of the mill"), False),
    ("nl", "Drie dingen die we verbrandden", ("Fout 1: de korst", "Fout 2: de mouw", "Fout 3: de ladder"), True)])
def test_a_divider_that_counts_a_row_names_its_section(language, title, rows, expected) -> None:
    long = ". ".join([_TOLD] * 2)
    piece = _piece(title, *((row, long) for row in rows), ("What an oven needs", long), ("Wet wood in winter", long))
    topic = piece.materials[0].topic.model_copy(update={"first": 1, "asides": {1: "divider"}})
    divided = replace(piece, materials=(replace(piece.materials[0], topic=topic, title=_sentence(title, 1)),))
    assert counts(_sentence(title, 1), divided, cues(language)) is expected
    assert (_title(divided, language=language) == title) is expected


def test_a_slide_that_only_opens_its_section_names_it() -> None:
    long = ". ".join([_TOLD] * 3)
    rows = (("The count at the mill", long), ("Who carried the sacks home", long), ("Ash on Sundays", long))
    piece = _piece("What we found", ("What we found", "Six weeks at the oven"), *rows)
    told = _piece("What we found", ("What we found", long), *rows)
    assert _title(piece, "When the oven is lit") == "When the oven is lit: What we found"
    assert _title(told, "When the oven is lit") != "When the oven is lit: What we found"


def test_running_text_is_called_after_the_chapter_whose_parts_it_holds() -> None:
    long = ". ".join([_TOLD] * 2)
    parts = _piece("Before you bake", ("Find three bakers", long), ("Find a mill", long), ("A first checklist", long))
    passages = tuple(replace(p, unit=2, running=True) for p in parts.passages)
    topic = parts.materials[0].topic.model_copy(update={"last": 2})
    title = Sentence(text="Before you bake", sources=("s2.b9.1",))
    piece = replace(parts, passages=passages, materials=(replace(parts.materials[0], topic=topic, title=title, passages=passages),))
    assert _title(piece, "An oven for the street") == "An oven for the street: Before you bake"
