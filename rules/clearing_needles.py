"""The strings of what is withheld: where else they stand in the document, and which must not leave.

A string too ordinary to be anybody's ("10 %", "next week") is withheld only with its sentence: searching for it
everywhere would take out half the document and refuse every pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from content.cleared import WithheldString
from content.finding import Category
from language.fold import SQUASHED_LEAST, Folded, fold, folded, inside_word
from language.sentences import sentences
from rules.clearing_plan import STATEMENTS, Verdict
from rules.customers_index import name_forms
from rules.customers_list import Customer
from rules.customers_names import Grade, core, grade, tokens
from rules.titles import surname_start
from rules.vocabulary import dictionary, everyday_words, function_words

_MONEY = re.compile(r"[€$£¥]|\b(?:eur|usd|gbp)\b|\d{4,}|\d[.,]\d{3}\b|million|miljoen|mln|billion|miljard|\d\s?(?:[mk]\b|bn)")
_CODE = re.compile(r"(?=.*\d)(?=.*[a-z]).{6,}")
#: Words that a sentence needs to be searched for as a whole.
_WORDS_OF_SENTENCE = 4
_NO_TITLES: Mapping[str, Iterable[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Needle:
    """A string to find as whole words in folded text. `capital`: only where the source has a capital there.

    `titled`: only behind a title of address, for a surname that is an ordinary word.
    """

    text: str
    verdict: Verdict
    capital: bool = False
    sentence: bool = False
    titled: bool = False


def distinctive(text: str, category: Category | None = None) -> bool:
    """Whether a string says enough by itself to be searched for everywhere."""
    low = folded(text)
    if category is Category.CREDENTIAL and len(low) >= 6:
        return True
    words = tokens(low)
    if "@" in low or "://" in low or any(_CODE.fullmatch(word) for word in words):
        return True
    if re.search(r"\d", low) and _MONEY.search(low) and len(low) >= 4:
        return True
    telling = [word for word in words if word not in function_words() and len(word) > 1 and not word.isdigit()]
    if any(word.lower() not in dictionary() for word in re.findall(r"\b[A-Z]{3,}\b", text)):
        return True  # "TLP:AMBER"
    return len(telling) >= 4 or any(len(word) >= 4 and word not in dictionary() for word in telling) or (
        sum(char.isdigit() for char in low) >= 6)


def needles(verdicts: Iterable[Verdict], exempt: frozenset[str]) -> list[Needle]:
    """The strings of withheld findings to look for in the whole document, longest first; customers have their matcher.

    `exempt` are folded strings that must stay: names of the company and its authors, and what people decided to keep.
    """
    found: dict[str, Needle] = {}
    for verdict in verdicts:
        finding = verdict.finding
        text = folded(finding.text)
        if not text or text in exempt:
            continue
        if finding.category in STATEMENTS:
            if distinctive(finding.text, finding.category):
                found.setdefault(text, Needle(text, verdict, sentence=True))
        elif finding.category is Category.PERSON:
            for name, capital in person_names(finding.text, finding.label):
                if name not in exempt:
                    found.setdefault(name, Needle(name, verdict, capital))
            surname = ordinary_surname(finding.text) or ordinary_surname(finding.label)
            if surname and surname not in exempt:
                found.setdefault(surname, Needle(surname, verdict, capital=True, titled=True))
        elif finding.category is Category.CUSTOMER:
            # Half a name is no name: "Mutual Insurance" may stand elsewhere.
            sure = finding.confidence >= 0.5 and finding.rule != "customer.split"
            if sure and grade(core(tokens(text))) <= Grade.CAPITAL and len(text) > 3:
                found.setdefault(text, Needle(text, verdict, capital=" " not in text and finding.text[:1].isupper()))
        elif len(text) > 2 and (distinctive(text) or " " in text):
            found.setdefault(text, Needle(text, verdict, capital=finding.text[:1].isupper()))
    return sorted(found.values(), key=lambda needle: (-len(needle.text), needle.text))


def person_names(text: str, label: str) -> Iterator[tuple[str, bool]]:
    """A person's full name, and the surname and first name alone where they are no ordinary words."""
    for source in dict.fromkeys((text, label)):
        words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", source)
        if not words:
            continue
        yield folded(source), False
        if len(words) > 1:
            for word in (words[-1], words[0]):
                low = folded(word)
                if len(low) >= 3 and low not in dictionary():
                    yield low, True


def ordinary_surname(name: str) -> str:
    """The folded surname of a full name where it is an ordinary word, so that it is sought behind a title alone."""
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", name)
    low = folded(words[-1]) if len(words) > 1 else ""
    return low if len(low) >= 3 and low in dictionary() else ""


class Finder:
    """Finds needles in texts, those that stand nowhere in the document left out from the start."""

    def __init__(self, wanted: Sequence[Needle], texts: Iterable[str]) -> None:
        """`texts` are all texts that will be searched."""
        everything = "\n".join(fold(text).text for text in texts)
        self.wanted = [needle for needle in wanted if needle.text in everything]

    def find(self, text: str) -> Iterator[tuple[int, int, Needle]]:
        """Every place of every needle in a text, as spans of the text."""
        if not self.wanted:
            return
        low = fold(text)
        for needle in self.wanted:
            for start, end in _places(low, needle.text):
                left, right = low.span(start, end)
                if needle.capital and not text[left:left + 1].isupper():
                    continue
                named = surname_start(text, left) if needle.titled else left
                if named is not None:
                    yield named, right, needle


