"""How a thing is, in three words, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failure"]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. A warning is for people to look at; with a failure something that Deckprism does would fail."""

    state: State
    said: str
    #: One sentence without its full stop; '' when there is nothing to do.
    todo: str = ""


#: A check may raise; the doctor makes a failure of that.
Check = Callable[[], Result]


def ok(said: str) -> Result:
    """All is well."""
    return Result("ok", said)


def warning(said: str, todo: str) -> Result:
    """People should look."""
    return Result("warning", said, todo)


def failure(said: str, todo: str) -> Result:
    """Something would fail."""
    return Result("failure", said, todo)
