"""Whether a batch can be made where `[scale]` of deckprism.toml says, told before anything starts.

Imports no prefect: it is asked before Prefect's settings are in place.
"""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

from content.errors import BadSettings
from content.settings import Scale
from flows.data import database_url

_NEAR = frozenset({"127.0.0.1", "localhost", "::1"})


def check_scale(scale: Scale) -> None:
    """Refuse early what cannot work. Raises BadSettings."""
    if scale.runner != "dask":
        return
    if find_spec("prefect_dask") is None:
        raise BadSettings("[scale] runner", "is dask, and Dask is not installed here",
                          "Install deckprism[scale], or take the line out to use the workers of this machine")
    if not scale.address:
        return
    try:
        host = urlsplit(scale.address).hostname
    except ValueError:
        host = None
    if not host:
        raise BadSettings("[scale] address", "names no machine", "Write it as tls://host:8786")
    if host not in _NEAR and database_url().startswith("sqlite"):
        raise BadSettings("[scale] address", "names another machine, and the store is SQLite on this one",
                          "Set DECKPRISM_DATABASE to a PostgreSQL that all machines reach")
