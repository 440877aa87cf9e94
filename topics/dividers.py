"""How sure it is that a slide opens a part of a deck: by its layout, or by a style that the deck keeps for such slides.

A slide on a section-header layout opened an author's section every time, one on a layout called "divider" or the like in
62 %. Both only while the layout is kept for that: one that a third of the deck is on, or one that holds body text, is a
template's habit. Several in a row are statements said one by one, of which the first, and the last before the content,
may open a part. Decks without such layouts show dividers by repetition: the same rare layout, a few words, far apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from content.document import Unit
from topics.asides import is_header_layout, names_divider
from topics.reading import Reading

#: Log-odds of a section-header layout, of a layout called "divider", and of a style known by repetition.
_HEADER, _NAMED, _STYLE = 6.0, 5.0, 2.5
#: From this on a slide is taken for a divider.
SURE = 2.5
#: What is left of it for a layout that comes after another.
_LOWER = 0.6
#: What of that is left to the first and the last of several in a row, and to those between.
_FIRST, _LAST, _BETWEEN = 0.7, 0.45, 0.0
#: Words that a divider shows at most, a line below its title among them; fewer where the layout's name says nothing.
_WORDS, _FEW = 30, 12
#: Shares of a deck: up to the first a divider layout counts in full, from the second on not at all.
_RARE, _USUAL = 0.2, 0.38
#: A style has this share of a deck at most, and its slides lie at least this far apart on average.
_STYLE_SHARE, _APART = 0.2, 4.0


def dividers(units: Sequence[Unit], readings: Sequence[Reading], language: str) -> list[float]:
    """For each slide the log-odds that it is a divider: 0 where nothing says so."""
    count = len(units)
    layouts = Counter(unit.layout for unit in units)
    style = _styles(units, readings)
    result = [0.0] * count
    on = [False] * count
    first = ""
    for n, (unit, one) in enumerate(zip(units, readings, strict=True)):
        # Numbers and labels apart, what an opening slide says stands in two or three places.
        spare = 0 < one.shown <= _WORDS and len(one.pieces) <= 4
        kept = min(1.0, max(0.0, (_USUAL - layouts[unit.layout] / count) / (_USUAL - _RARE)))
        header = is_header_layout(unit.layout)
        if header or names_divider(unit.layout, language):
            on[n] = True
            # A second layout of the kind, met later, is for parts of parts.
            first = first or (unit.layout if spare else "")
            result[n] = (_HEADER if header else _NAMED) * kept * spare * (1.0 if unit.layout == first else _LOWER)
        elif unit.layout in style and 0 < one.shown <= _FEW:
            on[n], result[n] = True, _STYLE
    return [value * share for value, share in zip(result, _in_rows(on), strict=True)]


def _styles(units: Sequence[Unit], readings: Sequence[Reading]) -> set[str]:
    """Layouts that hold nothing but a few words, come back, and never soon: a deck's own dividers."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        if unit.layout:
            places[unit.layout].append(n)
    found: set[str] = set()
    for layout, where in places.items():
        bare = sum(0 < readings[n].shown <= _FEW and len(readings[n].pieces) <= 2 for n in where)
        near = sum(after - before < 3 for before, after in pairwise(where))
        if (2 <= len(where) <= _STYLE_SHARE * len(units) and bare >= 0.8 * len(where) and not near
                and where[-1] - where[0] >= _APART * (len(where) - 1)):
            found.add(layout)
    return found


def _in_rows(on: Sequence[bool]) -> list[float]:
    """The share each place keeps, for standing alone or in a row of slides on such a layout."""
    shares = [1.0] * len(on)
    for n, here in enumerate(on):
        before = n > 0 and on[n - 1]
        after = n + 1 < len(on) and on[n + 1]
        if here and (before or after):
            shares[n] = _BETWEEN if before and after else _LAST if before else _FIRST
    return shares
