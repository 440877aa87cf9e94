"""Sentences that go with a private one: "His answers grew shorter", "We saw it in the figures".

Where a sentence tells something private and is taken out, what points back into it stays as a hint. Such a sentence is a
finding of the same group, so that both are kept or go together. A pronoun for a person points back until somebody else is
spoken of; "it" and "that" only in the very next sentence, and only where no thing was named before them. Nothing here
finds a private sentence, and a plain name is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from content.document import Block, Part, Unit
from content.finding import Category, Severity
from language.sentences import split
from rules.catalogue import Catalogue
from rules.detector import Hit, Scan
from rules.haystack import plain
from rules.sentence import ROLE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RULE = "private.follows"
_SURE = 0.7
#: Sentences between that speak of nobody, after which a pronoun still means the same person.
_BETWEEN = 1
_SPEECH = frozenset({Part.TITLE, Part.BODY, Part.TABLE, Part.NOTES, Part.COMMENT, Part.SMARTART})
_PERSON = {
    "en": re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE),
    "nl": re.compile(
        r"\b(?:hij|hem|hemzelf|haar|haarzelf|z'n|d'r|diens|(?:ze|zij)(?= (?:is|was|heeft|had|kreeg|ging|wil|kan|zal|mag|"
        r"moest|kwam|werd|bleef|zei|deed|[a-z]{2,}t)\b))\b"
        # "zijn" is mostly the verb; behind a preposition or where a clause begins, and before a noun, it is "his"
        r"|(?:(?:^|[:;,(]\s*)(?:en |of |maar |want |omdat |doordat |terwijl |toen )?|\b(?:na|met|door|sinds|over|voor|"
        r"tijdens|om|vanwege|wegens|van|bij|en|aan|uit|op|omdat|doordat|terwijl|toen|in) )zijn"
        r"(?= (?!(?:wij|we|er|zij|ze|de|het|een|ook|niet|al|nog|dan|dit|dat|die|deze|te|hier|daar|jullie|alle|geen|vaak|"
        r"\w+en (?:we|wij|ze|zij|er))\b)[a-zë]{3,})", re.IGNORECASE),
}
#: Several people, or somebody whose sex is not said: only as the first word, right behind.
_OPENS = {
    "en": re.compile(r"(?:and |but |so )?(?:he|his|she|her|they|their)\b(?! (?:say|all)\b)", re.IGNORECASE),
    "nl": re.compile(r"(?:en |maar |dus )?(?:hij|haar|ze|zij|hun|zijn (?!(?:er|we|wij|ze|zij|de|het|een|dit|dat|jullie|alle|"
                     r"deze|die)\b))\b", re.IGNORECASE),
}
_SOMEBODY = re.compile(
    r"\b(?:somebody|someone|anybody|anyone|nobody|everybody|everyone|(?:a|the|one|this|that|another|every|each) (?:man|woman|"
    r"person|boy|girl|child|customer|client|visitor|speaker|author|expert|user|student|reader|writer)|"
    r"iemand|niemand|iedereen|(?:een|de|die|deze|elke|iedere|andere) (?:man|vrouw|persoon|jongen|klant|bezoeker|spreker|"
    r"schrijver|lezer|gebruiker|leerling|student|deskundige)|het (?:meisje|kind|jongetje))\b", re.IGNORECASE)
#: "somebody who knows him": the one who knows is another than the one who is known.
_RELATIVE = re.compile(r"^ (?:who|that|die)(?: [\w'’]+){0,3} $")
_THING_NL = re.compile(
    r"(?:dat|dit) (?:is|was|heeft|had|kan|kon|zou|zal|moet|moest|mocht|mag|werd|wordt|ging|gaat|bleek|kwam|komt|weten|wisten|"
    r"wist|weet|zagen|zag|merkten|merkte|hoorden|hoorde|doet|deed|vond|vonden|ben|zien|hebben|hadden)\b"
    r"|.*?\b(?:het|dat) (?:(?:in|aan|op|ook|niet|pas|al|toen|eerst|later|meteen|allang|zelf|nooit|te laat)\b|$|[.,;:])",
    re.IGNORECASE)
_NOUN_NL = re.compile(r"\b(?:de|een|onze|ons|mijn|deze|die|elke|elk|iedere|geen|alle|het (?!(?:in|aan|op|ook|niet|pas|al|"
                      r"toen|eerst|later|meteen|allang|zelf|nooit|te)\b)) ?[a-zë]{2,}", re.IGNORECASE)
_THING_EN = re.compile(
    r"(?:it|this|that) (?:was|had|has|did|hit|came|went|showed)\b(?! (?:easy|hard|important|possible|time)\b)", re.IGNORECASE)
_OBJECTS = frozenset({"dobj", "pobj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"})


def going_with(kept: Sequence[Hit], scan: Scan, known: Catalogue) -> Iterator[Hit]:
    """A hit for each sentence that points back into a private one among the hits that stand, in its group."""
    if RULE not in known.by_id:
        return
    private: dict[str, list[Hit]] = defaultdict(list)
    people: dict[str, list[Hit]] = defaultdict(list)
    for hit in kept:
        category = known.rule(hit.rule).category
        if hit.block is not None and category in {Category.PRIVATE, Category.PERSON}:
            (private if category is Category.PRIVATE else people)[hit.block.id].append(hit)
    taken: set[tuple[str, int]] = set()
    for hits in private.values():
        for hit in sorted(hits, key=lambda each: each.start):
            severity = hit.severity or known.rule(hit.rule).severity
            if hit.block is None or hit.block.part not in _SPEECH or not severity.at_least(Severity.MEDIUM):
                continue
            for block, unit, start, end in _after(hit, scan, private, people):
                if (block.id, start) not in taken:
                    taken.add((block.id, start))
                    yield Hit(RULE, block, unit, start, end, hit.key, hit.label, min(_SURE, hit.confidence),
                              severity=severity)


def _after(hit: Hit, scan: Scan, private: Mapping[str, Sequence[Hit]],
           people: Mapping[str, Sequence[Hit]]) -> Iterator[tuple[Block, Unit, int, int]]:
    """The sentences behind a private one that point back into it."""
    assert hit.block is not None
    block, language = hit.block, scan.tongue(hit.block)
    if language not in _PERSON:
        return
    spans = split(block.text)
    said = [span for span in spans if span[0] < hit.end and span[1] > hit.start]
    if not said:
        return
    same = {each.key for each in people.get(block.id, ()) if said[0][0] <= each.start < said[-1][1]}
    others = [(each.start, each.end) for each in people.get(block.id, ()) if each.key not in same]
    missed = 0
    for start, end in (span for span in spans if span[0] >= said[-1][1]):
        if any(each.start < end and each.end > start for each in private.get(block.id, ())):
            return  # private itself: what follows goes with that one
        near = start == next(left for left, _ in spans if left >= said[-1][1])
        doc = scan.docs.get(block.id)
        if _names_person(block.text, start, end, others, language) or (near and (
                _OPENS[language].match(block.text, start) or _names_thing(block, start, end, language, doc))):
            yield block, hit.unit, start, end
            continue
        missed += 1
        if missed > _BETWEEN or _somebody(block.text, start, end, others):
            return
    following = _next(hit, scan)
    if following is not None:
        unit, after = following
        first = split(after.text)[:1]
        if first and scan.tongue(after) == language and _opens_block(after, first[0], language) and not private.get(after.id):
            yield after, unit, *first[0]


def _opens_block(block: Block, span: tuple[int, int], language: str) -> bool:
    """Whether a block's first word goes on about one person: nothing less joins two blocks."""
    found = _PERSON[language].search(plain(block.text[span[0]:span[1]]))
    return found is not None and found.start() == 0


