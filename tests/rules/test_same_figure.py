"""A figure that waits for a decision is found wherever it stands again, and another number of the same size is left alone."""

from __future__ import annotations

import pytest

from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.finding import Finding
from content.settings import Settings
from rules import scan
from rules.clearing import clear
from rules.customers import CustomerList
from rules.same_figure import RULE

PLAN = "Our revenue forecast for next year is € 21 million."
OMZET = "Onze omzet daalde in het voorjaar met 4%."


def deck(*slides: tuple[str, ...], language: str = "en") -> Document:
    """Slides of blocks; a block that begins with "/" stands in the notes."""
    units = tuple(
        Unit(number=number, kind="slide", blocks=tuple(
            Block(id=f"s{number}.b{at}", part=Part.NOTES if text[0] == "/" else Part.BODY, text=text.lstrip("/"))
            for at, text in enumerate(slide, 1)))
        for number, slide in enumerate(slides, 1))
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language, units=units)


def found(document: Document) -> tuple[Finding, ...]:
    return scan(document, CustomerList.empty(), Settings())


def cleared(document: Document, *decisions: Decision) -> str:
    made = clear(document, found(document), decisions, Settings(), CustomerList.empty()).cleared
    return "\n".join(block.text for _, block in made.blocks())


@pytest.mark.parametrize(("first", "again", "language"), [
    (PLAN, "Gulls and boats, € 21.0 million.", "en"),
    (PLAN, "Gulls and boats, €21M.", "en"),
    (PLAN, "Gulls and boats, 21,000,000 euros.", "en"),
    (PLAN, "The harbour hopes for twenty-one million pounds.", "en"),
    ("Our margin fell to 4.3% this spring.", "Gulls like four point three per cent.", "en"),
    ("Our margin fell to 31% this spring.", "The ferry has 31% of it.", "en"),
    ("Our electricity bill went from £61,000 to £124,000.", "On the pier we read 124,000 and gasped.", "en"),
    ("Onze omzetprognose voor volgend jaar is € 21 miljoen.", "De haven rekent op eenentwintig miljoen euro.", "nl"),
    (OMZET, "Vier procent minder omzet is niet veel.", "nl"),
])
def test_what_is_said_again_joins_the_group_and_goes(first: str, again: str, language: str) -> None:
    gull = "Daar zat een meeuw op de paal." if language == "nl" else "A gull sat there."
    document = deck((first,), (again, gull), language=language)
    hits = found(document)
    assert [each.unit for each in hits if each.rule == RULE] == [2]
    assert len({each.group for each in hits if each.category == "figures"}) == 1
    assert cleared(document) == gull


@pytest.mark.parametrize(("first", "other", "language"), [
    (PLAN, "There are 21 ferries.", "en"), (PLAN, "We carried 21 million guests of the sea.", "en"),
    ("Our margin fell by 4%.", "There were four reasons.", "en"), ("Our margin fell by 4%.", "Page 4 has a map.", "en"),
    ("Our margin fell by 10%.", "Ten per cent of gulls sleep.", "en"),
    ("Our electricity budget is £2,000 this year.", "The pier was built in 2000.", "en"),
    (OMZET, "Er zijn vier redenen.", "nl"), (OMZET, "Vier procent van de meeuwen slaapt.", "nl"),
])
def test_another_number_of_the_same_size_is_left_alone(first: str, other: str, language: str) -> None:
    hits = found(deck((first,), (other,), language=language))
    assert [each.text for each in hits if each.category == "figures" and each.unit == 1]
    assert not [each for each in hits if each.rule == RULE]


def test_on_the_same_slide_a_small_share_is_the_same() -> None:
    assert [each.text for each in found(deck(("Revenue: 4% down", "/Four per cent, that is not much."))) if each.rule == RULE] == [
        "Four per cent"]


def test_one_decision_on_the_group_keeps_every_place() -> None:
    document = deck((PLAN,), ("Gulls and boats, € 21.0 million.",))
    [group] = {each.group for each in found(document) if each.category == "figures"}
    keep = Decision.model_validate({"action": Action.KEEP, "group": group, "reason": "out since May", "by": "mira"})
    assert cleared(document, keep).count("21") == 2


def test_a_light_figure_brings_nothing_in() -> None:
    document = deck(("Phase one: €84,000",), ("Gulls and boats, eighty-four thousand euros.",))
    figures = [each for each in found(document) if each.category == "figures" and each.unit == 1]
    assert [each.severity for each in figures] == ["low"]
    assert not [each for each in found(document) if each.rule == RULE]
