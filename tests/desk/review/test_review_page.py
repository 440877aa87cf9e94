"""The review pages without a browser: everything by plain forms, each for whom it is, hostile text as text."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from content.document import Block, Box, Part, Unit
from content.finding import Category, Finding, Severity
from desk.services import claims
from desk.services.office import writing
from desk.services.queue import queue
from desk.web.app import create_app
from desk.web.site import Site
from desk.web.slide import draw
from store.tables import Submission


def client(bench, name, follow=True):
    made = TestClient(create_app(bench.office, Site()), cookies={"deckprism": bench.cookie(name)}, follow_redirects=follow)
    return made


def form(page, **more):
    """The hidden fields of the page's forms."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("csrf", "version")}
    return {**found, "unit": "1", **more}


@pytest.fixture
def given(bench, talk):
    return bench, bench.submission(*talk), client(bench, "ben")


def test_the_page_shows_the_first_open_finding_and_goes_on(given):
    _, it, browser = given
    page = browser.get(f"/review/{it}").text
    assert "3 open" in page and "Halden Foods" in page and 'value="a food company"' in page and "2 places" in page
    after = browser.post(f"/review/{it}/decide", data=form(page, group="customer-1", action="replace", text="a food company"))
    assert after.status_code == 200 and after.url.params["group"] == "person-1"
    assert "Replaced, 2 left" in after.text and 'value="a colleague"' in after.text
    undone = browser.post(f"/review/{it}/undo", data=form(after.text))
    assert "Taken back, 3 left" in undone.text


def test_what_is_offered_is_in_the_language_of_the_document(bench, talk):
    document, findings = talk
    it = bench.submission(document.model_copy(update={"language": "nl"}), findings)
    page = client(bench, "ben").get(f"/review/{it}?group=person-1&unit=1").text
    assert 'value="een collega"' in page and "It names something" in page


def test_the_whole_of_it_by_plain_forms(given):
    _, it, browser = given
    page = browser.get(f"/review/{it}").text
    page = browser.post(f"/review/{it}/decide", data=form(page, group="customer-1", action="keep", reason="They agreed to be named")).text
    page = browser.post(f"/review/{it}/decide", data=form(page, group="person-1", action="remove")).text
    page = browser.post(f"/review/{it}/decide", data=form(page, group="credential-1", action="drop_unit", unit="2")).text
    assert "Nothing is open" in page and f"/pieces/{it}" in page
    page = browser.post(f"/review/{it}/missed", data=form(page, block="s3.b1", words="Kelder Works", category="customer", severity="high")).text
    assert "Added, 1 left" in page
    page = browser.post(f"/review/{it}/comment", data=form(page, text="Is <b>this</b> new?", group="customer-1")).text
    assert "Is &lt;b&gt;this&lt;/b&gt; new?" in page


def test_a_list_is_shown_before_it_is_done_and_is_done_as_shown(given):
    _, it, browser = given
    page = browser.get(f"/review/{it}/list").text
    assert "credential, 1 place: slide 2" in page
    data = form(page) | {"group": ["customer-1", "person-1", "credential-1"], "action": "advice", "reason": "It is public already"}
    shown = browser.post(f"/review/{it}/confirm", data=data).text
    assert "It is public already" not in shown  # the reason beside another button of the same form
    assert shown.count("<li>") >= 4 and shown.count('name="group"') == 3 and "becomes <b>a food company</b>" in shown
    done = browser.post(f"/review/{it}/bulk", data=data).text
    assert "Done, 0 left" in done
    assert "Nothing of this kind is open" in browser.get(f"/review/{it}/list?category=customer").text


def test_the_second_of_two_gets_409_with_the_page_as_it_is_now(given):
    bench, it, browser = given
    other = client(bench, "ana")
    seen = other.get(f"/review/{it}").text
    browser.post(f"/review/{it}/decide", data=form(browser.get(f"/review/{it}").text, group="customer-1", action="remove"))
    late = other.post(f"/review/{it}/decide", data=form(seen, group="customer-1", action="replace", text="a bright shop"))
    assert late.status_code == 409 and "Ben decided this just now" in late.text and 'role="alert"' in late.text
    assert 'value="a bright shop"' in late.text  # what was typed is not lost


