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
from language.fold import folded
from rules.clearing_edits import FOLLOWING, Edit, Kind, apply, sentence_span
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
from rules.masks import mask_of, numbered

_ROUNDS = 4
#: Units within which two customers must not both be "a retailer".
_NEAR = 4
_KINDS = {Fate.MASK: Kind.MASK, Fate.REPLACE: Kind.TEXT, Fate.CUT: Kind.CUT, Fate.SENTENCE: Kind.SENTENCE}
_HARMLESS = ("title", "author")


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
        touched_units=touched, left_out=left_out, clearing=_digest(decisions, settings),
    )
    return Clearing(cleared, work.withheld(cleared), plan.open, plan.unused)


def clear_text(text: str, customers: Sequence[str] = ()) -> str:
    """A bare text with every finding of weight masked or taken out."""
    from rules.engine import scan_text

    known = CustomerList.of(customers) if customers else CustomerList.empty()
    block = Block.model_validate({"id": "s1.b1", "part": "body", "text": text})
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(id=digest, source=Source(name="text", sha256=digest, media_type="text/plain", bytes=len(text)),
                        units=(Unit(number=1, kind="text", blocks=(block,)),))
    cleared = clear(document, scan_text(text, customers), (), Settings(), known).cleared
    return "\n".join(block.text for _, block in cleared.blocks())


def _digest(decisions: Sequence[Decision], settings: Settings) -> str:
    from rules.catalogue import catalogue

    said = {
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
        words = {verdict.text for verdict in plan.verdicts if verdict.fate is Fate.REPLACE}
        self.exempt = frozenset(folded(name) for name in (*own, *kept, *words) if name)
        self.owners = self._owners()
        self.masks = self._masks()
        self.kept_spans = {(verdict.finding.block, verdict.finding.start, verdict.finding.end)
                           for verdict in plan.verdicts if verdict.fate is Fate.KEEP and verdict.finding.block}
        self.by_block: dict[str, list[Verdict]] = {}
        for verdict in plan.verdicts:
            if verdict.finding.block and verdict.finding.end > verdict.finding.start:
                self.by_block.setdefault(verdict.finding.block, []).append(verdict)
        texts = [text for unit in document.units for text in (unit.title, unit.section, unit.layout,
                                                              *(block.text for block in unit.blocks))]
        self.finder = Finder(needles(plan.withheld(), self.exempt),
                             [*texts, document.title, document.source.name, *document.properties.values()])
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
        words = verdict.text if fate is Fate.REPLACE else self._mask(verdict)
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
                        verdict = verdicts.get(match.how) or next(iter(verdicts.values()))
                        edits[number].append(self._edit(match.start, match.end, verdict, _address(text)))
        return edits

    def _clean(self, texts: Sequence[str], first: Sequence[Sequence[Edit]], kept: Sequence[Sequence[tuple[int, int]]]
               ) -> list[str]:
        """Texts with the given edits and all that the search finds, searched again until it finds nothing."""
        language = self.document.language
        result = list(texts)
        for number, edits in enumerate(self._found(result)):
            free = [edit for edit in edits if not any(start < edit.end and end > edit.start for start, end in kept[number])]
            result[number] = apply(result[number], [*first[number], *free], language)
        waiting = [number for number in range(len(result)) if not kept[number] and result[number]]
        for turn in range(_ROUNDS):
            found = self._found([result[number] for number in waiting])
            again = [(number, edits) for number, edits in zip(waiting, found, strict=True) if edits]
            if not again:
                break
            for number, edits in again:
                if turn:  # a mask that itself is found, or the like: the sentence goes
                    edits = [Edit(edit.start, edit.end, Kind.SENTENCE, "", edit.group) for edit in edits]
                result[number] = apply(result[number], edits, language)
            waiting = [number for number, _ in again]
        return result

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
        kept = [[(start, end) for name, start, end in self.kept_spans if name == block.id] for _, block in places]
        cleaned = self._clean(texts, first, kept)
        touched = {v.finding.unit for v in self.plan.withheld() if v.finding.unit > 0}
        blocks: dict[int, list[Block]] = {}
        shapes: dict[tuple[int, str], str] = {}
        for (unit, block), old, new in zip(places, texts, cleaned, strict=True):
            self.cleared_texts.setdefault(" ".join(old.split()), new)
            if new != old:
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
                 if any(v.fate is not Fate.KEEP for v in self.by_block.get(block.id, ()))}
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
        low = folded(left)
        strings: dict[str, WithheldString] = {}
        for string in self._strings(low):
            key = folded(string.text)
            if sum(char.isalnum() for char in key) < 2 or key in self.exempt:
                continue
            if key not in strings or (strings[key].case_sensitive and not string.case_sensitive):
                strings[key] = string
        return Withheld(strings=tuple(strings.values()))

    def _strings(self, left: str) -> Iterator[WithheldString]:
        texts = {block.id: block.text for _, block in self.document.blocks()}
        names: dict[int, list[tuple[str, str]]] = {}
        for verdict in self.plan.withheld():
            finding = verdict.finding
            if finding.category is Category.CUSTOMER:
                number = self.customers.number(finding.label)
                if number is not None:
                    names.setdefault(number, []).append((finding.text, finding.rule.rpartition(".")[2]))
                around = in_context(texts.get(finding.block, ""), finding.start, finding.end)
                if around and grade(tokens(finding.text)) >= Grade.CONTEXT and folded(around) not in left:
                    yield WithheldString(text=around, group=finding.group, case_sensitive=True)
            elif finding.category is Category.PERSON:
                yield from person_strings(finding.text, finding.label, finding.group)
            else:
                yield from self._other(finding, texts.get(finding.block, ""), left)
        for number, found in names.items():
            row = self.customers.rows[number]
            yield from customer_strings(row, next(iter(self.owners[number].values())).finding.group, dict.fromkeys(found))
        for unit in self.document.units:
            if unit.hidden or unit.number in self.plan.dropped:
                if len(tokens(unit.title)) >= 3 and folded(unit.title) not in left:
                    yield WithheldString(text=unit.title, group=f"unit-{unit.number}", whole_word=True)
                for block in unit.blocks:
                    for string in sentence_strings(block.text, f"unit-{unit.number}"):
                        if folded(string.text) not in left:
                            yield string

    def _other(self, finding: Finding, text: str, left: str) -> Iterator[WithheldString]:
        low = folded(finding.text)
        if distinctive(finding.text, finding.category) and low not in left:
            short = sum(char.isalnum() for char in low) < 8
            yield WithheldString(text=finding.text.rstrip(" .,;:"), group=finding.group, whole_word=short,
                                 case_sensitive=short)
        if finding.category in STATEMENTS and text:
            start, end = sentence_span(text, finding.start, finding.end)
            for string in sentence_strings(text[start:end], finding.group):
                if folded(string.text) not in left:
                    yield string


def _address(text: str) -> bool:
    """Whether a span is an address, handle, tag or file name, which no wording can stand for."""
    return any(mark in text for mark in "@#/\\_") or bool(re.search(r"^\S*\w\.[A-Za-z]{2,10}(?:$|\W\S*$)", text))
