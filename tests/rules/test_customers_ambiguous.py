"""Customers named like ordinary words: half of the lines speak of the company, half of the thing.

A line counts as found when the name is found with a confidence of .5 or more. The weights were chosen on the `dev`
halves; the `held` halves are for measuring alone.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from rules.customers import CustomerList, find_customers
from rules.customers_found import Match

SETS = Path(__file__).parent / "sets"
SURE = 0.5
#: Language and half -> least share of lines judged rightly.
FLOORS = {("en", "dev"): 0.95, ("en", "held"): 0.90, ("nl", "dev"): 0.92, ("nl", "held"): 0.92}


@cache
def lines(language: str, half: str) -> list[dict[str, object]]:
    file = SETS / language / f"ambiguous.{half}.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def found(line: dict[str, object], names: CustomerList) -> list[Match]:
    start, end = line["at"]
    return [match for match in find_customers([line["text"]], names)[0] if match.start < end and match.end > start]


@pytest.mark.parametrize(("language", "half"), FLOORS)
def test_the_company_and_the_word_are_told_apart(language: str, half: str) -> None:
    every = lines(language, half)
    names = CustomerList.of(sorted({line["name"] for line in every}))
    right = [any(match.confidence >= SURE for match in found(line, names)) == line["company"] for line in every]
    share = sum(right) / len(every)
    print(f"{language} {half}: {share:.3f} of {len(every)} lines right")
    assert share >= FLOORS[language, half]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_halves_are_balanced_and_have_no_line_in_common(language: str) -> None:
    dev, held = lines(language, "dev"), lines(language, "held")
    assert not {line["text"] for line in dev} & {line["text"] for line in held}
    for half in (dev, held):
        assert 0.4 <= sum(line["company"] for line in half) / len(half) <= 0.6
    assert len(dev) + len(held) >= (200 if language == "en" else 60)


@pytest.mark.parametrize(("text", "says"), [
    ("Talks with Compass ended", '"with" stands before it'),
    ("Compass refused the first offer.", "it acts"),
    ("Compass's board was there.", "it owns something"),
    ("Rollout Compass: done", '"rollout" stands before it'),
    ("Compass for decisions", "it is written with a capital"),
])
def test_the_reason_is_said(text: str, says: str) -> None:
    names = CustomerList.of(["Compass"])
    assert says in find_customers([text], names)[0][0].reason


def test_names_listed_together_are_names() -> None:
    names = CustomerList.of(["Compass", "Beacon", "Bolt"])
    hits = find_customers(["Compass, Beacon and Bolt are in the first wave"], names)[0]
    assert [match.confidence >= SURE for match in hits] == [True, True, True]
    assert all(match.confidence < SURE for match in find_customers(["Beacon, light and fog"], names)[0])


def test_a_document_that_has_the_word_in_small_letters_means_the_word() -> None:
    names = CustomerList.of(["Beacon"])
    line = "Setup with Beacon"
    [alone] = find_customers([line], names)[0]
    [among] = find_customers([line, "the beacon blinks", "each beacon has a battery", "no beacon is left out"], names)[0]
    assert among.confidence < SURE <= alone.confidence
    assert among.reason == "the document has it in small letters too"


def test_a_name_that_is_certain_once_raises_its_other_places() -> None:
    names = CustomerList.of(["Beacon Ltd"])
    [alone] = find_customers(["Beacon in autumn"], names)[0]
    [among] = find_customers(["Beacon in autumn", "Beacon Ltd signed."], names)[0]
    assert among.confidence > alone.confidence


def test_a_dutch_word_is_ordinary_only_where_dutch_is_written() -> None:
    names = CustomerList.of(["Kompas"])
    assert find_customers(["Kompas voor onze keuzes"], names)[0][0].confidence < SURE
    assert find_customers(["Kompas, our choice for the year"], names)[0][0].confidence >= SURE
