"""The local Prefect server as a process of its own: `python -m flows.server_process FOLDER [again]`.

It binds a free port on loopback itself (nobody can take the port in between), writes port, process id and password to
`server.json`, and ends by itself when no command holds the users' lock any more, however those commands ended. So a
killed command leaves no server behind for longer than a few seconds. With `again` it takes the port and the password of
the server that was there before, where it can: those who knew that one go on. It must never listen beyond loopback.
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
    wanted, password = _before(folder) if sys.argv[2:] == ["again"] else (0, "")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", wanted))
    except OSError:  # somebody else has it by now
        listener.bind(("127.0.0.1", 0))
    port = int(listener.getsockname()[1])
    password = password or f"deckprism:{secrets.token_urlsafe(24)}"
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

    _mend_schedules()
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


def _mend_schedules() -> None:
    """Let the scheduler write its runs under SQLAlchemy 2.1, which Prefect 3.8 allows and was not tried with.

    It inserts rows with a key `state` that is a hybrid and no column. SQLAlchemy 2.0 passes over it, 2.1 wants to be told
    so ("Can't evaluate bulk DML statement"); without it no schedule of the local server ever fires.
    """
    from prefect.server.database.orm_models import FlowRun

    FlowRun.__dict__["state"].bulk_dml_setter = lambda _class, _row, _state: None


def _before(folder: Path) -> tuple[int, str]:
    """Port and password of the server before; (0, '') when there was none."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        return int(state["port"]), str(state["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def _write(path: Path, state: dict[str, str | int]) -> None:
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(state, file)
    partial.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
