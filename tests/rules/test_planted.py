"""Every risk that was planted in the sample deck is found, in its place and grave enough; the clean deck has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content.decision import Policy
from content.document import Document
from content.finding import Category, Finding, Severity
from content.settings import Settings
from extractors import extract
from language.fold import folded
from rules import load_customers, scan
from rules.customers import CustomerList

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def customers() -> CustomerList:
    return load_customers(SAMPLES / "customers.csv")


@pytest.fixture(scope="module")
def document() -> Document:
    return extract(SAMPLES / "social-business.pptx")


OTHERS: dict[str, list[dict[str, str]]] = json.loads((SAMPLES / "planted-others.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def findings(document: Document, customers: CustomerList) -> tuple[Finding, ...]:
    return scan(document, customers, Settings())


def covers(finding: Finding, text: str) -> bool:
    """Whether a finding is about a planted text: it holds it, stands in it, or names it."""
    said, planted = folded(finding.text or finding.label), folded(text)
    return bool(said) and (said in planted or planted in said)


def missing(planted: list[dict[str, str]], findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """The planted risks that no finding of their category, place and severity covers."""
    return [
        risk for risk in planted
        if not any(f.category == Category(risk["category"]) and f.unit == risk["slide"]
                   and f.severity.at_least(Severity(risk["severity_at_least"])) and covers(f, risk["text"]) for f in findings)
    ]


def test_every_planted_risk_is_found(findings: tuple[Finding, ...]) -> None:
    planted = json.loads((SAMPLES / "planted.json").read_text(encoding="utf-8"))
    assert planted and missing(planted, findings) == []


@pytest.mark.parametrize("name", sorted(name for name, planted in OTHERS.items() if planted))
def test_every_risk_of_the_other_samples_is_found(name: str, customers: CustomerList) -> None:
    assert missing(OTHERS[name], scan(extract(SAMPLES / name), customers, Settings())) == []


def test_the_reviewer_is_not_drowned(document: Document, findings: tuple[Finding, ...]) -> None:
    planted = json.loads((SAMPLES / "planted.json").read_text(encoding="utf-8"))
    holding = {found.group for found in findings if Policy().holds(found.category, found.severity)}
    assert len(holding) <= len(planted) + 8


def test_the_clean_deck_has_nothing_of_weight(customers: CustomerList) -> None:
    assert [(f.rule, f.text) for f in scan(extract(SAMPLES / "clean.pptx"), customers, Settings())
            if f.severity.at_least(Severity.MEDIUM)] == []
