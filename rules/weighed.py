"""Weighs several weak signs in one sentence, for what no single phrase gives away.

"We answer every ticket before lunch" holds no word of promise; that it speaks of us, of all, and of a time makes it one.
A weighing is data (`data/weighed/*.yaml`): slots of words with a weight each, slots that must be there, and slots that
speak against it (a question, the past, somebody else's words). The weights of the slots found are added; from the
threshold on the sentence is a hit, and from `sure` on one that holds a pack. Words are looked up once per sentence for all
weighings together, so a further word costs nothing. Sentences in which a rule of the same category already found
something are left alone: a phrase says more plainly what is wrong than a sum does.

Terms: words in small letters; `answer*` for any ending, `*kanker` for any beginning; `0` is a number, `_` up to two words
of any kind; `^` in front means the first word of the sentence ("please" and the like skipped).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from content.document import Block, Part
from content.finding import Category, Severity
from language.files import read_yaml
from language.fold import folded
from language.sentences import split
from rules.detector import Hit, Scan
from rules.haystack import plain
from rules.sentence import speaks_of_person

_DATA = Path(__file__).parent / "data" / "weighed"
_TOKEN = re.compile(r"\d[\d.,:]*|[^\W\d_]+(?:['-][^\W\d_]+)*|[%€$£?/]")
#: What may stand before the first word that counts.
_SKIPPED = frozenset({"please", "now", "then", "and", "so", "just", "but", "also", "gelieve", "en", "dan", "nu", "dus"})
_NOT_SPEECH = frozenset({Part.LINK, Part.PROPERTY, Part.EMBEDDED, Part.ATTACHMENT, Part.FOOTER, Part.MASTER})
#: In a long sentence every slot finds something sooner or later: from so many words on, each word asks for more.
_LONG, _PER_WORD = 14, 0.07
#: Longer ones are lists or code.
_LONGEST = 45
#: Paths, addresses and commands with their options are no sentences.
_PATH = re.compile(r"\\\w|://|^\S+\.\w{2,4}$|\s--?[a-z][\w-]*=[^\s\"“]+\s")
_GAP = 2
#: A name with what stands behind it, as below a quotation: "— Ada Brandt, Hall 3, Northfield".
_SIGNED = re.compile(r"[—–-]\s*[^\W\d_a-z][\w.'’-]*(?:,? (?:[^\W_a-z][\w.'’-]*|of|the|van|de|het|der|den))*\.?")


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is weighed for one rule. `needs`: of each group at least one slot must be found."""

    rule: str
    threshold: float
    sure: float
    #: What it adds that the sentence speaks of one person, without whom there is no hit; 0 does not ask.
    person: float
    weights: dict[str, float]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """One term: its words after the first, and the slot (rule, name) that it fills."""

    rest: tuple[str, ...]
    first: bool
    slot: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All terms of all weighings, by first word, by the beginning of it, by the end of it."""

    exact: dict[str, tuple[_Term, ...]]
    prefixes: dict[str, tuple[tuple[str, _Term], ...]]
    suffixes: tuple[tuple[str, _Term], ...]


class Weighed:
    """The detector for sentences that give themselves away by several weak signs."""

    name = "weighed"
    order = 30  # only where no phrase said it already

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield at most one hit per sentence and weighing."""
        weighings = weighed()
        taken = _taken(scan)
        categories = {name: scan.catalogue.rule(name).category for name in weighings if name in scan.catalogue.by_id}
        for unit, block in scan.texts():
            if block.part in _NOT_SPEECH:
                continue
            text = plain(block.text)
            for start, end in split(block.text):
                for name, slots in _slots(text[start:end]).items():
                    weighing = weighings[name]
                    if name not in categories or any(group.isdisjoint(slots) for group in weighing.needs):
                        continue
                    score = _score(weighing, slots, scan, block, start, end) - _long(text[start:end])
                    if score < weighing.threshold or _is_taken(taken, categories[name], block, start, end):
                        continue
                    sentence = block.text[start:end]
                    sure = score >= weighing.sure
                    yield Hit(name, block, unit, start, end, folded(sentence), _short(sentence),
                              min(0.85, 0.5 + 0.2 * (score - weighing.threshold)),
                              severity=None if sure else Severity.LOW)


def _score(weighing: Weighing, slots: set[str], scan: Scan, block: Block, start: int, end: int) -> float:
    """The sum of the weights found; the person, the dear part, is only looked for where it would decide."""
    score = sum(weighing.weights[slot] for slot in slots)
    if weighing.person:
        score += weighing.person
        if score >= weighing.threshold and not speaks_of_person(scan, block, start, end):
            return 0.0
    return round(score, 6)


def _long(sentence: str) -> float:
    """What is taken off for the length of a sentence."""
    return max(0, len(tokens(sentence)) - _LONG) * _PER_WORD


