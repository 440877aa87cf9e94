"""The work of a desk, done in its own process: the outbox drained by two threads, the stages run in a child.

No Prefect. One thread has the long work (`process`, `build`) with a warm child that can be killed; the other the short
work (`release`, `notice`, whatever `handlers` names), so that a release never waits for a poisonous file. Every piece of
work is leased and can be done twice without harm: results are made beside their place and renamed, and what came of them
is written in one transaction. So a kill at any moment loses nothing; the next start goes on at once with what a dead
process had, and another process within the lease.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content.document import Document
from content.finding import Finding
from content.settings import load_settings
from flows import local_store as rows
from flows import logs
from flows.holder import gone, holder
from flows.local_child import BUILDING, READING, Ask, Made, load, save
from flows.local_process import Child, ChildLost
from flows.local_results import build_id, content_hash, place_build, place_pieces, staging_prefix, sweep
from flows.local_store import MOST_TRIES, Hooks, Lost, Task
from flows.revision import Revision
from store import outbox
from store.database import reading, writing
from store.outbox import Standing, Work

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: Seconds for one file, as for a batch.
LIMIT = 900.0
#: Seconds that work stays leased, and after which a living process leases it anew.
LEASE, BEAT = 45.0, 10.0
#: Kinds of work that run the stages in the child.
LONG = ("process", "build")
#: Seconds until another process's work is looked for, and until work is tried again when the disk is full.
_POLL, _FULL = 2.0, 20.0
LONGEST_WAIT, _MOST_SHORT_TRIES = 3600.0, 12


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie: originals by hash, cases, builds, and the files that the operator named."""

    original: Callable[[str], Path]
    cases: Path
    builds: Path
    settings: Path | None = None
    customers: Path | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one piece of work in this process: how it stands and the seconds that it took. Ids, no text."""

    kind: str
    subject: str
    done: bool
    code: str
    seconds: float


@dataclass(slots=True)
class _Lane:
    """One thread's share of the work."""

    kinds: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    subject: str = ""
    woken: threading.Event = field(default_factory=threading.Event)


