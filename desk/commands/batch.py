"""`deckprism batch`: many files through Prefect, resuming where it stopped; one bad file never stops the rest."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk import terminal
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import GoodRules, On, Rules, Writer, day
from desk.commands.run import Config, Customers, Decisions, found_config

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
    workers: Annotated[int, typer.Option("--workers", min=1, help="Documents at the same time.")] = 1,
    include: Annotated[list[str] | None, typer.Option("--include", help="Only files that match, as *.pptx.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="Leave out files that match.")] = None,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Render the episodes.")] = True,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
    on: On = None,
    writer: Writer = "",
) -> int:
    """Make packs of whole folders. Exit 1 when something is held or could not be used; summary.json says which."""
    from flows.batch import BatchOptions, run_batch

    options = BatchOptions(customers=chosen(customers, no_customers), decisions=decisions, settings=found_config(config),
                           workers=workers, include=tuple(include or ()), exclude=tuple(exclude or ()), audio=audio,
                           rules=rule_folder, good_rules=good_rules, on=day(on), good_rows=good_rows, writer=writer)
    with terminal.StageLines() as lines:
        result = run_batch(paths, output, options, lines)
    said = {"skipped": "skipped, unchanged since its pack was made"}
    counts = ", ".join(f"{count} {said.get(state, state)}" for state, count in sorted(result.counts.items()) if count)
    terminal.out(f"Batch: {counts or 'no files'}.")
    if writer:
        terminal.out(_model(result))
    terminal.out(f"Look: {result.summary}")
    return result.exit_code


def _model(result: BatchOutcome) -> str:
    """What the model did in this batch; files that were skipped cost nothing and are not in it."""
    total = Counter[str]()
    for row in result.rows:
        if row.status != "skipped":
            total.update(row.model)
    paid = f", {total['cost'] / 1_000_000:.4f} at your prices" if total["cost"] else ""
    return (f"Model: wrote {total['sentences']} sentences, {total['refused']} refused; {total['requests']} requests sent, "
            f"{total['tokens']:,} tokens{paid}.")
