"""Builds small cleared decks for the tests of the writers: every name and sentence in them is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from content.cleared import ClearedDocument
from content.document import Block, Part, Source, Unit
from content.topic import Topic
from generators.context import Context, prepare

Slide = dict[str, object]


@pytest.fixture
def slide() -> Callable[..., Unit]:
    """slide(number, title, bullets, notes): bullets as strings or (level, string), notes as paragraphs."""

    def build(number: int, title: str = "", bullets: tuple[object, ...] = (), notes: tuple[str, ...] = (),
              table: tuple[tuple[str, ...], ...] = (), kind: str = "slide") -> Unit:
        blocks: list[Block] = []

        def add(part: Part, text: str, **more: object) -> None:
            blocks.append(Block(id=f"s{number}.b{len(blocks) + 1}", part=part, text=text, **more))

        if title:
            add(Part.TITLE, title)
        for each in bullets:
            level, text = each if isinstance(each, tuple) else (0, each)
            add(Part.BODY, text, level=level, shape="body")
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                add(Part.TABLE, text, shape="table", row=row, column=column)
        for text in notes:
            add(Part.NOTES, text, shape="notes")
        return Unit(number=number, kind=kind, title=title, blocks=tuple(blocks))

    return build


@pytest.fixture
def context() -> Callable[..., Context]:
    """context(units, topics=((title, first, last), ...), language, asides, ...) -> Context."""

    def build(units: tuple[Unit, ...], topics: tuple[tuple[str, int, int], ...] = (), language: str = "en",
              asides: dict[int, str] | None = None, properties: dict[str, str] | None = None, **more: object) -> Context:
        cleared = ClearedDocument(
            id="0" * 64, source=Source(name="talk.pptx", sha256="0" * 64, media_type="x", bytes=1), language=language,
            units=units, properties=properties or {})
        spans = topics or ((units[0].title or "All of it", units[0].number, units[-1].number),)
        found = tuple(
            Topic(number=n, title=title, first=first, last=last, keyphrases=(),
                  asides={unit: kind for unit, kind in (asides or {}).items() if first <= unit <= last})
            for n, (title, first, last) in enumerate(spans, start=1))
        return prepare(cleared, found, **more)

    return build
