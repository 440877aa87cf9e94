"""Finds statements that make somebody look bad, decided per sentence and target.

A sentiment score is worse here than flagging every sentence with a name in it: "fraud team" is no fraud, and "had no
backups at all" holds no bad word. So: cut the sentence into clauses, find whose clause each is, blank what only sounds
bad in a trade, look for cues of judgement, ridicule, deeds, events and states, and let verbs that put an end to something
turn it round. It asks for a look, never for a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from content.document import Block, Part, Unit
from content.finding import Category, Severity
from language.files import read_yaml
from language.fold import folded
from language.sentences import split
from rules.detector import Hit, Scan
from rules.haystack import plain

_DATA = Path(__file__).parent / "data" / "reputation.yaml"
_RULE = "reputation.named"
_CLAUSE = re.compile(
    r"\s*(?:[;:]|—|\s–\s|\s-\s|,?\s*\b(?:but|yet|although|though|whereas|while|because|since|despite|in spite "
    r"of|only after|"
    r"which is|until|maar|hoewel|terwijl|omdat|ondanks|pas nadat|unlike)\b|,\s+(?=(?:and|en|so|dus|"
    r"then)?\s*(?:we|they|it|he|she|our|their|i|ze|zij|hun|wij)\b)|"
    r",\s+(?=[\w ]{3,30} for\b))\s*",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?P<who>(?:this|that|the same|our|one|another|a certain|die|deze|dezelfde|onze|een zekere) (?:\w+ ){0,2}?"
    r"(?:customer|client of ours|account|partner|supplier|competitor|klant|leverancier|concurrent)|"
    r"the customer|de klant|our biggest client|our client|these customers|such customers|die klanten)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|their|them|it|its|he|she|his|her|ze|zij|hun|hen)\b", re.IGNORECASE)
_WE = re.compile(r"^\W*(?:and |so |then |en |dus )?(?:we|our|i|my|us|wij|onze|ons|mijn|ik)\b", re.IGNORECASE)
_GOOD = re.compile(r"\b(?:brilliant|great|excellent|wonderful|thanks|thank|proud|loved?|amazing|fantastic|best|"
                   r"happy|save[sd]?|faster|"
                   r"improved?|success\w*|won|award\w*|geweldig|uitstekend|dank\w*|tevreden)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|no|hardly|far from|isn't|wasn't|aren't|weren't|niet|nooit|"
                      r"geen)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_MENDED = re.compile(r"\b(?:made (?:it|them)|turned (?:it|them)|fixed|solved|repaired|rebuilt|replaced|recovered|and won)\b",
                     re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:for|with|at|from|to|by|about|like|voor|met|bij|van|door)\s+(?:the\s+|"
                     r"de\s+)?$", re.IGNORECASE)
#: Words of rules that ask whether a state is about the target: these need it as subject.
_NEEDS_SUBJECT = ("deed", "event", "state")
_SPEECH = frozenset({Part.LINK, Part.PROPERTY, Part.FOOTER, Part.MASTER})


@dataclass(frozen=True, slots=True)
class _Target:
    start: int
    end: int
    key: str
    label: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Lexicon:
    cues: tuple[tuple[str, re.Pattern[str]], ...]
    harmless: re.Pattern[str]
    turning: re.Pattern[str]


def _alternatives(lines: list[str]) -> str:
    words = {word.strip().strip('"') for line in lines for word in line.split(",")} - {""}
    body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\?\?", r"\d\d").replace(r"\ ", r"\s+")
                    for word in sorted(words, key=lambda word: (-len(word), word)))
    return rf"(?<![\w-])(?:{body})(?![\w-])"


@cache
def _lexicon() -> _Lexicon:
    raw = cast("dict[str, dict[str, list[str]]]", read_yaml(_DATA))
    kinds: dict[str, list[str]] = {}
    for language in ("en", "nl"):
        for kind, lines in raw[language].items():
            kinds.setdefault(kind, []).extend(lines)
    return _Lexicon(
        tuple((kind, re.compile(_alternatives(lines), re.IGNORECASE)) for kind, lines in kinds.items()),
        re.compile(_alternatives(raw["both"]["harmless"]), re.IGNORECASE),
        re.compile(_alternatives(raw["both"]["turning"]), re.IGNORECASE),
    )


class Reputation:
    """The detector for statements that make a customer, partner or competitor look bad."""

    name = "reputation"
    order = 30

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each sentence and target."""
        named: dict[str, list[_Target]] = {}
        for hit in scan.earlier:
            category = scan.catalogue.rule(hit.rule).category
            if hit.block is not None and category in (Category.CUSTOMER, Category.ORGANISATION) and hit.confidence >= 0.3:
                severity = Severity.MEDIUM if category is Category.CUSTOMER else Severity.LOW
                named.setdefault(hit.block.id, []).append(_Target(hit.start, hit.end, hit.key, hit.label, severity))
        for unit, block in scan.texts():
            if block.part not in _SPEECH and len(block.text) > 12:
                yield from _in_block(unit, block, named.get(block.id, []))


