"""Speaks one paragraph with hibari-tts, alone in its process, and ends. Started by `engines.py`; never imported.

The same bargain as child.py: one text from standard input, one WAV file, an exit code that says what happened. Only the
voice inside the package is used: any other would be downloaded. The noise has a fixed seed, and the phoneme syntax that
hibari reads inside brackets is taken out once more, so text stays text.

Arguments: a JSON object {site, voice, rate, out, wait}. Exit codes: 0 done; 3 the voice was not taken; 4 the engine
reported an error; 5 the file could not be written; 6 nothing finished in time; 7 no engine.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import wave

#: Samples a second that are handed on: those of the default voice.
_RATE = 22050
#: hibari's own pace (1.0) is about 170 words a minute; at 138 words a minute it is slowed to this.
_SPEED = 0.82 / 138


def main() -> None:
    """Speak."""
    job = json.loads(sys.argv[1])
    for place in job["site"]:
        sys.path.append(place)
    if job["voice"] != "hibari/heart":
        os._exit(3)
    watchdog = threading.Timer(job["wait"], os._exit, (6,))
    watchdog.daemon = True
    watchdog.start()
    try:
        import numpy as np
        from hibari import Hibari

        speaker = Hibari(threads=1)
    except Exception:  # a broken installation shows itself in many ways, all of which mean the same
        os._exit(7)
    text = sys.stdin.buffer.read().decode("utf-8").translate(dict.fromkeys(map(ord, "[]()/"), " "))
    try:
        sound = np.asarray(speaker(text, speed=_SPEED * job["rate"], seed=0), np.float64)
        # 24000 to 22050 samples a second is 160 to 147: the spectrum is cut where the lower rate ends.
        scale = 1 << max(10, (len(sound) // 160).bit_length())
        spectrum = np.fft.rfft(sound, 160 * scale)[:147 * scale // 2 + 1]
        lower = np.fft.irfft(spectrum, 147 * scale)[:len(sound) * 147 // 160] * (147 / 160)
        # It comes out quiet: 5.6 dB more, which its loudest sample (0.5) bears.
        samples = np.clip(np.round(lower * 1.9 * 32767), -32768, 32767).astype("<i2")
    except Exception:
        os._exit(4)
    try:
        with wave.open(job["out"], "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE)
            file.writeframes(samples.tobytes())
    except OSError:
        os._exit(5)
    os._exit(0)


if __name__ == "__main__":
    main()
