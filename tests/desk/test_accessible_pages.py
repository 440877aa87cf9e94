"""Every page for everybody: each route that answers with HTML, errors and refusals too, in light, dark and on a phone.

Each `<details>` is opened before axe looks, so that nothing passes because it was closed. A new page fails the test until it
stands in PAGES or, when it is none, in NO_PAGE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from content.errors import Fault
from desk.services import setup, users
from desk.services.office import open_office, reading, writing
from desk.web import guard
from desk.web.app import create_app
from desk.web.routes import released
from desk.web.site import Site
from store import people
from store.tables import Submission
from tests.desk.chromium import CHROMIUM, IN_CHROMIUM
from tests.desk.serving import serving
from tests.desk.test_rights_matrix import content, routes
from tests.desk.whole_house import House, make_house

pytestmark = IN_CHROMIUM
#: Routes that answer with something else than a page, or with a part of one: who asks, and for what.
NO_PAGE = {
    "GET /history/audit.csv", "GET /history/decisions.csv", "GET /jobs/{identity}/events", "GET /jobs/{identity}/state",
    "GET /pieces/{identity}/files/{path:path}", "GET /released/{release}/download", "GET /review/{identity}/slides/{name}",
    "POST /review/{identity}/here", "GET /healthz", "GET /readyz", "GET /metrics"}
#: Who opens what. ID{open} and its like are filled in.
PAGES = {
    "GET /": [("own", "/"), ("colleague", "/")],
    "GET /sign-in": [("", "/sign-in")], "GET /setup": [], "GET /password": [("", "/password?link={link}"), ("", "/password?link=used")],
    "GET /me": [("own", "/me")], "GET /admin": [("administrator", "/admin")],
    "GET /admin/users/{name}": [("administrator", "/admin/users/victim"), ("administrator", "/admin/users/nobody")],
    "GET /admin/rules": [("administrator", "/admin/rules?q=customer")], "GET /admin/dry-run": [("administrator", "/admin/dry-run")],
    "GET /admin/remembered": [("administrator", "/admin/remembered")], "GET /admin/ways": [("administrator", "/admin/ways")],
    "GET /admin/retention": [("administrator", "/admin/retention")],
    "GET /history": [("auditor", "/history")], "GET /history/figures": [("auditor", "/history/figures")],
    "GET /history/{identity}": [("auditor", "/history/{out}"), ("auditor", "/history/{withdrawn}")],
    "GET /feedback/{identity}": [("own", "/feedback/{out}")], "GET /submit": [("own", "/submit"), ("own", "/submit?done={open},{out}")],
    "GET /check": [("own", "/check")],
    "GET /jobs/{identity}": [("own", "/jobs/{open}"), ("own", "/jobs/{stopped}"), ("own", "/jobs/{withdrawn}")],
    "GET /review": [("reviewer", "/review"), ("reviewer", "/review?tab=all")],
    "GET /review/{identity}": [("reviewer", "/review/{open}"), ("reviewer", "/review/{open}?unit=4"), ("own", "/review/{open}"),
                               ("reviewer", "/review/{decided}"), ("auditor", "/review/{out}")],
    "GET /review/{identity}/list": [("reviewer", "/review/{open}/list"), ("reviewer", "/review/{decided}/list")],
    "GET /pieces/{identity}": [
        ("own", "/pieces/{open}"), ("approver", "/pieces/{decided}"), ("publisher", "/pieces/{approved}"), ("own", "/pieces/{out}"),
        ("own", "/pieces/{decided}?view=sources"), ("own", "/pieces/{decided}?view=topics"), ("own", "/pieces/{decided}?view=left-out"),
        ("own", "/pieces/{decided}?piece={piece}&at={line}"), ("own", "/pieces/{stopped}")],
    "GET /released": [("publisher", "/released"), ("victim", "/released?q=nothing")],
    "GET /pieces/{identity}/withdraw": [("own", "/pieces/{out}/withdraw")],
    "GET /corrections/{identity}": [("own", "/corrections/{correction}"), ("approver", "/corrections/{correction}")],
}
#: Forms whose answer is a page of its own, and refusals: who sends them, from where, to where, what, and the status.
ANSWERS = [
    ("", "/sign-in", "/sign-in", {"name": "own", "password": "guess"}, 401),
    ("", "/password?link={link}", "/password", {"link": "{link}", "password": "short"}, 400),
    ("own", "/check", "/check", {"text": "Call me on +31 6 5550 0142 about Quillmarsh Dairy, but keep it to yourself."}, 200),
    ("own", "/check", "/check", {"text": ""}, 400),
    ("own", "/me", "/me/tokens", {"scope": "read", "days": "3"}, 200), ("own", "/me", "/me/tokens", {"days": "3"}, 400),
    ("own", "/me", "/me/password", {"old": "x", "new": "y"}, 400),
    ("administrator", "/admin", "/admin/users", {"name": "{fresh}", "role": "submitter"}, 200),
    ("administrator", "/admin", "/admin/users", {"name": "not good"}, 400),
    ("administrator", "/admin/users/victim", "/admin/users/victim/link", {}, 200),
    ("administrator", "/admin/dry-run", "/admin/dry-run", {"text": "a: 1"}, 400),
    ("administrator", "/admin/retention", "/admin/retention/hold", {"submission": "none", "reason": ""}, 400),
    ("administrator", "/admin/ways", "/admin/levels", {"amber": "x", "red": "1"}, 422),
    ("auditor", "/history", "/history/verify", {}, 200),
    ("own", "/feedback/{out}", "/feedback/{out}", {"kind": "question", "text": ""}, 400),
    ("reviewer", "/review/{open}/list", "/review/{open}/confirm", {"version": "{version}", "group": "{group}", "action": "advice"}, 200),
    ("reviewer", "/review/{open}/list", "/review/{open}/confirm", {"version": "{version}", "action": "remove"}, 400),
    ("reviewer", "/review/{open}", "/review/{open}/decide",
     {"version": "0", "group": "{group}", "action": "replace", "text": "", "unit": "2"}, 409),
    ("own", "/me", "/admin/users", {"name": "x"}, 403), ("own", "/me", "/pieces/none/build", {}, 404),
    ("approver", "/pieces/{decided}", "/pieces/{decided}/approve", {"content": "0"}, 409),
    ("own", "/me", "/feedback/{out}", {"text": "x" * 4_300_000}, 413),
]


@dataclass
class Visitors:
    """The running desk, a browser, and what went wrong on its pages."""

    house: House
    address: str
    empty: str
    link: str
    browser: object
    words: dict[str, str] = field(default_factory=dict)

    def page(self, name: str, width: int, scheme: str):
        context = self.browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        if name:
            with writing(self.house.office.engine) as session:
                cookie = people.sign_in(session, name)
            context.add_cookies([{"name": "deckprism", "value": cookie, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.words[found[1]], text)


@pytest.fixture(scope="module")
def visitors(tmp_path_factory) -> Iterator[Visitors]:
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        patch.setenv("DECKPRISM_DATA", str(folder / "empty"))
        empty = open_office(None, None, None)
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        house = make_house(folder)
        with sync_playwright() as player, serving(create_app(house.office, Site())) as address, \
                serving(create_app(empty, Site())) as nobody:
            launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            made = Visitors(house, address, nobody, setup.make_link(empty), launched)
            made.words = _words(house)
            yield made
            launched.close()
        house.office.engine.dispose()
        empty.engine.dispose()


def _words(house: House) -> dict[str, str]:
    from desk.services.material import scanned

    draft = next(each for each in scanned(house.office, house.decided).drafts if each.kind == "blog")
    with reading(house.office.engine) as session:
        version = session.get(Submission, house.open).version
    return {
        "open": house.open, "decided": house.decided, "approved": house.approved, "out": house.out, "withdrawn": house.withdrawn,
        "stopped": house.stopped, "correction": house.correction, "version": str(version),
        "group": next(each.group for each in scanned(house.office, house.open).findings), "piece": draft.name.replace("/", "%2F"),
        "line": str(next(n for n, each in enumerate(draft.segments) if each.origin.value != "template")),
        "content": content(house, house.decided), "link": users.password_link(house.office, house.actor("administrator"), "victim")}


def looked_at(page, where: str) -> list[tuple[object, ...]]:
    """What is wrong with the page that is open, with everything on it unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = [(where, each["id"], each["nodes"][0]["html"][:160]) for each in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    named = page.locator("h1").count() == 1 and page.title().endswith("Deckprism") and page.locator("html").get_attribute("lang") == "en"
    return found + ([(where, "wider than the window by", wide)] if wide > 0 else []) + ([] if named else [(where, "no heading or title")])


def send(page, place: str, fields: dict[str, str]) -> int:
    """Send a form as the page itself would; returns the status of the page that comes."""
    with page.expect_navigation() as coming:
        page.evaluate("""([place, fields]) => {
            const form = document.createElement('form');
            const secret = document.querySelector('[name=csrf]');
            form.method = 'post'; form.action = place;
            for (const [name, value] of Object.entries({...fields, ...(secret ? {csrf: secret.value} : {})})) {
                const field = document.createElement('textarea');
                field.name = name; field.value = value; form.append(field);
            }
            document.body.append(form); form.submit();
        }""", [place, fields])
    return coming.value.status


def test_every_page_is_in_the_list(desk):
    there = {each for each in routes(create_app(desk.office, Site()).routes) if each.startswith("GET ") and "/api/" not in each}
    assert there - set(PAGES) - NO_PAGE == set(), "put these into PAGES"
    assert set(PAGES) - there == set(), "these are gone"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_every_page_is_for_everybody(visitors, monkeypatch, width, scheme):
    pytest.importorskip("axe_playwright_python.sync_playwright")
    found, opened = [], {}
    visitors.words["fresh"] = f"fresh-{width}-{scheme}"

    def of(name: str):
        if name not in opened:
            opened[name] = visitors.page(name, width, scheme)
        return opened[name]

    for name, place in [each for several in PAGES.values() for each in several] + [("own", "/nothing/here"), ("own", "/admin")]:
        of(name).goto(visitors.address + visitors.filled(place))
        found += looked_at(of(name), f"{place} as {name}")
    for name, start, place, fields, status in ANSWERS:
        page = of(name)
        page.goto(visitors.address + visitors.filled(start))
        got = send(page, visitors.filled(place), {key: visitors.filled(value) for key, value in fields.items()})
        found += [] if got == status else [(place, got, "instead of", status)]
        found += looked_at(page, f"the answer of {place}, {status}")
    page = of("")
    for place in (f"/setup?link={visitors.link}", "/setup?link=used", "/sign-in"):  # of a desk without anybody
        page.goto(visitors.empty + place)
        found += looked_at(page, place)
    page.goto(f"{visitors.empty}/setup?link={visitors.link}")
    found += looked_at(page, "setup") if send(page, "/setup", {"link": visitors.link, "name": "ada", "password": "x"}) == 400 else ["setup"]

    def gone(*_: object) -> None:
        raise Fault("the release", "cannot be read", "Tell an administrator")

    monkeypatch.setattr(released.outgoing, "released_list", gone)
    assert of("own").goto(f"{visitors.address}/released").status == 503
    found += looked_at(of("own"), "503")
    for each in opened.values():
        each.context.close()
    assert found == [], "\n".join(map(str, found))


def test_what_is_no_page_is_none(visitors):
    """They are checked with the page that shows them, or handed over as a file."""
    page = visitors.page("colleague", 1280, "light")
    for place in ("/history/audit.csv", "/history/decisions.csv", "/pieces/{decided}/files/pack.json", "/review/{open}/slides/1.svg"):
        answer = page.context.request.get(visitors.address + visitors.filled(place))
        assert answer.status == 200 and "html" not in answer.headers["content-type"], place
    part = page.context.request.get(visitors.address + visitors.filled("/jobs/{out}/state"))
    assert "<html" not in part.text()
    page.context.close()
    assert guard.LARGEST_FORM == 4 * 2**20
