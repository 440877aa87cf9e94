"""What is said of findings in the language of a pack: the rules have it in both, findings carry the English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from content.finding import Category, Finding

if TYPE_CHECKING:
    from rules.rule import Wording


def told_in(findings: Iterable[Finding], language: str) -> Mapping[str, tuple[str, str]]:
    """Finding -> its why and its suggestion in a language, '' for what the rules do not have in it; empty for English.

    What a detector put in its own words (which customer, which slides) is told in the words of its rule.
    """
    if language != "nl":
        return {}
    from rules.masks import suggestion_in

    said, rules = _dutch()
    told: dict[str, tuple[str, str]] = {}
    for each in findings:
        own = rules.get(each.rule)
        why, suggestion = (own.why, own.suggestion) if own is not None else ("", "")
        if each.category is Category.CUSTOMER:
            suggestion = suggestion_in(each.suggestion, language) or suggestion
        told[each.id] = (said.get(each.why, why), said.get(each.suggestion, suggestion))
    return told


@cache
def _dutch() -> tuple[dict[str, str], dict[str, Wording]]:
    """English why or suggestion of every built-in rule -> the same in Dutch, and the Dutch words of every rule by its id."""
    from rules.catalogue import catalogue

    said: dict[str, str] = {}
    rules: dict[str, Wording] = {}
    for rule in catalogue().all:
        if rule.nl is not None:
            said[rule.why] = rule.nl.why
            said[rule.suggestion] = rule.nl.suggestion
            rules[rule.id] = rule.nl
    said.pop("", None)
    return said, rules
