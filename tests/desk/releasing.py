"""What the tests of the way out share: an office, people, and a small deck that is ready to be approved."""

from __future__ import annotations

import atexit
import hashlib
import io
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.testclient import TestClient
from pptx import Presentation

from desk.rights import Actor
from desk.services import builds
from desk.services.material import scanned
from desk.services.office import Office, open_office, reading, set_setting, writing
from desk.services.submissions import Intake, submit
from desk.services.uploads import Upload
from desk.services.worker import local_work
from desk.web.app import create_app
from desk.web.site import Site
from flows.editing import segment_hash
from flows.local import LocalWork
from store import people

#: A customer of the invented list.
CUSTOMER = "Quillmarsh Dairy"
ROLES = {"ana": [("submitter", "*"), ("approver", "*")], "rex": [("reviewer", "*")], "ben": [("approver", "*")],
         "cas": [("approver", "*")], "pia": [("publisher", "*")], "adm": [("administrator", "*")], "zoe": [("submitter", "*")],
         "kim": [("auditor", "*")]}


@dataclass
class Ready:
    """A desk with a submission that was read and built."""

    office: Office
    work: LocalWork
    id: str
    people: dict[str, Actor]

    @property
    def content(self) -> str:
        with reading(self.office.engine) as session:
            build = builds.current(self.office, session, self.id)
            return build.content_hash if build else ""

    def state(self) -> str:
        from store.tables import Submission

        with reading(self.office.engine) as session:
            return session.get(Submission, self.id).state

    def sentence(self, kind: str = "blog", number: int = 1):
        """(piece, segment, hash, text) of a sentence of the source."""
        draft = next(each for each in scanned(self.office, self.id).drafts if each.kind == kind)
        found = [(n, each) for n, each in enumerate(draft.segments) if each.origin.value != "template"][number]
        return draft.name, found[0], segment_hash(found[1].text), found[1].text

    def setting(self, **values) -> None:
        with writing(self.office.engine) as session:
            set_setting(session, "policy", values, "adm")

    def token(self, name: str, *scopes: str) -> str:
        with writing(self.office.engine) as session:
            return people.make_token(session, name, scopes, 30)

    def browser(self, name: str, follow: bool = True) -> TestClient:
        with writing(self.office.engine) as session:
            cookie = people.sign_in(session, name)
            found = people.signed_in(session, cookie)
        client = TestClient(create_app(self.office, Site()), follow_redirects=follow)
        client.cookies.set("deckprism", cookie)
        client.headers["x-csrf-token"] = found.csrf
        return client

    def api(self, name: str, *scopes: str) -> TestClient:
        client = TestClient(create_app(self.office, Site()), follow_redirects=False)
        client.headers["authorization"] = f"Bearer {self.token(name, *scopes)}"
        return client


def deck(customer: str = "", sentence: str = "") -> bytes:
    """Four slides of invented sentences."""
    show = Presentation()
    for number in range(1, 5):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"How notes travel, step {number}"
        place = ("workshop", "canteen", "gatehouse", "paint shop")[number - 1]
        extra = (f"\n{customer} asked for this first." if customer and number == 2 else "") + \
            (f"\n{sentence}" if sentence and number == 3 else "")
        slide.placeholders[1].text = f"Teams that write {number + 2} notes a week find answers sooner.{extra}"
        slide.notes_slide.notes_text_frame.text = (
            "When we began nobody wrote down any notes. It took us six months to change that, and it began with one "
            f"question from a colleague on a train, in week {number}."
            f" The people of the {place} keep a page of their own, and whoever begins there in the morning reads it before the "
            f"coffee is ready. It used to hang on a nail behind the door of the {place}, where only the tallest of us could read "
            f"the last line. Now it lies open on a table, and a question from the {place} has an answer before anybody has to "
            f"walk over and ask. We would not go back to the nail, not even for the prettiest door in the {place}.")
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


def make_ready(folder: Path, monkeypatch, publish_to: Path | None = None, content: bytes | None = None,
               settings: Path | None = None) -> Ready:
    """An office in a folder, with a submission of Ana's that the work was done on."""
    monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
    made, identity = _template(content or _DECK, monkeypatch)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(made / "data", folder / "data")
    monkeypatch.setenv("DECKPRISM_DATA", str(folder / "data"))
    office = open_office(settings, made / "customers.csv", publish_to)
    work = local_work(office)
    with reading(office.engine) as session:
        actors = {name: Actor(people.person(session, name)) for name in ROLES}
    return Ready(replace(office, wake=work.wake), work, identity, actors)


_made: dict[str, tuple[Path, str]] = {}


def _template(content: bytes, monkeypatch) -> tuple[Path, str]:
    """The same, made once for a deck and then copied: reading and building takes seconds."""
    name = hashlib.sha256(repr([content[-2000:], len(content)]).encode()).hexdigest() if content != _DECK else "plain"
    if name not in _made:
        folder = Path(tempfile.mkdtemp(prefix="dp-ready-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        monkeypatch.setenv("DECKPRISM_DATA", str(folder / "data"))
        (folder / "customers.csv").write_text(f"name,industry\n{CUSTOMER},food\n", encoding="utf-8")
        office = open_office(None, folder / "customers.csv", None)
        with writing(office.engine) as session:
            for person, roles in ROLES.items():
                team = "Customer Service" if person == "kim" else ""
                people.add_user(session, person, "", roles, person.title(), team, f"{person}@desk.invalid")
            ana = Actor(people.person(session, "ana"))
        upload = Upload(office, "talk.pptx")
        upload.write(content)
        made = submit(office, ana, (upload,), Intake(title="How notes travel", channels=("blog", "social")))[0]
        work = local_work(office)
        work.drain()
        work.stop()
        office.engine.dispose()
        _made[name] = (folder, made.id)
    return _made[name]


_DECK = deck()
