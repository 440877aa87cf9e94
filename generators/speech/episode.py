"""Puts paragraphs, their sounds and pauses in a row, and knows when each sentence of the display text is said.

Cue times are measured, not guessed: a paragraph starts where its samples were put, and a sentence inside it at the
pause in the sound that is nearest to where the sentence should begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generators.speech.spoken import Line, speak
from generators.speech.wave_check import RATE, estimate
from language.sentences import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Seconds of silence: before the first word, between paragraphs, between chapters, after the last word.
LEAD, PARAGRAPH, CHAPTER, TAIL = 0.3, 0.4, 1.0, 0.6
_FADE = 0.004
_SHORTEST_PAUSE = 0.12


@dataclass(frozen=True, slots=True)
class Cue:
    """Display text and when it is said, in seconds from the start of the file."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A chapter and its cues. `start` is where its first word is."""

    title: str
    start: float
    end: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """The whole sound before mastering, in -1..1, and its times."""

    sound: NDArray[np.float32]
    chapters: tuple[Timed, ...]

    @property
    def seconds(self) -> float:
        """Length of the sound."""
        return len(self.sound) / RATE


def seconds_of(chapters: Sequence[Sequence[Line]]) -> float:
    """Estimated length of an episode, pauses included, before anything is rendered."""
    spoken = sum(estimate(line.spoken) for chapter in chapters for line in chapter)
    pauses = sum(PARAGRAPH * (len(chapter) - 1) for chapter in chapters) + CHAPTER * (len(chapters) - 1)
    return LEAD + spoken + pauses + TAIL


def lay_out(chapters: Sequence[tuple[str, Sequence[Line]]], sounds: Sequence[NDArray[np.int16]],
            language: str) -> Track:
    """Lay paragraphs out in time. `sounds` has one entry for each line, in order; each gets short fades."""
    import numpy as np

    pieces: list[NDArray[np.float32]] = [np.zeros(round(LEAD * RATE), np.float32)]
    place = len(pieces[0])
    timed: list[Timed] = []
    left = iter(sounds)
    ramp = np.linspace(0, 1, round(_FADE * RATE)).astype(np.float32)
    for number, (title, lines) in enumerate(chapters):
        cues: list[Cue] = []
        for position, line in enumerate(lines):
            if number or position:
                pause = np.zeros(round((PARAGRAPH if position else CHAPTER) * RATE), np.float32)
                pieces.append(pause)
                place += len(pause)
            raw = next(left)
            sound: NDArray[np.float32] = raw.astype(np.float32) / np.float32(32768)
            if len(sound) > 2 * len(ramp):
                sound[:len(ramp)] *= ramp
                sound[-len(ramp):] *= ramp[::-1]
            cues += _cues(line, raw, place, language)
            pieces.append(sound)
            place += len(sound)
        timed.append(Timed(title, cues[0].start, cues[-1].end, tuple(cues)))
    pieces.append(np.zeros(round(TAIL * RATE), np.float32))
    closed = [Timed(each.title, each.start, after.start, each.cues) for each, after in pairwise(timed)]
    total = sum(len(piece) for piece in pieces) / RATE
    return Track(np.concatenate(pieces), (*closed, Timed(timed[-1].title, timed[-1].start, total, timed[-1].cues)))


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
    """Put each expected boundary on the end of a pause: long ones first in line, order kept, none used twice.

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
            out.append(found[choice][1])
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
