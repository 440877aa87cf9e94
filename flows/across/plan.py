"""One plan for all packs of a batch: what goes out when, so that no two pieces of a kind meet on a day.

The talks take turns: the first draft of each, then the second of each. A piece that says what an earlier one says is left
out, one that is only called alike goes last, and of a talk in several versions only the newest is planned. A plan knows
weeks and weekdays; dates come from the profile's start, as in a pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from content.opened import readable
from flows.across.packs import PackText, Piece
from flows.across.repeats import Repeat
from flows.across.versions import Versions

#: Weekdays on which a kind goes out, Monday is 0, in the order in which they are taken when one a week is too slow.
#: The first one is that of generators/schedule.py, so that a batch of one pack is planned as its pack is.
_DAYS = {"description": (0, 2, 4, 1, 3), "blog": (1, 3, 0, 4, 2), "social": (2, 4, 1, 3, 0), "long": (3, 1, 2, 4, 0),
         "carousel": (4, 2, 0, 3, 1)}
_LANES = {"description": "description", "blog": "blog", "social": "social", "card": "social", "audio": "long",
          "interview": "long", "webchat": "long", "carousel": "carousel"}
#: Kinds that lead people to the draft of their topic.
_LED = frozenset({"social", "card", "interview", "webchat"})
#: The pace is the calmest that is through in a year; never more than one piece of a kind a day.
_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece in the plan. `week` counts from 1, `day` from Monday 0; `paths` lie in the pack's folder."""

    week: int
    day: int
    kind: str
    pack: str
    title: str
    paths: tuple[str, ...]
    held: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece that is not planned, or with `kind` '' a whole pack: which other one says it, and the reason's name."""

    pack: str
    kind: str
    title: str
    reason: str
    other: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes out when, in order of time, and what does not."""

    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def weeks(self) -> int:
        """How many weeks it takes."""
        return max((entry.week for entry in self.entries), default=0)


@dataclass(frozen=True, slots=True)
class _Bundle:
    """What goes out together: a draft, or the posts and the card of a topic."""

    pack: PackText
    kind: str
    pieces: tuple[Piece, ...]
    topic: int | None
    turn: int


def make_plan(packs: Sequence[PackText], repeated: Sequence[Repeat] = (), talks: Sequence[Versions] = (),
              start: date | None = None) -> Plan:
    """Plan the pieces of all packs that are not out yet; `start` is the Monday of week 1."""
    older = {each.pack: talk.newest for talk in talks for each in talk.older}
    planned = [pack for pack in packs if pack.folder not in older and pack.status != "released"]
    standing = {pack.folder for pack in planned} | {pack.folder for pack in packs if pack.status == "released"}
    same = {(each.pack, each.piece): each for each in repeated if each.by == "text" and each.of_pack in standing}
    alike = {(each.pack, each.piece) for each in repeated if each.by == "title"}
    left = [LeftOut(pack, "", "", "older", newest) for pack, newest in sorted(older.items())]
    bundles: list[_Bundle] = []
    for pack in planned:
        kept = [piece for piece in pack.pieces if (pack.folder, piece.name) not in same]
        left += [_left(pack, same[pack.folder, piece.name]) for piece in pack.pieces if (pack.folder, piece.name) in same]
        bundles += _bundles(pack, kept)
    late = {id(bundle) for bundle in bundles
            if any((bundle.pack.folder, piece.name) in alike for piece in bundle.pieces)}
    ordered = sorted(bundles, key=lambda bundle: (id(bundle) in late, bundle.turn))
    return Plan(tuple(_placed(ordered, start)), tuple(dict.fromkeys(left)))


def _left(pack: PackText, repeat: Repeat) -> LeftOut:
    return LeftOut(pack.folder, repeat.kind, repeat.title, "repeat", repeat.of_pack)


def _bundles(pack: PackText, pieces: Iterable[Piece]) -> Iterator[_Bundle]:
    """The bundles of a pack; `turn` is the how-manieth of its lane each is."""
    posts: dict[int | None, list[Piece]] = {}
    turns = dict.fromkeys(_DAYS, 0)
    for piece in sorted(pieces, key=lambda each: each.kind != "audio"):  # of the long forms the episode goes first
        if piece.kind in {"social", "card"}:
            posts.setdefault(piece.topic, []).append(piece)
        elif piece.kind in _LANES:
            lane = _LANES[piece.kind]
            yield _Bundle(pack, piece.kind, (piece,), piece.topic, turns[lane])
            turns[lane] += 1
    for turn, (topic, several) in enumerate(posts.items()):
        several.sort(key=lambda piece: piece.kind != "social")
        yield _Bundle(pack, several[0].kind, tuple(several), topic, turn)


def _placed(bundles: Sequence[_Bundle], start: date | None) -> list[Entry]:
    """Give every bundle the first free day of its lane; posts and talks come after the draft of their topic."""
    lanes = {name: _Lane(_DAYS[name], sum(_LANES[each.kind] == name for each in bundles)) for name in _DAYS}
    after: dict[tuple[str, int | None], int] = {}
    entries: list[Entry] = []
    for bundle in sorted(bundles, key=lambda each: _LANES[each.kind] != "blog"):  # stable: drafts have their days first
        key = (bundle.pack.folder, bundle.topic)
        lane = lanes[_LANES[bundle.kind]]
        earliest = after.get(key, -1) + 1 if bundle.kind in _LED else 0
        day = lane.take(earliest)
        if bundle.kind == "blog":
            after.setdefault(key, day)
        paths = tuple(dict.fromkeys(readable(piece.path) for piece in bundle.pieces))
        entries.append(Entry(day // 7 + 1, day % 7, bundle.kind, bundle.pack.folder, bundle.pieces[0].title, paths,
                             bundle.pack.status == "held", start + timedelta(days=day) if start else None))
    order = tuple(_LANES)
    return sorted(entries, key=lambda entry: (entry.week, entry.day, order.index(entry.kind), entry.pack))


class _Lane:
    """The days of a kind, each taken once. Free days are found by a forest of pointers, so that this stays linear."""

    def __init__(self, days: Sequence[int], pieces: int) -> None:
        """As many days a week as it takes to be through in a year, at most five."""
        self._days = sorted(days[:max(1, min(5, ceil(pieces / _WEEKS)))])
        self._next: dict[int, int] = {}

    def take(self, earliest: int) -> int:
        """Take the first free day from `earliest` on; days count from the first Monday."""
        week, day = divmod(max(earliest, 0), 7)
        later = sum(each < day for each in self._days)
        slot = self._free(week * len(self._days) + later)
        self._next[slot] = slot + 1
        week, place = divmod(slot, len(self._days))
        return week * 7 + self._days[place]

    def _free(self, slot: int) -> int:
        passed = []
        while slot in self._next:
            passed.append(slot)
            slot = self._next[slot]
        for each in passed:
            self._next[each] = slot
        return slot
