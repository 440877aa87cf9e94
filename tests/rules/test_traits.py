"""What a row tells of a customer: the kind of company in every CRM's words, and never more than five customers share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from content.document import Block, Part, Unit
from rules.catalogue import catalogue
from rules.customers_list import CustomerList
from rules.industries import country_of, industry_of, nouns, sectors, size_of
from rules.masks import customer_mask, customer_why, suggestion_in, wording
from rules.traits import sharing

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "industries.yaml").read_text(encoding="utf-8"))
UNIT = Unit(number=3, kind="slide", blocks=(Block(id="s3.b1", part=Part.BODY, text="x"),))


def rows(number: int, industry: str, country: str = "", size: str = "", start: str = "Vos") -> list[str]:
    return [f"{start}{industry[:3]}{country[:3]}{size[:2]}{n} Works | industry={industry} | country={country} | size={size}"
            for n in range(number)]


@pytest.mark.parametrize(("system", "value"), [(system, value) for system, values in GOLDEN.items() for value in values])
def test_every_picklist_value_is_read(system: str, value: str) -> None:
    noun = industry_of(value)
    assert (noun.en if noun else "") == GOLDEN[system][value]


def test_both_languages_have_every_word() -> None:
    for noun in nouns():
        assert noun.en and noun.nl and noun.nls and noun.nls != noun.nl
        assert not noun.sector or noun.sector in sectors()


@pytest.mark.parametrize(("value", "size"), [
    ("12,000", "large"), ("1.000+", "large"), ("251-1000", "large"), ("11-50", ""), ("1-10", "small"), ("49", "small"),
    ("Enterprise", "large"), ("MKB", "small"), ("medium", ""), ("middelgroot", ""), ("", ""), ("€ 2,000,000", "")])
def test_sizes_in_words_and_numbers(value: str, size: str) -> None:
    found = size_of(value)
    assert (found.en if found else "") == size


def test_countries_by_name_and_code() -> None:
    assert [trait.en if (trait := country_of(name)) else "" for name in ("NL", "Verenigd Koninkrijk", "USA", "Ruritania")] == [
        "Dutch", "British", "American", ""]


@pytest.mark.parametrize(("others", "english", "dutch"), [
    ([*rows(4, "banking", "NL")], "a Dutch bank", "een Nederlandse bank"),
    ([*rows(3, "banking", "NL"), *rows(1, "banking", "DE", "large")], "a bank", "een bank"),
    ([*rows(3, "banking", "NL"), *rows(2, "banking", "DE", "large")], "a bank", "een bank"),
    ([*rows(2, "banking", "NL", "large"), *rows(2, "banking", "DE", "large")], "a large bank", "een grote bank"),
    ([*rows(1, "banking"), *rows(3, "insurance")], "a financial company", "een financieel bedrijf"),
    ([*rows(1, "banking"), *rows(4, "mining")], "a customer", "een klant"),
])
def test_a_description_is_widened_until_five_share_it(others: list[str], english: str, dutch: str) -> None:
    known = CustomerList.of(["Kestrel Ledger | industry=Banking | country=Netherlands | size=large", *others])
    assert customer_mask(known.rows[0], known, "en") == english
    assert customer_mask(known.rows[0], known, "nl") == dutch


def test_the_suggestion_says_what_would_give_them_away() -> None:
    known = CustomerList.of(["Kestrel Ledger | industry=Banking", *rows(5, "mining")])
    _, suggestion = customer_why(known.rows[0], known, UNIT, Part.BODY, "name", 0.9, "", "en")
    assert suggestion == ("Write 'a customer', or ask their account owner. One customer of the list would fit 'a bank', "
                          "which may give them away.")
    small = CustomerList.of(["Kestrel Ledger | industry=Banking"])
    assert "Fewer than five customers are on the list" in customer_why(small.rows[0], small, UNIT, Part.BODY, "name", 0.9, "", "en")[1]


def test_a_find_is_told_in_english_and_what_to_write_in_the_language_of_the_document() -> None:
    known = CustomerList.of(["Kestrel Ledger | industry=Banking | account_owner=Pia Vermolen", *rows(5, "mining")])
    why, suggestion = customer_why(known.rows[0], known, UNIT, Part.NOTES, "name", 0.9, "", "nl")
    assert why.endswith("names a customer (Kestrel Ledger) in its notes.")
    assert suggestion.startswith("Write 'een klant', or ask their account owner, Pia Vermolen. One customer of the list")
    assert suggestion_in(suggestion, "nl") == (
        "Schrijf 'een klant', of vraag het hun accountmanager, Pia Vermolen. Bij 'een bank' past maar één klant van de lijst, en "
        "dat kan hen verraden.")
    assert suggestion_in("Leave it out.", "nl") == ""


@pytest.mark.parametrize("others", [[], rows(5, "banking"), [*rows(2, "banking"), *rows(4, "mining")]])
def test_every_suggestion_has_its_dutch(others: list[str]) -> None:
    known = CustomerList.of(["Kestrel Ledger | industry=Banking", *others])
    _, said = customer_why(known.rows[0], known, UNIT, Part.BODY, "name", 0.9, "", "nl")
    dutch = suggestion_in(said, "nl")
    assert dutch.startswith("Schrijf 'een ") and "hun accountmanager." in dutch
    assert not {"Write", "list", "customers", "which"} & set(re.findall(r"\w+", dutch))


def test_every_mask_of_a_rule_has_its_dutch() -> None:
    masks = {rule.mask for rule in catalogue().all if rule.mask}
    assert masks and not masks - set(wording("nl").masks)


@pytest.mark.parametrize(("text", "count"), [
    ("a bank", 3), ("a Dutch bank", 1), ("een Nederlandse bank", 1), ("a large German bank", 1), ("a mining company", 6),
    ("a financial company", 3), ("a customer", None), ("one of our partners", None), ("a company in the Netherlands that we know", None),
    ("a pharmacy", 0)])
def test_how_many_a_persons_words_fit(text: str, count: int | None) -> None:
    known = CustomerList.of([*rows(1, "banking", "NL"), *rows(1, "banking", "DE", "large"), *rows(1, "banking", "DE", "small"),
                             *rows(6, "mining")])
    assert sharing(text, known) == count
