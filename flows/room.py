"""Tells a full disk from everything else that can go wrong: it is nobody's fault, and goes away.

A file that met a full disk was not bad. The batch stops, says so once, and the same command goes on where it was.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator

#: EFBIG is what a limit on the size of files says (`ulimit -f`).
_NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: What the databases say, where they do not pass on a number: SQLite, and PostgreSQL's class 53100.
_WORDS = ("database or disk is full", "no space left on device", "could not extend file")


def no_room(error: BaseException) -> bool:
    """Whether an exception, or one that it came of, is a disk without room."""
    return any(_is_full(each) for each in _chain(error, set()))


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return True
    said = str(error).lower() if "Operational" in type(error).__name__ or "DiskFull" in type(error).__name__ else ""
    return any(words in said for words in _WORDS)


def _chain(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    """The exception, its causes and contexts (also those hidden by `from None`), and the members of groups."""
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    inner = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    for each in (error.__cause__, error.__context__, *inner):
        if each is not None:
            yield from _chain(each, seen)
