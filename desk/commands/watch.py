"""`deckprism watch`: files that arrive in a folder get their packs, or are handed in at the desk."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import AtOnce, Episodes, Exclude, GoodRules, Include, On, Rules, day
from desk.commands.run import Config, Customers, Decisions, found_config
from flows.stopping import as_interrupt

if TYPE_CHECKING:
    from flows.batch import BatchOptions
    from flows.watch.watching import Watched, WatchOptions


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(watch)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where files arrive.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder for the packs and the summary.")] = None,
    to_desk: Annotated[str, typer.Option("--to-desk", metavar="OWNER", help="Hand files in at the desk, as submissions "
                                                                           "of this user, instead.")] = "",
    once: Annotated[bool, typer.Option("--once", help="Take what is there and end.")] = False,
    settle: Annotated[float, typer.Option("--settle", min=0.0, max=3600.0,
                                          help="Seconds that a file must stay as it is.")] = 2.0,
    rescan: Annotated[float, typer.Option("--rescan", min=1.0, max=3600.0,
                                          help="Seconds between two looks at everything.")] = 60.0,
    customers: Customers = None,
    no_customers: NoCustomers = False,
    good_rows: GoodRows = False,
    decisions: Decisions = None,
    config: Config = None,
    workers: AtOnce = 1,
    include: Include = None,
    exclude: Exclude = None,
    audio: Episodes = True,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
    on: On = None,
) -> int:
    """Make packs of files as they arrive, until Ctrl-C. With --once, exit 1 when people must look."""
    if bool(to_desk) == (output is not None):
        raise InputError("watch", "needs either -o FOLDER or --to-desk OWNER", "Name one of the two")
    from flows.batch import BatchOptions
    from flows.watch.watching import WatchOptions

    options = WatchOptions(folder=folder, out=output, include=tuple(include or ()), exclude=tuple(exclude or ()),
                           beside=tuple(path for path in (customers, decisions) if path is not None), settle=settle,
                           rescan=rescan, once=once)
    if to_desk:
        if customers or decisions or rule_folder:
            raise InputError("--to-desk", "takes no customer list, decisions or rules",
                             "The desk has its own; leave them out")
        return _to_desk(to_desk, options, found_config(config))
    batch = BatchOptions(customers=chosen(customers, no_customers), decisions=decisions, settings=found_config(config),
                         workers=workers, audio=audio, rules=rule_folder, good_rules=good_rules, on=day(on),
                         good_rows=good_rows, compare=False)
    return _to_packs(options, batch)


def _to_packs(options: WatchOptions, batch: BatchOptions) -> int:
    from content.settings import load_settings
    from flows.customers import check_customers
    from flows.server import configured, kept_running
    from flows.steps import check_settings
    from flows.watch.packs import Packs
    from flows.watch.watching import check_folders, watch
    from gates.package import check_folder

    assert options.out is not None
    check_folders(options.folder, options.out)
    settings = load_settings(batch.settings).with_rules(batch.rules, batch.good_rules).with_day(batch.on)
    check_settings(settings)
    check_customers(batch.customers, batch.good_rows, settings)
    check_folder(options.out)
    sink = Packs(options.out, batch)
    terminal.err(f"Watching {options.folder}; packs go to {options.out}. Ctrl-C ends it.")
    with terminal.StageLines() as lines, as_interrupt(), nullcontext() if configured() else kept_running():
        try:
            done = watch(options, sink, lines)
        except KeyboardInterrupt:
            return _stopped()
    return max(_said(done), sink.exit_code)


def _to_desk(owner: str, options: WatchOptions, settings: Path | None) -> int:
    from desk.services.arriving import Desk
    from flows.watch.watching import check_folders, watch

    check_folders(options.folder, None)
    sink = Desk(owner, settings)
    terminal.err(f"Watching {options.folder}; files are handed in at the desk for {owner}. Ctrl-C ends it.")
    with terminal.StageLines() as lines, as_interrupt():
        try:
            done = watch(options, sink, lines)
        except KeyboardInterrupt:
            return _stopped()
    return _said(done)


def _said(done: Watched) -> int:
    """The closing lines of one round, and the exit code."""
    counts = ", ".join(f"{count} {state}" for state, count in sorted(done.counts.items()) if count)
    terminal.out(f"Watch: {counts or 'no files'}.")
    for path in done.left:
        terminal.out(f"Left for the next time, still being written: {path.name}")
    return int(bool(done.left) or done.counts.get("failed", 0) > 0)


def _stopped() -> int:
    terminal.err("Stopped. What was under way goes on at the next start.")
    return 0
