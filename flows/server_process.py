"""The local Prefect server as a process of its own: `python -m flows.server_process FOLDER`.

It binds a free port on loopback itself (nobody can take the port in between), writes port, process id and password to
`server.json`, and ends by itself when no command holds the users' lock any more, however those commands ended. So a
killed command leaves no server behind for longer than a few seconds. It must never listen beyond loopback.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn

#: Seconds between two looks at whether anybody still uses the server.
LOOK_EVERY = 2.0
STATE, USERS = "server.json", "server.users"


def main() -> int:
    """Serve until told to stop or until nobody is left. The environment holds Prefect's settings."""
    folder = Path(sys.argv[1])
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    port = int(listener.getsockname()[1])
    password = f"deckprism:{secrets.token_urlsafe(24)}"
    os.environ.update(
        PREFECT_SERVER_API_HOST="127.0.0.1",
        PREFECT_SERVER_API_PORT=str(port),
        PREFECT_SERVER_API_AUTH_STRING=password,
        PREFECT_API_AUTH_STRING=password,
        PREFECT_API_URL=f"http://127.0.0.1:{port}/api",
        PREFECT__SERVER_FINAL="1",
    )
    _write(folder / STATE, {"port": port, "pid": os.getpid(), "password": password})

    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(), log_level="error", lifespan="on", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    threading.Thread(target=_watch, args=(folder, server), daemon=True).start()
    server.run(sockets=[listener])
    return 0


def _watch(folder: Path, server: uvicorn.Server) -> None:
    """Ask the server to end when the users' lock can be had for itself: then no command holds it.

    The state file goes while the lock is held, so a command that comes now finds none and starts a fresh server.
    """
    pause = threading.Event()
    with (folder / USERS).open("a") as lock:
        while not pause.wait(LOOK_EVERY):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            (folder / STATE).unlink(missing_ok=True)
            server.should_exit = True
            return


def _write(path: Path, state: dict[str, str | int]) -> None:
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(state, file)
    partial.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
