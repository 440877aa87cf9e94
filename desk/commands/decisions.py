"""`deckprism decisions remember | list | confirm | forget`: what was decided once, so that nobody decides it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import BadDecisions
from desk import terminal
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import GoodRules, Rules
from desk.commands.run import Config, Customers, found_config

if TYPE_CHECKING:
    from store.remembered import Remembered

app = typer.Typer(help="Remembered decisions: keep those of a review, list them, confirm one, forget one.",
                  no_args_is_help=True, rich_markup_mode=None)

By = Annotated[str, typer.Option("--by", help="Who says so.")]
_SCOPES = {"words": "in the same sentence", "document": "in the same file or talk", "everywhere": "everywhere"}


@app.command()
def remember(
    file: Annotated[Path, typer.Argument(help="The deck or document that was decided on.")],
    decisions: Annotated[Path, typer.Option("--decisions", help="JSON list; those with `remember` are kept.")],
    customers: Customers = None,
    no_customers: NoCustomers = False,
    good_rows: GoodRows = False,
    config: Config = None,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
) -> int:
    """Remember the decisions on a file that say so, as hashes of the words they are about."""
    import rules
    from content.settings import load_settings
    from extractors import extract
    from flows import memory
    from flows.customers import read_customers, wants_good_rows

    wanted = rules.load_decisions(decisions)
    if not any(each.remember for each in wanted):
        raise BadDecisions(decisions.name, "asks for nothing to be remembered",
                           'Add "remember": true to a decision, or {"scope": "document", "until": "YYYY-MM-DD"}')
    settings = load_settings(found_config(config)).with_rules(rule_folder, good_rules)
    known = read_customers(chosen(customers, no_customers), wants_good_rows(good_rows, settings))
    document = extract(file)
    stored = memory.remember(document, rules.scan(document, known, settings), wanted)
    count = len(stored.remembered)
    terminal.out(f"{count} {'decision is' if count == 1 else 'decisions are'} remembered now.")
    for row in stored.remembered:
        if row.scope == "everywhere" and not row.confirmed_by:
            terminal.out(terminal.wrapped(f"{row.id} holds everywhere once somebody confirms it: deckprism decisions "
                                          f"confirm {row.id} --by NAME", "  "))
    if stored.unused:
        terminal.err(f"{stored.unused} decision(s) name nothing that was found in {file.name}; "
                     "give the customer list that was used.")
    if stored.placeless:
        terminal.err(f"{stored.placeless} decision(s) are about a place and not about words: remember them with the "
                     "scope document.")
    return 1 if stored.unused or stored.placeless else 0


@app.command(name="list")
def list_decisions(as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False) -> int:
    """List what is remembered: never the words, only their first and last letter."""
    from flows import memory

    rows = memory.listed()
    if as_json:
        terminal.out_json({"remembered": [_json(row) for row in rows]})
        return 0
    if not rows:
        terminal.out("Nothing is remembered.")
        return 0
    for row in rows:
        said = f"'{row.text}'" if row.text else (row.reason or "")
        terminal.out(f"{row.id}  {row.category:<13} {row.action:<9} {row.preview}")
        terminal.out(terminal.wrapped(f"{_SCOPES[row.scope]}; {_state(row)}{f'; by {row.by}' if row.by else ''}"
                                      f"{f'; {said}' if said else ''}", "            "))
    return 0


@app.command()
def confirm(identity: Annotated[str, typer.Argument(metavar="ID", help="As deckprism decisions list shows it.")],
            by: By) -> int:
    """Let a decision act everywhere."""
    from flows import memory

    memory.confirm(identity, _name(by))
    terminal.out(f"{identity} is confirmed.")
    return 0


@app.command()
def forget(identity: Annotated[str, typer.Argument(metavar="ID", help="As deckprism decisions list shows it.")],
           by: By = "") -> int:
    """Forget a decision: what it spoke for is found again."""
    from flows import memory

    memory.forget(identity, by.strip()[:120] or "unknown")
    terminal.out(f"{identity} is forgotten.")
    return 0


def _name(by: str) -> str:
    name = " ".join(by.split())[:120]
    if not name:
        raise BadDecisions("--by", "names nobody", "Give the name of whoever confirms")
    return name


def _state(row: Remembered) -> str:
    if not row.confirmed_by:
        return "waits to be confirmed"
    ended = f"until {row.until}" if row.until else "without an end"
    return f"{ended}, confirmed by {row.confirmed_by}"


def _json(row: Remembered) -> dict[str, str | int | None]:
    return {"id": row.id, "scope": row.scope, "category": row.category, "preview": row.preview, "action": row.action,
            "text": row.text, "reason": row.reason, "by": row.by, "at": row.at, "until": row.until,
            "confirmed_by": row.confirmed_by, "confirmed_at": row.confirmed_at, "marks": row.marks}
