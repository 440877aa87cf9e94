"""Speaks one paragraph, alone in its process, and ends. Started by `voice.py`; never imported.

pyttsx3 returns before its file is written, mixes up several texts, and tells nobody when it cannot write. So: one text
for each process, from standard input; the process waits for `finished-utterance`, which comes after the file was
closed; an exception in a callback of the C library, which Python would only print, ends it at once. On Linux
`startLoop` is used and never `runAndWait`: that one queues an end of the loop which cancels what espeak has not done
yet, so that under load one render in 50 to 7 lost its rate and came out at 200 words a minute (0 of 600 with
`startLoop`). Standard library and pyttsx3 only, because it starts once for every paragraph (40 ms).

Arguments: a JSON object {site, library, data, driver, voice, rate, out, wait} or {..., "list": path}.
Exit codes: 0 done; 3 the voice was not taken; 4 the engine reported an error; 5 the file could not be written;
6 nothing finished in time; 7 no engine.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading


def main() -> None:
    """Speak, or list the voices."""
    job = json.loads(sys.argv[1])
    for place in job["site"]:
        sys.path.append(place)
    # ctypes callbacks swallow exceptions; this hook is where they end.
    sys.unraisablehook = lambda _: os._exit(5)
    if job["data"]:
        os.environ["ESPEAK_DATA_PATH"] = job["data"]
    try:
        if job["library"]:
            ctypes.CDLL(job["library"], ctypes.RTLD_GLOBAL)
        import pyttsx3

        engine = pyttsx3.init(job["driver"])
    except Exception:  # a missing library shows itself in many ways, all of which mean the same
        os._exit(7)
    voices = engine.getProperty("voices")
    if "list" in job:
        found = [[voice.id, voice.name, [str(each) for each in voice.languages or []]] for voice in voices]
        with open(job["list"], "w", encoding="utf-8") as file:  # noqa: PTH123 - no more imports than needed
            json.dump(found, file)
        os._exit(0)
    if job["voice"] not in {voice.id for voice in voices}:
        os._exit(3)
    text = sys.stdin.buffer.read().decode("utf-8")
    done = threading.Event()
    # A loop that never ends would hold the parent until its own, longer time-out.
    watchdog = threading.Timer(job["wait"], os._exit, (6,))
    watchdog.daemon = True
    watchdog.start()

    def started(name: str | None = None) -> None:
        # The commands before the text have run now: an unknown voice would have been passed over in silence.
        if engine.getProperty("voice") != job["voice"]:
            os._exit(3)

    def finished(name: str | None = None, completed: bool = False) -> None:
        if completed:
            done.set()

    engine.connect("started-utterance", started)
    engine.connect("finished-utterance", finished)
    engine.connect("error", lambda name=None, exception=None: os._exit(4))
    engine.setProperty("voice", job["voice"])
    engine.setProperty("rate", job["rate"])
    engine.save_to_file(text, job["out"])
    if job["driver"] == "espeak":
        engine.startLoop()  # returns when the whole text is spoken and written
    else:
        engine.runAndWait()
    # No tidy ending: the C library may take the process down while it is being unloaded.
    os._exit(0 if done.wait(job["wait"]) else 6)


if __name__ == "__main__":
    main()
