"""How the terminal speaks: results to stdout, progress and messages to stderr, colour only where there is a terminal.

What is printed comes from files of strangers: control and direction characters never reach the terminal, where they
could move the cursor, rename the window or turn words round.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sys
import textwrap
import time
import traceback
from pathlib import Path
from types import TracebackType

from typer.exceptions import TyperException

from content.errors import BadOutput
from language.numbers import runs_of

#: Lines are filled to the terminal's width, within what reads well; where there is no terminal, to 80.
_NARROWEST, _WIDEST = 40, 120


#: What a terminal would obey, or show in another order than it was written; our own colours are let through.
_OBEYED = re.compile("(\x1b\\[(?:0|3[0-7])m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def prepare() -> None:
    """Make standard input, output and error usable: closed ones lead nowhere, and no character is too odd to print."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def shown(text: str) -> str:
    """A text that is safe to show: what a terminal would obey becomes a question mark."""
    return _OBEYED.sub(lambda match: match[1] or "?", text)


def out(text: str) -> None:
    """Print a result. Raises BadOutput when standard output cannot be written; a closed pipe only ends the printing."""
    _print(shown(text))


def out_json(value: object) -> None:
    """Print one JSON object and nothing else."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") not in {"utf8", "utf16", "utf32"}
    text = json.dumps(value, ensure_ascii=plain, indent=2)
    _print(_OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def _print(text: str) -> None:
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # as with `| head -1`: whoever listened has heard enough, the work goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise BadOutput("standard output", f"cannot be written ({error.strerror})", "Send it somewhere else") from None


def err(text: str) -> None:
    """Print a message for people; nobody there to read it is no reason to stop."""
    with contextlib.suppress(OSError):
        sys.stderr.write(shown(text) + "\n")
        sys.stderr.flush()


def fault(error: BaseException) -> str:
    """One line for a fault of ours: what and where in our code, never what it was working on."""
    if os.environ.get("DECKPRISM_DEBUG"):
        return "".join(traceback.format_exception(error))
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if "site-packages" not in frame.filename), None)
    file = Path(own.filename) if own else None
    place = f"{file.parent.name}/{file.name}:{own.lineno}" if own and file else "?"
    return (f"deckprism: a fault of ours ({type(error).__name__} at {place}). No pack was made of this file. "
            "Run it again with DECKPRISM_DEBUG=1 and report what it prints.")


def usage(error: TyperException) -> str:
    """What was wrong with the command line, in one line; the help itself when nothing was asked."""
    said = error.format_message()
    if said.lstrip().startswith("Usage:"):
        return said
    return f"deckprism: {said.rstrip('.')}. Run deckprism --help for the usage."


def colour(text: str, code: str) -> str:
    """Colour for stdout, only on a terminal and never with NO_COLOR."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def width() -> int:
    """How many columns to fill: those of the terminal (or of COLUMNS), at least 40 and at most 120."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Text in the columns of the terminal."""
    return textwrap.fill(" ".join(text.split()), width(), initial_indent=indent if first is None else first,
                         subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def numbers(values: list[int]) -> str:
    """Unit numbers as people write them: 3, 5-7 and 12."""
    runs = [str(first) if first == last else f"{first}-{last}" for first, last in runs_of(values)]
    return runs[0] if len(runs) == 1 else ", ".join(runs[:-1]) + (f" and {runs[-1]}" if runs else "")


_SAYS = {"extract": "read the file", "scan": "looked for risks", "clear": "cleared the text", "topics": "found topics",
         "write": "wrote the drafts", "render": "made files and speech", "gate": "checked every byte",
         "publish": "put the pack in place"}


class StageLines:
    """Progress for people: one line a stage with its time, and on a terminal a line that shows what runs now."""

    def __init__(self, stages: tuple[str, ...] = ()) -> None:
        """`stages` are the names in their order, so that the running one can be named."""
        self._stages = stages
        self._live = sys.stderr.isatty()
        self._started = time.perf_counter()

    def __enter__(self) -> StageLines:
        self._show(self._stages[0] if self._stages else "")
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._wipe()

    def stage(self, name: str, seconds: float) -> None:
        """A stage ended."""
        self._wipe()
        err(f"  {_SAYS.get(name, name):<24}{seconds:6.1f} s")
        following = self._stages.index(name) + 1 if name in self._stages else len(self._stages)
        if following < len(self._stages):
            self._show(self._stages[following])

    def note(self, line: str) -> None:
        """A remark."""
        self._wipe()
        err(f"  {line}")

    def advance(self, done: int, total: int) -> None:
        """So many of so many."""
        if not self._live:
            return
        width = 24
        filled = round(width * done / total) if total else width
        spent = time.perf_counter() - self._started
        left = f", about {spent / done * (total - done):.0f} s left" if done else ""
        sys.stderr.write(f"\r\x1b[K  {'█' * filled}{'░' * (width - filled)} {done} of {total}{left}")
        sys.stderr.flush()

    def _show(self, name: str) -> None:
        if self._live and name:
            sys.stderr.write(f"  … {name}")
            sys.stderr.flush()

    def _wipe(self) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
