"""`deckprism extract`, `scan` and `topics`: what a file says, what is risky in it, and what it is about."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import BadOutput, InputError, UnreadableFile
from desk import terminal
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import GoodRules, On, Rules, TopicAt, day
from desk.commands.run import Config, Customers, found_config

if TYPE_CHECKING:
    from content.document import Document, Unread
    from content.finding import Finding
    from content.topic import Topic
    from desk.found import InText

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout and nothing else.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(extract)
    app.command()(scan)
    app.command()(topics)


def extract(
    file: Annotated[Path, typer.Argument(help="Deck or document.")],
    as_json: AsJson = False,
    ocr: Annotated[bool, typer.Option("--ocr", help="Also read the words in pictures (needs Tesseract).")] = False,
) -> int:
    """Show what the file says and where."""
    from extractors import extract as read

    if ocr:
        _read_pictures()
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


def _read_pictures() -> None:
    """Switch on the reading of words in pictures for this process, or say what is missing."""
    import os

    from extractors import ocr

    if not ocr.program():
        terminal.err("Words in pictures are not read: Tesseract is not installed (apt-get install tesseract-ocr).")
    os.environ[ocr.SWITCH] = "1"


def scan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Deck or document; - for text on standard input.")],
    customers: Customers = None,
    no_customers: NoCustomers = False,
    good_rows: GoodRows = False,
    config: Config = None,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
    on: On = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was settled before.")] = False,
    as_json: AsJson = False,
) -> int:
    """Find what is risky. Exit 0: nothing; 1: findings; 2: cannot be read."""
    import rules
    from content.settings import load_settings
    from desk import found
    from flows.customers import read_customers, wants_good_rows
    from flows.memory import load_memory
    from flows.steps import check_settings
    from rules.remembered import Recalled, recall

    settings = load_settings(found_config(config)).with_rules(rule_folder, good_rules).with_day(day(on))
    known = read_customers(chosen(customers, no_customers), wants_good_rows(good_rows, settings))
    for note in known.problems:
        terminal.err(f"Customers: {note}.")
    for note in check_settings(settings):
        terminal.err(f"Left out: {note}")
    typed = sys.stdin.buffer.read() if file == "-" else b""
    if file == "-":
        document = _typed(typed)
    else:
        from extractors import extract as read

        document = read(Path(file))
    findings = rules.scan(document, known, settings)
    memory = load_memory(settings.on)
    recalled = recall(findings, document, memory) if memory else Recalled()
    shown = findings if everything else tuple(item for item in findings if item.id not in recalled.settled)
    if as_json:
        told: dict[str, object] = {"settled": len(recalled.settled)} if memory else {}
        terminal.out_json({
            "source": document.source.model_dump(mode="json"),
            "findings": [_finding_json(item) for item in shown],
            "unread": [_unread_json(item) for item in document.unread], **told,
        })
    else:
        rows = found.rows_of(shown, recalled.known)
        found.show(rows, _in_text(document, typed, findings) if file == "-" else found.InDocument(document))
        found.closing(rows, document, document.unread, 0 if everything else len(recalled.settled), typed=file == "-")
    holds = [item for item in findings
             if item.id not in recalled.settled and settings.policy.holds(item.category, item.severity)]
    return 1 if holds else 0


def topics(
    file: Annotated[Path, typer.Argument(help="Deck or document.")],
    wanted: Annotated[int | None, typer.Option("--topics", min=1, help="How many, if you insist.")] = None,
    begins: TopicAt = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also draw the strip into this SVG file.")] = None,
    as_json: AsJson = False,
) -> int:
    """Split a file into topics, as it is, for the eyes of whoever holds it."""
    from desk.found import kind_of
    from extractors import extract as read
    from topics import find_topics

    document = read(file)
    found = find_topics(document, wanted, begun(begins, document))
    kind = kind_of(document)
    if svg is not None:
        _draw(svg, found, document, kind)
    if as_json:
        rows = [{"title": topic.title, "first": topic.first, "last": topic.last, "keyphrases": list(topic.keyphrases),
                 "aside": list(topic.aside), "asides": topic.asides, "summary": list(topic.summary),
                 "summary_sources": list(topic.summary_sources), "title_source": topic.title_source,
                 "strength": topic.strength.model_dump(mode="json"), "suits": topic.suits, "question": topic.question,
                 "question_source": topic.question_source} for topic in found]
        terminal.out_json({"source": document.source.model_dump(mode="json"), "topics": rows})
        return 0
    from topics.strip import strip

    terminal.out(strip(found, document.content_units(), terminal.width(),
                       lambda text, number: terminal.colour(text, _COLOURS[(number - 1) % len(_COLOURS)])))
    for topic in found:
        where = f"({kind}s {topic.first}-{topic.last})"
        terminal.out("\n" + terminal.wrapped(f"{topic.title}  {where}", "   ", f"{topic.number}. "))
        if topic.keyphrases:
            terminal.out(terminal.wrapped(", ".join(topic.keyphrases), "   "))
        for sentence in topic.summary:
            terminal.out(terminal.wrapped(sentence, "   "))
        terminal.out(terminal.wrapped(_worth(topic), "   "))
        if topic.question and topic.question_source:  # one asked around the title says nothing
            terminal.out(terminal.wrapped(f"Answers: {topic.question}", "   "))
    return 0


#: Six colours of a terminal for the six hues of topics, in their order.
_COLOURS = ("31", "33", "32", "36", "34", "35")
_SUITS = {"blog": "a blog post", "social": "a few posts", "carousel": "a carousel or cards", "audio": "the episode",
          "interview": "a video interview", "webchat": "a web chat"}


def _worth(topic: Topic) -> str:
    """How strong a topic is and what suits it, in one line."""
    strength = topic.strength
    parts = [f"{strength.words} words"]
    parts += [f"{count} {name}{'s' if count != 1 and not same else ''}{tail}" for count, name, same, tail in (
        (strength.notes, "in notes", True, ""), (strength.examples, "example", False, ""),
        (strength.pictures, "picture", False, "")) if count]
    return f"{strength.grade.capitalize()}: {', '.join(parts)}. Suits {_SUITS.get(topic.suits, topic.suits)}."


def begun(numbers: list[int] | None, document: Document) -> tuple[int, ...]:
    """The units at which topics are to begin. Raises InputError for one that the file does not have."""
    units = document.content_units()
    for number in numbers or ():
        if not units or not 1 <= number <= units[-1].number:
            last = f"the last one is {units[-1].number}" if units else "the file has none that can be seen"
            raise InputError(f"--topic-at {number}", f"is no slide, page or section of it ({last})", "Take one of its own")
    return tuple(sorted(set(numbers or ())))


def _draw(file: Path, found: tuple[Topic, ...], document: Document, kind: str) -> None:
    from topics.strip import drawn

    try:
        file.write_text(drawn(found, document.content_units(), kind), encoding="utf-8")
    except OSError as error:
        raise BadOutput(str(file), f"cannot be written ({error.strerror})", "Name a file where you may write") from None


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


def _in_text(document: Document, data: bytes, findings: tuple[Finding, ...]) -> InText:
    from desk.found import InText
    from extractors.encoding import decode

    return InText(document, decode(data)[0], findings)


def _document_json(document: Document) -> dict[str, object]:
    return {
        "source": document.source.model_dump(mode="json"), "title": document.title, "language": document.language,
        "properties": document.properties,
        "units": [
            {"number": unit.number, "kind": unit.kind, "title": unit.title, "hidden": unit.hidden,
             "section": unit.section,
             "blocks": [{"id": block.id, "part": block.part.value, "text": block.text, "level": block.level,
                         "visible": block.visible, "where": block.where} for block in unit.blocks]}
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
