"""Doubts about what people wrote in the place of a name: does it still give away who is meant?

A replacement is a person's decision and is carried out; what is said here goes to the run's output and the report, so
that somebody looks again. A doubt never quotes what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.cleared import Doubt
from content.finding import Category
from language.fold import folded
from rules.clearing_last import tight
from rules.clearing_needles import Finder, needles
from rules.clearing_plan import Fate, Plan, Verdict
from rules.clearing_search import Search
from rules.customers_list import CustomerList
from rules.masks import customer_mask
from rules.phrases import bare
from rules.traits import SHARED_BY, sharing

_OWN = "The replacement still holds a part of what it replaces. Use other words."
_OTHER = "The replacement names somebody else who is withheld; that name was masked. Use other words."


def doubts_of(plan: Plan, search: Search, customers: CustomerList, language: str) -> tuple[Doubt, ...]:
    """One doubt for each group and reason, in the order of the groups."""
    chosen: dict[tuple[str, str], Verdict] = {}
    for verdict in plan.verdicts:
        if verdict.fate is Fate.REPLACE:
            chosen.setdefault((verdict.finding.group, verdict.text), verdict)
    withheld = list(plan.withheld())
    found = (doubt for verdict in chosen.values() for doubt in _about(verdict, withheld, search, customers, language))
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: (doubt.group, doubt.text)))


def _about(verdict: Verdict, withheld: list[Verdict], search: Search, customers: CustomerList,
           language: str) -> Iterator[Doubt]:
    group, text = verdict.finding.group, verdict.text
    own = _names_itself(verdict)
    if own:
        yield Doubt(group=group, text=_OWN)
    others = [other for other in withheld if other.finding.group != group]
    finder = Finder(needles(others, frozenset()), [text])
    if search.words.instead[text] != text or next(finder.find(text), None) is not None:
        yield Doubt(group=group, text=_OTHER)
    row = customers.named(verdict.finding.label) if verdict.finding.category is Category.CUSTOMER else None
    if row is None or own:
        return
    count = sharing(text, customers)
    if count and count < SHARED_BY:  # none at all: the list does not know such a kind, so it cannot tell
        fit = "one customer" if count == 1 else f"only {count} customers"
        wider = customer_mask(row, customers, language)
        instead = f" Wider: '{wider}'." if folded(wider) != folded(text) else ""
        telling = bare(search.words.instead[text]) if count == 1 else ""
        yield Doubt(group=group, telling=telling, text=f"By the customer list '{search.words.instead[text]}' fits {fit}, "
                                      f"which may give them away.{instead}")


def _names_itself(verdict: Verdict) -> bool:
    """Whether a replacement has the name in it, or a telling word of the name."""
    from rules.vocabulary import dictionary

    said = folded(verdict.text)
    for source in (verdict.finding.text, verdict.finding.label):
        if len(tight(source)) >= 4 and tight(source) in tight(said):
            return True
        if verdict.finding.category in {Category.CUSTOMER, Category.PERSON, Category.ORGANISATION} and any(
                len(word) >= 4 and word not in dictionary() and word in said.split() for word in folded(source).split()):
            return True
    return False
