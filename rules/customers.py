"""Customers' names in a document: every spelling of everybody on the list, one group for each customer.

Exact spellings and slips of the pen come from rules/customers_match.py; here the whole document is looked at, because an
acronym or a first word counts only once the full name stands somewhere in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from content.document import Block, Unit
from content.finding import Severity
from language.fold import folded
from rules.customers_document import settled
from rules.customers_found import Match, without_overlaps
from rules.customers_lens import lens_of
from rules.customers_list import Customer, CustomerList
from rules.customers_load import load_customers
from rules.customers_match import matches
from rules.customers_short import short_forms, wanted_forms
from rules.customers_split import split_names
from rules.customers_words import words_of
from rules.detector import Hit, Scan
from rules.masks import customer_mask, customer_why

__all__ = ["DETECTOR", "Customer", "CustomerList", "CustomerRule", "find_customers", "load_customers"]

#: A find of this confidence is sure enough to look for short forms of the customer.
_SURE = 0.5
_MEDIUM = 0.35


def find_customers(texts: Sequence[str], customers: CustomerList, named: Sequence[int] = ()) -> list[list[Match]]:
    """The customers in each text of one document, short forms included, in the order of the texts.

    `named` are row numbers of customers whose full name is known to stand elsewhere in the document.
    """
    if not customers.rows:
        return [[] for _ in texts]
    index = customers.index
    found = [matches(text, index) for text in texts]
    known = sorted({*named, *(match.owner for each in found for match in each if match.confidence >= _SURE)})
    wanted = wanted_forms(index, known)
    if wanted:
        for number, text in enumerate(texts):
            more = list(short_forms(words_of(text), wanted, lens_of(index)))
            if more:
                found[number] = without_overlaps(found[number] + more)
    return settled(texts, found)


def severity_of(confidence: float) -> Severity:
    """High when sure, medium when likely, low when only possible."""
    if confidence >= 0.6:
        return Severity.HIGH
    return Severity.MEDIUM if confidence >= _MEDIUM else Severity.LOW


@dataclass(frozen=True, slots=True)
class CustomerRule:
    """The detector of customers' names."""

    name: str = field(default="customers")
    order: int = field(default=0)

    def find(self, scan: Scan) -> Iterator[Hit]:
        """Every spelling of every customer on the list, and titles of units that stand in no block."""
        if not scan.customers.rows:
            return
        places = list(scan.texts())
        texts = [block.text for _, block in places]
        found = find_customers(texts, scan.customers)
        halves = list(split_names(places, found, scan.customers.index))
        labels = scan.customers.labels(texts, found, halves)
        for (unit, block), each in zip(places, found, strict=True):
            for match in each:
                yield _hit(scan, unit, block, match, labels)
        for half in halves:
            unit, block = places[half.number]
            yield _hit(scan, unit, block, Match(half.start, half.end, half.owner, "split", half.confidence,
                                                "a line break stands in it"), labels)


def _hit(scan: Scan, unit: Unit, block: Block, match: Match, labels: Mapping[int, str]) -> Hit:
    row = scan.customers.row(match.owner, labels.get(match.owner, ""))
    why, suggestion = customer_why(row, scan.customers, unit, block.part, match.how, match.confidence, match.reason,
                                   scan.language)
    return Hit(
        rule=f"customer.{match.how}", block=block, unit=unit, start=match.start, end=match.end, key=folded(row.name),
        label=row.name, confidence=match.confidence, why=why, suggestion=suggestion,
        mask="" if match.how == "code_name" else customer_mask(row, scan.customers, scan.language),
        severity=severity_of(match.confidence))


DETECTOR = CustomerRule()
