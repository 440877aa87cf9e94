"""ClearedDocument + Topics -> Drafts. One file per kind of output, its Jinja2 templates beside it.

A generator never sees uncleared text, never reads a file of the source, and writes no sentence that it cannot trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from content.draft import Artefact, Draft
from content.registry import discover
from generators.context import Context


class Generator(Protocol):
    """One kind of output. Modules of this package offer theirs as `GENERATOR`."""

    #: The kind that its drafts carry ("blog").
    kind: str
    #: Keys of the limits file that its drafts declare; () when no platform counts them.
    limits: tuple[str, ...]
    #: True for what speaks about the other pieces (plan, heads-up): it is handed them in `context.pieces`.
    after: bool

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """Write the drafts, best first; () where the source has nothing for this kind."""
        ...

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """Turn this kind's drafts, those that the gates let through, into files of the pack."""
        ...


def generators() -> tuple[Generator, ...]:
    """Every generator there is, in the order of their module names."""
    return cast("tuple[Generator, ...]", discover("generators", "GENERATOR"))
