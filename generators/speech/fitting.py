"""A script of somebody's own, shortened to the minutes that were asked for: whole paragraphs go, the least important first.

Nothing is cut inside a paragraph, nothing is moved and nothing is added. The first and the last chapter stay, and of
every other its first paragraph: a listener who heard the name of a chapter is told something of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.quotable import worth
from generators.speech.episode import PARAGRAPH
from generators.speech.spoken import Line
from generators.speech.wave_check import estimate
from language.sentences import sentences

Spoken = tuple[str, tuple[Line, ...]]


def fit(chapters: Sequence[Spoken], seconds: float, length: float, language: str) -> tuple[tuple[Spoken, ...], int]:
    """The chapters without the paragraphs that are too many, and how many went.

    `length` is the estimated length of all in seconds, `seconds` the wish. What is too short stays as it is.
    """
    last = len(chapters) - 1
    offers = [(_worth(line, language), -estimate(line.spoken), chapter, place)
              for chapter, (_, lines) in enumerate(chapters) for place, line in enumerate(lines)
              if (place and 0 < chapter < last) or (last <= 1 and 0 < place < len(lines) - 1)]
    gone: set[tuple[int, int]] = set()
    for _, minus, chapter, place in sorted(offers):
        if length <= seconds:
            break
        # One long paragraph less must not leave the episode far too short.
        if length + minus - PARAGRAPH >= 0.85 * seconds:
            gone.add((chapter, place))
            length += minus - PARAGRAPH
    kept = tuple((title, tuple(line for place, line in enumerate(lines) if (chapter, place) not in gone))
                 for chapter, (title, lines) in enumerate(chapters))
    return kept, len(gone)


def _worth(line: Line, language: str) -> float:
    """What a paragraph's best sentence is worth, by itself."""
    return round(max((worth(each, language) for each in sentences(line.display)), default=0.0), 2)
