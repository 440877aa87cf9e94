"""Which packs are made of versions of one talk, which of them is newest, and which slides differ.

Two documents are versions when most units of the shorter one stand in the other, in any order. A unit stands there when
all its words do, or when at least half of its sketch does (then it was edited).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.across.index import FirstHolders
from flows.across.packs import PackText
from flows.across.prints import Print, UnitPrint

#: Share of the shorter document's units that must stand in the other one, and how many at least: two decks of one
#: company share a slide or two (who we are, how to reach us) without being one talk.
SHARE, LEAST = 0.6, 3
#: Share of a sketch that makes a unit an edited form of another.
EDITED = 0.5


@dataclass(frozen=True, slots=True)
class Older:
    """An older version against the newest. Numbers of `edited` and `added` are the newest's, of `dropped` its own."""

    pack: str
    same: int
    edited: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """One talk: the pack of its newest version, how that is known ("saved" or "slides"), and the older ones."""

    newest: str
    known_by: str
    older: tuple[Older, ...]


def versions(packs: Sequence[PackText]) -> tuple[Versions, ...]:
    """The talks that came in more than one version, sorted by the newest's name. Packs without a print are left out."""
    known = [(pack.folder, pack.made_of) for pack in packs if pack.made_of is not None]
    parents = list(range(len(known)))
    index: FirstHolders[str, tuple[int, int]] = FirstHolders()
    for here, (_, own) in enumerate(known):
        for there, shared in _matched(own, index).items():
            smaller = min(len(own.units), len(known[there][1].units))
            if shared >= max(2, min(LEAST, smaller)) and shared >= SHARE * smaller:
                parents[_root(parents, here)] = _root(parents, there)
        for unit in own.units:
            index.add((unit.whole, *unit.sketch), (here, unit.number))
    groups: dict[int, list[tuple[str, Print]]] = {}
    for here, each in enumerate(known):
        groups.setdefault(_root(parents, here), []).append(each)
    made = [_talk(group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(made, key=lambda talk: talk.newest))


def compare(newest: Print, older: Print, name: str) -> Older:
    """What changed from an older version to the newest; units that say too little to be told apart are not counted."""
    before = {unit.whole: unit for unit in older.units}
    left = {unit.number: unit for unit in older.units}
    same, edited, added = 0, [], []
    changed: list[UnitPrint] = []
    for unit in newest.units:
        twin = before.get(unit.whole)
        if twin is None:
            changed.append(unit)
            continue
        same += 1
        left.pop(twin.number, None)
    for unit in changed:
        near = next((each.number for each in left.values() if _edited(unit, each)), None)
        if near is None:
            added.append(unit.number)
        else:
            edited.append(unit.number)
            del left[near]
    return Older(name, same, tuple(edited), tuple(added), tuple(sorted(left)))


def _matched(own: Print, index: FirstHolders[str, tuple[int, int]]) -> Counter[int]:
    """How many units of a document stand in each earlier one."""
    found: Counter[int] = Counter()
    for unit in own.units:
        holders = {document for document, _ in index.owners(unit.whole)}
        least = EDITED * len(unit.sketch)
        holders |= {document for (document, _), shared in index.shared(unit.sketch).items() if shared >= least}
        found.update(holders)
    return found


def _edited(one: UnitPrint, other: UnitPrint) -> bool:
    return len(set(one.sketch) & set(other.sketch)) >= EDITED * min(len(one.sketch), len(other.sketch))


def _talk(group: list[tuple[str, Print]]) -> Versions:
    """The newest is the one saved last; where a file does not say, the one with the most units."""
    days = [each.saved for _, each in group]
    by_day = all(days) and len(set(days)) == len(days)
    ordered = sorted(group, key=lambda item: (item[1].saved if by_day else "", item[1].shown, item[0]), reverse=True)
    name, newest = ordered[0]
    return Versions(name, "saved" if by_day else "slides",
                    tuple(compare(newest, each, folder) for folder, each in ordered[1:]))


def _root(parents: list[int], here: int) -> int:
    while parents[here] != here:
        parents[here] = parents[parents[here]]
        here = parents[here]
    return here
