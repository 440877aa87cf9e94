"""Which words stand in the place of each withheld thing, before they are fitted into a sentence.

What a person wrote is taken as it is, but for the names of customers that nobody decided to name; what nobody decided
gets a mask, numbered where two unknowns near each other would read the same. Nothing here changes a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from content.document import Document
from content.finding import Category
from content.settings import Settings
from language.files import read_words
from language.fold import folded
from language.words import tokens, word_list
from rules.clearing_edits import FOLLOWING, Edit, Kind, apply
from rules.clearing_firms import Firms
from rules.clearing_last import tight
from rules.clearing_plan import STATEMENTS, Fate, Plan, Verdict
from rules.customers import find_customers
from rules.customers_index import name_forms
from rules.customers_list import Customer, CustomerList
from rules.goes_with import RULE as FOLLOWS
from rules.masks import customer_mask, mask_of, numbered, wording
from rules.phrases import articled
from rules.roles import elsewhere, role_of

_DATA = Path(__file__).parent / "data"
#: Units within which two customers must not both be "a retailer".
_NEAR = 4
_KINDS = {Fate.MASK: Kind.MASK, Fate.REPLACE: Kind.TEXT, Fate.CUT: Kind.CUT, Fate.SENTENCE: Kind.SENTENCE}
_WORDED = frozenset({"en", "nl"})


@dataclass(frozen=True, slots=True)
class Found:
    """A withheld string in a text; `sentence` when the whole sentence is what is withheld."""

    start: int
    end: int
    verdict: Verdict
    sentence: bool = False


class Words:
    """The words of one clearing."""

    def __init__(self, document: Document, plan: Plan, settings: Settings, customers: CustomerList) -> None:
        self.language, self.plan, self.customers = document.language, plan, customers
        own = settings.profile.own()
        kept = {verdict.finding.text for verdict in plan.verdicts if verdict.fate is Fate.KEEP}
        kept |= {each.text for each in settings.allow.on(settings.on).texts if not each.rules and not each.categories}
        kept -= {verdict.finding.text for verdict in plan.verdicts if verdict.withheld}
        self._kept = self._kept_spellings()
        self.instead = self._instead()
        said = {text for text, words in self.instead.items() if text == words}
        #: Folded strings that must stay: our own names, what people kept, and what they want to be said.
        self.exempt = frozenset(folded(name) for name in (*own, *kept, *said) if name)
        self._numbers: dict[tuple[str, str], int] = {}
        self._who: dict[tuple[str, str], str] = {}
        self._firms = Firms(block.text for _, block in document.blocks())

    def _kept_spellings(self) -> dict[str, set[str]]:
        kept: dict[str, set[str]] = {}
        for verdict in self.plan.verdicts:
            if verdict.fate is Fate.KEEP and verdict.finding.text:
                kept.setdefault(verdict.finding.group, set()).add(folded(verdict.finding.text))
        return kept

    def is_kept(self, text: str, group: str) -> bool:
        """Whether a text is, or lies in, a spelling that somebody kept of a group."""
        kept = self._kept.get(group)
        return kept is not None and any(folded(text) in name or tight(text) in tight(name) for name in kept)

    def _instead(self) -> dict[str, str]:
        """What people want in the place of a finding -> the same without customers that nobody decided to name.

        A person who writes "a rival of Norwick Mutual" for one customer has not decided about the other.
        """
        wanted = sorted({verdict.text for verdict in self.plan.verdicts if verdict.fate is Fate.REPLACE})
        named = {self.customers.number(verdict.finding.label) for verdict in self.plan.verdicts
                 if verdict.fate is Fate.KEEP and verdict.finding.category is Category.CUSTOMER}
        said: dict[str, str] = {}
        before = "is "  # a word before it: the mask begins no sentence
        for text, matches in zip(wanted, find_customers(wanted, self.customers), strict=True):
            edits = [Edit(match.start + len(before), match.end + len(before), Kind.MASK,
                          customer_mask(self.customers.row(match.owner), self.customers, self.language),
                          f"{match.owner}", Category.CUSTOMER)
                     for match in matches if match.confidence >= 0.5 and match.owner not in named]
            said[text] = apply(before + text, edits, self.language).removeprefix(before) if edits else text
        return said

    def meet(self, texts: Sequence[str], found: Iterable[Sequence[Found]]) -> None:
        """Remember what any text says of an undecided person, so that a heading calls them what the notes call them."""
        for text, each in zip(texts, found, strict=True):
            for item in each:
                finding = item.verdict.finding
                if finding.category is not Category.PERSON or item.verdict.fate is not Fate.MASK or item.sentence:
                    continue
                language = wording_language(text, self.language)
                role = role_of(text, item.start, item.end, language)
                if not role and elsewhere(text, item.end):
                    role = wording(language).somebody
                if role and (articled(role) or role == wording(language).somebody or not any(
                        said == role and group != finding.group for (group, _), said in self._who.items())):
                    known = self._who.setdefault((finding.group, language), role)
                    if known == wording(language).somebody:  # a role says more
                        self._who[finding.group, language] = role

    def number(self, found: Iterable[tuple[int, Sequence[Found]]]) -> None:
        """Number the masks by what was found in the texts of each unit (in the order of the document).

        Groups that would read the same get numbers where they stand near each other; what a person wrote has no number.
        """
        places: dict[tuple[str, str], set[int]] = {}
        fixed: dict[str, list[set[int]]] = {}
        for unit, each in found:
            for item in each:
                verdict = item.verdict
                if verdict.finding.category is Category.PERSON:
                    continue  # "another colleague" is said where the first one stands, and nowhere else
                if verdict.fate in {Fate.MASK, Fate.DROP}:
                    mask = self._plain_mask(verdict, self.language)
                    places.setdefault((mask, verdict.finding.group), set()).add(unit)
                elif verdict.fate is Fate.REPLACE:
                    fixed.setdefault(self.instead[verdict.text], []).append({unit})
        for (mask, group), units in places.items():
            near = {number for (name, other), number in self._numbers.items()
                    if name == mask and _close(units, places[name, other])}
            if any(_close(units, others) for others in fixed.get(mask, ())):
                near.add(1)
            self._numbers[mask, group] = next(number for number in range(1, len(near) + 2) if number not in near)

    def _plain_mask(self, verdict: Verdict, language: str) -> str:
        finding = verdict.finding
        if finding.category is Category.CUSTOMER and not finding.rule.endswith(".code_name"):
            row = self.customers.named(finding.label)
            if row is not None:
                return customer_mask(row, self.customers, language)
        if finding.category is Category.PERSON and verdict.fate is Fate.MASK:
            return self._who.get((finding.group, language)) or mask_of(finding, language)
        return mask_of(finding, language)

    def _mask(self, verdict: Verdict, language: str) -> str:
        number = self._numbers.get((self._plain_mask(verdict, self.language), verdict.finding.group), 1)
        return numbered(self._plain_mask(verdict, language), number, language)

    def edit(self, found: Found, text: str) -> Edit:
        """What becomes of a find in a text."""
        verdict, group = found.verdict, found.verdict.finding.group
        category = verdict.finding.category
        start, end = found.start, found.end
        if found.sentence:
            return Edit(start, end, Kind.SENTENCE, "", group)
        fate = Fate.MASK if verdict.fate is Fate.DROP else verdict.fate
        if verdict.fate is Fate.DROP and category in STATEMENTS:
            fate = Fate.SENTENCE
        if fate is Fate.SENTENCE and category in {Category.REPUTATION, Category.PRIVATE} and verdict.finding.rule != FOLLOWS:
            return Edit(start, end, Kind.SENTENCE, FOLLOWING, group)
        if fate not in {Fate.MASK, Fate.REPLACE}:
            return Edit(start, end, _KINDS[fate], "", group)
        language = wording_language(text, self.language)
        if category is Category.PERSON and (firm := self._firms.around(text, start, end)):
            return Edit(*firm, Kind.MASK, wording(language).category[Category.ORGANISATION.value], f"{group}-firm",
                        Category.ORGANISATION)
        words = self.instead[verdict.text] if fate is Fate.REPLACE else self._mask(verdict, language)
        left, right = _address_span(text, start, end)
        if _TAG.fullmatch(text[left:right]) and words:
            return Edit(left, right, Kind.TAG, words, group, category)
        if is_address(text[start:end]):
            return Edit(start, end, Kind.CUT, "", group)
        names = self._names_of(verdict) if text[end - 1:end] in {"s", "S"} else frozenset()
        glued = "s" if tight(text[start:end]) not in names and tight(text[start:end - 1]) in names else ""
        return Edit(start, end, _KINDS[fate], words, group, category, glued)

    def _names_of(self, verdict: Verdict) -> frozenset[str]:
        """The names of whoever a verdict is about, letters alone: what is longer by an "s" is a plural or a genitive."""
        finding = verdict.finding
        row = self.customers.named(finding.label) if finding.category is Category.CUSTOMER else None
        if row is not None:
            return _spellings(row) | {tight(finding.label)}
        names = (finding.label, *finding.label.split()) if finding.category is Category.PERSON else (finding.label,)
        return frozenset(tight(name) for name in names)


@lru_cache(maxsize=1024)
def _spellings(row: Customer) -> frozenset[str]:
    forms = [form for name in (row.name, *row.aliases) for form in name_forms(name)]
    return frozenset([tight(row.name), *("".join(form) for form in forms), *(form[0] for form in forms if form)])


_TAG = re.compile(r"[#@]\w+")


def _address_span(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the # or @ right before it."""
    if start and text[start - 1] in "#@" and not (start > 1 and re.match(r"[\w.]", text[start - 2])):
        start -= 1
    return start, end


