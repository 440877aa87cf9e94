"""Starts what was missed while nothing served the schedules: at most one run of each, for its newest slot.

Prefect forgets the runs that were due when its deployments are made anew, which every start does. So whoever serves asks
our store what is owed and starts it over HTTP, with the slot as the key: asked twice, it is one run. Prefect is not
imported here.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from flows.data import database_url
from flows.schedules.taking import owed
from flows.team import api
from store.database import open_database
from store.schedules import moment

#: How the key of such a run begins; the flow tells it from a run that a person started.
KEY = "slot:"


def catch_up() -> tuple[str, ...]:
    """Start what is owed now; returns the names. What cannot be started is left for the next slot."""
    engine = open_database(database_url())
    try:
        waiting = owed(engine, datetime.now(UTC))
    finally:
        engine.dispose()
    server = api.find_api() if waiting else None
    started = []
    for name, due in waiting:
        if server is not None:
            with suppress(api.Away):
                if api.paused(server, "scheduled", name):
                    continue
                deployment = api.deployment_id(server, "scheduled", name)
                api.start_run(server, deployment, {"schedule": name}, f"{KEY}{name}:{moment(due)}")
                started.append(name)
    return tuple(started)
