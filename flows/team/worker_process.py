"""The worker of a team as a process of its own: `python -m flows.team.worker_process [--limit N] [--pool NAME]`.

It waits for the Prefect server, registers and serves the team's deployments and those of the schedules, and asks for
one reconcile run at once, so that what was left by those before it goes on. On a server that plans nothing it plans.
It ends with its standard input, and its runs end with it. The environment says what does the desk's work
(flows/team/means.py).
"""

from __future__ import annotations

import argparse
import secrets
import sys
import threading
from contextlib import suppress

from content.errors import DeckprismError
from flows.data import data_folder, database_url
from flows.presence import at_work
from flows.schedules.catching_up import catch_up
from flows.schedules.deploying import scheduled, upkeep
from flows.schedules.minding import mind
from flows.server import START_TIMEOUT, existing_server
from flows.team import api
from flows.team.api import Away
from flows.team.deployments import NAME, team
from flows.team.parent import end_with_input
from flows.team.serving import Served, serve_deployments
from store.database import open_database


def main() -> int:
    """Serve until told to stop. 0 when it was, 3 when the server went away."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=2)
    parser.add_argument("--pool", default="")
    given = parser.parse_args()
    end_with_input()
    try:
        with at_work(data_folder()), existing_server(START_TIMEOUT):
            stopped = threading.Event()
            threading.Thread(target=mind, args=(upkeep(), stopped), daemon=True).start()
            serve_deployments((*team(), *_schedules()), limit=given.limit, pool=given.pool, ready=_begin)
            stopped.set()
    except DeckprismError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _schedules() -> tuple[Served, ...]:
    """Those that `deckprism deploy` wrote into the store, as they are at this start."""
    engine = open_database(database_url())
    try:
        return scheduled(engine)
    finally:
        engine.dispose()


def _begin() -> None:
    """Say that it is ready, and have what was left behind looked for."""
    server = api.find_api()
    if server is not None:
        with suppress(Away):
            reconcile = api.deployment_id(server, "reconcile", NAME)
            api.start_run(server, reconcile, {}, f"worker:{secrets.token_hex(8)}")
    catch_up()
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
