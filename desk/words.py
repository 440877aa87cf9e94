"""How the desk says times, counts and certainty: the same words on page, in exports and on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from language.numbers import runs_of

#: Confidence from which a finding is called sure, and likely.
SURE, LIKELY = 0.8, 0.5


def when(moment: str) -> str:
    """A stored time for people: "22 Nov 2026, 14:05 UTC"; empty stays empty."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment).astimezone(UTC)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def ago(moment: str, now: datetime | None = None) -> str:
    """How long ago: "3 minutes ago"."""
    seconds = ((now or datetime.now(UTC)) - datetime.fromisoformat(moment)).total_seconds()
    if seconds < 60:
        return "just now"
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{count(int(seconds // size), name)} ago"
    return "just now"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its word: "1 slide", "3 slides"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def places(kind: str, numbers: Iterable[int], most: int = 4) -> str:
    """Which units something is on: "slide 14", "slides 3, 12-15 and 40", "the file itself and slide 2".

    `kind` is one unit's name. Of more than `most` runs the rest is counted.
    """
    found = set(numbers)
    itself, counted = "the file itself" if 0 in found else "", found - {0}
    runs = runs_of(counted)
    named = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:most]]
    if rest := sum(last - first + 1 for first, last in runs[most:]):
        named.append(f"{rest} more")
    said = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
    listed = f"{kind}{'s' if len(counted) > 1 else ''} {said}" if said else ""
    return f"{itself} and {listed}" if itself and listed else itself or listed


def certainty(confidence: float) -> str:
    """One of three words for a confidence from 0 to 1."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "possible"
