"""Brings speech to -16 LUFS and holds it under -1 dBTP, whatever its length, in the memory of a few seconds of it.

Gain alone puts the peaks of a synthetic voice 4 to 5 dB over full scale, so there is a limiter with 5 ms of look-ahead.
Gain and limiter act on each other: both are worked out together on small blocks, whose peaks and powers lie in a
temporary file, then applied and measured again, and only then written.

-16 LUFS for a mono file follows Apple's and the EBU's advice for podcasts; some guides ask -19 for mono.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from generators.speech.loudness import STEP, gated, levels_of, measure, per_tenth, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generators.speech.loudness import Exact, Signal

    Source = Callable[[], Iterable[Signal]]
    Sink = Callable[[Signal], None]

#: Wanted loudness in LUFS, and the ceiling of the true peak in dBTP that the limiter works to. An MP3 decoder gives
#: other peaks than the encoder got, up to 0.9 dB more on whole episodes: the ceiling lies 1.5 dB under the promised -1.
TARGET, CEILING = -16.0, -2.5
_AHEAD = 7  # blocks of look-ahead (5 ms)
_MARGIN = 2 * _AHEAD + 3
#: Tenths of a second that are worked on at a time.
_TENTHS = 64


class _Blocks:
    """Peaks and powers of a whole signal, in a temporary file that has no name."""

    def __init__(self, source: Source, rate: int) -> None:
        import numpy as np

        self.per, self.count = per_tenth(rate), 0
        self._file = cast("BinaryIO", tempfile.TemporaryFile(prefix="deckprism-levels-"))  # noqa: SIM115 - closed at exit
        for levels in levels_of(source(), rate):
            self._file.write(np.stack([levels.peaks, levels.powers], axis=1).astype(np.float32).tobytes())
            self.count += len(levels.peaks)

    def __enter__(self) -> _Blocks:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, start: int, stop: int) -> tuple[Exact, Exact]:
        """Peaks and powers of blocks, silent where there are none."""
        import numpy as np

        first, last = max(0, start), min(stop, self.count)
        self._file.seek(8 * first)
        raw = np.frombuffer(self._file.read(8 * max(0, last - first)), np.float32).reshape(-1, 2).astype(np.float64)
        whole = np.pad(raw, ((first - start, stop - first - len(raw)), (0, 0)))
        return whole[:, 0], whole[:, 1]

    def envelope(self, start: int, stop: int, gain: float, top: float) -> tuple[Exact, Exact]:
        """Gain and power before it of each block; no block, nor those around it, comes out over `top`."""
        import numpy as np

        peaks, powers = self.read(start - _MARGIN, stop + _MARGIN)
        need = np.minimum(1.0, top / np.maximum(peaks * gain, 1e-9))
        lowest = np.lib.stride_tricks.sliding_window_view(need, 2 * _AHEAD + 3).min(axis=1)
        window = np.hanning(2 * _AHEAD + 3)[1:-1]
        smooth: Exact = np.convolve(lowest, window / window.sum(), mode="valid")
        spare = _MARGIN - (_AHEAD + 1) - _AHEAD
        return smooth[spare:len(smooth) - spare] * gain, powers[_MARGIN:len(powers) - _MARGIN]

    def loudness(self, gain: float, top: float) -> float:
        """Integrated loudness after gain and limiter."""
        tenths: list[Exact] = []
        for start in range(0, self.count, self.per * _TENTHS):
            stop = min(start + self.per * _TENTHS, -(-self.count // self.per) * self.per)
            envelope, powers = self.envelope(start, stop, gain, top)
            tenths.append((powers * envelope ** 2).reshape(-1, self.per).mean(axis=1))
        return gated(tenths) if tenths else -math.inf

    def gain_for(self, wanted: float, gain: float, top: float) -> float:
        """The gain that makes it as loud as wanted, from a first guess; 0 for silence."""
        for _ in range(8):
            now = self.loudness(gain, top)
            if not math.isfinite(now):
                return 0.0
            if abs(now - wanted) < 0.02:
                break
            gain *= float(10 ** ((wanted - now) / 20))
        return gain

    def applied(self, source: Source, gain: float, top: float) -> Iterator[Signal]:
        """The signal times its envelope, which is interpolated between the middles of the blocks."""
        import numpy as np

        size = self.per * _TENTHS * STEP
        for number, (piece, count) in enumerate(windows(source(), size)):
            first = number * (size // STEP) - 1
            envelope, _ = self.envelope(first, first + size // STEP + 2, gain, top)
            middles = np.arange(len(envelope)) * STEP - STEP / 2
            factor: NDArray[np.float64] = np.interp(np.arange(count), middles, envelope)
            yield piece[:count] * factor.astype(np.float32)


def master(source: Source, rate: int, sink: Sink, target: float = TARGET, ceiling: float = CEILING) -> None:
    """Write the sound to `sink` at `target` LUFS with its true peak under `ceiling` dBTP, as long as it was.

    `source` gives the same mono pieces in -1..1 each time it is called. Silence comes out as it is. Reaches the target
    within 0.2 LU for speech; a signal that cannot be as loud under that ceiling comes out as loud as it could be made.
    Raises OSError when the temporary folder is full; nothing was written then.
    """
    import numpy as np

    gain, top, wanted = 1.0, 10 ** (ceiling / 20), target
    scale = 1.0
    with _Blocks(source, rate) as blocks:
        for _ in range(3):
            gain = blocks.gain_for(wanted, gain, top)
            if not gain:
                for piece in source():
                    sink(piece)
                return
            reached = measure(blocks.applied(source, gain, top), rate)
            # What little the interpolation let through: one scaling, far below what anybody hears.
            scale = min(1.0, 10 ** ((ceiling - reached.peak) / 20))
            if abs(reached.loudness - target) < 0.05:
                break
            wanted += target - reached.loudness
        for piece in blocks.applied(source, gain, top):
            sink(piece * np.float32(scale))
