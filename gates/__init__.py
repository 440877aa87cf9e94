"""Drafts -> Pack, or the reasons why not: leak, trace, limits, quality.

A gate reads and judges; it never repairs. Reasons name places and never the withheld text.
"""

from __future__ import annotations

from typing import Protocol, cast

from content.pack import GateResult
from content.registry import discover
from gates.work import Work


class Gate(Protocol):
    """One judgement. Modules of this package offer theirs as `GATE`."""

    name: str

    def check(self, work: Work) -> GateResult:
        """Judge the drafts or files. Says `run=False` instead of passing when it has no means to judge."""
        ...


def gates() -> tuple[Gate, ...]:
    """Every gate there is, in the order of their module names."""
    return cast("tuple[Gate, ...]", discover("gates", "GATE"))
