"""The Prefect server of `deckprism up`: the configured one, the one that runs for this data folder, or one of our own.

One of our own is a part that is started again when it dies, at the same port and with the same password. While `up`
runs, it counts as a user of the local server, so that a batch that ends beside it leaves it standing. Prefect is not
imported here.
"""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.children import module_path
from flows.data import prefect_folder
from flows.server import QUIET, configured, local_server, locked
from flows.server_process import USERS
from flows.team.parts import Part, Parts


@contextmanager
def kept_server(parts: Parts) -> Iterator[Callable[[], None]]:
    """Have a server, for the length of the block; does not wait until it answers.

    Gives what is to be called now and then: it takes over when somebody else's local server is gone.
    """
    if configured():
        yield lambda: None
        return
    folder = prefect_folder()
    part = server_part(folder)
    ours = False
    with (folder / USERS).open("a") as users:
        with locked(folder / "server.start"):
            fcntl.flock(users, fcntl.LOCK_SH)
            if local_server() is None:
                parts.add(part)
                ours = True

        def tend() -> None:
            nonlocal ours
            if not ours and local_server() is None:
                parts.add(part)
                ours = True

        yield tend


def server_part(folder: Path) -> Part:
    """The local server as a part, quiet and offline."""
    return Part("Prefect server", (sys.executable, "-P", "-m", "flows.server_process", str(folder), "again"),
                log=folder / "server.log", without=("PREFECT_",),
                environment={**QUIET, **python_path(), "PREFECT_HOME": str(folder), "PREFECT_LOGGING_LEVEL": "ERROR"})


def python_path() -> dict[str, str]:
    """What lets a child find this project."""
    return {"PYTHONPATH": module_path()}
