"""Hands copies of arrived files to the batch: the same packs, the same skipping of what is done, one summary.

The output folder is held only while a batch runs. The summary tells of every file of this watch, not of the last handful
alone. What could not be done for a reason that goes away (another batch, a server that is away, a full disk) comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from content.errors import DeckprismError
from flows.batch import BatchOptions, OutputBusy, run_batch
from flows.progress import Progress
from flows.summary import Row, counts_of
from flows.watch.taking import Copy


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of some copies: how many are clear, held, failed, skipped or handed in; what has to be tried again."""

    counts: Mapping[str, int] = field(default_factory=dict)
    undone: tuple[Path, ...] = ()
    why: str = ""


class Sink(Protocol):
    """Where arrived files go."""

    def hand_on(self, copies: Sequence[Copy], mirror: Path, progress: Progress) -> Handed:
        """Take copies, which lie below `mirror` as their originals lie in the folder. Raises KeyboardInterrupt alone."""
        ...


class Packs:
    """A sink that makes packs through the batch."""

    def __init__(self, out: Path, options: BatchOptions) -> None:
        """Packs and summary go to `out`."""
        self._out, self._options = out, options
        self._rows: dict[str, Row] = {}

    @property
    def exit_code(self) -> int:
        """0, or 1 when a pack is held or a file could not be used, as for a batch."""
        return int(any(row.status == "failed" or row.pack_status == "held" for row in self._rows.values()))

    def hand_on(self, copies: Sequence[Copy], mirror: Path, progress: Progress) -> Handed:
        """One batch over the copies."""
        try:
            done = run_batch([mirror], self._out, self._options, progress, tuple(self._rows.values()))
        except OutputBusy:
            return Handed(undone=_sources(copies), why="Another batch writes to the output folder; this waits for it.")
        except DeckprismError as error:
            return Handed(undone=_sources(copies), why=f"{error} It is tried again.")
        self._rows = {row.file: row for row in done.rows}
        mine = {each.path.relative_to(mirror).as_posix(): each.source for each in copies}
        rows = [row for row in done.rows if row.file in mine]
        for row in rows:
            if row.status in {"clear", "held"}:
                progress.note(f"{row.file}: {row.status}, {self._out / row.pack}")
        again = [mine[row.file] for row in rows if row.code in _HEALING or row.status in {"waiting", "running"}]
        return Handed(counts_of([row for row in rows if mine[row.file] not in again]), tuple(again))


#: Reasons that go away by themselves.
_HEALING = frozenset({"NoRoom", "Changed", "BadOutput"})


def _sources(copies: Sequence[Copy]) -> tuple[Path, ...]:
    return tuple(each.source for each in copies)
