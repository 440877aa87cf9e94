"""One walk from submit to release through the real pages of a running desk, and every page of it for everybody.

With DECKPRISM_SCREENSHOTS=FOLDER the walk takes the large sample and leaves a picture of each page there: 1280 wide, as on a
phone, and dark. Those of docs/desk.md are made like this:
DECKPRISM_SCREENSHOTS=docs/images/desk python -m pytest tests/desk/test_walk_in_browser.py
"""

from __future__ import annotations

import io
import os
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk.services.office import open_office, writing
from desk.services.worker import local_work
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from tests.desk.chromium import CHROMIUM, IN_CHROMIUM

pytestmark = IN_CHROMIUM
SAMPLES = Path(__file__).parents[2] / "samples"
SHOTS = os.environ.get("DECKPRISM_SCREENSHOTS", "")
SAMPLE, TITLE = ("social-business.pptx", "Social business, a year on") if SHOTS else ("kennis-delen.pptx", "Kennis delen")
PASSWORD = "a kettle on a slow stove"
#: Invented people, one a role.
STAFF = {
    "mira": ("Mira Oldenkamp", [("submitter", "*")]), "joost": ("Joost Verbrug", [("reviewer", "*")]),
    "tess": ("Tess Hallow", [("approver", "*")]), "omar": ("Omar Lindqvist", [("publisher", "*")]),
    "ines": ("Ines Cardoza", [("auditor", "*")]), "ada": ("Ada Brandt", [("administrator", "*")]),
}
#: Width, height and colours of the pictures, and what their names end with.
LOOKS = {"": (1280, 900, "light"), "-390": (390, 844, "light"), "-dark": (1280, 900, "dark")}


