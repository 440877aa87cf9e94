"""A desk with a submission in every state, one person a role, and something of every kind that can be asked for by its id."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from desk.rights import Actor
from desk.services import approvals, feedback, releases, submissions
from desk.services.office import Office, open_office, reading, writing
from desk.services.releases import Wrong
from desk.services.submissions import Intake
from desk.services.uploads import Upload
from desk.services.worker import local_work
from store import people
from store.database import now
from store.tables import RememberedDecision
from store.tables_review import Missed
from tests.desk import releasing

ROLES = ("submitter", "reviewer", "approver", "publisher", "auditor", "administrator")
#: "own" handed everything in; "service" may acknowledge; "colleague" did what was done before; "victim" is acted upon.
STAFF = {**{each: [(each, "*")] for each in ROLES}, "own": [("submitter", "*")], "service": [("auditor", "*")],
         "colleague": [(each, "*") for each in ROLES], "victim": [("submitter", "*")]}


@dataclass
class House:
    """Ids of submissions by their state, and of what belongs to them."""

    office: Office
    open: str
    decided: str
    approved: str
    out: str
    withdrawn: str
    stopped: str
    release: str
    correction: str
    entry: int
    folder: Path

    def actor(self, name: str) -> Actor:
        with reading(self.office.engine) as session:
            found = people.person(session, name)
        assert found is not None
        return Actor(found)

    @property
    def database(self) -> Path:
        return Path(str(self.office.engine.url.database))

    def keep(self) -> None:
        """Remember how the database is now."""
        self.office.engine.dispose()
        shutil.copy2(self.database, self.folder / "kept.db")

    def back(self) -> None:
        """The database as it was kept."""
        self.office.engine.dispose()
        for rest in ("-wal", "-shm"):
            self.database.with_name(self.database.name + rest).unlink(missing_ok=True)
        shutil.copy2(self.folder / "kept.db", self.database)


def make_house(folder: Path, deck: bytes | None = None) -> House:
    """Build it; DECKPRISM_DATA names its data folder. `deck` is handed in too, where given, and stays open."""
    (folder / "customers.csv").write_text(f"name,industry\n{releasing.CUSTOMER},food\n", encoding="utf-8")
    office = open_office(None, folder / "customers.csv", folder / "published")
    with writing(office.engine) as session:
        for name, roles in STAFF.items():
            people.add_user(session, name, "", roles, name.title(), "Customer Service" if name == "service" else "")
        own, colleague = (Actor(people.person(session, name)) for name in ("own", "colleague"))

    def hand_in(content: bytes, title: str) -> str:
        upload = Upload(office, "talk.pptx")
        upload.write(content)
        return submissions.submit(office, own, (upload,), Intake(title=title, channels=("blog", "social")), "")[0].id

    ids = [hand_in(deck or releasing.deck(releasing.CUSTOMER), "One that waits for a decision")]
    ids += [hand_in(releasing.deck(sentence=f"We asked {count} people what they look for."), f"One that is {state}")
            for count, state in enumerate(("decided", "approved", "out", "withdrawn"), start=30)]
    work = local_work(office)
    work.drain()
    work.stop()
    waiting, decided, approved, out, withdrawn = ids
    for each in (approved, out, withdrawn):
        approvals.approve(office, colleague, each, "")
    made = releases.release(office, colleague, out, "pilot")
    entry = feedback.record(office, own, out, "question", "How long did the first year take?")
    releases.release(office, colleague, withdrawn, "all")
    correction = releases.withdraw(office, own, withdrawn, Wrong("A figure was wrong", "30 people", "31 people"))
    stopped = hand_in(releasing.deck(sentence="Nobody waits for this."), "One that was stopped")
    submissions.cancel(office, own, stopped)
    with writing(office.engine) as session:
        session.add(Missed(id="m-1", submission=waiting, unit=1, block="s1.b1", start=0, end=3, category="customer",
                           severity="low", by="x", at=now()))
        session.add(RememberedDecision(id="d-1", scope="everywhere", category="customer", preview="A**", action="keep",
                                       reason="It is public", by="reviewer", at=now()))
    return House(office, waiting, decided, approved, out, withdrawn, stopped, made.id, correction, entry, folder)
