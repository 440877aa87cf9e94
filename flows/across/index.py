"""An index that keeps comparisons near-linear: each key remembers only the first few that had it.

What a thousand decks share (a slogan, a legal line) would else make a million pairs. The first holders are kept, so a
copy is always compared with the originals, whatever comes after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Owner = TypeVar("Owner", bound=Hashable)


class FirstHolders(Generic[Key, Owner]):
    """Keys and, of each, the first few owners."""

    def __init__(self, most: int = 8) -> None:
        """Remember at most `most` owners of a key."""
        self._most = most
        self._owners: dict[Key, list[Owner]] = {}

    def shared(self, keys: Iterable[Key]) -> Counter[Owner]:
        """How many of these keys each earlier owner holds, as far as it is remembered."""
        return Counter(owner for key in keys for owner in self._owners.get(key, ()))

    def owners(self, key: Key) -> tuple[Owner, ...]:
        """The remembered owners of a key, first ones first."""
        return tuple(self._owners.get(key, ()))

    def add(self, keys: Iterable[Key], owner: Owner) -> None:
        """Note that `owner` holds these keys."""
        for key in keys:
            known = self._owners.setdefault(key, [])
            if len(known) < self._most and (not known or known[-1] != owner):
                known.append(owner)
