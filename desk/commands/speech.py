"""`deckprism voices` and `deckprism say FILE`: speech on its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import BadOutput, InputError, UnreadableFile
from desk import terminal
from desk.commands.run import Config, found_config
from flows.stopping import as_interrupt

if TYPE_CHECKING:
    from generators.speech.engines import VoiceInfo

#: Bytes of the longest text that is read; two hours have 110,000.
_LARGEST = 4 << 20


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(voices)
    app.command()(say)


def voices(
    language: Annotated[str, typer.Option("--language", help="Only this language, as en.")] = "",
    samples: Annotated[Path | None, typer.Option("--samples", help="Folder for an MP3 of each voice.")] = None,
) -> int:
    """List the voices that are installed, and let each say a sentence into a file."""
    from generators.speech.engines import voices as installed

    found = [voice for voice in installed() if voice.language.lower().startswith(language.lower())]
    for voice in found:
        terminal.out(f"{voice.language:<10}{voice.name:<32}{voice.id}")
    if not found:
        terminal.out(f"No voice speaks {language}." if installed() else "No voice is installed. Run deckprism doctor.")
        return 1
    terminal.out(f"{len(found)} voice{'s' if len(found) > 1 else ''}. Set voice in the profile to a name of the last column.")
    if samples is None:
        return 0
    with as_interrupt():
        return _samples(found, samples)


def _samples(found: list[VoiceInfo], folder: Path) -> int:
    """A file for each voice; 1 when one could not speak, which is said."""
    from content.settings import Profile
    from generators.speech import say as speak
    from generators.speech.voice import LostSpeech
    from generators.speech.wording import phrase

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(str(folder), f"cannot be made ({error.strerror})", "Choose another place with --samples") from None
    lost = 0
    for voice in found:
        language = voice.language.split("-")[0] or "en"
        out = folder / f"{voice.id.replace('/', '-')}.mp3"
        try:
            speak(phrase(language, "sample"), out, language, Profile(voice=voice.id))
        except LostSpeech as error:
            lost += 1
            terminal.err(f"{voice.id}: {error.what}.")
        else:
            terminal.err(str(out))
    terminal.out(f"{len(found) - lost} samples in {folder}.")
    return 1 if lost else 0


def say(
    file: Annotated[Path, typer.Argument(help="Text or Markdown to speak.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="MP3 file.")] = Path("speech.mp3"),
    language: Annotated[str, typer.Option("--language", help="Language of the text.")] = "en",
    voice: Annotated[str, typer.Option("--voice", help="A voice that deckprism voices lists.")] = "",
    minutes: Annotated[int | None, typer.Option("--minutes", min=1, max=120, help="At most so long: the least important "
                                                "paragraphs are left out.")] = None,
    config: Config = None,
) -> int:
    """Speak a text file into an MP3."""
    from content.settings import load_settings
    from generators.speech import say as speak

    profile = load_settings(found_config(config)).profile
    if voice:
        profile = profile.model_copy(update={"voice": voice})
    text = _read(file)
    with as_interrupt():
        seconds = speak(text, output, language, profile, minutes=minutes)
    whole = round(seconds)
    terminal.out(f"{output}: {whole // 60}:{whole % 60:02d} of speech. The voice is synthetic: say so where you publish it.")
    if minutes is not None and not 0.85 * 60 * minutes <= seconds <= 1.15 * 60 * minutes:
        terminal.err(f"{minutes} minute{'s were' if minutes > 1 else ' was'} asked for. " + (
            "The text says no more; nothing was added." if seconds < 60 * minutes else
            "What is left are the first paragraph of each chapter, and its first and last chapter whole."))
    return 0


def _read(file: Path) -> str:
    """The text of a file. Raises UnreadableFile."""
    try:
        if file.stat().st_size > _LARGEST:
            raise UnreadableFile(str(file), f"is larger than {_LARGEST >> 20} MB", "Cut it into parts")
        return file.read_text(encoding="utf-8-sig")
    except InputError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(file), f"cannot be read as text ({type(error).__name__})", "Check the path") from None
