"""What a running Deckprism tells whoever operates it: one line an event, as JSON or as words, with ids and figures only.

`DECKPRISM_LOG` is `json` or `text` (off without it), `DECKPRISM_LOG_LEVEL` the least that is told (info), and
`DECKPRISM_LOG_FILE` a file instead of standard error; the file may be renamed under us, the next line makes it anew.
Children inherit the environment and write the same way, a line in one write.

A line is built of an event's name, ids and codes that look like ids and codes, and numbers. Whatever does not look so
becomes a question mark, so that neither a document's text nor a file's name can be in a line, and of what libraries say
only who spoke and the kind of an exception is kept.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import os
import re
import sys
import threading
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from io import TextIOWrapper

FORM, LEVEL, FILE = "DECKPRISM_LOG", "DECKPRISM_LOG_LEVEL", "DECKPRISM_LOG_FILE"
FORMS = ("json", "text")
LEVELS = ("debug", "info", "warning", "error")
_NAME = "deckprism"
_EVENT = re.compile(r"[a-z]+(?:_[a-z]+)*")
#: Ids are made by us of letters, digits and these; names of schedules are slugs.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@+-]{0,159}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,59}|[1-5][0-9]{2}")
_PLACE = re.compile(r"[a-z_]+(?:/[a-z_0-9]+)*\.py:[0-9]{1,6}")
_LIBRARY = re.compile(r"[A-Za-z_][\w.]{0,79}")
_lock = threading.Lock()
_ready: tuple[str, str, str] | None = None


class _Event(logging.LogRecord):
    """A record of ours: its fields were looked at when it was made."""

    fields: dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Ids:
    """What an event is about. Everything is an id or a word of a closed list; '' is left out."""

    submission: str = ""
    work: str = ""
    batch: str = ""
    item: str = ""
    schedule: str = ""
    kind: str = ""
    state: str = ""
    #: A place in our own source: `flows/local.py:12`.
    place: str = ""


def tell(event: str, ids: Ids = Ids(), *, code: str = "", seconds: float | None = None, count: int | None = None,
         debug: bool = False) -> None:
    """Tell of an event, a word of the source (`work_done`). With a code of what went wrong it is a warning."""
    if not wanted() and _ready is None:
        return
    set_up()
    logger = logging.getLogger(_NAME)
    level = logging.WARNING if code else logging.DEBUG if debug else logging.INFO
    if not logger.handlers or not logger.isEnabledFor(level):
        return
    record = _Event(_NAME, level, __file__, 0, event, None, None)
    record.fields = {"event": _plain(_EVENT, event)}
    for field in fields(ids):
        value = str(getattr(ids, field.name))
        if value:
            record.fields[field.name] = _plain(_PLACE if field.name == "place" else _ID, value)
    if code:
        record.fields["code"] = _plain(_CODE, code)
    if seconds is not None:
        record.fields["seconds"] = round(seconds, 3)
    if count is not None:
        record.fields["count"] = count
    logger.handle(record)


def wanted() -> bool:
    """Whether anything is told at all."""
    return os.environ.get(FORM, "") in FORMS


def set_up() -> None:
    """Read the environment; done by itself at the first event. Only libraries' own words need it earlier."""
    global _ready
    asked = (os.environ.get(FORM, ""), os.environ.get(LEVEL, ""), os.environ.get(FILE, ""))
    with _lock:
        if asked == _ready:
            return
        ours, root = logging.getLogger(_NAME), logging.getLogger()
        for logger in (ours, root):
            for old in [each for each in logger.handlers if isinstance(each.formatter, Lines)]:
                logger.removeHandler(old)
                with contextlib.suppress(OSError, ValueError):  # closing writes what is left, which a full disk refuses
                    old.close()
        ours.propagate = False
        if asked[0] in FORMS:
            level = asked[1] if asked[1] in LEVELS else "info"
            for logger, least in ((ours, level), (root, "warning")):
                handler = _handler(asked[2])
                handler.setFormatter(Lines(asked[0] == "json"))
                handler.setLevel(least.upper())
                logger.addHandler(handler)
            ours.setLevel(level.upper())
        _ready = asked


class Lines(logging.Formatter):
    """One line a record."""

    def __init__(self, as_json: bool) -> None:
        """As JSON, or as words for people."""
        super().__init__()
        self._json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = record.fields if isinstance(record, _Event) else _of_library(record)
        if self._json:
            return json.dumps({"at": at, "level": record.levelname.lower(), "process": record.process, **told})
        said = " ".join(f"{name}={value}" for name, value in told.items() if name != "event")
        return f"{at} {record.levelname.lower():<7} {told['event']} {said}".rstrip()


def _plain(form: re.Pattern[str], value: str) -> str:
    return value if form.fullmatch(value) else "?"


def _of_library(record: logging.LogRecord) -> dict[str, str | int | float]:
    """Who spoke and what kind of exception it was: what a library says may quote what it read."""
    said: dict[str, str | int | float] = {"event": "library", "logger": _plain(_LIBRARY, record.name), "line": record.lineno}
    if record.exc_info and record.exc_info[0] is not None:
        said["code"] = _plain(_CODE, record.exc_info[0].__name__)
    return said


def _handler(file: str) -> logging.Handler:
    if not file:
        return logging.StreamHandler(sys.stderr)
    return _Appending(file, encoding="utf-8")


class _Appending(logging.handlers.WatchedFileHandler):
    """A file for its owner alone, opened anew when somebody renamed it; a full disk costs lines and nothing else."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8", errors="replace")

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the work goes on."""
