"""The words that stand in the place of what is withheld: "a large retailer", "a second food company", "a colleague".

Wording comes from `data/masks.yaml` and `data/industries.yaml`; a language without wording gets English. How telling a
description may be is decided in rules/traits.py; nothing here decides whether something is withheld.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from content.document import Part, Unit
from content.finding import Category, Finding
from language.files import read_yaml
from rules.customers_list import Customer, CustomerList
from rules.phrases import articled, bare, with_article, with_e
from rules.traits import Described, choose

_DATA = Path(__file__).parent / "data" / "masks.yaml"


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one language, as the data file has it."""

    category: dict[str, str]
    rule: dict[str, str]
    other: str
    ordinals: tuple[str, ...]
    further: str
    first: str
    another: str
    somebody: str
    place: dict[str, str]
    unit: dict[str, str]
    why: str
    why_code: str
    why_possible: str
    reason: str
    suggestion: str
    suggestion_few: str
    few: dict[str, str]
    suggestion_small: str
    owner: str
    nobody: str
    #: The rules' own masks in this language; English needs none.
    masks: dict[str, str]


@cache
def wording(language: str) -> Wording:
    """The wording of a language, English where it has none."""
    raw = _raw()
    chosen = {**raw["en"], **raw.get(language, {})}

    def mapping(name: str) -> dict[str, str]:
        value = chosen.get(name)
        return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}

    ordinals = chosen["ordinals"]
    return Wording(
        mapping("category"), mapping("rule"), str(chosen["other"]), tuple(ordinals) if isinstance(ordinals, list) else (),
        str(chosen["further"]), str(chosen["first"]),
        str(chosen["another"]), str(chosen["somebody"]), mapping("place"), mapping("unit"),
        str(chosen["why"]), str(chosen["why_code"]), str(chosen["why_possible"]), str(chosen["reason"]),
        str(chosen["suggestion"]), str(chosen["suggestion_few"]), mapping("few"), str(chosen["suggestion_small"]),
        str(chosen["owner"]), str(chosen["nobody"]), mapping("masks"))


@cache
def _raw() -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", read_yaml(_DATA))


def numbered(mask: str, number: int, language: str) -> str:
    """The mask of the `number`-th unknown of the same mask: "a retailer", "a second retailer"; "another colleague"."""
    if number <= 1 or not articled(mask):
        return mask
    words = wording(language)
    if number == 2 and mask == words.category[Category.PERSON.value]:
        return f"een {words.another} {bare(mask)}" if language == "nl" else f"{words.another} {bare(mask)}"
    ordinal = words.ordinals[number - 2] if number - 2 < len(words.ordinals) else words.further
    return with_article(f"{ordinal} {bare(mask)}", language)


def the_first(mask: str, language: str) -> str:
    """The mask of the unknown that was named before another of the same mask: "a first retailer"."""
    return with_article(f"{wording(language).first} {bare(mask)}", language)


def mask_of(finding: Finding, language: str) -> str:
    """What an undecided finding that is no name of a customer becomes; '' when it is better taken out than replaced."""
    words = wording(language)
    family = finding.rule if finding.rule in words.rule else finding.rule.rpartition(".")[0]
    if family in words.rule:
        return words.rule[family]
    return words.category.get(finding.category.value, "") if (
        language == "nl" and finding.category is not Category.CUSTOMER) or not finding.mask else finding.mask


def offered(finding: Finding, language: str) -> str:
    """What a person is offered to write instead of a finding, in the language of the document."""
    return wording(language).masks.get(finding.mask, finding.mask)


def customer_mask(row: Customer, customers: CustomerList, language: str) -> str:
    """"a Dutch food company", "a large retailer", "a customer": from the row, in the document's language."""
    return phrase(choose(row, customers).used, language)


def phrase(described: Described, language: str) -> str:
    """A description in words, with its article."""
    if described.noun is None:
        return wording(language).other
    traits = [trait for trait in (described.size, described.country) if trait]
    if language != "nl":
        return with_article(" ".join([*(trait.en for trait in traits), described.noun.en]), "en")
    adjectives = [trait.nl if described.noun.article == "het" else with_e(trait.nl) for trait in traits]
    return " ".join(["een", *adjectives, described.noun.nl])


def customer_why(row: Customer, customers: CustomerList, unit: Unit, part: Part, how: str, confidence: float, reason: str,
                 language: str) -> tuple[str, str]:
    """Why a find of a customer matters and what to write instead, in words a colleague understands.

    They are English, like all that is said of a find; what to write is in the `language` of the document.
    """
    words = wording("en")
    kind = words.unit.get(unit.kind, words.unit["section"])
    where = f"{kind} {unit.number}" if unit.number and unit.kind not in {"text", "file"} else kind
    place = f" {words.place[part.value]}" if part.value in words.place else ""
    pattern = words.why_code if how == "code_name" else words.why if confidence >= 0.5 else words.why_possible
    why = pattern.format(where=where, name=row.name, place=place,
                         reason=words.reason.format(reason=reason) if reason else "")
    owner = words.owner.format(name=row.account_owner) if row.account_owner else words.nobody
    if how == "code_name":
        return why, words.suggestion.format(mask=wording(language).rule["customer.code_name"], owner=owner)
    choice = choose(row, customers)
    mask = phrase(choice.used, language)
    if choice.small_list:
        return why, words.suggestion_small.format(mask=mask, owner=owner)
    if choice.narrow is None:
        return why, words.suggestion.format(mask=mask, owner=owner)
    few = words.few["one" if choice.sharing == 1 else "several"].format(count=choice.sharing)
    return why, words.suggestion_few.format(mask=mask, owner=owner, few=few, narrow=phrase(choice.narrow, language))


def suggestion_in(text: str, language: str) -> str:
    """A suggestion of `customer_why` in another language, what it would write left as it is; '' for any other text."""
    ours, theirs = wording("en"), wording(language)
    for template, other in ((ours.suggestion_small, theirs.suggestion_small), (ours.suggestion_few, theirs.suggestion_few),
                            (ours.suggestion, theirs.suggestion)):
        found = _pattern(template).fullmatch(text)
        if not found:
            continue
        said = found.groupdict()
        owner = _pattern(ours.owner).fullmatch(said["owner"])
        said["owner"] = theirs.owner.format(name=owner["name"]) if owner else theirs.nobody
        if "few" in said:
            count = re.search(r"\d+", said["few"])
            said["few"] = theirs.few["several"].format(count=count[0]) if count else theirs.few["one"]
        return other.format(**said)
    return ""


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """A template as what it may have become."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL)
