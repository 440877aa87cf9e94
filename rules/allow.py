"""Takes out the hits that deckprism.toml allows, and those on the company's own names, before anything competes.

An allowed text covers hits that lie within a place where it stands as whole words: with "Lighthouse Award" allowed, a
customer called Lighthouse is no finding in "the Lighthouse Award" and stays one beside it. Secrets and steering texts
are allowed only by a text that names their rule or category, and only when the whole hit is that text. A pattern never
allows them, and one that would match names nobody thought of is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from content.allowing import GUARDED, Allow, Allowance
from content.errors import BadSettings
from content.finding import Category
from content.settings import Profile, Settings
from language.fold import Folded, fold, folded, inside_word
from rules.catalogue import Catalogue
from rules.detector import Hit
from rules.haystack import plain

if TYPE_CHECKING:
    from re2 import _Regexp as Regex

_WHERE = "deckprism.toml, allow"
_NAMES = (Category.CUSTOMER, Category.ORGANISATION, Category.PERSON)
#: What may join two names of the company's own.
_SMALL = frozenset({"of", "at", "from", "by", "and", "the", "a", "for", "van", "bij", "en", "de", "het", "een",
                    "voor", "uit"})
_POSSESSIVE = ("'s", "’s", "'", "’")
#: Made-up texts of many shapes. A pattern that matches one of them would allow what nobody has thought of.
_PROBES = (
    "vrumqel", "Vrumqel", "Ostdik Vrumqel", "Jaxomir van der Zwelb", "QZV", "Zwelbrook & Quist Ltd", "vrumqel-7x",
    "the vrumqel of ostdik", "Plogarth will hand over its zwelb by the end of June.", "ostdik@plogarth.example",
    "https://plogarth.example/zwelb", "@plogarth", "#Zwelb", "plogarth.example", "83", "5719", "718-204-553",
    "+83 71 820 45 53", "GX83 PLOG 7182 0455 31", "€ 83.71 million", "71 %", "71,8", "ßœ", "плогарт",
)


@dataclass(frozen=True, slots=True)
class _Text:
    """An allowed text, folded; `what` is what it covers, None for a name of the company's own."""

    text: str
    what: Allowance | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is allowed on the day, ready to look for."""

    texts: tuple[_Text, ...]
    patterns: tuple[tuple[Regex, Allowance], ...]


def without_allowed(hits: Sequence[Hit], settings: Settings, known: Catalogue) -> list[Hit]:
    """The hits that nothing allows, in their order.

    Raises BadSettings for a pattern that is broken or too broad, and for a rule that does not exist.
    """
    ready = check_allow(settings, known)
    if not ready.texts and not ready.patterns:
        return list(hits)
    texts: dict[str, Folded] = {}
    kept: list[Hit] = []
    for hit in hits:
        if hit.block is None:
            kept.append(hit)
            continue
        if hit.block.id not in texts:
            texts[hit.block.id] = fold(hit.block.text)
        if not _allowed(hit, texts[hit.block.id], ready, known):
            kept.append(hit)
    return kept


def check_allow(settings: Settings, known: Catalogue) -> _Ready:
    """What is allowed, checked. Raises BadSettings naming the entry, counted from 1."""
    return _ready(settings.allow, settings.allow.on(settings.on), _own(settings.profile), frozenset(known.by_id),
                  frozenset(rule.id for rule in known.all if rule.category in GUARDED))


def _own(profile: Profile) -> tuple[str, ...]:
    return tuple(text for text in map(folded, profile.own()) if len(text) >= 2)


@lru_cache(maxsize=16)
def _ready(given: Allow, today: Allow, own: tuple[str, ...], ids: frozenset[str], guarded: frozenset[str]) -> _Ready:
    for number, each in enumerate(given.texts, start=1):
        _check_rules(each, ids, f"{_WHERE}.texts, entry {number}")
    # what has run out is checked too: a list must not break on the day it is mended
    compiled = {each.pattern: _compiled(each.pattern, f"{_WHERE}.patterns, entry {number}")
                for number, each in enumerate(given.patterns, start=1)}
    for number, pattern in enumerate(given.patterns, start=1):
        where = f"{_WHERE}.patterns, entry {number}"
        _check_rules(pattern, ids, where)
        if named := sorted(guarded.intersection(pattern.rules)):
            raise BadSettings(where, f"{named[0]} cannot be allowed by a pattern",
                              "Name the exact texts under allow.texts")
    texts = [_Text(text, None) for text in own]
    texts += [_Text(folded(each.text), each) for each in today.texts]
    return _Ready(tuple(each for each in texts if each.text),
                  tuple((compiled[each.pattern], each) for each in today.patterns))


def _check_rules(each: Allowance, ids: frozenset[str], where: str) -> None:
    for rule in each.rules:
        if rule not in ids:
            raise BadSettings(where, "names a rule that does not exist", "`deckprism rules list` shows all")


def _compiled(pattern: str, where: str) -> Regex:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        made = re2.compile(rf"\A(?:{pattern})\z".encode(), options)
    except re2.error:
        raise BadSettings(where, "has a pattern that google-re2 refuses",
                          "Look-around and back references are not allowed") from None
    if made.search(b"") or any(made.search(probe.encode()) for probe in _PROBES):
        raise BadSettings(where, "matches names and numbers that nobody has seen yet",
                          "Write out more of what is allowed, or list the texts under allow.texts")
    return made


def _allowed(hit: Hit, text: Folded, ready: _Ready, known: Catalogue) -> bool:
    assert hit.block is not None
    category = known.rule(hit.rule).category
    said = hit.block.text[hit.start:hit.end]
    if category in _NAMES and _only_own(hit, text, [each.text for each in ready.texts if each.what is None]):
        return True
    for each in ready.texts:
        if each.what is not None and each.what.covers(hit.rule, category) and (
                folded(said) == each.text if category in GUARDED else _within(hit, text, each.text)):
            return True
    if category in GUARDED or not said:
        return False
    raw = plain(said).encode("utf-8", "replace")
    return any(what.covers(hit.rule, category) and bool(regex.search(raw)) for regex, what in ready.patterns)


def _only_own(hit: Hit, text: Folded, own: Sequence[str]) -> bool:
    """Whether a hit is made of the company's own names and nothing but small words between them."""
    assert hit.block is not None
    places = [place for name in own for place in _places(hit, text, name)]
    if any(start <= hit.start and hit.end <= end for start, end in places):
        return True
    taken = [(start, end) for start, end in places if hit.start <= start and end <= hit.end]
    if not taken:
        return False
    left = "".join(" " if any(start <= at < end for start, end in taken) else hit.block.text[at]
                   for at in range(hit.start, hit.end))
    return all(word.lower() in _SMALL for word in left.replace("&", " ").replace(",", " ").split())


def _within(hit: Hit, text: Folded, wanted: str) -> bool:
    """Whether a hit lies in a place where a text stands as whole words, a possessive counted with it."""
    return any(start <= hit.start and hit.end <= end for start, end in _places(hit, text, wanted))


def _places(hit: Hit, text: Folded, wanted: str) -> Iterator[tuple[int, int]]:
    assert hit.block is not None
    at = text.text.find(wanted)
    while at >= 0:
        stop = at + len(wanted)
        if not inside_word(text.text, at) and not inside_word(text.text, stop):
            start, end = text.span(at, stop)
            after = hit.block.text[end:end + 2]
            yield start, end + next((len(tail) for tail in _POSSESSIVE if after.startswith(tail)), 0)
        at = text.text.find(wanted, at + 1)
