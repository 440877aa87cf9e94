"""A warm worker: `python -m flows.worker` makes one pack after another, libraries and language model loaded once.

One JSON object a line comes in on standard input and one goes out for each (`flows/workers.py` is the other side). A
worker ends when its input ends, so it never outlives the command that started it, not even one that was killed. What it
prints goes nowhere: libraries may print what they read.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from content.errors import DeckprismError
from flows.case import Request, request_json, request_of
from flows.peak import peak_memory
from flows.room import no_room

if TYPE_CHECKING:
    from rules.customers import CustomerList

_GRACE = 3.0
_REHEARSAL = """# How notes travel

When we began nobody wrote down any notes. It took us six months to change that, and it began with one question from a
colleague on a train. We could of asked sooner. Teams that write three notes a week find their answers sooner than others.

## What came of it

The page used to hang on a nail behind the door, where only the tallest of us could read the last line. Now it lies open on
a table, and a question has an answer before anybody has to walk over and ask. Who begins there reads it in the morning.
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one file. Either `status` and the rest of a pack, or `code` and `reason` of why there is none."""

    status: str = ""
    folder: str = ""
    #: Counts by name: `open`, `unread`, `topics`, `found:<category>`, `made:<kind>`, `model:<what>`.
    figures: dict[str, int] = field(default_factory=dict)
    code: str = ""
    reason: str = ""
    seconds: float = 0.0
    #: Peak memory of the worker so far, in MB.
    memory: float = 0.0


def encode_request(request: Request) -> bytes:
    """A request as a line for the pipe."""
    return request_json(request) + b"\n"


def decode_request(line: bytes) -> Request:
    """The request that `encode_request` wrote."""
    return request_of(line)


class Builder:
    """Makes packs, keeping the customer list between files for as long as its file does not change."""

    def __init__(self) -> None:
        """Nothing is loaded until `warm` or the first file."""
        self._customers: tuple[tuple[str, int, int], CustomerList] | None = None

    def warm(self) -> None:
        """Load what every file needs, while there is still nothing to do."""
        import generators  # noqa: F401
        import rules  # noqa: F401
        import topics  # noqa: F401
        from flows import gating, steps, writing  # noqa: F401
        from language.pipeline import load

        load("en")
        self._rehearse()

    def _rehearse(self) -> None:
        """Make a pack of a few sentences of our own and throw it away: much is loaded at its first use only."""
        import tempfile

        from flows import steps

        with suppress(Exception), tempfile.TemporaryDirectory(prefix="deckprism-") as name:
            file = Path(name) / "talk.md"
            file.write_text(_REHEARSAL, encoding="utf-8")
            case = steps.open_case(Request(file, Path(name) / "packs", audio=False))
            for stage in steps.STAGES:
                steps.run_stage(stage, case)

    def build(self, request: Request) -> Reply:
        """Make the pack of one file; whatever goes wrong becomes a coded reason without text of the file."""
        import time

        started = time.perf_counter()
        try:
            reply = self._build(request)
        except DeckprismError as error:
            reply = _full(request) if no_room(error) else Reply(code=type(error).__name__, reason=str(error))
        except MemoryError:
            reply = Reply(code="OutOfMemory", reason=f"{request.file.name}: needs more memory than there is. "
                                                     "Run it alone or on a larger machine.")
        except Exception as error:  # one bad file never stops the rest
            reply = _full(request) if no_room(error) else Reply(
                code="Fault", reason=f"{request.file.name}: a fault of ours ({place_of(error)}). Please report it.")
        return Reply(reply.status, reply.folder, reply.figures, reply.code, reply.reason,
                     time.perf_counter() - started, peak_memory())

    def _build(self, request: Request) -> Reply:
        from flows import steps
        from flows.across.taking import keep_print
        from flows.customers import wants_good_rows
        from flows.model_writing import figures_of

        steps.check_request(request)
        case = steps.open_case(request)
        if request.customers is not None:
            good_rows = wants_good_rows(request.good_rows, steps.settings_of(request))
            case.memory["customers"] = self.customers(request.customers, good_rows)
        for name in steps.STAGES:
            steps.run_stage(name, case)
        made = steps.outcome(case, {})
        keep_print(case)
        figures = {"open": made.open_findings, "unread": made.unread, "topics": made.topics,
                   **{f"found:{category}": count for category, count in made.findings.items()},
                   **{f"made:{kind}": count for kind, count in made.pieces.items()}}
        if made.model is not None:
            figures |= figures_of(made.model)
        return Reply(status=made.status.value, folder=made.folder.name, figures=figures)

    def customers(self, path: Path, good_rows: bool = False) -> CustomerList:
        """A customer list, read again only when its file changed. Raises BadCustomers."""
        from flows.customers import read_customers

        try:
            stat = path.stat()
            seen = (str(path), stat.st_mtime_ns, stat.st_size)
        except OSError:
            return read_customers(path, good_rows)
        if self._customers is None or self._customers[0] != seen:
            self._customers = (seen, read_customers(path, good_rows))
        return self._customers[1]


def _full(request: Request) -> Reply:
    """The file is not to blame: whoever asked stops, and asks again when there is room."""
    return Reply(code="NoRoom", reason=f"{request.out}: there is no room on the disk")


def main() -> int:
    """Answer requests until there are no more."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(sys.stdin.buffer, lambda row: requests.put(decode_request(row))),
                     daemon=True).start()
    builder = Builder()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is started with it ignored
    try:
        builder.warm()
        while True:
            reply = builder.build(requests.get())
            names = ("status", "folder", "figures", "code", "reason", "seconds", "memory")
            out.write(json.dumps({name: getattr(reply, name) for name in names}).encode() + b"\n")
            _give_back()
    except (KeyboardInterrupt, BrokenPipeError):
        return 0


def _give_back() -> None:
    """Hand memory that is free but kept by the C library back to the machine (30 MB of 365 after a hundred files)."""
    import ctypes

    with suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def listen(source: BinaryIO, take: Callable[[bytes], None]) -> None:
    """Hand on what is asked, a line each; at the end of input stop what is running, first kindly (it may have files to take
    away), then with all that it started. For a thread beside the work of a child that leads its own process group.
    """
    for row in source:
        take(row)
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(_GRACE)
    os.killpg(0, signal.SIGKILL)


def place_of(error: Exception) -> str:
    """The kind of an exception and where in our own code it arose; never its message, which may quote the file."""
    root = str(Path(__file__).resolve().parent.parent)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename.startswith(root) and "site-packages" not in frame.filename]
    where = f" at {Path(frames[-1].filename).relative_to(root)}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where


if __name__ == "__main__":
    raise SystemExit(main())
