"""A firm that carries a withheld surname is one name, masked as a whole; an organisation with an article is no person."""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from rules import scan, scan_text
from rules.clearing import clear
from rules.clearing_firms import Firms
from rules.customers import CustomerList


def left(*slides: str, language: str = "en") -> list[str]:
    units = tuple(Unit(number=number, kind="slide", blocks=(Block(id=f"s{number}.b1", part=Part.NOTES, text=text),))
                  for number, text in enumerate(("The pier and the sea", *slides), 1))
    document = Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language,
                        units=units)
    made = clear(document, scan(document, CustomerList.empty(), Settings()), (), Settings(), CustomerList.empty())
    return [block.text for _, block in made.cleared.blocks()][1:]


def test_the_whole_firm_is_masked_where_its_founder_is() -> None:
    told = left("Orrin Vastell said so in the meeting.", "Vastell & Marrow: our largest guest", "And Vastell and Marrow, a flower hall.",
                "Vastell Logistics came too.")
    assert "arrow" not in " ".join(told)
    assert "Logistics" not in " ".join(told)
    assert told[1] == "An organisation: our largest guest"
    assert told[2] == "And an organisation, a flower hall."


def test_two_people_who_are_no_firm_are_two_people() -> None:
    assert Firms(["Orrin Vastell and Ilse Marrow came."]).around("Vastell and Marrow came.", 0, 7) is None
    firms = Firms(["Vastell & Marrow"])
    assert firms.around("Vastell and Marrow came.", 0, 7) == (0, 18)
    assert firms.around("Marrow came with Vastell & Marrow.", 27, 33) == (17, 33)
    assert firms.around("Vastell and Otter came.", 0, 7) is None


@pytest.mark.parametrize("text", ["In that summer the board of De Lage Venen closed the ditch.", "Letters went to De Hoge Ruiter in May."])
def test_an_article_with_a_capital_makes_no_person(text: str) -> None:
    assert not [each.text for each in scan_text(text) if each.category == "person"]


@pytest.mark.parametrize("text", ["The Jonas Vermolen story is a good one.", "We asked Henk De Vries about the pier."])
def test_a_person_behind_an_article_or_with_a_particle_is_one(text: str) -> None:
    assert [each.text for each in scan_text(text) if each.category == "person"]
