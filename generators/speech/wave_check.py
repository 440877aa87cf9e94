"""Whether a rendered paragraph is what was asked for: a whole WAV, as long as its text, with a voice in it.

An engine that ends well and leaves nothing, half or something else behind is the rule with pyttsx3, not the exception,
so no file is used that did not pass here, cached ones included.
"""

from __future__ import annotations

import io
import re
import wave
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Samples a second of everything from the voice to the MP3.
RATE = 22050
#: Words a minute asked of the engine: it gives 132 to 159 on four talks, by how long their words are. At 150 it gave
#: 142 to 172, which is too fast for a listener who drives. Never left to the engine: see child.py.
SPEED = 138
#: Seconds for a letter, a sentence end and a comma at that speed. Fitted on 150 English and Dutch paragraphs of
#: espeak-ng: durations were 0.90 to 1.18 times the estimate (words a minute alone: 0.62 to 1.24).
_LETTER, _END, _COMMA = 0.0803, 0.577, 0.316
#: A render outside this share of its estimate, with a fixed slack for short texts, failed.
BAND, SLACK = 0.25, 0.35
#: Loudest sample and share of samples that sound, below which a render counts as silent (full scale is 1).
_PEAK, _SOUNDING = 0.05, 0.15


class BadRender(Exception):
    """Why a render is not used, in a few words that hold none of its text."""


def estimate(spoken: str, rate: int = SPEED) -> float:
    """Seconds of speech for a spoken text at a rate in words a minute."""
    letters = sum(char.isalnum() for char in spoken)
    ends = len(re.findall(r"[.!?;:](?=\s+\S)", spoken))
    return (letters * _LETTER + ends * _END + spoken.count(",") * _COMMA) * SPEED / rate


def samples(data: bytes, spoken: str, rate: int = SPEED, pace: float = 1.0) -> NDArray[np.int16]:
    """The samples of a WAV file of a spoken text, silence at both ends cut off. Raises BadRender.

    `pace` is how long an engine takes as a share of the estimate.
    """
    import numpy as np

    if len(data) < 44 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadRender("no WAV file" if data else "an empty file")
    try:
        with wave.open(io.BytesIO(data)) as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            frames, wanted = file.readframes(file.getnframes()), file.getnframes()
    except (wave.Error, EOFError):
        raise BadRender("a broken WAV file") from None
    if shape != (1, 2, RATE):
        raise BadRender(f"{shape[0]} channel(s) of {8 * shape[1]} bit at {shape[2]} Hz, not one of 16 bit at {RATE} Hz")
    if len(frames) != 2 * wanted or not wanted:
        raise BadRender("a WAV file without its sound" if not frames else "a cut-off WAV file")
    sound = np.frombuffer(frames, dtype="<i2")
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 60)
    if not len(loud) or int(np.abs(sound.astype(np.int32)).max()) < _PEAK * 32768 or len(loud) < _SOUNDING * len(sound):
        raise BadRender("silence")
    margin = RATE // 100
    trimmed = sound[max(0, int(loud[0]) - margin):int(loud[-1]) + margin]
    seconds, expected = len(trimmed) / RATE, pace * estimate(spoken, rate)
    if not (1 - BAND) * expected - SLACK <= seconds <= (1 + BAND) * expected + SLACK:
        raise BadRender(f"{seconds:.1f} s of sound where about {expected:.1f} s belong")
    return trimmed
