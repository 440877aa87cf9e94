"""Loudness and true peak of speech, after ITU-R BS.1770-4, of a signal that comes in pieces.

numpy only; the filters of the standard are applied through their frequency response. Everything works on windows of some
six seconds, so that two hours need no more memory than two minutes. What makes it loud is limiter.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signal = NDArray[np.float32]
    Exact = NDArray[np.float64]

#: Samples to a block, of which peak and power are known (0.7 ms at 22050 Hz).
STEP = 16
_GATE, _RELATIVE = -70.0, -10.0
_FFT = 1 << 17
#: Samples on each side of a sample that the interpolator of the true peak looks at.
_REACH = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness in LUFS (-inf for silence) and true peak in dBTP."""

    loudness: float
    peak: float


@dataclass(frozen=True, slots=True)
class Levels:
    """True peak (1 is full scale) and mean square of the K-weighted signal, of blocks of `STEP` samples in a row."""

    peaks: Exact
    powers: Exact


def per_tenth(rate: int) -> int:
    """How many blocks are taken for a tenth of a second."""
    return max(1, round(rate / 10 / STEP))


def measure(pieces: Iterable[Signal], rate: int) -> Measured:
    """Integrated loudness with both gates, and true peak at four times the rate, of mono samples in -1..1."""
    import numpy as np

    per, highest = per_tenth(rate), 0.0
    tenths: list[Exact] = []
    rest: Exact = np.zeros(0)
    for levels in levels_of(pieces, rate):
        highest = max(highest, float(levels.peaks.max(initial=0.0)))
        powers = np.concatenate([rest, levels.powers])
        whole = len(powers) // per * per
        tenths.append(powers[:whole].reshape(-1, per).mean(axis=1))
        rest = powers[whole:]
    if len(rest):
        tenths.append(np.array([rest.sum() / per]))
    return Measured(gated(tenths), 20 * math.log10(highest) if highest > 0 else -math.inf)


def levels_of(pieces: Iterable[Signal], rate: int) -> Iterator[Levels]:
    """Peak and power of every block, a window at a time; the last block is filled with silence."""
    # The high-pass rings for 60 ms: twice that of the past goes before each window and is thrown away.
    past = rate // 8
    size = (_FFT - past) // STEP * STEP
    response = _response(_FFT, rate)
    for window, count in windows(pieces, size, past, _REACH + STEP):
        blocks = -(-count // STEP)
        peaks = _peaks(window[past - _REACH:], blocks)
        yield Levels(peaks, _powers(window[:past + size], past, blocks, response))


def windows(pieces: Iterable[Signal], size: int, before: int = 0, after: int = 0) -> Iterator[tuple[Signal, int]]:
    """Windows of `size` samples with `before` and `after` of their neighbours, silence beyond both ends.

    Yields (before + size + after samples, how many of the `size` are of the signal).
    """
    import numpy as np

    whole = before + size + after
    held: list[Signal] = [np.zeros(before, np.float32)]
    have = before
    for piece in pieces:
        for start in range(0, len(piece), size):
            part = piece[start:start + size]
            held.append(part)
            have += len(part)
            if have >= whole:
                joined = np.concatenate(held)
                yield joined[:whole], size
                held, have = [joined[size:]], have - size
    joined = np.concatenate(held)
    while len(joined) > before:
        window = np.zeros(whole, np.float32)
        window[:min(whole, len(joined))] = joined[:whole]
        yield window, min(size, len(joined) - before)
        joined = joined[size:]


@cache
def _phases() -> Exact:
    """A windowed-sinc interpolator: three rows of 24 taps, the samples a quarter, a half and three quarters on."""
    import numpy as np

    taps = np.arange(-11, 13)
    rows = []
    for part in (0.25, 0.5, 0.75):
        at = taps - part
        rows.append(np.sinc(at) * (0.5 + 0.5 * np.cos(np.pi * at / 12.5)))
    found = np.array(rows)
    return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float64)


def _peaks(lead: Signal, count: int) -> Exact:
    """The true peak of each block of a window that has `_REACH` samples before its first block.

    Between samples a band-limited signal rises above them by 4 dB at the very most in speech; blocks that are far from
    the loudest are therefore not interpolated.
    """
    import numpy as np

    inside = lead[_REACH:_REACH + count * STEP]
    peaks: Exact = np.abs(inside).reshape(count, STEP).max(axis=1).astype(np.float64)
    near = np.maximum(peaks, np.maximum(np.roll(peaks, 1), np.roll(peaks, -1)))
    blocks = np.flatnonzero(near > 0.1 * near.max())
    taps = _phases().T.astype(np.float32)
    for first in range(0, len(blocks), 2_000):
        some = blocks[first:first + 2_000]
        # Rows of 16 + 24 samples around each block; tap t of the interpolator looks at sample i + t.
        rows = lead[(some * STEP)[:, None] + np.arange(STEP + 24)[None, :]]
        views = np.lib.stride_tricks.sliding_window_view(rows, 24, axis=1)[:, 1:STEP + 1]
        between = np.abs(views @ taps).max(axis=(1, 2))
        peaks[some] = np.maximum(peaks[some], between)
    return peaks


def _powers(window: Signal, past: int, count: int, response: NDArray[np.complex128]) -> Exact:
    """Mean square of the K-weighted signal of each block after `past` samples."""
    import numpy as np

    out = np.fft.irfft(np.fft.rfft(window, _FFT) * response, _FFT)[past:past + count * STEP]
    runs = out.reshape(count, STEP)
    powers: Exact = np.einsum("ij,ij->i", runs, runs) / STEP
    return powers


@cache
def _response(size: int, rate: int) -> NDArray[np.complex128]:
    """Frequency response of the two filters of BS.1770 (shelf, high-pass), from their analogue prototypes."""
    import numpy as np

    z = np.exp(-1j * np.pi * np.arange(size // 2 + 1) / (size // 2))
    total = np.ones(size // 2 + 1, dtype=np.complex128)
    shelf_gain = 10 ** (3.999843853973347 / 20)
    for frequency, quality, gain in ((1681.974450955533, 0.7071752369554196, shelf_gain),
                                     (38.13547087602444, 0.5003270373238773, 0.0)):
        k = math.tan(math.pi * frequency / rate)
        a0 = 1 + k / quality + k * k
        a1, a2 = 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0
        if gain:
            middle = gain ** 0.4996667741545416
            b0, b1 = (gain + middle * k / quality + k * k) / a0, 2 * (k * k - gain) / a0
            b2 = (gain - middle * k / quality + k * k) / a0
        else:
            b0, b1, b2 = 1.0, -2.0, 1.0
        total *= (b0 + b1 * z + b2 * z * z) / (1 + a1 * z + a2 * z * z)
    return total


def gated(tenths: Sequence[Exact]) -> float:
    """Integrated loudness of mean squares of tenths of a second: blocks of 400 ms every 100 ms, two gates."""
    import numpy as np

    joined = np.concatenate([*tenths, np.zeros(max(0, 4 - sum(len(each) for each in tenths)))])
    blocks = np.convolve(joined, np.full(4, 0.25), mode="valid")
    heard = blocks[blocks > 10 ** ((_GATE + 0.691) / 10)]
    if not len(heard):
        return -math.inf
    threshold = heard.mean() * 10 ** (_RELATIVE / 10)
    return float(-0.691 + 10 * math.log10(heard[heard > threshold].mean()))
