"""A desk with people and a submission that was read and scanned, for tests of the services and pages."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from content.document import Block, Box, Document, Part, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Settings
from content.topic import Topic
from desk.rights import Actor
from desk.services.office import Office, writing
from flows.case import Case, Request
from store import people
from store.database import open_database
from store.files import FileStore
from store.privacy import load_key
from store.submissions import advance, receive, record_findings

ALL = (("reviewer", "*"),)
STAFF: dict[str, Sequence[tuple[str, str]]] = {
    "ana": (("submitter", "*"), ("reviewer", "*")), "ben": ALL, "hr": (("reviewer", "person"),), "sam": (("submitter", "*"),),
    "ada": (("administrator", "*"),), "pia": (("approver", "*"),),
}
#: Any argon2 hash: nobody signs in with a password here.
_HASH = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@dataclasses.dataclass
class Bench:
    """An office with its people, and a way to put submissions into it."""

    office: Office
    folder: Path

    def actor(self, name: str) -> Actor:
        with writing(self.office.engine) as session:
            found = people.person(session, name)
        assert found is not None
        return Actor(found)

    def cookie(self, name: str) -> str:
        with writing(self.office.engine) as session:
            return people.sign_in(session, name)

    def submission(self, document: Document, findings: Sequence[Finding], by: str = "sam", topics: Sequence[Topic] = (),
                   title: str = "The talk") -> str:
        """Put it in as the work leaves it when something is open."""
        from store.tables_review import Intake, Job

        identity = secrets.token_hex(8)
        case = Case(identity, Request(Path("x"), Path("y")), self.office.cases() / identity)
        assert case.folder is not None
        case.folder.mkdir()
        case.put("document", document, Document)
        case.put("findings", tuple(findings), tuple[Finding, ...])
        case.put("topics", tuple(topics), tuple[Topic, ...])
        with writing(self.office.engine) as session:
            receive(session, identity, document.source.sha256, 10, document.source.media_type, document.source.name, by)
            session.add(Intake(submission=identity, title=title))
            session.add(Job(submission=identity, state="done", changed_at="2026-11-01T10:00:00.000000+00:00"))
            advance(session, identity, 1, "scanning")
            record_findings(session, identity, findings, self.office.key)
            advance(session, identity, 2, "in_review")
        return identity


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path)
    yield made
    made.office.engine.dispose()


def make_bench(folder: Path, url: str = "") -> Bench:
    engine = open_database(url or f"sqlite:///{folder / 'desk.db'}")
    office = Office(engine, load_key(folder), FileStore(folder / "files"), folder, Settings())
    with writing(engine) as session:
        for name, roles in STAFF.items():
            people.add_user(session, name, _HASH, roles, name.capitalize())
    return Bench(office, folder)


@pytest.fixture(scope="session")
def new_bench() -> Callable[..., Bench]:
    return make_bench


@pytest.fixture
def talk() -> tuple[Document, tuple[Finding, ...]]:
    return small_talk()


@pytest.fixture(scope="session")
def large_talk() -> Callable[[int], tuple[Document, tuple[Finding, ...]]]:
    return many_findings


def block(unit: int, number: int, text: str, part: Part = Part.BODY, box: Box | None = None) -> Block:
    return Block(id=f"s{unit}.b{number}", part=part, text=text, box=box, shape=f"s{unit}.shape{number}")


def finding(identity: str, group: str, category: Category, severity: Severity, place: Block, words: str, mask: str = "",
            occurrence: int = 0) -> Finding:
    at = -1
    for _ in range(occurrence + 1):
        at = place.text.index(words, at + 1)
    unit = int(place.id[1:].partition(".")[0])
    return Finding(id=identity, group=group, rule=f"{category.value}.test", category=category, severity=severity, confidence=0.9,
                   unit=unit, part=place.part.value, block=place.id, start=at, end=at + len(words), text=words, label=words,
                   mask=mask, why=f"It names something: {words}.", suggestion=f"Write '{mask}'." if mask else "Take it out.")


def source(sha256: str = "") -> Source:
    return Source(name="talk.pptx", sha256=sha256 or secrets.token_hex(32), media_type="application/x-test", bytes=10)


def small_talk() -> tuple[Document, tuple[Finding, ...]]:
    """Three slides; a customer in two places, a person, a password, and one thing that may stay."""
    title = block(1, 1, "What Halden Foods taught us", Part.TITLE, Box(x=40, y=40, width=880, height=80))
    body = block(1, 2, "Rita Vos asked for it & <b>they</b> said yes", Part.BODY, Box(x=40, y=160, width=880, height=300))
    other = block(2, 1, "Halden Foods again, and more words", Part.BODY, Box(x=40, y=40, width=600, height=90))
    notes = block(2, 2, "The password is Blue-Kettle-9. Say nothing.", Part.NOTES)
    last = block(3, 1, "Thank you 👋 everybody at Kelder Works", Part.TITLE, Box(x=40, y=200, width=880, height=90))
    document = Document(id="d", source=source(), title="The talk", size=(960.0, 540.0), key="k", units=(
        Unit(number=1, kind="slide", title=title.text, blocks=(title, body)),
        Unit(number=2, kind="slide", title="", blocks=(other, notes)),
        Unit(number=3, kind="slide", title=last.text, blocks=(last,))))
    return document, (
        finding("f-1", "customer-1", Category.CUSTOMER, Severity.HIGH, title, "Halden Foods", "a food company"),
        finding("f-2", "person-1", Category.PERSON, Severity.MEDIUM, body, "Rita Vos", "a colleague"),
        finding("f-3", "customer-1", Category.CUSTOMER, Severity.HIGH, other, "Halden Foods", "a food company"),
        finding("f-4", "credential-1", Category.CREDENTIAL, Severity.HIGH, notes, "Blue-Kettle-9", "a password"),
        finding("f-5", "quality-1", Category.QUALITY, Severity.LOW, other, "more words"))


def many_findings(count: int, units: int = 60) -> tuple[Document, tuple[Finding, ...]]:
    """A long talk with so many findings, each a group of its own, spread over its slides."""
    words = [f"Person {chr(65 + n % 26)}{n:03d} Name" for n in range(count)]
    blocks = [block(n % units + 1, n // units + 1, f"This sentence names {said} and goes on for a while after that, "
                    "so that there is something to read on each of the slides.", Part.BODY if n % 3 else Part.NOTES,
                    Box(x=40, y=40 + n // units * 50, width=880, height=40) if n % 3 else None) for n, said in enumerate(words)]
    findings = [finding(f"f-{n}", f"person-{n}", Category.PERSON, Severity.MEDIUM, place, said, "a colleague")
                for n, (place, said) in enumerate(zip(blocks, words, strict=True))]
    document = Document(id="d", source=source(), title="Long", size=(960.0, 540.0), key="k", units=tuple(
        Unit(number=n, kind="slide", title=f"Slide number {n}", blocks=tuple(each for each in blocks if each.id.startswith(f"s{n}.")))
        for n in range(1, units + 1)))
    findings.sort(key=lambda each: (each.unit, each.block))
    return document, tuple(findings)
