"""Who may say that something goes out: never the submitter, the second never the first, and nothing that changed since."""

from __future__ import annotations

import pytest

from desk.rights import Forbidden, NotThere
from desk.services import approvals, edits
from desk.services.office import reading, writing
from store.submissions import Stale
from tests.desk import releasing


@pytest.fixture
def ready(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch)
    yield made
    made.work.stop()
    made.office.engine.dispose()


def test_one_approval_is_enough_where_no_policy_asks_for_more(ready):
    done = approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    assert (done.given, done.needed, done.enough) == (1, 1, True)
    assert ready.state() == "approved"


def test_nobody_approves_their_own_on_page_api_token_and_command(ready, monkeypatch, capsys):
    from desk.commands.release import approve as command

    with pytest.raises(Forbidden, match="own submission"):
        approvals.approve(ready.office, ready.people["ana"], ready.id, ready.content)
    page = ready.browser("ana", follow=False).post(f"/pieces/{ready.id}/approve", data={"content": ready.content})
    api = ready.api("ana", "approve", "read").post(f"/api/v1/submissions/{ready.id}/approve", json={})
    assert (page.status_code, api.status_code) == (403, 403)
    monkeypatch.setenv("DECKPRISM_TOKEN", ready.token("ana", "approve"))
    with pytest.raises(Forbidden):
        command(ready.id)
    assert ready.state() == "decided"


def test_a_token_without_the_scope_may_not(ready):
    answer = ready.api("ben", "read").post(f"/api/v1/submissions/{ready.id}/approve", json={})
    assert answer.status_code == 403


def test_whoever_may_not_see_it_is_told_that_there_is_nothing(ready):
    with pytest.raises(NotThere):
        approvals.approve(ready.office, ready.people["zoe"], ready.id, ready.content)


def test_a_content_that_is_not_the_one_seen_is_refused(ready):
    with pytest.raises(Stale, match="built anew"):
        approvals.approve(ready.office, ready.people["ben"], ready.id, "0" * 64)


def test_a_second_approver_is_asked_for_and_is_not_the_first(ready):
    from store.tables import Finding

    with writing(ready.office.engine) as session:
        session.add(Finding(submission=ready.id, id="f1", group="g1", rule="x", category="figures", severity="high",
                            confidence=0.9, unit=1, part="body", block="s1.b1", start=0, end=1, text_hash="", preview="",
                            state="replaced"))
    ready.setting(second_approver_from="high")
    with reading(ready.office.engine) as session:
        assert approvals.needed(session, ready.id, approvals.asked(session)) == 2
    first = approvals.approve(ready.office, ready.people["ben"], ready.id, "")
    assert not first.enough
    assert ready.state() == "decided"
    with pytest.raises(Stale, match="by you already"):
        approvals.approve(ready.office, ready.people["ben"], ready.id, "")
    assert approvals.approve(ready.office, ready.people["cas"], ready.id, "").enough
    assert ready.state() == "approved"


def test_many_kept_things_ask_for_a_second_approver(ready):
    from store.tables import Finding

    with writing(ready.office.engine) as session:
        for name in ("a", "b"):
            session.add(Finding(submission=ready.id, id=name, group=name, rule="x", category="person", severity="low",
                                confidence=0.9, unit=1, part="body", block="s1.b1", start=0, end=1, text_hash="", preview="",
                                state="kept"))
    ready.setting(keeps=3)
    with reading(ready.office.engine) as session:
        assert approvals.needed(session, ready.id, approvals.asked(session)) == 1
    ready.setting(keeps=2)
    with reading(ready.office.engine) as session:
        assert approvals.needed(session, ready.id, approvals.asked(session)) == 2


def test_an_edit_voids_the_approval_and_the_new_pieces_need_a_new_one(ready):
    office, before = ready.office, ready.content
    approvals.approve(office, ready.people["ben"], ready.id, before)
    piece, segment, old, _ = ready.sentence()
    edits.edit(office, ready.people["ana"], ready.id, piece, segment, old, "Teams that write things down find answers sooner.")
    assert ready.state() == "decided"
    with pytest.raises(Stale, match="before the last decisions"):
        approvals.approve(office, ready.people["ben"], ready.id, before)
    ready.work.drain()
    assert ready.content not in ("", before)
    with reading(office.engine) as session:
        assert not approvals.in_force(session, ready.id, ready.content)
    assert approvals.approve(office, ready.people["ben"], ready.id, ready.content).enough


def test_a_change_taken_back_can_be_approved_by_the_same_person_again(ready):
    office, before = ready.office, ready.content
    approvals.approve(office, ready.people["ben"], ready.id, before)
    piece, segment, old, _ = ready.sentence()
    made = edits.edit(office, ready.people["ana"], ready.id, piece, segment, old, "We write a few things down.")
    ready.work.drain()
    edits.undo(office, ready.people["ana"], ready.id, made)
    ready.work.drain()
    assert ready.content == before
    assert approvals.approve(office, ready.people["ben"], ready.id, before).enough


def test_only_customer_service_acknowledges(ready):
    ready.setting(acknowledge=True)
    with pytest.raises(Forbidden, match="customer service"):
        approvals.acknowledge(ready.office, ready.people["ben"], ready.id, ready.content)
    approvals.acknowledge(ready.office, ready.people["kim"], ready.id, ready.content)
    approvals.acknowledge(ready.office, ready.people["kim"], ready.id, ready.content)  # twice is once


def test_the_policy_ignores_what_it_does_not_know(ready):
    ready.setting(second_approver_from="everything", keeps=-3, pilot_first=0)
    with reading(ready.office.engine) as session:
        assert approvals.asked(session) == approvals.Asked()


def test_what_is_held_is_not_approved(tmp_path, monkeypatch):
    held = releasing.make_ready(tmp_path, monkeypatch, content=releasing.deck(releasing.CUSTOMER))
    assert held.state() == "in_review"
    with pytest.raises(Stale, match="held"):
        approvals.approve(held.office, held.people["ben"], held.id, "")
    held.work.stop()
    held.office.engine.dispose()
