"""/healthz and /readyz: open to whoever asks, in codes alone."""

from __future__ import annotations

import shutil
from dataclasses import replace

from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from desk.services import readiness
from desk.services.office import writing
from desk.web.app import create_app
from desk.web.site import Site
from store import outbox
from store.files_elsewhere import open_files
from store.tables import Outbox


def ask(office, path: str = "/readyz"):
    return TestClient(create_app(office, Site())).get(path)


def test_a_desk_that_can_work_says_so_to_somebody_who_is_not_signed_in(desk):
    assert ask(desk.office, "/healthz").text == "ok"
    found = ask(desk.office)
    assert (found.status_code, found.json()) == (
        200, {"ready": True, "database": "ok", "files": "ok", "originals": "ok", "outbox": "ok", "work": "ok"})


def test_the_part_that_is_not_well_is_named_by_its_code(desk, monkeypatch):
    away = replace(desk.office, work_trouble=lambda: "URLError")
    assert (ask(away).status_code, ask(away).json()["work"]) == (503, "URLError")

    def broken(_engine):
        raise OperationalError("SELECT secret", {}, Exception("secret"))

    with monkeypatch.context() as patch:
        patch.setattr(readiness, "reading", broken)
        found = ask(desk.office)
    assert (found.status_code, found.json()["database"]) == (503, "OperationalError")
    assert "secret" not in found.text
    shutil.rmtree(desk.office.folder)
    assert ask(desk.office).json()["files"] == "FileNotFoundError"
    assert ask(desk.office, "/healthz").status_code == 200


def test_originals_elsewhere_are_looked_at_by_themselves(desk, tmp_path, monkeypatch):
    office = replace(desk.office, files=open_files("memory://originals", tmp_path))
    assert ask(office).json()["originals"] == "ok"

    def away(*_args, **_named):
        raise ConnectionError("secret.example")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.pipe_file", away)
    found = ask(office)
    assert (found.status_code, found.json()["originals"], found.json()["files"]) == (503, "OSError", "ok")
    assert "secret" not in found.text


def test_work_that_nobody_takes_makes_it_not_ready(desk):
    with writing(desk.office.engine) as session:
        outbox.put(session, "process", "s1", 1)
    assert ask(desk.office).status_code == 200
    with writing(desk.office.engine) as session:
        session.query(Outbox).one().put_at = "2020-01-01T00:00:00.000000+00:00"
    found = ask(desk.office)
    assert found.status_code == 503 and found.json()["outbox"].startswith("WaitsFor")
