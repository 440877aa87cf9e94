"""Where a figure that waits for a decision stands once more: "€ 21 million" on a slide, "€ 21.0M" in a table, "vier procent".

Masked in one place and printed in another is not withheld. So the amounts of money and the percentages of a sentence
with a figure that weighs are sought in the whole document, in digits and in words; where one stands again is a finding of
the same group. A bare number, a small amount and a round share are the same only on the same slide, or beside a word of
the first place: four reasons are not four per cent, and ten per cent is said of many things. Nothing here judges whether
a figure is secret.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.document import Block, Unit
from content.finding import Category, Severity
from language.amounts import amounts_in
from language.numbers import numbers_in
from language.sentences import sentence_span, split
from language.words import content_words
from rules.detector import Hit, Scan
from rules.haystack import plain

RULE = "figures.again"
_SURE = 0.7
#: Below this a hit of any rule is light.
_SURE_ENOUGH = 0.5
#: From here on an amount of money is told from others by its value alone.
_MUCH = 1000
#: Figures that are not zeros at the end, from which on a bare number is told from others by its value alone.
_TELLING = 3
#: A percentage below this, or one that ends in 0 or 5, is said of many things.
_SMALL_SHARE = 10
#: Words of a number that may stand before its unit: "two hundred and twelve thousand pounds".
_WORDS = 7
_CURRENCY = r"[€$£¥]|\b(?:eur|euros?|usd|dollars?|gbp|pounds?|pond|chf|francs?)\b"
_MONEY = re.compile(_CURRENCY, re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_CURRENCY})\s?$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s?(?:{_CURRENCY})", re.IGNORECASE)
_UNIT = re.compile(rf"(?P<share>\bper\s?cent\b|\bpercent\b|\bprocent\b)|(?P<money>{_CURRENCY})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
#: What no number goes across; "#" stands for one in digits.
_STOPS = re.compile(r"[#,;:]")
_ANY = re.compile(r"\d|\b(?:per\s?cent|percent|procent|thousand|million|billion|\w*(?:duizend|miljoen|miljard))\b"
                  rf"|{_CURRENCY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text with its half-open span; `kind` is "money", "share", or "" for a bare number."""

    value: float
    kind: str
    start: int
    end: int


def said_again(hits: Sequence[Hit], scan: Scan) -> list[Hit]:
    """The hits, with one for each place where a figure that weighs stands once more, instead of a light one there."""
    wanted = _wanted(hits, scan)
    if not wanted:
        return list(hits)
    figures: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.block is not None and scan.catalogue.rule(hit.rule).category is Category.FIGURES:
            figures[hit.block.id].append(hit)
    found: list[Hit] = []
    light: set[Hit] = set()
    for unit, block in scan.texts():
        if unit.number == 0:
            continue
        for source, start, end in _places(block, unit, wanted, scan):
            here = [hit for hit in figures.get(block.id, ()) if hit.start < end and hit.end > start]
            if not any(_weighs(hit, scan) or _told(hit, scan) for hit in here):
                light.update(here)
                found.append(Hit(RULE, block, unit, start, end, source.key, source.label, min(_SURE, source.confidence),
                                 severity=source.severity or scan.catalogue.rule(source.rule).severity))
    return [hit for hit in hits if hit not in light] + found


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An amount that is sought, with the hit it belongs to and the words that stand beside it."""

    amount: Amount
    hit: Hit
    words: frozenset[str]


def _weighs(hit: Hit, scan: Scan) -> bool:
    return (hit.severity or scan.catalogue.rule(hit.rule).severity).at_least(Severity.MEDIUM)


def _told(hit: Hit, scan: Scan) -> bool:
    """Whether a figure weighs nothing because it is that of an exercise or a study."""
    return hit.severity is Severity.LOW and hit.confidence >= _SURE_ENOUGH and (
        scan.catalogue.rule(hit.rule).severity.at_least(Severity.MEDIUM))


def _wanted(hits: Sequence[Hit], scan: Scan) -> dict[float, list[_Wanted]]:
    """The amounts of every sentence with a figure that weighs, by their value."""
    wanted: dict[float, list[_Wanted]] = defaultdict(list)
    for hit in sorted((hit for hit in hits if hit.block is not None), key=lambda hit: (hit.unit.number, hit.start, hit.end)):
        if scan.catalogue.rule(hit.rule).category is Category.FIGURES and _weighs(hit, scan) and hit.block is not None:
            language = scan.tongue(hit.block)
            start, end = sentence_span(hit.block.text, hit.start, hit.end)
            words = content_words(hit.block.text[start:end], language)
            for amount in amounts(hit.block.text, start, end, language, scan.language):
                inside = amount.start < hit.end and amount.end > hit.start
                money = "money" in hit.rule and inside
                if amount.kind or (money and amount.value >= _MUCH):
                    kind = Amount(amount.value, amount.kind or "money", amount.start, amount.end)
                    wanted[amount.value].append(_Wanted(kind, hit, words))
    return wanted


def _places(block: Block, unit: Unit, wanted: dict[float, list[_Wanted]], scan: Scan) -> Iterator[tuple[Hit, int, int]]:
    """Each sentence of a block in which one of the amounts stands: the hit that it belongs to, and the amount's span."""
    if not _ANY.search(block.text):
        return
    language = scan.tongue(block)
    for start, end in split(block.text):
        sentence = plain(block.text[start:end])
        if not _ANY.search(sentence):
            continue
        for amount in amounts(block.text, start, end, language, scan.language):
            for each in wanted.get(amount.value, ()):
                if each.hit.block is not None and each.hit.block.id == block.id and (
                        each.amount.start < amount.end and each.amount.end > amount.start):
                    break
                if _same(each, amount, unit, sentence, language):
                    yield each.hit, amount.start, amount.end
                    break