def _places(low: Folded, needle: str) -> Iterator[tuple[int, int]]:
    at = low.text.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not (inside_word(low.text, at) or inside_word(low.text, end)):
            yield at, end
        at = low.text.find(needle, at + 1)


def customer_strings(row: Customer, group: str, texts: Iterable[tuple[str, str]]) -> Iterator[WithheldString]:
    """All spellings of a customer that must not leave. `texts` are the finds with what the rule calls them.

    A name that is an ordinary word is searched for only as it was found between its neighbours, or with its legal form:
    "Target" alone would refuse every pack that speaks of a target.
    """
    full = tokens(row.name)
    if grade(core(full)) <= Grade.CAPITAL or len(core(full)) < len(full):
        yield WithheldString(text=row.name, group=group, whole_word=_short(row.name))
    for source in (row.name, *row.aliases):
        for words in name_forms(source):
            text = " ".join(words)
            trust = grade(words)
            if trust is Grade.SAFE or (trust is Grade.CAPITAL and (len(words) > 1 or len(text) > 2)):
                shown = _as_written(source, words)
                yield WithheldString(text=shown, group=group, whole_word=_short(shown),
                                     case_sensitive=trust is Grade.CAPITAL and shown[:1].isupper())
    first = core(full)[:1]
    if len(core(full)) > 1 and len(first[0]) >= SQUASHED_LEAST and grade(first) is Grade.SAFE:  # what people say for short
        yield WithheldString(text=_as_written(row.name, first), group=group, whole_word=_short(first[0]))
    for domain in re.split(r"[;,\s]+", row.domain):
        if "." in domain:
            yield WithheldString(text=domain, group=group)
    if len(row.ticker) >= 3 and row.ticker.lower() not in dictionary():
        yield WithheldString(text=row.ticker, group=group, whole_word=True, case_sensitive=True)
    if row.code_name and grade(tokens(row.code_name)) <= Grade.CAPITAL:
        yield WithheldString(text=row.code_name, group=group, whole_word=_short(row.code_name), case_sensitive=True)
    for text, how in texts:
        trust = grade(tokens(text))
        if how != "split" and trust <= Grade.CAPITAL and len(text) > 2:
            yield WithheldString(text=text, group=group, whole_word=_short(text),
                                 case_sensitive=trust is not Grade.SAFE or how == "acronym")


def _as_written(source: str, words: Sequence[str]) -> str:
    """The part of a name that its core words came from, with its capitals; the words themselves when unsure."""
    low = fold(source)
    first, last = low.text.find(words[0]), low.text.rfind(words[-1])
    if 0 <= first <= last:
        start, end = low.span(first, last + len(words[-1]))
        if tokens(source[start:end]) == list(words):
            return source[start:end]
    return " ".join(word.capitalize() for word in words)


def _short(text: str) -> bool:
    return sum(char.isalnum() for char in text) < 8


def in_context(text: str, start: int, end: int) -> str:
    """A span with a word on either side, as it stood: how an ordinary word is told from the customer of that name."""
    before = re.search(r"[^\W_]+[^\w\n]{1,2}$", text[:start])
    after = re.match(r"[^\w\n]{1,2}[^\W_]+", text[end:])
    context = (before.group() if before else "") + text[start:end] + (after.group() if after else "")
    return context if before and after else ""


def person_strings(text: str, label: str, group: str,
                   titled: Mapping[str, Iterable[str]] = _NO_TITLES) -> Iterator[WithheldString]:
    """A person's full name, and the surname: alone where it is no ordinary word, else as `titled` calls its bearers."""
    for surname in {ordinary_surname(text), ordinary_surname(label)} - {""}:
        for form in titled.get(surname, ()):
            yield WithheldString(text=form, group=group, whole_word=True, case_sensitive=True)
    for source in dict.fromkeys((text, label)):
        words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", source)
        if len(words) > 1:
            # An initial glued to what stands before it is the end of another word: "made. Stone by stone" is no "E. Stone".
            yield WithheldString(text=source, group=group, whole_word=len(words[0]) == 1)
            if len(words[0]) == 1 and len(words[-1]) >= 4:  # as it stands in addresses
                for joint in ("", "."):
                    yield WithheldString(text=words[0] + joint + words[-1], group=group, whole_word=True)
            if len(words[-1]) >= 4 and folded(words[-1]) not in dictionary():
                yield WithheldString(text=words[-1], group=group, whole_word=True, case_sensitive=True)
        elif words and len(source) >= 4 and folded(source) not in dictionary():
            yield WithheldString(text=source, group=group, whole_word=True, case_sensitive=True)


def sentence_strings(text: str, group: str) -> Iterator[WithheldString]:
    """The sentences of a text that are long enough to be recognised."""
    for sentence in sentences(text):
        words = tokens(sentence)
        if (len(words) >= _WORDS_OF_SENTENCE and any(word not in everyday_words() for word in words)) or len(words) >= 6:
            yield WithheldString(text=sentence, group=group)
