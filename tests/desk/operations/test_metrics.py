"""/metrics: the figures are those of the store, nobody's name is in them, and not everybody gets them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from desk.services import marks
from desk.services.backup import back_up
from desk.services.office import writing
from desk.web.app import create_app
from desk.web.site import Site
from store import audit, outbox
from store.batches import NewItem, change, items, start
from store.tables import Outbox


@pytest.fixture
def ask(desk):
    """The answer to this machine, or to another one."""
    def asked(address: str = "127.0.0.1", site: Site | None = None, host: str = "localhost", **headers: str):
        app = create_app(desk.office, site or Site())
        with TestClient(app, base_url=f"http://{host}", client=(address, 40000), follow_redirects=False) as client:
            return client.get("/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return asked


@pytest.fixture
def figures(ask):
    def read() -> dict[tuple, float]:
        answer = ask()
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        return {(sample.name.removeprefix("deckprism_"), *(value for _, value in sorted(sample.labels.items()))): sample.value
                for family in text_string_to_metric_families(answer.text) for sample in family.samples}
    return read


def test_the_figures_are_those_of_the_store(desk, work, figures, make_deck, customer, hand_in_unreadable, operator, tmp_path):
    ana = desk.actor("ana")
    desk.hand_in(ana, make_deck(customer=customer))
    hand_in_unreadable(ana)
    before = figures()
    assert before["submissions", "received"] == 2
    assert before["outbox_waiting", "process"] == 2 and before["outbox_oldest_seconds",] >= 0
    assert ("backup_age_seconds",) not in before
    work.drain()
    back_up(desk.office, operator, tmp_path / "b.tar")
    after = figures()
    assert after["submissions", "in_review"] == 1 and after["submissions", "quarantined"] == 1
    assert after["findings", "customer", "open"] >= 1
    assert ("outbox_waiting", "process") not in after
    assert after["stage_seconds_count", "extract"] >= 1 and after["stage_seconds_sum", "scan"] > 0
    assert after["stage_seconds_bucket", "+Inf", "scan"] == after["stage_seconds_count", "scan"]
    assert sum(value for (name, *_), value in after.items() if name == "failures_total") == 1
    assert after["acts_total", "set_aside"] == 1 and after["acts_total", "backed_up"] == 1
    assert after["disk_free_bytes",] > 0 and 0 <= after["backup_age_seconds",] < 600
    assert [key for key in after if key[0] == "build_info"]


def test_batches_are_counted(desk, figures):
    from dataclasses import replace
    with writing(desk.office.engine) as session:
        start(session, "b1", "/out", "c" * 64, "{}", [NewItem(f"/in/{n}.pptx", str(n) * 64) for n in range(3)])
        first, second, _ = items(session, "b1")
        change(session, replace(first, state="held", seconds=3.0))
        change(session, replace(second, state="failed", code="Halden Foods", seconds=0.2))
    found = figures()
    assert (found["batch_items", "held"], found["batch_items", "failed"], found["batch_items", "waiting"]) == (1, 1, 1)
    assert found["batch_failures", "other"] == 1
    assert (found["batch_item_seconds_count",], found["batch_item_seconds_sum",]) == (2, 3.2)
    assert found["batch_item_seconds_bucket", "0.25"] == 1


def test_nobodys_words_are_in_them(desk, ask, work, make_deck, customer):
    ana = desk.actor("zanderquill")
    one = desk.hand_in(ana, make_deck(customer=customer, subject="brindlewicks"), "Wobbleton plan.pptx").id
    work.drain()
    marks.comment(desk.office, ana, one, "Wobbleton said so.")
    with writing(desk.office.engine) as session:
        audit.record(session, desk.office.key, "zanderquill", "set_aside", "submission:x", {"code": "Wobbleton said"})
    text = ask().text.casefold()
    for word in ("zanderquill", "brindlewicks", "wobbleton", *customer.casefold().split(), one):
        assert word not in text, word


def test_work_that_lies_there_gets_old(desk, figures):
    with writing(desk.office.engine) as session:
        outbox.put(session, "release", "s1", 1)
        session.query(Outbox).one().put_at = "2020-01-01T00:00:00.000000+00:00"
    assert figures()["outbox_oldest_seconds",] > 3600


def test_this_machine_and_those_who_may_audit_get_them(desk, ask):
    auditor, other = desk.actor("olga", "auditor"), desk.actor("ana")
    token = {"authorization": f"Bearer {desk.token(auditor.name, 'read')}"}
    assert ask().status_code == 200
    assert ask(host="127.0.0.1:8000").status_code == 200
    assert ask("10.0.0.9", host="testserver", **token).status_code == 200
    assert ask("10.0.0.9", host="testserver").status_code == 401
    assert ask("10.0.0.9", authorization=f"Bearer {desk.token(other.name, 'read')}").status_code == 403
    assert ask(authorization="Bearer dp_nothing").status_code == 401


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "via", "x_real_ip"])
def test_a_proxy_on_this_machine_is_not_this_machine(ask, header):
    assert ask(**{header: "203.0.113.9"}).status_code == 401


def test_behind_a_proxy_this_machine_is_nobody(ask):
    assert ask(site=Site(https=True)).status_code == 401
    assert ask(site=Site(proxy_header="x-user")).status_code == 401
    assert ask(site=Site(hosts=frozenset({"desk.example"})), host="desk.example").status_code == 401
