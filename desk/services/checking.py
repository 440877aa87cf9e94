"""A text checked before somebody posts it: what `deckprism scan -` says of it. Nothing is stored, counted or logged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import InputError, UnreadableFile
from desk import words
from desk.rights import Act, Actor, require
from desk.services.office import Office

if TYPE_CHECKING:
    from content.document import Document
    from content.finding import Finding
    from rules.customers import CustomerList

#: Characters of a text: an article, not a book.
LONGEST = 50_000
_AROUND = 70


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the words before it, it, and the words after it."""

    before: str
    text: str
    after: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, with all its places, the worst of it first."""

    severity: str
    category: str
    rule: str
    name: str
    certainty: str
    confidence: float
    why: str
    suggestion: str
    places: tuple[Place, ...]
    holds: bool


def check(office: Office, actor: Actor, text: str) -> tuple[Found, ...]:
    """What is risky in a text, the worst first. Raises Forbidden, and InputError when it is empty or too long."""
    import rules

    require(actor, Act.SUBMIT)
    if len(text) > LONGEST:
        raise InputError("the text", f"is longer than {LONGEST:,} characters",
                         "Check it in parts, or hand it in as a file")
    document = typed_document(text.encode("utf-8", "replace"), "the text")
    findings = rules.scan(document, _customers(office.customers_file), office.settings)
    groups: dict[str, list[Finding]] = {}
    for each in findings:
        groups.setdefault(each.group, []).append(each)
    made = [_found(places, document, office) for places in groups.values()]
    order = {"high": 0, "medium": 1, "low": 2}
    return tuple(sorted(made, key=lambda each: (order[each.severity], -each.confidence, each.places[0].paragraph)))


def typed_document(data: bytes, name: str = "standard input") -> Document:
    """A text as a document, so that a post is checked like any file. Raises UnreadableFile when it is empty."""
    from extractors.base import InputFile
    from extractors.text import EXTRACTOR
    from language.detect import language_of

    if not data.strip():
        raise UnreadableFile(name, "is empty", "Pipe, type or paste the text to check")
    document = EXTRACTOR.extract(InputFile(name, data))
    text = "\n".join(block.text for _, block in document.blocks() if block.readable)
    return document.model_copy(update={"language": language_of(text)})


def _found(findings: list[Finding], document: Document, office: Office) -> Found:
    worst = max(findings, key=lambda each: each.severity.rank)
    blocks = {block.id: block.text for _, block in document.blocks()}
    lines = {block.id: number for number, block in enumerate(
        (block for unit, block in document.blocks() if unit.number), start=1)}
    places = tuple(_place(each, blocks.get(each.block, ""), lines.get(each.block, 0)) for each in findings)
    return Found(
        severity=worst.severity.value, category=worst.category.value, rule=worst.rule,
        name=" ".join((worst.label or worst.text).split())[:80], certainty=words.certainty(worst.confidence),
        confidence=worst.confidence, why=worst.why, suggestion=worst.suggestion, places=places,
        holds=office.settings.policy.holds(worst.category, worst.severity))


def _place(each: Finding, text: str, paragraph: int) -> Place:
    start, end = max(0, each.start - _AROUND), each.end + _AROUND
    before = ("…" if start else "") + text[start:each.start]
    return Place(before, each.text, text[each.end:end] + ("…" if end < len(text) else ""), paragraph)


def _customers(path: Path | None) -> CustomerList:
    from rules.customers import CustomerList

    if path is None:
        return CustomerList.empty()
    try:
        stat = path.stat()
    except OSError:
        return _loaded(path, 0, 0)  # says itself why it cannot be read
    return _loaded(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=1)
def _loaded(path: Path, _changed: int, _size: int) -> CustomerList:
    from rules.customers import load_customers

    return load_customers(path)
