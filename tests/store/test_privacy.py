"""The key stays with its owner; hashes meet for every way of writing a name; previews tell little."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.errors import BadOutput
from store.privacy import keyed_hash, load_key, masked


def test_a_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    key = load_key(tmp_path)
    assert len(key) == 32
    assert load_key(tmp_path) == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_key(tmp_path)
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(BadOutput, match="chmod 600"):
        load_key(tmp_path)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    load_key(tmp_path)
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(BadOutput, match="damaged"):
        load_key(tmp_path)


def test_spellings_of_a_name_have_one_hash_and_keys_have_their_own() -> None:
    one, other = b"1" * 32, b"2" * 32
    assert keyed_hash(one, "Halden  Foods") == keyed_hash(one, "HALDEN FO\u00adODS")
    assert keyed_hash(one, "Halden Foods") != keyed_hash(one, "Halden Food")
    assert keyed_hash(one, "Halden Foods") != keyed_hash(other, "Halden Foods")


@pytest.mark.parametrize(("text", "preview"), [("Halden Foods", "H******s"), ("Acme", "A**e"), ("Bob", "***"),
                                               ("", ""), (" x ", "*"), ("a" * 500, "a******a")])
def test_a_preview_tells_little(text: str, preview: str) -> None:
    assert masked(text) == preview
