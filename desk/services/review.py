"""The review page of a submission as data: the strip and rail, one unit with its text, its cards, and the way on.

Only the current unit is worked out in full; the rest are counts. It reads: whoever may see a submission may look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.document import Unit
from content.finding import Finding
from content.look import hue
from content.topic import Topic
from desk.rights import Act, Actor, Case, NotThere, may
from desk.services.claims import Holding, holding
from desk.services.material import Material
from desk.services.office import Office, reading
from desk.services.review_groups import Decided, Group, Stop, after, decisions_in_force, groups_of, stops
from desk.services.review_text import Quote, Section, quote, section_name, sections
from desk.services.standing import DECIDABLE, marked_material
from desk.services.submissions import found
from desk.words import places as named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Cards of one page of the list, and places that a card lists before it asks to confirm.
CARDS, PLACES_SHOWN = 20, 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in the strip and the rail."""

    number: int
    name: str
    title: str
    hue: int
    aside: bool
    hidden: bool
    open: int
    groups: int
    #: Groups that somebody has to decide about, or had to; the others are for information.
    holding: int


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a group, for the list that is shown before all of them are decided."""

    finding: str
    unit: int
    name: str
    where: str
    quote: Quote | None
    state: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Somebody's remark or question."""

    by: str
    at: str
    text: str
    unit: int | None
    group: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the page shows."""

    id: str
    title: str
    owner: str
    owner_name: str
    state: str
    version: int
    open: int
    decided: int
    mine: int
    cells: tuple[Cell, ...]
    topics: tuple[tuple[str, int], ...]
    unit: Unit
    unit_name: str
    picture: bool
    sections: tuple[Section, ...]
    cards: tuple[tuple[int, Group], ...]
    page: int
    pages: int
    current: Group | None
    places: tuple[Place, ...]
    here: tuple[str, ...]
    remarks: tuple[Remark, ...]
    other_remarks: int
    on_unit: int
    next: Stop | None
    previous: Stop | None
    holding: Holding
    decidable: bool
    may_claim: bool
    may_comment: bool
    may_undo: bool
    may_drop: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What was read of a submission in one go, before anything is shown of it."""

    material: Material
    owner: str
    state: str
    version: int
    states: Mapping[str, str]
    groups: Mapping[str, Group]
    decided: Mapping[str, tuple[Decided, ...]]


def read(office: Office, session: Session, actor: Actor, submission: str) -> Desk:
    """Read it. Raises NotThere when it is not there, not for the actor, or was not scanned yet."""
    from sqlalchemy import select

    from store.tables import Finding as FindingRow

    row = found(session, actor, submission)
    material = marked_material(office, session, submission)
    states = {
        each.id: each.state
        for each in session.execute(select(FindingRow.id, FindingRow.state).where(FindingRow.submission == submission))
    }
    decided = decisions_in_force(session, submission)
    groups = groups_of(material.findings, states, actor, Case(row.by, row.state), office.settings.policy, decided,
                       material.document.language)
    return Desk(material, row.by, row.state, row.version, states, groups, decided)


