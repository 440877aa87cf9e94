"""The pages of the way out in a real browser: accessible, no wider than a phone, dark too, and by keyboard alone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from desk.services.office import writing
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from tests.desk import releasing
from tests.desk.chromium import CHROMIUM, IN_CHROMIUM

pytestmark = IN_CHROMIUM
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def ready(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch, tmp_path / "out")
    yield made
    made.work.stop()
    made.office.engine.dispose()


@pytest.fixture
def address(ready) -> Iterator[str]:
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    site = Site(frozenset({"127.0.0.1", f"127.0.0.1:{port}"}))
    server = uvicorn.Server(uvicorn.Config(create_app(ready.office, site), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


def _page(ready, browser, address, name, **options):
    with writing(ready.office.engine) as session:
        cookie = people.sign_in(session, name)
    context = browser.new_context(**options)
    context.add_cookies([{"name": "deckprism", "value": cookie, "url": address}])
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark")])
def test_the_pages_are_accessible_and_fit(ready, address, browser, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    piece, segment, _, _ = ready.sentence()
    page = _page(ready, browser, address, "ana", viewport={"width": width, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for place in (f"/pieces/{ready.id}", f"/pieces/{ready.id}?piece={piece}&at={segment}#sentence",
                  f"/pieces/{ready.id}?view=topics", f"/pieces/{ready.id}?view=left-out", f"/pieces/{ready.id}?view=sources",
                  f"/pieces/{ready.id}/withdraw", "/released"):
        page.goto(address + place)
        found = axe.run(page, options={"runOnly": _RULES}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), place
    assert said == []


def test_from_approval_to_withdrawal_by_keyboard_without_script(ready, address, browser):
    def press(page, name):
        page.get_by_role("button", name=name).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page = _page(ready, browser, address, "ben", java_script_enabled=False)
    page.goto(f"{address}/pieces/{ready.id}")
    press(page, "Approve these pieces")
    assert "It can be released now" in page.content()
    page = _page(ready, browser, address, "pia", java_script_enabled=False)
    page.goto(f"{address}/pieces/{ready.id}")
    press(page, "Release to everybody")
    assert "Released to everybody" in page.content()
    ready.work.drain()
    page.goto(f"{address}/pieces/{ready.id}/withdraw")
    page.get_by_label("Why, for the record").fill("The week was wrong")
    page.get_by_label("What was wrong, for those").fill("We said week nine.")
    page.get_by_label("What is right").fill("It was week six.")
    press(page, "Withdraw it")
    assert "We said week nine." in page.content()
    assert ready.state() == "withdrawn"