def _same(wanted: _Wanted, amount: Amount, unit: Unit, sentence: str, language: str) -> bool:
    """Whether an amount elsewhere is the one that is sought, and not another of the same size."""
    kind = wanted.amount.kind
    if amount.kind and amount.kind != kind:
        return False
    if kind == "share":
        alone = bool(amount.kind) and ((amount.value % 5 != 0 and amount.value >= _SMALL_SHARE) or amount.value % 1 != 0)
    elif amount.kind:
        alone = amount.value >= _MUCH
    else:
        alone = amount.value >= 10 * _MUCH and len(f"{amount.value:.0f}".rstrip("0")) >= _TELLING
    if alone:
        return True
    if not amount.kind and (kind == "share" or amount.value < _MUCH):
        return False
    return unit is wanted.hit.unit or bool(wanted.words & content_words(sentence, language) - _numerals(sentence))


def _numerals(sentence: str) -> frozenset[str]:
    """What in a sentence is itself a number or its unit, which two places share as soon as the amount is the same."""
    return frozenset(word for word in re.findall(r"\w+", sentence.lower()) if any(char.isdigit() for char in word)
                     or _ANY.fullmatch(word) or amounts_in(word) or amounts_in(word, "nl")) | {"cent", "per", "eur", "euro"}


def amounts(text: str, start: int, end: int, language: str, other: str = "") -> list[Amount]:
    """The amounts of one sentence of a text, in digits and in words; a number of words has its unit behind it.

    `other` is the language of the document, as a short sentence may be in that one after all.
    """
    sentence = plain(text[start:end])
    found = []
    for number in numbers_in(sentence, language):
        if not number.digits:
            continue
        money = _BEFORE.search(sentence, max(0, number.start - 5), number.start) or _BEHIND.match(sentence, number.end)
        kind = "share" if number.percent else ("money" if money else "")
        found.append(Amount(round(number.value, 4), kind, start + number.start, start + number.end))
    for tongue in dict.fromkeys((language, other or language)):
        found += [Amount(value, kind, start + left, start + right)
                  for value, kind, left, right in _in_words(sentence, tongue)]
    return found


def _in_words(sentence: str, language: str) -> Iterator[tuple[float, str, int, int]]:
    """Amounts in words before their unit ("vier procent"), and large ones without ("twenty-one million")."""
    for number in numbers_in(sentence, language):
        if number.digits:  # the "million" of "2.3 million" is no number of its own
            sentence = sentence[:number.start] + "#" * (number.end - number.start) + sentence[number.end:]
    taken = set()
    for unit in _UNIT.finditer(sentence):
        best: tuple[float, int] | None = None
        for word in reversed(list(_WORD.finditer(sentence, 0, unit.start()))[-_WORDS:]):
            before = sentence[word.start():unit.start()]
            said = amounts_in(before, language)
            if len(said) > 1 or (best and not said) or _STOPS.search(before):
                break
            if said and (best is None or best[0] not in said):
                best = (next(iter(said)), word.start())
        if best:
            taken.add(best[0])
            yield best[0], "share" if unit["share"] else "money", best[1], unit.end()
    for value in sorted(amounts_in(sentence, language) - taken):
        if value >= 10 * _MUCH:
            yield value, "", 0, len(sentence)
