"""The scan: every detector over every block of every unit, then overlaps, groups, ids and order.

Two ways in. `scan` takes a Document; `scan_text` makes a one-block document of a bare text. A text of more than
`MODEL_LIMIT` characters given to `scan_text` is not parsed by the statistical model: names are then found by lists and
cues alone, and a finding says so. Nothing here knows what is risky; the detectors and the rule packs do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Finding
from content.registry import discover
from content.settings import Settings
from rules.allow import without_allowed
from rules.calibration import calibrated
from rules.catalogue import Catalogue, catalogue, catalogue_of
from rules.detector import Detector, Hit, Scan
from rules.goes_with import going_with
from rules.haystack import Haystack
from rules.natural import parse_blocks
from rules.resolve import resolve
from rules.same_figure import said_again
from rules.told_figures import lowered
from rules.tongues import languages_of, tongues_of

if TYPE_CHECKING:
    from rules.customers import CustomerList

#: Characters of a bare text that the statistical model reads; 1.4 s CPU.
MODEL_LIMIT = 20_000


def scan(document: Document, customers: CustomerList, settings: Settings) -> tuple[Finding, ...]:
    """Find what is risky in a document.

    The findings are sorted by unit, block and place; `id` and `group` are the same in every run over the same bytes.
    Raises BadRule or BadSettings when the rules or the allowances of the settings cannot be used.
    """
    return run(document, customers, settings, catalogue_of(settings.rules), names=True)


def scan_text(text: str, customers: Sequence[str] = ()) -> list[Finding]:
    """Find what is risky in a bare text with a bare list of customers' names."""
    from rules.customers import CustomerList

    known = CustomerList.of(customers) if customers else CustomerList.empty()
    return list(run(document_of(text), known, Settings(), catalogue(), names=len(text) <= MODEL_LIMIT))


def document_of(text: str) -> Document:
    """A document of one block in one unit."""
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=digest, source=Source(name="text", sha256=digest, media_type="text/plain", bytes=len(data)),
        units=(Unit(number=1, kind="text", blocks=(Block(id="s1.b1", part=Part.BODY, text=text),)),))


def run(document: Document, customers: CustomerList, settings: Settings, known: Catalogue, *,
        names: bool) -> tuple[Finding, ...]:
    """The scan with a catalogue of one's own; `names` says whether the statistical model may be used."""
    scan = prepared(document, customers, settings, known, names=names)
    kept = resolve(without_allowed(hits_of(scan), settings, known), known)
    kept += without_allowed(list(going_with(kept, scan, known)), settings, known)
    kept = said_again(lowered(kept, scan), scan)
    return _findings(document, kept, known)


def prepared(document: Document, customers: CustomerList, settings: Settings, known: Catalogue, *, names: bool) -> Scan:
    """What the detectors look at, before the first of them has run."""
    blocks = [(unit, block) for unit, block in document.blocks() if block.text and not block.text.isspace()]
    tongues = tongues_of(document)
    return Scan(
        document=document, customers=customers, settings=settings, language=document.language, catalogue=known,
        hay=Haystack(blocks), languages=languages_of(document, tongues), tongues=tongues,
        docs=parse_blocks(blocks, document.language, tongues) if names else {},
    )


def hits_of(scan: Scan, before: int | None = None) -> list[Hit]:
    """The hits of all detectors, or of those whose order lies before a number."""
    hits: list[Hit] = []
    for detector in detectors():
        if before is None or detector.order < before:
            hits.extend(detector.find(replace(scan, earlier=tuple(hits)) if hits else scan))
    return hits


def detectors() -> tuple[Detector, ...]:
    """All detectors, those that need nothing first."""
    found = [plugin for plugin in discover("rules", "DETECTOR") if isinstance(plugin, Detector)]
    return tuple(sorted(found, key=lambda detector: (detector.order, detector.name)))


def group_id(secret: str, category: Category, key: str) -> str:
    """The stable id of a group: its category and eight hex digits.

    They are made with the document's own key, which no pack shows. With the public hash in its place, a reader of a pack
    could try the names of companies until one gives the digits.
    """
    return f"{category.value}-{hashlib.sha256(f'{secret}|{category.value}|{key}'.encode()).hexdigest()[:8]}"


def _findings(document: Document, hits: Sequence[Hit], known: Catalogue) -> tuple[Finding, ...]:
    place = {block.id: (unit.number, index)
             for unit in document.units for index, block in enumerate(unit.blocks)}
    made: dict[str, Finding] = {}
    secret = document.key or document.id
    for hit in sorted(hits, key=lambda hit: _order(hit, place)):
        rule = known.rule(hit.rule)
        block = hit.block
        text = block.text[hit.start:hit.end] if block else ""
        name = block.id if block else ""
        seed = f"{secret}|{hit.rule}|{hit.unit.number}|{name}|{hit.start}|{hit.end}"
        number = 0
        digest = hashlib.sha256(seed.encode()).hexdigest()[:10]
        while f"f-{digest}" in made:
            number += 1
            digest = hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()[:10]
        made[f"f-{digest}"] = Finding(
            id=f"f-{digest}", group=group_id(secret, rule.category, hit.key), rule=hit.rule,
            category=rule.category, severity=hit.severity or rule.severity,
            confidence=round(calibrated(hit.rule, round(hit.confidence, 3)), 3), unit=hit.unit.number,
            part=block.part.value if block else hit.unit.kind, block=name,
            start=hit.start if block else 0, end=hit.end if block else 0, text=text,
            why=hit.why or rule.why, suggestion=hit.suggestion or rule.suggestion, label=hit.label,
            mask=hit.mask or ("" if "{" in rule.mask else rule.mask),
        )
    return tuple(made.values())


def _order(hit: Hit, place: dict[str, tuple[int, int]]) -> tuple[int, int, int, int, str]:
    _, index = place.get(hit.block.id, (0, 0)) if hit.block else (0, -1)
    return (hit.unit.number, index, hit.start, hit.end, hit.rule)
