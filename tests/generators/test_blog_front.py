"""What is for those in the room, and what stands behind the last slide, is no article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_front import without_front
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
