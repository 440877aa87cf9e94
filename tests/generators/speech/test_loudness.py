from __future__ import annotations

import math

import numpy as np
import pytest

from generators.speech import limiter, loudness

RATE = 22050


def _speech_like(seconds: float, level: float, seed: int) -> np.ndarray:
    """Noise in syllables with pauses: about as uneven as a voice."""
    chance = np.random.default_rng(seed)
    count = int(seconds * RATE)
    carrier = np.convolve(chance.standard_normal(count), np.ones(6) / 6, mode="same")
    envelope = np.abs(np.sin(np.arange(count) * 2 * np.pi * 2.3 / RATE)) * (np.sin(np.arange(count) * 2 / RATE) > -0.6)
    spikes = (chance.random(count) < 0.0002) * 6.0
    return (level * (carrier * envelope + spikes * carrier)).astype(np.float32)


def _master(sound: np.ndarray, pieces: int = 1) -> np.ndarray:
    out: list[np.ndarray] = []
    limiter.master(lambda: np.array_split(sound, pieces), RATE, out.append)
    return np.concatenate(out)


@pytest.mark.parametrize(("frequency", "level", "expected"), [(997.0, 1.0, -3.01), (997.0, 0.1, -23.01)])
def test_a_sine_measures_as_the_standard_says(frequency: float, level: float, expected: float) -> None:
    # BS.1770: a 997 Hz sine at full scale in one channel reads -3.01 LUFS.
    tone = (level * np.sin(2 * np.pi * frequency * np.arange(RATE * 5) / RATE)).astype(np.float32)
    assert loudness.measure([tone], RATE).loudness == pytest.approx(expected, abs=0.12)


def test_the_true_peak_lies_between_samples() -> None:
    # A quarter-rate sine sampled 45 degrees off its crests: samples at 0.707, the wave at 1.
    tone = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4).astype(np.float32)
    assert float(np.abs(tone).max()) == pytest.approx(math.sqrt(0.5), abs=1e-3)
    assert loudness.measure([tone[200:-200]], RATE).peak == pytest.approx(0.0, abs=0.15)


@pytest.mark.parametrize("level", [0.02, 0.2, 0.9])
def test_mastering_reaches_the_mark_under_the_ceiling(level: float) -> None:
    done = loudness.measure([_master(_speech_like(20, level, 7))], RATE)
    assert done.loudness == pytest.approx(-16.0, abs=0.3)
    assert done.peak <= limiter.CEILING + 0.01


def test_a_spike_is_held_and_the_rest_left_alone() -> None:
    sound = _speech_like(10, 0.2, 3)
    sound[RATE * 5] = 3.0
    done = _master(sound)
    assert loudness.measure([done], RATE).peak <= limiter.CEILING + 0.01
    ratio = done[RATE:RATE * 2].std() / sound[RATE:RATE * 2].std()
    later = done[RATE * 8:RATE * 9].std() / sound[RATE * 8:RATE * 9].std()
    assert ratio == pytest.approx(later, rel=0.1)


def test_silence_stays_silence_and_length_stays() -> None:
    quiet = np.zeros(RATE * 2 + 7, np.float32)
    assert loudness.measure([quiet], RATE).loudness == -math.inf
    assert np.array_equal(_master(quiet), quiet)
    assert len(_master(_speech_like(3.3, 0.2, 1))) == len(_speech_like(3.3, 0.2, 1))


def test_the_same_in_one_piece_and_in_many() -> None:
    sound = _speech_like(40, 0.3, 5)
    whole = _master(sound)
    assert np.array_equal(whole, _master(sound, 977))
    one, many = loudness.measure([sound], RATE), loudness.measure(np.array_split(sound, 977), RATE)
    assert one == many
    assert len(_master(sound, 977)) == len(sound)


def test_a_peak_where_two_windows_meet_is_held() -> None:
    # Windows of the levels and of the limiter end at other places: spikes all along the sound find each seam.
    sound = _speech_like(30, 0.2, 2)
    sound[::4001] = 2.5
    assert loudness.measure([_master(sound)], RATE).peak <= limiter.CEILING + 0.01
