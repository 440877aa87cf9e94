"""How a long job tells whoever waits what it is doing, without knowing whether that is a terminal, a page or nobody.

Stages report a name and seconds, lines of note and how far a batch is. Nothing here prints, and nothing that is
reported may hold document text: names of stages, counts and file names only.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a caller gives to a job to be told of its progress, in the thread that the job was called in."""

    def stage(self, name: str, seconds: float) -> None:
        """A stage ended; `seconds` is its wall time."""
        ...

    def note(self, line: str) -> None:
        """One line for people: what was skipped, what went wrong, where to look."""
        ...

    def advance(self, done: int, total: int) -> None:
        """`done` of `total` documents are finished."""
        ...


class Quiet:
    """Nobody watches."""

    def stage(self, name: str, seconds: float) -> None:
        """Say nothing."""

    def note(self, line: str) -> None:
        """Say nothing."""

    def advance(self, done: int, total: int) -> None:
        """Say nothing."""


quiet: Progress = Quiet()
