"""report.html in a real browser: it asks for nothing, runs nothing, fits a phone, and shows where a sentence comes from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.chromium import CHROMIUM, IN_CHROMIUM

ROOT = Path(__file__).resolve().parents[2]

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("deckprism")), "run", str(ROOT / "samples" / "social-business.pptx"), "--customers",
         str(ROOT / "samples" / "customers.csv"), "-o", "out", "--no-audio"], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "DECKPRISM_DATA": str(folder / "data")}, check=False, timeout=300)
    assert done.returncode == 1, done.stderr
    return next((folder / "out").glob("*/report.html"))


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_quiet_and_fits(report, browser, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator(".strip li").count() == 86
    # Our fonts came with the page and are used.
    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")
    page.close()


@pytest.mark.parametrize(("way", "width"), [("hover", 1280), ("focus", 1280), ("tap", 390)])
def test_a_sentence_shows_its_slide_and_what_stands_there(report, browser, way, width):
    page = browser.new_page(viewport={"width": width, "height": 900}, has_touch=way == "tap")
    page.goto(report.as_uri())
    page.locator(".pieces summary").nth(1).click()
    spoken = page.locator("details[open] .text .s")
    sentence = spoken.nth(3)
    place = sentence.locator(".from")
    assert not place.is_visible()
    getattr(sentence, way)()
    place.wait_for(state="visible", timeout=5000)
    assert re.match(r"\s*slide \d+, (?:title|text|notes|table)", place.inner_text())
    assert "in these very words" in place.inner_text() or "“" in place.inner_text()
    box = place.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 901
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_in_anybodys_way(report, browser, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    # The checker is a script of its own, which the page's policy rightly refuses.
    view = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = view.new_page()
    page.goto(report.as_uri())
    page.evaluate("[...document.querySelectorAll('.category'), ...[...document.querySelectorAll('.pieces details')].slice(0, 3)]"
                  ".forEach(each => { each.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    view.close()


def test_the_page_can_be_walked_by_keyboard_and_has_names(report, browser):
    page = browser.new_page()
    page.goto(report.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    headings = page.locator("h1, h2, h3").all_inner_texts()
    assert len(headings) > 10 and all(text.strip() for text in headings)
    assert page.locator("h1").count() == 1
    page.close()
