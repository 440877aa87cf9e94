"""A name under a head that says customer is found without a list and without a model, and a department is none."""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Settings
from rules import scan
from rules.customer_columns import customer_cells
from rules.customers import CustomerList


def table(*rows: tuple[str, ...], language: str = "en", more: str = "") -> Document:
    """A slide with one table, and a paragraph behind it where `more` says one."""
    blocks = [Block(id=f"s1.b{row * 10 + column}", part=Part.TABLE, text=text, shape="t", row=row, column=column)
              for row, cells in enumerate(rows) for column, text in enumerate(cells)]
    if more:
        blocks.append(Block(id="s1.b99", part=Part.BODY, text=more))
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language,
                    units=(Unit(number=1, kind="slide", blocks=tuple(blocks)),))


def organisations(document: Document) -> list[Finding]:
    return [each for each in scan(document, CustomerList.empty(), Settings()) if each.category is Category.ORGANISATION]


@pytest.mark.parametrize(("head", "cell", "language"), [
    ("Customer", "Zonnewijk Solar", "en"), ("Asked by", "Zonnewijk Solar", "en"), ("Client name", "Kerwick", "en"),
    ("Our customers", "Blue Harbour", "en"), ("Klant", "Zonnewijk Solar", "nl"), ("Gesteld door", "Zonnewijk Solar", "nl"),
    ("Gevraagd door:", "Een monteur van Zonnewijk Solar", "nl"),
])
def test_a_name_under_such_a_head_is_asked_about(head: str, cell: str, language: str) -> None:
    (one,) = organisations(table(("What", head), ("Which seal fits?", cell), language=language))
    assert one.severity is Severity.MEDIUM and one.text in cell and one.text[0].isupper()


@pytest.mark.parametrize(("head", "cell", "language"), [
    ("Topic", "Zonnewijk Solar", "en"), ("Asked by", "The Planning Department", "en"), ("Asked by", "Human Resources", "en"),
    ("Asked by", "A site in the north", "en"), ("Customer", "Azure DevOps", "en"), ("Gesteld door", "De helpdesk", "nl"),
    ("Customer satisfaction", "Zonnewijk Solar", "en"),
])
def test_anything_else_is_not(head: str, cell: str, language: str) -> None:
    assert not [each for each in organisations(table(("What", head), ("Which seal fits?", cell), language=language))
                if each.severity is not Severity.LOW]


def test_a_person_there_is_a_person() -> None:
    document = table(("What", "Asked by"), ("Which seal fits?", "Hendrika Vermolen"))
    found = scan(document, CustomerList.empty(), Settings())
    assert [(each.category, each.text) for each in found] == [(Category.PERSON, "Hendrika Vermolen")]


def test_a_row_may_have_the_head_too() -> None:
    cells = customer_cells(table(("Vraag", "Past het?", "Waarom?"), ("Klant", "Zonnewijk Solar", "Kerwick"), language="nl"))
    assert cells == {"s1.b11": True, "s1.b12": True}


def test_the_same_name_elsewhere_goes_with_it() -> None:
    document = table(("Vraag", "Klant"), ("Past het?", "Zonnewijk Solar"), language="nl", more="Wij hielpen Zonnewijk Solar.")
    from rules.clearing import clear

    made = clear(document, organisations(document), (), Settings(), CustomerList.empty()).cleared
    assert not any("Zonnewijk" in block.text for _, block in made.blocks())