def review(
    office: Office, actor: Actor, submission: str, unit: int | None = None, group: str = "", page: int = 0
) -> Review:
    """The page; without a unit the one where something waits for the actor. Raises NotThere."""
    from store.tables import Submission
    from store.tables_review import Intake

    with reading(office.engine) as session:
        desk = read(office, session, actor, submission)
        intake = session.get(Intake, submission)
        named = session.get(Submission, submission)
        title = (intake.title if intake else "") or (named.name if named else submission)
        remarks = _remarks(session, submission)
        held = holding(session, actor, submission)
        owner_name = _display(session, desk.owner)
    document = desk.material.document
    order = {name: number for number, name in enumerate(desk.groups)}
    waiting = stops(desk.groups, desk.states)
    chosen = _unit(document.units, unit, desk.groups.get(group), waiting, stops(desk.groups, desk.states, mine=False))
    on_unit = [each for each in desk.groups.values() if any(one.unit == chosen.number for one in each.findings)]
    current = _current(on_unit, group, desk)
    numbers = {each.id: number for number, each in enumerate(on_unit, start=1)}
    page = page or ((numbers[current.id] - 1) // CARDS + 1 if current else 1)
    pages = max(1, -(-len(on_unit) // CARDS))
    page = min(max(page, 1), pages)
    cards = [(numbers[each.id], each) for each in on_unit][(page - 1) * CARDS : page * CARDS]
    if current is not None and all(each.id != current.id for _, each in cards):
        cards.insert(0, (numbers[current.id], current))
    states = desk.states
    open_groups = [each for each in desk.groups.values() if each.waits]
    holding_groups = [each for each in desk.groups.values() if each.holds]
    about = [
        each
        for each in remarks
        if (current is not None and each.group == current.id)
        or (not each.group and (each.unit is None or each.unit == chosen.number))
    ]
    return Review(
        submission,
        title,
        desk.owner,
        owner_name,
        desk.state,
        desk.version,
        len(open_groups),
        len(holding_groups) - len(open_groups),
        len(waiting),
        _cells(desk, document.units, desk.material.topics),
        tuple((each.title, hue(each.number)) for each in desk.material.topics),
        chosen,
        unit_name(chosen),
        _drawable(chosen, document.size),
        sections(chosen, desk.material.findings, numbers, states, current.id if current else ""),
        tuple(cards),
        page,
        pages,
        current,
        places(current, desk) if current else (),
        tuple(each.id for each in current.findings if each.unit == chosen.number) if current else (),
        tuple(about),
        len(remarks) - len(about),
        len(on_unit),
        after(waiting, order, current.id if current else ""),
        after(waiting, order, current.id if current else "", back=True),
        held,
        desk.state in DECIDABLE,
        may(actor, Act.CLAIM),
        may(actor, Act.COMMENT, Case(desk.owner, desk.state)),
        any(one.by == actor.name for each in desk.decided.values() for one in each),
        chosen.number > 0 and any(not each.not_decide for each in on_unit),
    )


def place_count(office: Office, actor: Actor, submission: str, group: str) -> int:
    """How many places a group has, without working out anything else of it. Raises NotThere."""
    with reading(office.engine) as session:
        found(session, actor, submission)
        return sum(1 for each in marked_material(office, session, submission).findings if each.group == group)


def next_open(office: Office, actor: Actor, submission: str, group: str) -> Stop | None:
    """Where to go when a group is decided: to the next one that waits for the actor."""
    with reading(office.engine) as session:
        desk = read(office, session, actor, submission)
    order = {name: number for number, name in enumerate(desk.groups)}
    return after(stops(desk.groups, desk.states), order, group)


def unit_name(unit: Unit) -> str:
    """What people call a unit: "slide 14", "the file itself"."""
    return "the file itself" if unit.number == 0 else f"{unit.kind or 'slide'} {unit.number}"


def places(group: Group, desk: Desk) -> tuple[Place, ...]:
    """All places of a group, in the order of the document."""
    units = {each.number: each for each in desk.material.document.units}
    made = []
    for each in group.findings:
        unit = units.get(each.unit)
        kind = unit.kind if unit is not None and unit.kind else "file"
        text = next((block.text for block in unit.blocks if block.id == each.block), "") if unit is not None else ""
        made.append(
            Place(
                each.id,
                each.unit,
                unit_name(unit) if unit is not None else "the file itself",
                section_name(each.part, kind).lower(),
                quote(text, each.start, each.end) if each.text and text else None,
                desk.states.get(each.id, "open"),
            )
        )
    return tuple(made)


def places_of(group: Group, desk: Desk) -> str:
    """Where a group stands, short: "slides 10, 31 and 51"."""
    kinds = {each.number: each.kind for each in desk.material.document.units}
    numbers = {each.unit for each in group.findings}
    return named(next((kinds.get(each, "") for each in sorted(numbers) if each > 0), "") or "slide", numbers)


def _unit(
    units: Sequence[Unit], number: int | None, group: Group | None, mine: Sequence[Stop], waiting: Sequence[Stop]
) -> Unit:
    if number is None:
        if group is not None:
            number = group.findings[0].unit
        elif mine or waiting:
            number = (mine or waiting)[0].unit
        else:
            number = next((each.number for each in units if each.number > 0), 0)
    chosen = next((each for each in units if each.number == number), None)
    if chosen is None:
        raise NotThere("this slide", "is not in the document", "Choose one of the strip")
    return chosen


def _current(on_unit: Sequence[Group], group: str, desk: Desk) -> Group | None:
    asked = next((each for each in on_unit if each.id == group), None)
    return (
        asked
        or next((each for each in on_unit if each.mine), None)
        or next((each for each in on_unit if each.waits), None)
        or (on_unit[0] if on_unit else None)
    )


def _cells(desk: Desk, units: Sequence[Unit], topics: Sequence[Topic]) -> tuple[Cell, ...]:
    topic_of = {number: each for each in topics for number in range(each.first, each.last + 1)}
    open_: dict[int, set[str]] = {}
    all_: dict[int, set[str]] = {}
    by_finding: Mapping[str, Finding] = {each.id: each for each in desk.material.findings}
    for each in by_finding.values():
        all_.setdefault(each.unit, set()).add(each.group)
        if desk.states.get(each.id, "open") == "open" and desk.groups[each.group].holds:
            open_.setdefault(each.unit, set()).add(each.group)
    made = []
    for unit in units:
        topic = topic_of.get(unit.number)
        made.append(
            Cell(
                unit.number,
                unit_name(unit),
                unit.title or _first_words(unit),
                hue(topic.number) if topic else -1,
                topic is not None and unit.number in topic.asides,
                unit.hidden,
                len(open_.get(unit.number, ())),
                len(all_.get(unit.number, ())),
                sum(desk.groups[name].holds for name in all_.get(unit.number, ())),
            )
        )
    return tuple(made)


def _first_words(unit: Unit) -> str:
    if unit.number == 0:
        return "Properties and comments"
    return next((" ".join(each.text.split()[:8]) for each in unit.blocks if each.readable and each.text.strip()), "")


def _drawable(unit: Unit, size: tuple[float, float] | None) -> bool:
    return (
        size is not None
        and unit.number > 0
        and (any(block.box is not None for block in unit.blocks) or any(each.box is not None for each in unit.pictures))
    )


def _remarks(session: Session, submission: str) -> list[Remark]:
    from sqlalchemy import select

    from store.tables_people import User
    from store.tables_review import Comment

    rows = session.execute(
        select(Comment.by, Comment.at, Comment.text, Comment.unit, Comment.group, User.display)
        .outerjoin(User, User.name == Comment.by)
        .where(Comment.submission == submission)
        .order_by(Comment.id)
        .limit(500)
    ).all()
    return [Remark(row.display or row.by, row.at, row.text, row.unit, row.group or "") for row in rows]


def _display(session: Session, name: str) -> str:
    from desk.services.submissions import display

    return display(session, name)
