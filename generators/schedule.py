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
_DAYS = {"description": 0, "blog": 1, "social": 2, "audio": 3, "interview": 3, "webchat": 3}
ORDER = ("description", "blog", "social", "audio", "interview", "webchat")


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


def slots(pieces: Sequence[Draft], start: str) -> tuple[Slot, ...]:
    """The slots in order of time.

    Posts of one topic share a slot. Raises BadSettings when `start` is no ISO date.
    """
    first = _monday(start)
    blogs = [draft for draft in pieces if draft.kind == "blog"]
    week_of = {draft.topic: week for week, draft in enumerate(blogs, start=1)}
    weeks = max(len(blogs), 1)
    found: list[Slot] = []

    def add(week: int, kind: str, draft: Draft, paths: tuple[str, ...]) -> None:
        day = _DAYS[kind]
        found.append(Slot(week, day, kind, draft.title, draft.topic, paths,
                          first + timedelta(weeks=week - 1, days=day) if first else None))

    for draft in pieces:
        if draft.kind == "description":
            add(1, "description", draft, (draft.path,))
        elif draft.kind == "blog":
            add(week_of[draft.topic], "blog", draft, (draft.path,))
    for topic in dict.fromkeys(draft.topic for draft in pieces if draft.kind == "social"):
        posts = [draft for draft in pieces if draft.kind == "social" and draft.topic == topic]
        add(week_of.get(topic, weeks), "social", posts[0], tuple(dict.fromkeys(draft.path for draft in posts)))
    # The long forms take the Thursdays, one a week, the episode first.
    thursday = 1
    for kind in ("audio", "interview", "webchat"):
        for draft in pieces:
            if draft.kind == kind:
                add(thursday, kind, draft, (draft.path,))
                thursday += 1
    return tuple(sorted(found, key=lambda slot: (slot.week, slot.day, ORDER.index(slot.kind), slot.topic or 0)))


def _monday(start: str) -> date | None:
    if not start:
        return None
    try:
        given = date.fromisoformat(start)
    except ValueError:
        raise BadSettings("profile.start", f"is no date ({start!r})", "Write it as 2027-01-04") from None
    return given + timedelta(days=-given.weekday() % 7)