def tokens(sentence: str) -> list[str]:
    """The words and signs of a sentence in small letters, numbers as `0`."""
    found = _TOKEN.findall(sentence.lower())
    return ["0" if token[0].isdigit() else token for token in found]


def _slots(sentence: str) -> dict[str, set[str]]:
    """For each rule the slots that the sentence fills; empty for sentences too long to weigh."""
    words = tokens(sentence)
    found: dict[str, set[str]] = {}
    if not 1 < len(words) <= _LONGEST or _PATH.search(sentence) or _SIGNED.fullmatch(sentence.strip()):
        return found
    begin = next((index for index, word in enumerate(words) if word not in _SKIPPED), 0)
    for index, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=True)):
        for term in _terms(word):
            rest = term.rest
            if rest and rest[0] != after and rest[0][-1] not in "_*":
                continue  # most end here
            rule, slot = term.slot
            if slot in found.get(rule, ()) or (term.first and index != begin):
                continue
            if not rest or _follows(words, index + 1, rest):
                found.setdefault(rule, set()).add(slot)
    return found


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[_Term, ...]:
    """The terms that a word may begin."""
    lexicon = _lexicon()
    begun = [term for prefix, term in lexicon.prefixes.get(word[:3], ()) if word.startswith(prefix)]
    ended = [term for suffix, term in lexicon.suffixes if len(word) > 5 and word.endswith(suffix)]
    return (*lexicon.exact.get(word, ()), *begun, *ended)


def _follows(words: list[str], index: int, rest: tuple[str, ...]) -> bool:
    """Whether the words from `index` on fit the rest of a term; a gap takes the fewest words that fit."""
    if not rest:
        return True
    if rest[0] == "_":
        return any(_follows(words, index + skip, rest[1:]) for skip in range(_GAP + 1))
    if index >= len(words):
        return False
    fits = words[index].startswith(rest[0][:-1]) if rest[0].endswith("*") else words[index] == rest[0]
    return fits and _follows(words, index + 1, rest[1:])


def _taken(scan: Scan) -> dict[str, list[tuple[Category, int, int]]]:
    """What was found before, by block."""
    taken: dict[str, list[tuple[Category, int, int]]] = {}
    for hit in scan.earlier:
        if hit.block is not None:
            place = (scan.catalogue.rule(hit.rule).category, hit.start, hit.end)
            taken.setdefault(hit.block.id, []).append(place)
    return taken


def _is_taken(taken: dict[str, list[tuple[Category, int, int]]], category: Category, block: Block, start: int,
              end: int) -> bool:
    return any(kind is category and first < end and last > start for kind, first, last in taken.get(block.id, ()))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "..."


@cache
def weighed() -> dict[str, Weighing]:
    """All weighings by the rule they belong to."""
    return {weighing.rule: weighing for weighing in (_read(file)[0] for file in sorted(_DATA.glob("*.yaml")))}


@cache
def _lexicon() -> _Lexicon:
    exact: dict[str, list[_Term]] = {}
    prefixes: dict[str, list[tuple[str, _Term]]] = {}
    suffixes: list[tuple[str, _Term]] = []
    for file in sorted(_DATA.glob("*.yaml")):
        weighing, slots = _read(file)
        for slot, terms in slots.items():
            for text in terms:
                first, *rest = text.removeprefix("^").split()
                term = _Term(tuple(rest), text.startswith("^"), (weighing.rule, slot))
                if first.startswith("*"):
                    suffixes.append((first[1:], term))
                elif first.endswith("*") and len(first) > 3:
                    prefixes.setdefault(first[:3], []).append((first[:-1], term))
                else:
                    exact.setdefault(first, []).append(term)
    return _Lexicon({word: tuple(terms) for word, terms in exact.items()},
                    {word: tuple(terms) for word, terms in prefixes.items()}, tuple(suffixes))


def _read(file: Path) -> tuple[Weighing, dict[str, tuple[str, ...]]]:
    """One weighing and its terms by slot. The file is our own: a fault in it fails the tests."""
    data = cast("dict[str, object]", read_yaml(file))
    slots = cast("dict[str, dict[str, object]]", data["slots"])
    weights = {name: float(cast("float", slot["weight"])) for name, slot in slots.items()}
    needs = tuple(frozenset(group.split()) for group in cast("list[str]", data["needs"]))
    terms = {name: tuple(term.strip() for line in cast("list[str]", slot["words"]) for term in line.split(",")
                         if term.strip())
             for name, slot in slots.items()}
    weighing = Weighing(cast("str", data["rule"]), float(cast("float", data["threshold"])),
                        float(cast("float", data["sure"])), float(cast("float", data.get("person", 0))), weights, needs)
    return weighing, terms


DETECTOR = Weighed()
