"""Pictures beside a customer's name: one group that says where to look, and nothing is held for it."""

from __future__ import annotations

import pytest

import rules
from content.decision import Policy
from content.document import Block, Document, Part, Picture, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Settings
from rules.customers_list import CustomerList

CUSTOMERS = CustomerList.of(["Quarnholm Logistics", "Pellgrave Marine"])
NAMED, PLAIN = "Quarnholm Logistics signed in May.", "We plan the work of the next weeks together."


def scanned(*slides: tuple[str, bool], language: str = "en") -> list[Finding]:
    units = tuple(Unit(number=number, kind="slide", blocks=(Block(id=f"s{number}.b1", part=Part.BODY, text=text),), pictures=(
        Picture(id=f"s{number}.p1", sha256="e", media_type="image/png"),) if picture else ())
        for number, (text, picture) in enumerate(slides, 1))
    made = Document(id="d", key="k", language=language, units=units,
                    source=Source(name="deck.pptx", sha256="d", media_type="x/y", bytes=1))
    return list(rules.scan(made, CUSTOMERS, Settings()))


def about_pictures(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.rule == "file.picture_near_name"]


def test_one_group_says_which_slides() -> None:
    found = about_pictures(scanned((NAMED, True), (PLAIN, True), (NAMED, False), (NAMED, True), (NAMED, True)))
    assert {each.group for each in found} == {found[0].group}
    assert [each.unit for each in found] == [1, 4, 5]
    assert all("(slides 1, 4–5)" in each.why for each in found)
    assert {each.category for each in found} == {Category.HIDDEN}


@pytest.mark.parametrize("slides", [((PLAIN, True),), ((NAMED, False),), ((NAMED, False), (PLAIN, True))])
def test_none_without_both(slides: tuple[tuple[str, bool], ...]) -> None:
    assert not about_pictures(scanned(*slides))


def test_nothing_is_held_for_it() -> None:
    (found,) = about_pictures(scanned((NAMED, True)))
    assert found.severity is Severity.LOW and not Policy().holds(found.category, found.severity)


def test_in_dutch() -> None:
    (found,) = about_pictures(scanned((NAMED, True), language="nl"))
    assert "(dia 1)" in found.why and found.why.startswith("Er staat een afbeelding")
