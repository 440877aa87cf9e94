"""People and organisations on slides, where headings look like names and names like headings."""

from __future__ import annotations

import pytest

from content.finding import Category, Severity
from rules import scan_text


def names(text: str, category: Category) -> list[str]:
    return [f.text for f in scan_text(text) if f.category is category]


@pytest.mark.parametrize(("text", "name"), [
    ("Kudos to Hendrika Vermolen for the pilot", "Hendrika Vermolen"),
    ("MARTIN VERMOLEN, HEAD OF SALES", "MARTIN VERMOLEN"),
    ("SPONSOR: A. ØSTERVIK", "A. ØSTERVIK"),
    ("Thanks to Ernest's team", "Ernest"),
    ("Welcome Lisa Vermolen!", "Lisa Vermolen"),
    ("Steering committee: Anna Torvik, Kristine", "Kristine"),
    ("Last week Peter de Vermolen asked us why.", "Peter de Vermolen"),
])
def test_people(text: str, name: str) -> None:
    assert name in names(text, Category.PERSON)


@pytest.mark.parametrize("text", [
    "Change Management", "Agile Delivery", "Cloud Migration Patterns", "Prompt Engineering Basics", "Databases Explained",
    "CONTINUOUS DELIVERY IN PRACTICE", "Round Robin Distribution", "Getting Started With Docker And Redis", "Q&A",
    "MTTR", "Kubernetes Cluster Setup", "Why We Measure", "Summer School", "Grace Periods And Time-outs",
    "Mark As Read", "Will It Scale?", "Key Takeaways And Next Steps", "Monday Morning Checklist", "Art of the Possible",
])
def test_headings_are_no_names(text: str) -> None:
    assert names(text, Category.PERSON) + names(text, Category.ORGANISATION) == []


@pytest.mark.parametrize(("text", "name"), [
    ("Client: Kerwick", "Kerwick"),
    ("Customers: Tolvberg, Ostrand Ferries, Kerwick Foods Ltd.", "Ostrand Ferries"),
    ("What we did for Tolvberg Shipping", "Tolvberg Shipping"),
    ("We moved the archive of Ostrand & Zonen B.V. in a weekend", "Ostrand & Zonen B.V."),
    ("Workshop with Kerwickson (12 March)", "Kerwickson"),
])
def test_organisations_are_low(text: str, name: str) -> None:
    found = [f for f in scan_text(text) if f.category is Category.ORGANISATION]
    assert name in [f.text for f in found]
    assert {f.severity for f in found} == {Severity.LOW}


def test_a_cited_author_is_low() -> None:
    [finding] = [f for f in scan_text("“Share what you know” — Hendrika Vermolen") if f.category is Category.PERSON]
    assert (finding.rule, finding.severity) == ("entity.cited_person", Severity.LOW)


def test_single_parts_belong_to_the_full_name() -> None:
    text = "Kudos to Hendrika Vermolen.\nLater Vermolen said no."
    assert len({f.group for f in scan_text(text) if f.category is Category.PERSON}) == 1
