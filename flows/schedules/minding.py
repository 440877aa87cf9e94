"""Starts what is due on a server whose own scheduler plans nothing, from the worker, over HTTP.

The local server is ours and is mended for the SQLAlchemy of this environment (flows/server_process.py). One that somebody
else started may have the same fault: it answers, takes deployments and never plans a run of them. Reconcile is due every
two minutes, so a server that plans none of it plans nothing. Then, and only then, the worker starts what is due itself:
each slot once, by its key and by our own store, so it does no harm when the scheduler wakes up after all. Prefect is not
imported here.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from content.errors import DeckprismError
from flows.schedules.catching_up import catch_up
from flows.schedules.timing import latest
from flows.team import api
from flows.team.api import Api, Away
from flows.team.deployments import NAME
from flows.team.serving import Served
from store.schedules import moment

#: Seconds between two looks, and how many of them in a row must find nothing planned: a deployment that is made anew has
#: no run planned for a while.
LOOK_EVERY, LOOKS = 30.0, 3


def plans(server: Api) -> bool:
    """Whether the server plans runs of reconcile; also when somebody paused it. Raises Away when it does not answer."""
    if api.paused(server, "reconcile", NAME):
        return True
    return api.planned_after(server, api.deployment_id(server, "reconcile", NAME), datetime.now(UTC))


def plans_nothing(stopped: threading.Event, every: float = LOOK_EVERY) -> bool:
    """Wait until it is known whether the server plans; False as soon as it does, and when stopped."""
    empty = 0
    while empty < LOOKS:
        if stopped.wait(every):
            return False
        server = api.find_api()
        with suppress(Away):
            if server is not None:
                if plans(server):
                    return False
                empty += 1
    return True


def mind(served: Sequence[Served], stopped: threading.Event, every: float = LOOK_EVERY) -> None:
    """Look again and again until stopped, and start what is due while the server plans nothing."""
    while not stopped.is_set():
        if plans_nothing(stopped, every):
            while _still_nothing() and not stopped.is_set():
                with suppress(DeckprismError, Away):  # a store or a server that is away: at the next look
                    start_due(served, datetime.now(UTC))
                stopped.wait(every)
        else:
            stopped.wait(20 * every)


def start_due(served: Sequence[Served], at: datetime) -> None:
    """Start the newest slot of each deployment that runs by itself, and of each schedule. Raises Away."""
    server = api.find_api()
    if server is None:
        raise Away("NoServer")
    for each in served:
        due = _due(each, at)
        flow = each.flow.rpartition(":")[2]
        if due is not None and not api.paused(server, flow, each.name):
            api.start_run(server, api.deployment_id(server, flow, each.name), each.parameters, f"due:{moment(due)}")
    catch_up()


def _due(served: Served, at: datetime) -> datetime | None:
    if served.every:
        return datetime.fromtimestamp(math.floor(at.timestamp() / served.every) * served.every, UTC)
    due = latest(served.cron, served.time_zone, at) if served.cron else None
    return due if due is not None and at - due < timedelta(days=1) else None


def _still_nothing() -> bool:
    server = api.find_api()
    try:
        return server is None or not plans(server)
    except Away:
        return True
