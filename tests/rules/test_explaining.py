"""A rule says step by step why it matches a text, or what stopped it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.catalogue import Catalogue, catalogue
from rules.explaining import Account, account
from rules.rule import Example, Kind
from rules.trial import try_example

PACK = """\
rules:
  - id: house.ticket
    version: 1
    kind: pattern
    category: identifier
    severity: medium
    confidence: 0.6
    why: This number leads to one customer's question.
    patterns: ['ZW-[0-9]{3}', '(?P<hit>PL-[0-9]{3})']
    terms: [zwelb number]
    hotwords: {more: [ticket], less: [invented]}
    exclude: ['for example']
    exclude_hit: ['ZW-000']
    requires: ['our']
    examples: {match: [our ZW-123], no_match: [ZW-123]}
"""


@pytest.fixture
def known(tmp_path: Path) -> Catalogue:
    (tmp_path / "house.yaml").write_text(PACK)
    return catalogue(tmp_path)


def one(known: Catalogue, text: str, rule: str = "house.ticket") -> Account:
    (made,) = account(known.rule(rule), text, known)
    return made


@pytest.mark.parametrize(("text", "found", "says"), [
    ("our ZW-123 waits", True, "Pattern 1 matches 'ZW-123'."), ("our PL-123 waits", True, "Pattern 2 matches 'PL-123'."),
    ("our zwelb number", True, "One of its terms matches 'zwelb number'."), ("our ZW-123", True, "requires 1 is met by 'our'."),
    ("their ZW-123", False, "requires 1 is not met"), ("our ZW-000 waits", False, "exclude_hit 1 leaves out exactly this."),
    ("our ZW-123, for example", False, "exclude 1 stops it: the sentence says 'for example'."),
    ("our ticket ZW-123", True, "The word 'ticket' near it makes it more likely."),
    ("our invented ZW-123", False, "The word 'invented' near it makes it less likely."),
    ("our waiting room", False, "None of its patterns matches."),
])
def test_every_step_is_told(known: Catalogue, text: str, found: bool, says: str) -> None:
    made = one(known, text)
    assert made.found is found
    assert any(says in step for step in made.steps), made.steps


@pytest.mark.parametrize(("text", "before", "after"), [
    ("our ZW-123", 0.6, 0.6), ("our ticket ZW-123", 0.6, 0.75), ("our invented ZW-123", 0.6, 0.0), ("nothing", None, None)])
def test_the_certainty_before_and_after(known: Catalogue, text: str, before: float | None, after: float | None) -> None:
    made = one(known, text)
    assert made.before == before and made.after == (pytest.approx(after) if after is not None else None)


def test_every_place_once(known: Catalogue) -> None:
    assert len(account(known.rule("house.ticket"), "our ZW-123 and our ZW-124 and ZW-125", known)) == 3


def test_other_kinds(known: Catalogue) -> None:
    mark = account(known.rule("marking.confidential"), "Confidential data must be encrypted.", known)[0]
    assert not mark.found and "a mark stands alone" in " ".join(mark.steps)
    code = account(known.rule("customer.name"), "Anything at all.", known)[0]
    assert not code.found and "detector written as code" in code.steps[0]
    check = account(known.rule("identifier.iban"), "NL91ABNA0417164301", known)[0]
    assert not check.found and "The check 'iban' refuses it" in " ".join(check.steps)


def test_a_person_may_be_asked_for(known: Catalogue) -> None:
    said = [step for made in account(known.rule("private.health"), "Cancer is treated better every year.", known) for step in made.steps]
    assert any("names no person" in step for step in said), said


def test_what_the_account_says_is_what_the_scan_does() -> None:
    known = catalogue()
    for rule in known.all:
        for example in (*rule.examples.match[:2], *rule.examples.no_match[:2]):
            plain = Example(text=example.text, language=example.language)
            if rule.kind is not Kind.CODE and example == plain and example.text:
                found = any(each.rule == rule.id for each in try_example(plain, known))
                made = account(rule, example.text, known, example.language)
                assert any(each.found for each in made) is found, (rule.id, example.text, made)
