"""What the stages made of a submission, read from its case folder: the text of a document is nowhere else.

Kept in memory while the files stay as they are, since every page of a review asks for it. Whoever calls has checked the
actor's rights before; nothing here may be written to a log, an address or the database.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from content.cleared import ClearedDocument
from content.document import Document
from content.draft import Draft
from content.errors import Fault
from content.finding import Finding
from content.pack import Pack
from content.topic import Topic
from desk.rights import NotThere
from desk.services.office import Office, reading
from flows.revision import missed_finding, with_missed
from store.tables_review import Missed

T = TypeVar("T")
#: Submissions whose material is kept in memory at most.
_KEPT = 12
_FILES = ("document", "findings", "topics", "cleared", "drafts", "pack", "edits")
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Material:
    """A submission's document, what was found and marked in it, and its newest pieces (empty until there are some)."""

    document: Document
    #: Those of the scan and those that reviewers marked (rule `reviewer.missed`), in the order of the document.
    findings: tuple[Finding, ...]
    topics: tuple[Topic, ...] = ()
    cleared: ClearedDocument | None = None
    drafts: tuple[Draft, ...] = ()
    #: Without the bytes of its files: those lie in the build's folder.
    pack: Pack | None = None
    #: Those of the scan alone.
    scanned: tuple[Finding, ...] = ()
    #: What became of each edit in the newest build, by its id: '' when it stands in its piece, else why not.
    edits: Mapping[int, str] = field(default_factory=dict)


_cache: OrderedDict[tuple[Path, str], tuple[_Stamp, Material]] = OrderedDict()
#: The titles of topics alone, for lists, which show more submissions than are kept whole.
_TITLES = 2000
_titles: dict[Path, tuple[tuple[int, int], tuple[str, ...]]] = {}
_lock = threading.Lock()


def case_folder(office: Office, submission: str) -> Path:
    """Where a submission's material lies. Raises NotThere for what is no id."""
    if not submission.isalnum() or not submission.isascii() or len(submission) > 40:
        raise NotThere("this submission", "is not here", "Check the address")
    return office.cases() / submission


def ready(office: Office, submission: str) -> bool:
    """Whether the document was read and scanned."""
    folder = case_folder(office, submission)
    return all((folder / f"{name}.json").is_file() for name in ("document", "findings"))


def material(office: Office, submission: str) -> Material:
    """All that there is of a submission, with what reviewers marked by now. Raises NotThere before it was scanned."""
    with reading(office.engine) as session:
        marked = session.scalars(select(Missed).where(Missed.submission == submission, Missed.undone_at.is_(None))
                                 .order_by(Missed.at, Missed.id)).all()
    return with_marks(_material(office, submission), marked)


def with_marks(found: Material, marked: Sequence[Missed]) -> Material:
    """Material with marked places among its findings, for callers that have read the rows already."""
    if not marked:
        return found
    missed = [each for row in marked if (each := missed_finding(found.document, row)) is not None]
    return replace(found, findings=with_missed(found.document, found.scanned, missed))


def scanned(office: Office, submission: str) -> Material:
    """The same without what reviewers marked; asks no database."""
    return _material(office, submission)


def topic_titles(office: Office, submission: str) -> tuple[str, ...]:
    """The titles of a submission's topics, without reading anything else of it; () where there are none to be read."""
    file = case_folder(office, submission) / "topics.json"
    stamp = _stamp(file)
    with _lock:
        known = _titles.get(file)
    if known is not None and known[0] == stamp:
        return known[1]
    try:
        made = tuple(each.title for each in _read(file.parent, "topics", tuple[Topic, ...]) or ())
    except Fault:
        made = ()
    with _lock:
        if len(_titles) >= _TITLES:
            _titles.clear()
        _titles[file] = (stamp, made)
    return made


def forget(submission: str) -> None:
    """Drop what is kept in memory of a submission, after a purge."""
    with _lock:
        for known in [each for each in _cache if each[1] == submission]:
            del _cache[known]
        for file in [each for each in _titles if each.parent.name == submission]:
            del _titles[file]


def _material(office: Office, submission: str) -> Material:
    folder = case_folder(office, submission)
    stamp = tuple(_stamp(folder / f"{name}.json") for name in _FILES)
    if stamp[0] == (0, 0) or stamp[1] == (0, 0):
        raise _not_yet()
    with _lock:
        known = _cache.get((folder, submission))
        if known is not None and known[0] == stamp:
            _cache.move_to_end((folder, submission))
            return known[1]
    document = _read(folder, "document", Document)
    findings = _read(folder, "findings", tuple[Finding, ...])
    if document is None or findings is None:
        raise _not_yet()
    made = Material(
        document, findings, _read(folder, "topics", tuple[Topic, ...]) or (), _read(folder, "cleared", ClearedDocument),
        _read(folder, "drafts", tuple[Draft, ...]) or (), _read(folder, "pack", Pack), findings,
        _read(folder, "edits", dict[int, str]) or {})
    with _lock:
        _cache[folder, submission] = (stamp, made)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return made


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def _read(folder: Path, name: str, kind: type[T]) -> T | None:
    try:
        return TypeAdapter(kind).validate_json((folder / f"{name}.json").read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise Fault(f"case {folder.name}", f"its {name} cannot be read", "Start the work on it again") from None


def _not_yet() -> NotThere:
    return NotThere("this submission", "has not been read yet", "Wait until the work on it is done")
