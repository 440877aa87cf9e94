"""plan.md and, with a start date, calendar.ics: which piece goes where, when, for whom, and how it helps a customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from content.draft import Artefact, Draft, Sentence
from generators.alone import leans
from generators.context import Context
from generators.links import handle
from generators.markdown_files import MarkdownFiles
from generators.material import Material
from generators.naming import deck_title
from generators.render import Plain, render, say, wording
from generators.schedule import Slot, planned, working_day_before
from language.words import content_words, tokens

if TYPE_CHECKING:
    from icalendar import Alarm


class PlanGenerator(MarkdownFiles):
    """The plan speaks about the other pieces, so it comes after them."""

    kind = "plan"
    limits: tuple[str, ...] = ()
    after = True

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One plan for the pack."""
        due = planned(context)
        if not due:
            return ()
        language = context.language
        forms = [{"piece": say(language, f"piece_{kind}"), "channel": channel(kind, context),
                  "why": say(language, f"why_{kind}"), "audience": say(language, f"audience_{kind}")}
                 for kind in dict.fromkeys(slot.kind for slot in due)]
        numbers = sorted({slot.week for slot in due})
        segments = render("plan.md.j2", language, {
            "title": deck_title(context), "forms": forms, "held": say(language, "held") if context.held else "",
            "weeks": [_week(number, due, context) for number in numbers],
            "dated": bool(context.profile.start), "audiences": [Plain(each) for each in context.profile.audiences],
            "weekends": context.profile.weekends, "goals": bool(context.profile.goals),
            "matched": bool(context.profile.goals or context.profile.audiences)})
        return (Draft(kind="plan", name="plan", path="plan.md", title=deck_title(context), language=context.language,
                      segments=segments),)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """plan.md, and calendar.ics when the profile names a start."""
        made = list(super().artefacts(drafts, context))
        due = planned(context)
        if made and context.profile.start and due:
            made.append(Artefact(path="calendar.ics", data=_calendar(due, context), media_type="text/calendar"))
        return tuple(made)


GENERATOR = PlanGenerator()


def channel(kind: str, context: Context) -> Plain:
    """Where a kind of piece goes: for posts the platforms of the profile, each with its account where it is known."""
    if kind not in {"social", "card"}:
        return say(context.language, f"channel_{kind}")
    words = wording(context.language)
    named = []
    for platform in context.profile.platforms:
        account = handle(context.profile, platform)
        name = words.get(f"name_{platform}", platform)
        named.append(f"{name} ({account})" if account else name)
    return Plain(", ".join(named)) or say(context.language, f"channel_{kind}")


def _week(number: int, due: Sequence[Slot], context: Context) -> dict[str, object]:
    """What goes out in a week, each piece with its audience and goal, and how the week's topic helps a customer."""
    own = [slot for slot in due if slot.week == number]
    rows = [{"piece": say(context.language, f"piece_{slot.kind}"), "title": slot.title,
             "paths": [Plain(path) for path in slot.paths], "on": Plain(slot.on.isoformat() if slot.on else ""),
             "day": say(context.language, f"day_{slot.day}"), "channel": say(context.language, f"channel_{slot.kind}"),
             "audience": _audience(slot, context), "goal": _goal(slot, context),
             "earlier": _earlier(slot, due, context), "posts": _posts(slot, context)} for slot in own]
    topics = [slot.topic for slot in sorted(own, key=lambda slot: slot.kind != "blog") if slot.topic is not None]
    return {"when": say(context.language, "week", number=number), "rows": rows,
            "helps": helps(_material(topics[0], context) if topics else None, context, number) or Plain("")}


def _earlier(slot: Slot, due: Sequence[Slot], context: Context) -> Plain:
    """For a second draft on a topic: in which week the posts of that topic went out; '' for any other piece."""
    week = next((each.week for each in due if each.kind == "social" and each.topic == slot.topic), slot.week)
    return say(context.language, "posts_earlier", week=week) if slot.kind == "blog" and week < slot.week else Plain("")


