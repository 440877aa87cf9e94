"""The name of a deck rests on what its first slide says, whatever the order of its lines; what may be a title at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.naming import deck_title, says_something
from generators.outline import GENERATOR as OUTLINE
from generators.titles import candidates


@pytest.mark.parametrize("title", ["Fewer loaves – Fuller ovens", "Ovenwright – Fewer loaves, fuller ovens"])
def test_the_lines_of_a_title_are_named_in_the_order_of_its_words(slide, context, title):
    lines = ("Fewer loaves.", "Fuller ovens.", "Ovenwright – planning for bakers")
    ready = context((slide(1, "", lines, ()), slide(2, "Why", (), ("The oven is too small for the street, and it is old too.",))))
    named = deck_title(replace(ready, cleared=ready.cleared.model_copy(update={"title": title})))
    said = " ".join(ready.index.by_id[name].text for name in named.sources)
    assert named.text == title
    assert said.startswith(title.split(" – ")[0].split(",")[0])


# ---------------------------------------------------------------- what may be a title


@pytest.mark.parametrize("title", ["Bread for a street", "Brood voor de straat", "Keys (and doors)", "Oven(s) of the street"])
def test_a_title_says_something(title: str) -> None:
    assert says_something(title)


@pytest.mark.parametrize("title", ["def total_0(rows)", "bake_bread", "var oven = 3;", "<customer>", "[name]", "12 / 4"])
def test_program_text_and_gaps_do_not(title: str) -> None:
    assert not says_something(title)


def test_a_deck_of_program_text_gets_no_title_and_no_starter(slide, context) -> None:
    made = context((slide(1, "def total_0(rows)", ("result = 0;", "return result;")), slide(2, "def total_1(rows)", ("x += 1;",))))
    assert candidates(made) == [] and OUTLINE.drafts(made) == ()
