"""`deckprism desk`: the web page on this machine, with the work done in process or by a team's worker."""

from __future__ import annotations

import logging
import signal
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal
from desk.commands.run import Config, found_config

if TYPE_CHECKING:
    from desk.services.office import Office
    from flows.local import LocalWork
    from flows.team.starting import Starter

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(desk)


def desk(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8000,
    name: Annotated[list[str] | None, typer.Option("--name", help="A host name under which browsers reach the desk.")] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers come over HTTPS, through a proxy.")] = False,
    proxy_header: Annotated[str, typer.Option("--proxy-header", help="Header in which a trusted proxy names the user.")] = "",
    proxy: Annotated[list[str] | None, typer.Option("--proxy", help="Address that the trusted proxy comes from.")] = None,
    publish_to: Annotated[Path | None, typer.Option("--publish-to", help="Folder that releases are published to.")] = None,
    customers: Annotated[Path | None, typer.Option("--customers", help="Customer list, CSV or XLSX.")] = None,
    config: Config = None,
    work_by: Annotated[str, typer.Option("--work", help="Who does the work: here, or prefect (see deckprism up).")] = "here",
    part: Annotated[bool, typer.Option("--part", hidden=True)] = False,
) -> int:
    """Start the web page: submit, review, release."""
    import uvicorn

    from desk.services.office import open_office, reading
    from desk.services.retention import sweep
    from desk.services.setup import make_link
    from desk.web.app import create_app
    from desk.web.site import Site
    from flows import logs
    from flows.customers import chosen_list
    from flows.data import data_folder
    from flows.model_writing import check_writer, for_desk
    from flows.presence import at_work
    from store import people

    if work_by not in {"here", "prefect"}:
        raise InputError(f"--work {work_by}", "is not known", "Take here or prefect")
    if part:
        from flows.team.parent import end_with_input

        end_with_input()
    with at_work(data_folder()):
        office = open_office(found_config(config), chosen_list(customers, False)[0], publish_to)
        if name_of_writer := for_desk(office.settings):
            service = check_writer(name_of_writer, office.settings)
            terminal.out(f"The model {service.model} at {service.host} rewrites the drafts; cleared text is sent there.")
        with reading(office.engine) as session:
            staffed = people.anybody(session)
        if host not in _LOOPBACK and not staffed:
            raise InputError(f"--host {host}", "would open a desk without users to the network",
                             "Start it on 127.0.0.1 first and make the administrator")
        listener = _listen(host, port)
        bound = listener.getsockname()[1]
        names = {"127.0.0.1", "localhost", "[::1]", *(name or ())}
        site = Site(frozenset({*names, *(f"{each}:{bound}" for each in names)}), https, proxy_header,
                    frozenset(proxy) if proxy else Site().proxies)
        address = f"http://{'127.0.0.1' if host in _LOOPBACK else host}:{bound}"
        secret = make_link(office)
        if secret:
            terminal.out(f"Make the first administrator here (the link works once): {address}/setup?link={secret}")
        else:
            terminal.out(f"The desk is open: {address}")
        if not part:
            terminal.out("Ctrl-C closes it. Work that is under way goes on at the next start.")
        work = _worker(office, work_by)
        office = replace(office, wake=work.wake, work_trouble=work.trouble)
        server = uvicorn.Server(uvicorn.Config(create_app(office, site), log_level="warning",
                                               access_log=False, server_header=False, timeout_graceful_shutdown=3,
                                               proxy_headers=False))
        sweep(office)
        logging.getLogger("uvicorn.error").addFilter(_OneLine())
        signal.signal(signal.SIGTERM, _leave)  # the server raises it again when it has closed
        logs.set_up()
        logs.tell("desk_opened")
        work.start()
        try:
            server.run(sockets=[listener])
        finally:
            work.stop()
            logs.tell("desk_closed")
    return 0


def _worker(office: Office, work_by: str) -> LocalWork | Starter:
    """What does the work of a desk, or has it done."""
    if work_by == "prefect":
        from flows.team.starting import Starter

        return Starter(office.engine)
    from desk.services.worker import local_work

    return local_work(office)


class _OneLine(logging.Filter):
    """A fault of ours is one line in the operator's terminal, never a traceback: that may quote a document."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the line in the place of what the server would have printed."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = terminal.fault(record.exc_info[1]), ()
            record.exc_info = None
        return True


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise InputError(f"{host}:{port}", f"cannot be listened on ({error.strerror})", "Take another --port") from None
