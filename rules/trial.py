"""Tries a rule's example through the engine: a one-slide document is made of it."""

from __future__ import annotations

import hashlib

from content.document import Block, Document, Part, Source, Unit, Unread
from content.finding import Finding
from content.settings import Settings
from rules.catalogue import Catalogue
from rules.rule import Example

#: What stands beside a trial's text so that it is not a whole deck in one line.
_OTHER = "We plan the work of the next weeks together."


def document_of(example: Example) -> Document:
    """A document of two slides, the second with the example's text in the place that it names."""
    digest = hashlib.sha256(repr(example).encode()).hexdigest()
    blocks = []
    if example.text and example.part is not Part.PROPERTY:
        blocks += [Block(id=f"s2.b{number}", part=example.part, text=text, visible=example.visible)
                   for number, text in enumerate(example.text.split("\n\n"), start=1)]
    own = Block(id="s0.b1", part=Part.PROPERTY, text=example.text, where="title")
    return Document(
        id=digest,
        source=Source(name=example.file_name, sha256=digest, media_type="text/plain", bytes=len(example.text)),
        title=example.title or (example.text if example.part is Part.PROPERTY else ""),
        language=example.language,
        properties={"description": example.description} if example.description else {},
        units=(
            Unit(number=0, kind="file", blocks=(own,) if example.part is Part.PROPERTY else ()),
            Unit(number=1, kind="slide", title="The coming weeks",
                 blocks=(Block(id="s1.b1", part=Part.BODY, text=_OTHER),)),
            Unit(number=2, kind="slide", hidden=example.hidden, blocks=tuple(blocks)),
        ),
        unread=(Unread(where="slide 2, chart", why="no cached values", unit=2),) if example.unread else (),
    )


def try_example(example: Example, known: Catalogue) -> tuple[Finding, ...]:
    """All findings in an example."""
    from rules.customers import CustomerList
    from rules.engine import run

    customers = CustomerList.of(example.customers) if example.customers else CustomerList.empty()
    return run(document_of(example), customers, Settings(), known, names=True)
