"""Many files, one after the other or side by side: a batch that resumes, and that one bad file never stops.

`run_batch` plans (which files, which of them changed), runs the flow and sums up. The flow itself is in
`flows/batch_flow.py`; this module imports no prefect until there is something to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, DeckprismError
from flows import logs
from flows.batch_drive import drive, full
from flows.batch_plan import link, read_item, tidy
from flows.batch_plan import plan as make_plan
from flows.configuration import acting, configuration_hash
from flows.data import data_folder, database_url, prints_folder, private
from flows.discovery import find_files
from flows.presence import at_work, locked
from flows.progress import Progress, quiet
from flows.room import no_room
from flows.stopping import as_interrupt
from flows.summary import Row, counts_of, rows_of, with_earlier, write_summary

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from content.settings import Settings
    from flows.across.compare import Across

class OutputBusy(BadOutput):
    """Another batch holds the output folder; it can be had later."""


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
    #: Leave everything alone but what failed or had no end last time; what was put aside is tried again too.
    failed_only: bool = False
    #: Files that have not changed since then (seconds since 1970) are passed over.
    since: float = 0.0
    #: Compare all packs of the output folder at the end, and write one plan for them.
    compare: bool = True
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


@dataclass(slots=True)
class Planned:
    """A batch that is written down and holds its output folder; `outcome` is there when the block has ended."""

    id: str
    engine: Engine
    #: How many files need work.
    waiting: int
    outcome: BatchOutcome | None = None


def run_batch(paths: Sequence[Path], out: Path, options: BatchOptions = BatchOptions(),
              progress: Progress = quiet, before: Sequence[Row] = ()) -> BatchOutcome:
    """Make a pack of every file that changed since its last pack, and write the summary.

    `before` are files of earlier batches, of which the summary tells too. Raises InputError when an argument cannot be
    used or another batch writes to `out`; a bad file raises nothing.
    Interrupted (Ctrl-C or SIGTERM), it sums up what is done and raises KeyboardInterrupt; the same call goes on there.
    """
    with planned(paths, out, options, progress, before) as plan:
        if plan.waiting:
            with as_interrupt():
                drive(plan.id, plan.engine, out, plan.waiting, progress)
    assert plan.outcome is not None
    return plan.outcome


@contextmanager
def planned(paths: Sequence[Path], out: Path, options: BatchOptions = BatchOptions(),
            progress: Progress = quiet, before: Sequence[Row] = ()) -> Iterator[Planned]:
    """Plan a batch, let the block do its work, and sum up, however the block ends. Raises what `run_batch` does."""
    from content.settings import load_settings
    from flows.customers import check_customers
    from flows.memory import load_memory
    from flows.model_writing import digest_of
    from flows.scale import check_scale
    from flows.steps import check_settings
    from gates.package import check_folder
    from store.batches import end, items, start
    from store.database import open_database, reading, writing

    started = time.monotonic()
    out = out.absolute()
    beside = [path for path in (options.customers, options.decisions, options.settings) if path is not None]
    found = find_files(paths, out, options.include, options.exclude, beside, options.since)
    settings = load_settings(options.settings).with_rules(options.rules, options.good_rules).with_day(options.on)
    notes = (*found.notes, *check_settings(settings), *check_customers(options.customers, options.good_rows, settings))
    check_scale(settings.scale)
    configuration = configuration_hash(options.customers, options.decisions, options.settings, options.audio,
                                       options.topics, acting(settings, load_memory(settings.on))
                                       + digest_of(options.writer, settings))
    check_folder(out)
    for note in notes:
        progress.note(note)
    root = paths[0].absolute() if len(paths) == 1 and paths[0].is_dir() else None
    with ExitStack() as stack:
        stack.enter_context(_full_disk_told(out))
        stack.enter_context(at_work(data_folder()))
        stack.enter_context(_only_one(out))
        tidy(out)
        engine = open_database(database_url())
        stack.callback(engine.dispose)
        batch_id = f"b{secrets.token_hex(6)}"
        files = [read_item(path) for path in found.files]
        with writing(engine) as session:
            start(session, batch_id, str(out), configuration, _to_json(options), files)
        again = options.retry_quarantined or options.failed_only
        plan = Planned(batch_id, engine, make_plan(engine, batch_id, out, configuration, again, options.failed_only))
        logs.tell("batch_started", logs.Ids(batch=batch_id), count=plan.waiting)
        finished = False
        try:
            yield plan
            finished = True
        finally:
            link(engine, batch_id)
            with writing(engine) as session:
                end(session, batch_id, "done" if finished else "interrupted")
            with reading(engine) as session:
                rows = with_earlier(before, rows_of(items(session, batch_id), root))
            tidy(out)
            logs.tell("batch_ended", logs.Ids(batch=batch_id, state="done" if finished else "interrupted"),
                      seconds=time.monotonic() - started, count=len(rows))
            across = _compare(engine, out, rows, settings, progress) if finished and options.compare else None
            with suppress(*(() if finished else (BadOutput,))):  # what stopped the batch is said, not what came of that
                summary = write_summary(out, rows, notes, time.monotonic() - started, finished, across)
        plan.outcome = BatchOutcome(batch_id, out, summary, rows, time.monotonic() - started)


def _compare(engine: Engine, out: Path, rows: Sequence[Row], settings: Settings, progress: Progress) -> Across:
    """What the packs of the output folder have in common, and one plan for all of them."""
    from flows.across.compare import compare_folders
    from flows.across.released import released_packs
    from generators.schedule import first_monday

    started = time.perf_counter()
    released = released_packs(engine, data_folder() / "releases")
    made = compare_folders(out, [row.pack for row in rows if row.pack], prints_folder(), released,
                           first_monday(settings.profile.start))
    progress.stage("compare", time.perf_counter() - started)
    return made


@contextmanager
def _full_disk_told(out: Path) -> Iterator[None]:
    """A full disk as one line, wherever it was met: in the output folder, the data folder or a database."""
    try:
        yield
    except DeckprismError:
        raise
    except Exception as error:
        if not no_room(error):
            raise
        raise full(out) from None


def _to_json(options: BatchOptions) -> str:
    plain = {name: str(value.absolute()) if isinstance(value, Path) else value
             for name, value in asdict(options).items()}
    return json.dumps({**plain, "on": options.on.isoformat() if options.on else None}, sort_keys=True)


@contextmanager
def _only_one(out: Path) -> Iterator[None]:
    """Hold an output folder for one batch; the lock goes with the process, however it ends."""
    name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
    refused = OutputBusy(str(out), "another batch is writing there", "Wait for it, or choose another -o")
    with locked(private(data_folder() / "locks") / f"{name}.batch", refused):
        yield
