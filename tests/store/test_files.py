"""Files are there whole or not at all, each content once."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from content.errors import InputError, UnreadableFile
from store.files import FileStore


def a_file(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files")
    first = files.put(a_file(tmp_path, "a.pptx", b"one talk"))
    second = files.put(a_file(tmp_path, "b.pptx", b"one talk"))
    assert first == second == hashlib.sha256(b"one talk").hexdigest()
    assert files.path(first).read_bytes() == b"one talk"
    assert files.sound(first)
    assert sum(1 for path in (tmp_path / "files").rglob("*") if path.is_file()) == 1


def test_files_are_private_and_have_no_names_of_people(tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files")
    sha256 = files.put(a_file(tmp_path, "Halden Foods.pptx", b"x"))
    assert files.path(sha256).stat().st_mode & 0o077 == 0
    assert not [path for path in (tmp_path / "files").rglob("*") if "Halden" in path.name]


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files")
    sha256 = files.put(a_file(tmp_path, "a.pptx", b"one talk"))
    files.path(sha256).chmod(0o600)
    files.path(sha256).write_bytes(b"0ne talk")
    assert files.has(sha256)
    assert not files.sound(sha256)
    files.remove(sha256)
    files.remove(sha256)
    assert not files.has(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "ab", "g" * 64])
def test_only_hashes_are_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        FileStore(tmp_path / "files").path(name)


def test_a_missing_file_gets_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.pptx: cannot be read"):
        FileStore(tmp_path / "files").put(tmp_path / "gone.pptx")


def test_a_kill_leaves_nothing_half_written_under_a_name(tmp_path: Path) -> None:
    source = a_file(tmp_path, "big.pdf", os.urandom(1 << 20) * 24)
    code = (f"from pathlib import Path; from store.files import FileStore; files = FileStore(Path({str(tmp_path)!r}) / "
            f"'files')\nprint('go', flush=True)\nfor _ in range(50): files.put(Path({str(source)!r})); "
            "[files.remove(sha) for sha in [files.put(Path(" + repr(str(source)) + "))]]")
    files = FileStore(tmp_path / "files")
    for pause in (0.01, 0.05, 0.11):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
        whole = [path for path in (tmp_path / "files").rglob("*") if path.is_file() and path.parent.name != "partial"]
        assert all(files.sound(path.parent.name + path.name) for path in whole)
    leftovers = list((tmp_path / "files" / "partial").iterdir())
    assert files.sweep() == 0
    assert files.sweep(older_than=-1) == len(leftovers)
