"""The neural voice goes the way of the default one: same child, same checks. The chosen engine is an extra."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from content.errors import BadSettings
from generators.speech import engines, voice
from generators.speech.sounds import SoundCache
from generators.speech.wave_check import RATE, estimate

_TEXT = "The answer was one sentence long, and it was sitting in the head of a man in the warehouse. Nobody had asked him."
installed = pytest.mark.skipif(find_spec("hibari") is None, reason="needs the extra deckprism[voice] (hibari-tts)")


@installed
def test_it_speaks_as_long_as_the_text_and_the_same_each_time() -> None:
    heart = voice.choose("en", "heart")
    assert heart.engine == "hibari"
    (one,) = voice.render([_TEXT], heart, SoundCache())
    (other,) = voice.render([_TEXT], heart, SoundCache())
    assert np.array_equal(one, other)
    assert len(one) / RATE == pytest.approx(0.94 * estimate(_TEXT), rel=0.15)
    assert np.abs(one.astype(int)).max() > 3000


@installed
def test_its_phoneme_syntax_is_text() -> None:
    heart = voice.choose("en", "heart")
    plain, marked = voice.render(["Say hello b u now.", "Say [hello](/bu/) now."], heart, SoundCache())
    assert abs(len(plain) - len(marked)) < 0.5 * RATE


@installed
def test_a_voice_that_would_be_downloaded_is_refused(tmp_path: Path) -> None:
    motor = engines.neural()
    assert motor is not None
    assert motor.start(motor.job() | {"voice": "hibari/emma", "rate": 138, "wait": 20.0, "out": str(tmp_path / "x.wav")},
                       "Hello.", 40) == 3
    with pytest.raises(BadSettings, match=r"profile\.voice"):
        voice.choose("en", "emma")


def test_it_is_chosen_by_name_alone_and_for_its_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    heart = engines.VoiceInfo("hibari/heart", "Heart", ("en-us",), "hibari")
    mine = engines.VoiceInfo("gmw/en-us", "English", ("en-us",), "espeak")
    dutch = engines.VoiceInfo("gmw/nl", "Dutch", ("nl",), "espeak")
    monkeypatch.setattr(engines, "voices", lambda: (mine, dutch, heart))
    assert engines.choose("en") == mine
    assert engines.choose("en", "en-us") == mine
    assert engines.choose("en", "heart") == heart
    assert engines.choose("nl", "heart") == dutch


def test_without_the_extra_there_is_no_such_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    engines.neural.cache_clear()
    try:
        assert engines.neural() is None
        with pytest.raises(voice.NoVoice):
            engines.engine_of(engines.VoiceInfo("hibari/heart", "Heart", ("en-us",), "hibari"))
    finally:
        engines.neural.cache_clear()


def test_its_child_says_when_there_is_no_engine(tmp_path: Path) -> None:
    # No site to import from: what a broken installation looks like to the child.
    job = '{"site": [], "voice": "hibari/heart", "rate": 138, "wait": 10, "out": "%s"}' % (tmp_path / "x.wav")
    ended = subprocess.run([sys.executable, "-I", "-S", str(engines._NEURAL_CHILD), job], input=b"Hello.", check=False)
    assert ended.returncode == 7
    assert list(tmp_path.iterdir()) == []
