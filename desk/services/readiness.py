"""Whether the desk can do its work now, each part by its code: for a load balancer, a service manager, `doctor`.

Codes and seconds alone: whoever may ask need not be signed in.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk.services.office import Office, reading
from store import outbox

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds that work may wait for somebody to take it before the desk is called not ready.
LONGEST_WAIT = 600.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name and the code of what is wrong with it, '' when nothing is."""

    name: str
    trouble: str = ""


def parts(office: Office) -> tuple[Part, ...]:
    """The database, the data folder, the originals' place, the work that waits, and who does it (`work`)."""
    checks: tuple[tuple[str, Callable[[Office], str]], ...] = (
        ("database", _database), ("files", _files), ("originals", _originals), ("outbox", _outbox),
        ("work", lambda found: found.work_trouble()))
    return tuple(Part(name, _coded(check, office)) for name, check in checks)


def _coded(check: Callable[[Office], str], office: Office) -> str:
    try:
        return check(office)
    except Exception as error:  # whatever is wrong: its kind is said, its message may name files
        return type(error).__name__


def _database(office: Office) -> str:
    from sqlalchemy import text

    with reading(office.engine) as session:
        session.execute(text("SELECT 1"))
    return ""


def _files(office: Office) -> str:
    """Whether the data folder takes a byte and gives it back."""
    with tempfile.TemporaryFile(dir=office.folder) as probe:
        probe.write(b"1")
        probe.flush()
        probe.seek(0)
        return "" if probe.read() == b"1" else "NotKept"


def _originals(office: Office) -> str:
    """Whether the place of the originals, which may be another system (`DECKPRISM_FILES`), takes a byte."""
    office.files.probe()
    return ""


def _outbox(office: Office) -> str:
    with reading(office.engine) as session:
        oldest = outbox.oldest_ready(session)
    if not oldest:
        return ""
    waited = (datetime.now(UTC) - datetime.fromisoformat(oldest)).total_seconds()
    return f"WaitsFor{waited:.0f}Seconds" if waited > LONGEST_WAIT else ""
