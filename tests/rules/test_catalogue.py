"""Every rule does what its own examples say, can be explained, and stands in the guide."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from content.errors import BadRule
from content.finding import Category
from rules.catalogue import catalogue, explain, rules, test_rules
from rules.guide import guide


def test_every_example_of_every_rule_holds() -> None:
    wrong = [(result.rule, result.must_match, result.text) for result in test_rules() if not result.passed]
    assert wrong == []


def test_a_rule_that_finds_nothing_fails_its_examples() -> None:
    assert all(result.passed for result in test_rules("contact.email"))
    known = catalogue()
    rule = explain("contact.email")
    swapped = rule.model_copy(update={"examples": rule.examples.model_copy(
        update={"match": rule.examples.no_match, "no_match": rule.examples.match})})
    wrong = replace(known, by_id={**known.by_id, rule.id: swapped})
    assert not any(result.passed for result in test_rules(rule.id, known=wrong))


def test_every_category_has_a_rule() -> None:
    assert {rule.category for rule in rules()} == set(Category)


def test_unknown_rule_is_one_clear_line() -> None:
    with pytest.raises(BadRule, match=r"no\.such: there is no such rule"):
        explain("no.such")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_guide_tells_every_why_of_its_language(language: str) -> None:
    text = guide(language)
    for rule in rules():
        wording = rule.nl if language == "nl" and rule.nl else rule
        assert wording.why in text, rule.id


def test_built_in_rules_speak_dutch() -> None:
    assert [rule.id for rule in rules() if rule.nl is None] == []


def test_ids_end_in_what_they_find() -> None:
    names = set(catalogue().by_id)
    assert {"contact.email", "contact.phone", "contact.url", "entity.person", "identifier.iban", "identifier.card"} <= names
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name) for name in names)
