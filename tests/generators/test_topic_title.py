"""The title of a topic rests on a slide that says it, in its order of words. All sentences are invented."""

from __future__ import annotations

import pytest

from gates.trace import problems


@pytest.mark.parametrize(("named", "shown"), [
    ("Opening hours & gates", "Gates: opening hours"), ("Opening hours of gates", "Opening hours of our gates")])
def test_a_title_names_a_slide_only_where_its_words_stand_there_in_order(slide, context, named, shown) -> None:
    units = (slide(1, "The lock", (named, "The toll in a tin")), *(
        slide(n, title, (), ("The keeper writes the hours on a board, and nobody asks him twice.",))
        for n, title in ((2, shown), (3, "The toll in a tin"))))
    ready = context(units, (("The lock", 1, 1), (named, 2, 2), ("The toll in a tin", 3, 3)))
    title = ready.materials[1].title
    assert title.sources and list(problems(title, ready.index, "en")) == []


def test_small_words_around_what_a_slide_says_keep_a_title(slide, context) -> None:
    units = (slide(1, "The lock", ("How to do it in seven steps",)), slide(2, "Seven steps", (), (
        "The keeper writes the hours on a board, and nobody asks him twice.",)))
    ready = context(units, (("The lock", 1, 1), ("How to do it in seven steps", 2, 2)))
    assert ready.materials[1].title.text == "How to do it in seven steps" and ready.materials[1].title.sources
