"""What waits for a decision: for me, for each team, for everybody; the most severe first, then the oldest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content.finding import Category, Severity
from desk.rights import Act, Actor, require
from desk.services.claims import HERE, later
from desk.services.office import Office, reading, setting
from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Hours of waiting from which a row is marked, unless administrators set others.
AMBER, RED = 24.0, 48.0
MINE, ALL = "mine", "all"
_RANK = {each.value: each.rank for each in Severity}


@dataclass(frozen=True, slots=True)
class Row:
    """A submission in the queue; counts are of groups in the categories of the tab."""

    id: str
    title: str
    by: str
    at: str
    severity: str
    open: int
    decided: int
    total: int
    #: '', 'amber' or 'red', and how long it waits in whole hours.
    level: str
    hours: int
    claimed_by: str
    claimed_mine: bool
    looking: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with the number of submissions in it."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The rows of the chosen tab, all tabs, and submissions that only wait for approval: (id, title, when)."""

    tab: str
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    decided: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Count:
    open: int = 0
    decided: int = 0
    severity: str = "low"


def team_of(office: Office, session: Session) -> Mapping[str, str]:
    """Category -> team: of the policy, or as administrators set it."""
    policy = office.settings.policy
    routed = {category.value: policy.team(category) for category in Category if category is not Category.QUALITY}
    given = json.loads(setting(session, "routing", "{}"))
    return routed | {str(key): str(value) for key, value in given.items() if key in routed and value}


def queue(office: Office, actor: Actor, tab: str = MINE) -> Queue:
    """What waits. Raises Forbidden when the actor reviews nothing."""
    from sqlalchemy import func, select

    from store.tables import Finding, Submission
    from store.tables_people import User
    from store.tables_review import Claim, Intake, Presence

    require(actor, Act.CLAIM)
    moment = now()
    with reading(office.engine) as session:
        teams = team_of(office, session)
        levels = json.loads(setting(session, "service_levels", "{}"))
        heads = session.execute(
            select(
                Submission.id,
                Submission.name,
                Submission.by,
                Submission.state,
                Submission.received_at,
                Submission.changed_at,
                Intake.title,
                User.display,
            )
            .outerjoin(Intake, Intake.submission == Submission.id)
            .outerjoin(User, User.name == Submission.by)
            .where(Submission.state.in_(("in_review", "decided")))
            .order_by(Submission.received_at)
            .limit(2000)
        ).all()
        counted = session.execute(
            select(
                Finding.submission,
                Finding.category,
                Finding.severity,
                Finding.group,
                func.sum(_one_if(Finding.state == "open")),
            )
            .join(Submission, Submission.id == Finding.submission)
            .where(
                Submission.state == "in_review", Finding.severity.in_(_holding(office)), Finding.category != "quality"
            )
            .group_by(Finding.submission, Finding.category, Finding.severity, Finding.group)
        ).all()
        claims = {
            each.submission: each
            for each in session.execute(
                select(Claim.submission, Claim.user, User.display)
                .outerjoin(User, User.name == Claim.user)
                .where(Claim.until > moment)
            ).all()
        }
        looking: dict[str, list[str]] = {}
        for there in session.execute(
            select(Presence.submission, Presence.user, User.display)
            .outerjoin(User, User.name == Presence.user)
            .where(Presence.seen_at > later(moment, -HERE), Presence.user != actor.name)
        ).all():
            looking.setdefault(there.submission, []).append(there.display or there.user)
    counts: dict[str, dict[str, _Count]] = {}
    for submission, category, severity, _, open_ in counted:
        count = counts.setdefault(submission, {}).setdefault(category, _Count())
        if open_:
            count.open += 1
            count.severity = max(count.severity, severity, key=_RANK.__getitem__)
        else:
            count.decided += 1
    wanted: dict[str, frozenset[str]] = {MINE: frozenset(each for each in teams if actor.reviews(each))}
    for team in sorted(set(teams.values())):
        wanted[team] = frozenset(each for each in teams if teams[each] == team)
    wanted[ALL] = frozenset(teams)
    names = {MINE: "Mine", ALL: "All"}
    waiting = [each for each in heads if each.state == "in_review"]
    tabs = tuple(
        Tab(
            key,
            names.get(key, key[:1].upper() + key[1:]),
            sum(1 for each in waiting if _open(counts.get(each.id, {}), categories)),
        )
        for key, categories in wanted.items()
    )
    tab = tab if tab in wanted else MINE
    rows = []
    for each in waiting:
        mine = {key: value for key, value in counts.get(each.id, {}).items() if key in wanted[tab]}
        if not _open(mine, wanted[tab]):
            continue
        hours = _hours(each.received_at)
        holder = claims.get(each.id)
        worst = max((value.severity for value in mine.values() if value.open), key=_RANK.__getitem__)
        rows.append(
            Row(
                each.id,
                each.title or each.name,
                each.display or each.by,
                each.received_at,
                worst,
                sum(value.open for value in mine.values()),
                sum(value.decided for value in mine.values()),
                sum(value.open + value.decided for value in mine.values()),
                "red"
                if hours >= float(levels.get("red", RED))
                else "amber"
                if hours >= float(levels.get("amber", AMBER))
                else "",
                int(hours),
                (holder.display or holder.user) if holder else "",
                bool(holder and holder.user == actor.name),
                tuple(looking.get(each.id, ())),
                tuple(sorted(key for key, value in mine.items() if value.open)),
            )
        )
    rows.sort(key=lambda row: (-_RANK[row.severity], row.at, row.id))
    done = tuple((each.id, each.title or each.name, each.changed_at) for each in heads if each.state == "decided")
    return Queue(tab, tabs, tuple(rows), done)


def _open(counts: Mapping[str, _Count], categories: Iterable[str]) -> bool:
    return any(counts[each].open for each in categories if each in counts)


def _holding(office: Office) -> list[str]:
    return [each.value for each in Severity if each.at_least(office.settings.policy.hold_from)]


def _hours(since: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds() / 3600


def _one_if(condition: object) -> object:
    from sqlalchemy import case

    return case((condition, 1), else_=0)  # type: ignore[arg-type]
