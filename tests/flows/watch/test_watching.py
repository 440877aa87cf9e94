"""The round of a watch with a clock of the test's own: nothing twice, nothing half, nothing missed."""

from __future__ import annotations

import fcntl
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from content.errors import BadOutput, InputError, UnreadableFile
from flows.progress import Progress
from flows.watch.packs import Handed
from flows.watch.taking import Copy
from flows.watch.watching import Time, Watched, WatchOptions, watch


class Script:
    """A clock that does things at their time: `(seconds, action)` in order; it ends the watch with the last one."""

    def __init__(self, *steps: tuple[float, Callable[[], object]], end: float = 200.0) -> None:
        self.at, self.steps, self.end = 1000.0, [(1000.0 + when, act) for when, act in steps], 1000.0 + end

    def pause(self, seconds: float) -> None:
        self.at += seconds
        while self.steps and self.steps[0][0] <= self.at:
            self.steps.pop(0)[1]()
        if self.at > self.end:
            raise KeyboardInterrupt

    @property
    def time(self) -> Time:
        return Time(lambda: self.at, self.pause)


class Taken:
    """A sink that keeps what it was handed: (name, bytes, moment)."""

    def __init__(self, script: Script, fails: int = 0) -> None:
        self.script, self.fails = script, fails
        self.got: list[tuple[str, bytes, float]] = []

    def hand_on(self, copies: Sequence[Copy], mirror: Path, progress: Progress) -> Handed:
        if self.fails:
            self.fails -= 1
            return Handed(undone=tuple(each.source for each in copies), why="The server is away.")
        self.got += [(each.path.relative_to(mirror).as_posix(), each.path.read_bytes(), self.script.at - 1000.0)
                     for each in copies]
        return Handed({"held": len(copies)})

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.got]


class Lines:
    def __init__(self) -> None:
        self.notes: list[str] = []

    def stage(self, name: str, seconds: float) -> None: ...

    def note(self, line: str) -> None:
        self.notes.append(line)

    def advance(self, done: int, total: int) -> None: ...


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def run(inside: Path, script: Script, sink: Taken | None = None, **options: object) -> tuple[Taken, list[str]]:
    sink, lines = sink or Taken(script), Lines()
    with pytest.raises(KeyboardInterrupt):
        watch(WatchOptions(inside, **options), sink, lines, script.time)
    return sink, lines.notes


def deck(path: Path, subject: str = "notes") -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.xml", subject * 2000)
        archive.writestr("two.xml", os.urandom(9000))
    return path.read_bytes()


def test_each_file_is_handed_on_once_whole_and_soon(inside: Path, tmp_path: Path) -> None:
    deck(inside / "before.pptx")
    (inside / "deep").mkdir()
    whole = deck(tmp_path / "moved.pptx")
    script = Script((10, lambda: (tmp_path / "moved.pptx").rename(inside / "deep" / "moved.pptx")),
                    (16, lambda: os.utime(inside / "before.pptx")),
                    (80, lambda: (inside / "late.md").write_text("# Late")))
    sink, notes = run(inside, script)
    assert sorted(set(sink.names)) == ["before.pptx", "deep/moved.pptx", "late.md"]
    times = {name: when for name, _, when in reversed(sink.got)}
    assert times["before.pptx"] <= 4
    assert times["deep/moved.pptx"] <= 14
    assert 82 <= times["late.md"] <= 85
    assert {name: body for name, body, _ in sink.got}["deep/moved.pptx"] == whole
    # touched without a change: seen by the whole look and handed on once more, where its hash is known
    assert sink.names.count("before.pptx") == 2
    assert sink.names.count("deep/moved.pptx") == sink.names.count("late.md") == 1
    assert notes == []


@pytest.mark.parametrize("closes", [True, False])
def test_a_slow_writer_with_long_pauses_is_read_once_and_whole(inside: Path, tmp_path: Path, closes: bool) -> None:
    body, target = deck(tmp_path / "source.pptx"), inside / "slow.pptx"
    stream = target.open("ab", buffering=0)

    def write(piece: bytes) -> Callable[[], object]:
        if not closes:
            return lambda: stream.write(piece)

        def act() -> None:
            with target.open("ab") as each:
                each.write(piece)
        return act

    steps, at = [], 1.0
    for number in range(0, len(body), 1000):
        steps.append((at, write(body[number:number + 1000])))
        at += 4.0 if number % 3000 == 0 else 0.2
    script = Script(*steps, (at, stream.close), end=at + 20)
    if closes:
        stream.close()
    sink, _ = run(inside, script)
    assert [(name, data) for name, data, _ in sink.got] == [("slow.pptx", body)]
    assert sink.got[0][2] >= at - 4.3


