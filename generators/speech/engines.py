"""Which engines and voices this machine has, and which of them speaks a text.

pyttsx3 is the default: on Linux with the library that comes with pip (espeakng_loader), on macOS and Windows with the
system's voices. A neural voice (hibari-tts, Apache-2.0, its model inside the package) is an extra: English alone, chosen
by its name. Nothing is loaded and nothing downloaded here; children ask the engine (child.py, child_neural.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from content.errors import BadSettings, DeckprismError

_CHILD = Path(__file__).with_name("child.py")
_NEURAL_CHILD = Path(__file__).with_name("child_neural.py")
#: The voice of a language where the profile names none: identifier of espeak-ng.
_PREFERRED = {"en": "gmw/en-us", "nl": "gmw/nl", "de": "gmw/de", "fr": "roa/fr", "es": "roa/es", "it": "roa/it"}
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH",
                "USERPROFILE")
#: Length of a neural render as a share of what espeak-ng takes: 0.91 to 0.99 on the paragraphs of benchmarks/audio_text.py.
_NEURAL_PACE = 0.94


class NoVoice(DeckprismError):
    """No speech engine, or no voice for the language, is installed."""

    exit_code = 2


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

    def speaks(self, language: str) -> bool:
        """Whether it speaks a language; a voice that names none may speak any."""
        return not self.languages or any(code.lower().split("-")[0] == language for code in self.languages)


@dataclass(frozen=True, slots=True)
class Engine:
    """Where an engine of this machine is: what a child is told."""

    driver: str
    site: tuple[str, ...]
    library: str = ""
    data: str = ""
    #: Versions of everything that shapes the sound.
    versions: str = ""
    #: Length of its renders as a share of the estimate.
    pace: float = 1.0

    def job(self) -> dict[str, object]:
        """What every child of this engine is told."""
        return {"site": list(self.site), "library": self.library, "data": self.data, "driver": self.driver}

    def start(self, job: dict[str, object], text: str, seconds: float) -> int:
        """Run one child; its exit code, or -1 when it had to be ended. Its output is discarded: it holds text."""
        flags = ["-I", "-S"] if sys.platform == "linux" else ["-I"]
        kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        child = _NEURAL_CHILD if self.driver == "hibari" else _CHILD
        try:
            ended = subprocess.run(  # noqa: S603 - our own file, run by our own interpreter
                [sys.executable, *flags, str(child), json.dumps(job)], input=text.encode(), env=kept, timeout=seconds,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        except subprocess.TimeoutExpired:
            return -1
        return ended.returncode


@cache
def engine() -> Engine | None:
    """The engine behind pyttsx3, None where that is not installed. Nothing is loaded."""
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


@cache
def neural() -> Engine | None:
    """The neural engine, None where the extra is not installed or its model is not in the package."""
    found = [find_spec(name) for name in ("hibari", "onnxruntime", "numpy")]
    origins = [Path(spec.origin) for spec in found if spec is not None and spec.origin is not None]
    if len(origins) < len(found) or not (origins[0].parent / "assets" / "hibari.onnx").is_file():
        return None
    site = tuple(dict.fromkeys(str(origin.parent.parent) for origin in origins))
    versions = ", ".join(f"{name} {_version(name)}" for name in ("hibari-tts", "onnxruntime", "numpy"))
    return Engine("hibari", site, versions=versions, pace=_NEURAL_PACE)


def engine_of(voice: VoiceInfo) -> Engine:
    """The engine that has a voice. Raises NoVoice when it is not there any more."""
    found = neural() if voice.engine == "hibari" else engine()
    if found is None:
        raise NoVoice("speech", "no voice is installed", "Install pyttsx3 and espeakng-loader")
    return found


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


@cache
def voices() -> tuple[VoiceInfo, ...]:
    """The voices of this machine, by identifier; () when there is no engine. Asks the engine once per process."""
    found = [VoiceInfo("hibari/heart", "Heart (neural, American English)", ("en-us",), "hibari")] if neural() else []
    motor = engine()
    if motor is not None:
        found += _listed(motor)
    return tuple(sorted(found, key=lambda voice: voice.id))


def _listed(motor: Engine) -> list[VoiceInfo]:
    with tempfile.TemporaryDirectory(prefix="deckprism-voices-") as folder:
        out = Path(folder) / "voices.json"
        if motor.start(motor.job() | {"list": str(out)}, "", 60.0) != 0 or not out.is_file():
            return []
        found: list[tuple[str, str, list[str]]] = json.loads(out.read_text(encoding="utf-8"))
    return [VoiceInfo(name, label, tuple("".join(char for char in code if char.isalnum() or char == "-")
                                         for code in codes), motor.driver) for name, label, codes in found]


def choose(language: str, wanted: str = "") -> VoiceInfo:
    """The voice for a language: the one that is `wanted` (an identifier, its last part, or a language code) if it speaks
    it, the language's own otherwise, so that one profile does for talks in several languages.

    Raises NoVoice when there is no engine or no voice for the language, BadSettings when the wanted one is unknown.
    """
    known = voices()
    if not known:
        raise NoVoice("speech", "no voice is installed, so there is a script but no episode",
                      "Install pyttsx3 and espeakng-loader, or record the script")
    if wanted:
        chosen = _named(known, wanted.lower())
        if chosen is None:
            raise BadSettings("profile.voice", "is not a voice of this machine",
                              "Choose one that deckprism voices lists")
        if chosen.speaks(language):
            return chosen
    for voice in known:
        if voice.id == _PREFERRED.get(language):
            return voice
    for voice in known:
        if voice.languages and voice.speaks(language):
            return voice
    raise NoVoice("speech", f"no voice for the language '{language}' is installed, so there is a script but no episode",
                  "Install one, or name one as voice in the profile")


def _named(known: tuple[VoiceInfo, ...], wanted: str) -> VoiceInfo | None:
    for voice in known:
        if wanted in {voice.id.lower(), voice.id.lower().rpartition("/")[2]}:
            return voice
    for voice in known:
        if wanted in {code.lower() for code in voice.languages} and voice.engine != "hibari":
            return voice
    return None
