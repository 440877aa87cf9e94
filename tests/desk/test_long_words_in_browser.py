"""A deck with words as long as a line and no-break spaces: neither report.html nor a page of the desk scrolls sideways."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from pptx import Presentation

from desk.rights import Actor
from desk.services import submissions
from desk.services.office import open_office, writing
from desk.services.submissions import Intake
from desk.services.uploads import Upload
from desk.services.worker import local_work
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from tests.desk.chromium import CHROMIUM, IN_CHROMIUM
from tests.desk.serving import serving
from tests.desk.whole_house import ROLES

pytestmark = IN_CHROMIUM
LONG = "Binnenvaartschipper" * 11
KEPT = "The lock keeper writes down every barge that waits longer than an hour before the gate.".replace(" ", "\u00a0")


def _deck() -> bytes:
    deck = Presentation()
    for number in range(9):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = LONG if number == 4 else f"Barges that wait at gate {number + 1}"
        slide.placeholders[1].text = f"{KEPT}\nA {LONG} needs a berth.\nSkippers pass gate {number + 1} sooner in spring."
        slide.notes_slide.notes_text_frame.text = f"{KEPT} Write to skipper{number}{LONG}@example.org for the list of berths."
    deck.core_properties.title = f"Waiting with a {LONG}"
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[tuple[FastAPI, str, str, str, Path]]:
    """The app, a cookie, the submission, and its report.html."""
    folder = tmp_path_factory.mktemp("wide")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        office = open_office(None, None, folder / "published")
        with writing(office.engine) as session:
            people.add_user(session, "all", "", [(each, "*") for each in ROLES], "All")
            actor = Actor(people.person(session, "all"))
            cookie = people.sign_in(session, "all")
        upload = Upload(office, f"{LONG}.pptx")
        upload.write(_deck())
        one = submissions.submit(office, actor, (upload,), Intake(LONG, "", LONG, ("blog", "social"), LONG, LONG), "")[0].id
        work = local_work(office)
        work.drain()
        site = Site()
        yield create_app(office, site), site.cookie, cookie, one, next((folder / "data").rglob("report.html"))
        work.stop()
        office.engine.dispose()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_scrolls_sideways(desk, width):
    from playwright.sync_api import sync_playwright

    app, name, cookie, one, report = desk
    assert "\u00a0" not in report.read_text(encoding="utf-8")
    wide: list[tuple[str, int]] = []
    with sync_playwright() as player, serving(app) as address:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": name, "value": cookie, "url": address}])
        page = context.new_page()
        for place in (report.as_uri(), *(address + path for path in (
                "/", f"/jobs/{one}", f"/submit?done={one}", "/review", "/review?tab=all", f"/review/{one}", f"/review/{one}?unit=5",
                f"/review/{one}/list", f"/pieces/{one}", f"/pieces/{one}?view=topics", f"/pieces/{one}?view=left-out",
                f"/pieces/{one}?view=sources", f"/history/{one}", "/history", "/admin"))):
            page.goto(place)
            for opened in (False, True):
                page.evaluate("open => document.querySelectorAll('details').forEach(each => each.open = open)", opened)
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if over > 0:
                    wide.append((place.rsplit("/", 2)[-1] if place.startswith("file") else place.removeprefix(address), over))
        browser.close()
    assert wide == []
