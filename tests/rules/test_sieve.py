from __future__ import annotations

import pytest

from rules.catalogue import Catalogue, catalogue
from rules.engine import document_of
from rules.haystack import Haystack
from rules.loader import compiled
from rules.rule import Kind, Rule
from rules.sieve import _FEW, DATA, Sieve

TEXT = "\n".join(example.text for rule in catalogue().all for example in (*rule.examples.match, *rule.examples.no_match))


def hay(text: str) -> Haystack:
    return Haystack([(unit, block) for unit, block in document_of(text).blocks()])


def matching(rule: Rule, text: Haystack) -> list[bytes | str]:
    return [regex.pattern for regex in compiled(rule).patterns if regex.search(text.data)]


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT[:2000], "We plan the work of the next weeks.", "Geheim", "é"])
def test_a_pattern_that_matches_is_never_left_out(text):
    joined = hay(text)
    left = {ready.rule.id: {regex.pattern for regex in patterns}
            for ready, patterns in catalogue().sieve.left(joined, *DATA)}
    for rule in catalogue().all:
        if rule.kind in DATA:
            assert left.get(rule.id, set()).issuperset(matching(rule, joined)), rule.id


def test_most_patterns_end_in_the_sieve():
    left = [pattern for _, patterns in catalogue().sieve.left(hay("We plan the work of the next weeks."), *DATA)
            for pattern in patterns]
    everything = [pattern for rule in catalogue().all if rule.kind in DATA for pattern in compiled(rule).patterns]
    assert len(left) < len(everything) / 2


def test_rules_and_their_patterns_stay_in_order():
    joined = hay(TEXT)
    order = [rule.id for rule in catalogue().all]
    places = []
    for ready, patterns in catalogue().sieve.left(joined, *DATA):
        own = [regex.pattern for regex in compiled(ready.rule).patterns]
        assert [own.index(regex.pattern) for regex in patterns] == sorted(own.index(regex.pattern) for regex in patterns)
        places.append(order.index(ready.rule.id))
    assert places == sorted(places)


def test_a_few_rules_go_without_a_filter():
    rules = [rule for rule in catalogue().all if rule.kind in DATA][:_FEW - 1]
    few = Catalogue(tuple(rules), {rule.id: rule for rule in rules})
    assert [ready.rule for ready, _ in Sieve(few.all).left(hay("nothing here"), *DATA)] == rules


def test_only_the_kinds_asked_for():
    kinds = [ready.rule.kind for ready, _ in catalogue().sieve.left(hay("Strictly confidential"), Kind.MARKING)]
    assert kinds and set(kinds) == {Kind.MARKING}
