"""Replacements that still give somebody away are carried out and doubted; a doubt never quotes what is withheld."""

from __future__ import annotations

import hashlib

import pytest

import rules
from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from language.fold import folded
from rules.clearing import Clearing
from rules.customers_list import CustomerList

CUSTOMERS = CustomerList.of([
    "Quarnholm Pharmacies | industry=pharmacy | country=Belgium", "Pellgrave Marine | industry=shipping",
    *(f"{name} Insurance | industry=insurance | country=Netherlands" for name in ("Dovrel", "Elmsk", "Fjarn", "Gorvel", "Hastrel"))])
TEXT = "Quarnholm Pharmacies asked first. Dovrel Insurance paid. Then Pia Vermolen told us."


def cleared(instead: str, whose: str = "Quarnholm") -> Clearing:
    digest = hashlib.sha256(instead.encode()).hexdigest()
    made = Document(id=digest, key="k", source=Source(name="deck.pptx", sha256=digest, media_type="x/y", bytes=1), units=(
        Unit(number=1, kind="slide", blocks=(Block(id="s1.b1", part=Part.BODY, text=TEXT),)),))
    findings = rules.scan(made, CUSTOMERS, Settings())
    group = next(each.group for each in findings if each.text.startswith(whose))
    return rules.clear(made, findings, [Decision(group=group, action=Action.REPLACE, text=instead)], Settings(), CUSTOMERS)


@pytest.mark.parametrize(("instead", "doubt"), [
    ("a chain of pharmacies", "'a chain of pharmacies' fits one customer, which may give them away. Wider: 'a customer'."),
    ("a Belgian retailer", "fits one customer"),
    ("a shipping company", "fits one customer"),
    ("a rival of Pellgrave Marine", "names somebody else who is withheld"),
    ("the friends of Pia Vermolen", "names somebody else who is withheld"),
    ("Quarnholm", "still holds a part of what it replaces"),
    ("the quarnholm people", "still holds a part of what it replaces"),
])
def test_what_gives_away_is_said(instead: str, doubt: str) -> None:
    result = cleared(instead)
    (said,) = [each for each in result.cleared.doubts if doubt in each.text]
    assert said.group.startswith("customer-")
    assert not any(name in folded(said.text) for name in ("quarnholm", "pellgrave", "vermolen"))


@pytest.mark.parametrize("instead", ["a customer", "an insurer", "one of our partners", "a Belgian brewery", "a Dutch insurer", "somebody else"])
def test_what_many_share_is_not(instead: str) -> None:
    assert not cleared(instead, "Dovrel").cleared.doubts


def test_a_withheld_name_in_a_replacement_does_not_get_through() -> None:
    left = " ".join(block.text for _, block in cleared("the friends of Pia Vermolen").cleared.blocks())
    assert "Vermolen" not in left and left.startswith("The friends of")


def test_words_that_fit_one_customer_are_told_to_those_who_write() -> None:
    assert [each.telling for each in cleared("a chain of pharmacies").cleared.doubts] == ["chain of pharmacies"]
    assert [each.telling for each in cleared("the quarnholm people").cleared.doubts] == [""]
