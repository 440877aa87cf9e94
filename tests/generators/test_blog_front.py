"""What is for those in the room, and what stands behind the last slide, is no article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_front import of_the_room, with_preface, without_front
from generators.blog_plan import Piece
from generators.material import ItemList, Passage
from generators.prose_cues import cues

_TOLD = "Every street has an oven and hardly any street knows who lights it in the morning."


@pytest.fixture
def units(context, slide, passage) -> Callable[..., list[int]]:
    """units(passage or None, language, asides): the slides that are left of twelve."""

    def build(own: Passage | None, language: str, asides: dict[int, str]) -> list[int]:
        (material,) = context((*(slide(n, f"Part {n}") for n in range(1, 13)),), language=language, asides=asides).materials
        rest = tuple(own if own and own.unit == n else passage(n, _TOLD, heading=f"Part {n}") for n in range(1, 13)
                     if n not in asides)
        (left,) = without_front((replace(material, passages=rest),), cues(language))
        return [p.unit for p in left.passages]

    return build


def _table(unit: int, *rows: tuple[str, ...]) -> tuple[tuple[Sentence, ...], ...]:
    return tuple(tuple(Sentence(text=cell, sources=(f"s{unit}.b9.{n}",)) for n, cell in enumerate(row)) for row in rows)


@pytest.mark.parametrize(("language", "head"), [("en", ("Minutes", "What", "Slide")), ("nl", ("Tijd", "Onderwerp"))])
def test_a_table_of_what_comes_when_goes(units, passage, language, head) -> None:
    rows = _table(2, head, *(("5", "The oven", "3-4")[:len(head)] for _ in range(3)))
    assert 2 not in units(passage(2, _TOLD, table=rows), language, {})
    # Further on it is what the talk is about, and a table of figures is none.
    assert 9 in units(passage(9, _TOLD, table=_table(9, head, ("5",) * len(head))), language, {})
    figures = _table(2, ("Year", "Loaves"), ("2019", "40"))
    assert 2 in units(passage(2, _TOLD, table=figures), language, {})


@pytest.mark.parametrize(("language", "lines", "gone"), [
    ("en", ("A colleague, head of the mill", "Ellis Ferrow, baker and founder"), True),
    ("en", ("Rye, wheat and barley", "Salt, water and time"), False),
    ("nl", ("Een collega, hoofd van de molen", "Ellis van der Aa, bakker en oprichter"), True)])
def test_who_speaks_is_no_article(units, passage, language, lines, gone) -> None:
    items = tuple(Sentence(text=text, sources=(f"s2.b4.{n}",)) for n, text in enumerate(lines))
    left = units(passage(2, _TOLD, lists=(ItemList(items),)), language, {})
    assert (2 not in left) is gone


def test_what_is_kept_behind_the_thanks_goes(units) -> None:
    assert units(None, "en", {11: "thanks"}) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    # Thanks in the middle are those of a part.
    assert 12 in units(None, "en", {4: "thanks"})


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "I promised you the oven.", True), ("en", "As I said, bread is slow.", True), ("en", "You've met the baker.", True),
    ("en", "We said goodbye to the oven.", False), ("en", "Remember to close the oven.", False),
    ("nl", "Ik had jullie de oven beloofd.", True), ("nl", "Weet je nog, de oven?", True), ("nl", "Ik zei nee.", False)])
def test_what_an_earlier_part_told(language, text, expected) -> None:
    assert cues(language).has("told_earlier", text) is expected


@pytest.mark.parametrize(("language", "lines", "cover"), [
    ("en", ("How a street learned to bake", "Ellis Ferrow, Mill of the North", "Bread Days, opening talk"), True),
    ("en", ("Ovens for streets | the mill", "Spring 2024"), True), ("en", ("Rye, wheat and barley", "Salt, water and time"), False),
    ("nl", ("Hoe een straat leerde bakken", "Ellis van der Aa, de Molen van het Noorden"), True),
    ("nl", ("Rogge, tarwe en gerst", "Zout, water en tijd"), False)])
def test_a_cover_is_told_only_in_what_was_said_over_it(context, slide, passage, language, lines, cover) -> None:
    items = tuple(Sentence(text=text, sources=(f"s1.b2.{n}",)) for n, text in enumerate(lines))
    (material,) = context(tuple(slide(n, f"Part {n}") for n in (1, 2)), language=language).materials
    rest = (passage(1, _TOLD, heading="Bread", lists=(ItemList(items),)), passage(2, _TOLD, heading="Part 2"))
    (left,) = without_front((replace(material, passages=rest),), cues(language))
    first = left.passages[0]
    assert first.prose == rest[0].prose and (first.heading is None and not first.lists) is cover
    alone = (replace(rest[0], prose=(), paragraphs=()), rest[1])
    (left,) = without_front((replace(material, passages=alone),), cues(language))
    assert [p.unit for p in left.passages] == ([2] if cover else [1, 2])


@pytest.mark.parametrize(("language", "imprint"), [
    ("en", "Notes for the mill paper. Draft 3, Ellis Ferrow."), ("nl", "Stuk voor het molenblad. Concept 3, Ellis van der Aa.")])
def test_the_imprint_under_a_title_goes(context, slide, passage, language, imprint) -> None:
    (material,) = context(tuple(slide(n, f"Part {n}") for n in (1, 2)), language=language).materials
    for text, units in ((imprint, [2]), (_TOLD, [1, 2])):
        rest = tuple(replace(passage(n, said, heading=f"Part {n}"), running=True) for n, said in ((1, text), (2, _TOLD)))
        (left,) = without_front((replace(material, passages=rest),), cues(language))
        assert [p.unit for p in left.passages] == units


@pytest.mark.parametrize(("language", "about", "away"), [
    ("en", "This report tells how the oven was built.", "In a hurry, read the section called Flour."),
    ("nl", "Dit rapport vertelt hoe de oven werd gebouwd.", "Wie haast heeft: lees alleen het hoofdstuk over meel.")])
def test_a_preface_goes_with_the_first_section(passage, language, about, away) -> None:
    preface = replace(passage(1, f"{_TOLD} {about}"), running=True)
    preface = replace(preface, prose=(*preface.prose, Sentence(text=away, sources=("s1.b8.1",))), paragraphs=())
    section, other = (replace(passage(n, _TOLD * 30, heading=f"Part {n}"), running=True) for n in (2, 3))
    made = with_preface([Piece((), (preface,)), Piece((), (section,)), Piece((), (other,))], cues(language))
    assert [[p.unit for p in piece.passages] for piece in made] == [[1, 2], [3]]
    assert away not in [s.text for s in made[0].passages[0].prose]
    # A first section of its own stays one, and so does the only one.
    assert len(with_preface([Piece((), (section,)), Piece((), (other,))], cues(language))) == 2
    assert with_preface([Piece((), (preface,))], cues(language)) == [Piece((), (preface,))]


def test_what_comes_when_is_for_the_room(context, slide) -> None:
    made = context(tuple(slide(n, f"Part {n}", (), (_TOLD,)) for n in range(1, 9)), asides={2: "agenda", 3: "bio", 5: "picture"})
    assert of_the_room(made.materials, cues("en")) == {2, 3}
