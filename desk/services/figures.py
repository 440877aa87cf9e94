"""How long deciding takes and which rules cry wolf: figures over everything that was handed in."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from datetime import datetime

from desk.rights import Act, Actor, require
from desk.services.administration import Figures, figures_by_rule
from desk.services.office import Office, reading


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hours from handing in to the first word on a thing of a category: how many, the median, the 90th percentile."""

    category: str
    count: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Report:
    """Time to decision by category, and what became of what each rule found."""

    waiting: tuple[Waiting, ...]
    rules: tuple[tuple[str, Figures], ...]


def report(office: Office, actor: Actor) -> Report:
    """The figures. Raises Forbidden."""
    from sqlalchemy import func, or_, select

    from store.tables import Decision, Finding, Submission

    require(actor, Act.AUDIT)
    first = (select(Finding.submission, Finding.group, Finding.category, func.min(Decision.at).label("at"))
             .join(Decision, (Decision.submission == Finding.submission)
                   & or_(Decision.group == Finding.group, Decision.finding == Finding.id))
             .group_by(Finding.submission, Finding.group, Finding.category).subquery())
    hours: dict[str, list[float]] = {}
    with reading(office.engine) as session:
        for category, at, received in session.execute(
                select(first.c.category, first.c.at, Submission.received_at)
                .join(Submission, Submission.id == first.c.submission)):
            hours.setdefault(category, []).append(
                (datetime.fromisoformat(at) - datetime.fromisoformat(received)).total_seconds() / 3600)
        found = figures_by_rule(session)
    waiting = tuple(Waiting(category, len(values), statistics.median(values), percentile(values, 0.9))
                    for category, values in sorted(hours.items()))
    worst = sorted(found.items(), key=lambda item: (-(item[1].false_alarms or 0.0), -item[1].found, item[0]))
    return Report(waiting, tuple(worst))


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]
