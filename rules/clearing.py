"""Document and decisions to a ClearedDocument: the only module that makes one.

What is withheld is taken out of the whole document, in every spelling, and not only where it was found; then the result
is searched again until nothing is left. What this module must never do is pass on a text that it did not look at: units,
parts and fields that are not listed here are not in the result.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from content.cleared import ClearedDocument, Withheld
from content.decision import Decision
from content.document import QUOTE, Block, Document, Picture, Source, Unit
from content.finding import Category, Finding
from content.settings import Settings
from language.fold import folded, seen
from rules.clearing_before import rows_of
from rules.clearing_doubts import doubts_of
from rules.clearing_left import Cleaned, left
from rules.clearing_marked import marked
from rules.clearing_plan import Fate, Plan, Verdict, make_plan
from rules.clearing_search import Search
from rules.clearing_withheld import withheld_of
from rules.clearing_words import Found, Words, wording_language
from rules.customers_list import CustomerList

#: What is open in these says something of the whole unit: what is left of it once the sentence is out leans on it still.
_WHOLE_UNIT = frozenset({Category.REPUTATION, Category.PRIVATE, Category.HIDDEN})
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
    search = Search(document, plan, Words(document, plan, settings, customers), customers)
    work = _Work(document, plan, search)
    units, left_out, touched = work.units(marked(document, plan.open, settings))
    title = work.field(document.title)
    properties = {name: value for name in _HARMLESS if (value := document.properties.get(name, ""))
                  and name not in work.risky_properties() and work.field(value) == value}
    cleared = ClearedDocument(
        id=document.id, source=work.source(), title=title, language=document.language, properties=properties,
        units=units, size=document.size, open_findings=len({finding.group for finding in plan.open}),
        touched_units=touched, left_out=left_out, clearing=_digest(document.key, decisions, settings),
        open_units=frozenset(each.unit for each in plan.open if each.category in _WHOLE_UNIT and each.unit > 0),
        doubts=doubts_of(plan, search, customers, document.language),
    )
    return Clearing(cleared, withheld_of(document, plan, search, cleared), plan.open, plan.unused)


def clear_text(text: str, customers: Sequence[str] = ()) -> str:
    """A bare text with every finding of weight masked or taken out, in the language that the text seems to be in."""
    from rules.engine import document_of, scan_text

    known = CustomerList.of(customers) if customers else CustomerList.empty()
    document = document_of(text).model_copy(update={"language": wording_language(text, "en", assumed=True)})
    cleared = clear(document, scan_text(text, customers), (), Settings(), known).cleared
    return "\n".join(block.text for _, block in cleared.blocks())


def _digest(key: str, decisions: Sequence[Decision], settings: Settings) -> str:
    from rules.catalogue import catalogue_of

    said = {
        "key": key,  # so that nobody can try out what a reason or a replacement may have said
        "decisions": [decision.model_dump(mode="json") for decision in decisions],
        "policy": settings.policy.model_dump(mode="json", exclude={"allow_own_memory", "slide_pictures"}),  # changes no text
        "allow": settings.allow.on(settings.on).model_dump(mode="json"),
        "rules": {rule.id: rule.version for rule in catalogue_of(settings.rules).all},
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class _Work:
    """One clearing, field by field."""

    def __init__(self, document: Document, plan: Plan, search: Search) -> None:
        self.document, self.plan, self.search = document, plan, search
        self.by_block: dict[str, list[Verdict]] = {}
        for verdict in plan.verdicts:
            if verdict.finding.block and verdict.finding.end > verdict.finding.start:
                self.by_block.setdefault(verdict.finding.block, []).append(verdict)
        self.cleared_texts: dict[str, str] = {}
        #: Of each text, whether a whole statement in it is withheld.
        self.held: list[bool] = []

    def field(self, text: str) -> str:
        """A title, section or name: the cleared text of the block that says the same, or searched on its own."""
        if not text.strip():
            return text
        known = self.cleared_texts.get(" ".join(text.split()))
        return known if known is not None else self.search.field(text)

    def units(self, waiting: frozenset[int]) -> tuple[tuple[Unit, ...], dict[int, str], frozenset[int]]:
        """The units that may be written from, those left out with the reason, and those that lost something.

        `waiting` are those on which nothing may be written yet.
        """
        left_out: dict[int, str] = {}
        stay: list[Unit] = []
        for unit in self.document.units:
            if unit.number == 0:
                continue
            if unit.number in self.plan.dropped:
                left_out[unit.number] = "dropped"
            elif unit.hidden:
                left_out[unit.number] = "hidden"
            elif unit.number in waiting:
                left_out[unit.number] = "waiting"
            else:
                stay.append(unit)
        places = [(unit, block) for unit in stay for block in unit.blocks if block.readable and block.text]
        texts = [block.text for _, block in places]
        cleaned = self._cleaned(places, texts)
        cleaned = left([Cleaned(*place, text, held) for place, text, held in zip(places, cleaned, self.held, strict=True)],
                       self.document.language)
        touched = {v.finding.unit for v in self.plan.withheld() if v.finding.unit > 0}
        blocks: dict[int, list[Block]] = {}
        shapes: dict[tuple[int, str], str] = {}
        for (unit, block), old, new in zip(places, texts, cleaned, strict=True):
            self.cleared_texts.setdefault(" ".join(old.split()), new)
            if new != seen(old):
                touched.add(unit.number)
            if new:
                kind = QUOTE if QUOTE in block.shape else ""
                shape = shapes.setdefault((unit.number, block.shape), f"shape {len(shapes) + 1}{kind}") if block.shape else ""
                blocks.setdefault(unit.number, []).append(
                    block.model_copy(update={"text": new, "shape": shape, "where": "",
                                             "value": block.value if new == seen(old) else None}))
        return tuple(self._unit(unit, blocks.get(unit.number, []), touched) for unit in stay), left_out, frozenset(touched)

    def _cleaned(self, places: Sequence[tuple[Unit, Block]], texts: Sequence[str]) -> list[str]:
        """The texts without what is withheld; masks are numbered by where all of them stand."""
        first = [[Found(v.finding.start, v.finding.end, v) for v in self.by_block.get(block.id, ()) if v.withheld]
                 for _, block in places]
        kept = [[v.finding for v in self.by_block.get(block.id, ()) if v.fate is Fate.KEEP] for _, block in places]
        found = self.search.found(texts)
        self.held = [any(item.sentence or item.verdict.fate is Fate.SENTENCE for item in (*one, *two))
                     for one, two in zip(first, found, strict=True)]
        self.search.words.meet(texts, ([*one, *two] for one, two in zip(first, found, strict=True)))
        self.search.words.number((unit.number, sorted((*one, *two), key=lambda item: item.start))
                                 for (unit, _), one, two in zip(places, first, found, strict=True))
        return self.search.clean(texts, first, kept, found, rows_of(places))

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
        if not named and self.field(spaced) == spaced and not any(self.search.found([source.name])):
            return source
        return source.model_copy(update={"name": f"document{path.suffix.lower()}"})
