"""What a look finds, and what is never taken: links, lock files, half a file."""

from __future__ import annotations

import hashlib
import os
import threading
import zipfile
from pathlib import Path

import pytest

from flows.watch import taking
from flows.watch.sight import Sight, Stamp
from flows.watch.taking import PATIENCE, Refused, Unsettled, being_written, take

KNOWN = frozenset({".pptx", ".md", ".pdf"})


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def names(sight: Sight, whole: bool = True) -> set[str]:
    return {path.name for path in sight.look(whole).files}


def container(path: Path, text: bytes = b"words " * 5000) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.xml", os.urandom(3000) + text)
    return path


def stamp(path: Path) -> Stamp:
    return Stamp.of(path.stat())


def test_a_look_passes_over_what_is_no_document(inside: Path, tmp_path: Path) -> None:
    for name in ("a.pptx", "~$a.pptx", ".a.pptx", "b.pptx.part", "c.tmp", "d.pptx.crdownload", "notes.txt", "README.md",
                 "deep/e.md", ".hidden/f.md", "pack/pack.json", "pack/g.md", "out/h.md", "customers.md"):
        (inside / name).parent.mkdir(exist_ok=True)
        (inside / name).write_text("x")
    os.mkfifo(inside / "pipe.pptx")
    (inside / "link.pptx").symlink_to(inside / "a.pptx")
    (inside / "way").symlink_to(tmp_path)
    view = Sight(inside, inside / "out", KNOWN, beside=frozenset({inside / "customers.md"})).look()
    assert {path.name for path in view.files} == {"a.pptx", "e.md"}
    assert {path.name for path in view.links} == {"link.pptx", "way"}
    assert names(Sight(inside, None, KNOWN, include=("deep/*",))) == {"e.md"}
    assert names(Sight(inside, None, KNOWN, exclude=("*.md",))) == {"a.pptx"}


def test_a_quick_look_finds_what_arrives_and_a_whole_one_what_changed_in_place(inside: Path) -> None:
    sight = Sight(inside, None, KNOWN)
    (inside / "deep").mkdir()
    (inside / "a.md").write_text("1")
    old = inside.stat().st_mtime_ns - 10**10
    os.utime(inside, ns=(old, old))
    before = sight.look().files[inside / "a.md"]
    (inside / "deep" / "b.md").write_text("1")
    assert names(sight, whole=False) == {"a.md", "b.md"}
    (inside / "a.md").write_text("22")
    assert sight.look(False).files[inside / "a.md"] == before
    assert sight.again(inside / "a.md") != before
    assert sight.look(False).files[inside / "a.md"] == stamp(inside / "a.md")
    (inside / "a.md").write_text("333")
    assert sight.look(True).files[inside / "a.md"].size == 3
    (inside / "deep" / "b.md").unlink()
    assert names(sight, whole=False) == {"a.md"}


def test_a_folder_that_is_away_is_told_and_not_taken_for_empty(inside: Path) -> None:
    sight = Sight(inside, None, KNOWN)
    aside = inside.rename(inside.with_name("aside"))
    assert sight.look().away
    inside.symlink_to(aside)
    assert sight.look().away
    inside.unlink()
    aside.rename(inside)
    assert not sight.look().away


def test_a_whole_file_is_copied_byte_for_byte(inside: Path, tmp_path: Path) -> None:
    source = container(inside / "a.pptx")
    copy = take(source, stamp(source), 2.0, tmp_path / "room" / "deep" / "a.pptx")
    assert copy.path.read_bytes() == source.read_bytes()
    assert copy.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert copy.path.stat().st_mtime_ns == source.stat().st_mtime_ns
    assert copy.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.9, 0.999])