@dataclass
class House:
    """A running desk and its visitors."""

    address: str
    browser: object
    published: Path
    app: object
    id: str = ""
    #: A second submission, which nobody decides about.
    other: str = ""
    contexts: dict[str, object] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def page(self, name: str):
        """A page of somebody who signed in at the form."""
        if name not in self.contexts:
            self.contexts[name] = context = self.browser.new_context(viewport={"width": 1280, "height": 900})
            page = self.watched(context)
            page.goto(f"{self.address}/")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name="Sign out").wait_for()
            return page
        return self.watched(self.contexts[name])

    def watched(self, context):
        """A new page; a dialog, a fault of a script or a foreign request on it is a problem."""
        page = context.new_page()
        page.set_default_timeout(25_000)
        page.on("dialog", lambda dialog: (self.problems.append("a dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((self.address, "data:", "blob:"))
                else self.problems.append(asked.url))
        return page

    def seen_by(self, name: str, width: int, height: int, scheme: str):
        """A context of the same sign-in with another window; close it afterwards."""
        known = self.contexts.get(name)
        return self.browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                        storage_state=known.storage_state() if known else None)

    def shoot(self, name: str, place: str, called: str) -> None:
        """Pictures of a page, where somebody asked for them."""
        for suffix, look in LOOKS.items() if SHOTS else ():
            context = self.seen_by(name, *look)
            page = self.watched(context)
            page.goto(self.address + place)
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(300)
            page.evaluate("scrollTo(0, 0)")
            _small(page.screenshot(), Path(SHOTS) / f"{called}{suffix}.png")
            context.close()


def _small(picture: bytes, to: Path) -> None:
    from PIL import Image

    to.parent.mkdir(parents=True, exist_ok=True)
    for colours in (200, 96, 48, 24):
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(to, optimize=True)
        if to.stat().st_size < 90_000:
            break


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    import uvicorn
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("walk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        office = open_office(None, SAMPLES / "customers.csv", folder / "out")
        hashed = people.hash_password(PASSWORD)
        with writing(office.engine) as session:
            for name, (display, roles) in STAFF.items():
                people.add_user(session, name, hashed, roles, display)
        work = local_work(office)
        listener = socket.create_server(("127.0.0.1", 0))
        where = f"127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(replace(office, wake=work.wake), Site(frozenset({where})))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        work.start()
        try:
            with sync_playwright() as player:
                launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
                yield House(f"http://{where}", launched, folder / "out", app)
                launched.close()
        finally:
            server.should_exit = True
            thread.join(10)
            work.stop()
            listener.close()
            office.engine.dispose()


@pytest.fixture(scope="module")
def walked(house: House) -> House:
    """The desk after a whole walk: handed in, decided, approved, released to pilots and to all, answered."""
    hand_in(house)
    decide(house)
    let_out(house)
    look_back(house)
    return house


def hand_in(house: House) -> None:
    page = house.page("mira")
    page.get_by_role("button", name="Submit a deck").click()
    page.get_by_label("Files").set_input_files(str(SAMPLES / SAMPLE))
    page.get_by_label("Title, if").fill(TITLE)
    page.get_by_label("Whom it is for").fill("Project leads")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/jobs/*")
    house.id = urlsplit(page.url).path.rsplit("/", 1)[-1]
    assert "Handed in" in page.locator("#note").inner_text()
    house.shoot("mira", f"/jobs/{house.id}", "job")
    page.locator("#go-pieces").wait_for(timeout=90_000)  # it came by itself: nobody reloaded the page
    assert page.locator(".stages .is-done").count() == page.locator(".stages li").count()
    house.shoot("mira", "/submit", "submit")
    page.goto(f"{house.address}/submit")
    page.get_by_label("Files").set_input_files(str(SAMPLES / "article.docx"))
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/jobs/*")
    house.other = urlsplit(page.url).path.rsplit("/", 1)[-1]
    page.locator("#go-pieces").wait_for(timeout=60_000)
    page.goto(f"{house.address}/check")
    page.get_by_label("The text").fill("Call me on +31 6 5550 0142: Halden Foods signs on Friday, but keep it to yourself.")
    page.get_by_role("button", name="Check it").click()
    assert page.locator("#found li").count() >= 1
    if SHOTS:
        for suffix, (width, height, scheme) in LOOKS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            _small(page.screenshot(), Path(SHOTS) / f"check{suffix}.png")


def decide(house: House) -> None:
    page = house.page("joost")
    house.shoot("joost", "/review", "queue")
    page.goto(f"{house.address}/review")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(f"**/review/{house.id}*")
    house.shoot("joost", f"/review/{house.id}?unit=19", "review")
    page.locator("#card .primary").first.click()  # the first by itself
    page.locator("#note", has_text="left").wait_for()
    page.get_by_role("button", name="All as a list").click()
    page.get_by_role("button", name="Take every suggestion").click()
    page.get_by_role("button", name="Do it").click()
    page.locator("#done .primary", has_text="See the pieces").click()
    page.wait_for_url("**/pieces/*")
    _built(page)


def _built(page) -> None:
    """Wait until the pieces of the newest decisions are there."""
    until = time.monotonic() + 90
    while page.get_by_text("from before your last decisions").count():
        assert time.monotonic() < until, "the pieces were not built again"
        page.wait_for_timeout(400)
        page.reload()


def let_out(house: House) -> None:
    page = house.page("tess")
    page.goto(f"{house.address}/pieces/{house.id}")
    blog = page.locator(".p-rail a[href*='blog']").first
    house.shoot("tess", blog.get_attribute("href"), "pieces")
    blog.click()
    assert page.locator(".said").count() >= 3
    page.goto(f"{house.address}/pieces/{house.id}?view=left-out")
    assert page.get_by_role("heading", level=2).count() >= 1
    page.goto(f"{house.address}/pieces/{house.id}")
    page.get_by_role("button", name="Approve these pieces").click()
    page.locator("#note", has_text="It can be released now").wait_for()
    page = house.page("omar")
    for audience in ("the pilot group", "everybody"):
        page.goto(f"{house.address}/pieces/{house.id}")
        page.get_by_role("button", name=f"Release to {audience}").click()
        page.locator("#note", has_text=f"Released to {audience}").wait_for()
    page.goto(f"{house.address}/released")
    until = time.monotonic() + 30
    while page.get_by_text("✓ Out").count() < 2:
        assert time.monotonic() < until, "the release was not put in place"
        page.wait_for_timeout(300)
        page.reload()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the zip").first.click()
    with zipfile.ZipFile(coming.value.path()) as held:
        assert held.testzip() is None and any(name.endswith(".md") for name in held.namelist())
    house.shoot("omar", "/released", "released")


def look_back(house: House) -> None:
    page = house.page("mira")
    page.goto(f"{house.address}/released")
    page.get_by_role("button", name="What came back").click()
    page.get_by_label("What was said").fill("Two readers asked how long the first year took.")
    page.get_by_role("button", name="Put it down").click()
    page.locator(".remark", has_text="how long the first year took").wait_for()
    page = house.page("ines")
    page.goto(f"{house.address}/history")
    page.get_by_role("button", name="Verify the chain").click()
    page.get_by_text("are as they were written").first.wait_for()
    house.shoot("ines", f"/history/{house.id}", "history")
    house.page("ada")
    house.shoot("ada", "/admin", "admin")
    house.shoot("mira", "/me", "me")


def test_from_submit_to_release(walked):
    page = walked.page("ines")
    page.goto(f"{walked.address}/history/{walked.id}")
    happened = page.locator(".happened").inner_text()
    for name in ("Mira Oldenkamp", "Joost Verbrug", "Tess Hallow", "Omar Lindqvist"):
        assert name in happened
    assert "how long the first year took" in happened
    assert "It is public already" not in happened  # the first reason of the list is no reason for what was not kept
    out = sorted(each.name for each in walked.published.iterdir())
    assert out == ["all", "pilot"]
    for audience in out:
        held = {file.name for file in (walked.published / audience).rglob("*") if file.is_file()}
        assert "release.json" in held and not held & {"findings.json", "pack.json", "report.html"}
    assert walked.problems == []


#: Routes that are no page of their own: files, parts of pages, what a link of a mail opens, the API.
NO_PAGES = re.compile(r"/api/|\.(csv|svg|png)$|/(download|events|state|file)\b|/(slides|files)/|^/(setup|password)$|^/corrections/|"
                      r"^/static|^/(healthz|readyz|metrics)$")


def places(house: House) -> list[tuple[str, str]]:
    """Every page with data in it, and who looks at it."""
    it, other = house.id, house.other
    return [
        ("", "/sign-in"), ("mira", "/"), ("mira", "/submit"), ("mira", f"/submit?done={it},{other}"), ("mira", "/check"),
        ("mira", f"/jobs/{it}"), ("mira", f"/jobs/{other}"), ("joost", "/review"), ("joost", "/review?tab=all"),
        ("joost", f"/review/{it}"), ("joost", f"/review/{other}"), ("joost", f"/review/{other}/list"),
        ("mira", f"/pieces/{it}"), ("mira", f"/pieces/{other}"), ("mira", f"/pieces/{it}?view=sources"),
        ("mira", f"/pieces/{it}?view=topics"), ("mira", f"/pieces/{it}?view=left-out"), ("mira", f"/pieces/{it}/withdraw"),
        ("omar", "/released"), ("mira", f"/feedback/{it}"), ("ines", "/history"), ("ines", f"/history/{it}"),
        ("ines", "/history/figures"), ("ada", "/admin"), ("ada", "/admin/users/joost"), ("ada", "/admin/ways"),
        ("ada", "/admin/rules"), ("ada", "/admin/dry-run"), ("ada", "/admin/remembered"), ("ada", "/admin/retention"),
        ("mira", "/me"), ("mira", "/nothing-here"),
    ]


def gets(found: object) -> Iterator[str]:
    """The paths that can be opened, those of included routers too."""
    for each in found:
        if hasattr(each, "original_router"):
            yield from gets(each.original_router.routes)
        elif "GET" in (getattr(each, "methods", None) or ()):
            yield each.path


def test_no_page_was_forgotten(walked):
    pages = [path for path in gets(walked.app.routes) if not NO_PAGES.search(path)]
    seen = [place.partition("?")[0] for _, place in places(walked)]
    missing = [path for path in pages if not any(re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", path), each) for each in seen)]
    assert pages and not missing


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_every_page_is_for_everybody(walked, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found, opened = [], {}
    for name, place in places(walked):
        if name not in opened:
            if name and name not in walked.contexts:
                walked.page(name)
            opened[name] = walked.watched(walked.seen_by(name, width, 900, scheme))
        page = opened[name]
        page.goto(walked.address + place)
        broken = axe.run(page).response["violations"]
        found += [(place, each["id"], each["nodes"][0]["html"][:200]) for each in broken]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [(place, "wider than the window by", wide)] if wide > 0 else []
    for page in opened.values():
        page.context.close()
    assert found == []
    assert walked.problems == []
