"""`deckprism batch`: many files through Prefect, resuming where it stopped; one bad file never stops the rest."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal
from desk.batch_lines import BatchLines, duration
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import AtOnce, Episodes, Exclude, GoodRules, Include, On, Rules, Writer, day
from desk.commands.run import Config, Customers, Decisions, found_config

_DURATION = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
_SECONDS = {"m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
if TYPE_CHECKING:
    from flows.batch import BatchOutcome


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(batch)


def batch(
    paths: Annotated[list[Path], typer.Argument(metavar="FOLDER|FILE...", help="Folders and files.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the packs and the summary.")],
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
    since: Annotated[str, typer.Option(
        "--since", metavar="DATE|DURATION", help="Only files changed since then: 2026-11-01, 36h, 7d or 2w.")] = "",
    failed_only: Annotated[bool, typer.Option(
        "--rerun-failed", help="Only files that failed or were not finished last time.")] = False,
    compare: Annotated[bool, typer.Option(
        "--compare/--no-compare", help="Compare the packs and write one plan for all.")] = True,
    writer: Writer = "",
) -> int:
    """Make packs of whole folders. Exit 1 when something is held or could not be used; summary.json says which.

    Unchanged files are left alone, so the same command goes on where it was stopped or killed.
    """
    from flows.batch import BatchOptions, run_batch

    options = BatchOptions(customers=chosen(customers, no_customers), decisions=decisions, settings=found_config(config),
                           workers=workers, include=tuple(include or ()), exclude=tuple(exclude or ()), audio=audio,
                           rules=rule_folder, good_rules=good_rules, on=day(on), good_rows=good_rows,
                           since=moment(since, datetime.now().astimezone()), failed_only=failed_only,
                           compare=compare, writer=writer)
    with BatchLines() as lines:
        result = run_batch(paths, output, options, lines)
    left = "left alone" if failed_only else "skipped, unchanged since its pack was made"
    said = {"skipped": left, "failed": "failed (the summary says why)"}
    counts = ", ".join(f"{count} {said.get(state, state)}" for state, count in sorted(result.counts.items()) if count)
    terminal.out(f"Batch: {counts or 'no files'}.")
    if writer:
        terminal.out(_model(result))
    terminal.out(f"Time: {duration(result.seconds)}.")
    terminal.out(f"Look: {result.summary.with_suffix('.html')} (and {result.summary.name} beside it)")
    return result.exit_code


def moment(since: str, now: datetime) -> float:
    """A date (its midnight here) or a duration back from now, as seconds since 1970; 0 for nothing given.

    Raises InputError when it is neither.
    """
    if not since:
        return 0.0
    if match := _DURATION.fullmatch(since.strip().lower()):
        return now.timestamp() - int(match[1]) * _SECONDS[match[2]]
    try:
        given = datetime.fromisoformat(since.strip())
    except ValueError:
        raise InputError(f"--since {since}", "is neither a date nor a duration",
                         "Write it as 2026-11-01, 36h, 7d or 2w") from None
    return (given if given.tzinfo else given.astimezone()).timestamp()


def _model(result: BatchOutcome) -> str:
    """What the model did in this batch; files that were skipped cost nothing and are not in it."""
    total = Counter[str]()
    for row in result.rows:
        if row.status != "skipped":
            total.update(row.model)
    paid = f", {total['cost'] / 1_000_000:.4f} at your prices" if total["cost"] else ""
    return (f"Model: wrote {total['sentences']} sentences, {total['refused']} refused; {total['requests']} requests sent, "
            f"{total['tokens']:,} tokens{paid}.")
