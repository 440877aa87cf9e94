"""Many files, one after the other or side by side: a batch that resumes, and that one bad file never stops.

`run_batch` plans (which files, which of them changed), runs the flow and sums up. The flow itself is in
`flows/batch_flow.py`; this module imports no prefect until there is something to do.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from content.errors import BadOutput
from flows.case import file_digest
from flows.configuration import acting, configuration_hash
from flows.data import data_folder, database_url, private
from flows.discovery import find_files
from flows.progress import Progress, quiet
from flows.summary import Row, counts_of, rows_of, write_summary

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State
    from sqlalchemy import Engine

    from store.batches import Item, NewItem

#: A half-written pack older than this belongs to a process that is gone: packs are written in one go.
_STALE = 60.0


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a batch knows about its files, and how it works."""

    customers: Path | None = None
    decisions: Path | None = None
    settings: Path | None = None
    audio: bool = True
    topics: int | None = None
    #: Documents at the same time; 0 takes one for each core.
    workers: int = 1
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    #: A folder of rules of one's own, and whether its good rules are used when others are broken.
    rules: Path | None = None
    good_rules: bool = False
    #: The day that every `until` is compared with.
    on: date | None = None
    #: Whether the customer list is used without the rows that cannot be.
    good_rows: bool = False
    #: Try files again that were put aside after killing a worker twice.
    retry_quarantined: bool = False
    #: The model that rewrites the drafts; '' for none.
    writer: str = ""


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What came of a batch; `summary` is the path of summary.json."""

    id: str
    out: Path
    summary: Path
    rows: tuple[Row, ...]
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        """How many files are clear, held, failed or skipped."""
        return counts_of(self.rows)

    @property
    def exit_code(self) -> int:
        """0, or 1 when a pack is held or a file could not be used."""
        return int(any(row.status == "failed" or row.pack_status == "held" for row in self.rows))


def run_batch(paths: Sequence[Path], out: Path, options: BatchOptions = BatchOptions(),
              progress: Progress = quiet) -> BatchOutcome:
    """Make a pack of every file that changed since its last pack, and write the summary.

    Raises InputError when an argument cannot be used or another batch writes to `out`; a bad file raises nothing.
    Interrupted (Ctrl-C or SIGTERM), it sums up what is done and raises KeyboardInterrupt; the same call goes on there.
    """
    from content.settings import load_settings
    from flows.customers import check_customers
    from flows.memory import load_memory
    from flows.model_writing import digest_of
    from flows.steps import check_settings
    from gates.package import check_folder
    from store.batches import end, items, start
    from store.database import open_database, reading, writing

    started = time.monotonic()
    out = out.absolute()
    beside = [path for path in (options.customers, options.decisions, options.settings) if path is not None]
    found = find_files(paths, out, options.include, options.exclude, beside)
    settings = load_settings(options.settings).with_rules(options.rules, options.good_rules).with_day(options.on)
    notes = (*found.notes, *check_settings(settings), *check_customers(options.customers, options.good_rows, settings))
    configuration = configuration_hash(options.customers, options.decisions, options.settings, options.audio,
                                       options.topics, acting(settings, load_memory(settings.on))
                                       + digest_of(options.writer, settings))
    check_folder(out)
    for note in notes:
        progress.note(note)
    root = paths[0].absolute() if len(paths) == 1 and paths[0].is_dir() else None
    with ExitStack() as stack:
        stack.enter_context(_only_one(out))
        _sweep(out)
        engine = open_database(database_url())
        stack.callback(engine.dispose)
        batch_id = f"b{secrets.token_hex(6)}"
        files = [_read(path) for path in found.files]
        with writing(engine) as session:
            start(session, batch_id, str(out), configuration, _to_json(options), files)
        waiting = _plan(engine, batch_id, out, configuration, options)
        finished = False
        try:
            if waiting:
                with _stoppable():
                    _drive(batch_id, engine, waiting, progress)
            finished = True
        finally:
            _link(engine, batch_id)
            with writing(engine) as session:
                end(session, batch_id, "done" if finished else "interrupted")
            with reading(engine) as session:
                rows = rows_of(items(session, batch_id), root)
            _sweep(out)
            summary = write_summary(out, rows, notes, time.monotonic() - started, finished)
    return BatchOutcome(batch_id, out, summary, rows, time.monotonic() - started)


def _drive(batch_id: str, engine: Engine, waiting: int, progress: Progress) -> None:
    """Run the flow on a server until every waiting file has an end."""
    from flows.server import prefect_server

    async def run() -> None:
        from flows.batch_flow import Surroundings, batch, surroundings
        from flows.settle import settle

        token = surroundings.set(Surroundings(engine, progress))
        try:
            state = await cast("Awaitable[State[str]]", batch(batch_id, return_state=True))
            await settle(state.state_details.flow_run_id, waiting)
            await state.aresult()
        finally:
            surroundings.reset(token)

    with prefect_server(progress):
        from prefect.exceptions import TerminationSignal

        try:
            asyncio.run(run())
        except (TerminationSignal, asyncio.CancelledError):  # what SIGTERM becomes on its way through the flow
            raise KeyboardInterrupt from None


def _plan(engine: Engine, batch_id: str, out: Path, configuration: str, options: BatchOptions) -> int:
    """Mark what needs no work: unchanged files with their pack in place, and copies. Returns how many files wait."""
    from store.batches import change, items, made_before
    from store.database import reading, writing

    with reading(engine) as session:
        todo = items(session, batch_id, "waiting")
        before = {item.sha256: made_before(session, str(out), item.sha256, configuration) for item in todo}
    changed: list[Item] = []
    first: dict[str, Item] = {}
    for item in todo:
        known = before[item.sha256]
        if item.sha256 in first:
            changed.append(replace(item, state="skipped", same_as=first[item.sha256].id))
            continue
        first[item.sha256] = item
        if known is None:
            continue
        if known.state == "quarantined":
            if not options.retry_quarantined:
                changed.append(replace(item, state="quarantined", code=known.code, reason=known.reason))
        elif pack_in_place(out / known.folder, item.sha256):
            changed.append(replace(item, state="skipped", pack_state=known.state, folder=known.folder,
                                   figures=known.figures))
    with writing(engine) as session:
        for item in changed:
            change(session, item)
    return len(todo) - len(changed)


def _link(engine: Engine, batch_id: str) -> None:
    """Give copies the pack, or the failure, of the file that they are copies of."""
    from store.batches import change, items
    from store.database import writing

    with writing(engine) as session:
        all_items = {item.id: item for item in items(session, batch_id)}
        for item in all_items.values():
            if item.same_as:
                twin = all_items[item.same_as]
                state = twin.state if twin.state in {"failed", "quarantined", "waiting", "running"} else "skipped"
                names = Path(item.path).name, Path(twin.path).name
                reason = f"{names[0]}: the same content as {names[1]}, which could not be used." if twin.reason else ""
                change(session, replace(item, state=state, pack_state=twin.pack_state, folder=twin.folder,
                                        figures=twin.figures, code=twin.code, reason=reason))


def pack_in_place(folder: Path, sha256: str) -> bool:
    """Whether a pack of these bytes lies there whole: pack.json names the source, and every file it lists exists.

    Only the names are looked at: a draft that somebody edited by hand is theirs, and is not written over.
    """
    try:
        described = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        listed = [str(each["path"]) for each in described["artefacts"]]
        return described["source"]["sha256"] == sha256 and all((folder / path).is_file() for path in listed)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _read(path: Path) -> NewItem:
    """A file with its hash, or with the reason why it has none."""
    from store.batches import NewItem

    try:
        if not path.is_file():
            kind = "is a folder or a device" if path.exists() else "is not there any more"
            return NewItem(str(path), code="UnreadableFile", reason=f"{path.name}: {kind}. Check the path.")
        return NewItem(str(path), file_digest(path))
    except OSError as error:
        return NewItem(str(path), code="UnreadableFile",
                       reason=f"{path.name}: cannot be read ({error.strerror}). Check its permissions.")


def _to_json(options: BatchOptions) -> str:
    plain = {name: str(value.absolute()) if isinstance(value, Path) else value
             for name, value in asdict(options).items()}
    return json.dumps({**plain, "on": options.on.isoformat() if options.on else None}, sort_keys=True)


@contextmanager
def _only_one(out: Path) -> Iterator[None]:
    """Hold an output folder for one batch; the lock goes with the process, however it ends."""
    name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
    with (private(data_folder() / "locks") / f"{name}.batch").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadOutput(str(out), "another batch is writing there", "Wait for it, or choose another -o") from None
        yield


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end a batch the way Ctrl-C does, so that a service manager loses nothing either."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _sweep(out: Path) -> None:
    """Take away half-written packs of processes that were killed."""
    before = time.time() - _STALE
    for leftover in (*out.glob(".making-*"), *out.glob(".old-*")):
        try:
            if leftover.is_dir() and leftover.stat().st_mtime < before:
                shutil.rmtree(leftover, ignore_errors=True)
        except FileNotFoundError:
            continue


