"""Handing in: what is taken, what is refused and leaves nothing, duplicates, who sees what, cancel and retry."""

from __future__ import annotations

import errno
import io
import threading
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter
from sqlalchemy import func, select

from content.errors import InputError
from desk.rights import Act, Actor, Forbidden, NotThere
from desk.services import submissions, uploads
from desk.services.material import material, ready
from desk.services.office import reading, writing
from desk.services.progress import status
from desk.services.progress import submissions as listed
from flows.local import LocalWork
from store import audit, outbox
from store.submissions import Stale
from store.tables import Audit, Document, File, Outbox, Submission


def stored(folder: Path) -> list[Path]:
    return [file for file in (folder / "files").rglob("*") if file.is_file()]


def encrypted_pdf() -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret words")
    writer.write(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/slides/slide1.xml", b"\0" * 80_000_000)
    return stream.getvalue()


def test_a_file_becomes_a_submission_with_work_and_audit(desk):
    ana = desk.actor("ana")
    woken = []
    object.__setattr__(desk.office, "wake", lambda: woken.append(1))
    result = desk.hand_in(ana, name="../../etc/My \u202etalk\x07.pptx",
                          intake=submissions.Intake("  A\ntitle\u200b ", "publish", channels=("audio", "blog", "nonsense")))
    assert result.refused is None
    assert result.name == "My talk.pptx"
    found = status(desk.office, ana, result.id)
    assert (found.title, found.state, found.job, found.channels) == ("A title", "received", "waiting", ("blog", "audio"))
    assert woken == [1]
    with reading(desk.office.engine) as session:
        assert session.scalar(select(Outbox.kind).where(Outbox.subject == result.id)) == "process"
        row = session.scalar(select(Audit).where(Audit.subject == f"submission:{result.id}"))
        assert row is not None and row.action == "submitted" and "talk" not in row.detail
        sha256 = session.scalar(select(Submission.document))
    assert [file.name for file in stored(desk.office.folder)] == [sha256[2:]]


@pytest.mark.parametrize(("name", "content", "code", "says"), [
    ("empty.pptx", b"", "Empty", "is empty"),
    ("locked.pdf", encrypted_pdf(), "EncryptedFile", "password"),
    ("photo.pptx", b"\xff\xd8\xff\xe0" + b"0" * 500, "UnreadableFile", "JPEG picture"),
    ("broken.pptx", b"PK\x03\x04" + b"0" * 500, "UnreadableFile", ""),
    ("bomb.pptx", bomb(), "UnreadableFile", ""),
    ("really-text.pptx", b"Only a few words of text in here.\n", "UnreadableFile", "is called .pptx"),
])
def test_what_cannot_be_read_is_refused_with_what_to_do_and_leaves_nothing(desk, name, content, code, says):
    result = desk.hand_in(desk.actor("ana"), content, name)
    assert result.id == ""
    assert result.refused is not None and result.refused.code == code
    assert says in result.refused.what
    assert result.refused.todo and not result.refused.todo.endswith(".")
    assert stored(desk.office.folder) == []
    with reading(desk.office.engine) as session:
        assert session.scalar(select(func.count()).select_from(File)) == 0
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0
        told = session.scalars(select(Audit)).all()
    assert [row.action for row in told] == ["upload_refused"]
    assert name.split(".")[0] not in told[0].detail


def test_a_file_over_the_limit_is_refused_while_it_comes_in(desk, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 200_000)
    upload = uploads.Upload(desk.office, "large.pptx")
    for _ in range(10):
        upload.write(b"0" * 50_000)
    assert upload.refusal == uploads.TOO_LARGE
    assert stored(desk.office.folder) == []
    result = submissions.submit(desk.office, desk.actor("ana"), (upload,), submissions.Intake())[0]
    assert result.refused == uploads.TOO_LARGE


def test_one_bad_file_stops_none_of_the_others_and_the_twenty_first_is_refused(desk, make_deck):
    ana = desk.actor("ana")
    content = make_deck()
    files = [desk.upload("bad.pdf", b"no such thing\0\1")] + [desk.upload(f"{n}.pptx", content) for n in range(20)]
    results = submissions.submit(desk.office, ana, files, submissions.Intake())
    assert [bool(each.id) for each in results] == [False] + [True] * 19 + [False]
    assert results[-1].refused == uploads.TOO_MANY
    assert len({each.id for each in results if each.id}) == 19
    with reading(desk.office.engine) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1
    assert len(stored(desk.office.folder)) == 1


def test_a_full_disk_is_said_and_nothing_is_kept(desk, monkeypatch, make_deck):
    ana = desk.actor("ana")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("store.files.FileStore.settle", staticmethod(full))
    result = desk.hand_in(ana, make_deck())
    assert result.refused is not None and result.refused.code == "NoRoom"
    assert "no room" in result.refused.what
    assert stored(desk.office.folder) == []
    monkeypatch.undo()


def test_the_same_file_is_linked_for_those_who_may_see_it(desk, make_deck):
    content = make_deck()
    ana, ben, rita = desk.actor("ana"), desk.actor("ben"), desk.actor("rita", kind="reviewer")
    first = desk.hand_in(ana, content)
    again = desk.hand_in(ana, content, "renamed.pptx")
    assert again.id != first.id
    assert again.duplicate_of is not None
    assert (again.duplicate_of.id, again.duplicate_of.by) == (first.id, "Ana")
    assert desk.hand_in(rita, content).duplicate_of.id == first.id
    # A submitter who may not open Ana's submission is not told that there is one.
    assert desk.hand_in(ben, content).duplicate_of is None


def test_a_form_that_is_sent_twice_makes_one_submission(desk, make_deck):
    ana, content = desk.actor("ana"), make_deck()
    first, second = (desk.hand_in(ana, content, ticket="f" * 32) for _ in range(2))
    assert first.id == second.id
    assert second.duplicate_of is None
    other = desk.hand_in(desk.actor("ben"), content, ticket="f" * 32)
    assert other.id != first.id


def test_the_same_file_fifty_times_at_once_is_one_document(desk, make_deck):
    ana, content = desk.actor("ana"), make_deck(2)
    results, errors = [], []

    def hand_in() -> None:
        try:
            for _ in range(10):
                results.append(desk.hand_in(ana, content))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=hand_in) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len({each.id for each in results}) == 50
    with reading(desk.office.engine) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1
        assert session.scalar(select(func.count()).select_from(Submission)) == 50
        assert audit.first_broken(session, desk.office.key) is None
    assert len(stored(desk.office.folder)) == 1


