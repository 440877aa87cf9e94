"""What lies in a watched folder, by looking: names, sizes and times, and nothing is opened.

A quick look reads again only the folders that changed; a full look reads everything and is the truth. Symbolic links are
never followed. Lock files, dot files, unfinished downloads, finished packs and the output are passed over.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from flows.discovery import SIDE

_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp")
_OURS = ("~$", ".")
#: A folder that changed so lately may have changed again within the same tick of its clock, in nanoseconds.
_FRESH = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a change of a file is told, without reading it."""

    size: int
    changed: int
    device: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """The stamp of a file that was looked at."""
        return cls(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


@dataclass(frozen=True, slots=True)
class View:
    """The files that are there, and the symbolic links that are refused. `away` when the folder itself cannot be read."""

    files: dict[Path, Stamp] = field(default_factory=dict)
    links: frozenset[Path] = frozenset()
    closed: frozenset[Path] = frozenset()
    away: str = ""


@dataclass(frozen=True, slots=True)
class _Folder:
    changed: int
    looked: int
    folders: tuple[Path, ...]
    files: dict[Path, Stamp]
    links: tuple[Path, ...]


class Sight:
    """Looks at one folder and everything below it."""

    def __init__(self, folder: Path, out: Path | None, suffixes: frozenset[str], include: tuple[str, ...] = (),
                 exclude: tuple[str, ...] = (), beside: frozenset[Path] = frozenset(),
                 clock: Callable[[], int] = time.time_ns) -> None:
        """`suffixes` are those that can be read, with their dot; `beside` are files that are no documents."""
        self._folder, self._out, self._suffixes = folder, out, suffixes
        self._include, self._exclude, self._beside, self._clock = include, exclude, beside, clock
        self._known: dict[Path, _Folder] = {}

    def look(self, whole: bool = True) -> View:
        """What is there now. A quick look (`whole=False`) misses files that change in place, until the next whole one."""
        if whole:
            self._known.clear()
        files: dict[Path, Stamp] = {}
        links: set[Path] = set()
        closed: set[Path] = set()
        waiting, seen = [self._folder], set()
        while waiting:
            place = waiting.pop()
            try:
                here = self._read(place)
            except OSError as error:
                if place == self._folder:
                    return View(away=error.strerror or "it cannot be read")
                closed.add(place)
                self._known.pop(place, None)
                continue
            seen.add(place)
            files |= here.files
            links |= set(here.links)
            waiting += here.folders
        for gone in self._known.keys() - seen:
            del self._known[gone]
        return View(files, frozenset(links), frozenset(closed))

    def again(self, path: Path) -> Stamp | None:
        """One file, as it is now; None when it is gone or no plain file any more."""
        try:
            found = path.lstat()
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        stamp = Stamp.of(found)
        known = self._known.get(path.parent)
        if known is not None and path in known.files:
            known.files[path] = stamp  # a quick look must not bring back what it saw before
        return stamp

    def _read(self, place: Path) -> _Folder:
        found = place.lstat()
        if not stat.S_ISDIR(found.st_mode):  # a link, say: it is not followed
            raise NotADirectoryError(20, "is no folder any more", str(place))
        changed = found.st_mtime_ns
        known = self._known.get(place)
        if known is not None and known.changed == changed and known.looked - changed > _FRESH:
            return known
        looked = self._clock()
        folders, links, files = [], [], {}
        with os.scandir(place) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        if place != self._folder and any(entry.name == "pack.json" for entry in listed):
            listed = []  # a finished pack is no source
        for entry in listed:
            path = place / entry.name
            if entry.name.startswith(_OURS):
                continue
            try:
                if entry.is_symlink():
                    if path.suffix.lower() in self._suffixes or path.is_dir():
                        links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    if path != self._out:
                        folders.append(path)
                elif entry.is_file(follow_symlinks=False) and self._wanted(path):
                    files[path] = Stamp.of(entry.stat(follow_symlinks=False))
            except OSError:  # gone between the list and the look: the next look tells
                continue
        self._known[place] = read = _Folder(changed, looked, tuple(folders), files, tuple(links))
        return read

    def _wanted(self, path: Path) -> bool:
        name = path.name.lower()
        if path.suffix.lower() not in self._suffixes or name.endswith(_UNFINISHED) or path in self._beside:
            return False
        if any(fnmatch(name, side) for side in SIDE):
            return False
        inside = path.relative_to(self._folder).as_posix().lower()
        return ((not self._include or any(_matches(name, inside, each) for each in self._include))
                and not any(_matches(name, inside, each) for each in self._exclude))


def _matches(name: str, inside: str, pattern: str) -> bool:
    return fnmatch(name, pattern.lower()) or fnmatch(inside, pattern.lower())
