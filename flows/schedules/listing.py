"""What is planned and what came of it: from our own store, and what Prefect knows where a server answers.

Works without a server and without importing prefect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from flows.holder import gone
from flows.schedules.timing import following
from store import schedules
from store.database import reading
from store.schedules import Slot

if TYPE_CHECKING:
    from sqlalchemy import Engine

_NEXT = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule, the moments at which it is due next (UTC), its last slots (newest first) and Prefect's word."""

    name: str
    kind: str
    cron: str
    time_zone: str
    following: tuple[datetime, ...]
    last: tuple[Slot, ...]
    #: "ready", "paused", "not deployed" or "no server".
    prefect: str


def planned(engine: Engine, at: datetime, last: int = 3) -> tuple[Planned, ...]:
    """All schedules of the store by name."""
    with reading(engine) as session:
        rows = [(each, schedules.last(session, each.name, last)) for each in schedules.deployed(session)]
    states = _prefect([each.name for each, _ in rows])
    return tuple(Planned(each.name, each.kind, each.cron, each.time_zone,
                         tuple(islice(following(each.cron, each.time_zone, at), _NEXT)),
                         tuple(map(_as_it_is, slots)), states[each.name])
                 for each, slots in rows)


def _as_it_is(slot: Slot) -> Slot:
    """A slot whose process is gone is interrupted, also before the next one writes that down."""
    dead = slot.state == "running" and gone(slot.taken_by)
    if not dead:
        return slot
    return replace(slot, state="interrupted", code="Interrupted", outcome="Its process ended before it was done.")


def _prefect(names: list[str]) -> dict[str, str]:
    from flows.team import api

    server = api.find_api()
    if server is None or not api.healthy(server):
        return dict.fromkeys(names, "no server")
    states = {}
    for name in names:
        try:
            states[name] = "paused" if api.paused(server, "scheduled", name) else "ready"
        except api.Missing:
            states[name] = "not deployed"
        except api.Away:
            states[name] = "no server"
    return states
