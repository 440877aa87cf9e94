"""Loudness of speech: measured after ITU-R BS.1770-4, brought to -16 LUFS, held under -1 dBTP by a limiter.

Gain alone puts the peaks of a synthetic voice 4 to 5 dB over full scale, so there is a limiter with 5 ms of look-ahead.
Gain and limiter act on each other: both are worked out together on small blocks, then applied once and measured again.
numpy only; the filters of the standard are applied through their frequency response, in chunks.

-16 LUFS for a mono file follows Apple's and the EBU's advice for podcasts; some guides ask -19 for mono.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signal = NDArray[np.float32]
    Exact = NDArray[np.float64]

#: Wanted loudness in LUFS, and the ceiling of the true peak in dBTP that the limiter works to. An MP3 decoder gives
#: other peaks than the encoder got (0.1 to 0.3 dB more on speech), so the ceiling lies 1 dB under the promised -1 dBTP.
TARGET, CEILING = -16.0, -2.0
_GATE, _RELATIVE = -70.0, -10.0
_CHUNK = 1 << 17
_STEP = 16  # samples to a limiter block (0.7 ms at 22050 Hz)
_AHEAD = 7  # blocks of look-ahead (5 ms)


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness in LUFS (-inf for silence) and true peak in dBTP."""

    loudness: float
    peak: float


