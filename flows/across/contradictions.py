"""Which pieces give another number for the same thing than a piece that is out already, or than another pack.

Precision before recall: two sentences are set side by side only when they are the same sentence but for one number. That
is: the same words that carry meaning (subject, verb, unit), the same other numbers (so the same year), another value.
What looks like a series is left alone: a subject that has two values in one pack, or many over all packs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.across.packs import PackText
from language.files import word_set
from language.numbers import Number, numbers_in
from language.words import stem, tokens, word_list

#: Words of meaning that a sentence must have beside its number and unit: fewer name no subject.
_SUBJECT = 3
#: A subject with more values than this over all packs is a series (a page, a round, an exercise).
_SERIES = 3
#: Sentences longer than this say too much for one number to be what they are about.
_LONGEST = 40
#: Words before a number that make it a name instead of an amount, and words that only soften it.
_NAMING = word_set(
    "step slide part phase chapter figure table page version level stage round week day lesson rule tip section module "
    "session question point example no number top release stap dia deel fase hoofdstuk figuur tabel pagina versie niveau "
    "ronde les regel vraag nummer punt voorbeeld")
_SOFT = word_set("about around almost nearly roughly some only just already now still approximately percent cent ongeveer "
                 "bijna nu nog al circa zowat procent")
#: Bounds are part of what is said: "more than 500" and "620" are both true.
_BOUNDS = word_set("more less fewer over under above below least most up meer minder boven onder minstens hoogstens ruim")
#: A condition or a supposition is no claim.
_SUPPOSED = word_set("if when suppose say imagine could would should might may als wanneer stel zou kan kunnen zouden")
#: Something indefinite is no subject: masks read so ("a customer"), and two of them may well be two customers.
_INDEFINITE = word_set("a an another somebody someone een iemand andere")
_CURRENCY = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF))\s?$")
_AFTER = re.compile(r"^\s?(?:[€$£¥]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b)", re.IGNORECASE)
#: Ordinals, times and dates ("3rd", "10:30", "3/4") and ranges are no single amount.
_ODD_AFTER = re.compile(r"^(?:st|nd|rd|th|e|ste|de)\b|^[:/]\d|^\s?[-\u2013\u2014]\s?\d|^\s(?:to|tot|and|en|or|of)\s\d")
_ODD_BEFORE = re.compile(r"(?:\d[:/]|\d\s?[-\u2013\u2014]\s?|\d\s(?:to|tot|and|en|or)\s|#)$")
_PERCENT = re.compile(r"^\s?(?:%|per\s?cent\b|procent\b)", re.IGNORECASE)
_YEAR = (1900.0, 2100.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a piece gives. `subject` is what has the number, in a form to compare; `text` is the sentence."""

    subject: tuple[str, ...]
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two pieces that give two numbers for one thing. `out` says that the other piece is released already."""

    pack: str
    piece: str
    text: str
    other_pack: str
    other_piece: str
    other_text: str
    out: bool
    versions: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    pack: int
    piece: str
    text: str


def contradictions(packs: Sequence[PackText], released: Sequence[PackText] = (),
                   talks: dict[str, str] | None = None) -> tuple[Contradiction, ...]:
    """Contradictions in the order of the packs.

    `released` are packs that went out before. `talks` gives for a pack the talk it is a version of: between versions the
    newer number is an update, and is marked so.
    """
    everything = (*released, *packs)
    subjects: dict[tuple[str, ...], dict[float, list[_Place]]] = {}
    for number, pack in enumerate(everything):
        for piece in pack.pieces:
            for said in piece.said:
                for claim in claims_in(said.text, pack.language):
                    places = subjects.setdefault(claim.subject, {}).setdefault(claim.value, [])
                    if len(places) < 2 and not any(place.pack == number for place in places):
                        places.append(_Place(number, piece.name, claim.text))
    found: list[tuple[int, Contradiction]] = []
    for values in subjects.values():
        if len(values) > 1 and not _series(values):
            found += _told(values, everything, len(released), talks or {})
    ordered = sorted(found, key=lambda item: (item[0], item[1].piece, item[1].text, item[1].other_pack))
    return tuple(each for _, each in ordered)


def claims_in(text: str, language: str) -> Iterator[Claim]:
    """The numbers of a sentence that say how much of something there is, each with its subject."""
    numbers = numbers_in(text, language)
    whole = frozenset(every := tokens(text))
    if not numbers or len(every) > _LONGEST or whole & _SUPPOSED or text.rstrip().endswith("?"):
        return
    stop = word_list("stop", language)
    for number in numbers:
        if not _amount(text, number) or _INDEFINITE.intersection(tokens(text[:number.start])):
            continue
        unit = _unit(text, number)
        others = tuple(sorted(f"={each.value:g}" for each in numbers if each is not number))
        rest = tokens(text[:number.start] + " " + text[number.end:])
        written = {token for each in numbers for token in tokens(text[each.start:each.end])}
        words = tuple(stem(word, language) for word in rest
                      if word not in stop and word not in _SOFT and word not in written and not word.isdigit())
        if len(set(words)) >= _SUBJECT and (unit or _follows(text, number, stop)):
            told = tuple(sorted(whole & (_BOUNDS | word_list("negation", language))))
            yield Claim((language, unit, *words, *others, *told), number.value, " ".join(text.split()))


def _amount(text: str, number: Number) -> bool:
    """Whether a number says how much; not a year, an ordinal, a date, a range or part of a name."""
    before, after = text[:number.start], text[number.end:]
    if _ODD_AFTER.match(after) or _ODD_BEFORE.search(before):
        return False
    previous = tokens(before[-24:])
    if previous and previous[-1] in _NAMING:
        return False
    plain = number.digits and not number.percent and "," not in text[number.start:number.end]
    return not (plain and _YEAR[0] <= number.value <= _YEAR[1] and not _unit(text, number))


def _unit(text: str, number: Number) -> str:
    """A percentage or a currency; other units are words, and are compared with the rest of the sentence."""
    if number.percent or _PERCENT.match(text[number.end:]):
        return "%"
    if _CURRENCY.search(text[:number.start]) or _AFTER.match(text[number.end:]):
        return "money"
    return ""


def _follows(text: str, number: Number, stop: frozenset[str]) -> bool:
    """Whether a word of meaning follows at once: the thing that is counted."""
    after = tokens(text[number.end:number.end + 30])
    return text[number.end:number.end + 1] == " " and bool(after) and after[0] not in stop and not after[0].isdigit()


def _series(values: dict[float, list[_Place]]) -> bool:
    """Whether the values belong to many things of one kind: several in one pack, or too many over all."""
    packs = [place.pack for places in values.values() for place in places]
    return len(values) > _SERIES or len(packs) != len(set(packs))


def _told(values: dict[float, list[_Place]], everything: Sequence[PackText], out: int,
          talks: dict[str, str]) -> Iterator[tuple[int, Contradiction]]:
    """Each value against the first that was said; what is out already counts as said first."""
    firsts = sorted((places[0] for places in values.values()), key=lambda place: (not _is_out(place, everything, out),
                                                                                place.pack))
    original = firsts[0]
    earlier = everything[original.pack]
    for place in firsts[1:]:
        if place.pack < out:  # two pieces that are both out were judged when the second one went out
            continue
        pack = everything[place.pack]
        same = bool(talks.get(pack.folder)) and talks.get(pack.folder) == talks.get(earlier.folder)
        yield place.pack, Contradiction(pack.folder, place.piece, place.text, earlier.folder, original.piece,
                                        original.text, _is_out(original, everything, out), same)


def _is_out(place: _Place, everything: Sequence[PackText], out: int) -> bool:
    return place.pack < out or everything[place.pack].status == "released"
