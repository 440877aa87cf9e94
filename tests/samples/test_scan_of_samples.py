"""What was planted is found, the clean deck is clean, and the decisions leave nothing open."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

import extractors
import rules
from content.document import Document
from content.finding import Finding, Severity
from content.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
pytestmark = pytest.mark.slow


@cache
def _scan(name: str) -> tuple[Document, tuple[Finding, ...]]:
    document = extractors.extract(SAMPLES / name)
    return document, rules.scan(document, rules.load_customers(SAMPLES / "customers.csv"), Settings())


def _planted(name: str) -> list[dict]:
    file = "planted.json" if name == "social-business.pptx" else "planted-others.json"
    loaded = json.loads((SAMPLES / file).read_text(encoding="utf-8"))
    return loaded if isinstance(loaded, list) else loaded[name]


def _same(finding: Finding, item: dict) -> bool:
    """Whether a finding is about a planted text: it covers it, or is the telling part of it."""
    if finding.category != item["category"] or finding.unit != item["slide"]:
        return False
    found, text = (re.sub(r"\s+", " ", value).casefold() for value in (finding.text, item["text"]))
    return item["category"] in {"hidden", "unread"} or text in found or (bool(found) and found in text)


@pytest.mark.parametrize("name", ["social-business.pptx", "kennis-delen.pptx", "paper.pdf", "article.docx", "handbook.md"])
def test_everything_planted_is_found(name: str) -> None:
    _, findings = _scan(name)
    missed = [item for item in _planted(name)
              if not any(_same(finding, item) and finding.severity.at_least(Severity(item["severity_at_least"]))
                         for finding in findings)]
    assert missed == []


def test_there_is_nothing_to_find_in_the_clean_deck() -> None:
    _, findings = _scan("clean.pptx")
    assert [finding.rule for finding in findings if finding.severity.at_least(Severity.MEDIUM)] == []


def test_the_decisions_leave_nothing_open_and_nothing_planted() -> None:
    document, findings = _scan("social-business.pptx")
    decisions = rules.load_decisions(SAMPLES / "decisions.json")
    clearing = rules.clear(document, findings, decisions, Settings(), rules.load_customers(SAMPLES / "customers.csv"))
    assert [finding.rule for finding in clearing.open] == []
    assert {decision.group for decision in decisions} <= {finding.group for finding in findings}
    said = re.sub(r"\s+", " ", " ".join(block.text for _, block in clearing.cleared.blocks() if block.readable)).casefold()
    left = [item["text"] for item in _planted("social-business.pptx") if item["withhold"] and item["text"].casefold() in said]
    assert left == []