def test_a_text_that_brings_a_name_back_is_refused(given):
    _, it, browser = given
    page = browser.get(f"/review/{it}").text
    answer = browser.post(f"/review/{it}/decide", data=form(page, group="person-1", action="replace", text="somebody at Halden Foods"))
    assert answer.status_code == 400 and "was itself found" in answer.text


def test_hostile_text_stays_text(given):
    _, it, browser = given
    page = browser.get(f"/review/{it}?unit=1")
    assert "<b>they</b>" not in page.text and "&lt;b&gt;they&lt;/b&gt;" in page.text
    drawn = browser.get(f"/review/{it}/slides/1.svg?group=customer-1")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in drawn.headers["content-security-policy"]
    assert "<b>" not in drawn.text and "&lt;b&gt;" in drawn.text and "<script" not in drawn.text
    for name in ("9.svg", "1.png", "x.svg", "0.svg"):
        assert browser.get(f"/review/{it}/slides/{name}").status_code == 404


def test_pages_are_for_whom_they_are(given):
    bench, it, _ = given
    for name, path, code in (("sam", f"/review/{it}", 200), ("sam", "/review", 403), ("ada", f"/review/{it}", 200), ("ada", "/review", 403),
                             ("hr", f"/review/{it}", 200), ("ben", "/review/ffff", 404), ("ben", f"/review/{it}?unit=77", 404)):
        assert client(bench, name).get(path).status_code == code, (name, path)
    other = bench.submission(*_other(), by="ana")
    assert client(bench, "sam").get(f"/review/{other}").status_code == 404
    page = client(bench, "hr").get(f"/review/{it}?group=customer-1").text
    assert "Not yours to decide" in page and 'id="decide"' not in page
    assert client(bench, "ben").post(f"/review/{it}/decide", data={"group": "customer-1", "action": "remove", "version": 3, "unit": 1}).status_code == 403


def _other():
    from content.document import Document, Source, Unit

    return Document(id="e", source=Source(name="b.pptx", sha256="e" * 64, media_type="a/b", bytes=1), units=(Unit(number=1, kind="slide"),)), ()


def test_keys_are_on_the_buttons_and_can_be_off(given):
    bench, it, browser = given
    assert 'data-keys="on"' in browser.get(f"/review/{it}").text
    with writing(bench.office.engine) as session:
        from store.tables_people import User

        session.get(User, "ben").keys = False
    page = browser.get(f"/review/{it}").text
    assert 'data-keys="off"' in page and "<kbd" not in page