def is_address(text: str) -> bool:
    """Whether a span is an address, handle, tag or file name, which no wording can stand for."""
    return any(mark in text for mark in "@#/\\_") or bool(re.search(r"^\S*\w\.[A-Za-z]{2,10}(?:$|\W\S*$)", text))


def wording_language(text: str, default: str, *, assumed: bool = False) -> str:
    """English or Dutch, where a text of a document in the other of the two is plainly in that one; else `default`.

    Counted by function words. With `assumed` nobody knows the language of the document, so one word more is enough.
    """
    if default not in _WORDED:
        return default
    other = "nl" if default == "en" else "en"
    words = tokens(text)
    ours, theirs = word_list("stop", default), word_list("stop", other)
    here = sum(word in ours and word not in theirs for word in words)
    there = sum(word in theirs and word not in ours for word in words)
    if assumed and here == there:
        everyday = _everyday()
        here, there = (sum(word in everyday[code] for word in words) for code in (default, other))
    return other if (there > here if assumed else there >= 3 and there > 2 * here) else default


@cache
def _everyday() -> dict[str, frozenset[str]]:
    """Everyday words that only English, or only Dutch has."""
    english, dutch = (read_words(_DATA / f"everyday_{code}.txt") for code in ("en", "nl"))
    return {"en": english - dutch, "nl": dutch - english}


def _close(units: set[int], others: set[int]) -> bool:
    return any(abs(one - two) <= _NEAR for one in units for two in others)
