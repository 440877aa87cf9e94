"""What a row of the customer list tells of a customer, and how many customers of the list share it.

A description that fewer than five customers of the list share could give away which one is meant (k-anonymity with k = 5,
after Sweeney 2002, estimated on the list alone). So a mask is widened until at least five share it: the country goes
first, then the size, then the industry for its sector, then all of it. A list of fewer than five customers cannot be
widened to five: there the industry stays, and whoever reads the suggestion is told. Wording is not made here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from language.fold import folded
from rules.customers_list import Customer, CustomerList
from rules.industries import Noun, Trait, countries, country_of, industry_of, nouns, sectors, size_of, sizes
from rules.phrases import with_e

SHARED_BY = 5


@dataclass(frozen=True, slots=True)
class Described:
    """A description: kind of company, size, country; all empty means no more than "a customer"."""

    noun: Noun | None = None
    size: Trait | None = None
    country: Trait | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The description that may be used, the telling one that was given up for it, and how many share that one."""

    used: Described
    narrow: Described | None = None
    sharing: int = 0
    small_list: bool = False


@lru_cache(maxsize=4)
def _peers(customers: CustomerList) -> Counter[Described]:
    """How many customers share a description, for every description that could be used of any of them."""
    counts: Counter[Described] = Counter()
    for row in customers.rows:
        counts.update(set(_candidates(row)))
    return counts


def _candidates(row: Customer) -> list[Described]:
    """The descriptions of a row, the most telling first."""
    noun, size, country = _kind_of(row), size_of(row.size), country_of(row.country)
    if noun is None:
        return []
    sector = sectors().get(noun.sector)
    wider = [Described(sector)] if sector else []
    found = [Described(noun, None, country), Described(noun, size), Described(noun), *wider]
    return list(dict.fromkeys(found))


def _kind_of(row: Customer) -> Noun | None:
    """The kind of company of a row; one that is called as its sector is the sector."""
    noun = industry_of(row.industry)
    sector = sectors().get(noun.sector) if noun else None
    return sector if noun and sector and sector.en == noun.en else noun


def choose(row: Customer, customers: CustomerList) -> Choice:
    """The most telling description of a row that enough customers share."""
    candidates = _candidates(row)
    if not candidates:
        return Choice(Described())
    plain = Described(_kind_of(row))
    if len(customers.rows) < SHARED_BY:
        return Choice(plain, small_list=True)
    peers = _peers(customers)
    used = next((each for each in candidates if peers[each] >= SHARED_BY), Described())
    # Widening "a Dutch bank" to "a bank" is no news; giving up the industry is.
    given_up = plain if peers[plain] < SHARED_BY else None
    return Choice(used, given_up, peers[plain] if given_up else 0)


def sharing(text: str, customers: CustomerList) -> int | None:
    """How many customers of the list fit a text in anybody's words ("a Belgian chain of pharmacies").

    None when the text says nothing of kind, size or country that the list could be asked about.
    """
    low = f" {folded(text)} "
    kind = _kind_said(low)
    adjective = next((each for each in countries()
                      if re.search(rf"\W(?:{folded(each.en)}|{folded(each.nl)}|{folded(with_e(each.nl))})\W", low)), None)
    size = next((each for each in sizes() if re.search(rf"\W(?:{each.en}|{each.nl}|{with_e(each.nl)})\W", low)), None)
    if kind is None and adjective is None:
        return None
    return sum(1 for row in customers.rows if (kind is None or _is(row, kind))
               and (adjective is None or country_of(row.country) == adjective)
               and (size is None or size_of(row.size) == size))


def _kind_said(low: str) -> Noun | None:
    """The kind that a text names: a noun as masks write it, else what the industry column would be read as."""
    said = [noun for noun in nouns() if folded(noun.en) in low or folded(noun.nl) in low]
    if said:
        return max(said, key=lambda noun: len(noun.en))
    if re.search(r"\W(?:customer|client|company|organisation|klant|bedrijf|organisatie)\W", low) and industry_of(low) is None:
        return None
    return industry_of(low)


def _is(row: Customer, kind: Noun) -> bool:
    own = industry_of(row.industry)
    sector = sectors().get(own.sector) if own else None
    return kind.en in {each.en for each in (own, sector) if each}