def _posts(slot: Slot, context: Context) -> list[Plain]:
    """For posts: which platforms have none, because the topic holds nothing that another post does not tell, and which
    share a text; [] for any other piece.
    """
    if slot.kind not in {"social", "card"}:
        return []
    own = [each for each in context.pieces if each.kind == "social" and each.topic == slot.topic
           and not each.name.endswith("-thread")]
    words = wording(context.language)
    names = {each: words.get(f"name_{each}", each) for each in context.profile.platforms}
    said = {each.name.rpartition("/")[2]: frozenset(s.sources for s in each.segments if s.sources and s.text[0] != "#")
            for each in own}
    without = [name for platform, name in names.items() if platform not in said]
    same = [(one, other) for one, other in combinations(said, 2) if said[one] == said[other]]
    out = [say(context.language, "posts_shared", one=names.get(one, one), other=names.get(other, other))
           for one, other in same]
    return [*out, *([say(context.language, "posts_none", names=", ".join(without))] if own and without else [])]


def _goal(slot: Slot, context: Context) -> Plain:
    goals = context.profile.goals
    return Plain(_closest(goals, slot, context)) if goals else Plain("")


def _audience(slot: Slot, context: Context) -> Plain:
    audiences = context.profile.audiences
    return Plain(_closest(audiences, slot, context)) if audiences else say(context.language, f"audience_{slot.kind}")


def _closest(offered: Sequence[str], slot: Slot, context: Context) -> str:
    """What shares most words with the topic of a slot; where nothing does, they take turns, week by week."""
    language = context.cleared.language
    material = _material(slot.topic, context)
    said = " ".join([slot.title.text, *(material.keyphrases if material else ()),
                     *(each.text for passage in (material.passages if material else ()) for each in passage.prose)])
    words = content_words(said, language) - _everywhere(context) if slot.topic is not None else frozenset()
    shared = [len(content_words(each, language) & words) for each in offered]
    return offered[shared.index(max(shared))] if any(shared) else offered[(slot.week - 1) % len(offered)]


def _everywhere(context: Context) -> frozenset[str]:
    """Words of more than half of the topics: they say nothing about which goal a topic serves."""
    language = context.cleared.language
    count = Counter(word for material in context.materials for word in content_words(
        " ".join(each.text for passage in material.passages for each in passage.prose), language))
    return frozenset(word for word, topics in count.items() if 2 * topics > max(2, len(context.materials)))


def _material(topic: int | None, context: Context) -> Material | None:
    return next((each for each in context.materials if each.topic.number == topic), None)


def helps(material: Material | None, context: Context, week: int) -> Sentence | Plain | None:
    """How a piece helps a customer: what the source says that they gain, or a promise of the profile; None for neither."""
    phrases = wording(context.language)
    who, gain = frozenset(phrases["helps_who"].split()), frozenset(phrases["helps_gain"].split())
    if material is not None:
        said = [sentence for passage in material.settled for sentence in passage.prose]
        for sentence in (*material.advice, *material.best, *said):
            words = tokens(sentence.text)
            about = len(words) <= 30 and who.intersection(words) and gain.intersection(words)
            if about and not leans(sentence.text, context.cleared.language):
                return sentence
    promises = context.profile.promises
    return Plain(promises[(week - 1) % len(promises)]) if promises else None


def _calendar(due: Sequence[Slot], context: Context) -> bytes:
    """An iCalendar file with UTC times and ids that depend on nothing but the pack."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Deckprism//EN")
    calendar.add("version", "2.0")
    for number, slot in enumerate(due, start=1):
        if slot.on is None:
            continue
        start = datetime.combine(slot.on, time(9, 0), tzinfo=UTC)
        event = Event()
        event.add("uid", f"{context.cleared.source.sha256[:16]}-{number}@deckprism.invalid")
        event.add("dtstamp", start)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=30))
        event.add("summary", f"{say(context.language, f'piece_{slot.kind}')}: {slot.title.text}")
        held = (say(context.language, "held"),) if context.held else ()
        said = (*held, *slot.paths, _audience(slot, context), _goal(slot, context))
        event.add("description", "\n".join(filter(None, said)))
        event.add("location", channel(slot.kind, context))
        event.add("status", "TENTATIVE" if context.held else "CONFIRMED")
        event.add_component(_reminder(slot.on, context))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reminder(day: date, context: Context) -> Alarm:
    """On the working day before, as the heads-up says: customer service and sales must have the heads-up by now."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", working_day_before(day) - day)
    alarm.add("description", say(context.language, "reminder"))
    return alarm