def test_a_container_without_its_end_waits_until_it_is_surely_broken(inside: Path, tmp_path: Path, share: float) -> None:
    source = container(inside / "a.pptx")
    source.write_bytes(source.read_bytes()[:int(share * source.stat().st_size)])
    with pytest.raises(Unsettled, match="its end is not there yet"):
        take(source, stamp(source), PATIENCE - 1, tmp_path / "room" / "a.pptx")
    assert take(source, stamp(source), PATIENCE, tmp_path / "room" / "a.pptx").path.exists()


def test_a_file_that_a_program_writes_waits(inside: Path, tmp_path: Path) -> None:
    source = inside / "a.md"
    with source.open("w") as stream:
        stream.write("# Half")
        stream.flush()
        with source.open("rb") as reader:
            if not being_written(reader.fileno()):
                pytest.skip("this disk does not tell who writes")
        with pytest.raises(Unsettled, match="open for writing"):
            take(source, stamp(source), 99.0, tmp_path / "a.md")
    assert take(source, stamp(source), 2.0, tmp_path / "a.md").path.read_text() == "# Half"


def test_a_writer_that_comes_while_it_is_asked_does_not_end_the_process(inside: Path) -> None:
    source = inside / "a.md"
    source.write_text("x")
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.0005):  # without a pause it would have it open nearly always
            source.open("a").close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with source.open("rb") as reader:
            answers = {being_written(reader.fileno()) for _ in range(3000)}
    finally:
        stop.set()
        writer.join()
    assert False in answers


@pytest.mark.parametrize("change", ["grow", "same size", "swap", "vanish"])
def test_a_file_that_changes_while_it_is_copied_is_not_taken(inside: Path, tmp_path: Path, change: str,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    source = inside / "a.md"
    source.write_text("one two three")
    seen, copied = stamp(source), taking._copied

    def meanwhile(descriptor: int, into: Path) -> str:
        digest = copied(descriptor, into)
        if change == "grow":
            source.write_text("one two three four")
        elif change == "same size":
            source.write_text("ONE two three")
            os.utime(source, ns=(seen.changed, seen.changed))
        elif change == "swap":
            source.unlink()
            source.write_text("other words!!")
        else:
            source.unlink()
        return digest

    monkeypatch.setattr(taking, "_copied", meanwhile)
    with pytest.raises(Unsettled, match="changed while it was copied"):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    assert list((tmp_path / "room").iterdir()) == []


def test_what_was_put_in_the_place_of_a_file_is_not_read(inside: Path, tmp_path: Path) -> None:
    source, secret = inside / "a.md", tmp_path / "secret.md"
    source.write_text("x")
    seen = stamp(source)
    secret.write_text("y")
    source.unlink()
    source.symlink_to(secret)
    with pytest.raises(Refused, match="is a symbolic link"):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    source.unlink()
    os.link(secret, source)
    with pytest.raises(Unsettled, match="it changed"):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    source.unlink()
    os.mkfifo(source)
    with pytest.raises((Refused, Unsettled)):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    source.unlink()
    with pytest.raises(Unsettled, match="it is gone"):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    assert not (tmp_path / "room").exists()


def test_a_folder_that_became_a_link_leads_nowhere(inside: Path, tmp_path: Path) -> None:
    (inside / "deep").mkdir()
    source = inside / "deep" / "a.md"
    source.write_text("x")
    seen = stamp(source)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.md").write_text("secret")
    (inside / "deep").rename(tmp_path / "aside")
    (inside / "deep").symlink_to(tmp_path / "other")
    with pytest.raises(Unsettled, match="it changed"):
        take(source, seen, 2.0, tmp_path / "room" / "a.md")
    view = Sight(inside, None, KNOWN).look()
    assert view.files == {}
    assert view.links == {inside / "deep"}


def test_a_file_that_is_far_too_large_is_not_copied(inside: Path, tmp_path: Path) -> None:
    source = inside / "a.md"
    with source.open("wb") as stream:
        stream.truncate(taking.LARGEST + 1)
    with pytest.raises(Refused, match="larger than 500 MB"):
        take(source, stamp(source), 2.0, tmp_path / "a.md")
