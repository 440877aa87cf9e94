"""One step of a team's flow: work of the outbox done here, tried again when that can help, and an account of it.

What the flows share. Whatever goes wrong leaves here as a code: an exception of a library may quote a document, and
Prefect keeps what exceptions say. The outbox is the truth: a run that is never repeated loses nothing.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from content.errors import DeckprismError
from flows.local import LONG, Done
from flows.server import NO_RESULTS
from flows.team.means import Means, opened
from flows.worker import place_of
from store import outbox
from store.database import reading

if TYPE_CHECKING:
    from prefect import Task
    from prefect.client.schemas.objects import State, TaskRun

#: Codes of what is over by itself: no room, a database or a server that is away.
HEALING = frozenset({"NoRoom", "OSError", "OperationalError", "InterfaceError", "TimeoutError", "ConnectionError",
                     "ConnectionRefusedError", "ConnectionResetError", "BrokenPipeError"})
#: Seconds after which an upkeep run begins nothing new: the next one goes on.
LONGEST = 600.0
_TRIES = 5


class TryLater(Exception):
    """It could not be done now, and waiting can help. Says a code and nothing else."""


class Broken(Exception):
    """It could not be done, and trying again does not help. Says a code and a place in our own code, nothing else."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a step did, and the state that the submission has after it ('' when it is about none)."""

    done: tuple[Done, ...]
    state: str = ""
    code: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do: work of some kinds (all of them when empty), on one subject (all when ''), of one submission."""

    kinds: tuple[str, ...] = ()
    subject: str = ""
    submission: str = ""
    #: Whether the subject is a release, which must be one of the submission.
    release: bool = False


def heals(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Whether prefect is to try again: for what waiting can heal, never for what stays as it is."""
    return "TryLater" in (state.message or "")


@task(name="work", cache_policy=NO_CACHE, persist_result=False, result_storage=NO_RESULTS, log_prints=False,
      retries=_TRIES, retry_delay_seconds=exponential_backoff(3), retry_jitter_factor=0.5, retry_condition_fn=heals)
async def work(wanted: Wanted) -> Account:
    """Do what is wanted and is ready. Raises TryLater or Broken."""
    return await guarded(lambda means: done_now(means, wanted))


async def guarded(call: Callable[[Means], Account]) -> Account:
    """Call with means opened for it, in a thread; stopped from outside, the work is given back at once."""
    lent: list[Means] = []

    def called() -> Account:
        with opened() as means:
            lent.append(means)
            return call(means)

    try:
        return await asyncio.to_thread(_coded, called)
    except asyncio.CancelledError:
        for means in lent:
            means.work.stop()
        raise


def done_now(means: Means, wanted: Wanted) -> Account:
    """Do what is ready, and the notices that come of it; then look at what is left of it."""
    if wanted.release and not _belongs(means, wanted):
        return Account((), code="NotThere")
    done = means.work.do(wanted.kinds, wanted.subject)
    if wanted.submission:
        done += means.work.do(subject=wanted.submission, other_than=LONG)
    with reading(means.engine) as session:
        left = outbox.left(session, wanted.kinds, wanted.subject) if wanted.subject else ""
        state = _state(session, wanted.submission)
    if left in HEALING:
        raise TryLater(left)
    code = left or next((each.code for each in done if each.subject == wanted.subject and each.code), "")
    return Account(done, state, code, means.desk)


def _belongs(means: Means, wanted: Wanted) -> bool:
    from store.tables_review import Release

    with reading(means.engine) as session:
        row = session.get(Release, wanted.subject)
        return row is not None and row.submission == wanted.submission


def _coded(call: Callable[[], Account]) -> Account:
    """Let nothing but TryLater and Broken out, both without what the library said."""
    from sqlalchemy.exc import InterfaceError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    code = place = ""
    try:
        return call()
    except (TryLater, Broken):
        raise
    except (OperationalError, InterfaceError, PoolTimeout):
        code = "DatabaseAway"
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code, place = ("NoRoom", "") if full else ("", place_of(error))
    except DeckprismError as error:  # a store that cannot be opened now may be there in a minute; ours to tell apart
        caused = isinstance(error.__context__, OperationalError)
        code, place = ("DatabaseAway", "") if caused else ("", place_of(error))
    except Exception as error:  # the last net: whatever it says stays here
        place = place_of(error)
    raise TryLater(code) if code else Broken(place)


def _state(session: object, submission: str) -> str:
    from sqlalchemy.orm import Session

    from store.tables import Submission

    assert isinstance(session, Session)
    row = session.get(Submission, submission) if submission else None
    return row.state if row is not None else ""
