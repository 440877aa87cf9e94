"""The search for what is withheld: in every text, in every spelling, until nothing is found any more.

A text goes through three readings: strings of findings, the customer list, and letters in a row as the leak gate reads
them. What somebody kept shields only itself. Nothing here decides what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from content.cleared import WithheldString
from content.document import Document
from content.finding import Category, Finding
from language.fold import folded, seen
from rules.clearing_before import Before
from rules.clearing_edits import Edit, Kind, apply
from rules.clearing_last import LastLook
from rules.clearing_needles import Finder, customer_strings, needles, person_strings
from rules.clearing_plan import Fate, Plan, Verdict
from rules.clearing_words import Found, Words, wording_language
from rules.customers import find_customers
from rules.customers_list import CustomerList
from rules.titles import called

_ROUNDS = 4


class Search:
    """Finds and takes out what a plan withholds. Made once for a document."""

    def __init__(self, document: Document, plan: Plan, words: Words, customers: CustomerList) -> None:
        self.plan, self.words, self.customers, self.language = plan, words, customers, document.language
        self.owners = self._owners()
        texts = [text for unit in document.units for text in (unit.title, unit.section, unit.layout,
                                                              *(block.text for block in unit.blocks))]
        texts += [document.title, document.source.name, *document.properties.values(), *words.instead.values()]
        self._finder = Finder(needles(plan.withheld(), words.exempt), texts)
        self._called = called(texts)
        self._last = LastLook(self.names(), texts)

    def _owners(self) -> dict[int, dict[str, Verdict]]:
        """Row number of every customer of whom something is withheld -> how it was spelled -> the verdict on that."""
        owners: dict[int, dict[str, Verdict]] = {}
        for verdict in self.plan.withheld():
            if verdict.finding.category is Category.CUSTOMER:
                number = self.customers.number(verdict.finding.label)
                if number is not None:
                    by_spelling = owners.setdefault(number, {})
                    how = verdict.finding.rule.rpartition(".")[2]
                    if how not in by_spelling or by_spelling[how].fate is Fate.DROP:
                        by_spelling[how] = verdict
        return owners

    def _verdict(self, owner: int) -> Verdict:
        """The verdict on a customer for a spelling that nobody found: as on the name, else as on any other."""
        verdicts = self.owners[owner]
        return verdicts.get("name") or verdicts.get("alias") or next(iter(verdicts.values()))

    def names(self) -> Iterator[tuple[WithheldString, Verdict]]:
        """The spellings of customers and persons that must not leave, but not those that stand in a kept one."""
        names: dict[int, list[tuple[str, str]]] = {}
        found: list[tuple[WithheldString, Verdict]] = []
        for verdict in self.plan.withheld():
            finding = verdict.finding
            if finding.category is Category.CUSTOMER:
                number = self.customers.number(finding.label)
                if number is not None:
                    names.setdefault(number, []).append((finding.text, finding.rule.rpartition(".")[2]))
            elif finding.category is Category.PERSON:
                found += [(string, verdict) for string in person_strings(
                    finding.text, finding.label, finding.group, self._called)]
        for number, spellings in names.items():
            owner = self._verdict(number)
            found += [(string, owner) for string in customer_strings(
                self.customers.row(number, owner.finding.label), owner.finding.group, dict.fromkeys(spellings))]
        for string, verdict in found:
            if folded(string.text) not in self.words.exempt and not self.words.is_kept(string.text, string.group):
                yield string, verdict

    def found(self, texts: Sequence[str]) -> list[list[Found]]:
        """What of the withheld stands in each text, wherever that text comes from."""
        found = [[Found(start, end, needle.verdict, needle.sentence) for start, end, needle in self._finder.find(text)]
                 for text in texts]
        if self.owners:
            for number, matches in enumerate(find_customers(texts, self.customers, tuple(self.owners))):
                for match in matches:
                    verdicts = self.owners.get(match.owner)
                    text = texts[number][match.start:match.end]
                    if verdicts and match.confidence >= 0.2 and folded(text) not in self.words.exempt:
                        found[number].append(Found(match.start, match.end,
                                                   verdicts.get(match.how) or self._verdict(match.owner)))
        for number, text in enumerate(texts):
            found[number] += [Found(start, end, verdict) for start, end, verdict in self._last.find(text)]
            if not found[number] and (verdict_of := self._last.disguised(text)):  # nobody can say where: all of it goes
                found[number].append(Found(0, len(text), verdict_of, sentence=True))
        return found

    def clean(self, texts: Sequence[str], first: Sequence[Sequence[Found]], kept: Sequence[Sequence[Finding]],
              found: Sequence[Sequence[Found]] | None = None, before: Sequence[Before | None] = ()) -> list[str]:
        """Texts with what is given and all that the search finds carried out, searched again until it finds nothing.

        `found` is what `found()` gave for these texts, where it was asked already; `before` what is said before each. What
        somebody kept shields only itself: another group's name inside a kept sentence goes all the same.
        """
        result = list(texts)
        for number, items in enumerate(self.found(result) if found is None else found):
            open_to = [item for item in items if not any(
                finding.group == item.verdict.finding.group and finding.start < item.end and finding.end > item.start
                for finding in kept[number])]
            result[number] = self._apply(result[number], [*first[number], *open_to], before[number] if before else None)
        waiting = [number for number in range(len(result)) if result[number]]
        for turn in range(_ROUNDS):
            again = [(number, [item for item in items if not self.words.is_kept(
                result[number][item.start:item.end], item.verdict.finding.group)])
                for number, items in zip(waiting, self.found([result[number] for number in waiting]), strict=True)]
            again = [(number, items) for number, items in again if items]
            if not again:
                break
            for number, items in again:  # from the second turn on a mask is itself found, or the like: the sentence goes
                result[number] = self._apply(result[number], items, whole=turn > 0)
            waiting = [number for number, _ in again]
        return [seen(text) for text in result]

    def _apply(self, text: str, found: Iterable[Found], before: Before | None = None, *, whole: bool = False) -> str:
        edits = [self.words.edit(item, text) for item in found]
        if whole:
            edits = [Edit(edit.start, edit.end, Kind.SENTENCE, "", edit.group) for edit in edits]
        return apply(text, edits, wording_language(text, self.language), before)

    def field(self, text: str) -> str:
        """A single text, searched on its own."""
        return self.clean([text], [[]], [[]])[0]