def test_a_long_talk_asks_the_database_no_more_often(bench, talk, large_talk):
    asked = []
    event.listen(bench.office.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browser, counts = client(bench, "ben"), []
    for it in (bench.submission(*talk), bench.submission(*large_talk(300))):
        browser.get(f"/review/{it}")
        asked.clear()
        page = browser.get(f"/review/{it}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
    assert page.text.count('id="decide"') == 1 and len(page.content) < 120_000


def test_the_queue_by_team_with_claims_and_presence(given):
    bench, it, browser = given
    with writing(bench.office.engine) as session:
        session.get(Submission, it).received_at = "2026-01-01T00:00:00.000000+00:00"
    found = queue(bench.office, bench.actor("ben"))
    assert [(row.id, row.severity, row.open, row.total, row.level) for row in found.rows] == [(it, "high", 3, 3, "red")]
    assert {tab.key: tab.count for tab in found.tabs}["HR"] == 1
    hr = queue(bench.office, bench.actor("hr"))
    assert [(row.severity, row.open, row.categories) for row in hr.rows] == [("medium", 1, ("person",))]
    assert queue(bench.office, bench.actor("hr"), "operations").rows == ()
    page = browser.get("/review").text
    csrf = re.search(r'name="csrf" value="([^"]*)"', page).group(1)
    assert "It is yours" in browser.post(f"/review/{it}/claim", data={"csrf": csrf}).text
    ana = client(bench, "ana")
    other = re.search(r'name="csrf" value="([^"]*)"', ana.get("/review").text).group(1)
    assert "Ben works on it" in ana.get("/review").text
    assert ana.post(f"/review/{it}/claim", data={"csrf": other}).status_code == 409
    assert claims.here(bench.office, bench.actor("ana"), it).name == "Ben"
    assert "Ana looks at this too" in browser.post(f"/review/{it}/here", data={"csrf": csrf}).text
    assert ana.post(f"/review/{it}/claim", data={"csrf": other, "take": "1"}).status_code == 200
    browser.post(f"/review/{it}/unclaim", data={"csrf": csrf})  # not theirs any more: nothing happens
    assert claims.here(bench.office, bench.actor("ben"), it).name == "Ana"


def test_an_empty_queue_says_what_comes_next(bench):
    page = client(bench, "ben").get("/review?tab=nonsense").text
    assert "Nothing waits for you." in page


def test_lines_from_right_to_left_begin_at_the_right():
    box = Box(x=100, y=100, width=400, height=100)
    unit = Unit(number=1, kind="slide", blocks=(Block(id="s1.b1", part=Part.BODY, text="\u05e9\u05dc\u05d5\u05dd XML", box=box),
                                               Block(id="s1.b2", part=Part.TITLE, text="Plain words", box=box.model_copy(update={"y": 300}))))
    drawn = draw(unit, (960.0, 540.0), (), {}, "", -1)
    assert re.search(r'<text x="496\.0"[^>]* direction="rtl"[^>]*>\u05e9', drawn)
    assert re.search(r'<text x="104\.0" y="[0-9.]+">Plain', drawn)


def test_a_table_shows_whole_cells_and_where_in_it_something_was_found():
    box = Box(x=60, y=100, width=600, height=160)
    long = "The night porter who keeps the keys of the old boathouse and of both sluices"
    texts = (("Key", "Who has it"), ("Boathouse", long))
    blocks = tuple(Block(id=f"s1.b{2 * row + column + 1}", part=Part.TABLE, text=texts[row][column], box=box, shape="t", row=row,
                         column=column) for row in (0, 1) for column in (0, 1))
    found = Finding(id="f-1", group="person-1", rule="person.x", category=Category.PERSON, severity=Severity.MEDIUM, confidence=0.9,
                    unit=1, part="table", block="s1.b4", start=4, end=16, text="night porter", why="because", suggestion="")
    drawn = draw(Unit(number=1, kind="slide", blocks=blocks), (960.0, 540.0), (found,), {"person-1": 1}, "", -1)
    assert "…" not in drawn and "night porter</tspan>" in drawn
    said = " ".join(re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<text[^>]*>.*?</text>", drawn))
    assert all(word in said.split() for word in long.split())
    (mark,) = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="4" fill="none"', drawn)
    x, y, width, height = map(float, mark)
    # The box lies around the cell, not around the table.
    assert x > 100 and y > 110 and width < 560 and height < 150


def test_a_slide_that_only_informs_is_not_called_decided(bench, talk):
    """Slide 2 keeps a thing that holds nothing up, slide 3 nothing; slide 1 is decided."""
    document, found = talk
    it = bench.submission(document, tuple(each for each in found if each.id in {"f-2", "f-5"}))
    browser = client(bench, "ben")
    page = browser.get(f"/review/{it}").text
    page = browser.post(f"/review/{it}/decide", data=form(page, group="person-1", action="remove")).text
    rail = dict(re.findall(r'<li><a href="/review/\w+\?unit=(\d)[^"]*"[^>]*><span class="where(.*?)</li>', page, re.DOTALL))
    assert set(rail) == {"1", "2"}
    assert "for information" in rail["2"] and "decided" not in rail["2"]
    assert "decided" in rail["1"] and "for information" not in rail["1"]


def test_other_names_of_a_customer_are_explained(bench, talk):
    document, found = talk
    named = tuple(each.model_copy(update={"text": "more words", "block": found[4].block, "start": found[4].start,
                                          "end": found[4].end}) if each.id == "f-3" else each for each in found)
    it = bench.submission(document, named)
    page = client(bench, "ben").get(f"/review/{it}", params={"group": "customer-1", "unit": 1}).text
    assert "Found as “more words”: another name of this customer" in page
    plain = bench.submission(*_fresh(talk))
    assert "Found as" not in client(bench, "ben").get(f"/review/{plain}", params={"group": "customer-1", "unit": 1}).text


def _fresh(talk):
    """The same talk as another file."""
    document, found = talk
    return document.model_copy(update={"source": document.source.model_copy(update={"sha256": "e" * 64})}), found
