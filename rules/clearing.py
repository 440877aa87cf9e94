"""Document and decisions to a ClearedDocument: the only module that makes one.

What is withheld is taken out of the whole document, in every spelling, and not only where it was found; then the result
is searched again until nothing is left. What this module must never do is pass on a text that it did not look at: units,
parts and fields that are not listed here are not in the result.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from content.cleared import ClearedDocument, Withheld, WithheldString
from content.decision import Decision
from content.document import Block, Document, Picture, Source, Unit
from content.finding import Category, Finding
from content.settings import Settings
from language.fold import SQUASHED_LEAST, folded, seen
from language.sentences import sentence_span
from rules.clearing_edits import FOLLOWING, Edit, Kind, apply
from rules.clearing_last import LastLook, tight
from rules.clearing_needles import (
    Finder,
    customer_strings,
    distinctive,
    in_context,
    needles,
    person_strings,
    sentence_strings,
)
from rules.clearing_plan import STATEMENTS, Fate, Plan, Verdict, make_plan
from rules.customers import find_customers
from rules.customers_list import CustomerList
from rules.customers_names import Grade, grade, tokens
from rules.masks import customer_mask, mask_of, numbered

_ROUNDS = 4
#: Units within which two customers must not both be "a retailer".
_NEAR = 4
_KINDS = {Fate.MASK: Kind.MASK, Fate.REPLACE: Kind.TEXT, Fate.CUT: Kind.CUT, Fate.SENTENCE: Kind.SENTENCE}
_HARMLESS = ("title", "author", "description")


@dataclass(frozen=True, slots=True)
class Clearing:
    """What clearing made: the document to write from, what must not leave, what is still to be decided."""

    cleared: ClearedDocument
    withheld: Withheld
    open: tuple[Finding, ...] = ()
    unused: tuple[Decision, ...] = ()


def clear(document: Document, findings: Sequence[Finding], decisions: Sequence[Decision], settings: Settings,
          customers: CustomerList) -> Clearing:
    """Apply decisions, mask what nobody decided. Decisions that fit nothing come back as `unused`."""
    plan = make_plan(findings, decisions, settings.policy)
    work = _Work(document, plan, settings, customers)
    units, left_out, touched = work.units()
    title = work.field(document.title)
    properties = {name: value for name in _HARMLESS if (value := document.properties.get(name, ""))
                  and name not in work.risky_properties() and work.field(value) == value}
    cleared = ClearedDocument(
        id=document.id, source=work.source(), title=title, language=document.language, properties=properties,
        units=units, size=document.size, open_findings=len({finding.group for finding in plan.open}),
        touched_units=touched, left_out=left_out, clearing=_digest(document.key, decisions, settings),
    )
    return Clearing(cleared, work.withheld(cleared), plan.open, plan.unused)


def clear_text(text: str, customers: Sequence[str] = ()) -> str:
    """A bare text with every finding of weight masked or taken out."""
    from rules.engine import document_of, scan_text

    known = CustomerList.of(customers) if customers else CustomerList.empty()
    cleared = clear(document_of(text), scan_text(text, customers), (), Settings(), known).cleared
    return "\n".join(block.text for _, block in cleared.blocks())


def _digest(key: str, decisions: Sequence[Decision], settings: Settings) -> str:
    from rules.catalogue import catalogue

    said = {
        "key": key,  # so that nobody can try out what a reason or a replacement may have said
        "decisions": [decision.model_dump(mode="json") for decision in decisions],
        "policy": settings.policy.model_dump(mode="json"),
        "rules": {rule.id: rule.version for rule in catalogue().all},
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class _Work:
    """One clearing: the plan, the masks of its groups, and the search over all texts."""

    def __init__(self, document: Document, plan: Plan, settings: Settings, customers: CustomerList) -> None:
        self.document, self.plan, self.customers = document, plan, customers
        profile = settings.profile
        own = (profile.company, *profile.own_names, *(author.name for author in profile.authors))
        kept = {verdict.finding.text for verdict in plan.verdicts if verdict.fate is Fate.KEEP}
        kept -= {verdict.finding.text for verdict in plan.verdicts if verdict.withheld}
        self.owners = self._owners()
        self.kept = self._kept()
        self.instead = self._instead()
        words = {text for text, said in self.instead.items() if text == said}
        self.exempt = frozenset(folded(name) for name in (*own, *kept, *words) if name)
        self.masks = self._masks()
        self.by_block: dict[str, list[Verdict]] = {}
        for verdict in plan.verdicts:
            if verdict.finding.block and verdict.finding.end > verdict.finding.start:
                self.by_block.setdefault(verdict.finding.block, []).append(verdict)
        texts = [text for unit in document.units for text in (unit.title, unit.section, unit.layout,
                                                              *(block.text for block in unit.blocks))]
        texts += [document.title, document.source.name, *document.properties.values(), *self.instead.values()]
        self.finder = Finder(needles(plan.withheld(), self.exempt), texts)
        self.last = LastLook(self._names(), texts)
        self.cleared_texts: dict[str, str] = {}

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

    def _kept(self) -> dict[str, set[str]]:
        """Group -> the spellings, folded, that somebody kept of it."""
        kept: dict[str, set[str]] = {}
        for verdict in self.plan.verdicts:
            if verdict.fate is Fate.KEEP and verdict.finding.text:
                kept.setdefault(verdict.finding.group, set()).add(folded(verdict.finding.text))
        return kept

    def _instead(self) -> dict[str, str]:
        """What people want in the place of a finding -> the same without customers that nobody decided to name.

        A person who writes "a rival of Norwick Mutual" for one customer has not decided about the other.
        """
        wanted = sorted({verdict.text for verdict in self.plan.verdicts if verdict.fate is Fate.REPLACE})
        named = {self.customers.number(verdict.finding.label) for verdict in self.plan.verdicts
                 if verdict.fate is Fate.KEEP and verdict.finding.category is Category.CUSTOMER}
        said: dict[str, str] = {}
        language, before = self.document.language, "is "  # a word before it: the mask begins no sentence
        for text, matches in zip(wanted, find_customers(wanted, self.customers), strict=True):
            edits = [Edit(match.start + len(before), match.end + len(before), Kind.MASK,
                          customer_mask(self.customers.rows[match.owner], self.customers, language))
                     for match in matches if match.confidence >= 0.5 and match.owner not in named]
            said[text] = apply(before + text, edits, language).removeprefix(before)
        return said

    def _masks(self) -> dict[str, str]:
        """Group and mask -> the words, numbered where groups that would read the same stand near each other."""
        shown = {block.id for unit in self.document.units if unit.number and not unit.hidden for block in unit.blocks
                 if block.readable}
        places: dict[tuple[str, str], set[int]] = {}
        for verdict in self.plan.withheld():
            if verdict.fate in {Fate.MASK, Fate.DROP} and verdict.finding.block in shown:
                mask = mask_of(verdict.finding, self.document.language)  # a customer and its project are two things
                places.setdefault((mask, verdict.finding.group), set()).add(verdict.finding.unit)
        numbers: dict[tuple[str, str], int] = {}
        for (mask, group), units in places.items():
            near = {number for (other, name), number in numbers.items() if other == mask and any(
                abs(one - two) <= _NEAR for one in units for two in places[other, name])}
            numbers[mask, group] = next(number for number in range(1, len(near) + 2) if number not in near)
        return {f"{group} {mask}": numbered(mask, number, self.document.language)
                for (mask, group), number in numbers.items()}

    def _mask(self, verdict: Verdict) -> str:
        mask = mask_of(verdict.finding, self.document.language)
        return self.masks.get(f"{verdict.finding.group} {mask}", mask)

    # ------------------------------------------------------------ texts

    def _edit(self, start: int, end: int, verdict: Verdict, address: bool = False) -> Edit:
        fate = Fate.MASK if verdict.fate is Fate.DROP else verdict.fate
        if verdict.fate is Fate.DROP and verdict.finding.category in STATEMENTS:
            fate = Fate.SENTENCE
        if fate is Fate.SENTENCE and verdict.finding.category in {Category.REPUTATION, Category.PRIVATE}:
            return Edit(start, end, Kind.SENTENCE, FOLLOWING, verdict.finding.group)
        words = self.instead[verdict.text] if fate is Fate.REPLACE else self._mask(verdict)
        if address and fate in {Fate.MASK, Fate.REPLACE}:
            return Edit(start, end, Kind.CUT, "", verdict.finding.group)
        return Edit(start, end, _KINDS[fate], words, verdict.finding.group)

    def _found(self, texts: Sequence[str]) -> list[list[Edit]]:
        """What of the withheld stands in each text, wherever that text comes from."""
        edits: list[list[Edit]] = [[] for _ in texts]
        for number, text in enumerate(texts):
            for start, end, needle in self.finder.find(text):
                kind = Kind.SENTENCE if needle.sentence else None
                edit = self._edit(start, end, needle.verdict, _address(text[start:end]))
                edits[number].append(Edit(start, end, kind, "", edit.group) if kind is not None else edit)
        if self.owners:
            for number, matches in enumerate(find_customers(texts, self.customers, tuple(self.owners))):
                for match in matches:
                    verdicts = self.owners.get(match.owner)
                    text = texts[number][match.start:match.end]
                    if verdicts and match.confidence >= 0.2 and folded(text) not in self.exempt:
                        verdict = verdicts.get(match.how) or self._verdict(match.owner)
                        edits[number].append(self._edit(match.start, match.end, verdict, _address(text)))
        for number, text in enumerate(texts):
            edits[number] += [self._edit(start, end, verdict, _address(text[start:end]))
                              for start, end, verdict in self.last.find(text)]
            if not edits[number] and (verdict_of := self.last.disguised(text)):  # nobody can say where: all of it goes
                edits[number].append(Edit(0, len(text), Kind.SENTENCE, "", verdict_of.finding.group))
        return edits

    def _clean(self, texts: Sequence[str], first: Sequence[Sequence[Edit]], kept: Sequence[Sequence[Finding]]) -> list[str]:
        """Texts with the given edits and all that the search finds, searched again until it finds nothing.

        What somebody kept shields only itself: another group's name inside a kept sentence goes all the same.
        """
        language = self.document.language
        result = list(texts)
        for number, edits in enumerate(self._found(result)):
            open_to = [edit for edit in edits if not any(
                finding.group == edit.group and finding.start < edit.end and finding.end > edit.start
                for finding in kept[number])]
            result[number] = apply(result[number], [*first[number], *open_to], language)
        waiting = [number for number in range(len(result)) if result[number]]
        for turn in range(_ROUNDS):
            found = self._found([result[number] for number in waiting])
            free = [[edit for edit in edits if not self._is_kept(result[number][edit.start:edit.end], edit.group)]
                    for number, edits in zip(waiting, found, strict=True)]
            again = [(number, edits) for number, edits in zip(waiting, free, strict=True) if edits]
            if not again:
                break
            for number, edits in again:
                if turn:  # a mask that itself is found, or the like: the sentence goes
                    edits = [Edit(edit.start, edit.end, Kind.SENTENCE, "", edit.group) for edit in edits]
                result[number] = apply(result[number], edits, language)
            waiting = [number for number, _ in again]
        return [seen(text) for text in result]

    def _is_kept(self, text: str, group: str) -> bool:
        """Whether a text is, or lies in, a spelling that somebody kept of a group."""
        kept = self.kept.get(group)
        return kept is not None and any(folded(text) in name or tight(text) in tight(name) for name in kept)

    def field(self, text: str) -> str:
        """A title, section or name: the cleared text of the block that says the same, or searched on its own."""
        if not text.strip():
            return text
        known = self.cleared_texts.get(" ".join(text.split()))
        return known if known is not None else self._clean([text], [[]], [[]])[0]

    # ------------------------------------------------------------ units

    def units(self) -> tuple[tuple[Unit, ...], dict[int, str], frozenset[int]]:
        """The units that may be written from, those left out with the reason, and those that lost something."""
        left_out: dict[int, str] = {}
        stay: list[Unit] = []
        for unit in self.document.units:
            if unit.number == 0:
                continue
            if unit.number in self.plan.dropped:
                left_out[unit.number] = "dropped"
            elif unit.hidden:
                left_out[unit.number] = "hidden"
            else:
                stay.append(unit)
        places = [(unit, block) for unit in stay for block in unit.blocks if block.readable and block.text]
        texts = [block.text for _, block in places]
        first = [[self._edit(v.finding.start, v.finding.end, v, _address(v.finding.text))
                  for v in self.by_block.get(block.id, ()) if v.withheld] for _, block in places]
        kept = [[v.finding for v in self.by_block.get(block.id, ()) if v.fate is Fate.KEEP] for _, block in places]
        cleaned = self._clean(texts, first, kept)
        touched = {v.finding.unit for v in self.plan.withheld() if v.finding.unit > 0}
        blocks: dict[int, list[Block]] = {}
        shapes: dict[tuple[int, str], str] = {}
        for (unit, block), old, new in zip(places, texts, cleaned, strict=True):
            self.cleared_texts.setdefault(" ".join(old.split()), new)
            if new != seen(old):
                touched.add(unit.number)
            if new:
                shape = shapes.setdefault((unit.number, block.shape), f"shape {len(shapes) + 1}") if block.shape else ""
                blocks.setdefault(unit.number, []).append(
                    block.model_copy(update={"text": new, "shape": shape, "where": ""}))
        return tuple(self._unit(unit, blocks.get(unit.number, []), touched) for unit in stay), left_out, frozenset(touched)

    def _unit(self, unit: Unit, blocks: Iterable[Block], touched: set[int]) -> Unit:
        title, section, layout = self.field(unit.title), self.field(unit.section), self.field(unit.layout)
        if title != unit.title:
            touched.add(unit.number)
        pictures = tuple(Picture(id=picture.id, sha256=picture.sha256, media_type=picture.media_type, box=picture.box)
                         for picture in unit.pictures)
        return Unit(number=unit.number, kind=unit.kind, title=title, section=section,
                    layout=layout if layout == unit.layout else "", blocks=tuple(blocks), pictures=pictures)

    def risky_properties(self) -> frozenset[str]:
        """Names of the properties in which something was found that nobody kept."""
        texts = {block.text: block.where for unit in self.document.units if unit.number == 0 for block in unit.blocks
                 if any(v.fate is not Fate.KEEP and v.finding.category is not Category.QUALITY
                        for v in self.by_block.get(block.id, ()))}
        return frozenset(name for name, value in self.document.properties.items()
                         if value in texts or name in texts.values())

    def source(self) -> Source:
        """The file's description; its name only if nothing withheld is in it."""
        source = self.document.source
        path = PurePath(source.name)
        spaced = path.stem.replace("_", " ").replace("-", " ").replace(".", " ")
        named = any(v.withheld and v.finding.text and v.finding.unit == 0 and folded(v.finding.text) in folded(source.name)
                    for v in self.plan.verdicts)
        if not named and self.field(spaced) == spaced and not any(self._found([source.name])):
            return source
        return source.model_copy(update={"name": f"document{path.suffix.lower()}"})

    # ------------------------------------------------------------ what must not leave

    def withheld(self, cleared: ClearedDocument) -> Withheld:
        """Every string with its variants that must not leave, without those that rightly stand in the cleared text."""
        left = "\n".join([cleared.title, *cleared.properties.values(),
                          *(text for unit in cleared.units for text in (unit.title, unit.section)),
                          *(block.text for _, block in cleared.blocks())])
        standing = (folded(left), tight(left))
        strings: dict[str, WithheldString] = {}
        for string in (*(string for string, _ in self._names()), *self._statements(standing)):
            key = folded(string.text)
            if sum(char.isalnum() for char in key) < 2 or key in self.exempt:
                continue
            if key not in strings or (strings[key].case_sensitive and not string.case_sensitive):
                strings[key] = string
        return Withheld(strings=tuple(strings.values()))

    def _names(self) -> Iterator[tuple[WithheldString, Verdict]]:
        """The spellings of customers and persons, wherever they stand, but not those that stand in a kept one."""
        names: dict[int, list[tuple[str, str]]] = {}
        found: list[tuple[WithheldString, Verdict]] = []
        for verdict in self.plan.withheld():
            finding = verdict.finding
            if finding.category is Category.CUSTOMER:
                number = self.customers.number(finding.label)
                if number is not None:
                    names.setdefault(number, []).append((finding.text, finding.rule.rpartition(".")[2]))
            elif finding.category is Category.PERSON:
                found += [(string, verdict) for string in person_strings(finding.text, finding.label, finding.group)]
        for number, spellings in names.items():
            owner = self._verdict(number)
            found += [(string, owner) for string in customer_strings(
                self.customers.rows[number], owner.finding.group, dict.fromkeys(spellings))]
        for string, verdict in found:
            if folded(string.text) not in self.exempt and not self._is_kept(string.text, string.group):
                yield string, verdict

    def _statements(self, left: tuple[str, str]) -> Iterator[WithheldString]:
        """Everything else that is withheld and does not stand in what is `left` (folded, and letters and digits alone)."""
        texts = {block.id: block.text for _, block in self.document.blocks()}
        for verdict in self.plan.withheld():
            finding = verdict.finding
            text = texts.get(finding.block, "")
            if finding.category is Category.CUSTOMER:
                around = in_context(text, finding.start, finding.end)
                if around and grade(tokens(finding.text)) >= Grade.CONTEXT and not _stands(around, left):
                    yield WithheldString(text=around, group=finding.group, case_sensitive=True)
            elif finding.category is not Category.PERSON:
                yield from self._other(finding, text, left)
        for unit in self.document.units:
            if unit.hidden or unit.number in self.plan.dropped:
                if len(tokens(unit.title)) >= 3 and not _stands(unit.title, left):
                    yield WithheldString(text=unit.title, group=f"unit-{unit.number}", whole_word=True)
                for block in unit.blocks:
                    yield from (string for string in sentence_strings(block.text, f"unit-{unit.number}")
                                if not _stands(string.text, left))

    def _other(self, finding: Finding, text: str, left: tuple[str, str]) -> Iterator[WithheldString]:
        if distinctive(finding.text, finding.category) and not _stands(finding.text, left):
            short = sum(char.isalnum() for char in folded(finding.text)) < 8
            yield WithheldString(text=finding.text.rstrip(" .,;:"), group=finding.group, whole_word=short,
                                 case_sensitive=short)
        if finding.category in STATEMENTS and text:
            start, end = sentence_span(text, finding.start, finding.end)
            yield from (string for string in sentence_strings(text[start:end], finding.group)
                        if not _stands(string.text, left))


def _stands(text: str, left: tuple[str, str]) -> bool:
    """Whether a text rightly stands in what is left, as the leak gate would read it: then it cannot be forbidden."""
    letters = tight(text)
    return folded(text) in left[0] or (len(letters) >= SQUASHED_LEAST and letters in left[1])


def _address(text: str) -> bool:
    """Whether a span is an address, handle, tag or file name, which no wording can stand for."""
    return any(mark in text for mark in "@#/\\_") or bool(re.search(r"^\S*\w\.[A-Za-z]{2,10}(?:$|\W\S*$)", text))
