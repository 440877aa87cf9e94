"""Script in, MP3 out: the whole way of the sound, for the pack's episode and for `deckprism say` alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from content.errors import BadOutput, UnreadableFile
from content.settings import Profile
from generators.speech import limiter, mp3, script, voice
from generators.speech.episode import Timed, lay_out, seconds_of
from generators.speech.fitting import fit
from generators.speech.sounds import SoundCache, open_cache
from generators.speech.spoken import Line, line
from generators.speech.wave_check import RATE
from generators.speech.wording import phrase
from language.sentences import split

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Words after which a paragraph is spoken in two goes: one lost render must not cost minutes.
_BREATH = 90
#: Minutes of the longest script that is spoken: the sound lies in the temporary folder, 2.6 MB a minute.
LONGEST = 120

#: A chapter ready to be spoken: its title and its lines.
Spoken = tuple[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Episode:
    """What a finished file holds: when what is said in it, its length in seconds and in bytes."""

    chapters: tuple[Timed, ...]
    seconds: float
    size: int


def chapters_of(text: str, language: str, profile: Profile) -> tuple[Spoken, ...]:
    """The chapters of a script with display and spoken text of each paragraph; long paragraphs are cut at sentences."""
    found: list[Spoken] = []
    for chapter in script.read(text).chapters:
        lines = [_line(piece, language, tuple(sorted(profile.lexicon.items())))
                 for paragraph in chapter.paragraphs for piece in _breaths(paragraph)]
        kept = tuple(each for each in lines if each.spoken)
        if kept:
            found.append((chapter.title, kept))
    return tuple(found)


def length(chapters: Sequence[Spoken]) -> float:
    """Estimated seconds of the episode, pauses included."""
    return seconds_of([lines for _, lines in chapters])


def make(chapters: Sequence[Spoken], tags: mp3.Tags, language: str, profile: Profile, out: BinaryIO,
         store: SoundCache | None = None, progress: Callable[[int, int], None] | None = None) -> Episode:
    """Speak, lay out, master, encode and tag, into `out`. `tags.chapters` are filled in here, from the measured times.

    Raises voice.NoVoice, voice.LostSpeech, BadOutput (no room in the temporary folder) and BadSettings (an unknown
    voice) before anything is written, and whatever writing to `out` raises.
    """
    chosen = voice.choose(language, profile.voice)
    kept = open_cache() if store is None else store
    try:
        folder = tempfile.TemporaryDirectory(prefix="deckprism-speech-")
    except OSError as error:
        raise voice.full(error) from None
    with folder as name:
        sounds = voice.clips([each.spoken for _, lines in chapters for each in lines], chosen, kept, Path(name),
                             progress=progress)
        kept.prune()
        track = lay_out(chapters, sounds, language)
        marks = tuple(mp3.Mark(each.title, 0.0 if not number else each.start, each.end)
                      for number, each in enumerate(track.chapters)) if len(track.chapters) > 1 else ()
        size = out.write(mp3.tag(replace(tags, chapters=marks)))
        encoder = mp3.Encoder(RATE)

        def write(sound: NDArray[np.float32]) -> None:
            nonlocal size
            size += out.write(encoder.add(sound))

        limiter.master(track.sound, RATE, write)
        size += out.write(encoder.end())
        return Episode(track.chapters, track.seconds, size)


def say(text: str, out: Path, language: str, profile: Profile,
        progress: Callable[[int, int], None] | None = None, minutes: int | None = None) -> float:
    """Speak a text or a script.md into an MP3 file; returns its length in seconds.

    With `minutes`, the least important paragraphs are left out until it fits.
    Raises UnreadableFile when there is nothing to say or far too much, BadOutput when the file cannot be written,
    voice.NoVoice, voice.LostSpeech (which names the paragraph) and BadSettings. Nothing is half-written.
    """
    folder = out.absolute().parent
    if not folder.is_dir():
        raise BadOutput(str(folder), "is not a folder", "Make it, or choose another place with --output")
    if out.is_dir():
        raise BadOutput(str(out), "is a folder", "Name a file, as in speech.mp3")
    chapters = chapters_of(text, language, profile)
    if not chapters:
        raise UnreadableFile("speech", "there is nothing in the script to say", "Write a paragraph in it")
    if minutes is not None:
        chapters, _ = fit(chapters, 60.0 * minutes, length(chapters), language)
    if length(chapters) > LONGEST * 60:
        raise UnreadableFile("speech", f"the script would take {length(chapters) / 60:.0f} minutes",
                             f"Cut it into scripts of at most {LONGEST} minutes")
    title = script.read(text).title or chapters[0][1][0].display[:80]
    tags = mp3.Tags(title=title, language=language, comment=phrase(language, "disclosure"), licence=profile.licence,
                    artist=", ".join(author.name for author in profile.authors))
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".deckprism-", delete=False) as file:
            part = Path(file.name)
            try:
                made = make(chapters, tags, language, profile, cast("BinaryIO", file), progress=progress)
                file.close()
                part.chmod(0o644)
                part.replace(out)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadOutput(str(out), f"cannot be written ({error.strerror})",
                        "Make room there or in the temporary folder, or choose another place with --output") from None
    return made.seconds


@lru_cache(maxsize=4096)
def _line(text: str, language: str, lexicon: tuple[tuple[str, str], ...]) -> Line:
    """A script is read several times until its length is right; most of its lines stay as they were."""
    return line(text, language, dict(lexicon))


def _breaths(paragraph: str) -> list[str]:
    if len(paragraph.split()) <= _BREATH:
        return [paragraph]
    out: list[str] = []
    for start, end in split(paragraph):
        sentence = paragraph[start:end]
        if out and len(out[-1].split()) + len(sentence.split()) <= _BREATH:
            out[-1] += f" {sentence}"
        else:
            out.append(sentence)
    return out
