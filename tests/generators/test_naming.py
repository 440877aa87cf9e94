"""The name of a deck rests on what its first slide says, whatever the order of its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.naming import deck_title


@pytest.mark.parametrize("title", ["Fewer loaves – Fuller ovens", "Ovenwright – Fewer loaves, fuller ovens"])
def test_the_lines_of_a_title_are_named_in_the_order_of_its_words(slide, context, title):
    lines = ("Fewer loaves.", "Fuller ovens.", "Ovenwright – planning for bakers")
    ready = context((slide(1, "", lines, ()), slide(2, "Why", (), ("The oven is too small for the street, and it is old too.",))))
    named = deck_title(replace(ready, cleared=ready.cleared.model_copy(update={"title": title})))
    said = " ".join(ready.index.by_id[name].text for name in named.sources)
    assert named.text == title
    assert said.startswith(title.split(" – ")[0].split(",")[0])
