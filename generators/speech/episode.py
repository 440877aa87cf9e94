"""Puts paragraphs, their sounds and pauses in a row, and knows when each sentence of the display text is said.

Cue times are measured, not guessed: a paragraph starts where its samples were put, and a sentence inside it at the
pause in the sound that is nearest to where the sentence should begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from generators.speech.spoken import Line, speak
from generators.speech.voice import Clip
from generators.speech.wave_check import RATE, estimate
from language.sentences import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Seconds of silence: before the first word, between paragraphs, between chapters, after the last word.
LEAD, PARAGRAPH, CHAPTER, TAIL = 0.3, 0.4, 1.0, 0.6
_FADE = 0.004
_SHORTEST_PAUSE = 0.12
#: Seconds before the first sound of a sentence at which its cue starts: a closed mouth ("p", "k") is silent for some 50 ms.
_CLOSED = 0.02


@dataclass(frozen=True, slots=True)
class Cue:
    """Display text and when it is said, in seconds from the start of the file."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A chapter, its cues (sentences) and its paragraphs. `start` is where its first word is."""

    title: str
    start: float
    end: float
    cues: tuple[Cue, ...]
    paragraphs: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """The sound before mastering, in -1..1, as silences and clips in a row, and its times.

    `pieces` are (samples of silence before it, the clip); `tail` is the silence at the end.
    """

    pieces: tuple[tuple[int, Clip], ...]
    tail: int
    chapters: tuple[Timed, ...]

    @property
    def seconds(self) -> float:
        """Length of the sound."""
        return (sum(pause + clip.count for pause, clip in self.pieces) + self.tail) / RATE

    def sound(self) -> Iterator[NDArray[np.float32]]:
        """The sound piece by piece, each clip with short fades; the same each time. Raises OSError."""
        import numpy as np

        ramp = np.linspace(0, 1, round(_FADE * RATE)).astype(np.float32)
        for pause, clip in self.pieces:
            yield np.zeros(pause, np.float32)
            sound: NDArray[np.float32] = clip.read().astype(np.float32) / np.float32(32768)
            if len(sound) > 2 * len(ramp):
                sound[:len(ramp)] *= ramp
                sound[-len(ramp):] *= ramp[::-1]
            yield sound
        yield np.zeros(self.tail, np.float32)


def seconds_of(chapters: Sequence[Sequence[Line]]) -> float:
    """Estimated length of an episode, pauses included, before anything is rendered."""
    spoken = sum(estimate(line.spoken) for chapter in chapters for line in chapter)
    pauses = sum(PARAGRAPH * (len(chapter) - 1) for chapter in chapters) + CHAPTER * (len(chapters) - 1)
    return LEAD + spoken + pauses + TAIL


def lay_out(chapters: Sequence[tuple[str, Sequence[Line]]], clips: Sequence[Clip], language: str) -> Track:
    """Lay paragraphs out in time. `clips` has one entry for each line, in order. Raises OSError."""
    pieces: list[tuple[int, Clip]] = []
    place = 0
    timed: list[Timed] = []
    left = iter(clips)
    for number, (title, lines) in enumerate(chapters):
        cues: list[Cue] = []
        whole: list[Cue] = []
        for position, line in enumerate(lines):
            pause = round((PARAGRAPH if position else CHAPTER if number else LEAD) * RATE)
            clip = next(left)
            place += pause
            cues += _cues(line, clip.read(), place, language)
            pieces.append((pause, clip))
            whole.append(Cue(place / RATE, (place + clip.count) / RATE, line.display))
            place += clip.count
        timed.append(Timed(title, cues[0].start, cues[-1].end, tuple(cues), tuple(whole)))
    tail = round(TAIL * RATE)
    closed = [replace(each, end=after.start) for each, after in pairwise(timed)]
    return Track(tuple(pieces), tail, (*closed, replace(timed[-1], end=(place + tail) / RATE)))


def _cues(line: Line, sound: NDArray[np.int16], place: int, language: str) -> list[Cue]:
    """One cue for each sentence of a paragraph."""
    shown = sentences(line.display)
    shares = [max(0.2, estimate(speak(each, language))) for each in shown]
    expected: list[float] = []
    for share in shares[:-1]:
        expected.append((expected[-1] if expected else 0.0) + share / sum(shares) * len(sound) / RATE)
    starts = [0.0, *_snap(expected, pauses(sound))]
    ends = [*starts[1:], len(sound) / RATE]
    return [Cue(place / RATE + start, place / RATE + end, text)
            for start, end, text in zip(starts, ends, shown, strict=True)]


def _snap(expected: list[float], found: list[tuple[float, float]]) -> list[float]:
    """Put each expected boundary just before the end of a pause: long ones first in line, order kept, none used twice.

    A dynamic programme over boundaries and pauses: the cost of a pair is the distance in time less a bonus for a long
    pause; a boundary with no pause of its own stays where it was expected.
    """
    alone = 2.5
    best: list[list[tuple[float, int]]] = [[(0.0, -1)] * (len(found) + 1)]
    for index, want in enumerate(expected, start=1):
        row: list[tuple[float, int]] = [(best[index - 1][0][0] + alone, -1)]
        for number, (begin, end) in enumerate(found, start=1):
            pair = best[index - 1][number - 1][0] + abs(end - want) - 4 * min(0.5, end - begin) + 1.0
            none = best[index - 1][number][0] + alone
            row.append(min((pair, number - 1), (none, -1), (row[number - 1][0], -2)))
        best.append(row)
    out: list[float] = []
    column = len(found)
    for index in range(len(expected), 0, -1):
        while best[index][column][1] == -2:
            column -= 1
        choice = best[index][column][1]
        if choice >= 0:
            out.append(found[choice][1] - _CLOSED)
            column = choice
        else:
            out.append(expected[index - 1])
    out.reverse()
    for index in range(1, len(out)):  # a boundary that found no pause may lie before its neighbour
        out[index] = max(out[index], out[index - 1] + 0.05)
    return out


def pauses(sound: NDArray[np.int16]) -> list[tuple[float, float]]:
    """Silences inside a paragraph, as (begin, end) in seconds."""
    import numpy as np

    quiet = np.abs(sound.astype(np.int32)) <= 60
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    runs = edges.reshape(-1, 2) / RATE
    total = len(sound) / RATE
    return [(float(begin), float(end)) for begin, end in runs
            if end - begin >= _SHORTEST_PAUSE and begin > 0.05 and end < total - 0.05]
