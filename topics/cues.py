"""What speaks for and against a new topic at each gap between two units, as one row of numbers a gap.

The names and their order are those of CUES; data/weights.yaml gives each a weight. Nothing here knows of layouts or
sections (see structure.py): these cues can be had from plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from language.words import word_list
from topics import builds, wording
from topics.agenda import announced_in
from topics.reading import Reading
from topics.windows import alike, sums_of, window
from topics.word_gaps import word_gaps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: How wide the windows are whose vectors are compared across a gap.
WIDTHS = (1, 2, 3, 5, 8)
#: The window whose likeness is also taken as a dip.
_DIP = 3
#: Gaps worked off at once.
_BLOCK = 512
CUES = (
    "same_title", "title_overlap", "title_overlap_3", "same_first_word", "after_agenda", "is_agenda", "in_agenda",
    "after_closing", "is_closing", "opening", "short", "after_short", "long", "empty", "after_empty", "connective",
    "fresh", "after_colon", "list_item", "after_list_item", "question", "colon_in_title", "novel", "repeated", "second",
    "last", "refrain", *(f"alike_{width}" for width in WIDTHS), "goes_forward", "leaves_behind",
    "words_go_forward", "words_leave_behind", "dip", "word_dip",
)
#: How often a refrain comes at most, and how far apart at least.
_OFTEN, _APART = 8, 4
_ITEM = re.compile(r"\s*(?:[-*•+▪–]|\d+[.)])\s")
_DASH = re.compile(r"\s[-–—:]\s|:\s")


def cue_rows(readings: Sequence[Reading], rows: NDArray[np.float32], language: str) -> NDArray[np.float64]:
    """A matrix of shape (units, cues); row n is about a new topic starting at unit n. Row 0 is all zeros.

    `rows` are the units' vectors, centred, one a unit.
    """
    import numpy as np

    count = len(readings)
    result = np.zeros((count, len(CUES)))
    if count < 2:
        return result
    worded = _from_words(readings, language)
    result[1:, :len(worded[0])] = worded
    near = _from_vectors(rows)
    words = word_gaps([reading.bag for reading in readings])
    # A dip is measured against the document's own gaps: decks differ in how alike their slides are at all.
    dips = [_against_mean(near[:, WIDTHS.index(_DIP)]), _against_mean(words[:, 0])]
    result[1:, len(worded[0]):] = np.hstack([near, words[:, 1:], np.stack(dips, axis=1)])
    return result


def _against_mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values as standard deviations from their mean; zeros where they are all the same."""
    spread: NDArray[np.float64] = (values - values.mean()) / (values.std() + 1e-6)
    return spread


def _from_words(readings: Sequence[Reading], language: str) -> list[list[float]]:
    count = len(readings)
    stop = word_list("stop", language)
    titles = [reading.title for reading in readings]
    same = builds.same_as_before(titles, language)
    kind = {key: [bool(wording.starting(key, language).match(title)) for title in titles]
            for key in ("agenda", "closing", "opening")}
    promised = [words for reading, listed in zip(readings, kind["agenda"], strict=True) if listed
                for words in announced_in(reading, language)]
    starts = [title.split()[0].lower() if title else "" for title in titles]
    connective, fresh = wording.starting("connectives", language), wording.starting("fresh", language)
    refrain = _refrains(titles, same, language)
    usual = sorted(reading.shown for reading in readings)[count // 2] + 1
    first: dict[str, int] = {}
    spread: Counter[str] = Counter()
    for n, reading in enumerate(readings):
        spread.update(reading.bag.keys())
        for word in reading.bag:
            first.setdefault(word, n)
    result: list[list[float]] = []
    for n in range(1, count):
        now, before = readings[n], readings[n - 1]
        words = now.bag.keys()
        recent = {word for other in readings[max(0, n - 3):n] for word in other.bag}
        result.append([float(value) for value in (
            same[n],
            shared(now.title_words, before.title_words),
            max(shared(now.title_words, other.title_words) for other in readings[max(0, n - 3):n]),
            bool(starts[n]) and starts[n] == starts[n - 1] and starts[n] not in stop,
            kind["agenda"][n - 1],
            kind["agenda"][n],
            any(item <= now.title_words for item in promised),
            kind["closing"][n - 1],
            kind["closing"][n],
            kind["opening"][n],
            now.shown < 0.35 * usual,
            before.shown < 0.35 * usual,
            now.shown > 2 * usual,
            now.shown == 0,
            before.shown == 0,
            bool(connective.match(now.text)),
            bool(fresh.match(now.text)),
            before.text.rstrip().endswith(":"),
            bool(_ITEM.match(now.text)),
            bool(_ITEM.match(before.text)),
            "?" in (now.title or now.text[:80]),
            bool(_DASH.search(now.title)),
            sum(first[word] == n and spread[word] > 1 for word in words) / max(3, len(words)),
            sum(word in recent for word in words) / max(3, len(words)),
            n == 1,
            n == count - 1,
            refrain[n],
        )])
    return result


def _refrains(titles: Sequence[str], same: Sequence[bool], language: str) -> list[bool]:
    """For each unit whether its title comes again, or came before, with other titles between; builds apart.

    Authors begin parts that are built alike so ("Characteristics", "Problem statement"). A title that comes back soon or
    over and over is a habit, that of the whole deck is its last slide, and exercises end parts.
    """
    keys = [builds.bare(title, language) for title in titles]
    closing = wording.whole("closing", language)
    places: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        if key and key != keys[0] and not same[n] and not closing.fullmatch(titles[n]):
            places.setdefault(key, []).append(n)
    found = [False] * len(titles)
    for where in places.values():
        if 2 <= len(where) <= _OFTEN and all(after - before >= _APART for before, after in pairwise(where)):
            for n in where:
                found[n] = True
    return found


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter title's words that the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _from_vectors(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    import numpy as np

    count = len(rows)
    sums = sums_of(rows)
    # In blocks: all windows of a long document at once would be what costs most memory.
    return np.vstack([_alike_at(np.arange(first, min(count, first + _BLOCK)), rows, sums)
                      for first in range(1, count, _BLOCK)])


def _alike_at(gaps: NDArray[np.int64], rows: NDArray[np.float32], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    columns = [alike(window(sums, gaps - width, gaps), window(sums, gaps, gaps + width)) for width in WIDTHS]
    now, before = rows[gaps].astype(np.float64), rows[gaps - 1].astype(np.float64)
    columns.append(alike(now, window(sums, gaps + 1, gaps + 6)) - alike(now, window(sums, gaps - 5, gaps)))
    columns.append(alike(before, window(sums, gaps - 6, gaps - 1)) - alike(before, window(sums, gaps, gaps + 5)))
    return np.stack(columns, axis=1)
