"""`deckprism extract`, `scan` and `topics`: what a file says, what is risky in it, and what it is about."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import UnreadableFile
from desk import terminal
from desk.commands.run import Config, Customers, found_config

if TYPE_CHECKING:
    from content.document import Body, Document, Unread
    from content.finding import Finding

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout and nothing else.")]
_COLOURS = {"high": "31", "medium": "33", "low": "32"}
_ICONS = {"high": "▲", "medium": "◆", "low": "●"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(extract)
    app.command()(scan)
    app.command()(topics)


def extract(file: Annotated[Path, typer.Argument(help="Deck or document.")], as_json: AsJson = False) -> int:
    """Show what the file says and where."""
    from extractors import extract as read

    document = read(file)
    if as_json:
        terminal.out_json(_document_json(document))
        return 0
    for unit in document.units:
        hidden = " (hidden)" if unit.hidden else ""
        terminal.out(f"{unit.kind} {unit.number}{hidden}" if unit.number else "the file itself")
        for block in unit.blocks:
            seen = "" if block.visible else ", not seen by an audience"
            text = " ".join(block.text.split())
            terminal.out(terminal.wrapped(text, " " * 6 + "  " * block.level, f"  [{block.part.value}{seen}] "))
    for item in document.unread:
        terminal.out(terminal.wrapped(f"Not read: {item.where}: {item.why}", "  ", ""))
    return 0


def scan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Deck or document; - for text on standard input.")],
    customers: Customers = None,
    config: Config = None,
    as_json: AsJson = False,
) -> int:
    """Find what is risky. Exit 0: nothing; 1: findings; 2: cannot be read."""
    import rules
    from content.settings import load_settings
    from rules.customers import CustomerList, load_customers

    known = load_customers(customers) if customers else CustomerList.empty()
    settings = load_settings(found_config(config))
    if file == "-":
        document = _typed(sys.stdin.buffer.read())
    else:
        from extractors import extract as read

        document = read(Path(file))
    findings = rules.scan(document, known, settings)
    if as_json:
        terminal.out_json({
            "source": document.source.model_dump(mode="json"),
            "findings": [_finding_json(item) for item in findings],
            "unread": [_unread_json(item) for item in document.unread],
        })
    else:
        _table(findings, document)
    holds = [item for item in findings if settings.policy.holds(item.category, item.severity)]
    return 1 if holds else 0


def topics(
    file: Annotated[Path, typer.Argument(help="Deck or document.")],
    wanted: Annotated[int | None, typer.Option("--topics", min=1, help="How many, if you insist.")] = None,
    as_json: AsJson = False,
) -> int:
    """Split a file into topics, as it is, for the eyes of whoever holds it."""
    from extractors import extract as read
    from topics import find_topics

    document = read(file)
    found = find_topics(document, wanted)
    if as_json:
        rows = [{"title": topic.title, "first": topic.first, "last": topic.last, "keyphrases": list(topic.keyphrases),
                 "aside": list(topic.aside)} for topic in found]
        terminal.out_json({"source": document.source.model_dump(mode="json"), "topics": rows})
        return 0
    from topics.strip import strip

    terminal.out(strip(found, document.content_units()))
    for topic in found:
        terminal.out(f"\n{topic.number}. {topic.title}  ({_kind(document)}s {topic.first}-{topic.last})")
        if topic.keyphrases:
            terminal.out(terminal.wrapped(", ".join(topic.keyphrases), "   "))
        for sentence in topic.summary:
            terminal.out(terminal.wrapped(sentence, "   "))
    return 0


def _typed(data: bytes) -> Document:
    """A text from standard input as a document, so that a post is checked like any file. Raises UnreadableFile."""
    from extractors.base import InputFile
    from extractors.text import EXTRACTOR
    from language.detect import language_of

    if not data.strip():
        raise UnreadableFile("standard input", "is empty", "Pipe or type the text to check")
    document = EXTRACTOR.extract(InputFile("standard input", data))
    text = "\n".join(block.text for _, block in document.blocks() if block.readable)
    return document.model_copy(update={"language": language_of(text)})


def _kind(body: Body) -> str:
    units = body.content_units()
    return units[0].kind if units else "slide"


def _document_json(document: Document) -> dict[str, object]:
    return {
        "source": document.source.model_dump(mode="json"), "title": document.title, "language": document.language,
        "properties": document.properties,
        "units": [
            {"number": unit.number, "kind": unit.kind, "title": unit.title, "hidden": unit.hidden,
             "section": unit.section,
             "blocks": [{"id": block.id, "part": block.part.value, "text": block.text, "level": block.level,
                         "visible": block.visible} for block in unit.blocks]}
            for unit in document.units],
        "unread": [_unread_json(item) for item in document.unread],
    }


def _unread_json(item: Unread) -> dict[str, str]:
    return {"where": item.where, "why": item.why}


def _finding_json(item: Finding) -> dict[str, object]:
    return {"id": item.id, "group": item.group, "rule": item.rule, "category": item.category.value,
            "severity": item.severity.value, "confidence": item.confidence, "text": item.text, "unit": item.unit,
            "part": item.part, "block": item.block, "start": item.start, "end": item.end, "why": item.why,
            "suggestion": item.suggestion}


def _table(findings: tuple[Finding, ...], document: Document) -> None:
    if not findings:
        terminal.out("Nothing was found that anybody would have to decide about.")
        return
    groups: dict[str, list[Finding]] = {}
    for item in findings:
        groups.setdefault(item.group, []).append(item)
    worst = {name: max(places, key=lambda item: item.severity.rank) for name, places in groups.items()}
    kind = _kind(document)
    for name, places in sorted(groups.items(), key=lambda item: (-worst[item[0]].severity.rank, item[1][0].unit)):
        top = worst[name]
        level = top.severity.value
        said = " ".join((top.label or top.text or "").split())
        said = said if len(said) <= 60 else said[:57] + "..."
        head = f"{_ICONS[level]} {level} {top.category.value}"
        units = [item.unit for item in places if item.unit]
        where = f"{kind}{'s' if len(set(units)) > 1 else ''} {terminal.numbers(units)}" if units else "the file itself"
        if len(places) > 1:
            where += f", {len(places)} places"
        terminal.out(f"{terminal.colour(head, _COLOURS[level])}  {said}")
        terminal.out(terminal.wrapped(f"{where}. {top.why} {top.suggestion}".strip(), "    "))
    counted = Counter(top.severity.value for top in worst.values())
    count = len(document.content_units())
    terminal.out("\n" + ", ".join(f"{many} {level}" for level, many in ((level, counted[level]) for level in _ICONS) if many)
                 + f" in {count} {kind}{'' if count == 1 else 's'}.")
