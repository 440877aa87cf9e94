"""What goes wrong around the desk: no room for an upload, no room for the database, a failure right after a file was stored."""

from __future__ import annotations

import os
import resource
import time

import pytest
from sqlalchemy import event, func, select

from desk.commands.purge import purge
from desk.services import retention, submissions
from desk.services.office import reading
from store.audit import first_broken
from store.tables import File, Outbox, Submission


def originals(desk):
    return [file for file in (desk.office.folder / "files").rglob("*") if file.is_file()]


def count(desk, table):
    with reading(desk.office.engine) as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def small_files():
    """No file of this process may grow past 2 MB: the system itself refuses to write on, as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 2**20, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("page", [True, False], ids=["page", "api"])
def test_no_room_for_an_upload_is_one_line_and_leaves_nothing(desk, make_deck, page):
    desk.actor("ana")
    client = desk.browser("ana") if page else desk.api("ana", "submit", "read")
    place = "/submit" if page else "/api/v1/submissions"
    sent = client.post(place, files={"files": ("large.pptx", make_deck() + b"x" * 3 * 2**20)})
    assert sent.status_code == 507 and "Traceback" not in sent.text
    if page:
        assert "no room on its disk" in sent.text and "Nothing was kept" in sent.text
    else:
        result = sent.json()["results"][0]
        assert (result["id"], result["code"]) == ("", "NoRoom") and "\n" not in result["detail"]
    assert originals(desk) == [] and count(desk, Submission) == 0
    taken = desk.api("ana", "submit", "read").post("/api/v1/submissions", files={"files": ("talk.pptx", make_deck())})
    assert taken.json()["results"][0]["id"] and count(desk, Submission) == 1


def test_no_room_for_the_database_is_one_line_and_heals_by_itself(desk):
    ana = desk.actor("ana")
    before = desk.hand_in(ana).id
    browser = desk.browser("ana")
    full = True

    @event.listens_for(desk.office.engine, "checkout")
    def _limit(raw, _record, _proxy):
        used = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {used if full else 2**30}")

    note = "It is about what we learned. " * 60
    said = [browser.post("/submit", data={"note": note}, files={"files": (f"talk{n}.txt", f"How notes travel, {n}.".encode())})
            for n in range(12)]
    refused = next(each for each in said if each.status_code != 200)
    taken = said.index(refused)
    assert refused.status_code == 503 and "Nothing was changed; try again in a minute." in refused.text
    assert "Traceback" not in refused.text and "disk" not in refused.text.partition("<h1>")[0]
    full = False
    again = browser.post("/submit", data={"note": note}, files={"files": ("again.txt", b"How notes travel, again.")})
    assert again.status_code == 200
    with reading(desk.office.engine) as session:
        there = set(session.scalars(select(Submission.id)))
        assert before in there and first_broken(session, desk.office.key) is None
    worked = sum(each.status_code == 200 for each in said)
    assert len(there) == worked + 2 and taken < 12
    assert count(desk, Outbox) >= len(there)


def test_a_file_whose_submission_could_not_be_written_is_used_or_swept(desk, make_deck, monkeypatch, capsys):
    from sqlalchemy.exc import OperationalError

    desk.actor("ana")
    api, content = desk.api("ana", "submit", "read"), make_deck(subject="ideas")

    def away(*_given):
        raise OperationalError("INSERT", {}, Exception("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(submissions, "receive", away)  # the transaction after the file has its place
        sent = api.post("/api/v1/submissions", files={"files": ("talk.pptx", content)})
    assert sent.status_code == 503 and count(desk, Submission) == 0 and count(desk, File) == 0
    lost = originals(desk)
    assert len(lost) == 1 and lost[0].parent.name != "partial"

    assert retention.sweep(desk.office) == 0 and originals(desk) == lost  # young: its submission may be on its way
    long_ago = time.time() - 7200
    os.utime(lost[0], (long_ago, long_ago))
    taken = api.post("/api/v1/submissions", files={"files": ("talk.pptx", content)})
    assert taken.json()["results"][0]["id"] and originals(desk) == lost  # handed in again, it is the same file
    os.utime(lost[0], (long_ago, long_ago))
    assert retention.sweep(desk.office) == 0 and originals(desk) == lost  # a submission has it

    with monkeypatch.context() as patch:
        patch.setattr(submissions, "receive", away)
        api.post("/api/v1/submissions", files={"files": ("other.pptx", make_deck(subject="plans"))})
    orphan = next(each for each in originals(desk) if each not in lost)
    os.utime(orphan, (long_ago, long_ago))
    monkeypatch.delenv("DECKPRISM_TOKEN", raising=False)
    assert purge(dry_run=True) == 0 and orphan in originals(desk)
    assert purge() == 0 and originals(desk) == lost
    assert "1 file that no submission has was deleted too." in capsys.readouterr().out
    assert retention.sweep(desk.office) == 0
