"""The Prefect server that flows report to: the configured one, or a local one that this module starts and stops.

`PREFECT_API_URL` (or the active profile of Prefect's own home) names a configured server, which is used as it is.
Without one a local server starts in the data folder: loopback, a free port, a password of its own, no telemetry, no
outside calls. Commands that run at the same time share it; it ends with the last of them. The ephemeral mode is never
used: its start-up time-out fails on slow machines. Prefect must not be imported before its settings are in place.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from content.errors import Fault
from flows.children import module_path
from flows.data import prefect_folder
from flows.progress import Progress, quiet
from flows.server_process import STATE, USERS

#: Seconds that a slow machine under load may need for a first start (105 s were measured).
START_TIMEOUT = 180.0
_STOP_TIMEOUT = 10.0
#: Where flows and tasks keep results: nowhere, and an attempt fails. Named, because prefect would otherwise ask the
#: server for its default place at every task, over a connection that it does not close.
NO_RESULTS = Path(os.devnull)

#: Quiet and offline. Logs stay out of the API: a log line is the one way document text could reach its database.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # What looks after late, paused and leased runs asks the database every five seconds; once a minute will do here.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS": "60",
    # Nothing here listens to events: keeping them and holding them against automations took a fifth of the CPU of a task.
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


@dataclass(frozen=True)
class Server:
    """A server that answers: its API address, its password ('' when none) and whether it is the local one."""

    url: str
    password: str = ""
    local: bool = False
    pid: int = 0


def configured() -> str:
    """The API address of a server that somebody configured, or ''. Costs no import of prefect."""
    named = os.environ.get("PREFECT_API_URL", "")
    if named:
        return named
    home = Path(os.environ.get("PREFECT_HOME", "") or Path.home() / ".prefect")
    try:
        profiles = tomllib.loads((home / "profiles.toml").read_text(encoding="utf-8"))
        active = os.environ.get("PREFECT_PROFILE") or profiles.get("active", "")
        return str(profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL", ""))
    except (OSError, tomllib.TOMLDecodeError, AttributeError):
        return ""


@contextmanager
def prefect_server(progress: Progress = quiet) -> Iterator[Server]:
    """Give a server that answers and point prefect at it for the length of the block.

    Raises Fault when a configured server does not answer, or the local one does not within START_TIMEOUT seconds.
    """
    address = configured()
    with ExitStack() as stack:
        if address:
            stack.enter_context(_environment(QUIET))
            server = Server(address)
        else:
            stack.enter_context(_environment({**QUIET, "PREFECT_HOME": str(prefect_folder())}))
            server = stack.enter_context(_local(progress))
        stack.enter_context(_pointed_at(server))
        if not server.local:
            _check(server)
        yield server


@contextmanager
def kept_running() -> Iterator[None]:
    """Let a local server that is started within the block, by whomever, stay until its end: a start takes long."""
    with (prefect_folder() / USERS).open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield


@contextmanager
def existing_server(seconds: float = START_TIMEOUT) -> Iterator[Server]:
    """As `prefect_server`, with one that somebody else looks after: it is waited for, never started.

    Raises Fault when none answers within `seconds`.
    """
    address = configured()
    with ExitStack() as stack:
        home = {} if address else {"PREFECT_HOME": str(prefect_folder())}
        stack.enter_context(_environment({**QUIET, **home}))
        server = _until(lambda: _answering(address), seconds)
        if server is None:
            raise Fault(address or str(prefect_folder()), f"no Prefect server answered within {seconds:.0f} seconds",
                        "Start it, or look into server.log there")
        stack.enter_context(_pointed_at(server))
        yield server


def _answering(address: str) -> Server | None:
    if not address:
        return local_server()
    return Server(address) if _healthy(address) else None


def local_server() -> Server | None:
    """The local server of the data folder, when there is one and it answers."""
    return _running(prefect_folder())


@contextmanager
def _pointed_at(server: Server) -> Iterator[None]:
    """Name the server in the environment, for children, and in the settings, which may have been loaded before."""
    wanted = {"PREFECT_API_URL": server.url} | ({"PREFECT_API_AUTH_STRING": server.password} if server.local else {})
    with _environment(wanted):
        from prefect.settings import (
            PREFECT_API_AUTH_STRING,
            PREFECT_API_URL,
            PREFECT_LOGGING_INTERNAL_LEVEL,
            PREFECT_LOGGING_LEVEL,
            PREFECT_LOGGING_TO_API_ENABLED,
            PREFECT_RESULTS_PERSIST_BY_DEFAULT,
            PREFECT_SERVER_ALLOW_EPHEMERAL_MODE,
            temporary_settings,
        )

        updates = {PREFECT_API_URL: server.url, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False,
                   PREFECT_LOGGING_TO_API_ENABLED: False, PREFECT_RESULTS_PERSIST_BY_DEFAULT: False,
                   PREFECT_LOGGING_LEVEL: "CRITICAL", PREFECT_LOGGING_INTERNAL_LEVEL: "CRITICAL"}
        if server.local:
            updates[PREFECT_API_AUTH_STRING] = server.password
        with temporary_settings(updates=updates):
            yield


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the length of the block: prefect reads them at its first import, children at their start."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _check(server: Server) -> None:
    if not _healthy(server.url):
        raise Fault(server.url, "the configured Prefect server does not answer",
                    "Start it, or unset PREFECT_API_URL to use a local one")


@contextmanager
def _local(progress: Progress) -> Iterator[Server]:
    """Share the local server of the data folder, starting it when none answers; stop it when nobody else is left."""
    folder = prefect_folder()
    child: subprocess.Popen[bytes] | None = None
    with (folder / USERS).open("a") as users:
        with locked(folder / "server.start"):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = _running(folder)
            if server is None:
                progress.note("Starting a local Prefect server (in the data folder, for this machine only)")
                child = _spawn(folder)
                try:
                    importlib.import_module("prefect.flows")  # takes 2 s, which the server needs anyway
                    server = _await(folder, child)
                except BaseException:
                    _stop(folder, child)
                    raise
        try:
            yield server
        finally:
            with locked(folder / "server.start"):
                if child is not None:
                    _leave(folder, users, child)


def _leave(folder: Path, users: IO[str], child: subprocess.Popen[bytes]) -> None:
    """Stop the server that this process started, unless another command uses it; then it ends after that one."""
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        child.returncode = 0  # left to itself on purpose: no complaint about a child nobody waited for
        return
    _stop(folder, child)


def _running(folder: Path) -> Server | None:
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        server = Server(f"http://127.0.0.1:{state['port']}/api", str(state["password"]), True, int(state["pid"]))
        os.kill(server.pid, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return server if _healthy(server.url, server.password) else None


def _spawn(folder: Path) -> subprocess.Popen[bytes]:
    (folder / STATE).unlink(missing_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {**kept, **QUIET, "PREFECT_HOME": str(folder), "PYTHONPATH": module_path(),
                   "PREFECT_LOGGING_LEVEL": "ERROR"}
    with (folder / "server.log").open("wb") as log:
        # A session of its own: Ctrl-C reaches the command, which then tells the server what became of the run.
        return subprocess.Popen(  # noqa: S603 our own interpreter and module
            [sys.executable, "-P", "-m", "flows.server_process", str(folder)], env=environment,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def _await(folder: Path, child: subprocess.Popen[bytes]) -> Server:
    def answer() -> Server | None:
        if child.poll() is not None:
            raise Fault(str(folder / "server.log"), f"the Prefect server ended with code {child.returncode}",
                        "That file says why; deckprism doctor checks the versions")
        return _running(folder)

    server = _until(answer, START_TIMEOUT)
    if server is None:
        raise Fault(str(folder / "server.log"), f"the Prefect server did not answer within {START_TIMEOUT:.0f} seconds",
                    "Try again when the machine is less busy")
    return server


def _until(question: Callable[[], Server | None], seconds: float) -> Server | None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer is not None:
            return answer
        time.sleep(0.15)
    return None


def _stop(folder: Path, child: subprocess.Popen[bytes]) -> None:
    """End the server: ask, wait, and make sure."""
    (folder / STATE).unlink(missing_ok=True)
    child.terminate()
    try:
        child.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _healthy(url: str, password: str = "") -> bool:
    """Whether /health answers, and with a password whether it is our server that accepts it."""
    import base64
    import http.client
    import urllib.error
    import urllib.request

    if not url.startswith(("http://", "https://")):
        return False
    # /health is open to everybody; /version wants the password and so tells our server from a stranger on its port.
    request = urllib.request.Request(url.rstrip("/") + ("/version" if password else "/health"))  # noqa: S310
    if password:
        request.add_header("Authorization", "Basic " + base64.b64encode(password.encode()).decode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}) if password else urllib.request.ProxyHandler())
    try:
        with opener.open(request, timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as refused:
        refused.close()
        return not password and refused.code < 500  # a configured server that asks who we are is there
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return False


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes for the length of the block."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
