"""A contiguous run of units that is good for one piece."""

from __future__ import annotations

from content.frozen import Frozen


class Topic(Frozen):
    """`first` and `last` are unit numbers, both included. `aside` are the units in it that generators skip."""

    number: int
    title: str
    first: int
    last: int
    keyphrases: tuple[str, ...] = ()
    #: One or two sentences of the source, verbatim, with the ids of the source sentences they are.
    summary: tuple[str, ...] = ()
    summary_sources: tuple[str, ...] = ()
    #: The block that the title was taken from, so that the title is traced like any sentence.
    title_source: str = ""
    #: Unit number -> kind of aside (agenda, bio, thanks, divider, references, title, ...).
    asides: dict[int, str] = {}

    @property
    def aside(self) -> tuple[int, ...]:
        """The unit numbers that generators skip."""
        return tuple(sorted(self.asides))
