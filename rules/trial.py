"""Tries a rule's example: a one-slide document is made of it, for the engine or for the rule alone."""

from __future__ import annotations

import hashlib

from content.document import Block, Document, Part, Picture, Source, Unit, Unread
from content.finding import Finding
from content.settings import Settings
from rules.catalogue import Catalogue
from rules.rule import About, Example, Kind, Rule

#: The unit that holds an example's text.
OWN_UNIT = 2
#: What stands beside it, so that it is not a whole deck in one line.
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
            Unit(number=OWN_UNIT, kind="slide", hidden=example.hidden, blocks=tuple(blocks),
                 pictures=(Picture(id="s2.p1", sha256=digest, media_type="image/png"),) if example.picture else ()),
        ),
        unread=(Unread(where="slide 2, chart", why="no cached values", unit=2),) if example.unread else (),
    )


def try_example(example: Example, known: Catalogue) -> tuple[Finding, ...]:
    """All findings in an example."""
    from rules.customers import CustomerList
    from rules.engine import run

    customers = CustomerList.of(example.customers) if example.customers else CustomerList.empty()
    return run(document_of(example), customers, Settings(), known, names=True)


def matches_alone(rule: Rule, example: Example) -> bool:
    """Whether a rule that is data finds something in an example, with no other rule and no statistical model beside it.

    A rule that asks for a person in the sentence is tried with everything, as persons are found by other rules.
    """
    from rules.customers import CustomerList
    from rules.engine import prepared
    from rules.markings import Markings
    from rules.patterns import Patterns

    alone = Catalogue((rule,), {rule.id: rule})
    scan = prepared(document_of(example), CustomerList.empty(), Settings(), alone, names=False)
    detector = Markings() if rule.kind is Kind.MARKING else Patterns()
    if any(True for _ in detector.find(scan)):
        return True
    if rule.about is not About.PERSON:
        return False
    from rules.catalogue import catalogue

    built_in = catalogue()
    known = Catalogue((*built_in.all, rule), {**built_in.by_id, rule.id: rule})
    return any(found.rule == rule.id for found in try_example(example, known))
