"""The titles of slides as one line each: titles of several lines, names of parts above them, counts of builds behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generators.prose_cues import Cues
from generators.prose_line import Line
from generators.prose_noise import without_addresses
from language.fold import folded

if TYPE_CHECKING:
    from generators.prose_lines import Sheet

#: Slides whose title begins with the same line, for it to be the name of a part.
_KNOWN = 3
#: Words of the first line of a title that names the part.
_PREFIX = 3
#: "Needs - 2": the number of a build.
_COUNTED = re.compile(r"^(.*\S)\s*[-–—]\s*\d{1,2}$")
#: "5.2 Who answers": the number of a chapter.
CHAPTER = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+(?=[^\W\d_])")


def join_titles(titles: Sequence[Line], prefixes: frozenset[str]) -> Line | None:
    """Title lines as one line: authors break a title for the look of it, or put the name of the part above it."""
    wordy = [line for line in titles if line.text]
    if not wordy:
        return None
    first, last = wordy[0], wordy[-1]
    parts = tuple(part for line in wordy for part in line.parts)
    text = first.text
    for line in wordy[1:]:
        text += (": " if line is wordy[1] and first.key in prefixes and text[-1] not in ":?!–—-" else " ") + line.text
    return Line(parts, without_addresses(text).strip(" -–—:|"), first.unit, 0, first.shape, first.part, first.block,
                first.start, last.end if last.block == first.block else first.end)


def name_parts(sheets: Sequence[Sheet], names: frozenset[str]) -> None:
    """Titles of two lines whose first line heads several slides: that line names the part."""
    count = Counter(sheet.titles[0].key for sheet in sheets if len(sheet.titles) > 1)
    prefixes = frozenset(key for key, n in count.items() if n > 1)
    if sum(count[key] for key in prefixes) >= _KNOWN:
        # An author who names the part on some slides does so on the others.
        prefixes |= {key for key in count if len(key.split()) <= _PREFIX}
    known = {line.key for sheet in sheets for line in sheet.titles[:1]}
    dashed = {_dashes(line.text) for sheet in sheets for line in sheet.titles[:1]}
    for sheet in sheets:
        sheet.title = join_titles(sheet.titles, prefixes)
        if sheet.title:
            sheet.title = replace(sheet.title, text=_part_of(sheet.title.text, names))
            # "Needs - 2" goes on with "Needs".
            again = _COUNTED.match(sheet.title.text)
            if again and (folded(again[1]).rstrip(" .:;,") in known or _dashes(again[1]) in dashed):
                sheet.title = replace(sheet.title, text=again[1])


def _dashes(title: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", folded(title)).rstrip(" .:;,")


def _part_of(title: str, names: frozenset[str]) -> str:
    """"Designing the database Shared approach" with a colon, where "Designing the database" is a title of its own."""
    for match in re.finditer(r"(?<=[^\W_]) (?=[A-Z])", title):
        if match.start() >= 3 and folded(title[:match.start()]).rstrip(" .:;,") in names:
            return title[:match.start()] + ": " + title[match.end():]
    return title


def without_label(text: str, cue: Cues) -> str:
    """The title of a divider without the number of its part: "Part one: what we believed"."""
    bare = cue.single["divider_label"].sub("", text)
    return bare[:1].upper() + bare[1:]


def without_prefix(text: str, cue: Cues) -> str:
    """A title without what only says which kind of slide it is: "Example - The board" is about the board."""
    bare = cue.single["part_prefix"].sub("", text)
    return bare[:1].upper() + bare[1:] if bare != text and len(bare) >= 4 else text
