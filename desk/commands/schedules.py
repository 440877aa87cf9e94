"""`deckprism deploy` and `deckprism schedules`: what runs by itself, when it is due and what came of it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from content.errors import BadOutput
from desk import terminal
from desk.commands.run import Config, found_config

if TYPE_CHECKING:
    from content.schedule import Schedule
    from flows.schedules.listing import Planned


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(deploy)
    app.command()(schedules)


def deploy(
    config: Config = None,
    pool: Annotated[str, typer.Option("--pool", help="A Prefect work pool of type process, made when missing.")] = "",
    serve: Annotated[bool, typer.Option("--serve", help="Stay and run what is due, until Ctrl-C, without a desk.")] = False,
    yaml: Annotated[Path | None, typer.Option("--yaml", metavar="FILE", help="Write a prefect.yaml; no server.")] = None,
) -> int:
    """Make or update the Prefect deployments of the schedules in deckprism.toml."""
    from desk.services.team import PLACE, surroundings
    from flows.data import database_url
    from flows.schedules.deploying import POOL, apply, keep, prefect_yaml, served, upkeep
    from flows.schedules.work import read_schedules
    from flows.server import prefect_server
    from flows.team.means import FACTORY
    from store.database import open_database

    settings = found_config(config)
    found = read_schedules(settings)
    engine = open_database(database_url())
    gone = keep(engine, found, settings)
    engine.dispose()
    wanted = (*upkeep(), *served(found))
    _say(found, gone, settings)
    if yaml is not None:
        return _write(yaml, prefect_yaml(wanted, {FACTORY: PLACE}, pool or POOL))
    os.environ.update(surroundings(settings, None, None, ""))  # runs of a pool's worker are handed it
    with terminal.StageLines() as lines, prefect_server(lines):
        if serve:
            return _serve(pool)
        apply(wanted, pool)
    terminal.out(f"{len(wanted)} deployments are made, with reconcile and retention.")
    terminal.out("They run while `deckprism up` runs; one that runs now takes new schedules up at its next start." if not pool
                 else f"They run while a worker of the pool does: deckprism up --pool {pool}")
    return 0


def schedules(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    run: Annotated[str, typer.Option("--run", metavar="NAME", help="Do the work of a schedule now, here.")] = "",
) -> int:
    """List the deployed schedules: when each is due next, and what came of it last."""
    from flows.data import database_url
    from flows.schedules.listing import planned
    from store.database import open_database

    if run:
        return _run(run)
    engine = open_database(database_url())
    rows = planned(engine, datetime.now(UTC))
    engine.dispose()
    if as_json:
        terminal.out(json.dumps({"schedules": [_as_json(row) for row in rows]}, ensure_ascii=False, indent=2))
        return 0
    if not rows:
        terminal.out("No schedule is deployed. Add [[schedule]] to deckprism.toml and run deckprism deploy.")
    for row in rows:
        terminal.out(f"{row.name}  ({row.kind}, {row.cron}, {row.time_zone}; Prefect: {row.prefect})")
        there = ZoneInfo(row.time_zone)
        terminal.out("  next  " + ", ".join(f"{due.astimezone(there):%a %d %b %H:%M}" for due in row.following))
        for slot in row.last:
            said = slot.outcome or slot.code
            line = (f"{slot.due.astimezone(there):%a %d %b %H:%M}  {_STATES[slot.state]}"
                    f"{' (by hand)' if slot.by_hand else ''}{': ' + said if said else ''}")
            terminal.out("  last  " + terminal.wrapped(line, " " * 8).lstrip())
    return 0


_STATES = {"running": "under way", "done": "done", "look": "done, people must look", "failed": "failed",
           "missed": "missed", "interrupted": "interrupted"}


def _say(found: tuple[Schedule, ...], gone: tuple[str, ...], settings: Path | None) -> None:
    from flows.schedules.timing import following

    for each in found:
        due = next(following(each.cron, each.time_zone, datetime.now(UTC))).astimezone(ZoneInfo(each.time_zone))
        terminal.out(f"{each.name}: {each.kind}, next on {due:%a %d %b at %H:%M} ({each.time_zone})")
    for name in gone:
        terminal.out(f"{name}: is not in deckprism.toml any more and was taken away")
    if not found:
        terminal.out(f"{settings or 'Without deckprism.toml there'} has no [[schedule]]." if settings else
                     "There is no deckprism.toml here, so no [[schedule]].")


def _serve(pool: str) -> int:
    from flows.data import data_folder, database_url
    from flows.presence import at_work
    from flows.schedules.catching_up import catch_up
    from flows.schedules.deploying import scheduled, upkeep
    from flows.team.serving import serve_deployments
    from store.database import open_database

    engine = open_database(database_url())
    wanted = (*upkeep(), *scheduled(engine))
    engine.dispose()

    def ready() -> None:
        terminal.out("Schedules are served. Ctrl-C ends it; what is under way goes on next time.")
        for name in catch_up():
            terminal.out(f"{name}: was missed and is caught up now.")

    with at_work(data_folder()):
        serve_deployments(wanted, limit=2, pool=pool, ready=ready)
    return 0


def _run(name: str) -> int:
    from flows.data import database_url
    from flows.schedules.taking import ended, take_by_hand
    from flows.schedules.work import Result, deployed, do
    from store.database import open_database

    engine = open_database(database_url())
    schedule, settings = deployed(engine, name)
    if schedule.kind in {"reconcile", "retention"}:
        from desk.services.team import surroundings

        os.environ.update(surroundings(settings, None, None, ""))
    taken = take_by_hand(engine, name, datetime.now(UTC))
    result = Result("interrupted", "Stopped", "It was stopped; the next one goes on where it was.")
    try:
        with terminal.StageLines() as lines:
            result = do(schedule, settings, lines)
    finally:
        if taken is not None:
            ended(engine, name, taken, result)
        engine.dispose()
    terminal.out(f"{name}: {_STATES[result.state]}{': ' + result.outcome if result.outcome else ''}")
    return {"done": 0, "look": 1}.get(result.state, 2)


def _write(path: Path, text: str) -> int:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadOutput(str(path), f"cannot be written ({error.strerror})", "Choose another place") from None
    terminal.out(f"{path} is written; `prefect --no-prompt deploy --all` reads it.")
    return 0


def _as_json(row: Planned) -> dict[str, object]:
    return {
        "name": row.name, "kind": row.kind, "cron": row.cron, "time_zone": row.time_zone, "prefect": row.prefect,
        "next": [due.isoformat() for due in row.following],
        "last": [{"due": slot.due.isoformat(), "state": slot.state, "by_hand": slot.by_hand, "taken_at": slot.taken_at,
                  "ended_at": slot.ended_at, "code": slot.code, "outcome": slot.outcome} for slot in row.last],
    }


