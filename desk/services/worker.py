"""The desk's work in process: flows/local.py with what the services have to add to it.

A module of this package that does a kind of short work says so in `HANDLERS` ({kind: function(office, subject,
revision)}); one that wants to know of events in `ON_EVENT` (function(office, session, event, submission), called inside
of the transaction of the event); one that changes findings before they are kept in `ADJUSTED` (function(session,
findings)).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from content.finding import Finding
from content.registry import discover
from desk.services.office import Office

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from flows.local import LocalWork

Handler = Callable[[Office, str, str], None]
OnEvent = Callable[[Office, "Session", str, str], None]
Adjusted = Callable[["Session", tuple[Finding, ...]], tuple[Finding, ...]]
_PACKAGE = "desk.services"


def local_work(office: Office, limit: float | None = None) -> LocalWork:
    """The work of an office, not started yet. Give `wake` of it to the office that serves the page."""
    from flows.local import LIMIT, Hooks, LocalWork, Places

    handlers: dict[str, Callable[[str, str], None]] = {}
    for found in cast("tuple[Mapping[str, Handler], ...]", discover(_PACKAGE, "HANDLERS")):
        handlers |= {kind: partial(handler, office) for kind, handler in found.items()}
    places = Places(office.files.path, office.cases(), office.builds(), office.settings_file, office.customers_file)
    return LocalWork(office.engine, office.key, places, handlers, Hooks(adjusted, partial(announce, office)),
                     limit or LIMIT)


def adjusted(session: Session, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings as administrators want them."""
    for change in cast("tuple[Adjusted, ...]", discover(_PACKAGE, "ADJUSTED")):
        findings = change(session, findings)
    return findings


def announce(office: Office, session: Session, event: str, submission: str) -> None:
    """Tell whoever is told of events: submitted, waiting, decided, built, set_aside, approved, released, withdrawn,
    rejected."""
    for told in cast("tuple[OnEvent, ...]", discover(_PACKAGE, "ON_EVENT")):
        told(office, session, event, submission)
