"""summary.html: a batch on one page that needs no script and no network, in the family of the report.

It shows names of files and packs, counts, reasons and cleared text only. A thousand files stay readable because they lie
in groups that open and close.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.across.compare import Across
from flows.across.packs import PackFindings
from flows.across.versions import Older, Versions
from flows.across.wording import wording
from language.numbers import spans

if TYPE_CHECKING:
    from jinja2 import Template

    from flows.summary import Row

_TEMPLATES = Path(__file__).parent / "templates"
#: Rows in one group that opens and closes, and up to how many rows a group is open from the start.
_GROUP, _OPEN = 100, 25
#: States in the list of files; those that failed have a list of their own above it.
_ORDER = ("running", "waiting", "held", "clear", "skipped")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that open and close together."""

    name: str
    rows: tuple[Row, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class State:
    """All files in one state, in groups of a hundred."""

    name: str
    count: int
    why: str
    groups: tuple[Group, ...]


def page(rows: Sequence[Row], notes: Sequence[str], findings: Mapping[str, PackFindings], seconds: float, rate: float,
         finished: bool, across: Across | None) -> str:
    """Draw the page. `seconds` is wall time, `rate` files a minute, `findings` those of each pack by its name."""
    from markupsafe import Markup

    from content.finding import Category, Severity
    from flows.summary import counts_of, sentence, severities_of
    from gates.report import fonts, style_sheet

    say, counts = wording(), counts_of(rows)
    packs = {row.pack: row for row in rows if row.pack and not row.same_as}
    severities = severities_of(findings)
    order = [each.value for each in Category]
    worked = any(row.seconds > 0 for row in rows)
    return _template().render(
        say=say, sentence=sentence(counts), total=len(rows), notes=notes, fonts=fonts(),
        css=Markup(style_sheet()),  # noqa: S704 - our own style sheet, no text of a source in it
        next_steps=_next(rows, counts, finished), finished=finished, packs=len(packs),
        held=sum(row.pack_status == "held" for row in packs.values()), failed_count=counts.get("failed", 0),
        took=say("took", time=_time(seconds), rate=f"{rate:g}") if worked else say("took_none", time=_time(seconds)),
        failed=_failures(rows), levels=[each.value for each in reversed(Severity)],
        severities=[(category, severities[category]) for category in order if category in severities],
        rules=_rules(findings), waiting=_waiting(findings, packs), unread=_unread(findings, packs),
        across=across, versions=[_version(each) for each in across.versions] if across else [],
        states=_states(rows), dated=bool(across and any(entry.on for entry in across.plan.entries)))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("summary.html.j2")


def _next(rows: Sequence[Row], counts: dict[str, int], finished: bool) -> list[str]:
    say = wording()
    held = len({row.pack for row in rows if row.pack_status == "held" and not row.same_as})
    failed = counts.get("failed", 0)
    told = [say("next_unfinished")] if not finished else []
    told.append(say("next_held", count=held) if held else say("next_none"))
    return told + ([say("next_failed", count=failed)] if failed else [])


def _failures(rows: Sequence[Row]) -> list[Group]:
    """The files that could not be used, grouped by what kept them."""
    say = wording()
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        if row.status == "failed":
            kinds.setdefault(row.code, []).append(row)
    return [Group(say(f"code_{code}") if f"code_{code}" in say.names else say("code_other"), tuple(each),
                  len(each) <= _OPEN)
            for code, each in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))]


def _rules(findings: Mapping[str, PackFindings]) -> list[tuple[str, str, int, int]]:
    """Category, rule, open things and packs, most things first."""
    things: Counter[tuple[str, str]] = Counter()
    packs: Counter[tuple[str, str]] = Counter()
    for pack in findings.values():
        for category, rules in pack.held_by.items():
            for rule, count in rules.items():
                things[category, rule] += count
                packs[category, rule] += 1
    return [(category, rule, count, packs[category, rule])
            for (category, rule), count in sorted(things.items(), key=lambda item: (-item[1], item[0]))]


def _waiting(findings: Mapping[str, PackFindings], packs: Mapping[str, Row]) -> list[tuple[str, str]]:
    """Packs that are held with what holds each, in counts, most open things first."""
    held = [(pack, each.held_by) for pack, each in findings.items() if each.held_by and pack in packs]
    held.sort(key=lambda item: (-sum(sum(rules.values()) for rules in item[1].values()), item[0]))
    return [(pack, ", ".join(f"{category} {sum(rules.values())}" for category, rules in sorted(by.items())))
            for pack, by in held]


def _unread(findings: Mapping[str, PackFindings], packs: Mapping[str, Row]) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """For each reason how many places there are, and the packs with their places."""
    say = wording()
    reasons: dict[str, dict[str, list[int]]] = {}
    for pack, each in findings.items():
        for unit, why in each.unread if pack in packs else ():
            reasons.setdefault(why, {}).setdefault(pack, []).append(unit)
    shown = []
    for why, where in sorted(reasons.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0])):
        places = []
        for pack, units in sorted(where.items()):
            numbers = [unit for unit in units if unit]
            texts = [say("slides", count=len(numbers), numbers=spans(numbers))] if numbers else []
            places.append((pack, ", ".join([*texts, *([say("where_file")] if 0 in units else [])])))
        shown.append((why, sum(map(len, where.values())), places))
    return shown


def _version(talk: Versions) -> tuple[str, str, list[tuple[str, str]]]:
    return talk.newest, wording()(f"known_{talk.known_by}"), [(each.pack, _difference(each)) for each in talk.older]


def _difference(each: Older) -> str:
    say = wording()
    parts = [say(f"version_{name}", numbers=say("slides", count=len(units), numbers=spans(units)))
             for name, units in (("edited", each.edited), ("added", each.added), ("dropped", each.dropped)) if units]
    return "; ".join([say("older", name=each.pack, same=each.same), *parts]) + "."


def _states(rows: Sequence[Row]) -> list[State]:
    say = wording()
    made = []
    for state in _ORDER:
        own = [row for row in rows if row.status == state]
        if own:
            made.append(State(say(f"state_{state}"), len(own), say(f"why_{state}"), tuple(_groups(own))))
    return made


def _groups(rows: Sequence[Row]) -> list[Group]:
    """A hundred rows each, in their order, named by the first and the last file."""
    say = wording()
    groups = []
    for at in range(0, len(rows), _GROUP):
        part = tuple(rows[at:at + _GROUP])
        name = say("from_to", first=part[0].file, last=part[-1].file) if len(part) > 1 else part[0].file
        groups.append(Group(name, part, len(rows) <= _OPEN))
    return groups


def _time(seconds: float) -> str:
    """A duration as people say it: 42 s, 3 min 5 s, 2 h 10 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
