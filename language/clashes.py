"""What a document says in two ways: one name in two spellings, one figure with two values.

Told to the author, never mended: which of the two is right stands in no document. A name is a word that is never written
small in the document and stands inside a sentence; two of them are one in two spellings when a single letter is other and
one of them is rare. A figure is a name in capitals with an amount ("RPO of 1 hour", "RPO is 5 minutes"). What is found is
few and likely, not all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from language.numbers import numbers_in
from language.proofread import is_word

#: Letters of a name that can be told from another by one of them; of one in capitals.
_LETTERS, _CAPITALS = 6, 3
#: How often the rarer spelling stands there at most, and how many times as often the other one does; for one in capitals.
_RARE, _TIMES, _OFTEN = 2, 2, 5
_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]+(?:['’]s)?(?![\w’'-])")
_INFLECTED = re.compile(r"(?:['’]s|['’]|s|es|e|n|en)$")
#: "RPO of 1 hour", "RTO: 6 uur".
_FIGURE = re.compile(r"\b([A-Z][A-Z0-9]{1,7})\b(?:\s*[:=]\s*|\s+(?:is|was|of|van|moet|must be|should be|bedraagt)\s+)"
                     r"((?:about |at most |up to |ongeveer |hooguit )?)(?=[\w€$])", re.UNICODE)
_UNITS = {"second": 1.0, "seconde": 1.0, "minute": 60.0, "minuut": 60.0, "minuten": 60.0, "hour": 3600.0, "uur": 3600.0,
          "uren": 3600.0, "day": 86400.0, "dag": 86400.0, "dagen": 86400.0, "week": 604800.0, "weken": 604800.0}
_AFTER = re.compile(r"\s*([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two ways of saying one thing, as they stand there, with the ids of the sentences: the rarer or the later one first."""

    one: str
    other: str
    sources: tuple[str, ...]
    other_sources: tuple[str, ...]
    figure: bool = False


def clashes(said: Sequence[tuple[str, str]], language: str) -> tuple[Clash, ...]:
    """What `said`, sentences of a document as (id, text) in their order, say in two ways."""
    return (*_names(said, language), *_figures(said, language))


def _names(said: Sequence[tuple[str, str]], language: str) -> list[Clash]:
    where: dict[str, list[str]] = {}
    small: set[str] = set()
    inside: set[str] = set()
    for name, text in said:
        before = ""
        for match in _WORD.finditer(text):
            word = _INFLECTED.sub("", match[0]) if match[0].endswith(("'s", "’s")) else match[0]
            if word.islower():
                small.add(word)
            elif word[:1].isupper():
                where.setdefault(word, []).append(name)
                # After a word that is written small a capital makes a name, and not a heading or the start of a sentence.
                inside |= {word} if before.islower() and text[match.start() - 1] == " " else set()
            before = word
    count = Counter({word: len(ids) for word, ids in where.items()})
    names = sorted(word for word in count if word.lower() not in small and len(word) >= (
        _CAPITALS if word.isupper() else _LETTERS))
    found = []
    for one, other in (pair for _, group in groupby(names, key=lambda word: word[0]) for pair in combinations(group, 2)):
        if abs(len(one) - len(other)) > 1 or one.isupper() != other.isupper() or not _near(one, other):
            continue
        rare, usual = sorted((one, other), key=lambda word: (count[word], word))
        if one.isupper():
            # "WII" beside "WWI" is a slip of the finger; "XSL" and "XSS" are two things.
            unlike = count[rare] == 1 and count[usual] >= _OFTEN and set(rare) == set(usual)
        else:
            unlike = count[rare] <= _RARE and (count[usual] >= _TIMES * count[rare] or count[usual] <= _RARE)
        plain = not rare.isupper() and all(is_word(each.lower(), language) for each in (rare, usual))
        if unlike and {rare, usual} & inside and not plain:
            found.append(Clash(rare, usual, tuple(dict.fromkeys(where[rare])), tuple(where[usual][:1])))
    return found


def _near(one: str, other: str) -> bool:
    """Whether two words differ by one letter, put in, left out, changed, or two that changed places; and not by an ending."""
    if _INFLECTED.sub("", one) == _INFLECTED.sub("", other):
        return False
    one, other = sorted((one.lower(), other.lower()), key=len)
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return start < len(one) and one[start:] == other[start + 1:]
    rest = one[start + 1:] == other[start + 1:]
    swapped = one[start:start + 2] == other[start:start + 2][::-1] and one[start + 2:] == other[start + 2:]
    return start < len(one) and (rest or swapped)


def _figures(said: Sequence[tuple[str, str]], language: str) -> list[Clash]:
    first: dict[tuple[str, str], tuple[float, str, str]] = {}
    found: dict[tuple[str, str], Clash] = {}
    for name, text in said:
        for match in _FIGURE.finditer(text):
            amount = next((n for n in numbers_in(text, language) if n.start == match.end()), None)
            unit = _AFTER.match(text, amount.end) if amount else None
            if amount is None:
                continue
            word = unit[1].lower() if unit else ""
            factor = _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))
            kind = "%" if amount.percent else "time" if factor else ""
            if not kind:
                continue
            value = amount.value * (factor or 1.0)
            end = unit.end() if unit and factor else amount.end
            key, shown = (match[1], kind), text[match.start():end]
            if key not in first:
                first[key] = (value, shown, name)
            elif value != first[key][0] and key not in found:
                found[key] = Clash(shown, first[key][1], (name,), (first[key][2],), figure=True)
    return list(found.values())
