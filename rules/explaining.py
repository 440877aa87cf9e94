"""Why a rule matches a text, or why it does not: the same steps as the scan, told one by one.

For rules that are data; of a detector written as code only its findings can be told. What is told quotes the text that
was asked about, so it is for the terminal of whoever asked and for nothing that is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from content.finding import Finding
from content.settings import Settings
from language.sentences import sentence_span
from rules.calibration import calibrated
from rules.catalogue import Catalogue
from rules.detector import Scan
from rules.haystack import Place, plain
from rules.loader import Compiled, compiled
from rules.patterns import FLOOR, confidence_of
from rules.rule import About, Example, Kind, Rule
from rules.sentence import around, speaks_of_person
from rules.trial import OWN_UNIT, document_of, try_example

if TYPE_CHECKING:
    from re2 import _Regexp as Regex

_DATA = (Kind.PATTERN, Kind.PHRASE, Kind.VALIDATOR, Kind.MARKING)


@dataclass(frozen=True, slots=True)
class Account:
    """What a rule makes of a text: whether it is a finding, how sure, and the steps that led there."""

    found: bool
    #: How sure the rule was before its hotwords, and after, calibrated; None when nothing matched.
    before: float | None
    after: float | None
    steps: tuple[str, ...]


def account(rule: Rule, text: str, known: Catalogue, language: str = "en") -> tuple[Account, ...]:
    """One account for each place that a pattern of the rule matches, or one that says that none does."""
    example = Example(text=text, language=language)
    findings = [found for found in try_example(example, known) if found.rule == rule.id]
    if rule.kind not in _DATA:
        return _of_code(rule, findings)
    scan = _scan(example, rule, known)
    ready = compiled(rule)
    places: dict[tuple[str, int, int], tuple[str, Place]] = {}
    for name, regex in _named(ready):
        for place in scan.hay.find(regex):
            if place.unit.number == OWN_UNIT:
                places.setdefault((place.block.id, place.start, place.end), (name, place))
    if not places:
        steps = [f"None of its {'patterns' if rule.patterns else 'terms'} matches."]
        if not scan.speaks(rule.languages):
            steps.append(f"It is for texts in {', '.join(rule.languages)}, and this one does not look it.")
        return (Account(False, None, None, tuple(steps)),)
    return tuple(_of_place(ready, name, place, scan, findings) for name, place in places.values())


def _scan(example: Example, rule: Rule, known: Catalogue) -> Scan:
    """What the engine would look at; for a rule about people with the hits of the detectors that find them."""
    from rules.customers import CustomerList
    from rules.engine import hits_of, prepared
    from rules.patterns import DETECTOR

    scan = prepared(document_of(example), CustomerList.empty(), Settings(), known, names=rule.about is About.PERSON)
    return replace(scan, earlier=tuple(hits_of(scan, before=DETECTOR.order))) if rule.about is About.PERSON else scan


def _named(ready: Compiled) -> Iterator[tuple[str, Regex]]:
    for number, regex in enumerate(ready.patterns):
        of_terms = number >= len(ready.rule.patterns)
        yield ("one of its terms" if of_terms else f"pattern {number + 1}"), regex


def _of_code(rule: Rule, findings: list[Finding]) -> tuple[Account, ...]:
    if not findings:
        return (Account(False, None, None, ("This rule is a detector written as code; it finds nothing here.",)),)
    return tuple(Account(True, found.confidence, found.confidence, (
        f"This rule is a detector written as code; it finds {_quoted(found.text)}.", found.why)) for found in findings)


def _of_place(ready: Compiled, name: str, place: Place, scan: Scan, findings: list[Finding]) -> Account:
    rule, text = ready.rule, place.block.text
    steps = [f"{name[:1].upper() + name[1:]} matches {_quoted(text[place.start:place.end])}."]
    after = _hotwords(ready, place, steps)
    stopped = _stops(ready, place, scan, steps)
    found = any(each.block == place.block.id and each.start < place.end and each.end > place.start for each in findings)
    if after < FLOOR:
        steps.append("That is too little to be worth anybody's look.")
    elif not found and not stopped:
        if not scan.speaks(rule.languages):
            steps.append(f"It is for texts in {', '.join(rule.languages)}, and this one does not look it.")
        elif rule.kind is Kind.MARKING:
            steps.append("It stands in a sentence; a mark stands alone, or between separators.")
        else:
            steps.append("Another rule has a better claim to this place.")
    return Account(found, calibrated(rule.id, rule.confidence), calibrated(rule.id, after), tuple(steps))


def _hotwords(ready: Compiled, place: Place, steps: list[str]) -> float:
    """The confidence after the words around, told as it changes. The arithmetic is that of the scan."""
    rule = ready.rule
    words = rule.hotwords
    near = around(place.block.text, place.start, place.end, words.within)
    raised, lowered = _first(ready.more, near), _first(ready.less, near)
    if raised:
        steps.append(f"The word {_quoted(raised)} near it makes it more likely.")
    elif words.more and words.required:
        steps.append(f"None of the words that must stand within {words.within} characters does: {_some(words.more)}.")
    elif words.more:
        steps.append(f"Words that would make it more likely are missing: {_some(words.more)}.")
    if lowered:
        steps.append(f"The word {_quoted(lowered)} near it makes it less likely.")
    return confidence_of(ready, place)


def _stops(ready: Compiled, place: Place, scan: Scan, steps: list[str]) -> bool:
    """Whether something about the place, the hit or its sentence rules it out."""
    from rules.validators import VALIDATORS

    rule, text = ready.rule, place.block.text
    said = plain(text[place.start:place.end])
    start, end = sentence_span(text, place.start, place.end)
    sentence = plain(text[start:end]).encode("utf-8", "replace")
    before = len(steps)
    if (rule.parts and place.block.part not in rule.parts) or place.block.part in rule.not_parts:
        steps.append(f"The rule does not look at the part {place.block.part.value}.")
    if rule.validator and not VALIDATORS[rule.validator](said):
        steps.append(f"The check {_quoted(rule.validator)} refuses it: it has the form and is none.")
    for number, regex in enumerate(ready.exclude_hit):
        if regex.search(said.encode("utf-8", "replace")):
            steps.append(f"exclude_hit {number + 1} leaves out exactly this.")
    for number, regex in enumerate(ready.exclude):
        if match := regex.search(sentence):
            steps.append(f"exclude {number + 1} stops it: the sentence says {_quoted(_text(match.group()))}.")
    for number, regex in enumerate(ready.requires):
        match = regex.search(sentence)
        steps.append(f"requires {number + 1} is met by {_quoted(_text(match.group()))}." if match
                     else f"requires {number + 1} is not met: the sentence has nothing that matches it.")
        before += bool(match)
    if rule.about is About.PERSON and not speaks_of_person(scan, place.block, start, end):
        steps.append("The sentence names no person and has no word for one.")
    return len(steps) > before


def _first(regex: Regex | None, near: bytes) -> str:
    match = regex.search(near) if regex is not None else None
    return _text(match.group(match.re.groupindex[b"hit"])) if match else ""  # bytes patterns name groups in bytes


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _some(words: tuple[str, ...]) -> str:
    return ", ".join(words[:6]) + (f" and {len(words) - 6} more" if len(words) > 6 else "")


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat if len(flat) <= 60 else flat[:57] + '...'}'"
