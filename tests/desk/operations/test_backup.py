"""A backup during load, put back on an empty place: nothing is missing, nothing is mixed, and a broken one changes nothing."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from content.errors import BadOutput, DeckprismError, InputError
from desk.rights import Forbidden
from desk.services import approvals, releases, retention
from desk.services.backup import back_up
from desk.services.material import material
from desk.services.office import open_office, reading, writing
from desk.services.progress import status
from desk.services.restoring import restore
from desk.services.signing import verify_folder
from desk.services.worker import local_work
from flows.data import database_url
from flows.presence import alone, at_work
from store import audit
from store.archive import BadArchive, unpack
from store.files_elsewhere import open_files
from store.tables import Outbox, Submission
from tests.desk import releasing

ROOT = Path(__file__).resolve().parents[3]
WRITTEN_AFTER = {"audit", "settings"}


@pytest.fixture
def desk_at(open_at, desk_of):
    return lambda name, kind="sqlite": desk_of(open_at(name, kind))


def new_place(monkeypatch, tmp_path, request, kind, name="there"):
    """An empty data folder and an empty database of a kind."""
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / name))
    monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
    if kind == "postgresql":
        import psycopg
        server = request.getfixturevalue("postgres_server")
        fresh = f"r{secrets.token_hex(4)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {fresh}")
        monkeypatch.setenv("DECKPRISM_DATABASE", server.replace("/postgres?", f"/{fresh}?"))
    return tmp_path / name


def opened(customers=None):
    return open_office(None, customers)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_backup_under_load_comes_back_whole(desk_at, load, kind, to, operator, tmp_path, monkeypatch, request, rows, whole,
                                              customers):
    desk = desk_at("here", kind)
    with load(desk) as writers:
        writers.until(3)
        made = back_up(desk.office, operator, tmp_path)
        during = writers.done
        writers.until(during + 3)
    assert not writers.failures
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.manifest.facts.missing == ()
    place = new_place(monkeypatch, tmp_path, request, to)
    back = restore(made.file, place, database_url())
    assert back.manifest == made.manifest
    office = opened(customers)
    try:
        found = rows(office.engine)
        assert {name: len(found[name]) for name in found if name != "audit"} == {
            name: count for name, count in made.manifest.facts.rows.items() if name != "audit"}
        assert len(found["audit"]) == made.manifest.facts.audit_rows + 1
        assert found["audit"][-2][-1] == made.manifest.facts.audit_hash
        assert whole(office)
        with reading(office.engine) as session:
            handed_in = session.query(Submission).all()
            for each in handed_in:
                assert office.files.sound(each.document)
        assert len(handed_in) >= 3
        # what was written while it ran came after it, whole too, and is no part of it
        later = rows(desk.office.engine)
        for name in later.keys() - WRITTEN_AFTER:
            assert set(found[name]) <= set(later[name]) or name in {"users", "user_roles", "jobs", "outbox"}, name
        assert len(later["submissions"]) > len(found["submissions"])
        # the desk works: somebody hands in, and numbers go on where they were
        fresh = type(desk)(office)
        assert fresh.hand_in(fresh.actor("zoe"), name="after.pptx").id
        with writing(office.engine) as session:
            audit.record(session, office.key, "zoe", "looked", "store")
        assert whole(office)
    finally:
        office.engine.dispose()


def test_what_was_made_of_a_submission_comes_back(desk, work, operator, tmp_path, monkeypatch, make_deck, customer, customers):
    ana = desk.actor("ana")
    one = desk.hand_in(ana, make_deck(customer=customer)).id
    work.drain()
    settings = tmp_path / "deckprism.toml"
    settings.write_text('[profile]\ncompany = "Pellmell Instruments"\n')
    office = replace(desk.office, settings_file=settings)
    made = back_up(office, operator, tmp_path / "one.tar")
    assert made.manifest.facts.settings == {"settings/deckprism.toml": str(settings), "settings/customers.csv": str(customers)}
    before = material(desk.office, one)
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "there"))
    restore(made.file, tmp_path / "there", database_url())
    assert (tmp_path / "there" / "restored-settings" / "deckprism.toml").read_text() == settings.read_text()
    there = opened(customers)
    try:
        assert material(there, one) == before
        found = status(there, ana, one)
        assert (found.state, found.open, found.build_status) == ("in_review", 1, "held")
        again = local_work(there)
        try:
            assert again.drain() == 0
        finally:
            again.stop()
    finally:
        there.engine.dispose()


def test_pieces_of_a_later_moment_give_way_to_those_of_the_rows(desk, work, operator, tmp_path, monkeypatch):
    one = desk.hand_in(desk.actor("ana")).id
    work.drain()
    drafts = desk.office.cases() / one / "drafts.json"
    right = drafts.read_bytes()
    drafts.write_text("[]")
    made = back_up(desk.office, operator, tmp_path / "one.tar")
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "there"))
    restore(made.file, tmp_path / "there", database_url())
    assert (tmp_path / "there" / "cases" / one / "drafts.json").read_bytes() == right


def test_only_those_who_administer_may(desk, tmp_path):
    with pytest.raises(Forbidden):
        back_up(desk.office, desk.actor("ana"), tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_a_file_that_is_there_is_not_written_over(desk, operator, tmp_path):
    (tmp_path / "notes.tar").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        back_up(desk.office, operator, tmp_path / "notes.tar")
    with pytest.raises(BadOutput, match="cannot be written"):
        back_up(desk.office, operator, tmp_path / "nowhere" / "b.tar")
    assert (tmp_path / "notes.tar").read_text() == "mine"


def test_a_lost_original_is_named_and_the_rest_is_saved(desk, operator, tmp_path, monkeypatch, make_deck):
    import desk.services.backup as module
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    kept = desk.hand_in(desk.actor("ana"), make_deck(2)).id
    lost = desk.hand_in(desk.actor("ana"), make_deck(3), "other.pptx").id
    with reading(desk.office.engine) as session:
        gone, stays = session.get(Submission, lost).document, session.get(Submission, kept).document
    desk.office.files.remove(gone)
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    assert made.manifest.facts.missing == (gone,)
    assert f"files/{stays}" in {each.name for each in made.manifest.members}


def test_a_purge_in_the_middle_makes_it_begin_again(desk, operator, tmp_path, monkeypatch):
    import desk.services.backup as module
    one = desk.hand_in(desk.actor("ana")).id
    with writing(desk.office.engine) as session:
        session.get(Submission, one).state = "rejected"
        session.query(Outbox).delete()
    real, purged = module._originals, []

    def purging(*given, **more):
        if not purged:
            purged.append(retention.purge(desk.office, operator, at="2090-01-01T00:00:00+00:00"))
        return real(*given, **more)

    monkeypatch.setattr(module, "_originals", purging)
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    assert purged[0].originals == 1
    assert made.manifest.facts.missing == ()
    assert not [each for each in made.manifest.members if each.name.startswith("files/")]


def test_a_desk_is_replaced_only_when_asked_and_kept_aside(desk, operator, tmp_path, data, make_deck, rows):
    desk.hand_in(desk.actor("ana"), make_deck(2))
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    later = desk.hand_in(desk.actor("ana"), make_deck(3), "later.pptx").id
    desk.office.engine.dispose()
    with pytest.raises(InputError, match="holds a desk already"):
        restore(made.file, data, database_url())
    back = restore(made.file, data, database_url(), replace=True)
    assert (back.before / "deckprism.db").is_file()
    office = opened()
    try:
        with reading(office.engine) as session:
            assert session.get(Submission, later) is None
            assert session.query(Submission).count() == 1
    finally:
        office.engine.dispose()


def broken(name, archive, tmp_path):
    """A copy of an archive with one thing wrong."""
    bad = tmp_path / f"{name}.tar"
    raw = bytearray(archive.read_bytes())
    if name == "cut":
        bad.write_bytes(raw[:len(raw) // 2])
    elif name == "no manifest":
        with tarfile.open(archive) as old, tarfile.open(bad, "w") as new:
            for info in old:
                if info.name != "manifest.json":
                    new.addfile(info, old.extractfile(info))
    elif name == "text":
        bad.write_text("minutes of the meeting " * 500)
    elif name == "empty":
        bad.touch()
    elif name in {"flipped", "climbs", "newer", "audit", "rows", "no key"}:
        rewrite(name, archive, bad)
    return bad


def rewrite(name, archive, bad):
    import hashlib
    import io
    with tarfile.open(archive) as old:
        members = {info.name: old.extractfile(info).read() for info in old}
    manifest = json.loads(members.pop("manifest.json"))
    changed = {}
    if name == "flipped":
        key = next(each for each in members if each.startswith("files/"))
        members[key] = members[key][:-1] + bytes([members[key][-1] ^ 1])
    if name == "climbs":
        changed["data/../../up.txt"] = b"up"
    if name == "newer":
        manifest["facts"]["migration"] = "9999"
    if name == "audit":
        rows = members["tables/audit.jsonl"].decode().splitlines()
        rows[0] = rows[0].replace('"actor":"', '"actor":"x')
        changed["tables/audit.jsonl"] = ("\n".join(rows) + "\n").encode()
    if name == "rows":
        changed["tables/submissions.jsonl"] = b""
    if name == "no key":
        del members["data/key"]
        manifest["members"] = [each for each in manifest["members"] if each["name"] != "data/key"]
    members |= changed
    for key, raw in changed.items():
        manifest["members"] = [each for each in manifest["members"] if each["name"] != key]
        manifest["members"].append({"name": key, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()})
    members["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(bad, "w") as new:
        for key, raw in members.items():
            info = tarfile.TarInfo(key)
            info.size = len(raw)
            new.addfile(info, io.BytesIO(raw))


BAD = ("cut", "no manifest", "text", "empty", "flipped", "climbs", "newer", "audit", "rows", "no key")


def test_a_desk_that_runs_is_not_replaced(desk, operator, tmp_path, data):
    """A desk of a process of its own: a lock of this process would tell nothing of one that was killed."""
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    code = ("import sys\nfrom pathlib import Path\nfrom flows.presence import at_work\n"
            "with at_work(Path(sys.argv[1])):\n    print('here', flush=True)\n    sys.stdin.read()\n")
    child = subprocess.Popen([sys.executable, "-P", "-c", code, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert child.stdout.readline() == b"here\n"
        before = {file: file.read_bytes() for file in sorted(data.rglob("*")) if file.is_file()}
        with pytest.raises(InputError, match="in use by a desk, a worker or a batch"):
            restore(made.file, data, database_url(), replace=True)
        assert {file: file.read_bytes() for file in sorted(data.rglob("*")) if file.is_file()} == before
    finally:
        child.kill()
        child.communicate()
    assert restore(made.file, data, database_url(), replace=True).before is not None


def test_nothing_starts_while_a_desk_is_restored(desk, data):
    with alone(data), pytest.raises(InputError, match="is being restored"), at_work(data):
        pytest.fail("came in")
    with at_work(data), at_work(data):
        pass


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_broken_archive_is_one_line_and_changes_nothing(desk_at, to, operator, tmp_path, monkeypatch, request, rows):
    desk = desk_at("here")
    desk.hand_in(desk.actor("ana"))
    good = back_up(desk.office, operator, tmp_path / "good.tar").file
    place = new_place(monkeypatch, tmp_path, request, to)
    restore(good, place, database_url())
    office = opened()
    before, files = rows(office.engine), sorted(place.rglob("*"))
    office.engine.dispose()
    for name in BAD:
        with pytest.raises(DeckprismError) as raised:
            restore(broken(name, good, tmp_path), place, database_url(), replace=True)
        assert "\n" not in str(raised.value) and raised.value.exit_code == 2, name
        assert "up.txt" not in {each.name for each in tmp_path.rglob("*")}
    office = opened()
    try:
        assert rows(office.engine) == before
    finally:
        office.engine.dispose()
    assert [each for each in sorted(place.rglob("*")) if "deckprism.db" not in each.name] == [
        each for each in files if "deckprism.db" not in each.name]
    again = restore(good, place, database_url(), replace=True)
    assert again.before is not None
    office = opened()
    try:
        now = rows(office.engine)
        assert {name: now[name] for name in now if name != "audit"} == {
            name: before[name] for name in before if name != "audit"}
    finally:
        office.engine.dispose()


def test_a_place_that_cannot_be_written_keeps_what_was_there(desk, operator, tmp_path, data, monkeypatch):
    desk.hand_in(desk.actor("ana"))
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    desk.office.engine.dispose()
    real, count = os.rename, [0]
    def failing(self, target):
        if ".restore-" in str(self) and self.parent.name == "made":
            count[0] += 1
            if count[0] == 3:
                raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    (data / "in-use.lock").touch()  # stays, for whoever comes next
    seen = sorted(each.relative_to(data).as_posix() for each in data.rglob("*") if "deckprism.db" not in each.name)
    with pytest.raises(DeckprismError, match="Nothing was changed"):
        restore(made.file, data, database_url(), replace=True)
    monkeypatch.undo()
    assert count[0] == 3
    assert sorted(each.relative_to(data).as_posix() for each in data.rglob("*") if "deckprism.db" not in each.name) == seen
    assert (data / "deckprism.db").is_file()


def test_an_archive_is_read_without_being_written_anywhere(desk, operator, tmp_path):
    made = back_up(desk.office, operator, tmp_path / "b.tar")
    assert unpack(made.file, None) == made.manifest
    with pytest.raises(BadArchive):
        unpack(tmp_path / "none.tar", None)
    shutil.rmtree(tmp_path / "data")


def test_originals_elsewhere_are_worked_on_backed_up_and_put_back_elsewhere(data, customers, desk_of, operator, tmp_path,
                                                                            monkeypatch):
    monkeypatch.setenv("DECKPRISM_FILES", f"memory://{secrets.token_hex(6)}")
    office = opened(customers)
    work = local_work(office)
    try:
        desk = desk_of(office)
        one = desk.hand_in(desk.actor("ana")).id
        assert not (data / "files").exists()
        assert work.drain() == 1
        assert status(office, desk.actor("ana"), one).job == "done"
        made = back_up(office, operator, tmp_path / "b.tar")
    finally:
        work.stop()
        office.engine.dispose()
    [original] = [each.sha256 for each in made.manifest.members if each.name.startswith("files/")]
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "there"))
    url = f"memory://{secrets.token_hex(6)}"
    restore(made.file, tmp_path / "there", database_url(), open_files(url, tmp_path / "there"))
    assert open_files(url, tmp_path / "third").sound(original)


def test_what_was_released_comes_back_signed_and_the_desk_starts(operator, tmp_path, monkeypatch):
    ready = releasing.make_ready(tmp_path, monkeypatch, tmp_path / "out")
    try:
        approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
        released = releases.release(ready.office, ready.people["pia"], ready.id, "all")
        ready.work.drain()
        [kept] = (ready.office.folder / "releases" / released.id).iterdir()
        made = back_up(ready.office, operator, tmp_path / "b.tar")
        key = ready.office.key
    finally:
        ready.work.stop()
        ready.office.engine.dispose()
    assert made.manifest.facts.missing == ()
    there = tmp_path / "there"
    monkeypatch.setenv("DECKPRISM_DATA", str(there))
    restore(made.file, there, database_url())
    [back] = (there / "releases" / released.id).iterdir()
    assert {file.relative_to(back): file.read_bytes() for file in back.rglob("*") if file.is_file()} == {
        file.relative_to(kept): file.read_bytes() for file in kept.rglob("*") if file.is_file()}
    assert verify_folder(key, back) == ""
    code = "import sys; sys.argv = ['deckprism', 'desk', '--port', '0']; from desk.command import main; main()"
    desk = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                            env={**os.environ, "DECKPRISM_DATA": str(there), "PYTHONPATH": str(ROOT)})
    try:
        address = desk.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{address}/sign-in", timeout=60) as answer:
            assert answer.status == 200
    finally:
        desk.terminate()
        desk.wait(30)
        desk.stdout.close()
