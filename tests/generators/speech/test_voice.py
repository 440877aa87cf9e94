"""Every way in which pyttsx3 loses audio without a word, shut."""

from __future__ import annotations

import io
import os
import signal
import sys
import textwrap
import wave
from pathlib import Path

import numpy as np
import pytest

from content.errors import BadOutput, BadSettings
from generators.speech import engines, voice
from generators.speech.sounds import SoundCache, open_cache
from generators.speech.spoken import line, speak
from generators.speech.wave_check import RATE, BadRender, estimate, samples

_SENTENCES = (
    "We asked thirty colleagues what they were afraid of.",
    "The answer was one sentence long, and it was sitting in the head of a man in the warehouse.",
    "Nobody had ever asked him.",
    "Calls went down from six hundred and twenty to five hundred and forty a week, and nobody missed them.",
)
SecretText = "The marzipan budget is secret"


@pytest.fixture(scope="module")
def english() -> voice.VoiceInfo:
    return voice.choose("en")


def _wav(sound: np.ndarray, rate: int = RATE, channels: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound.astype("<i2").tobytes())
    return out.getvalue()


def _child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """Put another program in the child's place; it counts its starts in the returned file."""
    count = tmp_path / "starts"
    script = tmp_path / "child.py"
    script.write_text(textwrap.dedent(f"""
        import json, os, sys, time
        job = json.loads(sys.argv[1])
        with open({str(count)!r}, "a") as file:
            file.write("x")
        starts = os.path.getsize({str(count)!r})
        real = [sys.executable, "-I", "-S", {str(engines._CHILD)!r}, sys.argv[1]]
    """) + textwrap.dedent(body))
    monkeypatch.setattr(engines, "_CHILD", script)
    return count


def test_a_paragraph_is_rendered_whole(english: voice.VoiceInfo) -> None:
    for spoken, sound in zip(_SENTENCES, voice.render(_SENTENCES, english, SoundCache()), strict=True):
        assert abs(len(sound) / RATE - estimate(spoken)) < 0.25 * estimate(spoken) + 0.35
        assert np.abs(sound.astype(int)).max() > 5000


def test_long_text_is_waited_for(english: voice.VoiceInfo) -> None:
    spoken = " ".join(_SENTENCES * 12)
    (sound,) = voice.render([spoken], english, SoundCache())
    assert len(sound) / RATE > 100


def test_parallel_renders_are_those_of_one_after_another(english: voice.VoiceInfo) -> None:
    together = voice.render(_SENTENCES * 2, english, SoundCache())
    alone = [voice.render([spoken], english, SoundCache())[0] for spoken in _SENTENCES]
    assert all(np.array_equal(one, other) for one, other in zip(together, [*alone, *alone], strict=True))


def test_nothing_is_printed(english: voice.VoiceInfo, capfd: pytest.CaptureFixture[str]) -> None:
    voice.render(_SENTENCES[:1], english, SoundCache())
    assert capfd.readouterr() == ("", "")


def test_no_room_for_a_sound_is_the_fault_of_the_folder_and_not_ours(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: voice.VoiceInfo) -> None:
    _child(tmp_path, monkeypatch, "sys.exit(5)")
    with pytest.raises(BadOutput, match="paragraph 1: its sound could not be written") as caught:
        voice.render([SecretText], english, SoundCache())
    assert caught.value.exit_code == 2
    assert "marzipan" not in str(caught.value)


def _run(**changes: object) -> int:
    motor = voice.engine()
    assert motor is not None
    return motor.start(motor.job() | {"voice": "gmw/en-us", "rate": 150, "wait": 10.0} | changes, "Hello there.", 30)


def test_a_missing_folder_is_noticed_at_once(tmp_path: Path) -> None:
    assert _run(out=str(tmp_path / "gone" / "x.wav")) == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_noticed_at_once() -> None:
    assert _run(out="/dev/full") == 5


@pytest.mark.parametrize("name", ["klingon", "en-gb", "english", ""])
def test_the_child_refuses_a_voice_that_the_engine_would_pass_over(tmp_path: Path, name: str) -> None:
    assert _run(out=str(tmp_path / "x.wav"), voice=name) == 3


