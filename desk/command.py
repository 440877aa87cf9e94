"""The `deckprism` command: parses arguments, calls the steps, prints a few quiet lines, and answers with an exit code.

0 done; 1 done, and people must look; 2 the input cannot be used; 3 a fault of ours. Nothing heavy is imported here:
`--help` answers within 0.4 s.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer
from typer.exceptions import TyperException

from content.errors import BadOutput, DeckprismError, InputError
from content.version import VERSION
from desk import terminal
from desk.commands import (
    audit,
    backups,
    batch,
    check,
    customers,
    decisions,
    desk,
    doctor,
    purge,
    release,
    run,
    schedules,
    setup,
    speech,
    submit,
    up,
    users,
    watch,
)
from desk.commands import rules as rule_commands

app = typer.Typer(
    name="deckprism", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Turn a talk into what it holds: find what is risky, let people decide, write the pieces, prove each sentence.")


def _version(wanted: bool) -> None:
    if wanted:
        terminal.out(f"deckprism {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Say which."),
    log: str = typer.Option("", "--log", metavar="FORM", help="Tell what happens on standard error: json or text."),
    log_file: str = typer.Option("", "--log-file", metavar="FILE", help="Tell it in this file, as json unless --log says."),
) -> None:
    if log not in {"", "json", "text"}:
        raise InputError(f"--log {log}", "is no form of a log", "Say json or text")
    if log or log_file:  # children read the environment
        os.environ["DECKPRISM_LOG"] = log or os.environ.get("DECKPRISM_LOG", "") or "json"
    if log_file:
        try:
            os.close(os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        except OSError as error:
            raise BadOutput(f"--log-file {log_file}", f"cannot be written ({error.strerror})", "Check the path") from None
        os.environ["DECKPRISM_LOG_FILE"] = str(Path(log_file).absolute())


run.register(app)
check.register(app)
batch.register(app)
watch.register(app)
speech.register(app)
desk.register(app)
up.register(app)
schedules.register(app)
submit.register(app)
release.register(app)
purge.register(app)
backups.register(app)
doctor.register(app)
setup.register(app)
app.add_typer(rule_commands.app, name="rules")
app.add_typer(users.app, name="users")
app.add_typer(audit.app, name="audit")
app.add_typer(customers.app, name="customers")
app.add_typer(decisions.app, name="decisions")


def main() -> None:
    """Run the command and leave with its exit code; no traceback ever reaches a user."""
    terminal.prepare()
    try:
        code = app(standalone_mode=False)
    except DeckprismError as error:
        terminal.err(str(error))
        code = error.exit_code
    except TyperException as error:
        terminal.err(terminal.usage(error))
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        terminal.err("Stopped.")
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # the last net: a fault of ours is one line and a number, never a traceback
        terminal.err(terminal.fault(error))
        code = 3
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
