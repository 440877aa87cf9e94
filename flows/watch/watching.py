"""The round of a watch: look, let files settle, copy them, hand the copies on; until it is stopped.

Nothing is held while nothing arrives, but the name of the folder: two watches of one folder into one place are refused.
A whole look every minute is the truth; the quick looks between only save time. Whatever fails waits and is tried again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from content.errors import BadOutput, InputError, UnreadableFile
from flows import logs
from flows.data import data_folder, private
from flows.discovery import suffixes
from flows.presence import at_work, locked
from flows.progress import Progress, quiet
from flows.watch.packs import Handed, Sink
from flows.watch.sight import Sight
from flows.watch.taking import PATIENCE, Copy, Refused, Unsettled, take
from flows.watch.waiting import LONGEST, UNFINISHED, Waiting

#: Files, and bytes, that are copied and handed on at a time.
MOST_FILES, MOST_BYTES = 100, 1 << 30


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """What is watched and how. Seconds throughout."""

    folder: Path
    #: Where packs go; None for a sink that keeps nothing beside the folder.
    out: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    #: Files that are no documents, such as the customer list.
    beside: tuple[Path, ...] = ()
    settle: float = 2.0
    rescan: float = 60.0
    #: How long a container without its end may still be on its way.
    patience: float = PATIENCE
    #: One round: what is there now, then the end.
    once: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """What a watch came to: files by what became of them, and those that were left because they never settled."""

    counts: dict[str, int]
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """The clock of a watch and its way of waiting; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


def check_folders(folder: Path, out: Path | None) -> Path:
    """The folder to watch, without links in its path. Raises UnreadableFile or BadOutput, each in one line."""
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        raise UnreadableFile(str(folder), what, "Name the folder in which files arrive")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UnreadableFile(str(folder), "cannot be opened", "Check its permissions")
    here = folder.resolve()
    if out is not None and (out.resolve() == here or here in out.resolve().parents):
        raise BadOutput(str(out), "lies inside the folder that is watched", "Choose an output folder outside of it")
    return here


def watch(options: WatchOptions, sink: Sink, progress: Progress = quiet, clock: Time = Time()) -> Watched:
    """Hand on every file that arrives, each once. Ends by KeyboardInterrupt, or with `once` when all is handed on.

    Raises UnreadableFile, BadOutput or InputError before it begins; after that nothing but KeyboardInterrupt.
    """
    with _Round(options, sink, progress, clock) as round_:
        return round_.go()


