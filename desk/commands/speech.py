"""`deckprism voices` and `deckprism say FILE`: speech on its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from content.errors import UnreadableFile
from desk import terminal
from desk.commands.run import Config, found_config


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(voices)
    app.command()(say)


def voices(language: Annotated[str, typer.Option("--language", help="Only this language, as en.")] = "") -> int:
    """List the voices that are installed."""
    from generators.speech.voice import voices as installed

    found = [voice for voice in installed() if voice.language.startswith(language)]
    for voice in found:
        terminal.out(f"{voice.language:<10}{voice.name:<32}{voice.id}")
    terminal.out(f"{len(found)} voices." if found else "No voice is installed. Run deckprism doctor.")
    return 0 if found else 1


def say(
    file: Annotated[Path, typer.Argument(help="Text or Markdown to speak.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="MP3 file.")] = Path("speech.mp3"),
    language: Annotated[str, typer.Option("--language", help="Language of the text.")] = "en",
    config: Config = None,
) -> int:
    """Speak a text file into an MP3."""
    from content.settings import load_settings
    from generators.speech import say as speak

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(file), f"cannot be read as text ({type(error).__name__})", "Check the path") from None
    seconds = speak(text, output, language, load_settings(found_config(config)).profile)
    terminal.out(f"{output}: {seconds:.0f} s of speech.")
    return 0
