"""`deckprism init`: asks a few questions and writes deckprism.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from content.errors import BadOutput
from desk import terminal


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)


_SEVERAL = ", with ; between them"
_QUESTIONS = (
    ("company", "What is your company called"),
    ("author", "Whose name stands above the pieces"),
    ("bio", "Who is that, in one sentence"),
    ("site", "Where will they be published, as https://example.com"),
    ("goals", f"What should the pieces bring about{_SEVERAL}"),
    ("audiences", f"For whom are they{_SEVERAL}"),
    ("promises", f"What may customers expect of you{_SEVERAL}"),
    ("team", "Which team answers when customers react"),
    ("contact", "How is that team reached"),
    ("call_to_action", "What should a reader do next, in one sentence"),
    ("hashtags", "Which hashtags do you use, with blanks between them"),
    ("banned_words", f"Which words do you never use{_SEVERAL}"),
    ("licence", "Under which licence may others use the pieces"),
    ("person", "Who speaks, i or we"),
    ("tone", "How are people spoken to, light or formal"),
    ("start", "On which day does the plan begin, as 2027-01-04"),
    ("logo", "Which file is your logo (PNG or JPEG)"),
)
_LISTS = ("goals", "audiences", "promises", "banned_words")
_CHOICES = {"person": ("i", "we"), "tone": ("light", "formal")}


def init(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write it.")] = Path("deckprism.toml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; write a file of comments and defaults.")] = False,
) -> int:
    """Write deckprism.toml. Every question may be left empty."""
    if output.exists() and not force:
        raise BadOutput(str(output), "is there already", "Add --force to replace it, or name another file with -o")
    answers = {key: "" if yes else _asked(key, question, output) for key, question in _QUESTIONS}
    try:
        output.write_text(profile_toml(answers), encoding="utf-8")
    except OSError as error:
        raise BadOutput(str(output), f"cannot be written ({error.strerror})", "Choose another place with -o") from None
    from content.settings import load_settings

    load_settings(output)
    terminal.out(f"{output} is written. It is read from the folder you are in; change it whenever you like.")
    return 0


def _asked(key: str, question: str, output: Path) -> str:
    """An answer that the file can hold; what it cannot hold is asked again."""
    while True:
        answer = str(typer.prompt(question, default="", show_default=False)).strip()
        wrong = _wrong(key, answer, output)
        if not answer or not wrong:
            return answer
        terminal.err(f"That {wrong}. Leave it empty if you do not know.")


def _wrong(key: str, answer: str, output: Path) -> str:
    """Why an answer cannot stand in the file; '' when it can."""
    if key in _CHOICES and answer not in _CHOICES[key]:
        return f"is not one of {', '.join(_CHOICES[key])}"
    if key == "site" and not answer.startswith(("https://", "http://")):
        return "does not begin with https://"
    if key == "logo" and not (output.parent / answer).is_file():
        return "is no file beside deckprism.toml"
    if key == "start":
        try:
            date.fromisoformat(answer)
        except ValueError:
            return "is not a date like 2027-01-04"
    return ""


def profile_toml(answers: dict[str, str]) -> str:
    """The text of deckprism.toml for some answers; empty ones become comments that show what could stand there."""
    company, author, team = answers["company"], answers["author"], answers["team"]
    tags = [tag.lstrip("#") for tag in answers["hashtags"].split()]
    several = {key: [each.strip() for each in answers[key].split(";") if each.strip()] for key in _LISTS}
    lines = [
        "# Deckprism: who speaks, and what is allowed. Everything here may be left out.",
        "[profile]",
        _line("company", company, '"Your company"'),
        f"own_names = [{_quote(company)}]" if company else '# own_names = ["Your company"]',
        '# brands = ["Your product"]',
        _line("site", answers["site"], '"https://example.com"'),
        _line("call_to_action", answers["call_to_action"], '"Tell us how your team does it."'),
        _line("licence", answers["licence"], '"CC BY 4.0"'),
        _several("hashtags", tags, '["KnowledgeSharing"]'),
        _several("goals", several["goals"], '["People find answers without asking twice"]  # the plan: what a piece is for'),
        _several("audiences", several["audiences"], '["plant engineers"]  # the plan: for whom'),
        _several("promises", several["promises"], '["You get an answer from somebody who knows"]'),
        _several("banned_words", several["banned_words"], '["revolutionary"]  # a piece that holds one is refused'),
        '# fallbacks = ["The chat is full: open a second one on Friday."]  # the heads-up: what if',
        _line("person", answers["person"], '"we"            # or "i": who speaks in chats'),
        _line("tone", answers["tone"], '"light"           # or "formal"'),
        _line("start", answers["start"], '"2027-01-04"     # a Monday: the plan gets dates and a calendar'),
        "# weekends = true       # the carousel goes out on a Saturday",
        _line("logo", answers["logo"], '"logo.png"        # drawn on cards in the colours of the palette'),
        '# palette = ["#A8432A", "#FFF7ED"]  # background and text, at least 4.5 to 1',
        '# platforms = ["linkedin", "mastodon", "internal"]',
        '# handles = { linkedin = "your-company", mastodon = "you@social.example" }',
        '# languages = ["en", "nl"]  # wording of the pieces, the preferred one first',
        "# pieces = { blog = 3, interview = 1, webchat = 0 }  # at most so many of a kind",
        '# event = "Knowledge Days"',
        '# campaign = "spring"    # tags links, so that visits can be counted',
        "# minutes = 12          # the longest episode",
        "",
        "[[profile.authors]]" if author else "# [[profile.authors]]",
        f"name = {_quote(author)}" if author else '# name = "Your name"',
        _line("bio", answers["bio"] if author else "", '"She repairs pumps and writes about it."'),
        "",
        "[[profile.teams]]" if team else "# [[profile.teams]]",
        f"name = {_quote(team)}" if team else '# name = "Customer service"',
        '# handles = "questions and complaints"',
        _line("contact", answers["contact"] if team else "", '"service@example.com"'),
        "",
        "# [profile.lexicon]      # how names are spoken",
        '# Halvorn = "hal-forn"',
        "",
        "# [templates]",
        "# folder = \"my-templates\"  # Jinja2 files of your own in the place of ours",
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
        '# slide_pictures = "kept"  # slides as they look in packs, where nothing was withheld; or "all"',
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


def _several(key: str, values: list[str], example: str) -> str:
    return f"{key} = [{', '.join(map(_quote, values))}]" if values else f"# {key} = {example}"


def _line(key: str, value: str, example: str) -> str:
    return f"{key} = {_quote(value)}" if value else f"# {key} = {example}"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char for char in escaped if char >= " " and char != "\x7f") + '"'
