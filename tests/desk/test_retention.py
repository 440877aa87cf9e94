"""Keeping and deleting for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from content.errors import InputError
from desk.rights import Forbidden
from desk.services import marks, retention
from desk.services.material import case_folder
from desk.services.office import reading, writing
from store.database import now
from store.tables import Audit, Finding, Submission
from store.tables_review import Build, Comment, Release


def later(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="microseconds")


@pytest.fixture
def ada(desk):
    return desk.actor("ada", "administrator")


@pytest.fixture
def deck(make_deck, customer):
    """The same bytes however often it is handed in."""
    return make_deck(customer=customer)


@pytest.fixture
def one(desk, work, deck):
    made = desk.hand_in(desk.actor("ana"), deck).id
    work.drain()
    marks.comment(desk.office, desk.actor("ana"), made, "Please keep it short.")
    return made


def end(desk, one: str, state: str) -> None:
    with writing(desk.office.engine) as session:
        row = session.get(Submission, one)
        row.state, row.changed_at = state, now()


def put_out(desk, one: str) -> str:
    end(desk, one, "released")
    with writing(desk.office.engine) as session:
        build = session.query(Build).filter_by(submission=one).first()
        session.add(Release(id="r1", submission=one, build=build.id, content_hash="0" * 64, signature="0" * 64,
                            audience="all", by="pia", at=now()))
        return build.id


def test_only_what_has_ended_long_enough_ago_is_due(desk, ada, one):
    assert retention.due(desk.office, ada, later(9999)) == ()
    end(desk, one, "rejected")
    assert retention.due(desk.office, ada, later(6.9)) == ()
    assert [each.id for each in retention.due(desk.office, ada, later(7.1))] == [one]
    retention.set_keeping(desk.office, ada, 30, 9)
    assert retention.due(desk.office, ada, later(8.9)) == ()
    with pytest.raises(InputError):
        retention.set_keeping(desk.office, ada, -1, 9)


def test_a_purge_leaves_nothing_of_what_was_rejected(desk, ada, one, customer, data):
    end(desk, one, "rejected")
    with reading(desk.office.engine) as session:
        sha256 = session.get(Submission, one).document
        build = session.scalar(select(Build.id).where(Build.submission == one))
    done = retention.purge(desk.office, ada, at=later(8))
    assert (done.submissions, done.originals, done.builds) == ((one,), 1, 1)
    assert not desk.office.files.has(sha256) and not case_folder(desk.office, one).exists()
    assert not (desk.office.builds() / build).exists()
    with reading(desk.office.engine) as session:
        assert session.get(Submission, one).purged_at and session.query(Comment).count() == 0
        assert set(session.scalars(select(Finding.preview))) == {""}
        row = session.scalars(select(Audit).where(Audit.action == "purged")).one()
    assert "words_hash" in row.detail and "short" not in row.detail
    left = b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file() and file.name != "deckprism.db-wal")
    assert customer.encode() not in left
    assert retention.purge(desk.office, ada, at=later(8)).submissions == ()
    browser = desk.browser("ana")
    assert browser.get(f"/jobs/{one}").status_code == 200 and browser.get("/").status_code == 200
    assert browser.get(f"/history/{one}").status_code == 200


def test_what_is_out_stays_out(desk, ada, one):
    build = put_out(desk, one)
    assert retention.due(desk.office, ada, later(29)) == ()
    assert retention.due(desk.office, ada, later(31))[0].keeps_release
    assert retention.purge(desk.office, ada, at=later(31)).builds == 0
    assert (desk.office.builds() / build).is_dir() and not case_folder(desk.office, one).exists()
    assert desk.browser("ana").get("/released").status_code == 200


def test_a_file_that_another_submission_has_stays(desk, ada, one, work, deck):
    other = desk.hand_in(desk.actor("eva"), deck).id
    work.drain()
    with reading(desk.office.engine) as session:
        same = session.get(Submission, one).document == session.get(Submission, other).document
        sha256 = session.get(Submission, one).document
    assert same
    end(desk, one, "rejected")
    drawn = desk.office.pictures() / sha256 / "some-renderer" / "1.png"
    drawn.parent.mkdir(parents=True)
    drawn.write_bytes(b"a slide")
    retention.purge(desk.office, ada, at=later(8))
    assert desk.office.files.has(sha256) and drawn.is_file()
    end(desk, other, "rejected")
    assert retention.purge(desk.office, ada, at=later(8)).originals == 1
    assert not (desk.office.pictures() / sha256).exists(), "its pictures go with the last who had it"


def test_a_hold_keeps(desk, ada, one):
    end(desk, one, "rejected")
    with pytest.raises(InputError):
        retention.hold(desk.office, ada, one, " ")
    retention.hold(desk.office, ada, one, "a question of the works council")
    assert retention.purge(desk.office, ada, [one], at=later(99)).submissions == ()
    retention.let_go(desk.office, ada, one)
    assert retention.purge(desk.office, ada, [one], at=later(99)).submissions == (one,)


def test_only_administrators_purge_and_only_what_is_due(desk, ada, one):
    for who in (desk.actor("ana"), desk.actor("rita", "reviewer"), desk.actor("ina", "auditor")):
        with pytest.raises(Forbidden):
            retention.purge(desk.office, who)
    assert retention.purge(desk.office, ada, [one]).submissions == ()
    page = desk.browser("ada").post("/admin/retention/purge", data={"submission": [one, "x"]})
    assert page.status_code == 200 and "0 submissions deleted" in page.text
    assert case_folder(desk.office, one).is_dir()