class _Round:
    """One watch with all that it remembers."""

    def __init__(self, options: WatchOptions, sink: Sink, progress: Progress, clock: Time) -> None:
        self._options, self._sink, self._progress, self._clock = options, sink, progress, clock
        self._folder = check_folders(options.folder, options.out)
        out = options.out.resolve() if options.out is not None else None
        self._sight = Sight(self._folder, out, suffixes(), options.include, options.exclude,
                            frozenset(path.resolve() for path in options.beside))
        self._waiting = Waiting(options.settle)
        self._counts: Counter[str] = Counter()
        self._said: set[tuple[str, str]] = set()
        self._away = ""
        self._blocked = ""
        self._stack = ExitStack()
        self._room = Path()

    def __enter__(self) -> _Round:
        self._room = self._stack.enter_context(_alone(self._folder, self._options.out))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def go(self) -> Watched:
        """Round and round."""
        options, clock = self._options, self._clock
        pause = min(max(options.settle / 2, 0.2), 1.0)
        started = clock.now()
        whole_at = started
        while True:
            at = clock.now()
            whole = at >= whole_at
            if whole:
                whole_at = at + options.rescan
            self._look(whole, at)
            self._hand_on(clock.now())
            if options.once and self._over(clock.now() - started):
                return Watched(dict(self._counts), tuple(self._waiting.open()))
            if self._more(clock.now()):
                continue
            clock.pause(pause)

    def _over(self, spent: float) -> bool:
        """Whether one round is done: nothing waits, or what waits has had its time."""
        return not self._waiting.open() or spent > self._options.settle + self._options.patience + 10.0

    def _more(self, at: float) -> bool:
        soonest = self._waiting.soonest()
        return soonest is not None and soonest <= at

    def _look(self, whole: bool, at: float) -> None:
        view = self._sight.look(whole)
        if view.away:
            if not self._away:
                self._progress.note(f"{self._options.folder}: cannot be read ({view.away}). It is looked for again.")
                logs.tell("folder_away", logs.Ids(kind="watch"), code="FolderAway")
            self._away = view.away
            return
        if self._away:
            self._progress.note(f"{self._options.folder}: is back.")
            self._away = ""
        files = dict(view.files)
        for path in self._waiting.open():
            if path in files:
                fresh = self._sight.again(path)
                if fresh is None:
                    del files[path]
                else:
                    files[path] = fresh
        self._waiting.see(files, at)
        for link in sorted(view.links):
            self._say(link, "is a symbolic link, which is not followed. Put the file itself there.")
        for closed in sorted(view.closed):
            self._say(closed, "cannot be opened. It was passed over; check its permissions.")
        here = view.files.keys() | view.links | view.closed
        self._said = {each for each in self._said if Path(each[0]) in here}

    def _hand_on(self, at: float) -> None:
        if self._away:
            return
        ready = self._waiting.ready(at)[:MOST_FILES]
        if not ready:
            return
        with tempfile.TemporaryDirectory(prefix="taken-", dir=self._room, ignore_cleanup_errors=True) as place:
            mirror = Path(place)
            copies: list[Copy] = []
            taken = 0
            for path, stamp, still in ready:
                if taken and taken + stamp.size > MOST_BYTES:
                    break  # the rest is ready in the next round
                into = mirror / path.relative_to(self._folder)
                try:
                    copies.append(take(path, stamp, still if still < self._options.patience else PATIENCE, into))
                    taken += stamp.size
                except Unsettled as waits:
                    if waits.closed:
                        self._say(path, f"{waits}. It is tried again; check its permissions.")
                    self._waiting.later(path, at, LONGEST if waits.closed else UNFINISHED)
                except Refused as refused:
                    self._progress.note(str(refused))
                    self._counts["failed"] += 1
                    self._waiting.handed_on(path, stamp)
                except OSError as error:
                    self._say(path, f"could not be copied to the data folder ({error.strerror}). It is tried again.")
                    self._waiting.later(path, at)
            if copies:
                try:
                    handed = self._sink.hand_on(copies, mirror, self._progress)
                except Exception as error:  # a database that is away, say; what a library tells may quote a document
                    logs.tell("hand_on_failed", logs.Ids(kind="watch"), code=type(error).__name__, count=len(copies))
                    handed = Handed(undone=tuple(each.source for each in copies),
                                    why=f"Files could not be handed on ({type(error).__name__}). They are tried again.")
                self._done(copies, handed)

    def _done(self, copies: Sequence[Copy], handed: Handed) -> None:
        for each in copies:
            self._waiting.handed_on(each.source, each.stamp)
        self._waiting.again(handed.undone, self._clock.now())
        logs.tell("files_handed_on", logs.Ids(kind="watch"), count=len(copies) - len(handed.undone))
        self._counts.update(handed.counts)
        if handed.why and handed.why != self._blocked:
            self._progress.note(handed.why)
        self._blocked = handed.why

    def _say(self, path: Path, what: str) -> None:
        """One line for a file and a reason, not one for each round."""
        if (str(path), what) not in self._said:
            self._said.add((str(path), what))
            self._progress.note(f"{path.relative_to(self._folder).as_posix()}: {what}")


@contextmanager
def _alone(folder: Path, out: Path | None) -> Iterator[Path]:
    """Hold the name of a watch, and give its private room, swept: whoever left something there is gone."""
    target = str(out.resolve()) if out is not None else ""
    name = hashlib.sha256(os.fsencode(f"{folder}\n{target}")).hexdigest()[:16]
    refused = InputError(str(folder), "is watched already by another command", "Stop that one first")
    with at_work(data_folder()), locked(private(data_folder() / "locks") / f"{name}.watch", refused):
        room = private(data_folder() / "watch" / name)
        for leftover in room.glob("taken-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield room
