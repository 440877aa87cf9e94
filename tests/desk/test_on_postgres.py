"""The whole desk over HTTP on each kind of database: the way of a submission, a conflict, the history, and the database
away for a while."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import event, select

from desk.services import worker
from desk.services.office import open_office, reading, set_setting, writing
from store.audit import first_broken
from store.tables import Audit, Submission

pytestmark = pytest.mark.slow
POLICY = {"pilot_first": False, "acknowledge": False, "second_approver_from": ""}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


@pytest.fixture
def desk(url, data, customers, desk_of, monkeypatch):
    monkeypatch.setenv("DECKPRISM_DATABASE", url)
    made = desk_of(open_office(None, customers))
    assert made.office.engine.dialect.name == ("postgresql" if url else "sqlite")
    yield made
    made.office.engine.dispose()


def test_a_submission_goes_all_the_way(desk, work, make_deck, customer):
    for name, kind in (("ana", "submitter"), ("rex", "reviewer"), ("bo", "approver"), ("cy", "publisher"), ("kim", "auditor")):
        desk.actor(name, kind)
    with writing(desk.office.engine) as session:
        set_setting(session, "policy", POLICY, "ana")
    ana, bo, cy = desk.api("ana", "submit", "read"), desk.api("bo", "approve", "read"), desk.api("cy", "release", "read")
    sent = ana.post("/api/v1/submissions", data={"channels": "blog"}, files={"files": ("talk.pptx", make_deck(customer=customer))})
    it = sent.json()["results"][0]["id"]
    work.drain()
    assert ana.get(f"/api/v1/submissions/{it}").json()["state"] == "in_review"

    rex = desk.browser("rex")
    old = None
    for _ in range(20):
        page = rex.get(f"/review/{it}").text
        version = re.search(r'name="version" value="(\d+)"', page).group(1)
        with reading(desk.office.engine) as session:
            if session.get(Submission, it).state == "decided":
                break
        group = re.search(r'name="group" value="([^"]+)"', page).group(1)
        form = {"version": version, "group": group, "action": "remove", "unit": "1"}
        assert rex.post(f"/review/{it}/decide", data=form).status_code == 200
        old = old or form
    ben = desk.actor("ben", "reviewer").name
    conflict = desk.browser(ben).post(f"/review/{it}/decide", data={**old, "action": "keep", "reason": "It is public already"})
    assert conflict.status_code == 409 and "Rex decided this" in conflict.text

    work.drain()
    pieces = bo.get(f"/api/v1/submissions/{it}/pieces").json()
    assert pieces["status"] == "clear" and customer not in str(pieces)
    assert bo.post(f"/api/v1/submissions/{it}/approve", json={"content_hash": pieces["content_hash"]}).status_code == 200
    assert bo.post(f"/api/v1/submissions/{it}/approve", json={"content_hash": "0" * 64}).status_code == 409
    released = cy.post(f"/api/v1/submissions/{it}/release", json={"audience": "all"}).json()
    again = cy.post(f"/api/v1/submissions/{it}/release", json={"audience": "all"}).json()
    assert again["id"] == released["id"]
    work.drain()
    assert cy.get(f"/api/v1/submissions/{it}/download").content[:2] == b"PK"
    listed = desk.browser("cy").get("/released").text
    assert released["id"] in listed and "Out</span> to everybody" in listed
    assert cy.post(f"/api/v1/submissions/{it}/withdraw", json={"reason": "A date was wrong"}).status_code == 200
    work.drain()
    assert ana.get(f"/api/v1/submissions/{it}").json()["state"] == "withdrawn"
    assert cy.get(f"/api/v1/submissions/{it}/download").status_code == 404

    verified = desk.browser("kim").post("/history/verify")
    assert verified.status_code == 200 and "row 1 " not in verified.text
    with reading(desk.office.engine) as session:
        assert first_broken(session, desk.office.key) is None
        done = set(session.scalars(select(Audit.action).where(Audit.subject == f"submission:{it}")))
    assert {"submitted", "scanned", "decided", "built", "approved", "released", "published", "withdrawn"} <= done


class Wire:
    """A socket that stands before the server's: cut it, and the database is away for whoever comes through it."""

    def __init__(self, folder: Path, target: str) -> None:
        self.folder, self._target = folder, target
        self._place = str(folder / ".s.PGSQL.5432")
        self._open: list[socket.socket] = []
        self.join()

    def join(self) -> None:
        Path(self._place).unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self._place)
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(1 << 16):
                other.sendall(piece)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def wire(postgres_url, tmp_path):
    folder = re.search(r"host=([^&]+)", postgres_url).group(1)
    made = Wire(tmp_path, f"{folder}/.s.PGSQL.5432")
    made.url = postgres_url.replace(folder, str(tmp_path))
    yield made
    made.cut()


def test_a_database_that_is_away_costs_one_line_and_comes_back_by_itself(wire, data, customers, desk_of, monkeypatch, make_deck):
    monkeypatch.setenv("DECKPRISM_DATABASE", wire.url)
    desk = desk_of(open_office(None, customers))
    ana = desk.actor("ana")
    browser, api = desk.browser("ana"), desk.api("ana", "submit", "read")
    before = desk.hand_in(ana).id
    assert browser.get(f"/jobs/{before}").status_code == 200
    wire.cut()
    page = browser.get(f"/jobs/{before}")
    assert page.status_code == 503 and "Traceback" not in page.text
    assert "The database cannot be used just now. Nothing was changed; try again in a minute." in page.text
    assert page.headers["content-security-policy"] and page.headers["cache-control"] == "no-store"
    sent = api.post("/api/v1/submissions", files={"files": ("other.pptx", make_deck(subject="ideas"))})
    assert sent.status_code == 503 and list(sent.json()) == ["detail"] and "\n" not in sent.json()["detail"]
    assert not list((data / "files" / "partial").iterdir())
    wire.join()
    assert browser.get(f"/jobs/{before}").status_code == 200  # the very next request, with nothing done by hand
    sent = api.post("/api/v1/submissions", files={"files": ("other.pptx", make_deck(subject="ideas"))})
    assert sent.status_code in {200, 201} and sent.json()["results"][0]["id"]
    with closing(desk.office.engine.raw_connection()), reading(desk.office.engine) as session:
        assert set(session.scalars(select(Submission.id))) == {before, sent.json()["results"][0]["id"]}
        assert first_broken(session, desk.office.key) is None
    desk.office.engine.dispose()


def test_work_goes_on_when_the_database_is_back(wire, data, customers, desk_of, monkeypatch):
    monkeypatch.setenv("DECKPRISM_DATABASE", wire.url)
    desk = desk_of(open_office(None, customers))
    it = desk.hand_in(desk.actor("ana")).id
    work = worker.local_work(desk.office)
    tried = threading.Event()
    event.listen(desk.office.engine, "handle_error", lambda _context: tried.set())
    wire.cut()
    work.start()
    try:
        assert tried.wait(60)  # it looked for work while the database was away
        wire.join()
        for _ in range(600):
            with reading(desk.office.engine) as session:
                state = session.get(Submission, it).state
            if state in {"in_review", "decided"}:
                break
            threading.Event().wait(0.2)
        assert state in {"in_review", "decided"}
    finally:
        work.stop()
        desk.office.engine.dispose()
