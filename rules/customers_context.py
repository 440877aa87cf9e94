"""Is "Gap" the customer or the word? Capital, neighbours and place in the line decide, never a language model's veto.

Each cue adds or takes away; the reasons that counted are given in words, so that a reviewer sees why. The weights come
from what people write about companies (they sign, ask and complain; things happen at, for and with them) and from how
slides are written (a capitalised word before another one is mostly a heading). Whatever the score, nothing is hidden
here: the caller shows a low one as "possible".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from language.files import read_yaml
from rules.customers_names import LEGAL
from rules.customers_words import Words
from rules.vocabulary import dictionary, function_words

#: Characters on either side in which a cue counts.
_WINDOW = 70
_DATA = Path(__file__).parent / "data" / "company_cues.yaml"
_CONTRACTED = frozenset(
    ("let", "it", "that", "what", "who", "here", "there", "he", "she", "how", "where", "when", "why"))
_BEFORE = re.compile(r"([^\W_]+)(?:['’]s)?([^\w]*)$")
_AFTER = re.compile(r"^([^\w]*)([^\W_]*)")
_SENTENCE = re.compile(r"(?:^|[.!?…]\s+|^\s*[-•*–▪>\d.)]+\s*|[:;]\s*|\n\s*)[\"'“‘(]*$")


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that speak for or against a company, all folded to lower case."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    line: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    hosts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure (0 to 1) and because of what, in words."""

    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Around:
    """The text before and behind a word, the words next to it and what parts it from them."""

    head: str
    tail: str
    previous: str
    previous_gap: str
    gap: str
    following: str
    possessive: bool


@cache
def cues() -> Cues:
    """The cue words of all languages, from the data file."""
    raw = cast("dict[str, dict[str, str]]", read_yaml(_DATA))
    merged: dict[str, set[str]] = {}
    for lists in raw.values():
        for name, words in lists.items():
            merged.setdefault(name, set()).update(words.split())
    names = ("verbs", "nouns", "line", "prepositions", "determiners", "openers", "hosts")
    return Cues(*(frozenset(merged[name]) for name in names))


def weigh(words: Words, start: int, end: int, doubt: float = 0.0) -> Verdict:
    """Weigh a capitalised ordinary word at a span of the source; `doubt` is taken off beforehand (very long lists)."""
    known = cues()
    near = _around(words.text, *words.line(start, end), start, end)
    head, tail, previous, previous_gap, gap, following, possessive = (
        near.head, near.tail, near.previous, near.previous_gap, near.gap, near.following, near.possessive)
    line_words = {piece.lower() for piece in re.findall(r"[^\W_]+", head + " " + tail)}
    starts = bool(_SENTENCE.search(head))
    close = previous_gap.strip() == "" and previous != ""
    low, follow = previous.lower(), following.lower()
    score, reasons = 0.30 - doubt, ["it is written with a capital"]
    if starts:
        score -= 0.05
    if follow in LEGAL and gap.strip() in {"", ","}:
        return Verdict(0.95, "a legal form follows")
    titled = low == "of" and re.search(r"\b[A-Z]\w+ of $", head)  # "Ministry of Health"
    if close and low in known.prepositions and not starts and not titled:
        score += 0.27
        reasons.append(f'"{low}" stands before it')
    if possessive:
        score += 0.25
        reasons.append("it owns something")
    acting = gap == " " and follow and following[0].islower() and (
        follow in known.verbs or (follow.endswith("ed") and len(follow) > 4 and not follow.endswith("eed")))
    if acting:
        score += 0.32
        reasons.append(f'it acts ("{follow}")')
    noun = gap in {" ", "-"} and follow in known.nouns
    if noun:
        score += 0.25
        reasons.append(f'"{follow}" follows')
    cue = sorted(line_words & known.line)
    if cue and not noun:
        score += 0.26
        reasons.append(f'"{cue[0]}" stands in the line')
    if close and low in known.openers and not starts:
        score += 0.20
    if re.match(r"\s*[–—|]\s*|\s+-\s+", tail) or (re.search(r"[–—|]\s*$|\s-\s$", head) and not following):
        score += 0.17
    if not possessive and gap == " " and following and not acting and not noun:
        if following[0].isupper() and follow not in function_words():
            score -= 0.35
        elif follow in known.openers or (starts and follow in known.determiners | {"your", "our", "to"}):
            score -= 0.25
        elif follow in dictionary() and follow not in function_words():
            score -= 0.22
    if close and low in known.determiners and not noun and not possessive:
        score -= 0.20
    if close and previous[:1].isupper() and low not in function_words() and low not in known.verbs | known.line:
        score -= 0.25
    if not cue and _listed_with_words(gap, following, previous_gap, previous):
        score -= 0.20
    if _shouting(head + words.text[start:end] + tail):
        score -= 0.10
    return Verdict(max(0.02, min(0.95, round(score, 2))), " and ".join(reasons[-2:]))


def _around(text: str, left: int, right: int, start: int, end: int) -> _Around:
    """What stands on either side of a span, inside its line (`left` to `right`) and the window."""
    head, tail = text[max(left, start - _WINDOW):start], text[end:min(right, end + _WINDOW)]
    possessive = (bool(re.match(r"['’]s?\b", tail)) and text[start:end].lower() not in _CONTRACTED
                  and not re.match(r"['’](?:m|re|ll|ve|d)\b", tail))
    before, after = _BEFORE.search(head), _AFTER.match(tail[2:] if possessive else tail)
    return _Around(
        head, tail, before.group(1) if before and "\n" not in before.group(2) else "", before.group(2) if before else "",
        after.group(1) if after else "", after.group(2) if after else "", possessive)


def _listed_with_words(gap: str, following: str, previous_gap: str, previous: str) -> bool:
    """Whether the neighbours in an enumeration are ordinary words ("Discover, Define, Deliver")."""
    return (gap.startswith(",") and following.lower() in dictionary()) or (
        previous_gap.startswith(",") and previous.lower() in dictionary())


def _shouting(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 8 and all(char.isupper() for char in letters)
