"""Sending a submission back: who may, what becomes of its work and its approvals, and how it comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from content.errors import InputError
from desk.commands import release as commands
from desk.rights import Act, Actor, Forbidden, require
from desk.services import approvals, lists, outgoing, rejecting, releases, tokens
from desk.services.office import reading, writing
from store import outbox, people
from store.submissions import Stale
from store.tables import Audit, Submission
from store.tables_review import Approval, Comment, Release
from tests.desk import releasing

WHY = "The results of the pilot are not public yet."


@pytest.fixture
def ready(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch, tmp_path / "out")
    yield made
    made.office.engine.dispose()


def test_sent_back_its_work_is_dropped_and_nothing_goes_out(ready):
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    with writing(ready.office.engine) as session:
        outbox.put(session, "build", ready.id, "one more")
    rejecting.reject(ready.office, ready.people["rex"], ready.id, WHY)
    assert ready.state() == "rejected"
    with reading(ready.office.engine) as session:
        assert outbox.pending(session, "build", ready.id) == 0
        assert all(each.void_because == "rejected" for each in session.scalars(select(Approval)))
        assert session.scalar(select(Comment.text)) == WHY
        assert session.scalar(select(Audit.actor).where(Audit.action == "rejected")) == "rex"
        assert WHY not in "".join(session.scalars(select(Audit.detail)))
    with pytest.raises(Stale):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")
    with pytest.raises(Stale):
        approvals.approve(ready.office, ready.people["ben"], ready.id, "")
    with reading(ready.office.engine) as session:
        assert session.scalars(select(Release)).all() == []
    assert outgoing.released_list(ready.office, ready.people["pia"], "") == ()


def test_who_may_and_what_it_needs(ready):
    for name in ("zoe", "pia", "adm", "kim"):
        with pytest.raises(InputError):
            rejecting.reject(ready.office, ready.people[name], ready.id, WHY)
    with pytest.raises(Forbidden):
        rejecting.reject(ready.office, ready.people["pia"], ready.id, WHY)
    with pytest.raises(InputError, match="reason"):
        rejecting.reject(ready.office, ready.people["ben"], ready.id, " \n ")
    assert ready.state() == "decided"
    rejecting.reject(ready.office, ready.people["ben"], ready.id, WHY)
    with pytest.raises(Stale):
        rejecting.reject(ready.office, ready.people["rex"], ready.id, WHY)


def test_what_is_out_is_withdrawn_not_sent_back(ready):
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    releases.release(ready.office, ready.people["pia"], ready.id, "all")
    with pytest.raises(Stale, match="withdraw"):
        rejecting.reject(ready.office, ready.people["rex"], ready.id, WHY)
    assert ready.state() == "released"


def test_taken_up_again_it_needs_a_new_approval(ready):
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    rejecting.reject(ready.office, ready.people["rex"], ready.id, WHY)
    with pytest.raises(Forbidden):
        rejecting.reopen(ready.office, ready.people["pia"], ready.id)
    assert rejecting.reopen(ready.office, ready.people["rex"], ready.id) == "decided"
    with pytest.raises(Stale):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")
    with pytest.raises(Stale):
        rejecting.reopen(ready.office, ready.people["rex"], ready.id)
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    assert releases.release(ready.office, ready.people["pia"], ready.id, "all").audience == "all"


def test_a_file_that_was_deleted_since_is_handed_in_again(ready):
    rejecting.reject(ready.office, ready.people["rex"], ready.id, WHY)
    with reading(ready.office.engine) as session:
        document = session.get(Submission, ready.id).document
    ready.office.files.path(document).unlink()
    with pytest.raises(InputError, match="hand it in again"):
        rejecting.reopen(ready.office, ready.people["rex"], ready.id)
    assert ready.state() == "rejected"


def test_the_submitter_reads_why_and_the_api_does_the_same(ready):
    reviewer = ready.browser("rex")
    assert "Not for sharing: send it back" in reviewer.get(f"/jobs/{ready.id}").text
    assert reviewer.post(f"/jobs/{ready.id}/reject", data={"reason": WHY}).status_code == 200
    page = ready.browser("ana").get(f"/jobs/{ready.id}").text
    assert f"Not for sharing: {WHY}" in page
    api = ready.api("rex", "review", "read")
    assert api.post(f"/api/v1/submissions/{ready.id}/reopen").json() == {"id": ready.id, "state": "decided"}
    assert api.post(f"/api/v1/submissions/{ready.id}/reject", json={"reason": ""}).status_code == 422
    assert api.post(f"/api/v1/submissions/{ready.id}/reject", json={"reason": WHY}).json()["state"] == "rejected"
    assert ready.api("rex", "read").post(f"/api/v1/submissions/{ready.id}/reopen").status_code == 403
    assert ready.api("rex", "read").get(f"/api/v1/submissions/{ready.id}/download").status_code == 404


def test_somebody_who_only_approves_can_make_a_token_that_sends_back(ready):
    offered = ready.browser("ben").get("/me").text
    assert 'name="scope" value="review"' in offered and "Decide, remark and send back" in offered
    assert 'name="scope" value="review"' not in ready.browser("adm").get("/me").text
    value = tokens.make_token(ready.office, ready.people["ben"], ["review", "read"], 30)
    with reading(ready.office.engine) as session:
        program = Actor(*people.token_person(session, value))
    with pytest.raises(Forbidden):  # the scope is the same as a reviewer's, the rights are not
        require(program, Act.CLAIM)
    rejecting.reject(ready.office, program, ready.id, WHY)
    assert rejecting.reopen(ready.office, program, ready.id) == "decided"


def test_the_commands_of_this_machine(ready, monkeypatch, capsys):
    monkeypatch.setenv("DECKPRISM_TOKEN", ready.token("rex", "review", "read"))
    assert commands.reject(ready.id, WHY) == 0
    assert ready.state() == "rejected"
    capsys.readouterr()
    assert commands.reopen(ready.id) == 0
    assert ready.state() == "decided" and capsys.readouterr().out.startswith("Taken up again.")


def test_the_start_page_says_what_waits(ready):
    waiting = {name: [each.href for each in lists.home(ready.office, ready.people[name]).waiting]
               for name in ("ana", "ben", "pia", "zoe", "rex")}
    assert waiting == {"ana": [], "ben": [f"/pieces/{ready.id}"], "pia": [], "zoe": [], "rex": []}
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    assert [each.href for each in lists.home(ready.office, ready.people["pia"]).waiting] == [f"/pieces/{ready.id}"]
    assert "waits for you to release" in ready.browser("pia").get("/").text
