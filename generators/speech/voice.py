"""Turns paragraphs into sound, one verified child process for each.

In process, in threads or after a fork pyttsx3 loses audio without a word; here every paragraph has a process of its own
that is waited for, timed out, checked (wave_check.py) and tried again, and a sound is used only when it passed. A sound
that is in the cache under everything that shapes it is checked again and not rendered. Sounds lie in a work folder and
are read one at a time, so that two hours of them need no more memory than one paragraph.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, DeckprismError
from generators.speech.engines import Engine, NoVoice, VoiceInfo, choose, engine, engine_of, voices
from generators.speech.sounds import SoundCache
from generators.speech.wave_check import SPEED, BadRender, estimate, samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Clip", "LostSpeech", "NoVoice", "VoiceInfo", "choose", "clips", "engine", "render", "voices"]

ATTEMPTS = 3
#: Seconds that a child may take before its text counts, and that the parent waits beyond them: machines are loaded.
PATIENCE, GRACE = 20.0, 10.0
_WHY = {3: "the engine did not take the voice", 4: "the engine reported an error", 5: "the sound could not be written",
        6: "the engine did not finish", 7: "there is no engine"}
_NO_ROOM = 5


class LostSpeech(DeckprismError):
    """A paragraph could not be rendered, in as many attempts as there are."""


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of a paragraph in the work folder: `count` samples of 16 bit, mono at 22050 Hz."""

    path: Path
    count: int

    def read(self) -> NDArray[np.int16]:
        """Its samples. Raises OSError."""
        import numpy as np

        return np.fromfile(self.path, dtype="<i2")


def clips(paragraphs: Sequence[str], voice: VoiceInfo, store: SoundCache, folder: Path, speed: int = SPEED,
          progress: Callable[[int, int], None] | None = None) -> tuple[Clip, ...]:
    """Speak each paragraph (spoken text) into `folder`; silence at the ends is cut off.

    As many children at a time as there are processors; the threads here only wait. Raises LostSpeech, which names the
    paragraph by its number and never by its text, when one failed in all attempts; BadOutput when there is no room.
    """
    motor = engine_of(voice)
    for number, spoken in enumerate(paragraphs, start=1):
        if not any(char.isalnum() for char in spoken):
            raise LostSpeech(f"speech, paragraph {number}", "there is nothing in it to say", "Leave it out or fill it")
    numbers: dict[str, int] = {}
    for number, spoken in enumerate(paragraphs, start=1):
        numbers.setdefault(spoken, number)

    def one(spoken: str) -> Clip:
        return _clip(_sound(spoken, voice, motor, speed, store, folder, numbers[spoken]), folder, numbers[spoken])

    made: dict[str, Clip] = {}
    try:
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            try:
                for count, (spoken, clip) in enumerate(zip(numbers, pool.map(one, numbers), strict=True), start=1):
                    made[spoken] = clip
                    if progress:
                        progress(count, len(numbers))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    except OSError as error:
        raise full(error) from None
    return tuple(made[spoken] for spoken in paragraphs)


def full(error: OSError) -> BadOutput:
    """What to say when the temporary folder cannot be used."""
    return BadOutput("speech", f"the temporary folder cannot be used ({error.strerror})", "Make room there or set TMPDIR")


def render(paragraphs: Sequence[str], voice: VoiceInfo, store: SoundCache, speed: int = SPEED,
           progress: Callable[[int, int], None] | None = None) -> tuple[NDArray[np.int16], ...]:
    """The same for a few paragraphs, as samples in memory. Raises as `clips` does."""
    try:
        with tempfile.TemporaryDirectory(prefix="deckprism-speech-") as folder:
            return tuple(clip.read() for clip in clips(paragraphs, voice, store, Path(folder), speed, progress))
    except OSError as error:
        raise full(error) from None


def _clip(sound: NDArray[np.int16], folder: Path, number: int) -> Clip:
    path = folder / f"{number:05d}.pcm"
    path.write_bytes(sound.astype("<i2").tobytes())
    return Clip(path, len(sound))


def _sound(spoken: str, voice: VoiceInfo, motor: Engine, speed: int, store: SoundCache, folder: Path,
           number: int) -> NDArray[np.int16]:
    """The samples of a paragraph, from the cache when they are there and pass, spoken otherwise."""
    key = store.key(spoken, motor.versions, voice.id, speed)
    kept = store.get(key)
    if kept is not None:
        try:
            return samples(kept, spoken, speed, motor.pace)
        except BadRender:
            store.drop(key)
    data = _speak(spoken, voice, motor, speed, folder, number)
    store.put(key, data)
    return samples(data, spoken, speed, motor.pace)


def _speak(spoken: str, voice: VoiceInfo, motor: Engine, speed: int, folder: Path, number: int) -> bytes:
    """One paragraph's WAV file, verified; up to three attempts. Raises LostSpeech, BadOutput when there is no room."""
    why, full_up = "", True
    wait = PATIENCE + estimate(spoken, speed) / 4
    for attempt in range(ATTEMPTS):
        # A fresh name in an existing folder, as a string: pyttsx3 fails in silence on anything else.
        out = folder / f"{number:05d}-{attempt}.wav"
        job = motor.job() | {"voice": voice.id, "rate": speed, "out": str(out), "wait": wait}
        code = motor.start(job, spoken, wait + GRACE)
        data = out.read_bytes() if out.is_file() else b""
        out.unlink(missing_ok=True)
        full_up = full_up and code == _NO_ROOM
        if code != 0:
            why = _WHY.get(code, "the engine was ended" if code < 0 else f"the engine failed ({code})")
            continue
        try:
            samples(data, spoken, speed, motor.pace)
        except BadRender as error:
            why = f"the engine gave {error}"
            continue
        return data
    if full_up:
        raise BadOutput(f"speech, paragraph {number}", "its sound could not be written to the temporary folder",
                        "Make room there or set TMPDIR")
    raise LostSpeech(f"speech, paragraph {number}", f"{why}, {ATTEMPTS} times",
                     "Run it again, or simplify that paragraph")
