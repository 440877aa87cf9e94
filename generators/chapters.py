"""Chapters of a recording, for the description: a time and a title each, where somebody said when a slide came.

Times come from the notes (a time alone on its line, in brackets, or before a dash: "12:30", "[12:30]", "12:30 – the
cellar") or from `profile.times`, which has the last word. They are never guessed from the number of words.

YouTube's rules (its help pages): the first chapter at 0:00, at least three, ascending, each ten seconds or more; one bad
line and none is shown. So it is all or none here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from content.document import Unit
from content.draft import Sentence
from generators.context import Context
from generators.render import Plain, say

_CLOCK = r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?"
_NOTED = re.compile(rf"^\s*(?:[\[(]\s*{_CLOCK}\s*[\])]|{_CLOCK}(?=\s*$|\s+[-–—|]\s))", re.MULTILINE)
_TIME = re.compile(rf"^\s*{_CLOCK}\s*$")
_FEWEST, _SHORTEST = 3, 10
#: A first time later than this is the clock on the wall and not the recording's.
_LATEST_START = 10 * 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """When a topic begins, as the platform reads it ("0:00", "1:02:30"), and its title."""

    time: Plain
    title: Sentence | Plain


def chapters(context: Context) -> tuple[Chapter, ...]:
    """The chapters of the recording, one a topic; () when the times do not make a list that a platform would take."""
    seen = {unit.number: _second(unit, context) for unit in context.cleared.content_units()}
    times = {number: second for number, second in seen.items() if second is not None}
    begun: list[tuple[int, Sentence]] = []
    for material in context.materials:
        known = [times[number] for number in sorted(times) if material.topic.first <= number <= material.topic.last]
        if known and material.title.sources:
            begun.append((known[0], material.title))
    if not begun or begun[0][0] > _LATEST_START or any(two[0] <= one[0] for one, two in pairwise(begun)):
        return ()
    rows = [Chapter(Plain(clock(second)), title) for second, title in begun]
    seconds = [second for second, _ in begun]
    if seconds[0] > 0:
        # Whatever was before the first topic that has a time: the recording starts at nought all the same.
        rows.insert(0, Chapter(Plain(clock(0)), say(context.language, "desc_opening")))
        seconds.insert(0, 0)
    short = any(two - one < _SHORTEST for one, two in pairwise(seconds))
    return () if short or len(rows) < _FEWEST else tuple(rows)


def clock(second: int) -> str:
    """Seconds as minutes and seconds, with hours where there are any."""
    hours, rest = divmod(second, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def _second(unit: Unit, context: Context) -> int | None:
    """When a unit comes, in seconds: as the profile says, else as its notes say; None when nobody says."""
    given = context.profile.times.get(unit.number, "")
    found = _TIME.match(given) or next((match for block in unit.notes if (match := _NOTED.search(block.text))), None)
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part is not None]
    return parts[0] * 60 + parts[1] if len(parts) == 2 else parts[0] * 3600 + parts[1] * 60 + parts[2]
