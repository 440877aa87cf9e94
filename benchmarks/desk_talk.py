"""A desk full of invented talks for the benchmarks of the page: people, and submissions as the scan leaves them.

Only the stages' results are made here, not the files they come from: what is measured is the desk. Every name is invented.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from content.document import Block, Box, Document, Part, Source, Unit
from content.finding import Category, Finding, Severity
from content.topic import Topic
from desk.rights import Actor
from desk.services.office import Office, reading, writing

#: Who is there, and what each may do.
STAFF: dict[str, Sequence[tuple[str, str]]] = {
    "sam": (("submitter", "*"),), "ada": (("administrator", "*"),), "pia": (("approver", "*"), ("publisher", "*")),
    **{f"rev{number}": (("reviewer", "*"),) for number in range(1, 5)},
}


def staff(office: Office) -> None:
    """Add the people of `STAFF`, none of whom has a password."""
    from store import people

    with writing(office.engine) as session:
        for name, roles in STAFF.items():
            people.add_user(session, name, "", roles, name.capitalize())


def actor(office: Office, name: str) -> Actor:
    """One of them."""
    from store import people

    with reading(office.engine) as session:
        found = people.person(session, name)
    assert found is not None
    return Actor(found)


def talk(count: int, units: int) -> tuple[Document, tuple[Finding, ...]]:
    """A talk with so many findings, each a group of its own, spread over its slides; its id is new at each call."""
    said = [f"Person {chr(65 + number % 26)}{number:03d} Name" for number in range(count)]
    blocks: dict[int, list[Block]] = {number: [] for number in range(1, units + 1)}
    findings = []
    for number, words in enumerate(said):
        unit, line = number % units + 1, number // units + 1
        text = f"This sentence names {words} and goes on for a while after that, so that there is something to read here."
        box = Box(x=40, y=40 + line * 50, width=880, height=40)
        part = Part.BODY if number % 3 else Part.NOTES
        place = Block(id=f"s{unit}.b{line}", part=part, text=text, box=box if number % 3 else None, shape=f"s{unit}.{line}")
        blocks[unit].append(place)
        start = text.index(words)
        findings.append(Finding(
            id=f"f-{number}", group=f"person-{number}", rule="benchmark.person", category=Category.PERSON,
            severity=Severity.MEDIUM, confidence=0.9, unit=unit, part=part.value, block=place.id, start=start,
            end=start + len(words), text=words, label=words, mask="a colleague", why="It names somebody.",
            suggestion="Write 'a colleague'."))
    findings.sort(key=lambda each: (each.unit, each.block))
    source = Source(name="talk.pptx", sha256=secrets.token_hex(32), media_type="application/x-benchmark", bytes=10)
    return Document(id=source.sha256, source=source, title="Long", size=(960.0, 540.0), key="k", units=tuple(
        Unit(number=number, kind="slide", title=f"Slide number {number}", blocks=tuple(there))
        for number, there in blocks.items())), tuple(findings)


def put_in(office: Office, document: Document, findings: Sequence[Finding], title: str, by: str = "sam") -> str:
    """Put a talk in as the work leaves it when something is open; returns the submission's id."""
    from pathlib import Path

    from flows.case import Case, Request
    from store.database import now
    from store.submissions import advance, receive, record_findings
    from store.tables_review import Intake, Job

    identity = secrets.token_hex(8)
    case = Case(identity, Request(Path("x"), Path("y")), office.cases() / identity)
    assert case.folder is not None
    case.folder.mkdir()
    last = document.units[-1].number
    topics = (Topic(number=1, title="How notes travel", first=1, last=last),)
    case.put("document", document, Document)
    case.put("findings", tuple(findings), tuple[Finding, ...])
    case.put("topics", topics, tuple[Topic, ...])
    with writing(office.engine) as session:
        receive(session, identity, document.source.sha256, 10, document.source.media_type, document.source.name, by)
        session.add(Intake(submission=identity, title=title))
        session.add(Job(submission=identity, state="done", changed_at=now()))
        advance(session, identity, 1, "scanning")
        record_findings(session, identity, findings, office.key)
        advance(session, identity, 2, "in_review")
    return identity