def test_only_submitters_hand_in(desk, make_deck):
    for actor in (desk.actor("olga", kind="auditor"), Actor(desk.actor("ana").person, frozenset({"read"}))):
        upload = desk.upload("talk.pptx", make_deck())
        with pytest.raises(Forbidden):
            submissions.submit(desk.office, actor, (upload,), submissions.Intake())
    assert stored(desk.office.folder) == []
    with pytest.raises(InputError, match="no file"):
        submissions.submit(desk.office, desk.actor("ana"), (), submissions.Intake())


def test_others_do_not_learn_whether_a_submission_is_there(desk):
    result = desk.hand_in(desk.actor("ana"))
    ben = desk.actor("ben")
    said = []
    for identity in (result.id, "0" * 16, "..", "a'b", "\0"):
        with pytest.raises(NotThere) as caught:
            status(desk.office, ben, identity)
        said.append(str(caught.value))
    assert len(set(said)) == 1
    assert listed(desk.office, ben) == ()
    assert [row.id for row in listed(desk.office, desk.actor("rita", kind="reviewer"))] == [result.id]
    with pytest.raises(NotThere):
        submissions.cancel(desk.office, ben, result.id)


def test_work_that_waits_can_be_stopped_and_started_again(desk, work: LocalWork):
    ana = desk.actor("ana")
    result = desk.hand_in(ana)
    submissions.cancel(desk.office, ana, result.id)
    found = status(desk.office, ana, result.id)
    assert (found.job, found.state, found.reason) == ("cancelled", "received", "Stopped by Ana.")
    assert work.drain() == 0
    with pytest.raises(Stale):
        submissions.cancel(desk.office, ana, result.id)
    submissions.retry(desk.office, ana, result.id)
    with pytest.raises(Stale):
        submissions.retry(desk.office, ana, result.id)
    assert work.drain() == 1
    assert status(desk.office, ana, result.id).job == "done"
    with pytest.raises(Stale):
        submissions.cancel(desk.office, ana, result.id)
    auditor = desk.actor("olga", kind="auditor")
    with pytest.raises(Forbidden):
        submissions.retry(desk.office, auditor, result.id)


def test_a_token_needs_its_scope(desk):
    ana = desk.actor("ana")
    result = desk.hand_in(ana)
    reader = Actor(ana.person, frozenset({"read"}))
    with pytest.raises(Forbidden):
        submissions.cancel(desk.office, reader, result.id)
    with pytest.raises(Forbidden):
        status(desk.office, Actor(ana.person, frozenset({"submit"})), result.id)
    with writing(desk.office.engine) as session, pytest.raises(Forbidden):
        submissions.found(session, reader, result.id, Act.SHAPE)


def test_material_is_there_after_the_work_and_says_so_before(desk, work: LocalWork, make_deck, customer):
    ana = desk.actor("ana")
    result = desk.hand_in(ana, make_deck(customer=customer))
    assert not ready(desk.office, result.id)
    with pytest.raises(NotThere):
        material(desk.office, result.id)
    work.drain()
    found = material(desk.office, result.id)
    assert customer in {each.text for each in found.findings}
    assert found.pack is not None and found.pack.status.value == "held"
    assert all(each.data == b"" for each in found.pack.artefacts)
    assert customer not in found.cleared.model_dump_json()
    again = material(desk.office, result.id)
    assert again.document is found.document
    with reading(desk.office.engine) as session:
        assert outbox.waiting(session) == 0


def test_an_old_deck_is_taken_where_libreoffice_is_there(desk, make_deck, tmp_path, monkeypatch):
    from benchmarks.extraction_probes_parts import ole

    (tmp_path / "made.pptx").write_bytes(make_deck())
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nwhile [ \"$1\" != --outdir ]; do shift; done\nmkdir -p \"$2\"\ncp '{tmp_path}/made.pptx' \"$2/deck.pptx\"\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    old = ole(**{"PowerPoint Document": b"old"})
    assert desk.hand_in(desk.actor("ana"), old, "talk.ppt").refused is None
    monkeypatch.setenv("PATH", "")
    refused = desk.hand_in(desk.actor("ana"), old + b" ", "talk.ppt").refused
    assert refused is not None and "LibreOffice" in refused.line
