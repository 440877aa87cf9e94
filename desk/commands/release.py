"""`deckprism approve`, `release`, `withdraw`, `reject`, `reopen`: the way out from the command line, with the page's rights.

With --desk the step is taken at a desk elsewhere, otherwise in the store of this machine. A token says who asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import Fault, InputError
from desk import terminal
from desk.commands.remote import ask, token_from

if TYPE_CHECKING:
    from desk.rights import Actor
    from desk.services.office import Office

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the submission.")]
Desk = Annotated[str, typer.Option("--desk", help="Address of a desk; without it, the store of this machine.")]
TokenFile = Annotated[Path | None, typer.Option("--token-file", help="File with the token; DECKPRISM_TOKEN without it.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(approve)
    app.command()(release)
    app.command()(withdraw)
    app.command()(reject)
    app.command()(reopen)


def approve(identity: Id, desk: Desk = "", token_file: TokenFile = None) -> int:
    """Say that the pieces of a submission may go out; never your own."""
    from desk.services import approvals

    token = token_from(token_file)
    if desk:
        told = ask(desk, token, identity, "approve", {})
        given, needed = _number(told, "given"), _number(told, "needed")
    else:
        office, actor = _here(token)
        done = approvals.approve(office, actor, identity, "")
        given, needed = done.given, done.needed
    terminal.out("Approved. It can be released now." if given >= needed
                 else f"Approved. {given} of {needed} approvals are there.")
    return 0 if given >= needed else 1


def release(identity: Id, audience: Annotated[str, typer.Option("--audience", help="pilot or all.")] = "all",
            desk: Desk = "", token_file: TokenFile = None) -> int:
    """Let the approved pieces of a submission go out."""
    from desk.services import releases

    token = token_from(token_file)
    if audience not in releases.AUDIENCE_NAMES:
        raise InputError(f"audience {audience[:20]}", "is not known", f"Take {' or '.join(releases.AUDIENCE_NAMES)}")
    if desk:
        told = ask(desk, token, identity, "release", {"audience": audience})
        terminal.out(f"Released to {releases.AUDIENCE_NAMES[audience]}: {told.get('id')}, "
                     f"content {told.get('content_hash')}.")
        return 0
    office, actor = _here(token)
    made = releases.release(office, actor, identity, audience)
    terminal.out(f"Released to {releases.AUDIENCE_NAMES[made.audience]}: {made.id}, content {made.content_hash}.")
    if not made.published_at:
        terminal.err("It is put in place as soon as a desk runs here: deckprism desk")
    return 0


def withdraw(
    identity: Id,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the record.")],
    wrong: Annotated[str, typer.Option("--wrong", help="What was wrong; a correction is drafted from it.")] = "",
    right: Annotated[str, typer.Option("--right", help="What is right.")] = "",
    desk: Desk = "",
    token_file: TokenFile = None,
) -> int:
    """Take back everything that is out of a submission."""
    from desk.services import releases

    token = token_from(token_file)
    if desk:
        made = str(ask(desk, token, identity, "withdraw", {"reason": reason, "wrong": wrong, "right": right})["correction"])
    else:
        office, actor = _here(token)
        made = releases.withdraw(office, actor, identity, releases.Wrong(reason, wrong, right))
    terminal.out("Withdrawn." + (f" The correction waits for approval: {made}." if made else ""))
    return 0


def reject(
    identity: Id,
    reason: Annotated[str, typer.Option("--reason", help="Why it is not for sharing; the submitter reads it.")],
    desk: Desk = "",
    token_file: TokenFile = None,
) -> int:
    """Send a submission back as not for sharing."""
    from desk.services import rejecting

    token = token_from(token_file)
    if desk:
        ask(desk, token, identity, "reject", {"reason": reason})
    else:
        rejecting.reject(*_here(token), identity, reason)
    terminal.out("Sent back. The submitter reads why.")
    return 0


def reopen(identity: Id, desk: Desk = "", token_file: TokenFile = None) -> int:
    """Take a submission up again that was sent back; its decisions still stand."""
    from desk.services import rejecting

    token = token_from(token_file)
    if desk:
        state = _text(ask(desk, token, identity, "reopen", {}), "state")
    else:
        state = rejecting.reopen(*_here(token), identity)
    terminal.out(f"Taken up again. {_AGAIN.get(state, 'Look at it at the desk.')}")
    return 0


_AGAIN = {
    "received": "It is read first, as soon as a desk runs there.",
    "in_review": "What is open waits for a decision.",
    "decided": "Its pieces wait to be approved.",
}


def _text(told: dict[str, object], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str):
        raise Fault("the desk", f"did not say its {name}", "Check that it is of this version")
    return found


def _number(told: dict[str, object], name: str) -> int:
    found = told.get(name)
    if not isinstance(found, int):
        raise Fault("the desk", f"did not say how many approvals are {name}", "Check that it is of this version")
    return found


def _here(token: str) -> tuple[Office, Actor]:
    """The store of this machine, and whoever the token names."""
    from desk.commands.run import found_config
    from desk.rights import Actor
    from desk.services.office import open_office, reading
    from store import people

    office = open_office(found_config(None))
    with reading(office.engine) as session:
        known = people.token_person(session, token)
    if known is None:
        raise InputError("the token", "is unknown, has run out or was revoked", "Make a new one at the desk")
    return office, Actor(*known)
