"""Slides as they look: drawn by LibreOffice in the background, kept by the file, shown to those with rights only.

LibreOffice itself is stood in for by a small program, so that its way of failing can be chosen.
"""

from __future__ import annotations

import hashlib
import io
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfWriter

from desk.services import pictures, retention
from desk.services.office import writing
from desk.web.app import create_app
from desk.web.site import Site
from extractors import deck_pictures
from store import people
from store.database import now
from store.tables import Submission

HASH = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DECK = b"a deck, as far as the program that stands in is concerned"


def client(bench, name):
    return TestClient(create_app(bench.office, Site()), cookies={"deckprism": bench.cookie(name)})


def pages(count: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(960, 540)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def deck(bench, talk, tmp_path: Path) -> str:
    """A submission whose file is in the store."""
    document, findings = talk
    (tmp_path / "given").write_bytes(DECK)
    bench.office.files.put(tmp_path / "given")
    source = document.source.model_copy(update={"sha256": hashlib.sha256(DECK).hexdigest(), "media_type": KIND})
    return bench.submission(document.model_copy(update={"source": source}), findings)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program called soffice first in the path."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def copying(source: Path) -> str:
    """A program that gives out a PDF made before, under the name that it is asked for."""
    return f'while [ "$1" != "--outdir" ]; do shift; done\nmkdir -p "$2" && cp "{source}" "$2/deck.pdf"\n'


def settle() -> None:
    """Wait for the drawing in the background."""
    end = time.monotonic() + 60
    for thread in threading.enumerate():
        if thread.name.startswith("Thread") and "_draw_deck" in thread.name:
            thread.join(max(0.0, end - time.monotonic()))


def test_the_drawing_serves_until_the_slide_itself_is_there(bench, deck, tmp_path, monkeypatch) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(3))
    stand_in(tmp_path, monkeypatch, copying(made))
    browser = client(bench, "ben")
    first = browser.get(f"/review/{deck}/slides/1.svg")
    assert first.status_code == 200 and "data:image/png" not in first.text and "Halden Foods" in first.text
    settle()
    then = browser.get(f"/review/{deck}/slides/1.svg")
    assert "data:image/png" in then.text
    assert len(list(bench.office.pictures().glob("*/*/deck.pdf"))) == 1


def test_the_slide_is_for_those_who_may_read_the_submission(bench, deck, tmp_path, monkeypatch) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(3))
    stand_in(tmp_path, monkeypatch, copying(made))
    with writing(bench.office.engine) as session:
        people.add_user(session, "eve", HASH, (("submitter", "*"),), "Eve")
    client(bench, "ben").get(f"/review/{deck}/slides/1.svg")
    settle()
    for name in ("ana", "ben", "hr", "sam", "ada", "pia", "eve"):
        page, slide = (client(bench, name).get(f"/review/{deck}{place}") for place in ("", "/slides/1.svg"))
        assert slide.status_code == page.status_code, name
    assert slide.status_code in (403, 404) and "data:image" not in slide.text
    stranger = TestClient(create_app(bench.office, Site()), follow_redirects=False)
    assert stranger.get(f"/review/{deck}/slides/1.svg").status_code in (303, 401, 403)


@pytest.mark.parametrize("script", ["exit 1\n", ""], ids=["fails", "makes nothing"])
def test_a_deck_that_cannot_be_drawn_is_tried_once(bench, deck, tmp_path, monkeypatch, script) -> None:
    counted = tmp_path / "calls"
    stand_in(tmp_path, monkeypatch, f'echo x >> "{counted}"\n{script}')
    browser = client(bench, "ben")
    for _ in range(3):
        assert "data:image/png" not in browser.get(f"/review/{deck}/slides/1.svg").text
        settle()
    assert counted.read_text() == "x\n"


def test_a_pdf_with_another_number_of_pages_is_not_shown(bench, deck, tmp_path, monkeypatch) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(2))
    stand_in(tmp_path, monkeypatch, copying(made))
    browser = client(bench, "ben")
    browser.get(f"/review/{deck}/slides/1.svg")
    settle()
    assert "data:image/png" not in browser.get(f"/review/{deck}/slides/1.svg").text


def test_without_libreoffice_the_drawing_serves(bench, deck, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not deck_pictures.possible(KIND)
    drawn = client(bench, "ben").get(f"/review/{deck}/slides/1.svg")
    assert drawn.status_code == 200 and "Halden Foods" in drawn.text
    assert not list(bench.office.pictures().iterdir())


def test_two_cases_of_one_file_share_its_pictures(bench, deck, talk, tmp_path, monkeypatch) -> None:
    made, counted = tmp_path / "made.pdf", tmp_path / "calls"
    made.write_bytes(pages(3))
    stand_in(tmp_path, monkeypatch, f'echo x >> "{counted}"\n{copying(made)}')
    document, findings = talk
    source = document.source.model_copy(update={"sha256": hashlib.sha256(DECK).hexdigest(), "media_type": KIND})
    other = bench.submission(document.model_copy(update={"source": source}), findings)
    browser = client(bench, "ben")
    browser.get(f"/review/{deck}/slides/1.svg")
    settle()
    for each in (deck, other):
        assert "data:image/png" in browser.get(f"/review/{each}/slides/1.svg").text
    assert counted.read_text() == "x\n"


def test_another_libreoffice_draws_anew_and_the_old_pictures_go(bench, deck, tmp_path, monkeypatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1\n")
    browser = client(bench, "ben")
    browser.get(f"/review/{deck}/slides/1.svg")
    settle()
    (first,) = bench.office.pictures().glob("*/*")
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(3))
    (tmp_path / "bin" / "soffice").write_text("#!/bin/sh\n" + copying(made))
    browser.get(f"/review/{deck}/slides/1.svg")
    settle()
    assert "data:image/png" in browser.get(f"/review/{deck}/slides/1.svg").text
    assert first not in list(bench.office.pictures().glob("*/*")) and len(list(bench.office.pictures().glob("*/*"))) == 1


def test_pictures_of_what_nobody_has_any_more_go(bench, deck, tmp_path, monkeypatch) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(3))
    stand_in(tmp_path, monkeypatch, copying(made))
    client(bench, "ben").get(f"/review/{deck}/slides/1.svg")
    settle()
    (bench.office.pictures() / ("0" * 64)).mkdir()
    retention.sweep(bench.office)
    assert pictures.kept_of(bench.office) == {hashlib.sha256(DECK).hexdigest()}
    with writing(bench.office.engine) as session:
        session.get(Submission, deck).purged_at = now()
    retention.sweep(bench.office)
    assert pictures.kept_of(bench.office) == frozenset()


def test_what_was_deleted_while_it_was_drawn_leaves_nothing(bench, deck, tmp_path, monkeypatch) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pages(3))
    stand_in(tmp_path, monkeypatch, f'rm -r "{bench.office.files.path(hashlib.sha256(DECK).hexdigest())}"\n{copying(made)}')
    client(bench, "ben").get(f"/review/{deck}/slides/1.svg")
    settle()
    assert pictures.kept_of(bench.office) == frozenset()
