"""Whom a sentence may make look bad: customers and organisations that were found, those only called "our supplier", and
words that look like a name nobody knows ("Brightwater lied to us").

The last are weak: they count only for what is said outright, and lightly. Persons and technologies are no targets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import islice

from content.finding import Category, Severity
from language.words import word_list
from rules.detector import Scan
from rules.vocabulary import Given, family, given, ordinary, technology

_ROLE = (r"competitors?|rivals?|suppliers?|vendors?|contractors?|subcontractors?|resellers?|distributors?|"
         r"agenc(?:y|ies)|concurrent(?:en)?|rivaal|rivalen|leveranciers?|aannemers?|onderaannemers?|wederverkopers?|"
         r"bureau")
_CUSTOMER = r"customers?|clients? of ours|accounts?|partners?|klant(?:en)?|opdrachtgevers?"
_GENERIC = re.compile(
    rf"\b(?P<who>(?:this|that|the same|our|one|another|a certain|die|deze|dezelfde|onze|ons|een zekere|één) "
    rf"(?:\w+ ){{0,2}}?(?:{_CUSTOMER}|client|hospital|ziekenhuis|{_ROLE})|the customer|de klant|these customers|"
    rf"such customers|die klanten|(?:the|a|this|de|het|een) (?:{_ROLE}))\b", re.IGNORECASE)
_IN_ROLE = re.compile(rf"(?:{_ROLE})$", re.IGNORECASE)
_TRADE_OF_NAME = re.compile(rf"\b(?:{_ROLE}|{_CUSTOMER}|client)\s+$", re.IGNORECASE)
#: Words before a name that make it somebody: "the consultants of Brightwater", "unlike Brightwater".
_AMONG = re.compile(r"\b(?:with|for|at|by|from|than|unlike|despite|because of|due to|people of|team of|consultants of|"
                    r"staff of|engineers of|but|while|and|because|that|when|if|since|omdat|dat|als|toen|met|voor|bij|"
                    r"door|van|dan|ondanks|maar|terwijl|en)\s+$",
                    re.IGNORECASE)
#: Names that a sentence may be about; one with more is a list.
_MOST = 4
#: Characters before a name in which words may tell what it is.
_NEAR = 40
#: A person this sure is no company.
_PERSON = 0.6
_NAME = re.compile(r"[^\W\d_a-z][\w&-]*[a-z][\w-]*(?: (?:& |and |en )?[^\W\d_a-z][\w-]*[a-z][\w-]*){0,2}(?:'s\b)?")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Grade(IntEnum):
    """How sure it is that a target is somebody."""

    SUPPOSED = 0
    UNNAMED = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody a sentence speaks of: a half-open span of the block, and the key that makes findings one group."""

    start: int
    end: int
    key: str
    label: str
    severity: Severity
    grade: Grade = Grade.NAMED
    #: Whether it is a name for certain: one word at the start of a sentence may be no name at all.
    sure: bool = True


def named(scan: Scan) -> dict[str, list[Target]]:
    """The customers and organisations that other detectors found, by block."""
    found: dict[str, list[Target]] = {}
    for hit in scan.earlier:
        category = scan.catalogue.rule(hit.rule).category
        if hit.block is None or category not in (Category.CUSTOMER, Category.ORGANISATION) or hit.confidence < 0.3:
            continue
        customer = category is Category.CUSTOMER
        sure = customer or " " in hit.block.text[hit.start:hit.end]
        found.setdefault(hit.block.id, []).append(Target(
            hit.start, hit.end, hit.key, hit.label, Severity.MEDIUM if customer else Severity.LOW, sure=sure))
    return found


def persons(scan: Scan) -> dict[str, list[tuple[int, int]]]:
    """The spans of persons' names, by block."""
    found: dict[str, list[tuple[int, int]]] = {}
    for hit in scan.earlier:
        if hit.block is None or hit.confidence < _PERSON:
            continue
        if scan.catalogue.rule(hit.rule).category is Category.PERSON:
            found.setdefault(hit.block.id, []).append((hit.start, hit.end))
    return found


def apart(targets: list[Target]) -> list[Target]:
    """The targets without organisations that lie over a customer's name."""
    customers = [target for target in targets if target.severity is Severity.MEDIUM]
    return customers + [target for target in targets if target.severity is not Severity.MEDIUM
                        and not any(target.start < other.end and target.end > other.start for other in customers)]


def unnamed(text: str, start: int, end: int) -> list[Target]:
    """Those a sentence calls by what they are to us. A customer weighs more than a supplier."""
    found = []
    for match in _GENERIC.finditer(text, start, end):
        who = match.group("who")
        severity = Severity.LOW if _IN_ROLE.search(who) else Severity.MEDIUM
        found.append(Target(*match.span("who"), "generic", who, severity, Grade.UNNAMED))
    return found


def supposed(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[Target]:
    """Words of a sentence that look like the name of a company nobody knows; `taken` spans are known to be others."""
    sentence = text[start:end]
    words = _WORD.findall(sentence)
    if len(words) < 3 or sum(word[0].isupper() for word in words) > len(words) / 2:
        return []  # a heading, or a list of names
    found = []
    for begin, stop, told in islice(_names(sentence), _MOST):
        if any(start + begin < other and start + stop > first for first, other in taken):
            continue
        name = sentence[begin:stop]
        grade = Grade.NAMED if told or " " in name else Grade.SUPPOSED
        found.append(Target(start + begin, start + stop, name.lower(), name, Severity.LOW, grade))
    return found


def _names(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of names, and whether the words before say what they are to us ("our supplier Brightwater")."""
    for match in _NAME.finditer(sentence):
        name = match.group().removesuffix("'s")
        begin, stop = match.start(), match.start() + len(name)
        before = sentence[max(0, begin - _NEAR):begin]
        told = bool(_TRADE_OF_NAME.search(before))
        parts = name.split()
        known = all(ordinary(part) or Given.CLEAR in (given(part), family(part)) for part in parts)
        if not told and (known or technology(name)):
            continue
        first = begin < _NEAR and not before.strip(" \t-•*\"'(")
        owner = match.group().endswith("'s")
        if not (first or told or owner or _AMONG.search(before)):
            continue
        if first and not told and not owner and len(parts) == 1 and _is_dutch(sentence):
            continue  # too few Dutch words are known to tell a name from the first word of a sentence
        yield begin, stop, told


def _is_dutch(sentence: str) -> bool:
    return any(word.lower() in _only_dutch() for word in _WORD.findall(sentence))


@cache
def _only_dutch() -> frozenset[str]:
    return word_list("stop", "nl") - word_list("stop", "en")
