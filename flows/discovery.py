"""Which files of the given folders a batch works on.

A file named on the command line is always taken. In a folder those with a known suffix are, without lock and dot files,
symbolic links, finished packs, the batch's own output and the side files (customer list, decisions, README).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from content.errors import UnreadableFile

#: Files about a folder of talks, which are no talks.
SIDE = ("readme*", "license*", "changelog*")


@dataclass(frozen=True, slots=True)
class Found:
    """The files in their order, and what people should know about what was passed over."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def suffixes() -> frozenset[str]:
    """The suffixes that the formats name: those of a new format are known as soon as it is there.

    Old Office files are among them where LibreOffice is missing too: that they cannot be read is then said of each.
    """
    from extractors.choose import extractors
    from extractors.legacy import SUFFIXES

    return frozenset(suffix for each in extractors() for suffix in each.suffixes) | SUFFIXES


def find_files(paths: Sequence[Path], out: Path, include: Sequence[str] = (), exclude: Sequence[str] = (),
               beside: Sequence[Path] = (), since: float = 0.0) -> Found:
    """The files of a batch, each once, in the order of the arguments and by name inside a folder.

    `include` and `exclude` are patterns such as `*.pptx` or `2024/*`, against the name and the path inside the folder.
    `beside` are files that serve the batch itself; what changed before `since` (seconds since 1970) is left out, and that
    nothing is left is then no error. Raises UnreadableFile when a path is not there, cannot be read, is the output folder
    itself, or nothing is found at all.
    """
    files: dict[Path, None] = {}
    notes: list[str] = []
    passed_over = 0
    passed = {path.resolve() for path in beside}
    for path in paths:
        if path.is_dir():
            if path.resolve() == out.resolve():
                raise UnreadableFile(str(path), "is the output folder too", "Choose another folder with -o")
            if path.resolve() in out.resolve().parents:
                notes.append(f"{out} lies inside {path}: what is in it is never taken for a source.")
            for file in _walk(path, out.resolve(), notes):
                inside = file.relative_to(path).as_posix()
                if file.resolve() in passed:
                    continue
                if _wanted(file.name, inside, include, exclude):
                    files.setdefault(file.absolute())
                else:
                    passed_over += 1
        elif path.exists() or path.is_symlink():
            files.setdefault(path.absolute())
        else:
            raise UnreadableFile(str(path), "does not exist", "Check the path")
    if not files:
        place = ", ".join(str(path) for path in paths)
        if passed_over:
            raise UnreadableFile(place, "holds no file that can be read and that --include and --exclude leave",
                                 f"They pass over {passed_over}")
        raise UnreadableFile(place, "holds no file that can be read", f"Known are {' '.join(sorted(suffixes()))}")
    fresh = tuple(file for file in files if _changed(file) >= since) if since else tuple(files)
    if len(fresh) < len(files):
        older = len(files) - len(fresh)
        notes.append(f"{older} {'file' if older == 1 else 'files'} not changed since then {'was' if older == 1 else 'were'} "
                     "passed over.")
    return Found(fresh, tuple(notes))


def _changed(file: Path) -> float:
    """When a file was changed, or came to be where it is: a copied file keeps its date. A lost one is looked at later."""
    try:
        stat = file.stat()
        return max(stat.st_mtime, stat.st_ctime)
    except OSError:
        return float("inf")


def _walk(folder: Path, out: Path, notes: list[str]) -> list[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UnreadableFile(str(folder), "cannot be opened", "Check its permissions")

    def closed(error: OSError) -> None:
        notes.append(f"{error.filename}: cannot be opened ({error.strerror}). It was passed over.")

    found: list[Path] = []
    known = suffixes()
    for place, folders, names in os.walk(folder, onerror=closed):
        here = Path(place)
        if "pack.json" in names:  # a finished pack is no source
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".") and (here / name).resolve() != out]
        for name in names:
            file = here / name
            if name.startswith((".", "~$")) or file.suffix.lower() not in known:
                continue
            if any(fnmatch(name.lower(), side) for side in SIDE) or file.is_symlink() or not file.is_file():
                continue
            found.append(file)
    return sorted(found, key=lambda file: (file.as_posix().casefold(), file.as_posix()))


def _wanted(name: str, inside: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    def matches(pattern: str) -> bool:
        return fnmatch(name.lower(), pattern.lower()) or fnmatch(inside.lower(), pattern.lower())

    return (not include or any(map(matches, include))) and not any(map(matches, exclude))
