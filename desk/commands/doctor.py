"""`deckprism doctor`: what is installed, what is stored, what runs, what would fail, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from desk import terminal
from desk.commands.check import AsJson
from desk.words import count

if TYPE_CHECKING:
    from desk.checkup.result import Check, Result

_MARKS = {"ok": "ok", "warning": "look", "failure": "FAILS"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> int:
    """Say how everything is and what to do. Exit 1 when something would fail."""
    results = []
    for name, check in _checks():
        found = _result(check)
        results.append((name, found))
        if not as_json:
            said = f"{found.said.rstrip('.')}. {found.todo}." if found.todo else found.said
            terminal.out(terminal.wrapped(said, " " * 20, f"{_MARKS[found.state]:<7}{name:<13}"))
    failures, warnings = (sum(found.state == state for _, found in results) for state in ("failure", "warning"))
    if as_json:
        terminal.out_json({"checks": [{"name": name, "state": found.state, "said": found.said, "todo": found.todo}
                                      for name, found in results], "failures": failures, "warnings": warnings})
    else:
        terminal.out(_summary(failures, warnings))
    return 1 if failures else 0


def _summary(failures: int, warnings: int) -> str:
    if failures:
        return f"{count(failures, 'thing')} would fail" + (f", {count(warnings, 'other')} to look at." if warnings else ".")
    return "Everything that a pack needs is there." + (f" {count(warnings, 'thing')} to look at." if warnings else "")


def _checks() -> tuple[tuple[str, Check], ...]:
    from desk.checkup import installed, served, stored

    return (("python", installed.python), ("parts", installed.parts), ("rules", installed.rules),
            ("languages", installed.languages), ("voices", installed.voices), ("fonts", installed.fonts),
            ("plugins", installed.plugins), ("programs", installed.programs), ("data folder", stored.folder),
            ("room", stored.room), ("key", stored.key), ("database", stored.database), ("originals", stored.originals),
            ("work", stored.work), ("backup", stored.backup), ("clock", stored.clock), ("prefect", served.prefect),
            ("server", served.server), ("log", installed.log))


def _result(check: Check) -> Result:
    from desk.checkup.result import failure

    try:
        return check()
    except Exception as error:  # a check may fail in any way; the doctor says so and goes on
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return failure(said, "")
