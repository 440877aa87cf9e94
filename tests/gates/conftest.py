"""A small cleared document to write about, and drafts that say true and untrue things of it."""

from __future__ import annotations

import pytest

from content.cleared import ClearedDocument
from content.document import Block, Part, Source, Unit
from content.draft import Draft, Sentence
from gates.work import Work
from language.source import index

LINES = {
    1: ("Why the board works", "Of 412 questions, 61 were answered by people outside the team.",
        "The engineers did not wait for a manager."),
    2: ("What it costs", "Answering takes 12 minutes a day.", "Mara Quist calls it 'the cheapest meeting we ever had'."),
}


@pytest.fixture
def cleared() -> ClearedDocument:
    units = tuple(
        Unit(number=number, kind="slide", title=title, blocks=(
            Block(id=f"s{number}.b1", part=Part.TITLE, text=title),
            *(Block(id=f"s{number}.b{place}", part=Part.NOTES, text=text) for place, text in enumerate(texts, start=2))))
        for number, (title, *texts) in LINES.items())
    return ClearedDocument(id="d" * 64, source=Source(name="deck.pptx", sha256="d" * 64, media_type="x/y", bytes=1),
                           title="Why the board works", units=units)


def draft(*said: Sentence, kind: str = "blog", name: str = "blog/01-a", **more: object) -> Draft:
    title = Sentence(text="Why the board works", sources=("s1.b1.1",))
    return Draft.model_validate({"kind": kind, "name": name, "path": f"{name}.md", "title": title, "segments": said, **more})


@pytest.fixture
def work(cleared: ClearedDocument):
    def make(*drafts: Draft, **more: object) -> Work:
        return Work(drafts=drafts, cleared=cleared, index=index(cleared), **more)

    return make


@pytest.fixture
def write():
    return draft
