"""Puts what the child made into its place: the pack and the pieces of a build, the material of a case.

Everything is made in a folder beside and takes its place by rename. Done twice, it comes out the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from flows.holder import alive

#: What a case keeps of the reading, and of the newest build.
READ = ("document", "findings")
PIECES = ("cleared", "topics", "drafts", "edits", "pack")
#: Files of a pack that are about it and not of it: they are not signed.
ABOUT = frozenset({"pack.json", "report.html"})
_STAGING = re.compile(r"\.work-([0-9a-f]+)-(\d+)-")


def staging_prefix() -> str:
    """How the names of this process's staging folders begin: its machine and its number."""
    return f".work-{_machine()}-{os.getpid()}-"


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def build_id(submission: str, basis: str) -> str:
    """The id of the build of a basis: the same work done twice is the same build."""
    return hashlib.sha256(f"build|{submission}|{basis}".encode()).hexdigest()[:20]


def content_hash(pack: Path) -> str:
    """SHA-256 in hex over path and hash of every file of a pack but pack.json and report.html, sorted by path.

    Raises OSError when a file cannot be read.
    """
    found: dict[str, str] = {}
    for name in sorted(file.relative_to(pack).as_posix() for file in pack.rglob("*") if file.is_file()):
        if name not in ABOUT:
            with (pack / name).open("rb") as stream:
                found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return hash_of(found)


def hash_of(files: Mapping[str, str]) -> str:
    """The same over paths and hashes that are known already."""
    return hashlib.sha256("".join(f"{name}\0{files[name]}\n" for name in sorted(files)).encode()).hexdigest()


def place_build(staging: Path, build: Path) -> None:
    """Let a build's folder appear: the pack under its slug, and its pieces for the desk. Raises OSError."""
    pieces = staging / "pack" / "pieces"
    pieces.mkdir(mode=0o700)
    for name in PIECES:
        shutil.copyfile(staging / f"{name}.json", pieces / f"{name}.json")
    for each in staging.joinpath("pack").rglob("*"):
        _sync(each)
    if build.exists():
        shutil.rmtree(build, ignore_errors=True)
    (staging / "pack").rename(build)
    _sync(build.parent)


def place_pieces(made: Path, home: Path, *, reading_too: bool = False) -> bool:
    """Copy what was made into the case, each file by rename; False when there is nothing. Raises OSError."""
    home.mkdir(mode=0o700, exist_ok=True)
    names = (*(READ if reading_too else ()), *PIECES)
    there = [name for name in names if (made / f"{name}.json").is_file()]
    if not reading_too and "drafts" not in there:
        return False
    for name in names:
        if name not in there:  # a pack that was refused has no account: the one before is not of today
            (home / f"{name}.json").unlink(missing_ok=True)
            continue
        partial = home / f".{name}.partial"
        shutil.copyfile(made / f"{name}.json", partial)
        _sync(partial)
        partial.replace(home / f"{name}.json")
    _sync(home)
    return True


def sweep(cases: Path) -> int:
    """Take away the staging folders of processes of this machine that are gone; returns how many."""
    gone = 0
    for folder in cases.glob(".work-*"):
        found = _STAGING.match(folder.name)
        if found and found[1] == _machine() and not alive(int(found[2])):
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk itself. Raises OSError, also where the system cannot."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    """The same, where the system can."""
    with contextlib.suppress(OSError):
        to_disk(path)
