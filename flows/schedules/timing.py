"""When a schedule is due: cron lines, time zones, and the two nights a year that have an hour too few or too many.

Counted as Debian's cron does (the library cronsim): a fixed time that a clock change skips is due right after the
change, one that comes twice is due the first time; a schedule with a star for the hour follows real time. Slots are in
UTC, so that no two of them are ever the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from content.errors import BadSettings

#: What every cron reads in the same way; Prefect's own counts with another library.
_ITEM = r"(?:\*|(?:[0-9]{1,2}|[A-Za-z]{3})(?:-(?:[0-9]{1,2}|[A-Za-z]{3}))?)(?:/[0-9]{1,2})?"
_FIELD = re.compile(rf"{_ITEM}(?:,{_ITEM})*")
_HOW = "Write five fields, as in '30 2 * * 1-5' for 2:30 on working days"


def check_cron(cron: str, where: str) -> None:
    """Raise BadSettings when a line is no cron line that every part of the machinery reads in the same way."""
    fields = cron.split()
    if len(fields) != 5 or not all(map(_FIELD.fullmatch, fields)):
        raise BadSettings(where, f"{cron[:60]!r} is no cron line", _HOW)
    try:
        next(CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration, ValueError) as error:
        raise BadSettings(where, f"{cron[:60]!r} is no cron line ({str(error).lower() or 'it is never due'})",
                          _HOW) from None
    if fields[2] != "*" and fields[4] != "*":
        raise BadSettings(where, f"{cron[:60]!r} names a day of the month and a day of the week",
                          "Name one of the two: crons do not agree on what both mean")


def following(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """The slots after a moment, in UTC, without end."""
    for due in CronSim(cron, after.astimezone(ZoneInfo(zone))):
        yield due.astimezone(UTC)


def latest(cron: str, zone: str, at: datetime) -> datetime | None:
    """The newest slot up to and including a moment, in UTC; None when there never was one."""
    # A second more: counting backwards leaves out the moment it starts from.
    start = at.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    for due in CronSim(cron, start.astimezone(ZoneInfo(zone)), reverse=True):
        found = due.astimezone(UTC)
        if found < start:
            return found
    return None


def between(cron: str, zone: str, after: datetime, before: datetime, most: int) -> tuple[datetime, ...]:
    """The slots that lie between two moments, neither included; at most so many, the first ones."""
    found = []
    for due in islice(following(cron, zone, after), most):
        if due >= before:
            break
        found.append(due)
    return tuple(found)
