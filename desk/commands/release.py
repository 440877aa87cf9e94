"""`deckprism approve`, `release`, `withdraw`: the way out from the command line, with the rights of the page.

The token in DECKPRISM_TOKEN says who asks; it is never an argument, where other users of the machine could read it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal

if TYPE_CHECKING:
    from desk.rights import Actor
    from desk.services.office import Office

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the submission.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(approve)
    app.command()(release)
    app.command()(withdraw)


def approve(identity: Id) -> int:
    """Say that the pieces of a submission may go out; never your own."""
    from desk.services import approvals

    office, actor = _here()
    done = approvals.approve(office, actor, identity, "")
    terminal.out("Approved. It can be released now." if done.enough
                 else f"Approved. {done.given} of {done.needed} approvals are there.")
    return 0 if done.enough else 1


def release(identity: Id, audience: Annotated[str, typer.Option("--audience", help="pilot or all.")] = "all") -> int:
    """Let the approved pieces of a submission go out."""
    from desk.services import releases

    office, actor = _here()
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
) -> int:
    """Take back everything that is out of a submission."""
    from desk.services import releases

    office, actor = _here()
    made = releases.withdraw(office, actor, identity, releases.Wrong(reason, wrong, right))
    terminal.out("Withdrawn." + (f" The correction waits for approval: {made}." if made else ""))
    return 0


def _here() -> tuple[Office, Actor]:
    """The store of this machine, and whoever the token names."""
    from desk.commands.run import found_config
    from desk.rights import Actor
    from desk.services.office import open_office, reading
    from store import people

    token = os.environ.get("DECKPRISM_TOKEN", "")
    if not token:
        raise InputError("DECKPRISM_TOKEN", "is not set", "Make a token on your page at the desk and put it there")
    office = open_office(found_config(None))
    with reading(office.engine) as session:
        known = people.token_person(session, token)
    if known is None:
        raise InputError("DECKPRISM_TOKEN", "is unknown, has run out or was revoked", "Make a new one at the desk")
    return office, Actor(*known)
