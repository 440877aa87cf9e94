"""The imported customer list on disk: whole or not at all, private, and gone when it is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.errors import BadCustomers, BadOutput
from store.customers import MAGIC, about_list, forget_list, is_list, list_file, list_key, read_list, write_list

PARTS = {"rows": b"[]", "keys": b"\x01\x02\x03"}
KEY = list_key(bytes(32))


def test_a_list_comes_back(tmp_path: Path) -> None:
    kept = write_list(tmp_path, PARTS, 7, 2, KEY)
    file = list_file(tmp_path)
    assert is_list(file)
    assert read_list(file, KEY) == (kept, PARTS)
    assert about_list(file) == kept
    assert (kept.hashed, kept.names, kept.ordinary) == (True, 7, 2)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_the_same_tables_have_the_same_digest(tmp_path: Path) -> None:
    first = write_list(tmp_path, PARTS, 7, 2, None)
    assert write_list(tmp_path, dict(reversed(PARTS.items())), 7, 2, None).digest == first.digest
    assert write_list(tmp_path, {**PARTS, "keys": b"\x01"}, 7, 2, None).digest != first.digest


def test_the_list_before_is_written_over(tmp_path: Path) -> None:
    write_list(tmp_path, {"customers": b'["Halden Foods"]'}, 1, 0, None)
    with list_file(tmp_path).open("rb") as before:  # as somebody who recovers deleted files would
        write_list(tmp_path, PARTS, 1, 0, KEY)
        left = before.read()
        assert left and not left.strip(b"\0")


def test_what_a_killed_import_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "customers-abc").write_bytes(b"Halden")
    write_list(tmp_path, PARTS, 1, 0, KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["customers.list"]


def test_forgetting(tmp_path: Path) -> None:
    assert not forget_list(tmp_path)
    assert not forget_list(tmp_path / "none")
    write_list(tmp_path, PARTS, 1, 0, None)
    assert forget_list(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_key_is_refused(tmp_path: Path) -> None:
    write_list(tmp_path, PARTS, 1, 0, KEY)
    for key in (None, list_key(b"1" * 32)):
        with pytest.raises(BadCustomers, match="another key"):
            read_list(list_file(tmp_path), key)


@pytest.mark.parametrize("data", [MAGIC, MAGIC + b"{}\n", MAGIC + b"[]\n", MAGIC + b"{\n", b"name\nHalden\n"])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    list_file(tmp_path).write_bytes(data)
    with pytest.raises(BadCustomers, match="is damaged") as caught:
        about_list(list_file(tmp_path))
    assert "import" in caught.value.todo


def test_a_file_cut_short_or_changed_is_refused(tmp_path: Path) -> None:
    write_list(tmp_path, PARTS, 1, 0, None)
    file = list_file(tmp_path)
    whole = file.read_bytes()
    for data in (whole[:-1], whole[:-1] + b"\x09"):
        file.write_bytes(data)
        with pytest.raises(BadCustomers, match="is damaged"):
            read_list(file, None)


def test_a_full_disk_leaves_the_list_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_list(tmp_path, PARTS, 1, 0, None)
    before = list_file(tmp_path).read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.customers.os.fsync", full)
    with pytest.raises(BadOutput, match="cannot be stored"):
        write_list(tmp_path, {"keys": b"9"}, 1, 0, None)
    assert list_file(tmp_path).read_bytes() == before
