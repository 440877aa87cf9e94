"""What the rules say in the language of a pack: the rules have both, findings carry the English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def rules_in(language: str) -> Mapping[str, str]:
    """English why or suggestion of every built-in rule -> the same in a language; empty where the rules have none of it."""
    if language != "nl":
        return {}
    from rules.catalogue import catalogue

    said: dict[str, str] = {}
    for rule in catalogue().all:
        if rule.nl is not None:
            said[rule.why] = rule.nl.why
            said[rule.suggestion] = rule.nl.suggestion
    said.pop("", None)
    return said
