"""Is "Gap" the customer or the word? Capital, neighbours and place in the line decide, never a language model's veto.

Each cue adds or takes away; the reasons that counted are given in words, so that a reviewer sees why. The weights come
from what people write about companies (they sign, ask and complain; things happen at, for and with them) and from how
slides are written (a capitalised word before another one is mostly a heading). Whatever the score, nothing is hidden
here: the caller shows a low one as "possible".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from language.files import read_yaml, word_set
from rules.customers_names import LEGAL
from rules.customers_words import Words
from rules.vocabulary import dictionary, function_words

#: Characters on either side in which a cue counts.
_WINDOW = 70
_DATA = Path(__file__).parent / "data" / "company_cues.yaml"
_CONTRACTED = frozenset(
    ("let", "it", "that", "what", "who", "here", "there", "he", "she", "how", "where", "when", "why"))
#: Characters in which the word before is looked for.
_NEXT = 32
_LINE_END = re.compile(r"[\n\r\x0b\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)*)(?:['’]s)?([^\w]*)$")
_AFTER = re.compile(r"^([^\w]*)([^\W_]*)(?: ([^\W_]+))?")
_SENTENCE = re.compile(r"(?:^|[.!?…]\s+|^\s*[-•*–▪>\d.)]+\s*|[:;]\s*|\n\s*)[\"'“‘(]*$")
_TITLED = re.compile(r"\b([A-Z]\w+) (?:of|van) $")  # "Ministry of Health"
_DASH_AFTER, _DASH_BEFORE = re.compile(r"\s*[–—|]\s*|\s+-\s+"), re.compile(r"[–—|]\s*$|\s-\s$")
_LINKED = re.compile(r"([^\W_]+),? (?:and|en|&) $")
_CLOSED = re.compile(r"\s*(?:$|[,;:.)|–—]|\(|- |\d)")
_OBJECTS = word_set(
    "the a an its their our his her your my us them me him it no every all each both some this these any "
    "de het een zijn haar hun ons onze mij hem hen geen elke alle dit deze die om")

#: At the start of a line these make a subject of the word before them ("Vision for 2030", "Progress since May").
_ABOUT = word_set("of for since to in on towards voor van op naar in sinds tussen between")

#: What comes behind one of these is not who acts ("applications in Health are"), though nobody is meant either.
_GOVERNING = word_set("in on into onto about during under over through across around per within op onder tijdens rond om")


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that speak for or against a company, all folded to lower case."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    line: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    adverbs: frozenset[str]
    hosts: frozenset[str]
    #: Several of the above at once, as they are asked for.
    events: frozenset[str]
    named: frozenset[str]
    governing: frozenset[str]
    beginnings: frozenset[str]


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
    others: list[str]
    previous: str
    previous_gap: str
    gap: str
    following: str
    second: str
    possessive: bool


@cache
def cues() -> Cues:
    """The cue words of all languages, from the data file."""
    raw = cast("dict[str, dict[str, str]]", read_yaml(_DATA))
    merged: dict[str, set[str]] = {}
    for lists in raw.values():
        for name, words in lists.items():
            merged.setdefault(name, set()).update(words.split())
    nouns, line, verbs, prepositions = merged["nouns"], merged["line"], merged["verbs"], merged["prepositions"]
    return Cues(
        frozenset(verbs), frozenset(nouns), frozenset(line), frozenset(prepositions), frozenset(merged["determiners"]),
        frozenset(merged["openers"]), frozenset(merged["adverbs"]), frozenset(merged["hosts"]),
        events=frozenset(nouns | line - prepositions), named=frozenset(nouns | line | verbs),
        governing=frozenset(prepositions | _GOVERNING), beginnings=frozenset(merged["determiners"] | {"your", "our", "to"}))


def weigh(words: Words, start: int, end: int, doubt: float = 0.0, known: Callable[[str], bool] | None = None,
          dutch: bool = False) -> Verdict:
    """Weigh a capitalised ordinary word at a span of the source.

    `doubt` is taken off beforehand (very long lists); `known` tells whether a word is a name on the list too, and is not
    given for lists on which every other word stands; `dutch` says that the text is.
    """
    cue = cues()
    near = _around(words.text, start, end)
    low, follow = near.previous.lower(), near.following.lower()
    shouting = _shouting(near.head + words.text[start:end] + near.tail)
    starts = bool(_SENTENCE.search(near.head[-_NEXT:]))
    close = near.previous_gap.strip() == "" and near.previous != ""
    title = _TITLED.search(near.head[-_NEXT:])
    titled = title is not None and title[1].lower() not in cue.events
    governed = close and not starts and low in cue.prepositions
    score, reasons = 0.30 - doubt - 0.05 * starts, ["it is written with a capital"]
    if follow in LEGAL and near.gap.strip() in {"", ","}:
        return Verdict(0.95, "a legal form follows")
    if governed and not titled:
        score += 0.27
        reasons.append(f'"{low}" stands before it')
    if near.possessive:
        score += 0.25
        reasons.append("it owns something")
    verb = _acts(near, cue, shouting, dutch)
    acting = verb and not titled and not (close and not starts and low in cue.governing)
    if acting:
        score += 0.32
        reasons.append(f'it acts ("{follow}")')
    heading = near.following[:1].isupper() and not shouting and (doubt > 0 or near.second[:1].isupper())
    noun = near.gap in {" ", "-"} and follow in cue.nouns and not heading
    if noun:
        score += 0.25
        reasons.append(f'"{follow}" follows')
    line = sorted(cue.line.intersection(map(str.lower, near.others)))
    ends = bool(_CLOSED.match(near.tail))
    event = close and ends and low in cue.events
    if event:
        score += 0.24
        reasons.append(f'"{low}" stands before it')
    elif line and not noun:
        score += 0.26
        reasons.append(f'"{line[0]}" stands in the line')
    if close and low in cue.openers and not starts:
        score += 0.20
    if _DASH_AFTER.match(near.tail) or (_DASH_BEFORE.search(near.head[-4:]) and not near.following):
        score += 0.17
    if not (near.possessive or verb or noun) and near.gap == " " and near.following:
        score -= _followed_by_words(near, cue, starts, shouting)
    if near.gap.strip() == "-" and near.following[:1].isupper() and len(near.gap) < 3:
        score -= 0.20
    if close and low in cue.determiners and not noun and not near.possessive:
        score -= 0.20
    first = near.head.lstrip(" -•*–▪>\t").startswith(near.previous)
    named = low in function_words() or (first and low in cue.named)
    if close and near.previous[:1].isupper() and not shouting and not named:
        score -= 0.25
    if known is not None and _listed(near, known):
        score += 0.27
        reasons.append("it is listed with other names")
    elif not line and _listed(near, dictionary().__contains__, several=False):
        score -= 0.20
    if not (starts or titled or (governed and doubt) or words.text[start:end].isupper()) and _stands_out(near):
        score += 0.12 if doubt else 0.22
        reasons.append("only names have capitals in this line")
    if shouting:
        score -= 0.05
    return Verdict(max(0.02, min(0.95, round(score, 2))), " and ".join(reasons[-2:]))


def _around(text: str, start: int, end: int) -> _Around:
    """What stands on either side of a span, inside its line and the window."""
    head = _LINE_END.split(text[max(0, start - _WINDOW):start])[-1]
    tail = _LINE_END.split(text[end:end + _WINDOW], maxsplit=1)[0]
    possessive = (bool(re.match(r"['’]s?\b", tail)) and text[start:end].lower() not in _CONTRACTED
                  and not re.match(r"['’](?:m|re|ll|ve|d)\b", tail))
    before, after = _BEFORE.search(head[-_NEXT:]), _AFTER.match(tail[2:] if possessive else tail)
    gap, following, second = after.groups(default="") if after else ("", "", "")
    previous, previous_gap = before.groups() if before else ("", "")
    return _Around(head, tail, _WORD.findall(head) + _WORD.findall(tail), previous, previous_gap, gap, following, second,
                   possessive)


def _acts(near: _Around, cue: Cues, shouting: bool, dutch: bool) -> bool:
    """Whether the word behind is what a company does: a verb of the list, a past form, or a form with an object."""
    follow, second = near.following.lower(), near.second.lower()
    if near.gap != " " or not follow or not (near.following[0].islower() or shouting):
        return False
    if follow in cue.verbs or (len(follow) > 4 and follow.endswith("ed") and not follow.endswith("eed")):
        return True
    if second in _OBJECTS or second.isdigit():
        if len(follow) > 3 and follow.endswith("s") and not follow.endswith(("ss", "us", "is")):
            return True  # "Bridge cuts its paper"
        if dutch and len(follow) > 3 and follow.endswith("t"):
            return True
    return dutch and len(follow) > 5 and follow.endswith(("de", "te")) and not follow.endswith("ste")


def _followed_by_words(near: _Around, cue: Cues, starts: bool, shouting: bool) -> float:
    """How much the word behind speaks for a phrase of words ("Target Audience", "Gap in the data")."""
    follow, capital = near.following.lower(), near.following[0].isupper()
    initials = len(near.following) > 1 and near.following.isupper()
    if capital and not shouting and (initials or follow not in function_words()):
        return 0.35
    if follow in cue.openers or (starts and follow in cue.beginnings):
        return 0.25
    if follow in dictionary() and follow not in function_words() and follow not in cue.adverbs:
        return 0.22
    return 0.12 if starts and follow in _ABOUT else 0.0


def _listed(near: _Around, known: Callable[[str], bool], several: bool = True) -> bool:
    """Whether the neighbours in an enumeration are known ("Shell, Visa and Bolt"); `several`: with capitals."""
    beside: list[str] = []
    if near.gap.startswith(",") and near.following:
        beside.append(near.following)
    elif near.gap == " " and near.following.lower() in {"and", "en"} and near.second and several:
        beside.append(near.second)
    if near.previous_gap.startswith(",") and near.previous:
        beside.append(near.previous)
    elif several and (linked := _LINKED.search(near.head[-_NEXT:])):
        beside.append(linked[1])
    return any(known(word.lower()) and (not several or word[0].isupper()) for word in beside)


def _stands_out(near: _Around) -> bool:
    """Whether the line is written in small letters, so that a capital inside it means a name."""
    small = [word for word in near.others if word.islower() and len(word) > 2]
    first = 1 if near.head and len(near.head) < _WINDOW else 0
    return len(small) > 1 and not any(
        word[0].isupper() and not word.isupper() and word.lower() in dictionary() for word in near.others[first:])


def _shouting(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) > 8
