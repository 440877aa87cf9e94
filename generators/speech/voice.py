"""Turns paragraphs into sound, one verified child process for each, with pyttsx3 behind it.

In process, in threads or after a fork pyttsx3 loses audio without a word; here every paragraph has a process of its own
that is waited for, timed out, checked (wave_check.py) and tried again, and a sound is used only when it passed. A sound
that is in the cache under everything that shapes it is checked again and not rendered. On Linux the library comes with
pip (espeakng_loader); macOS and Windows use the system's voices.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, BadSettings, DeckprismError
from generators.speech.sounds import SoundCache
from generators.speech.wave_check import SPEED, BadRender, estimate, samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ATTEMPTS = 3
#: Seconds that a child may take before its text counts, and that the parent waits beyond them: machines are loaded.
PATIENCE, GRACE = 20.0, 10.0
_CHILD = Path(__file__).with_name("child.py")
_WHY = {3: "the engine did not take the voice", 4: "the engine reported an error", 5: "the sound could not be written",
        6: "the engine did not finish", 7: "there is no engine"}
#: The voice of a language where the profile names none: identifier of espeak-ng.
_PREFERRED = {"en": "gmw/en-us", "nl": "gmw/nl", "de": "gmw/de", "fr": "roa/fr", "es": "roa/es", "it": "roa/it"}
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH",
                "USERPROFILE")


class NoVoice(DeckprismError):
    """No speech engine, or no voice for the language, is installed."""

    exit_code = 2


class LostSpeech(DeckprismError):
    """A paragraph could not be rendered, in as many attempts as there are."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that is installed. `id` is what the profile's `voice` names; `languages` are BCP 47 codes."""

    id: str
    name: str
    languages: tuple[str, ...]
    engine: str

    @property
    def language(self) -> str:
        """The first of its languages, '' when it names none."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the engine of this machine is: what a child is told."""

    driver: str
    site: tuple[str, ...]
    library: str = ""
    data: str = ""
    #: Versions of everything that shapes the sound.
    versions: str = ""


@cache
def engine() -> Engine | None:
    """The engine of this machine, None where pyttsx3 is not installed. Nothing is loaded."""
    spec = find_spec("pyttsx3")
    if spec is None or spec.origin is None:
        return None
    site = [str(Path(spec.origin).parent.parent)]
    versions = f"pyttsx3 {_version('pyttsx3')}"
    if sys.platform != "linux":
        driver = "sapi5" if sys.platform == "win32" else "nsss"
        return Engine(driver, tuple(dict.fromkeys(site + [place for place in sys.path if place])), versions=versions)
    library = data = ""
    loader = find_spec("espeakng_loader")
    if loader is not None and loader.origin is not None:
        home = Path(loader.origin).parent
        file = home / "libespeak-ng.so"
        if file.is_file() and (home / "espeak-ng-data").is_dir():
            library, data = str(file), str(home / "espeak-ng-data")
            versions += f", espeakng-loader {_version('espeakng-loader')}"
    return Engine("espeak", tuple(site), library, data, versions if library else f"{versions}, espeak of the system")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _start(job: dict[str, object], text: str, seconds: float) -> int:
    """Run one child; its exit code, or -1 when it had to be ended. Its output is discarded: it holds text."""
    flags = ["-I", "-S"] if sys.platform == "linux" else ["-I"]
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603 - our own file, run by our own interpreter
            [sys.executable, *flags, str(_CHILD), json.dumps(job)], input=text.encode(), env=kept, timeout=seconds,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return -1
    return ended.returncode


def _job(motor: Engine) -> dict[str, object]:
    return {"site": list(motor.site), "library": motor.library, "data": motor.data, "driver": motor.driver}


@cache
def voices() -> tuple[VoiceInfo, ...]:
    """The voices of this machine, by identifier; () when there is no engine. Asks the engine once per process."""
    motor = engine()
    if motor is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="deckprism-voices-") as folder:
        out = Path(folder) / "voices.json"
        if _start(_job(motor) | {"list": str(out)}, "", 60.0) != 0 or not out.is_file():
            return ()
        found: list[tuple[str, str, list[str]]] = json.loads(out.read_text(encoding="utf-8"))
    return tuple(sorted((VoiceInfo(name, label, tuple("".join(char for char in code if char.isalnum() or char == "-")
                                                      for code in codes), motor.driver)
                         for name, label, codes in found), key=lambda voice: voice.id))