def _next(hit: Hit, scan: Scan) -> tuple[Unit, Block] | None:
    """The block of the same kind behind a hit's, on its unit or the one behind it."""
    assert hit.block is not None
    notes, found = hit.block.part is Part.NOTES, False
    for unit in scan.document.units:
        if hit.unit.number <= unit.number <= hit.unit.number + 1:
            for block in unit.blocks:
                if found and block.readable and block.text.strip() and (block.part is Part.NOTES) == notes:
                    return unit, block
                found = found or block.id == hit.block.id
    return None


def _somebody(text: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where somebody else is spoken of: a name, a role, a word for anybody."""
    places = [(left, right) for left, right in others if start <= left < end]
    for pattern in (ROLE, _SOMEBODY):
        places += [match.span() for match in pattern.finditer(text, start, end)]
    return places


def _names_person(text: str, start: int, end: int, others: Sequence[tuple[int, int]], language: str) -> bool:
    """Whether a pronoun for one person stands there before anybody else whom it could mean."""
    places = _somebody(text, start, end, others)
    sentence = plain(text[start:end])
    return any(all(left >= start + match.start() or _RELATIVE.match(text[right:start + match.start()])
                   for left, right in places) for match in _PERSON[language].finditer(sentence))


def _names_thing(block: Block, start: int, end: int, language: str, doc: Doc | None) -> bool:
    """Whether "it" or "that" stands there before any thing that it could mean."""
    if language == "nl":
        found = _THING_NL.match(block.text, start, end)
        return found is not None and not _NOUN_NL.search(block.text[start:found.end()])
    if doc is None or not doc.has_annotation("DEP"):
        return _THING_EN.match(block.text, start, end) is not None
    for token in doc:
        if token.idx < start:
            continue
        if token.idx >= end or token.pos_ in {"NOUN", "PROPN"}:
            return False
        if token.lower_ in {"it", "that", "this"} and _points_back(token):
            return True
    return False


def _points_back(token: Token) -> bool:
    """Whether a pronoun is a subject or object of its own and no "it is easy to see"."""
    if token.tag_ not in {"PRP", "DT"}:
        return False
    if token.dep_ in _OBJECTS:
        return True
    head = token.head
    if token.dep_ not in _SUBJECTS:
        return False
    return token.lower_ != "it" or not (
        any(child.dep_ in _CLAUSES for child in head.children)
        or any(each.dep_ in _CLAUSES for child in head.children if child.dep_ in {"acomp", "attr", "prep"}
               for each in child.children))
