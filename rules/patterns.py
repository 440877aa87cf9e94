"""Runs every rule that is data alone: patterns, phrases and validators with hotwords, requirements and exclusions.

The whole document is searched at once per pattern (see haystack); what a rule asks of the sentence is looked at only
for the few places that matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from content.finding import Category, Severity
from language.fold import folded
from language.sentences import sentence_span
from rules.detector import Hit, Scan
from rules.haystack import Place, plain
from rules.loader import Compiled
from rules.rule import About, Kind, Rule
from rules.sentence import around, speaks_of_person
from rules.validators import VALIDATORS

if TYPE_CHECKING:
    from re2 import _Regexp as Regex

#: Below this a hit is not worth a person's look.
FLOOR = 0.3
#: What a hotword adds or takes.
_RAISE, _LOWER = 0.15, 0.66
#: Named by what they are, never by what they say.
_SECRET = frozenset({Category.CREDENTIAL, Category.IDENTIFIER})


class Patterns:
    """The detector for all rules of the kinds pattern, phrase and validator."""

    name = "patterns"
    order = 20  # some rules ask whether the sentence names a person

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield the hits of every data rule."""
        for ready, patterns in scan.catalogue.sieve.left(scan.hay, Kind.PATTERN, Kind.PHRASE, Kind.VALIDATOR):
            if scan.speaks(ready.rule.languages):
                yield from _run(ready, patterns, scan)


def _run(ready: Compiled, patterns: Sequence[Regex], scan: Scan) -> Iterator[Hit]:
    rule = ready.rule
    # what must stand near a hit must stand somewhere: most rules end here
    if rule.hotwords.required and ready.more and not ready.more.search(scan.hay.data):
        return
    if not all(regex.search(scan.hay.data) for regex in ready.requires):
        return
    for pattern in patterns:
        for place in scan.hay.find(pattern):
            block = place.block
            if (rule.parts and block.part not in rule.parts) or block.part in rule.not_parts:
                continue
            hit = _judge(ready, place, scan)
            if hit:
                yield hit


def _judge(ready: Compiled, place: Place, scan: Scan) -> Hit | None:
    rule, block = ready.rule, place.block
    text = block.text[place.start:place.end]
    confidence = confidence_of(ready, place)
    if confidence < FLOOR:
        return None
    value: str | None = folded(text)
    if rule.validator:
        value = VALIDATORS[rule.validator](plain(text))
    if not value:
        return None
    if rule.validator and value and len(value) < len(text) and plain(text).startswith(value):
        # the validator took a closing bracket or full stop off
        place = replace(place, end=place.start + len(value))
        text = text[:len(value)]
    raw = plain(text).encode("utf-8", "replace")
    if any(regex.search(raw) for regex in ready.exclude_hit):
        return None
    start, end = sentence_span(block.text, place.start, place.end)
    sentence = plain(block.text[start:end]).encode("utf-8", "replace")
    if any(regex.search(sentence) for regex in ready.exclude):
        return None
    if not all(regex.search(sentence) for regex in ready.requires):
        return None
    if rule.about is About.PERSON and not speaks_of_person(scan, block, start, end):
        return None
    if not rule.sentence:
        start, end = place.start, place.end
    label = _label(rule, block.text[start:end])
    mask = rule.mask.format_map(_Empty(place.groups)) if "{" in rule.mask else rule.mask
    severity = rule.severity if confidence >= 0.5 else Severity.LOW
    return Hit(rule.id, block, place.unit, start, end, value if rule.validator else folded(block.text[start:end]), label,
               confidence, mask=mask, severity=severity)


def confidence_of(ready: Compiled, place: Place) -> float:
    """The rule's confidence after the words near a place; 0 where a word that must be there is not."""
    words = ready.rule.hotwords
    confidence = ready.rule.confidence
    if not ready.more and not ready.less:
        return confidence
    near = around(place.block.text, place.start, place.end, words.within)
    if ready.more:
        if ready.more.search(near):
            confidence = min(0.99, confidence + _RAISE)
        elif words.required:
            return 0.0
    if ready.less and ready.less.search(near):
        confidence -= _LOWER
    return max(0.0, confidence)


def _label(rule: Rule, text: str) -> str:
    if rule.category in _SECRET:
        return rule.id.rpartition(".")[2].replace("_", " ")
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "..."


class _Empty(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


DETECTOR = Patterns()