def choose(language: str, wanted: str = "") -> VoiceInfo:
    """The voice for a language, or the one that is `wanted` (an identifier, its last part, or a language code).

    Raises NoVoice when there is no engine or no voice for the language, BadSettings when the wanted one is unknown.
    """
    known = voices()
    if not known:
        raise NoVoice("speech", "no voice is installed, so there is a script but no episode",
                      "Install pyttsx3 and espeakng-loader, or record the script")
    if wanted:
        for voice in known:
            if wanted.lower() in {voice.id.lower(), voice.id.lower().rpartition("/")[2]}:
                return voice
        for voice in known:
            if wanted.lower() in {code.lower() for code in voice.languages}:
                return voice
        raise BadSettings("profile.voice", "is not a voice of this machine", "Choose one that deckprism voices lists")
    for voice in known:
        if voice.id == _PREFERRED.get(language):
            return voice
    for voice in known:
        if any(code.lower().split("-")[0] == language for code in voice.languages):
            return voice
    raise NoVoice("speech", f"no voice for the language '{language}' is installed, so there is a script but no episode",
                  "Install one, or name one as voice in the profile")


def render(paragraphs: Sequence[str], voice: VoiceInfo, store: SoundCache, speed: int = SPEED,
           progress: Callable[[int, int], None] | None = None) -> tuple[NDArray[np.int16], ...]:
    """Speak each paragraph (spoken text) and return its samples, mono at 22050 Hz, silence at the ends cut off.

    As many children at a time as there are processors; the threads here only wait. Raises LostSpeech, which names the
    paragraph by its number and never by its text, when one failed in all attempts; nothing is half-written then.
    """
    motor = engine()
    if motor is None:
        raise NoVoice("speech", "no voice is installed", "Install pyttsx3 and espeakng-loader")
    for number, spoken in enumerate(paragraphs, start=1):
        if not any(char.isalnum() for char in spoken):
            raise LostSpeech(f"speech, paragraph {number}", "there is nothing in it to say", "Leave it out or fill it")
    distinct = list(dict.fromkeys(paragraphs))
    try:
        with tempfile.TemporaryDirectory(prefix="deckprism-speech-") as folder:
            def one(spoken: str) -> NDArray[np.int16]:
                key = store.key(spoken, motor.versions, voice.id, speed)
                kept = store.get(key)
                if kept is not None:
                    try:
                        return samples(kept, spoken, speed)
                    except BadRender:
                        store.drop(key)
                data = _speak(spoken, voice, motor, speed, Path(folder), paragraphs.index(spoken) + 1)
                store.put(key, data)
                return samples(data, spoken, speed)

            sounds: dict[str, NDArray[np.int16]] = {}
            with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
                try:
                    found = zip(distinct, pool.map(one, distinct), strict=True)
                    for count, (spoken, sound) in enumerate(found, start=1):
                        sounds[spoken] = sound
                        if progress:
                            progress(count, len(distinct))
                except BaseException:
                    pool.shutdown(wait=True, cancel_futures=True)
                    raise
    except OSError as error:
        raise BadOutput("speech", f"the temporary folder cannot be used ({error.strerror})",
                        "Make room there or set TMPDIR") from None
    return tuple(sounds[spoken] for spoken in paragraphs)


def _speak(spoken: str, voice: VoiceInfo, motor: Engine, speed: int, folder: Path, number: int) -> bytes:
    """One paragraph's WAV file, verified; up to three attempts. Raises LostSpeech."""
    why = ""
    wait = PATIENCE + estimate(spoken, speed) / 4
    for attempt in range(ATTEMPTS):
        # A fresh name in an existing folder, as a string: pyttsx3 fails in silence on anything else.
        out = folder / f"{number:05d}-{attempt}.wav"
        job = _job(motor) | {"voice": voice.id, "rate": speed, "out": str(out), "wait": wait}
        code = _start(job, spoken, wait + GRACE)
        if code != 0:
            why = _WHY.get(code, "the engine was ended" if code < 0 else f"the engine failed ({code})")
            continue
        try:
            data = out.read_bytes() if out.is_file() else b""
            samples(data, spoken, speed)
        except BadRender as error:
            why = f"the engine gave {error}"
            continue
        return data
    raise LostSpeech(f"speech, paragraph {number}", f"{why}, {ATTEMPTS} times",
                     "Run it again, or simplify that paragraph")
