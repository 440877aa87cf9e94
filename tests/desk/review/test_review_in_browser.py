"""The review page in Chromium: by keyboard alone, without script, on a phone, for everybody; it asks for nothing foreign."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest

from tests.desk.chromium import CHROMIUM, IN_CHROMIUM

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def served(tmp_path_factory, new_bench) -> Iterator[tuple[object, str]]:
    import socket

    import uvicorn

    from desk.web.app import create_app
    from desk.web.site import Site

    bench = new_bench(tmp_path_factory.mktemp("desk"))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(bench.office, Site()), log_level="error", access_log=False))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]))
    thread.start()
    yield bench, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()
    bench.office.engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a machine that does other work is slow, and not wrong
    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def visit(served, chromium):
    bench, base = served
    opened, problems = [], []

    def go(path: str, name: str = "ben", **how: object):
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}, **how})
        context.add_cookies([{"name": "deckprism", "value": bench.cookie(name), "url": base}])
        page = context.new_page()
        page.on("dialog", lambda dialog: (problems.append("a dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((base, "data:")) else problems.append(asked.url))
        page.goto(base + path)
        opened.append(context)
        return page

    yield go
    for context in opened:
        context.close()
    assert problems == []


def left(page, count: int) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#note")).to_contain_text(f", {count} left")


def on_card(page) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#card")).to_be_focused()


def test_fifty_findings_in_sixty_presses(served, visit, large_talk):
    it = served[0].submission(*large_talk(50))
    page, presses = visit(f"/review/{it}"), 0
    on_card(page)
    for number in range(49, -1, -1):
        page.keyboard.press("r")
        presses += 1
        left(page, number)
        on_card(page)
    assert presses <= 60
    assert page.locator("#done .primary").inner_text() == "See the pieces"


def test_every_suggestion_in_a_few_presses(served, visit, large_talk):
    it = served[0].submission(*large_talk(50))
    page = visit(f"/review/{it}")
    on_card(page)
    page.keyboard.press("a")
    page.wait_for_url("**/list")
    page.get_by_role("button", name="Take every suggestion").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Do it").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Do it"
    assert page.locator("ol.places li").count() == 50
    page.keyboard.press("Enter")
    left(page, 0)


def test_the_keys_of_a_card(served, visit, talk):
    it = served[0].submission(*talk)
    page = visit(f"/review/{it}")
    on_card(page)
    page.keyboard.press("e")
    page.keyboard.type("a maker of Xylophones, kept")  # letters in a field are letters
    page.keyboard.press("Enter")
    left(page, 2)
    on_card(page)
    page.keyboard.press("u")
    left(page, 3)
    on_card(page)
    page.keyboard.press("k")
    page.keyboard.press("2")
    left(page, 2)
    on_card(page)
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "remark"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.locator("#card-title", has_text="Kettle").wait_for()
    page.locator("#main").focus()
    page.keyboard.press("x")  # not on a card: nothing happens
    assert page.locator(".decided").count() == 0 and "2 open" in page.locator(".head").inner_text()


def test_selected_text_becomes_a_finding(served, visit, talk):
    it = served[0].submission(*talk)
    page = visit(f"/review/{it}?unit=3")
    page.evaluate("""() => {
        const text = document.querySelector('[data-block="s3.b1"]').firstChild, range = document.createRange();
        const at = text.data.indexOf('Kelder Works');
        range.setStart(text, at); range.setEnd(text, at + 12);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        document.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
    }""")
    assert page.input_value("#m-words") == "Kelder Works"
    page.locator("#m-category").select_option("customer")
    page.get_by_role("button", name="Add the finding").click()
    left(page, 4)
    assert page.locator("a.mark", has_text="Kelder Works").count() == 1


def test_it_works_without_script(served, visit, talk):
    from playwright.sync_api import expect

    it = served[0].submission(*talk)
    page = visit(f"/review/{it}", java_script_enabled=False)
    for label, rest in (("Replace", 2), ("Remove", 1), ("Drop slide 2", 0)):
        page.get_by_role("button", name=label).first.click()
        left(page, rest)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#note")).to_contain_text("Taken back")


def test_the_second_of_two_is_told_in_place(served, visit, talk):
    it = served[0].submission(*talk)
    one, two = visit(f"/review/{it}"), visit(f"/review/{it}", name="ana")
    one.get_by_role("button", name="Remove").click()
    left(one, 2)
    two.get_by_role("button", name="Replace").click()
    two.wait_for_selector("#review .problem")
    assert "Ben decided this just now" in two.locator(".problem").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (390, "light")])
def test_everybody_can_use_it(served, visit, talk, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    it = served[0].submission(*talk)
    for path in ("/review", f"/review/{it}", f"/review/{it}?unit=3", f"/review/{it}/list"):
        page = visit(path, viewport={"width": width, "height": 844}, color_scheme=scheme)
        for summary in page.locator("details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate("""[...document.querySelectorAll('main button, main a[role=button], main summary, main select')]
            .filter(each => each.checkVisibility() && !each.matches('.plain') && each.getBoundingClientRect().height < 44)
            .map(each => each.outerHTML.slice(0, 90))""")
        assert small == []


@pytest.mark.parametrize("place", ["", "?unit=1", "?unit=1#card"])
def test_title_and_strip_stay_in_sight_with_the_first_button(served, visit, talk, place):
    it = served[0].submission(*talk)
    page = visit(f"/review/{it}{place}")
    page.wait_for_function("document.activeElement.id === 'card'")
    for name in ("h1", ".strip", "#decide .primary"):
        _until(page, lambda name=name: _in_sight(page, name, 900))
    page.set_viewport_size({"width": 1400, "height": 420})  # too low for all of them: then the card and its buttons count
    page.keyboard.press("n")
    _until(page, lambda: _in_sight(page, "#decide .primary", 420))
    assert page.evaluate("document.activeElement.closest('.cards') !== null")


def test_on_a_phone_the_actions_lie_at_the_thumb(served, visit, talk):
    it = served[0].submission(*talk)
    page = visit(f"/review/{it}", viewport={"width": 390, "height": 844})
    page.locator("#card").scroll_into_view_if_needed()
    bar = page.locator(".bar").bounding_box()
    assert bar["y"] + bar["height"] <= 844 and bar["y"] > 300
    page.locator("#instead").focus()
    field = page.locator("#instead").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert field["y"] + field["height"] <= bar["y"] + 1


def test_keys_typed_in_the_gap_after_a_decision_are_not_lost(served, visit, talk):
    """The answer is held back until more keys were pressed: on the old card, which is going, and on none at all."""
    it = served[0].submission(*talk)
    page, held = visit(f"/review/{it}"), []
    page.route("**/decide", lambda route: held.append(route))
    on_card(page)
    page.keyboard.press("r")
    page.keyboard.press("k")
    page.keyboard.press("1")
    page.evaluate("document.activeElement.blur()")  # where the focus is while the old card is taken away
    page.keyboard.press("x")
    assert len(held) == 1  # nothing was sent twice
    for number, rest in enumerate((2, 1, 0)):
        _until(page, lambda n=number: len(held) > n)
        held[number].continue_()
        left(page, rest)
    decided = [(each.action, each.group) for each in _decisions(served[0], it)]
    assert [action for action, _ in decided] == ["replace", "keep", "remove"] and len({group for _, group in decided}) == 3


def test_twenty_findings_as_fast_as_keys_come(served, visit, large_talk):
    it = served[0].submission(*large_talk(20))
    page = visit(f"/review/{it}")
    on_card(page)
    page.keyboard.type("r" * 20)
    left(page, 0)
    assert len({each.group for each in _decisions(served[0], it)}) == 20


def test_keys_typed_ahead_of_a_refusal_do_nothing(served, visit, talk):
    it = served[0].submission(*talk)
    one, two, held = visit(f"/review/{it}"), visit(f"/review/{it}", name="ana"), []
    one.get_by_role("button", name="Remove").click()
    left(one, 2)
    two.route("**/decide", lambda route: held.append(route))
    on_card(two)
    two.keyboard.press("r")
    two.keyboard.press("x")  # meant for a card that does not come
    _until(two, lambda: held)
    held.pop().continue_()
    two.wait_for_selector("#review .problem")
    on_card(two)
    assert not held and len(_decisions(served[0], it)) == 1


def test_who_was_signed_out_comes_to_the_sign_in(served, visit, talk):
    it = served[0].submission(*talk)
    page = visit(f"/review/{it}")
    on_card(page)
    page.context.clear_cookies()
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/sign-in"))


def _in_sight(page, name: str, height: int) -> bool:
    """Whether something lies within a window of so many pixels, and has come to rest there."""
    before, after = page.locator(name).bounding_box(), page.wait_for_timeout(50) or page.locator(name).bounding_box()
    return before == after and after["y"] >= 0 and after["y"] + after["height"] <= height


def _until(page, there) -> None:
    for _ in range(200):
        if there():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it did not come")


def _decisions(bench, it: str) -> list:
    from desk.services.office import reading
    from store.tables import Decision

    with reading(bench.office.engine) as session:
        found = session.query(Decision).filter_by(submission=it).order_by(Decision.id).all()
        session.expunge_all()
        return [each for each in found if each.undone_at is None]
