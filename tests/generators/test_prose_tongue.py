"""A draft is in one language; what is told in another is left out and named."""

from __future__ import annotations

import pytest

from content.document import Part
from generators.prose_tongue import native

_TEXT = {
    "en": "Nobody wanted to run a shop, but everybody in the street wanted the bread that they had with their neighbours.",
    "nl": "Niemand wilde een winkel, maar iedereen in de straat wilde het brood dat ze met hun buren hadden gegeten.",
    "de": "Niemand wollte einen Laden, aber alle in der Straße wollten das Brot, das sie mit ihren Nachbarn gegessen hatten."}


@pytest.mark.parametrize(("language", "shown", "told", "parts"), [
    ("en", "en", "en", {Part.TITLE, Part.BODY, Part.NOTES}), ("en", "nl", "en", {Part.NOTES}),
    ("en", "en", "de", {Part.TITLE, Part.BODY}), ("nl", "en", "nl", {Part.NOTES}), ("nl", "nl", "nl", {Part.TITLE, Part.BODY, Part.NOTES}),
    ("nl", "de", "en", set())])
def test_what_stands_and_what_is_said_are_judged_apart(slide, language, shown, told, parts) -> None:
    unit = native(slide(2, "Oven", (_TEXT[shown],), (_TEXT[told],)), language)
    assert {block.part for block in unit.blocks} == parts


def test_a_few_words_are_in_no_language(slide) -> None:
    unit = slide(2, "Brood en sleutels", ("De oven", "Het meel"))
    assert native(unit, "en") is unit


def test_a_unit_in_another_language_is_named(slide, context) -> None:
    made = context((slide(1, "Bread", (), (_TEXT["en"],)), slide(2, "Brot", (_TEXT["de"],), (_TEXT["de"],))))
    (material,) = made.materials
    assert material.skipped == {2: "other language"}
    assert not any("Niemand" in s.text for passage in material.passages for s in passage.prose)
