"""The desk's work for flows: the same office, handlers and hooks as in process, opened in the process of a flow run.

What the operator named at the start of the desk (settings, customer list, folder to publish to, address) comes through
the environment, which the worker hands on to the runs. None of it is text of a document.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.team.means import Means

#: What `FACTORY` of flows/team/means.py is set to.
PLACE = "desk.services.team:means"
CONFIG, CUSTOMERS, PUBLISH_TO = "DECKPRISM_TEAM_CONFIG", "DECKPRISM_TEAM_CUSTOMERS", "DECKPRISM_TEAM_PUBLISH_TO"
ADDRESS = "DECKPRISM_TEAM_ADDRESS"


def means() -> Means:
    """Open the office and its work. Raises BadOutput or InputError when the store cannot be used."""
    from desk.services.office import open_office
    from desk.services.worker import local_work
    from flows.team.means import Means

    office = open_office(_path(CONFIG), _path(CUSTOMERS), _path(PUBLISH_TO))

    def purge() -> Mapping[str, int]:
        from desk.services import retention
        from desk.services.users import operator

        gone = retention.purge(office, operator())
        return {"submissions": len(gone.submissions), "originals": gone.originals, "builds": gone.builds}

    return Means(office.engine, local_work(office), purge, office.settings.notices.address or os.environ.get(ADDRESS, ""))


def surroundings(config: Path | None, customers: Path | None, publish_to: Path | None, address: str) -> dict[str, str]:
    """The environment that makes `means` open the same office as the desk."""
    from flows.team.means import FACTORY

    paths = {CONFIG: config, CUSTOMERS: customers, PUBLISH_TO: publish_to}
    named = {name: str(path.absolute()) for name, path in paths.items() if path is not None}
    return {FACTORY: PLACE, ADDRESS: address, **named}


def _path(name: str) -> Path | None:
    value = os.environ.get(name, "")
    return Path(value) if value else None
