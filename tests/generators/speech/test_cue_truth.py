"""Cues of sentences inside a paragraph, against what the engine itself says about where each sentence begins.

espeak-ng reports where in the sound a sentence starts. pyttsx3 does not hand that on, and other engines do not know it, so
cues are found by their pauses; here both are compared. The engine is asked in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks.audio_text import WRITTEN
from generators.speech import voice
from generators.speech.episode import lay_out
from generators.speech.sounds import SoundCache
from generators.speech.spoken import line
from generators.speech.wave_check import RATE, SPEED

_ASK = textwrap.dedent("""
    import ctypes, json, os, sys
    import espeakng_loader
    os.environ["ESPEAK_DATA_PATH"] = str(espeakng_loader.get_data_path())
    ctypes.CDLL(str(espeakng_loader.get_library_path()), ctypes.RTLD_GLOBAL)
    import numpy
    from pyttsx3.drivers import _espeak
    _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, 0, None, 0)
    out = []
    for text in json.load(sys.stdin):
        pieces, starts = [], []
        def take(wave, count, events):
            if count > 0:
                pieces.append(numpy.ctypeslib.as_array(wave, shape=(count,)).copy())
            place = 0
            while events[place].type != _espeak.EVENT_LIST_TERMINATED:
                if events[place].type == _espeak.EVENT_SENTENCE:
                    starts.append(events[place].audio_position / 1000)
                place += 1
            return 0
        _espeak.SetSynthCallback(take)
        _espeak.SetVoiceByName(b"gmw/en-us")
        _espeak.SetParameter(_espeak.RATE, int(sys.argv[1]), 0)
        _espeak.Synth(text.encode(), flags=_espeak.CHARS_UTF8)
        _espeak.Synchronize()
        loud = numpy.flatnonzero(numpy.abs(numpy.concatenate(pieces).astype(int)) > 60)
        out.append([each - max(0, int(loud[0]) - 220) / 22050 for each in starts])
    sys.stdout.write("\\n" + json.dumps(out))
    sys.stdout.flush()
    os._exit(0)
""")


@pytest.mark.skipif(sys.platform != "linux", reason="espeak-ng comes with pip on Linux only")
def test_every_sentence_starts_within_50_ms(tmp_path: Path) -> None:
    lines = [line(text, "en") for text in WRITTEN]
    clips = voice.clips([each.spoken for each in lines], voice.choose("en", "gmw/en-us"), SoundCache(), tmp_path)
    (chapter,) = lay_out((("All", lines),), clips, "en").chapters
    asked = subprocess.run([sys.executable, "-c", _ASK, str(SPEED)], input=json.dumps([each.spoken for each in lines]),
                           capture_output=True, text=True, check=True).stdout
    truth: list[list[float]] = json.loads(asked.splitlines()[-1])
    assert sum(len(each) for each in truth) > 20
    for paragraph, starts in zip(chapter.paragraphs, truth, strict=True):
        cues = [cue.start - paragraph.start for cue in chapter.cues
                if paragraph.start - 1 / RATE <= cue.start < paragraph.end]
        assert len(cues) == len(starts)
        assert max(abs(cue - start) for cue, start in zip(cues, starts, strict=True)) <= 0.05


def test_the_pace_is_that_of_somebody_who_tells_a_story(tmp_path: Path) -> None:
    lines = [line(text, "en") for text in WRITTEN]
    clips = voice.clips([each.spoken for each in lines], voice.choose("en", "gmw/en-us"), SoundCache(), tmp_path)
    track = lay_out((("All", lines),), clips, "en")
    words = sum(len(text.split()) for text in WRITTEN)
    assert 130 <= words / track.seconds * 60 <= 160