def _in_block(unit: Unit, block: Block, named: list[_Target]) -> Iterator[Hit]:
    text = plain(block.text)
    generic = [_Target(m.start("who"), m.end("who"), "generic", m.group("who"), Severity.MEDIUM)
               for m in _GENERIC.finditer(text)]
    if not named and not generic:
        return
    last: _Target | None = None
    distance = 0
    for start, end in split(block.text):
        here = [t for t in named if t.start < end and t.end > start]
        here = here or [t for t in generic if t.start < end and t.end > start]
        carried = False
        if not here and last is not None and distance < 2 and _THEY.search(text[start:end]):
            here, carried = [last], True
        done: set[str] = set()
        for target in sorted(here, key=lambda t: (t.severity is not Severity.MEDIUM, t.start)):
            if target.key in done:
                continue
            kind = _bad(text[start:end], None if carried else (target.start - start, target.end - start))
            if kind and not (target.key == "generic" and kind not in ("verdict", "ridicule", "deed")):
                done.add(target.key)
                sure = {"verdict": 0.8, "ridicule": 0.75, "deed": 0.65, "event": 0.65, "state": 0.55}[kind]
                rule = _RULE if target.key != "generic" else "reputation.unnamed"
                key = f"{target.key}|{folded(text[start:end])[:60]}"
                yield Hit(rule, block, unit, start, end, key, f"about {target.label}", sure, severity=target.severity)
        if here and not carried:
            last, distance = here[0], 0
        else:
            distance += 1


def _bad(sentence: str, target: tuple[int, int] | None) -> str:
    """The kind of cue that makes the target of a sentence look bad; '' when none does. No target: a pronoun is it."""
    lexicon = _lexicon()
    clean = lexicon.harmless.sub(lambda m: " " * len(m.group()), sentence)
    position = 0
    clauses: list[tuple[int, int]] = []
    for match in _CLAUSE.finditer(clean):
        if match.start() > position:
            clauses.append((position, match.start()))
        position = match.end()
    clauses.append((position, len(clean)))
    own_before = False
    for begin, stop in clauses:
        clause = clean[begin:stop]
        inside = target is not None and target[0] < stop and target[1] > begin
        refers = inside or bool(_THEY.search(clause)) or (target is not None and target[1] <= begin and not _WE.match(clause))
        if _WE.match(clause) and not inside and not _THEY.search(clause):
            own_before = True
            continue
        if not refers and not own_before:
            continue
        kind = _cue(clause, (target[0] - begin, target[1] - begin) if inside and target else None, lexicon)
        if kind:
            return kind
    return ""


def _cue(clause: str, target: tuple[int, int] | None, lexicon: _Lexicon) -> str:
    for kind, pattern in lexicon.cues:
        for match in pattern.finditer(clause):
            if target and target[0] < match.end() and target[1] > match.start():
                continue
            before = clause[:match.start()]
            if _NEGATED.search(before):
                continue
            if target and target[1] <= match.start() and _MENDED.search(clause[match.end():]):
                continue
            turned = lexicon.turning.search(before)
            if turned and (target is None or turned.start() >= target[0]):
                continue
            if kind in _NEEDS_SUBJECT:
                between = clause[target[1]:match.start()] if target and target[0] < match.start() else ""
                if _WE.match(clause) and not _THEY.search(between):
                    continue
                if target and target[0] > match.start() and match.group().lower() not in {"before us", "only after"}:
                    continue
                if target and _OBJECT.search(clause[:target[0]]) and _WE.match(between.strip()):
                    continue
                if match.group().lower() in {"before us", "only after", "needed", "took them"}:
                    continue
                if kind in ("event", "state") and _GOOD.search(clause):
                    continue
            elif kind == "verdict" and turned is None and _GOOD.search(clause) and re.search(r"\b(?:problem|"
                r"legacy|situation|storm)\b", clause):
                continue
            return kind
    return ""


DETECTOR = Reputation()
