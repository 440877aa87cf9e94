"""What goes wrong in a night: bad files, full disks, a server that goes away, files that change. Nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from content.errors import BadOutput, UnreadableFile
from content.settings import load_settings
from flows import steps
from flows.batch import BatchOptions, run_batch
from flows.case import Request, open_case
from flows.room import no_room
from flows.server import Server
from gates.leak_search import Search

QUICK = BatchOptions(audio=False)


def bad_files(folder: Path) -> int:
    """Thirteen files that cannot be used, each in its own way; returns how many."""
    good = (folder / "good-00.pptx").read_bytes()
    bad = {
        "cut.pptx": b"PK\x03\x04 cut short", "empty.pptx": b"", "empty.pdf": b"", "photo.pptx": b"\xff\xd8\xff\xe0 JFIF",
        "half.pptx": good[:len(good) // 2], "zeros.pptx": bytes(4000), "text.pdf": b"no PDF at all",
        "cut.pdf": b"%PDF-1.7\n1 0 obj <<", "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "cut.docx": b"PK\x03\x04", "tail.pptx": good[200:], "page.pptx": b"<html></html>", "nul.txt": bytes(2000)}
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    return len(bad)


@pytest.mark.prefect
def test_a_hundred_files_of_which_thirteen_are_bad(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    """The fast form: of the 87 good files all but 7 are copies, so the count is that of a night and the work is not."""
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(7):
        make_deck(inside / f"good-{number:02d}.pptx", f"letter{number}s", slides=3)
    for number in range(80):
        shutil.copy(inside / f"good-{number % 7:02d}.pptx", inside / f"talk-{number:02d}.pptx")
    assert bad_files(inside) == 13
    outcome = run_batch([inside], tmp_path / "out", replace(QUICK, workers=2))
    assert outcome.counts["failed"] == 13
    assert len(outcome.rows) == 100
    assert outcome.exit_code == 1
    failed = [row for row in outcome.rows if row.status == "failed"]
    assert all(row.reason.startswith(f"{row.file}: ") and row.reason.endswith(".") for row in failed)
    assert {row.code for row in failed} <= {"UnreadableFile", "EncryptedFile"}
    assert all(row.pack for row in outcome.rows if row.status != "failed")
    assert len(list((tmp_path / "out").glob("*/pack.json"))) == 7
    page = outcome.summary.with_name("summary.html").read_text()
    assert all(row.file in page for row in outcome.rows)
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/pack.json")}
    (inside / "cut.pptx").write_bytes((inside / "good-00.pptx").read_bytes())
    make_deck(inside / "photo.pptx", "photos", slides=3)
    make_deck(inside / "new.pptx", "news", slides=3)
    again = run_batch([inside], tmp_path / "out", replace(QUICK, failed_only=True))
    states = {row.file: row.status for row in again.rows}
    assert (states["photo.pptx"], states["cut.pptx"], states["new.pptx"]) == ("held", "skipped", "skipped")
    assert again.counts["failed"] == 11
    assert {path: path.stat().st_mtime_ns for path in made} == made
    assert next(row for row in again.rows if row.file == "new.pptx").remark == "Left alone: only failures were asked for."
    assert {row.pack for row in again.rows if row.file.startswith("good-")} == {path.parent.name for path in made}


@pytest.mark.prefect
def test_one_file_fifty_times_is_one_document(server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    make_deck(inside / "talk 00.pptx", slides=3)
    for number in range(1, 50):
        shutil.copy(inside / "talk 00.pptx", inside / f"talk {number:02d}.pptx")
    outcome = run_batch([inside], tmp_path / "out", QUICK)
    assert outcome.counts == {"clear": 0, "held": 1, "failed": 0, "skipped": 49}
    (pack,) = {row.pack for row in outcome.rows}
    assert [path.parent.name for path in (tmp_path / "out").glob("*/pack.json")] == [pack]
    assert {row.same_as for row in outcome.rows} == {"", "talk 00.pptx"}


@pytest.mark.prefect
def test_no_summary_or_plan_holds_what_was_withheld(server: Server, tmp_path: Path, canary: str,
                                                    make_deck: Callable[..., Path]) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    make_deck(inside / "a.pptx", "answers", slides=6)
    make_deck(inside / "a later.pptx", "answers", slides=8)
    make_deck(inside / "b.pptx", f"{canary} answers", slides=6)
    customers = tmp_path / "customers.csv"
    customers.write_text(f"name\n{canary} Dairy\n{canary}\n")
    config = tmp_path / "deckprism.toml"
    config.write_text('[profile]\nstart = "2027-01-04"\n')
    outcome = run_batch([inside], out, BatchOptions(audio=False, customers=customers, settings=config))
    assert outcome.counts["held"] == 3
    body = json.loads(outcome.summary.read_text())
    assert [talk["newest"][:3] for talk in body["versions"]]  # there is something to be told of
    assert body["plan"]["entries"]
    for file in inside.iterdir():
        case = open_case(Request(file=file, out=out, customers=customers, settings=config))
        for name in ("extract", "scan", "clear"):
            steps.run_stage(name, case)
        withheld = steps._withheld(case)
        assert withheld.strings
        search = Search(withheld.strings)
        for name in ("summary.json", "summary.csv", "summary.html", "plan.md", "calendar.ics"):
            text = (out / name).read_text()
            leaks = [leak.group for leak in search.find(text.replace("\r\n ", ""))]
            assert leaks == [], f"{name} of {file.name}"
    assert load_settings(config).profile.start == "2027-01-04"


@pytest.mark.parametrize("stage", ["extract", "scan", "clear", "topics", "write", "render", "gate", "publish"])
def test_a_full_disk_is_told_once_and_blames_no_file(stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.worker import Builder

    def full(case: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "note.md").write_text("# Letters\n\nPeople who write letters keep them for years in a drawer.\n")
    before = dict(steps._STAGES)
    monkeypatch.setitem(steps._STAGES, stage, full)
    request = Request(file=tmp_path / "note.md", out=tmp_path / "out", audio=False)
    reply = Builder().build(request)
    assert reply.code == "NoRoom"
    assert reply.reason == f"{tmp_path / 'out'}: there is no room on the disk"
    assert not list((tmp_path / "out").glob("*/pack.json"))
    monkeypatch.setitem(steps._STAGES, stage, before[stage])
    assert Builder().build(request).status in {"clear", "held"}


@pytest.mark.prefect
def test_a_batch_stops_at_a_full_disk_and_goes_on_when_there_is_room(
        server: Server, tmp_path: Path, small_disk: Path, make_deck: Callable[..., Path]) -> None:
    inside, out = tmp_path / "in", small_disk / "out"
    inside.mkdir()
    for number in range(5):
        make_deck(inside / f"deck{number}.pptx", f"idea{number}s", slides=6)
    with pytest.raises(BadOutput, match=r"there is no room on the disk\. Make room and run the same command again"):
        run_batch([inside], out, replace(QUICK, workers=2))
    filled = small_disk / "filler"
    filled.unlink()
    rest = run_batch([inside], out, QUICK)
    assert rest.counts["failed"] == 0
    assert len(list(out.glob("*/pack.json"))) == 5
    assert not list(out.glob(".*.partial"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for a pack or two, filled by the file `filler`; skipped where nothing can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs more rights than this run has")
    try:
        (place / "filler").write_bytes(bytes(12 * 2**20 - 700 * 2**10))
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_known_wherever_it_shows() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert no_room(full)
    assert no_room(OSError(errno.EDQUOT, "quota"))
    assert not no_room(OSError(errno.EACCES, "denied"))
    assert no_room(OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")))
    assert not no_room(OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked")))
    assert no_room(ExceptionGroup("several", [ValueError("a"), full]))
    try:
        try:
            raise full
        except OSError:
            raise BadOutput("out", "could not be written") from None
    except BadOutput as error:
        assert no_room(error)
    assert not no_room(BadOutput("out", "is in the way"))


@pytest.mark.prefect
@pytest.mark.slow
def test_a_server_that_goes_away_takes_no_pack_with_it(tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    """The batch has a server of its own here, which is killed as soon as the first pack is there."""
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(3):
        make_deck(inside / f"deck{number}.pptx", f"idea{number}s", slides=4)
    code = (f"from pathlib import Path\nfrom flows.batch import *\n"
            f"print(run_batch([Path({str(inside)!r})], Path({str(tmp_path / 'out')!r}), BatchOptions(audio=False)).counts)")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_API")}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        deadline = time.monotonic() + 120
        while not list((tmp_path / "out").glob("*/pack.json")) and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        for pid in servers_of(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        out, told = process.communicate(timeout=120)
    assert process.returncode == 0, told[-2000:]
    assert "'held': 3" in out
    assert "Traceback" not in told
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["finished"] is True


def servers_of(parent: int) -> list[int]:
    """Prefect servers that a process started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes()
            if int(fields[1]) == parent and b"flows.worker" not in command and b"server" in command:
                found.append(int(place.name))
    return found


