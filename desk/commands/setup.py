"""`deckprism init`: asks a few questions and writes deckprism.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from content.errors import BadOutput
from desk import terminal


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)


_QUESTIONS = (
    ("company", "What is your company called"),
    ("author", "Whose name stands above the pieces"),
    ("site", "Where will they be published, as https://example.com"),
    ("call_to_action", "What should a reader do next, in one sentence"),
    ("hashtags", "Which hashtags do you use, with blanks between them"),
    ("licence", "Under which licence may others use the pieces"),
)


def init(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write it.")] = Path("deckprism.toml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; write a file of comments and defaults.")] = False,
) -> int:
    """Write deckprism.toml. Every question may be left empty."""
    if output.exists() and not force:
        raise BadOutput(str(output), "is there already", "Add --force to replace it, or name another file with -o")
    answers = {key: "" if yes else str(typer.prompt(question, default="", show_default=False)).strip()
               for key, question in _QUESTIONS}
    try:
        output.write_text(profile_toml(answers), encoding="utf-8")
    except OSError as error:
        raise BadOutput(str(output), f"cannot be written ({error.strerror})", "Choose another place with -o") from None
    from content.settings import load_settings

    load_settings(output)
    terminal.out(f"{output} is written. It is read from the folder you are in; change it whenever you like.")
    return 0


def profile_toml(answers: dict[str, str]) -> str:
    """The text of deckprism.toml for some answers; empty ones become comments that show what could stand there."""
    company, author = answers["company"], answers["author"]
    tags = [tag.lstrip("#") for tag in answers["hashtags"].split()]
    lines = [
        "# Deckprism: who speaks, and what is allowed. Everything here may be left out.",
        "[profile]",
        _line("company", company, '"Your company"'),
        f"own_names = [{_quote(company)}]" if company else '# own_names = ["Your company", "Your product"]',
        _line("site", answers["site"], '"https://example.com"'),
        _line("call_to_action", answers["call_to_action"], '"Tell us how your team does it."'),
        _line("licence", answers["licence"], '"CC BY 4.0"'),
        f"hashtags = [{', '.join(map(_quote, tags))}]" if tags else '# hashtags = ["KnowledgeSharing"]',
        "# goals = [\"People find answers without asking twice\"]",
        "# promises = [\"You get an answer from somebody who knows\"]",
        "# minutes = 12          # the longest episode",
        "# start = \"2027-01-04\"  # a Monday: the plan gets dates",
        "",
        "[[profile.authors]]" if author else "# [[profile.authors]]",
        f"name = {_quote(author)}" if author else '# name = "Your name"',
        "",
        "# [allow]               # what is no finding: docs/settling.md",
        "# texts = [{text = \"Spring Fair\", reason = \"our own event\"}]",
        "# [rules]",
        "# folder = \"my-rules\"   # rules of your own, beside the built-in ones",
        "# [[schedule]]          # what runs by itself: docs/operations.md",
        "# name = \"nightly\"",
        "# folder = \"inbox\"",
        "# out = \"packs\"",
        "# cron = \"30 2 * * *\"",
        "",
        "[policy]",
        "# hold_from = \"medium\"  # findings of this weight hold a pack until somebody decides",
        "# allow_own_memory = true  # an administrator may confirm what they proposed to remember: where there is only one",
        "",
        "# [notices]             # who is told what happens at the desk: nobody, unless one of these is there; docs/desk.md",
        "# smtp_host = \"mail.example.org\"",
        "# smtp_from = \"deckprism@example.org\"",
        "# webhook = \"https://chat.example.org/hook\"",
        "# address = \"https://desk.example.org\"  # of the desk, for the links",
        "# events = [\"waiting\", \"released\"]     # all, when left out",
        "",
    ]
    return "\n".join(lines)


def _line(key: str, value: str, example: str) -> str:
    return f"{key} = {_quote(value)}" if value else f"# {key} = {example}"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char for char in escaped if char >= " " and char != "\x7f") + '"'
