"""`deckprism users`: who may use the desk. Whoever can read the data folder may; with DECKPRISM_TOKEN, its user counts.

Passwords are read from the terminal or from stdin, never from an argument, where others on the machine could see it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import InputError
from desk import terminal

if TYPE_CHECKING:
    from desk.rights import Actor
    from desk.services.office import Office

app = typer.Typer(help="Who may use the desk: list, add, roles, disable, password, token.", no_args_is_help=True,
                  rich_markup_mode=None)
Name = Annotated[str, typer.Argument(help="Name to sign in with.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="submitter, reviewer[:CATEGORY], approver, publisher, "
                                                                "auditor, administrator; may be given again.")]


@app.command(name="list")
def list_users() -> int:
    """List all users with their roles."""
    from desk.services import users

    office, actor = here()
    for row in users.users(office, actor):
        roles = " ".join(role if category == "*" else f"{role}:{category}" for role, category in row.roles)
        state = " (shut out)" if row.disabled_at else "" if row.has_password else " (no password)"
        terminal.out(f"{row.name:<24}{roles or 'no roles'}{state}")
    return 0


@app.command()
def add(name: Name, role: Roles = None, display: Annotated[str, typer.Option("--display", help="Full name.")] = "",
        team: Annotated[str, typer.Option("--team", help="Team.")] = "",
        email: Annotated[str, typer.Option("--email", help="Mail address, for notices.")] = "") -> int:
    """Add a user; the path that is printed sets their password once."""
    from desk.services import users

    office, actor = here()
    secret = users.add(office, actor, name, users.read_roles(role or ["submitter"]), display, team, email)
    terminal.out(f"{name.strip().lower()} is added. This path at the desk sets their password, once, within "
                 f"{users.LINK_HOURS} hours: /password?link={secret}")
    return 0


@app.command()
def roles(name: Name, role: Roles = None) -> int:
    """Give a user exactly these roles; they have to sign in again."""
    from desk.services import users

    office, actor = here()
    row = next((each for each in users.users(office, actor) if each.name == name), None)
    if row is None:
        raise InputError(f"user {name}", "is not known", "`deckprism users list` shows all")
    users.change(office, actor, name, users.read_roles(role or []), row.display, row.team, row.email)
    terminal.out(f"{name} has {len(role or [])} role(s) now.")
    return 0


@app.command()
def disable(name: Name) -> int:
    """Shut a user out at once; what they did stays under their name."""
    from desk.services import users

    office, actor = here()
    users.disable(office, actor, name)
    terminal.out(f"{name} is shut out.")
    return 0


@app.command()
def password(name: Name) -> int:
    """Set a user's password, asked for on the terminal or read as one line from stdin."""
    from desk.services import users

    office, actor = here()
    users.set_password(office, actor, name, _password())
    terminal.out(f"{name} has a new password, and all their sign-ins have ended.")
    return 0


@app.command()
def token(name: Name, scope: Annotated[list[str] | None, typer.Option("--scope", help="submit, read, review, approve, "
                                                                      "release, administer; may be given again.")] = None,
          days: Annotated[int, typer.Option("--days", help="Days it works.")] = 90,
          label: Annotated[str, typer.Option("--label", help="What it is for.")] = "") -> int:
    """Make a token of a user; it is printed once."""
    from desk.services import tokens

    office, actor = here()
    terminal.out(tokens.make_token_for(office, actor, name, scope or ["read"], days, label))
    return 0


def here() -> tuple[Office, Actor]:
    """The store of this machine, and who asks: the token's user, or the operator where there is no token."""
    from desk.commands.run import found_config
    from desk.rights import Actor
    from desk.services.office import open_office, reading
    from desk.services.users import operator
    from store import people

    office = open_office(found_config(None))
    value = os.environ.get("DECKPRISM_TOKEN", "")
    if not value:
        return office, operator()
    with reading(office.engine) as session:
        known = people.token_person(session, value)
    if known is None:
        raise InputError("DECKPRISM_TOKEN", "is unknown, has run out or was revoked", "Make a new one, or take it away")
    return office, Actor(*known)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password, at least 12 characters", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