def test_folders_that_cannot_be_used_are_told_in_a_line(tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="holds no file that can be read"):
        run_batch([tmp_path / "empty"], tmp_path / "out", QUICK)
    with pytest.raises(UnreadableFile, match="is the output folder too"):
        run_batch([tmp_path / "empty"], tmp_path / "empty", QUICK)
    with pytest.raises(UnreadableFile, match="does not exist"):
        run_batch([tmp_path / "nowhere"], tmp_path / "out", QUICK)
    if os.geteuid():
        (tmp_path / "empty").chmod(0)
        with pytest.raises(UnreadableFile, match="cannot be opened"):
            run_batch([tmp_path / "empty"], tmp_path / "out", QUICK)
    assert not (tmp_path / "out").exists()


def test_since_leaves_out_what_has_not_changed_and_nothing_new_is_no_error(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "old.md").write_text("# Old\n\nText.\n")
    late = (inside / "old.md").stat().st_ctime + 1
    outcome = run_batch([inside], tmp_path / "out", replace(QUICK, since=late))
    assert (outcome.rows, outcome.exit_code) == ((), 0)
    assert "1 file not changed since then was passed over." in outcome.summary.read_text()


@pytest.mark.prefect
def test_files_that_vanish_or_grow_while_they_wait_are_told(server: Server, tmp_path: Path,
                                                            make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("a.pptx", "gone.pptx", "growing.md"):
        if name.endswith("pptx"):
            make_deck(inside / name, name.partition(".")[0] + "s", slides=3)
        else:
            (inside / name).write_text("# Letters\n\nPeople who write letters keep them for years in a drawer.\n")

    class Changes:
        """Changes the files when the batch has read all hashes and begins."""

        def stage(self, name: str, seconds: float) -> None:
            pass

        def note(self, line: str) -> None:
            notes.append(line)

        def advance(self, done: int, total: int) -> None:
            if done == 0:
                (inside / "gone.pptx").unlink()
                (inside / "growing.md").write_text("# Letters\n\nPeople who write letters keep them. They grow.\n")

    notes: list[str] = []
    outcome = run_batch([inside], tmp_path / "out", QUICK, Changes())
    codes = {row.file: (row.status, row.code) for row in outcome.rows}
    assert codes == {"a.pptx": ("held", ""), "gone.pptx": ("failed", "UnreadableFile"), "growing.md": ("failed", "Changed")}
    assert any("changed while it was read. Run the same command again" in note for note in notes)
    again = run_batch([inside], tmp_path / "out", QUICK)
    assert {row.file: row.status for row in again.rows} == {"a.pptx": "skipped", "growing.md": "clear"}
