"""The work of a schedule, by kind, as plain functions: what a slot does once it is taken. Prefect is not needed.

What comes back is a state, a code and one line of counts; paths and names of files stay here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadSettings, DeckprismError, Fault, InputError
from content.schedule import Schedule
from content.settings import load_settings
from flows.progress import Progress, quiet
from flows.schedules.timing import check_cron
from store.schedules import Deployed

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from flows.batch import BatchOptions


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a slot: `done`, `look` (people must), `failed` or `missed`, and one line that says so."""

    state: str
    code: str = ""
    outcome: str = ""


def read_schedules(settings_file: Path | None) -> tuple[Schedule, ...]:
    """The schedules of deckprism.toml with absolute paths, each looked at. Raises BadSettings in one line."""
    home = settings_file.absolute().parent if settings_file is not None else Path.cwd()
    found = tuple(each.placed(home) for each in load_settings(settings_file).schedule)
    for each in found:
        where = f"{settings_file}, schedule {each.name!r}"
        check_cron(each.cron, where)
        if each.folder is not None and each.out is not None:
            folder, out = each.folder.resolve(), each.out.resolve()
            if not folder.is_dir():
                raise BadSettings(where, f"folder {each.folder} is not there", "Make it, or name another")
            if out == folder or folder in out.parents:
                raise BadSettings(where, "out lies inside folder", "Choose an output folder outside of it")
    return found


def as_deployed(schedule: Schedule, settings_file: Path | None) -> Deployed:
    """A schedule as the store keeps it: with the place of the settings it was deployed with."""
    spec = {"schedule": schedule.model_dump(mode="json"),
            "settings": str(settings_file.absolute()) if settings_file is not None else ""}
    return Deployed(schedule.name, schedule.kind, schedule.cron, schedule.time_zone, json.dumps(spec, sort_keys=True))


def deployed(engine: Engine, name: str) -> tuple[Schedule, Path | None]:
    """A schedule by its name, and its settings. Raises InputError when it was never deployed."""
    from store import schedules
    from store.database import reading

    with reading(engine) as session:
        row = next((each for each in schedules.deployed(session) if each.name == name), None)
    if row is None:
        raise InputError(f"schedule {name[:60]!r}", "is not deployed", "Add it to deckprism.toml and run deckprism deploy")
    spec = json.loads(row.spec)
    return Schedule.model_validate(spec["schedule"]), Path(spec["settings"]) if spec["settings"] else None


def do(schedule: Schedule, settings_file: Path | None, progress: Progress = quiet) -> Result:
    """Do the work once. Errors become a result; KeyboardInterrupt goes through."""
    from flows.batch import OutputBusy

    try:
        if schedule.kind == "batch":
            return _batch(schedule, settings_file, progress)
        if schedule.kind == "watch":
            return _watch(schedule, settings_file, progress)
        return _upkeep(schedule.kind)
    except OutputBusy:
        return Result("missed", "Busy", "Another batch was writing to the output folder.")
    except DeckprismError as error:
        return Result("failed", type(error).__name__, str(error))


def batch_options(schedule: Schedule, settings_file: Path | None) -> BatchOptions:
    """The options of a batch as the schedule has them."""
    from flows.batch import BatchOptions

    # The only place here that asks for today: what a schedule allows until some day is judged on the day it runs.
    return BatchOptions(customers=schedule.customers, decisions=schedule.decisions, settings=settings_file,
                        audio=schedule.audio, workers=schedule.workers, include=schedule.include,
                        exclude=schedule.exclude, on=datetime.now(UTC).astimezone().date())


def _batch(schedule: Schedule, settings_file: Path | None, progress: Progress) -> Result:
    from flows.batch import run_batch
    from flows.discovery import find_files

    assert schedule.folder is not None
    assert schedule.out is not None
    try:
        find_files([schedule.folder], schedule.out, schedule.include, schedule.exclude)
    except InputError as error:
        if "holds no file" in error.what:  # an inbox that is empty tonight is no failure
            return Result("done", outcome="The folder holds no file that can be read.")
        raise
    outcome = run_batch([schedule.folder], schedule.out, batch_options(schedule, settings_file), progress)
    return _counted(outcome.counts, bool(outcome.exit_code))


def _watch(schedule: Schedule, settings_file: Path | None, progress: Progress) -> Result:
    from flows.watch.packs import Packs
    from flows.watch.watching import WatchOptions, watch

    assert schedule.folder is not None
    assert schedule.out is not None
    beside = tuple(path for path in (schedule.customers, schedule.decisions) if path is not None)
    sink = Packs(schedule.out, batch_options(schedule, settings_file))
    done = watch(WatchOptions(schedule.folder, schedule.out, schedule.include, schedule.exclude, beside,
                              schedule.settle, once=True), sink, progress)
    counts = {**done.counts, "left": len(done.left)}
    return _counted(counts, bool(sink.exit_code or done.left or counts.get("failed")))


def _upkeep(kind: str) -> Result:
    from flows.team.means import opened
    from flows.team.upkeep import purged, reconciled

    with opened() as means:
        account = (reconciled if kind == "reconcile" else purged)(means)
    if kind == "retention":
        return Result("done", outcome=account.code or "nothing was due")
    undone = [each for each in account.done if not each.done]
    code = undone[0].code if undone else ""
    said = f"{len(account.done) - len(undone)} done" + (f", {len(undone)} wait" if undone else "")
    return Result("look" if undone else "done", code, said)


def _counted(counts: dict[str, int], look: bool) -> Result:
    said: Sequence[str] = [f"{count} {state}" for state, count in counts.items() if count]
    return Result("look" if look else "done", outcome=", ".join(said) or "nothing to do")


def result_from(line: str, code: int) -> Result:
    """What a child process said, or a fault when it said nothing that can be read."""
    try:
        said = json.loads(line)
        return Result(str(said["state"]), str(said["code"]), str(said["outcome"]))
    except (ValueError, KeyError, TypeError):
        fault = Fault("the process of the schedule", f"ended with code {code}",
                      "Run deckprism schedules --run NAME to see why")
        return Result("interrupted" if code < 0 or code == 130 else "failed", "Fault", str(fault))