def test_choosing_a_voice() -> None:
    assert voice.choose("en").id == "gmw/en-us"
    assert voice.choose("nl").id == "gmw/nl"
    assert voice.choose("en", "en-gb").language == "en-gb"
    assert voice.choose("en", "EN-US-nyc").id == "gmw/en-us-nyc"
    assert voice.choose("nl", "en-gb").id == "gmw/nl"  # one profile, talks in two languages
    with pytest.raises(BadSettings, match=r"profile\.voice"):
        voice.choose("en", "klingon")
    with pytest.raises(voice.NoVoice, match="no voice for the language 'xx'"):
        voice.choose("xx")


def test_the_chosen_voice_is_the_one_that_speaks(english: voice.VoiceInfo) -> None:
    (one,) = voice.render(_SENTENCES[1:2], english, SoundCache())
    (other,) = voice.render(_SENTENCES[1:2], voice.choose("nl"), SoundCache())
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_nothing_to_say_is_said_so_with_its_number(english: voice.VoiceInfo, text: str) -> None:
    with pytest.raises(voice.LostSpeech, match="paragraph 2"):
        voice.render([_SENTENCES[0], text], english, SoundCache())


def test_text_after_a_nul_is_not_lost(english: voice.VoiceInfo) -> None:
    pair = line("The first half was said.\x00 The second half was said as well, all of it.", "en")
    assert "second half" in pair.spoken
    assert "\x00" not in pair.spoken
    (sound,) = voice.render([pair.spoken], english, SoundCache())
    assert len(sound) / RATE > 3


def test_ssml_is_not_said(english: voice.VoiceInfo) -> None:
    marked = speak('<speak>Hello <break time="3s"/><prosody rate="slow">there</prosody>, my friend.</speak>', "en")
    plain, tagged = voice.render(["Hello there, my friend.", marked], english, SoundCache())
    assert np.array_equal(plain, tagged)


def test_a_killed_child_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                         english: voice.VoiceInfo) -> None:
    count = _child(tmp_path, monkeypatch, f"""
        if starts == 1:
            os.kill(os.getpid(), {int(signal.SIGKILL)})
        os.execv(real[0], real)
    """)
    (sound,) = voice.render(_SENTENCES[:1], english, SoundCache())
    assert len(sound) > RATE
    assert count.stat().st_size == 2


@pytest.mark.parametrize(("body", "why"), [
    (f"os.kill(os.getpid(), {int(signal.SIGKILL)})", "was ended"),
    ("sys.exit(0)", "an empty file"),
    ("open(job['out'], 'wb').close()", "an empty file"),
    ("open(job['out'], 'wb').write(b'ID3' + bytes(400))", "no WAV file"),
    ("sys.exit(6)", "did not finish"),
    ("os._exit(9)", "failed"),
])
def test_three_failures_name_the_paragraph_and_not_its_text(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: voice.VoiceInfo, body: str, why: str) -> None:
    count = _child(tmp_path, monkeypatch, body)
    with pytest.raises(voice.LostSpeech, match=why) as caught:
        voice.render([SecretText], english, SoundCache())
    assert "paragraph 1" in str(caught.value)
    assert "marzipan" not in str(caught.value)
    assert count.stat().st_size == voice.ATTEMPTS


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: voice.VoiceInfo) -> None:
    _child(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(voice, "PATIENCE", 0.1)
    monkeypatch.setattr(voice, "GRACE", 0.3)
    with pytest.raises(voice.LostSpeech, match="was ended"):
        voice.render([SecretText], english, SoundCache())


def test_no_engine_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    for each in (engines.engine, engines.neural, engines.voices):
        each.cache_clear()
    try:
        assert voice.voices() == ()
        with pytest.raises(voice.NoVoice, match="no voice is installed"):
            voice.choose("en")
    finally:
        for each in (engines.engine, engines.neural, engines.voices):
            each.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="the library comes with pip on Linux only")
def test_a_library_that_cannot_be_loaded_is_no_voice(tmp_path: Path) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"not a library")
    assert _run(out=str(tmp_path / "x.wav"), library=str(broken)) == 7


