"""First names in the clear: what stands beside one in its clause says who is meant, and then it is asked about.

All names are invented or of nobody.
"""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Severity
from content.settings import Settings
from rules import scan
from rules.customers_list import CustomerList


def people(language: str, *texts: str) -> dict[str, Severity]:
    """The people that are found in the notes of three slides, with how much it matters."""
    units = tuple(Unit(number=n, kind="slide", title="Ropes", blocks=(
        Block(id=f"s{n}.b1", part=Part.NOTES, text=text),)) for n, text in enumerate(("Good day.", *texts), 1))
    doc = Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language, units=units)
    return {each.text: each.severity for each in scan(doc, CustomerList.empty(), Settings())
            if each.category is Category.PERSON}


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "When Gareth in information governance said no, he was right.", "Gareth"),
    ("en", "They asked how to speed it up and Kevvo in radiology said to threaten it.", "Kevvo"),
    ("en", "A staff nurse, Aoife, three weeks qualified, told me that she would wait.", "Aoife"),
    ("en", "At ten past four a cleaner called Wendo walks by and says a word.", "Wendo"),
    ("en", "It turned out that Gareth has worked here for sixteen years.", "Gareth"),
    ("en", "Half of the money went into Gareth's part-time retirement plan.", "Gareth"),
    ("en", "We lost a week because Gareth fell out with the harbour.", "Gareth"),
    ("nl", "Onze jurist, Wybo, zei dat het mag en dat het niet mag.", "Wybo"),
    ("nl", "Daarna ging Danique van de griffie langs alle boten.", "Danique"),
    ("nl", "Wij hoorden pas later van het ontslag van Danique in de haven.", "Danique"),
])
def test_a_first_name_that_everybody_there_knows_is_asked_about(language: str, text: str, name: str) -> None:
    assert people(language, text) == {name: Severity.MEDIUM}


def test_all_mentions_of_that_name_are_one_thing() -> None:
    found = people("en", "When Gareth in information governance said no, he was right.", "The question was asked by Gareth.")
    assert found == {"Gareth": Severity.MEDIUM}


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The rope was tied by Gareth and nobody saw it."), ("en", "One of my hens, Gareth, stopped laying."),
    ("en", "Thanks to Gareth, who came along."), ("nl", "Daarna ging Danique langs alle boten."),
])
def test_a_first_name_alone_is_not(language: str, text: str) -> None:
    assert Severity.MEDIUM not in people(language, text).values()


@pytest.mark.parametrize("text", [
    "We run Grafana in production and it says so.", "The operator called Strimzi looks after the queue.",
    "Paris in spring is dear.", "Our planner, Trellio, shows the boats.", "We keep Jenkins in the office network.",
    "A customer called Norwick asked for a rope.",
])
def test_things_are_no_people(text: str) -> None:
    assert Severity.MEDIUM not in people("en", text).values()
