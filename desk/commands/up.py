"""`deckprism up`: the desk, a worker and a Prefect server for a team, started together and looked after.

The command itself does no work and holds no text: it starts three processes, starts one again that dies, and ends them
all. Killed outright, its processes end with it; the next start goes on where they were.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from content.errors import BadOutput, InputError
from desk import terminal
from desk.commands.run import Config, found_config
from flows.presence import locked

#: Seconds after which people are told that they are waiting for Prefect.
_LONG_START = 60.0


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(up)


def up(
    host: Annotated[str, typer.Option("--host", help="Address the desk listens on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port of the desk; 0 takes a free one.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="Pieces of work at the same time.", min=1, max=64)] = 2,
    pool: Annotated[str, typer.Option("--pool", help="Serve a Prefect work pool of type process, made when missing.")] = "",
    name: Annotated[list[str] | None, typer.Option("--name", help="A host name under which browsers reach the desk.")] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers come over HTTPS, through a proxy.")] = False,
    proxy_header: Annotated[str, typer.Option("--proxy-header", help="Header in which a trusted proxy names the user.")] = "",
    proxy: Annotated[list[str] | None, typer.Option("--proxy", help="Address that the trusted proxy comes from.")] = None,
    publish_to: Annotated[Path | None, typer.Option("--publish-to", help="Folder that releases are published to.")] = None,
    customers: Annotated[Path | None, typer.Option("--customers", help="Customer list, CSV or XLSX.")] = None,
    config: Config = None,
) -> int:
    """Start the desk, a worker and a Prefect server for a team. Ctrl-C ends all three."""
    from desk.services.team import surroundings
    from flows.customers import chosen_list
    from flows.data import data_folder, private
    from flows.team.kept_server import kept_server, python_path
    from flows.team.parts import Part, Parts

    settings, listed = found_config(config), chosen_list(customers, False)[0]
    _before(settings, listed, publish_to)
    folder = private(data_folder() / "team")
    bound = _free_port(host, port)
    address = f"{'https' if https else 'http'}://{name[0] if name else host}" + ("" if https and name else f":{bound}")
    given = [*_option("--host", host), *_option("--port", str(bound)), *_option("--proxy-header", proxy_header),
             *(each for value in name or () for each in ("--name", value)),
             *(each for value in proxy or () for each in ("--proxy", value)), *(("--https",) if https else ()),
             *_option("--publish-to", publish_to), *_option("--customers", listed), *_option("--config", settings)]
    python = (sys.executable, "-P", "-m")
    stopped = threading.Event()
    with ExitStack() as stack:
        stack.enter_context(locked(folder / "up.lock", BadOutput(
            str(folder), "deckprism up runs already for this data folder",
            "Use that one, or set DECKPRISM_DATA to another folder")))
        stack.enter_context(_told_to_stop(stopped))
        parts = Parts(terminal.err)
        tend = stack.enter_context(kept_server(parts))
        stack.callback(parts.stop)  # before the server is let go of, which the worker still reports to
        parts.add(Part("worker", (*python, "flows.team.worker_process", "--limit", str(workers), *_option("--pool", pool)),
                       log=_fresh(folder / "worker.log"), folder=folder,
                       environment={**python_path(), **surroundings(settings, listed, publish_to, address)}))
        parts.add(Part("desk", (*python, "desk.command", "desk", "--work", "prefect", "--part", *given),
                       environment=python_path()))
        terminal.out("Ctrl-C closes the desk, the worker and the Prefect server. Work under way goes on at the next start.")
        threading.Thread(target=_say_where, args=(stopped, folder), daemon=True).start()
        watch = threading.Thread(target=_tending, args=(stopped, tend), daemon=True)
        watch.start()
        parts.look_after(stopped)
        stopped.set()
        watch.join(timeout=10)
        return parts.failed


def _before(settings: Path | None, customers: Path | None, publish_to: Path | None) -> None:
    """Open the store once, so that what cannot be used is said in one line before anything is started."""
    from desk.services.office import open_office

    open_office(settings, customers, publish_to).engine.dispose()


def _say_where(stopped: threading.Event, folder: Path) -> None:
    """Say where Prefect's page is as soon as there is one, and when a configured server turns out to plan nothing."""
    from flows.data import prefect_folder
    from flows.schedules.minding import plans_nothing
    from flows.server import configured
    from flows.server_process import STATE
    from flows.team import api

    began, said = time.monotonic(), False
    while not stopped.wait(0.5):
        if not said and time.monotonic() - began > _LONG_START:
            said = True
            terminal.err(f"Prefect does not answer yet{f' at {configured()}' if configured() else ''}. The desk is open; "
                         "work waits until it does.")
        server = api.find_api()
        if server is not None and api.healthy(server):
            page = server.url.removesuffix("/api")
            key = "" if configured() else f" (its password is in {prefect_folder() / STATE})"
            terminal.out(f"Prefect's page: {page}{key}")
            terminal.out(f"The worker's log: {folder / 'worker.log'}")
            break
    if configured() and plans_nothing(stopped):
        terminal.err(f"The Prefect server at {configured()} plans no runs, so no schedule fires: with SQLAlchemy 2.1 it "
                     "cannot. Start it where sqlalchemy<2.1 is installed. Until then the worker here starts what is due.")


def _tending(stopped: threading.Event, tend: Callable[[], None]) -> None:
    while not stopped.wait(3.0):
        tend()


@contextmanager
def _told_to_stop(stopped: threading.Event) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM set the event for the length of the block; more of the same changes nothing."""
    before = [(number, signal.signal(number, lambda _number, _frame: stopped.set()))
              for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _free_port(host: str, port: int) -> int:
    """The port, looked at before anything is started, and the same at every start of the desk."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as found:
            return int(found.getsockname()[1])
    except OSError as error:
        raise InputError(f"{host}:{port}", f"cannot be listened on ({error.strerror})", "Take another --port") from None


def _option(name: str, value: object) -> tuple[str, ...]:
    return (name, str(value.absolute() if isinstance(value, Path) else value)) if value else ()


def _fresh(log: Path) -> Path:
    log.unlink(missing_ok=True)
    os.close(os.open(log, os.O_CREAT | os.O_WRONLY, 0o600))
    return log
