"""When which piece goes out: one draft a week with its posts, other forms between, nothing on a weekend.

Weeks are numbered from 1; dates exist only when the profile names a start, because a pack knows no clock. What is made of
a topic goes out in the week of the draft that tells it, or later: posts and talks lead people to something that is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeVar

from content.draft import Draft, Origin, Sentence
from content.errors import BadSettings
from content.opened import opened
from generators.context import Context

#: Day of the week on which each kind goes out, Monday is 0: drafts on Tuesday, the rest where no draft is.
_DAYS = {"description": 0, "blog": 1, "social": 2, "card": 2, "audio": 3, "interview": 3, "webchat": 3, "carousel": 4}
_FRIDAY, _SATURDAY = 4, 5
ORDER = ("description", "blog", "social", "card", "audio", "interview", "webchat", "carousel")
#: Topic -> name of the draft that tells it, for topics without a draft of their own.
Told = Mapping[int, str]
_NOBODY: Told = MappingProxyType({})
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece with its week (from 1), its day (Monday is 0) and its date where there is a start."""

    week: int
    day: int
    kind: str
    title: Sentence
    topic: int | None
    #: The files that a person opens.
    paths: tuple[str, ...]
    on: date | None


def planned(context: Context) -> tuple[Slot, ...]:
    """The slots of a context's pieces. Raises BadSettings when the profile's start is no ISO date."""
    profile = context.profile
    return slots(context.pieces, profile.start, profile.weekends, told(context), spoken(context))


def slots(pieces: Sequence[Draft], start: str, weekends: bool = False, told: Told = _NOBODY,
          spoken: bool = False) -> tuple[Slot, ...]:
    """The slots in order of time. With `weekends` the carousel waits for the Saturday, when people leaf through things.

    The posts and the card of one topic share a slot. `spoken`: the pack holds the spoken episode. Raises BadSettings when
    `start` is no ISO date.
    """
    first = first_monday(start)
    homes = _homes(pieces, told)
    found: list[Slot] = []

    def add(week: int, kind: str, *drafts: Draft) -> None:
        day = _SATURDAY if weekends and kind == "carousel" else _DAYS[kind]
        paths = dict.fromkeys(path for draft in drafts for path in opened(draft, spoken))
        found.append(Slot(week, day, kind, drafts[0].title, drafts[0].topic, tuple(paths),
                          first + timedelta(weeks=week - 1, days=day) if first else None))

    for kind in ("description", "carousel", "blog"):
        for week, draft in enumerate((each for each in pieces if each.kind == kind), start=1):
            add(week, kind, draft)
    # A card goes out with the posts of its topic, by itself where there are none.
    posts = {topic: [each for kind in ("social", "card") for each in pieces if each.kind == kind and each.topic == topic]
             for topic in dict.fromkeys(each.topic for each in pieces if each.kind in {"social", "card"})}
    weeks = _spread([(topic, homes.get(topic, 0)) for topic in posts])
    for topic, drafts in posts.items():
        add(weeks[topic], drafts[0].kind, *drafts)
    # The long forms take the Thursdays, one a week, the episode first; without a draft they come with the posts.
    long = [each for kind in ("audio", "interview", "webchat") for each in pieces if each.kind == kind]
    at = {topic: weeks[topic] for topic in weeks} | homes
    thursdays = _spread([(each.name, 1 if each.kind == "audio" else at.get(each.topic, 0)) for each in long])
    for draft in long:
        add(thursdays[draft.name], draft.kind, draft)
    return tuple(sorted(found, key=lambda slot: (slot.week, slot.day, ORDER.index(slot.kind), slot.topic or 0)))


def told(context: Context) -> Told:
    """Which draft tells a topic that has none of its own: the one with most sentences from its units, where one has any."""
    blogs = [each for each in context.pieces if each.kind == "blog"]
    counted = {draft.name: Counter(unit for each in draft.segments if each.origin is not Origin.TEMPLATE
                                   for unit in context.index.units(each.sources)) for draft in blogs}
    found: dict[int, str] = {}
    for topic in context.topics:
        shares = {name: sum(units[unit] for unit in range(topic.first, topic.last + 1)) for name, units in counted.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        if best and shares[best] and all(draft.topic != topic.number for draft in blogs):
            found[topic.number] = best
    return found


def spoken(context: Context) -> bool:
    """Whether the pack will hold the spoken episode: speech is wanted, and a voice speaks the language."""
    from generators.speech.engines import NoVoice, choose

    script = next((each for each in context.pieces if each.kind == "audio"), None)
    if not context.audio or script is None:
        return False
    try:
        choose(script.language, context.profile.voice)
    except NoVoice:
        return False
    return True


def working_day_before(day: date) -> date:
    """The working day before a day: the Friday for what goes out on a Saturday, Sunday or Monday."""
    before = day - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - _FRIDAY))


def _homes(pieces: Sequence[Draft], told: Told) -> dict[int | None, int]:
    """The week of the first draft that tells each topic; topics that no draft tells are not in it."""
    week_of: dict[int | None, int] = {}
    names: dict[str, int] = {}
    for week, draft in enumerate((each for each in pieces if each.kind == "blog"), start=1):
        week_of.setdefault(draft.topic, week)
        names[draft.name] = week
    return {topic: names[name] for topic, name in told.items() if name in names} | week_of


def _spread(wanted: Sequence[tuple[_Key, int]]) -> dict[_Key, int]:
    """A week of its own for each: the one wanted or the next free one; those that want none (0) take what is left."""
    out: dict[_Key, int] = {}
    for key, least in sorted(wanted, key=lambda each: (not each[1], each[1])):
        week = max(1, least)
        while week in out.values():
            week += 1
        out[key] = week
    return out


def first_monday(start: str) -> date | None:
    """The Monday of week 1: the first one from `start` on; None without a start. Raises BadSettings when it is no date."""
    if not start:
        return None
    try:
        given = date.fromisoformat(start)
    except ValueError:
        raise BadSettings("profile.start", f"is no date ({start!r})", "Write it as 2027-01-04") from None
    return given + timedelta(days=-given.weekday() % 7)
