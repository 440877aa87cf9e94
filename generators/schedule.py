"""When which piece goes out: one draft a week with its posts, other forms between, nothing on a weekend.

Weeks are numbered from 1; dates exist only when the profile names a start, because a pack knows no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.draft import Draft, Sentence
from content.errors import BadSettings

#: Day of the week on which each kind goes out, Monday is 0: drafts on Tuesday, the rest where no draft is.
_DAYS = {"description": 0, "blog": 1, "social": 2, "card": 2, "audio": 3, "interview": 3, "webchat": 3, "carousel": 4}
_SATURDAY = 5
ORDER = ("description", "blog", "social", "card", "audio", "interview", "webchat", "carousel")


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece with its week (from 1), its day (Monday is 0) and its date where there is a start."""

    week: int
    day: int
    kind: str
    title: Sentence
    topic: int | None
    paths: tuple[str, ...]
    on: date | None


def slots(pieces: Sequence[Draft], start: str, weekends: bool = False) -> tuple[Slot, ...]:
    """The slots in order of time. With `weekends` the carousel waits for the Saturday, when people leaf through things.

    The posts and the card of one topic share a slot. Raises BadSettings when `start` is no ISO date.
    """
    first = first_monday(start)
    weeks = _weeks(pieces)
    found: list[Slot] = []

    def add(week: int, kind: str, draft: Draft, paths: tuple[str, ...]) -> None:
        day = _SATURDAY if weekends and kind == "carousel" else _DAYS[kind]
        found.append(Slot(week, day, kind, draft.title, draft.topic, paths,
                          first + timedelta(weeks=week - 1, days=day) if first else None))

    for draft in pieces:
        if draft.kind == "description":
            add(1, "description", draft, (draft.path,))
    for week, draft in enumerate((each for each in pieces if each.kind == "blog"), start=1):
        add(week, "blog", draft, (draft.path,))
    # A card goes out with the posts of its topic, by itself where there are none.
    for topic in dict.fromkeys(draft.topic for draft in pieces if draft.kind in {"social", "card"}):
        posts = [draft for kind in ("social", "card") for draft in pieces if draft.kind == kind and draft.topic == topic]
        add(weeks[topic], posts[0].kind, posts[0], tuple(dict.fromkeys(draft.path for draft in posts)))
    for draft in pieces:
        if draft.kind == "carousel":
            add(1, "carousel", draft, (draft.path,))
    # The long forms take the Thursdays, one a week, the episode first.
    thursday = 1
    for kind in ("audio", "interview", "webchat"):
        for draft in pieces:
            if draft.kind == kind:
                add(thursday, kind, draft, (draft.path,))
                thursday += 1
    return tuple(sorted(found, key=lambda slot: (slot.week, slot.day, ORDER.index(slot.kind), slot.topic or 0)))


def _weeks(pieces: Sequence[Draft]) -> dict[int | None, int]:
    """The week of each topic's posts: that of its draft; topics without one take the weeks that are free, one each."""
    week_of: dict[int | None, int] = {}
    for week, draft in enumerate((each for each in pieces if each.kind == "blog"), start=1):
        week_of.setdefault(draft.topic, week)
    week = 1
    for topic in dict.fromkeys(draft.topic for draft in pieces if draft.kind in {"social", "card"}):
        if topic not in week_of:
            while week in week_of.values():
                week += 1
            week_of[topic] = week
    return week_of


def first_monday(start: str) -> date | None:
    """The Monday of week 1: the first one from `start` on; None without a start. Raises BadSettings when it is no date."""
    if not start:
        return None
    try:
        given = date.fromisoformat(start)
    except ValueError:
        raise BadSettings("profile.start", f"is no date ({start!r})", "Write it as 2027-01-04") from None
    return given + timedelta(days=-given.weekday() % 7)
