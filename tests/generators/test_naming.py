"""What may be a title: a word of a language, no program text, no gap to fill in."""

from __future__ import annotations

import pytest

from generators.naming import says_something
from generators.outline import GENERATOR as OUTLINE
from generators.titles import candidates


@pytest.mark.parametrize("title", ["Bread for a street", "Brood voor de straat", "Keys (and doors)", "Oven(s) of the street"])
def test_a_title_says_something(title: str) -> None:
    assert says_something(title)


@pytest.mark.parametrize("title", ["def total_0(rows)", "bake_bread", "var oven = 3;", "<customer>", "[name]", "12 / 4"])
def test_program_text_and_gaps_do_not(title: str) -> None:
    assert not says_something(title)


def test_a_deck_of_program_text_gets_no_title_and_no_starter(slide, context) -> None:
    made = context((slide(1, "def total_0(rows)", ("result = 0;", "return result;")), slide(2, "def total_1(rows)", ("x += 1;",))))
    assert candidates(made) == [] and OUTLINE.drafts(made) == ()
