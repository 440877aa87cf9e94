"""A whole way through the desk at the most talkative level: the log has its ids and none of its words."""

from __future__ import annotations

import json

import pytest

from flows import logs


@pytest.fixture
def lines(tmp_path, monkeypatch):
    file = tmp_path / "log" / "desk.log"
    file.parent.mkdir()
    monkeypatch.setenv(logs.FORM, "json")
    monkeypatch.setenv(logs.FILE, str(file))
    monkeypatch.setenv(logs.LEVEL, "debug")
    yield lambda: file.read_text().splitlines() if file.exists() else []
    monkeypatch.delenv(logs.FORM)
    logs.set_up()


def test_the_planted_words_are_in_no_line(desk, work, make_deck, customer, hand_in_unreadable, lines):
    ana = desk.actor("ana")
    good = desk.hand_in(ana, make_deck(customer=customer, subject="brindlewicks"), "Zanderquill plan.pptx").id
    bad = hand_in_unreadable(ana, "Zanderquill other.pptx", "brindlewicks")
    work.drain()
    browser = desk.browser("ana")
    assert browser.get(f"/jobs/{good}").status_code == 200
    told = [json.loads(line) for line in lines()]
    done = {each["submission"]: each for each in told if each["event"] in {"work_done", "work_given_back"} and "submission" in each}
    assert set(done) == {good, bad}
    assert done[good]["seconds"] > 0 and "code" not in done[good]
    assert [(each["submission"], each["code"]) for each in told if each["event"] == "set_aside"] == [(bad, "UnreadableFile")]
    assert {each["state"] for each in told if each["event"] == "stage_done" and each["submission"] == good} >= {
        "extract", "scan", "gate"}
    everything = "\n".join(lines())
    for word in ("brindlewicks", "Zanderquill", customer, *customer.split(), "pptx", "plan"):
        assert word.casefold() not in everything.casefold(), word


def test_a_fault_of_a_page_is_a_line_with_its_place(desk, lines):
    from fastapi.testclient import TestClient

    from desk.web.app import create_app
    from desk.web.site import Site

    token = desk.token(desk.actor("rita", "reviewer").name, "read")
    app = create_app(desk.office, Site())

    @app.get("/fails")
    def fails():
        raise RuntimeError("Zanderquill is in here")

    with TestClient(app, headers={"authorization": f"Bearer {token}"}, raise_server_exceptions=False) as client:
        assert client.get("/fails").status_code == 500
    told = [json.loads(line) for line in lines()]
    assert [each["code"] for each in told if each["event"] == "fault"] == ["RuntimeError"]
    assert "Zanderquill" not in "\n".join(lines())
