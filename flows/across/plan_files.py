"""plan.md and calendar.ics of a batch: the plan as people read it, and as their calendars do.

Titles of pieces are cleared text. As in a pack, there is no calendar without a start, and no clock in either file.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby

from flows.across.plan import Entry, LeftOut, Plan
from flows.across.wording import Wording

#: A line of a calendar holds at most 75 bytes (RFC 5545, 3.1).
_LINE = 75


def plan_markdown(plan: Plan, say: Wording, dated: bool) -> str:
    """The plan in weeks, then what is left out and why."""
    lines = [f"# {say('plan_title')}", "", say("plan_intro") + ("" if dated else " " + say("plan_undated")), ""]
    if not plan.entries:
        lines += [say("plan_empty"), ""]
    for week, entries in groupby(plan.entries, key=lambda entry: entry.week):
        lines += [f"## {say('week', number=week)}", ""]
        lines += [_entry(each, say) for each in entries]
        lines.append("")
    if plan.left_out:
        lines += [f"## {say('left_out')}", ""]
        lines += [_left(each, say) for each in plan.left_out]
        lines.append("")
    return "\n".join(lines)


def plan_calendar(plan: Plan, say: Wording) -> bytes:
    """The dated entries as iCalendar, 9:00 UTC for half an hour; ids depend on pack and files alone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Deckprism//EN"]
    for each in plan.entries:
        if each.on is None:
            continue
        start = datetime.combine(each.on, time(9, 0), tzinfo=UTC)
        identity = sha256("\n".join((each.pack, each.kind, *each.paths, each.title)).encode()).hexdigest()[:24]
        lines += ["BEGIN:VEVENT", f"UID:{identity}@deckprism.invalid", f"DTSTAMP:{_stamp(start)}",
                  f"DTSTART:{_stamp(start)}", f"DTEND:{_stamp(start + timedelta(minutes=30))}",
                  "SUMMARY:" + _escaped(f"{say('kind_' + each.kind)}: {each.title}"),
                  "DESCRIPTION:" + _escaped("\n".join((*((say("held_note"),) if each.held else ()),
                                                       *(f"{each.pack}/{path}" for path in each.paths)))),
                  f"STATUS:{'TENTATIVE' if each.held else 'CONFIRMED'}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def plan_files(plan: Plan, say: Wording, dated: bool) -> dict[str, str | bytes]:
    """The files of a plan by name; a calendar only where there are dates."""
    files: dict[str, str | bytes] = {"plan.md": plan_markdown(plan, say, dated)}
    if dated:
        files["calendar.ics"] = plan_calendar(plan, say)
    return files


def _entry(entry: Entry, say: Wording) -> str:
    when = entry.on.isoformat() if entry.on else say(f"day_{entry.day}")
    held = f" {say('held_mark')}" if entry.held else ""
    paths = ", ".join(f"{entry.pack}/{path}" for path in entry.paths)
    return f"- **{say('kind_' + entry.kind)}** ({when}){held}: {_inline(entry.title)} ({paths})"


def _left(each: LeftOut, say: Wording) -> str:
    if not each.kind:
        return f"- {say('left_older', pack=each.pack, other=each.other)}"
    kind, title = say("kind_" + each.kind), _inline(each.title)
    return f"- {say('left_repeat', kind=kind, title=title, pack=each.pack, other=each.other)}"


def _inline(title: str) -> str:
    """A title as one line that no Markdown reader takes for more than words."""
    plain = " ".join(title.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in plain)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    plain = "".join(char for char in text if char == "\n" or char.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line, continued on further lines where it is too long; no character is cut in two."""
    parts, part, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE:
            parts.append(part)
            part, size = " ", 1
        part += char
        size += width
    return "\r\n".join((*parts, part)) + "\r\n"
