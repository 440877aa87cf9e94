"""What a scanner found, reduced to what is compared, and the counting: precision, recall, F2, coverage of a span.

A span counts as found when at least half of it is covered by findings of its type; a finding is right when at least half of
it lies in spans of its type. F2 weighs recall four times as much as precision, because a missed risk is published and a
false alarm costs a click (van Rijsbergen, Information Retrieval, 1979, chapter 7). Nothing here knows any scanner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from benchmarks.risk_cases import Case
from content.finding import Category

Span = tuple[int, int]
#: Types that a check digit or a fixed form decides.
STRUCTURED = ("EMAIL", "PHONE", "IBAN", "CARD", "SSN", "BSN", "IP", "URL")
_RULES = {"contact.email": "EMAIL", "contact.phone": "PHONE", "contact.url": "URL", "identifier.iban": "IBAN",
          "identifier.card": "CARD", "identifier.ssn": "SSN", "identifier.bsn": "BSN", "identifier.ip": "IP",
          "entity.person": "PERSON", "entity.cited_person": "PERSON", "entity.organisation": "ORG", "customer": "CUSTOMER",
          "credential": "SECRET"}


@dataclass(frozen=True, slots=True)
class Found:
    """One find of any scanner: a span, what it is called here, and how sure the scanner says it is."""

    start: int
    end: int
    label: str
    score: float


#: Text and the customers' names -> what a scanner found.
Scan = Callable[[str, Sequence[str]], list[Found]]


class Figure(TypedDict):
    """A row of the table; None where a scanner has nothing of the kind. `target` is `>= x` or `<= x`, or empty."""

    part: str
    name: str
    ours: float | None
    peer: float | None
    peer_sure: float | None
    target: str


def label_of(rule: str, category: Category) -> str:
    """The type of one of our findings by its rule; its category where the rule has no type of its own."""
    names = [name for name in _RULES if rule == name or rule.startswith(name + ".")]
    return _RULES[max(names, key=len)] if names else category.value


def coverage(span: Span, others: Iterable[Span]) -> float:
    """The share of a span that others cover."""
    inside = {place for start, end in others for place in range(max(start, span[0]), min(end, span[1]))}
    return len(inside) / max(1, span[1] - span[0])


@dataclass
class Tally:
    """Precision and recall of one type."""

    gold: int = 0
    found: int = 0
    flagged: int = 0
    right: int = 0

    def add(self, gold: Sequence[Span], got: Sequence[Span]) -> None:
        """Count one text."""
        self.gold += len(gold)
        self.flagged += len(got)
        self.found += sum(coverage(span, got) >= 0.5 for span in gold)
        self.right += sum(coverage(span, gold) >= 0.5 for span in got)

    @property
    def precision(self) -> float:
        """1 when nothing was flagged: nothing was wrong."""
        return self.right / self.flagged if self.flagged else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def f2(self) -> float:
        """0 when nothing was found."""
        both = 4 * self.precision + self.recall
        return 5 * self.precision * self.recall / both if both and self.flagged else 0.0


def tallied(scan: Scan, cases: Iterable[Case], labels: Sequence[str], *, also: str = "") -> dict[str, Tally]:
    """The tally of each type over all cases. Findings called `also` count as each of the types."""
    tallies = {label: Tally() for label in labels}
    for case in cases:
        found = scan(case.text, ())
        for label, tally in tallies.items():
            tally.add([(start, end) for start, end, name in case.spans if name == label],
                      sorted({(each.start, each.end) for each in found if each.label in (label, also)}))
    return tallies


def flagged(scan: Scan, cases: Iterable[Case], labels: Iterable[str]) -> int:
    """How many texts have a find of one of the types."""
    wanted = frozenset(labels)
    return sum(any(each.label in wanted for each in scan(case.text, ())) for case in cases)


def f2(precision: float, recall: float) -> float:
    """The F2 of a precision and a recall."""
    both = 4 * precision + recall
    return 5 * precision * recall / both if both else 0.0


def met(figure: Figure) -> bool | None:
    """Whether our figure reaches its target; None without one."""
    if not figure["target"] or figure["ours"] is None:
        return None
    sign, _, bound = figure["target"].partition(" ")
    return figure["ours"] >= float(bound) if sign == ">=" else figure["ours"] <= float(bound)
