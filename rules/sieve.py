"""Which patterns can match in a text at all: one pass over it for all rules together, instead of one for each pattern.

google-re2 knows the strings that a pattern cannot do without ("confidential" or "vertrouwelijk") and looks for those of
all patterns at once (its `Filter`); most patterns end there without having been run. What is left is run as ever, so a sieve
never changes what is found. Nothing here knows what a rule means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rules.loader import Compiled, compiled, conditions, options_of, sources
from rules.rule import Kind, Rule

if TYPE_CHECKING:
    from re2 import Filter
    from re2 import _Regexp as Regex

    from rules.haystack import Haystack

#: Rules that are data: all others have no patterns.
DATA = frozenset({Kind.PATTERN, Kind.PHRASE, Kind.VALIDATOR, Kind.MARKING})
#: For fewer rules a filter costs more than it saves.
_FEW = 8


class Sieve:
    """The patterns of some rules, ready to tell which of them a text may hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """`rules` in the order in which their hits are wanted; those that are code are left out."""
        self._rules = tuple(rule for rule in rules if rule.kind in DATA)
        self._ready: dict[int, Compiled] = {}

    def left(self, hay: Haystack, *kinds: Kind) -> Iterator[tuple[Compiled, list[Regex]]]:
        """The rules of some kinds that may find something in a text, in their order, each with the patterns that may."""
        for number, patterns in self._potential(hay):
            if self._rules[number].kind in kinds:
                ready = self._ready.get(number) or self._ready.setdefault(number, conditions(self._rules[number]))
                yield ready, patterns

    def _potential(self, hay: Haystack) -> Iterator[tuple[int, list[Regex]]]:
        if len(self._rules) < _FEW:
            yield from ((number, list(compiled(rule).patterns)) for number, rule in enumerate(self._rules))
            return
        made, owners = self._filter
        left: dict[int, list[Regex]] = defaultdict(list)
        for index in sorted(hay.potential(made)):
            left[owners[index]].append(made.re(index))
        yield from left.items()

    @cached_property
    def _filter(self) -> tuple[Filter, list[int]]:
        """The filter, and the number of the rule that each of its patterns is of. About 0.3 s CPU."""
        import re2

        made = re2.Filter()
        owners: list[int] = []
        for number, rule in enumerate(self._rules):
            for pattern in sources(rule):
                try:
                    made.Add(pattern.encode(), options_of(rule.ignore_case))
                except re2.error:
                    compiled(rule)  # says what is wrong with which
                    raise
                owners.append(number)
        made.Compile()
        return made, owners
