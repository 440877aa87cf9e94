"""The warm child of a desk: `python -m flows.local_child` runs stages on a folder and tells each stage's start and end.

One JSON object a line comes in, one or more go out: {"stage": name} when a stage starts, {"ended": name, "seconds": s}
when it ends, and last {"done": ...}. It ends when its input ends, so it never outlives its desk, not even one that was
killed. It reads and writes only in the folder it is given, and prints nothing: libraries may print what they read.
"""

from __future__ import annotations

import errno
import json
import os
import queue
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from content.cleared import ClearedDocument
from content.document import Document
from content.draft import Draft
from content.errors import DeckprismError
from content.finding import Finding
from content.length import length_of
from content.pack import Pack
from content.settings import load_settings
from content.topic import Topic
from flows.case import Case, Request
from flows.editing import fitting
from flows.peak import peak_memory
from flows.revision import Revision
from flows.worker import Builder, listen, place_of

T = TypeVar("T")
#: The stages of the first ask (document and findings) and of the second (the pieces).
READING = ("extract", "scan")
BUILDING = ("clear", "topics", "write", "render", "gate", "publish")


@dataclass(frozen=True, slots=True)
class Ask:
    """Stages to run on a folder. `folder` holds what they need by name and gets what they make."""

    folder: str
    stages: tuple[str, ...]
    file: str = ""
    name: str = ""
    customers: str = ""
    settings: str = ""
    audio: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an ask: figures and ids, no text. With `code` it could not be done; `reason` says why to people."""

    code: str = ""
    reason: str = ""
    #: Whether another try may help: a fault, a lack of memory; never a file that cannot be read.
    again: bool = False
    #: No room on the disk: nobody's fault, and over when there is room.
    full: bool = False
    #: Ids of the findings that somebody must decide about.
    open: tuple[str, ...] = ()
    status: str = ""
    slug: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    memory: float = 0.0


def run(ask: Ask, builder: Builder, tell: Callable[[dict[str, object]], None]) -> Made:
    """Do what is asked; whatever goes wrong becomes a coded reason without text of the file."""
    name = ask.name or "the file"
    try:
        made = _run(ask, builder, tell)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return Made("NoRoom", "There is no room on the disk. It goes on by itself when there is.", full=True)
        return Made("Fault", _fault(name, error), again=True)
    except DeckprismError as error:
        if _is_full(error):
            return Made("NoRoom", "There is no room on the disk. It goes on by itself when there is.", full=True)
        return Made(type(error).__name__, str(error), again=error.exit_code == 3)
    except MemoryError:
        return Made("OutOfMemory", f"{name}: needs more memory than there is. Split it and hand in the parts.",
                    again=True)
    except Exception as error:  # one bad file never stops the desk
        return Made("Fault", _fault(name, error), again=True)
    return replace(made, memory=peak_memory())


def _run(ask: Ask, builder: Builder, tell: Callable[[dict[str, object]], None]) -> Made:
    from flows import steps
    from flows.model_writing import for_desk

    folder = Path(ask.folder)
    settings = Path(ask.settings) if ask.settings else None
    request = Request(file=Path(ask.file), out=folder / "pack", settings=settings,
                      customers=Path(ask.customers) if ask.customers else None, audio=ask.audio, name=ask.name,
                      writer=for_desk(load_settings(settings)) if "write" in ask.stages else "")
    case = Case(id=folder.name, request=request)
    if request.customers is not None:
        case.memory["customers"] = builder.customers(request.customers)
    if "extract" not in ask.stages:
        case.memory["document"] = load(folder, "document", Document)
        case.memory["findings"] = load(folder, "findings", tuple[Finding, ...])
        case.memory["revision"] = load(folder, "revision", Revision)
    for name in ask.stages:
        tell({"stage": name})
        started = time.perf_counter()
        steps.run_stage(name, case)
        if name == "clear" and case.get("open", tuple[Finding, ...]):
            case.request = replace(case.request, audio=False)  # nobody needs to hear what is still masked
        _keep(case, name, folder)
        tell({"ended": name, "seconds": round(time.perf_counter() - started, 3)})
    return _made(case)


def _keep(case: Case, stage: str, folder: Path) -> None:
    """Write what a stage made and others need. Files of the pack are in the pack alone, not in its account here."""
    if stage == "extract":
        save(folder, "document", case.get("document", Document), Document)
    elif stage == "scan":
        save(folder, "findings", case.get("findings", tuple[Finding, ...]), tuple[Finding, ...])
    elif stage == "topics":
        save(folder, "cleared", case.get("cleared", ClearedDocument), ClearedDocument)
        save(folder, "topics", case.get("topics", tuple[Topic, ...]), tuple[Topic, ...])
    elif stage == "write":
        drafts, refused = case.get("drafts", tuple[Draft, ...]), case.get("refused", dict[str, str])
        save(folder, "drafts", drafts, tuple[Draft, ...])
        save(folder, "edits", fitting(drafts, refused, case.get("revision", Revision).edits), dict[int, str])
    elif stage == "gate":
        pack = case.get("pack", Pack)
        light = tuple(each.model_copy(update={"data": b""}) for each in pack.artefacts)
        save(folder, "pack", pack.model_copy(update={"artefacts": light}), Pack)


def _made(case: Case) -> Made:
    if not case.has("pack"):
        return Made()
    pack = case.get("pack", Pack)
    kinds = Counter(draft.kind for draft in pack.drafts)
    open_ = case.get("open", tuple[Finding, ...])
    figures = {"open": len({each.group for each in open_}), "topics": len(pack.topics), "refused": len(pack.refused),
               "coverage": round(100 * pack.coverage.share), "files": len(pack.artefacts),
               **{f"made:{kind}": count for kind, count in sorted(kinds.items())}}
    length = length_of(pack.drafts, pack.artefacts)
    if length is not None and length.measured:
        figures["spoken"] = length.seconds  # seconds of the spoken file: without it there is a script alone
    return Made(open=tuple(each.id for each in open_), status=pack.status.value, slug=pack.slug, figures=figures)


def save(folder: Path, name: str, value: T, kind: type[T]) -> None:
    """Write a result beside its place and rename it, so that nobody ever reads half of it."""
    partial = folder / f".{name}.partial"
    partial.write_bytes(TypeAdapter(kind).dump_json(value))
    partial.replace(folder / f"{name}.json")


def load(folder: Path, name: str, kind: type[T]) -> T:
    """Read a result back. Raises OSError or pydantic's ValidationError."""
    return TypeAdapter(kind).validate_json((folder / f"{name}.json").read_bytes())


def _is_full(error: DeckprismError) -> bool:
    cause = error.__cause__ or error.__context__
    return isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)


def _fault(name: str, error: Exception) -> str:
    return f"{name}: a fault of ours ({place_of(error)}). Please report it."


def main() -> int:
    """Answer asks until there are no more."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    with suppress(OSError):  # when memory runs out, this process goes and not the desk
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    asks: queue.SimpleQueue[Ask] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(sys.stdin.buffer, lambda row: asks.put(_ask(row))), daemon=True).start()
    builder = Builder()
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def tell(event: dict[str, object]) -> None:
        out.write(json.dumps(event).encode() + b"\n")

    try:
        builder.warm()
        while True:
            tell({"done": asdict(run(asks.get(), builder, tell))})
    except (KeyboardInterrupt, BrokenPipeError):
        return 0


def _ask(row: bytes) -> Ask:
    given = json.loads(row)
    return Ask(**{**given, "stages": tuple(given["stages"])})


if __name__ == "__main__":
    raise SystemExit(main())
