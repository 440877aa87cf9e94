"""A surname that is an everyday word: told by the title of address before it, once the full name is known."""

from __future__ import annotations

import pytest

from content.finding import Category
from content.settings import Settings
from gates.leak_search import Search
from rules import scan_text
from rules.clearing import clear
from rules.clearing_needles import person_strings
from rules.titles import called, surname_start
from tests.rules.test_clearing import CUSTOMERS, document, finding


@pytest.mark.parametrize(("text", "name"), [
    ("A retired miller, Mrs. Ottilie Field, came along.\nThen Mrs. Field asked for the map.", "Field"),
    ("Kudos to Ottilie Field for the map.\nIt was Dr Field's idea.", "Field"),
    ("Kudos to Ottilie Field for the map.\nPROF. FIELD ON MAPS", "FIELD"),
    ("Met dank aan Ottilie Steen voor de kaart.\nLater zei mevrouw Steen dat het klopte.", "Steen"),
    ("Met dank aan Pieter de Steen voor de kaart.\nLater zei dhr. de Steen dat het klopte.", "de Steen"),
])
def test_a_title_tells_an_everyday_surname(text: str, name: str) -> None:
    found = [f for f in scan_text(text) if f.category is Category.PERSON]
    assert [f.text for f in found][1:] == [name]
    assert len({f.group for f in found}) == 1


@pytest.mark.parametrize("said", [
    "The Field was green.", "Field by field we mapped it.", "MS Field is a product.", "The DR Field is empty.",
    "De heer van de Field kwam niet.\nField days are on.", "We asked the nurse.\nField days are on.",
])
def test_without_a_title_it_is_a_word(said: str) -> None:
    found = [f.text for f in scan_text(f"Kudos to Ottilie Field for the map.\n{said}") if f.category is Category.PERSON]
    assert found[:1] == ["Ottilie Field"] and "Field" not in found[1:]


def test_a_title_without_a_known_name_says_nothing_here() -> None:
    assert surname_start("Then Mrs. Field came", 10) == 10
    assert surname_start("mevrouw van de Steen", 15) == 8
    assert surname_start("the Field", 4) is None and surname_start("Mrs.Field", 4) is None
    assert called(["Mrs. Field and mevrouw van de Steen", "a field"]) == {
        "field": {"Mrs. Field"}, "steen": {"mevrouw van de Steen"}}


@pytest.mark.parametrize(("first", "second", "language"), [
    ("We met Ottilie Field at the mill.", "Then Mrs. Field asked for the map of the field.", "en"),
    ("We spraken Ottilie Steen bij de molen.", "Later vroeg mevrouw Steen om de kaart met elke steen.", "nl"),
])
def test_what_was_not_found_is_cleared_and_may_not_leave(first: str, second: str, language: str) -> None:
    doc = document(first, second, language=language)
    name = "Ottilie Field" if language == "en" else "Ottilie Steen"
    result = clear(doc, [finding(doc, name, Category.PERSON)], (), Settings(), CUSTOMERS)
    text = "\n".join(block.text for _, block in result.cleared.blocks())
    assert name.split()[1] not in text and name.split()[1].lower() in text
    leak = Search(result.withheld.strings)
    assert leak.find(second) and not leak.find(text) and not leak.find(f"A {name.split()[1]} is not a name.")


def test_the_leak_gate_looks_for_the_forms_of_the_document() -> None:
    forms = called(["Then Mrs. Field came.", "miss Field left"])
    strings = {s.text for s in person_strings("Ottilie Field", "Ottilie Field", "p", forms)}
    assert {"Mrs. Field", "miss Field"} <= strings and "Field" not in strings
