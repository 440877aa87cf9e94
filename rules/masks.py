"""The words that stand in the place of what is withheld: "a large retailer", "a second food company", "a colleague".

All wording comes from `data/masks.yaml`, by language; a language without wording gets English. A description is only as
specific as at least five customers of the list share, so that it does not identify on its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from content.document import Part, Unit
from content.finding import Category, Finding
from language.files import read_yaml
from language.fold import folded
from rules.customers_list import Customer, CustomerList

_DATA = Path(__file__).parent / "data" / "masks.yaml"
_SHARED_BY = 5
_ARTICLE = re.compile(r"^(?:an?|een)\s+", re.IGNORECASE)
_HOUR = re.compile(r"^(?:hour|heir|honest|honour)", re.IGNORECASE)
_YOU = re.compile(r"^(?:uni(?!n)|eu|one\b|us[ae]|ut[ei]|ub)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one language, as the data file has it."""

    category: dict[str, str]
    rule: dict[str, str]
    other: str
    ordinals: tuple[str, ...]
    further: str
    sizes: dict[str, tuple[str, ...]]
    industries: dict[str, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]
    place: dict[str, str]
    unit: dict[str, str]
    why: str
    why_code: str
    why_possible: str
    reason: str
    suggestion: str
    suggestion_few: str
    owner: str
    nobody: str


@cache
def wording(language: str) -> Wording:
    """The wording of a language, English where it has none."""
    raw = _raw()
    chosen = raw.get(language) or raw["en"]

    def mapping(name: str) -> dict[str, str]:
        value = chosen[name]
        return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}

    def lists(name: str) -> dict[str, tuple[str, ...]]:
        value = chosen[name]
        return {str(key): tuple(map(str, item)) for key, item in value.items()} if isinstance(value, dict) else {}

    ordinals = chosen["ordinals"]
    return Wording(
        mapping("category"), mapping("rule"), str(chosen["other"]), tuple(ordinals) if isinstance(ordinals, list) else (),
        str(chosen["further"]), lists("sizes"), lists("industries"), lists("countries"), mapping("place"), mapping("unit"),
        str(chosen["why"]), str(chosen["why_code"]), str(chosen["why_possible"]), str(chosen["reason"]),
        str(chosen["suggestion"]), str(chosen["suggestion_few"]), str(chosen["owner"]), str(chosen["nobody"]))


@cache
def _raw() -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", read_yaml(_DATA))


def article(noun: str) -> str:
    """"a" or "an" before an English noun phrase."""
    vowel = noun[:1].lower() in set("aeiou") or bool(_HOUR.match(noun))
    return "an" if vowel and not _YOU.match(noun) else "a"


def bare(mask: str) -> str:
    """A mask without its article."""
    return _ARTICLE.sub("", mask)


def numbered(mask: str, number: int, language: str) -> str:
    """The mask of the `number`-th unknown that has the same mask: "a retailer", "a second retailer", ..."""
    if number <= 1 or not _ARTICLE.match(mask):
        return mask
    words = wording(language)
    ordinal = words.ordinals[number - 2] if number - 2 < len(words.ordinals) else words.further
    noun = f"{ordinal} {bare(mask)}"
    return f"een {noun}" if language == "nl" else f"{article(noun)} {noun}"


def mask_of(finding: Finding, language: str) -> str:
    """What an undecided finding becomes; '' when it is better taken out than replaced."""
    words = wording(language)
    family = finding.rule if finding.rule in words.rule else finding.rule.rpartition(".")[0]
    if family in words.rule:
        return words.rule[family]
    return words.category.get(finding.category.value, "") if (
        language == "nl" and finding.category is not Category.CUSTOMER) or not finding.mask else finding.mask


@lru_cache(maxsize=4096)
def _traits(row: Customer) -> tuple[str, str, str]:
    """Industry, size and country of a row as the keys of the English wording; '' where unknown."""
    words = wording("en")
    industry = next((noun for noun, hints in words.industries.items() if _hints(row.industry, hints)), "")
    digits = [int(number) for number in re.findall(r"\d+", row.size.replace(",", "").replace(".", ""))]
    size = "large" if digits and max(digits) >= 1000 else next(
        (name for name, hints in words.sizes.items() if _hints(row.size, hints)), "")
    place = folded(row.country)
    country = next((name for name, hints in words.countries.items() if place in hints), "")
    return industry, size, country


def _hints(value: str, hints: tuple[str, ...]) -> bool:
    low = folded(value)
    return bool(low) and any(re.search(rf"(?<![a-z]){re.escape(hint)}", low) for hint in hints)


@lru_cache(maxsize=4)
def _peers(customers: CustomerList) -> Counter[tuple[str, str, str]]:
    """How many customers share a description, for every description that leaves size or country out."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in customers.rows:
        industry, size, country = _traits(row)
        counts.update({(industry, size, country), (industry, "", country), (industry, size, ""), (industry, "", "")})
    return counts


def _description(row: Customer, customers: CustomerList) -> tuple[tuple[str, str, str], bool]:
    """The most telling description that enough customers share, and whether enough do."""
    industry, size, country = _traits(row)
    if not industry:
        return ("", "", ""), True
    peers = _peers(customers)
    for candidate in ((industry, "", country), (industry, size, ""), (industry, "", "")):
        if (candidate[1] or candidate[2] or candidate == (industry, "", "")) and peers[candidate] >= _SHARED_BY:
            return candidate, True
    return (industry, "", ""), len(customers.rows) < _SHARED_BY


def customer_mask(row: Customer, customers: CustomerList, language: str) -> str:
    """"a Dutch food company", "a large retailer", "a customer": from the row, in the document's language."""
    (industry, size, country), _ = _description(row, customers)
    words = wording(language)
    if not industry:
        return words.other
    if language != "nl":
        noun = " ".join(part for part in (size, country, industry) if part)
        return f"{article(noun)} {noun}"
    english = wording("en")
    noun, _, gender = list(words.industries)[list(english.industries).index(industry)].partition("|")
    adjectives = [list(words.sizes)[list(english.sizes).index(size)]] if size else []
    adjectives += [list(words.countries)[list(english.countries).index(country)]] if country else []
    return " ".join(["een", *(_inflected(word, gender) for word in adjectives), noun])


def _inflected(adjective: str, gender: str) -> str:
    """The Dutch adjective after "een": with an e before a de-word."""
    if gender == "het":
        return adjective
    odd = {"groot": "grote", "Fins": "Finse", "Canadees": "Canadese", "Portugees": "Portugese", "Chinees": "Chinese"}
    return odd.get(adjective, adjective + "e")


def customer_why(row: Customer, customers: CustomerList, unit: Unit, part: Part, how: str, confidence: float, reason: str,
                 language: str) -> tuple[str, str]:
    """Why a find of a customer matters and what to write instead, in words a colleague understands."""
    words = wording(language)
    kind = words.unit.get(unit.kind, words.unit["section"])
    where = f"{kind} {unit.number}" if unit.number and unit.kind not in {"text", "file"} else kind
    place = f" {words.place[part.value]}" if part.value in words.place else ""
    pattern = words.why_code if how == "code_name" else words.why if confidence >= 0.5 else words.why_possible
    why = pattern.format(where=where, name=row.name, place=place,
                         reason=words.reason.format(reason=reason) if reason else "")
    owner = words.owner.format(name=row.account_owner) if row.account_owner else words.nobody
    _, shared = _description(row, customers)
    mask = words.rule["customer.code_name"] if how == "code_name" else customer_mask(row, customers, language)
    return why, (words.suggestion if shared else words.suggestion_few).format(mask=mask, owner=owner)
