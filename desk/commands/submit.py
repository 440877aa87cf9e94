"""`deckprism submit`: hand in files from the command line, with the same rules and rights as on the page.

A token says who asks, from DECKPRISM_TOKEN or --token-file; it is never an argument, where other users of the machine
could read it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from content.errors import InputError
from desk import terminal
from desk.commands.release import TokenFile
from desk.commands.remote import token_from


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(submit)


def submit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Decks and documents.")],
    title: Annotated[str, typer.Option("--title", help="A title, if the file's own says little.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="share, publish, event or other.")] = "",
    audience: Annotated[str, typer.Option("--audience", help="Whom it is for.")] = "",
    channel: Annotated[list[str] | None, typer.Option("--channel", help="blog, social, audio, interview or webchat; "
                                                                        "all without it.")] = None,
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it, if not you.")] = "",
    note: Annotated[str, typer.Option("--note", help="Anything that reviewers should know.")] = "",
    desk: Annotated[str, typer.Option("--desk", help="Address of a desk; without it, the store of this machine.")] = "",
    token_file: TokenFile = None,
) -> int:
    """Hand in files at the desk. A token says who you are."""
    from desk.commands.sending import send_to_desk, send_to_store
    from desk.services.submissions import CHANNELS, PURPOSES, Intake

    token = token_from(token_file)
    intake = Intake(title, purpose, audience, tuple(channel or ()), owner, note)
    if purpose and purpose not in PURPOSES:
        raise InputError(f"--purpose {purpose}", "is not known", f"Take one of {', '.join(PURPOSES)}")
    if wrong := [each for each in intake.channels if each not in CHANNELS]:
        raise InputError(f"--channel {wrong[0]}", "is not known", f"Take some of {', '.join(CHANNELS)}")
    taken, refused = 0, 0
    for file in files:  # one by one: a bad file stops none of the others, and nothing large is held in memory
        answer = send_to_desk(desk, token, file, intake) if desk else send_to_store(token, file, intake)
        terminal.out(answer.line)
        taken, refused = taken + int(bool(answer.id)), refused + int(not answer.id)
    if taken and not desk:
        terminal.err("The work begins as soon as a desk runs here: deckprism desk")
    return 0 if not refused else 1 if taken else 2