class LocalWork:
    """`work = LocalWork(...); work.start(); ...; work.stop()`. `wake` is called after a commit that put work."""

    def __init__(self, engine: Engine, key: bytes, places: Places,
                 handlers: Mapping[str, Callable[[str, str], None]] | None = None, hooks: Hooks | None = None,
                 limit: float = LIMIT, lease: float = LEASE) -> None:
        """`handlers` maps a kind of work to what does it, given subject and revision."""
        self._engine, self._key, self._places = engine, key, places
        self._handlers, self._hooks = dict(handlers or {}), hooks or Hooks()
        self._lease = lease
        self._by = holder()
        self._child = Child(limit)
        self._stopping = threading.Event()
        self._lanes = (_Lane(kinds=LONG), _Lane(other_than=LONG))
        self._threads: list[threading.Thread] = []
        self._mine: dict[int, Work] = {}
        self._lock = threading.Lock()

    @property
    def child(self) -> int:
        """The process id of the child, 0 when there is none."""
        return self._child.pid

    def trouble(self) -> str:
        """Nothing keeps the work from being started: it is done here."""
        return ""

    def start(self) -> None:
        """Free what dead processes held, and begin. Raises nothing that waiting could heal."""
        self.recover()
        self._stopping.clear()
        named = [(f"work-{n}", self._run, (lane,)) for n, lane in enumerate(self._lanes)]
        self._threads = [threading.Thread(target=target, args=given, name=name, daemon=True)
                         for name, target, given in named]
        self._threads.append(threading.Thread(target=self._beat, args=(self._stopping,), name="work-beat", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop at once: what is under way is given back and goes on at the next start."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout=10)
        self._child.kill()
        self._threads = []

    def wake(self) -> None:
        """There may be work: look now."""
        for lane in self._lanes:
            lane.woken.set()

    def recover(self) -> None:
        """Free what is leased by processes of this machine that are gone, and take away what they left half done."""
        sweep(self._places.cases)
        with contextlib.suppress(Exception), writing(self._engine) as session:  # a lease that stays runs out by itself
            outbox.free_of(session, gone)

    def drain(self) -> int:
        """Do all the work that there is now in this thread; returns how many pieces were taken."""
        return sum(1 for lane in self._lanes for _ in self._each(lane))

    def do(self, kinds: tuple[str, ...] = (), subject: str = "", *, other_than: tuple[str, ...] = (),
           seconds: float = float("inf")) -> tuple[Done, ...]:
        """Do what is ready of some kinds or on a subject in this thread, holding the leases; begin nothing after `seconds`.

        Each piece is done by whoever leases it first, so it does not matter how many ask at the same time. `stop`, from
        another thread, gives back what is under way. Raises what the database raises when it is away.
        """
        end = time.monotonic() + seconds
        done: list[Done] = []
        with self._beating():
            for each in self._each(_Lane(kinds, other_than, subject)):
                done.append(each)
                if self._stopping.is_set() or time.monotonic() > end:
                    break
        return tuple(done)

    def _each(self, lane: _Lane) -> Iterator[Done]:
        while not self._stopping.is_set() and (done := self._step(lane)) is not None:
            yield done

    @contextlib.contextmanager
    def _beating(self) -> Iterator[None]:
        over = threading.Event()
        beat = threading.Thread(target=self._beat, args=(over,), name="work-beat", daemon=True)
        beat.start()
        try:
            yield
        finally:
            over.set()
            beat.join(timeout=10)

    # ------------------------------------------------------------ threads

    def _run(self, lane: _Lane) -> None:
        if lane.kinds:
            with contextlib.suppress(OSError):
                self._child.start()
        pause = _POLL
        while not self._stopping.is_set():
            try:
                for _ in self._each(lane):
                    pause = _POLL
            except Exception as error:  # the database is away or its disk full: the lease runs out, nothing is lost
                pause = min(2 * pause, 30.0)
                logs.tell("work_paused", code=type(error).__name__, seconds=pause)
            lane.woken.wait(pause)
            lane.woken.clear()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(BEAT):
            with self._lock:
                mine = list(self._mine.values())
            for work in mine:
                with contextlib.suppress(Exception), writing(self._engine) as session:
                    outbox.renew(session, work, self._by, self._lease)

    def _step(self, lane: _Lane) -> Done | None:
        """Do one piece of work; None when there is none."""
        with reading(self._engine) as session:
            if not outbox.ready(session, lane.kinds, lane.other_than, lane.subject):
                return None
        with writing(self._engine) as session:
            work = outbox.lease(session, self._by, self._lease, kinds=lane.kinds, other_than=lane.other_than,
                                subject=lane.subject)
        if work is None:
            return None
        started = time.monotonic()
        with self._lock:
            self._mine[work.id] = work
        try:
            if work.kind in LONG:
                self._long(work)
            else:
                self._short(work)
        finally:
            with self._lock:
                del self._mine[work.id]
        done = Done(work.kind, work.subject, *self._standing(work), round(time.monotonic() - started, 3))
        ids = logs.Ids(submission=work.subject if work.kind in LONG else "", work=work.key, kind=work.kind)
        logs.tell("work_done" if done.done else "work_given_back", ids, code=done.code, seconds=done.seconds)
        return done

    def _standing(self, work: Work) -> tuple[bool, str]:
        try:
            with reading(self._engine) as session:
                now = outbox.standing(session, work)
        except Exception:  # what is done is written down already; only the account of it cannot be given
            now = Standing(False, "NotKnown")
        return now.done, now.code

    # ------------------------------------------------------------ short work

    def _short(self, work: Work) -> None:
        handler = self._handlers.get(work.kind)
        revision = work.key.split(":", 2)[2]
        code = ""
        try:
            if handler is None:
                code = "NoHandler"
            else:
                handler(work.subject, revision)
        except Exception as error:  # tried again later, each time after a longer wait
            code = type(error).__name__
        with writing(self._engine) as session:
            if not code:
                outbox.done(session, work, self._by)
            elif work.attempts >= _MOST_SHORT_TRIES and work.kind != "release":
                outbox.give_up(session, work, self._by, code)
            else:
                outbox.failed(session, work, self._by, code, min(2.0 ** work.attempts, LONGEST_WAIT))

    # ------------------------------------------------------------ long work

    def _long(self, work: Work) -> None:
        reading_too = work.kind == "process"
        task = rows.begin(self._engine, work, self._by, (READING if reading_too else BUILDING)[0])
        if task is None:
            return
        seconds: dict[str, float] = {}
        staging: Path | None = None
        try:
            staging = Path(tempfile.mkdtemp(prefix=staging_prefix(), dir=self._places.cases))
            if reading_too and not self._settled(work, task, self._ask(work, task, staging, READING, seconds)):
                return
            self._pieces(work, task, staging, seconds)
        except Lost:
            return
        except ChildLost as lost:
            self._lost(work, task, lost)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            what = f"{task.name}: a file could not be written ({error.strerror})."
            self._failed(work, task, Made("NoRoom", _NO_ROOM, full=True) if full else Made("Fault", what, again=True))
        finally:
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)

    def _pieces(self, work: Work, task: Task, staging: Path, seconds: dict[str, float]) -> None:
        """The stages from clearing on, with today's decisions, and everything into its place."""
        home = self._places.cases / task.submission
        at = staging if work.kind == "process" else home
        document, findings = load(at, "document", Document), load(at, "findings", tuple[Finding, ...])
        if work.kind == "process":
            with reading(self._engine) as session:
                findings = self._hooks.adjusted(session, findings)
        revision = rows.revision(self._engine, self._key, task.submission, document, findings)
        build = build_id(task.submission, revision.basis)
        if rows.finished_build(self._engine, task.submission, revision.basis) == build and work.kind == "build" \
                and place_pieces(self._places.builds / build / "pieces", home):
            rows.taken_up(self._engine, work, self._by, build)
            return
        save(staging, "document", document, Document)
        save(staging, "findings", findings, tuple[Finding, ...])
        save(staging, "revision", revision, Revision)
        made = self._ask(work, task, staging, BUILDING, seconds)
        if made.code and made.code != "PackRefused":
            self._failed(work, task, made)
            return
        if not rows.held(self._engine, work, self._by):
            raise Lost
        content = ""
        if not made.code:
            place_build(staging, self._places.builds / build)
            content = content_hash(self._places.builds / build / made.slug)
        place_pieces(staging, home, reading_too=work.kind == "process")
        if work.kind == "process":
            rows.processed(self._engine, self._key, work, self._by, self._hooks, document, findings, made, revision,
                           (build, content), load_settings(self._places.settings).policy, seconds)
        else:
            rows.built(self._engine, self._key, work, self._by, self._hooks, made, revision, (build, content), seconds)

    def _ask(self, work: Work, task: Task, staging: Path, stages: tuple[str, ...], seconds: dict[str, float]) -> Made:
        def told(event: dict[str, object]) -> None:
            if "stage" in event:
                with contextlib.suppress(Exception):  # people see it a stage later
                    rows.stage(self._engine, task.submission, str(event["stage"]), seconds)
            elif isinstance(spent := event.get("seconds"), int | float):
                seconds[str(event["ended"])] = float(spent)
                logs.tell("stage_done", logs.Ids(task.submission, work.key, state=str(event["ended"])), seconds=spent,
                          debug=True)

        ticks = 0

        def unwanted() -> bool:
            nonlocal ticks
            ticks += 1
            if self._stopping.is_set():
                return True
            if ticks % 4 == 0:
                with contextlib.suppress(Exception):  # a database that is away cancels nothing
                    return not rows.held(self._engine, work, self._by)
            return False

        places = self._places
        audio = not task.channels or "audio" in task.channels
        return self._child.ask(Ask(
            folder=str(staging), stages=stages, file=str(places.original(task.sha256)), name=task.name, audio=audio,
            customers=str(places.customers or ""), settings=str(places.settings or "")), told, unwanted)

    # ------------------------------------------------------------ what went wrong

    def _settled(self, work: Work, task: Task, made: Made) -> bool:
        """Whether the document was read; otherwise the work is ended or given back."""
        if made.code:
            self._failed(work, task, made)
        return not made.code

    def _failed(self, work: Work, task: Task, made: Made) -> None:
        if made.full:
            rows.again(self._engine, work, self._by, made.code, made.reason, _FULL)
        elif made.again and task.attempts + 1 < MOST_TRIES:
            rows.again(self._engine, work, self._by, made.code, made.reason, counts=True)
        else:
            ours = made.code in {"BadCustomers", "BadSettings", "BadRule"}  # the operator's file, not the submitter's
            self._aside(work, made.code, made.reason, quarantine=not ours)

    def _lost(self, work: Work, task: Task, lost: ChildLost) -> None:
        if lost.code == "Stopped":
            if self._stopping.is_set():
                rows.again(self._engine, work, self._by, "Stopped")
            return
        what = "took longer than is allowed" if lost.code == "TookTooLong" else "made the worker fail"
        reason = f"{task.name}: it {what} ({lost.detail})."
        if task.attempts + 1 < MOST_TRIES:
            rows.again(self._engine, work, self._by, lost.code, f"{reason} It is tried once more.", counts=True)
        else:
            self._aside(work, lost.code, f"{reason} It was tried {MOST_TRIES} times and set aside. Split it, or "
                                         "save it again from the program it was made with.")

    def _aside(self, work: Work, code: str, reason: str, *, quarantine: bool = True) -> None:
        logs.tell("set_aside", logs.Ids(submission=work.subject, work=work.key, kind=work.kind), code=code)
        rows.set_aside(self._engine, self._key, work, self._by, self._hooks, code, reason, quarantine=quarantine)


_NO_ROOM = "There is no room on the disk. It goes on by itself when there is."


__all__ = ["LONG", "Done", "Hooks", "LocalWork", "Places"]
