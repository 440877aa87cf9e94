"""Which files have settled: a small table over time, without files and without a clock of its own.

A file settles when its stamp stays the same for so many seconds over two looks at least. What could not be taken waits
again, longer each time, and is never given up. What was handed on is left alone until its stamp changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.watch.sight import Stamp

#: The longest pause before a file is tried again, and before it is looked whether its end has come, in seconds.
LONGEST, UNFINISHED = 60.0, 5.0


@dataclass(slots=True)
class _Entry:
    stamp: Stamp
    #: Since when the stamp has not changed, and from when on the file may be taken.
    since: float
    ready_at: float
    tries: int = 0
    done: bool = False


class Waiting:
    """The files of a folder, each waiting or handed on."""

    def __init__(self, settle: float) -> None:
        """`settle` is how long a file must stay as it is, in seconds."""
        self._settle = settle
        self._entries: dict[Path, _Entry] = {}

    def see(self, files: dict[Path, Stamp], at: float) -> None:
        """Note what a look found; what is not there any more is forgotten."""
        for gone in self._entries.keys() - files.keys():
            del self._entries[gone]
        for path, stamp in files.items():
            self.note(path, stamp, at)

    def note(self, path: Path, stamp: Stamp | None, at: float) -> None:
        """Note what a look at one file found; None when it is gone."""
        known = self._entries.get(path)
        if stamp is None:
            self._entries.pop(path, None)
        elif known is None or known.stamp != stamp:
            self._entries[path] = _Entry(stamp, at, at + self._settle)

    def ready(self, at: float) -> list[tuple[Path, Stamp, float]]:
        """Files that may be taken now, in the order in which they settled, each with its seconds without a change."""
        found = [(entry.ready_at, path.as_posix(), path, entry) for path, entry in self._entries.items()
                 if not entry.done and at >= entry.ready_at]
        return [(path, entry.stamp, at - entry.since) for _, _, path, entry in sorted(found, key=lambda row: row[:2])]

    def handed_on(self, path: Path, stamp: Stamp) -> None:
        """A file was handed on with this stamp; if it changed in between it waits again."""
        entry = self._entries.get(path)
        if entry is not None and entry.stamp == stamp:
            entry.done = True

    def later(self, path: Path, at: float, most: float = LONGEST) -> None:
        """A file could not be taken: it waits again, twice as long each time, `most` at the most."""
        entry = self._entries.get(path)
        if entry is not None:
            entry.tries += 1
            entry.done = False
            entry.ready_at = at + min(max(self._settle, 1.0) * 2.0 ** min(entry.tries - 1, 10), most)

    def open(self) -> list[Path]:
        """Files that wait."""
        return sorted(path for path, entry in self._entries.items() if not entry.done)

    def soonest(self) -> float | None:
        """When the next file may be taken; None when none waits."""
        return min((entry.ready_at for entry in self._entries.values() if not entry.done), default=None)

    def again(self, paths: Iterable[Path], at: float) -> None:
        """Files that were handed on and came back undone wait again."""
        for path in paths:
            self.later(path, at)
