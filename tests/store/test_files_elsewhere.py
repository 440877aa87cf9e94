"""Originals in another place: kept, fetched, checked, deleted; a place that does not answer is one clear line."""

from __future__ import annotations

import hashlib
import os
import secrets
import time

import fsspec
import pytest

import store.files_elsewhere as elsewhere
from content.errors import BadOutput, InputError
from store.files import FileStore
from store.files_elsewhere import FilesElsewhere, open_files


@pytest.fixture
def url():
    return f"memory://{secrets.token_hex(6)}/originals"


@pytest.fixture
def files(url, tmp_path):
    return open_files(url, tmp_path / "data")


@pytest.fixture
def talk(tmp_path):
    file = tmp_path / "talk.pptx"
    file.write_bytes(b"one talk")
    return file


def test_without_a_url_they_are_in_the_data_folder(tmp_path, talk):
    files = open_files("", tmp_path)
    assert isinstance(files, FileStore)
    assert files.path(files.put(talk)).is_relative_to(tmp_path / "files")


def test_a_file_url_is_a_folder_with_all_its_promises(tmp_path, talk):
    files = open_files(f"file://{tmp_path}/elsewhere", tmp_path / "data")
    assert isinstance(files, FileStore)
    sha256 = files.put(talk)
    assert files.path(sha256) == tmp_path / "elsewhere" / sha256[:2] / sha256[2:]


def test_a_file_is_kept_once_and_fetched(files, talk, tmp_path, url):
    assert isinstance(files, FilesElsewhere)
    sha256 = files.put(talk)
    assert sha256 == hashlib.sha256(b"one talk").hexdigest() == files.put(talk)
    assert files.has(sha256) and files.sound(sha256)
    assert files.path(sha256).read_bytes() == b"one talk"
    assert files.path(sha256).is_relative_to(tmp_path / "data")
    assert open_files(url, tmp_path / "other machine").path(sha256).read_bytes() == b"one talk"
    assert not list((tmp_path / "data" / "incoming").iterdir())


def test_what_is_not_there_is_not_there(files):
    assert not files.has("0" * 64) and not files.sound("0" * 64)
    assert not files.path("0" * 64).exists()
    with pytest.raises(InputError, match="not the SHA-256"):
        files.path("../key")


def test_a_damaged_file_is_never_given_out(files, talk, url, tmp_path):
    sha256 = files.put(talk)
    fsspec.filesystem("memory").pipe_file(f"{url.removeprefix('memory:/')}/{sha256[:2]}/{sha256[2:]}", b"0ne talk")
    fresh = open_files(url, tmp_path / "other")
    assert not fresh.path(sha256).exists() and not files.sound(sha256)


def test_removed_is_removed_here_and_there(files, talk, url, tmp_path):
    sha256 = files.put(talk)
    kept = files.path(sha256)
    files.remove(sha256)
    files.remove(sha256)
    assert not kept.exists() and not files.has(sha256)
    assert not open_files(url, tmp_path / "other").has(sha256)


def test_what_was_not_kept_leaves_nothing(files, tmp_path):
    with files.incoming("talk.pptx") as incoming:
        incoming.write(b"half")
    assert not list((tmp_path / "data" / "incoming").iterdir())
    files.probe()


def test_fetched_files_make_room_the_longest_unused_first(files, tmp_path, monkeypatch):
    made = []
    for number in range(4):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(bytes([number]) * 100)
        made.append(files.put(file))
    places = [files.path(each) for each in made]
    old = time.time() - 2 * elsewhere.IN_USE
    for number, place in enumerate(places[:3]):
        os.utime(place, (old + number, old + number))
    monkeypatch.setattr(elsewhere, "KEPT", 250)
    files.sweep()
    assert [each.exists() for each in places] == [False, False, True, True]
    assert files.path(made[0]).read_bytes() == bytes(100)


class Away:
    """A system that fails in a way of its own, with a secret in what it says."""

    def __getattr__(self, name: str):
        def fails(*_given: object, **_more: object) -> None:
            raise LookupError("token secret-word was refused")
        return fails


def test_a_system_that_does_not_answer_is_one_line(files, talk):
    sha256 = files.put(talk)
    kept = files.path(sha256)
    files._system = Away()
    assert files.path(sha256) == kept  # what is here needs nobody
    kept.unlink()
    for call in (lambda: files.put(talk), lambda: files.path(sha256), lambda: files.has(sha256)):
        with pytest.raises(BadOutput) as raised:
            call()
        assert "secret-word" not in str(raised.value) and "\n" not in str(raised.value)
    for call in (lambda: files.remove(sha256), files.probe):
        with pytest.raises(OSError, match="does not answer"):
            call()


@pytest.mark.parametrize("url", ["nosuch://bucket/x", "originals", "file://relative"])
def test_a_url_that_cannot_be_used_is_refused(url, tmp_path):
    with pytest.raises(InputError, match="DECKPRISM_FILES"):
        open_files(url, tmp_path)


def test_what_lies_there_for_long_is_named(files, talk, url, tmp_path):
    assert list(files.older(0.0)) == []
    sha256 = files.put(talk)
    assert list(files.older(-60.0)) == [sha256]
    assert list(files.older(3600.0)) == []
    fsspec.core.url_to_fs(url)[0].pipe_file(f"{fsspec.core.url_to_fs(url)[1]}/notes.txt", b"somebody else's")
    assert list(files.older(-60.0)) == [sha256]