def test_a_text_that_is_written_slowly_waits_for_its_writer(inside: Path) -> None:
    stream = (inside / "slow.md").open("w")
    stream.write("# Half")
    stream.flush()
    with (inside / "slow.md").open("rb") as probe:
        try:
            fcntl.fcntl(probe.fileno(), fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            pass
        else:
            pytest.skip("this disk does not tell who writes")
    script = Script((30, lambda: stream.write(" and whole")), (31, stream.close), end=70)
    sink, _ = run(inside, script)
    assert [data for _, data, _ in sink.got] == [b"# Half and whole"]


def test_two_changes_six_seconds_apart_leave_one_pack_of_each_content(inside: Path) -> None:
    script = Script((6, lambda: os.utime(inside / "a.md")), end=90)
    (inside / "a.md").write_text("# One")
    sink, _ = run(inside, script, rescan=3.0)
    assert {data for _, data, _ in sink.got} == {b"# One"}
    assert len(sink.got) == 2  # the second time it is the batch that knows the content


def test_gone_and_replaced_by_a_link_during_the_wait(inside: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    for name in ("gone.md", "link.md", "stays.md"):
        (inside / name).write_text("# " + name)

    def swap() -> None:
        (inside / "gone.md").unlink()
        (inside / "link.md").unlink()
        (inside / "link.md").symlink_to(tmp_path / "secret.md")

    sink, notes = run(inside, Script((1, swap), end=130))
    assert sink.names == ["stays.md"]
    assert notes == ["link.md: is a symbolic link, which is not followed. Put the file itself there."]


def test_a_folder_goes_away_and_comes_back(inside: Path) -> None:
    (inside / "a.md").write_text("# A")
    aside = inside.with_name("aside")

    def back() -> None:
        (aside / "b.md").write_text("# B")
        aside.rename(inside)

    sink, notes = run(inside, Script((10, lambda: inside.rename(aside)), (100, back)))
    assert sink.names == ["a.md", "b.md"]
    assert notes == [f"{inside}: cannot be read (No such file or directory). It is looked for again.", f"{inside}: is back."]


def test_what_could_not_be_done_is_tried_until_it_is(inside: Path) -> None:
    (inside / "a.md").write_text("# A")
    script = Script(end=400)
    sink, notes = run(inside, script, Taken(script, fails=6))
    assert sink.names == ["a.md"]
    assert notes == ["The server is away."]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_told_once_and_read_when_it_may_be(inside: Path) -> None:
    file = inside / "a.md"
    file.write_text("# A")
    file.chmod(0)
    sink, notes = run(inside, Script((150, lambda: file.chmod(0o600)), end=400))
    assert sink.names == ["a.md"]
    assert notes == ["a.md: cannot be opened (Permission denied). It is tried again; check its permissions."]


def test_one_round_takes_what_is_there_and_leaves_what_is_still_written(inside: Path) -> None:
    whole = deck(inside / "a.pptx")
    (inside / "half.pptx").write_bytes(whole[:100])
    growing = inside / "growing.md"
    growing.write_text("")
    script = Script(*[(step, lambda: growing.open("a").close() or growing.write_text("x" * script.steps.__len__()))
                      for step in range(1, 150)], end=300)
    sink = Taken(script)
    done = watch(WatchOptions(inside, once=True), sink, Lines(), script.time)
    assert done == Watched({"held": 2}, (growing,))
    assert sorted(sink.names) == ["a.pptx", "half.pptx"]
    empty = inside.with_name("empty")
    empty.mkdir()
    assert watch(WatchOptions(empty, once=True), sink, Lines(), Script().time) == Watched({})


def test_many_files_are_handed_on_in_portions(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.watch.watching.MOST_FILES", 4)
    for number in range(10):
        (inside / f"{number}.md").write_text(f"# {number}")
    sink, _ = run(inside, Script(end=10))
    assert sorted(sink.names) == [f"{number}.md" for number in range(10)]


def test_copies_do_not_stay_and_those_of_a_killed_watch_are_swept(inside: Path, data: Path) -> None:
    (inside / "a.md").write_text("# A")
    run(inside, Script(end=10))
    (room,) = (data / "watch").iterdir()
    assert list(room.iterdir()) == []
    (room / "taken-old").mkdir()
    (room / "taken-old" / "b.md").write_text("left")
    run(inside, Script(end=5))
    assert list(room.iterdir()) == []


def test_what_cannot_be_watched_is_one_line(inside: Path, tmp_path: Path) -> None:
    def said(folder: Path, out: Path | None, kind: type[InputError]) -> str:
        with pytest.raises(kind) as caught:
            watch(WatchOptions(folder, out), Taken(Script()), Lines(), Script().time)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert "does not exist" in said(tmp_path / "nowhere", None, UnreadableFile)
    (tmp_path / "file").write_text("")
    assert "is no folder" in said(tmp_path / "file", None, UnreadableFile)
    assert "lies inside the folder that is watched" in said(inside, inside / "out", BadOutput)
    assert "lies inside the folder that is watched" in said(inside, inside, BadOutput)
    (tmp_path / "link").symlink_to(inside)
    assert "lies inside the folder that is watched" in said(inside, tmp_path / "link" / "out", BadOutput)
    told: list[str] = []
    script = Script((1, lambda: told.append(said(inside, None, InputError))), end=3)
    run(inside, script)
    assert "is watched already by another command" in told[0]
    shutil.rmtree(inside)
    assert "does not exist" in said(inside, None, UnreadableFile)
