"""Runs of slides that are one slide: builds, "(2)", "2/3", "cont." and "vervolg".

In 216 observed cases no author ever started a topic inside such a run, so nothing here may be cut. A title that most of
the deck carries is a running header, not a build, and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from topics import wording

_COUNT = re.compile(r"\(?\b\d{1,2}\s*(?:/|of|van)\s*\d{1,2}\b\)?|[(\[]\s*\d+\s*[)\]]|\s[-–—]\s*\d{1,2}\s*$", re.IGNORECASE)
_MARKS = re.compile(r"[\W_]+")


def bare(title: str, language: str) -> str:
    """A title without what tells the parts of one slide apart, lower case; two builds have the same bare title."""
    text = wording.within("continued", language).sub(" ", _COUNT.sub(" ", title.lower()))
    # "cont'd": the apostrophe goes before the marks so that its "d" does not stay.
    return _MARKS.sub(" ", text).strip()


def same_as_before(titles: Sequence[str], language: str) -> list[bool]:
    """For each unit whether it repeats the title of the unit before it; running headers do not count."""
    keys = [bare(title, language) for title in titles]
    if not keys:
        return []
    for n, title in enumerate(titles[1:], start=1):
        # A title that says no more than "continued" is the one before.
        if not keys[n] and wording.whole("continued", language).fullmatch(title):
            keys[n] = keys[n - 1]
    again = [False] + [bool(now) and now == before for before, now in pairwise(keys)]
    header = running_header(keys)
    return [flag and key != header for flag, key in zip(again, keys, strict=True)] if header else again


def running_header(keys: Sequence[str]) -> str:
    """The bare title that more than 60 % of at least 12 units carry, or ''."""
    if len(keys) < 12:
        return ""
    common = max(sorted(set(keys)), key=lambda key: sum(other == key for other in keys))
    return common if sum(key == common for key in keys) > 0.6 * len(keys) else ""
