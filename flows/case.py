"""One file on its way through the stages: what was asked for, and what each stage made of it.

A case kept in memory serves `deckprism run`. A case with a folder also writes each result there, so that a Prefect task
needs nothing but the case's id, and a killed run goes on where it stopped. The folder holds document text: it is made
readable for its owner only and lies in the data folder, never in a pack.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from pydantic import TypeAdapter

from content.errors import Fault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for: one file, where the pack goes, and what to know about it."""

    file: Path
    out: Path
    customers: Path | None = None
    decisions: Path | None = None
    settings: Path | None = None
    audio: bool = True
    #: How many topics, when a person insists.
    topics: int | None = None
    #: A folder of rules of one's own, instead of the one that the settings name.
    rules: Path | None = None
    good_rules: bool = False
    #: The day that every `until` is compared with. Without one, what has an `until` does not act.
    on: date | None = None
    #: Whether decisions that the data folder remembers act.
    memory: bool = False
    #: Whether the customer list is used without the rows that cannot be.
    good_rows: bool = False
    #: What people call the file, where it lies under another name.
    name: str = ""
    #: The model that rewrites the drafts (flows.model_writing); '' for none, and nothing of it is imported.
    writer: str = ""
    #: Minutes of the episode; None for what the profile says.
    minutes: int | None = None
    #: The units at which topics are to begin, when a person insists on that.
    topics_at: tuple[int, ...] = ()
    #: Slides as they look in the pack (Policy.slide_pictures); '' for what the policy says.
    slide_pictures: str = ""

    @property
    def shown(self) -> str:
        """The file's name for people."""
        return self.name or self.file.name


@dataclass(slots=True)
class Case:
    """The request and the results so far, by name ("document", "findings", ...)."""

    id: str
    request: Request
    folder: Path | None = None
    memory: dict[str, object] = field(default_factory=dict)

    def put(self, name: str, value: object, kind: type[T]) -> None:
        """Keep a result, and write it where the case has a folder."""
        self.memory[name] = value
        if self.folder is not None:
            _write(self.folder / f"{name}.json", TypeAdapter(kind).dump_json(cast("T", value)))

    def get(self, name: str, kind: type[T]) -> T:
        """A result of an earlier stage. Raises Fault when that stage has not run."""
        if name not in self.memory:
            file = self.folder / f"{name}.json" if self.folder else None
            if file is None or not file.is_file():
                raise Fault(f"case {self.id}", f"has no {name} yet", "Run the stages in their order")
            self.memory[name] = TypeAdapter(kind).validate_json(file.read_bytes())
        return cast("T", self.memory[name])

    def has(self, name: str) -> bool:
        """Whether a result is there."""
        return name in self.memory or (self.folder is not None and (self.folder / f"{name}.json").is_file())


def request_json(request: Request) -> bytes:
    """A request as one line of JSON, for a case's folder and for a worker's pipe."""
    plain = {key: str(value) if isinstance(value, Path | date) else value for key, value in asdict(request).items()}
    return json.dumps(plain).encode()


def request_of(line: bytes) -> Request:
    """The request that `request_json` wrote, also one of an older version. Raises ValueError for anything else."""
    raw = json.loads(line)

    def path(key: str) -> Path | None:
        return Path(raw[key]) if raw[key] is not None else None

    return Request(file=Path(raw["file"]), out=Path(raw["out"]), customers=path("customers"),
                   decisions=path("decisions"), settings=path("settings"), audio=bool(raw["audio"]),
                   topics=raw["topics"], rules=path("rules"), good_rules=bool(raw["good_rules"]),
                   on=date.fromisoformat(raw["on"]) if raw["on"] else None, memory=bool(raw["memory"]),
                   good_rows=bool(raw["good_rows"]), name=raw.get("name", ""), writer=raw.get("writer", ""),
                   minutes=raw.get("minutes"), topics_at=tuple(raw.get("topics_at", ())),
                   slide_pictures=raw.get("slide_pictures", ""))


def open_case(request: Request, home: Path | None = None) -> Case:
    """Start a case; with `home` it gets a folder of its own under it, private to its owner."""
    if home is None:
        return Case(id="run", request=request)
    name = secrets.token_hex(8)
    folder = home / name
    folder.mkdir(parents=True, mode=0o700)
    _write(folder / "request.json", request_json(request))
    return Case(id=name, request=request, folder=folder)


def load_case(name: str, home: Path) -> Case:
    """Open a case again by its id. Raises Fault when there is none."""
    folder = home / name
    try:
        request = request_of((folder / "request.json").read_bytes())
    except (OSError, ValueError):
        raise Fault(f"case {name}", "is not in the data folder", "Start the job again") from None
    return Case(id=name, request=request, folder=folder)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(file: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