def measure(sound: Signal, rate: int) -> Measured:
    """Integrated loudness with both gates, and true peak at four times the rate, of mono samples in -1..1."""
    peak = float(_peaks(sound).max(initial=0.0))
    powers = _power(sound, rate, rate // 10)
    return Measured(_gated(powers), 20 * math.log10(peak) if peak > 0 else -math.inf)


def master(sound: Signal, rate: int, target: float = TARGET, ceiling: float = CEILING) -> Signal:
    """The sound at `target` LUFS with its true peak under `ceiling` dBTP. Silence comes back as it is.

    `sound` is mono in -1..1; the result has the same length. Reaches the target within 0.2 LU for speech; a signal that
    cannot be as loud under that ceiling comes out as loud as eight rounds made it.
    """
    import numpy as np

    peaks = _peaks(sound)
    fine = _power(sound, rate, _STEP)
    per = max(1, round(rate / 10 / _STEP))
    gain, top = 1.0, 10 ** (ceiling / 20)
    wanted = target
    limited = sound
    for _ in range(3):
        for _ in range(8):
            envelope = _envelope(peaks * gain, top) * gain
            now = _gated(_by_tenth(fine * envelope[:len(fine)] ** 2, per))
            if not math.isfinite(now):
                return sound
            if abs(now - wanted) < 0.02:
                break
            gain *= float(10 ** ((wanted - now) / 20))
        limited = _applied(sound, envelope)
        reached = _gated(_power(limited, rate, rate // 10))
        if abs(reached - target) < 0.05:
            break
        wanted += target - reached
    # What little the interpolation let through: one scaling, far below what anybody hears.
    over = float(_peaks(limited).max(initial=0.0))
    return limited * np.float32(top / over) if over > top else limited


def _applied(sound: Signal, envelope: Exact) -> Signal:
    """The sound times the envelope, which is interpolated between the middles of its blocks; in chunks, for memory."""
    import numpy as np

    out = np.empty_like(sound)
    middles = np.arange(len(envelope), dtype=np.float64) * _STEP + _STEP / 2
    for start in range(0, len(sound), _CHUNK):
        piece = sound[start:start + _CHUNK]
        # The blocks around the chunk are enough: interpolation looks one block to each side.
        blocks = slice(max(0, start // _STEP - 2), (start + len(piece)) // _STEP + 3)
        at = np.arange(start, start + len(piece))
        out[start:start + _CHUNK] = piece * np.interp(at, middles[blocks], envelope[blocks]).astype(np.float32)
    return out


def _envelope(peaks: Exact, top: float) -> Exact:
    """Gain for each block that keeps its peak, and those around it, under `top`; smooth, never late."""
    import numpy as np

    need = np.minimum(1.0, top / np.maximum(peaks, 1e-9))
    width = 2 * _AHEAD + 3
    padded = np.pad(need, width // 2, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, width).min(axis=1)
    window = np.hanning(2 * _AHEAD + 3)[1:-1]
    window /= window.sum()
    smooth = np.convolve(np.pad(lowest, _AHEAD, mode="edge"), window, mode="valid")
    found: Exact = smooth.astype(np.float64)
    return found


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


def _peaks(sound: Signal) -> Exact:
    """The true peak of each block of 16 samples, at four times the rate.

    Between samples a band-limited signal rises above them by 4 dB at the very most in speech; blocks that are far from
    the loudest are therefore not interpolated.
    """
    import numpy as np

    count = -(-len(sound) // _STEP)
    padded = np.zeros(count * _STEP, dtype=np.float32)
    padded[:len(sound)] = np.abs(sound)
    peaks: Exact = padded.reshape(count, _STEP).max(axis=1).astype(np.float64)
    if not count:
        return peaks
    near = np.maximum(peaks, np.maximum(np.roll(peaks, 1), np.roll(peaks, -1)))
    blocks = np.flatnonzero(near > 0.1 * near.max())
    lead = np.concatenate([np.zeros(12, np.float32), sound, np.zeros(12 + _STEP, np.float32)])
    for first in range(0, len(blocks), 20_000):
        some = blocks[first:first + 20_000]
        # Rows of 16 + 24 samples around each block; tap t of the interpolator looks at sample i + t.
        rows = lead[(some * _STEP)[:, None] + np.arange(_STEP + 24)[None, :]]
        views = np.lib.stride_tricks.sliding_window_view(rows, 24, axis=1)[:, 1:_STEP + 1]
        between = np.abs(views @ _phases().T.astype(np.float32)).max(axis=(1, 2))
        peaks[some] = np.maximum(peaks[some], between)
    return peaks


def _power(sound: Signal, rate: int, step: int) -> Exact:
    """Mean square of the K-weighted signal in runs of `step` samples; the last run is filled with silence."""
    import numpy as np

    count = -(-len(sound) // step)
    weighted = np.zeros(count * step, dtype=np.float32)
    # The high-pass rings for 60 ms: that much of the past goes before each chunk and is thrown away.
    past, size = rate // 8, _CHUNK
    response = _response(size, rate)
    padded = np.concatenate([np.zeros(past, np.float32), sound])
    for start in range(0, len(sound), size - past):
        piece = padded[start:start + size]
        out = np.fft.irfft(np.fft.rfft(piece, size) * response, size)[past:len(piece)]
        weighted[start:start + len(out)] = out
    runs = weighted.reshape(count, step)
    powers: Exact = np.einsum("ij,ij->i", runs, runs).astype(np.float64) / step
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


def _by_tenth(powers: Exact, per: int) -> Exact:
    """Means of `per` neighbours: from limiter blocks to tenths of a second."""
    import numpy as np

    count = -(-len(powers) // per)
    padded = np.zeros(count * per)
    padded[:len(powers)] = powers
    return np.asarray(padded.reshape(count, per).mean(axis=1))


def _gated(tenths: Exact) -> float:
    """Integrated loudness of mean squares of tenths of a second: blocks of 400 ms every 100 ms, two gates."""
    import numpy as np

    if len(tenths) < 4:
        tenths = np.pad(tenths, (0, 4 - len(tenths)))
    blocks = np.convolve(tenths, np.full(4, 0.25), mode="valid")
    heard = blocks[blocks > 10 ** ((_GATE + 0.691) / 10)]
    if not len(heard):
        return -math.inf
    threshold = heard.mean() * 10 ** (_RELATIVE / 10)
    return float(-0.691 + 10 * math.log10(heard[heard > threshold].mean()))
