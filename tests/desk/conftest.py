"""A desk of its own for each test: a data folder, people by role, decks to hand in, and the work done in process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from desk.rights import Actor
from desk.services import submissions, worker
from desk.services.office import Office, open_office, reading, writing
from desk.services.submissions import Intake, Result
from desk.services.uploads import Upload
from desk.web.app import create_app
from desk.web.site import Site
from flows.local import LocalWork
from store import people

CUSTOMER = "Quillmarsh Dairy"
#: What a person of a kind may do; reviewers hand in too.
ROLES = {"reviewer": [("reviewer", "*"), ("submitter", "*")]}
MakeDeck = Callable[..., bytes]


class Desk:
    """An office with shortcuts for tests: people, uploads, browsers and programs."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def actor(self, name: str, kind: str = "submitter") -> Actor:
        """Somebody of a kind, made at the first call."""
        with writing(self.office.engine) as session:
            found = people.person(session, name)
            if found is None:
                people.add_user(session, name, "", ROLES.get(kind, [(kind, "*")]), name.capitalize())
                found = people.person(session, name)
        assert found is not None
        return Actor(found)

    def upload(self, name: str, content: bytes) -> Upload:
        upload = Upload(self.office, name)
        upload.write(content)
        return upload

    def hand_in(self, actor: Actor, content: bytes | None = None, name: str = "talk.pptx", intake: Intake | None = None,
                ticket: str = "") -> Result:
        upload = self.upload(name, make_deck_bytes() if content is None else content)
        return submissions.submit(self.office, actor, (upload,), intake or Intake(), ticket)[0]

    def token(self, name: str, *scopes: str) -> str:
        with writing(self.office.engine) as session:
            return people.make_token(session, name, scopes, 30)

    def api(self, name: str, *scopes: str) -> TestClient:
        return TestClient(create_app(self.office, Site()), headers={"authorization": f"Bearer {self.token(name, *scopes)}"})

    def browser(self, name: str, follow: bool = True) -> TestClient:
        """A browser that is signed in and sends the secret of its forms in a header."""
        with writing(self.office.engine) as session:
            cookie = people.sign_in(session, name)
        with reading(self.office.engine) as session:
            found = people.signed_in(session, cookie)
        assert found is not None
        return TestClient(create_app(self.office, Site()), cookies={Site().cookie: cookie},
                          headers={"x-csrf-token": found.csrf}, follow_redirects=follow)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, as the environment names it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DECKPRISM_DATA", str(folder))
    monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
    return folder


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    """A list with one customer."""
    file = tmp_path / "customers.csv"
    file.write_text(f"name,industry\n{CUSTOMER},dairy\n", encoding="utf-8")
    return file


@pytest.fixture
def customer() -> str:
    return CUSTOMER


@pytest.fixture
def desk_of() -> Callable[[Office], Desk]:
    return Desk


@pytest.fixture
def desk(data: Path, customers: Path) -> Iterator[Desk]:
    made = Desk(open_office(None, customers))
    yield made
    made.office.engine.dispose()


@pytest.fixture
def work(desk: Desk) -> Iterator[LocalWork]:
    made = worker.local_work(desk.office)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def make_deck() -> MakeDeck:
    return make_deck_bytes


def make_deck_bytes(slides: int = 4, customer: str = "", subject: str = "notes") -> bytes:
    """A small deck of two subjects with speaker notes; its first slide names a customer where one is given."""
    from pptx import Presentation

    deck = Presentation()
    for number in range(1, slides + 1):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"How {subject} travel, step {number}"
        place = ("workshop", "canteen", "gatehouse", "paint shop", "foundry", "archive")[number % 6]
        told = f"\n{customer} asked for this first." if customer and number == 1 else ""
        slide.placeholders[1].text = f"Teams that write {number + 2} {subject} in week {number} find answers sooner.{told}"
        slide.notes_slide.notes_text_frame.text = (
            f"When we began nobody wrote down any {subject}. It took us six months to change that, and it began with "
            "one question from a colleague on a train."
            f" The people of the {place} keep a page of their own, and whoever begins there in the morning reads it before the "
            f"coffee is ready. It used to hang on a nail behind the door of the {place}, where only the tallest of us could read "
            f"the last line. Now it lies open on a table, and a question from the {place} has an answer before anybody has to "
            f"walk over and ask. We would not go back to the nail, not even for the prettiest door in the {place}.")
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()