class TestWaveCheck:
    spoken = "Nobody had ever asked him what he knew about the pump."

    def _tone(self, seconds: float) -> np.ndarray:
        return np.sin(np.arange(int(seconds * RATE)) / 20) * 12000

    def test_takes_what_fits(self) -> None:
        assert len(samples(_wav(self._tone(estimate(self.spoken))), self.spoken)) > RATE

    @pytest.mark.parametrize("factor", [0.3, 0.55, 1.7, 4.0])
    def test_refuses_a_length_that_is_not_that_of_the_text(self, factor: float) -> None:
        with pytest.raises(BadRender, match="s of sound where about"):
            samples(_wav(self._tone(factor * estimate(self.spoken))), self.spoken)

    def test_refuses_silence_noise_floor_and_emptiness(self) -> None:
        for sound in (np.zeros(3 * RATE), np.full(3 * RATE, 20.0), np.zeros(0)):
            with pytest.raises(BadRender, match="silence|without its sound"):
                samples(_wav(sound), self.spoken)

    def test_refuses_another_format_and_a_cut_off_file(self) -> None:
        with pytest.raises(BadRender, match="channel"):
            samples(_wav(self._tone(4), rate=16000), self.spoken)
        with pytest.raises(BadRender, match=r"cut-off|broken"):
            samples(_wav(self._tone(4))[:-20000], self.spoken)


class TestCache:
    def test_a_changed_paragraph_alone_is_spoken_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       english: voice.VoiceInfo) -> None:
        store = SoundCache(tmp_path)
        count = _child(tmp_path, monkeypatch, "os.execv(real[0], real)")
        first = voice.render(_SENTENCES[:3], english, store)
        assert count.stat().st_size == 3
        again = voice.render(_SENTENCES[:3], english, store)
        assert count.stat().st_size == 3
        assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
        voice.render([_SENTENCES[0], "Something else altogether.", _SENTENCES[2]], english, store)
        assert count.stat().st_size == 4

    def test_a_damaged_sound_is_spoken_again(self, tmp_path: Path, english: voice.VoiceInfo) -> None:
        store = SoundCache(tmp_path)
        (first,) = voice.render(_SENTENCES[:1], english, store)
        (kept,) = tmp_path.glob("*.wav")
        kept.write_bytes(kept.read_bytes()[:5000])
        (again,) = voice.render(_SENTENCES[:1], english, store)
        assert np.array_equal(first, again)
        assert len(kept.read_bytes()) > 5000

    def test_everything_that_shapes_the_sound_is_in_the_key(self) -> None:
        keys = {SoundCache.key(*each) for each in (
            ("a", "v1", "gmw/nl", 150), ("b", "v1", "gmw/nl", 150), ("a", "v2", "gmw/nl", 150),
            ("a", "v1", "gmw/en-us", 150), ("a", "v1", "gmw/nl", 160))}
        assert len(keys) == 5

    def test_the_oldest_goes_first(self, tmp_path: Path) -> None:
        store = SoundCache(tmp_path)
        for number in range(4):
            store.put(f"k{number}", bytes(100))
            os.utime(tmp_path / f"k{number}.wav", (number, number))
        store.prune(limit=250)
        assert sorted(file.name for file in tmp_path.glob("*")) == ["k2.wav", "k3.wav"]

    def test_off_and_unwritable_keep_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert open_cache().folder is None
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("DECKPRISM_SPEECH_CACHE", str(tmp_path / "file" / "cache"))
        assert open_cache().folder is None
        monkeypatch.setenv("DECKPRISM_SPEECH_CACHE", str(tmp_path / "cache"))
        assert open_cache().folder == tmp_path / "cache"


@pytest.mark.slow
def test_the_rate_is_never_lost_under_load(english: voice.VoiceInfo) -> None:
    # Lost, the engine speaks at 200 words a minute: 24 % shorter, which no band on a length can tell for sure.
    monotone = [f"{_SENTENCES[0]} " * 2 + "Yes." + " " * place for place in range(60)]
    assert len({len(sound) for sound in voice.render(monotone, english, SoundCache())}) == 1


@pytest.mark.slow
def test_forty_renders_and_none_is_lost(english: voice.VoiceInfo) -> None:
    numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    spoken = [f"Paragraph {number}. {sentence}" for number in numbers for sentence in _SENTENCES]
    found = voice.render(spoken, english, SoundCache())
    assert len(found) == 40
    assert all(len(sound) > RATE for sound in found)
