"""plan.md and, with a start date, calendar.ics: which piece goes where, when, for whom, and how it helps a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from content.draft import Artefact, Draft, Sentence
from generators.context import Context
from generators.facts import leans
from generators.material import Material
from generators.render import Plain, render, say, wording
from generators.schedule import Slot, slots
from language.words import tokens

#: Questions to the author in the wording file, asked in turn.
_QUESTIONS = 4


class PlanGenerator:
    """The plan speaks about the other pieces, so it comes after them."""

    kind = "plan"
    limits: tuple[str, ...] = ()
    after = True

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One plan for the pack."""
        planned = slots(context.pieces, context.profile.start)
        if not planned:
            return ()
        language = context.language
        forms = [{"piece": say(language, f"piece_{kind}"), "channel": say(language, f"channel_{kind}"),
                  "why": say(language, f"why_{kind}"), "audience": say(language, f"audience_{kind}")}
                 for kind in dict.fromkeys(slot.kind for slot in planned)]
        numbers = sorted({slot.week for slot in planned})
        segments = render("plan.md.j2", language, {
            "title": deck_title(context), "forms": forms, "held": say(language, "held") if context.held else "",
            "weeks": [_week(number, [slot for slot in planned if slot.week == number], context) for number in numbers],
            "dated": bool(context.profile.start), "audiences": [Plain(each) for each in context.profile.audiences]})
        return (Draft(kind="plan", name="plan", path="plan.md", title=deck_title(context), language=context.language,
                      segments=segments),)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """plan.md, and calendar.ics when the profile names a start."""
        made = [Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts]
        planned = slots(context.pieces, context.profile.start)
        if made and context.profile.start and planned:
            made.append(Artefact(path="calendar.ics", data=_calendar(planned, context), media_type="text/calendar"))
        return tuple(made)


GENERATOR = PlanGenerator()


def deck_title(context: Context) -> Sentence:
    """The title of the deck as its title slide has it, traced; the first topic's title when it has none."""
    for unit in context.cleared.content_units()[:3]:
        for sentence in context.index.by_unit.get(unit.number, ()):
            if sentence.text and sentence.text in context.cleared.title:
                return Sentence(text=sentence.text, sources=(sentence.id,))
    return context.materials[0].title if context.materials else Sentence(text="", sources=())


def _week(number: int, planned: Sequence[Slot], context: Context) -> dict[str, object]:
    """What goes out in a week, and for what: the goals of the profile take turns."""
    goals = context.profile.goals
    goal = Plain(goals[(number - 1) % len(goals)]) if goals else say(context.language, "goal_missing")
    topic = next((slot.topic for slot in planned if slot.kind == "blog"), None)
    material = next((each for each in context.materials if each.topic.number == topic), None)
    rows = [{"piece": say(context.language, f"piece_{slot.kind}"), "title": slot.title,
             "paths": [Plain(path) for path in slot.paths], "on": Plain(slot.on.isoformat() if slot.on else "")}
            for slot in planned]
    return {"when": say(context.language, "week", number=number), "rows": rows, "goal": goal,
            "helps": helps(material, context, number)}


def helps(material: Material | None, context: Context, week: int) -> Sentence | Plain:
    """How a piece helps a customer: what the source says that they gain, a promise of the profile, or a question."""
    phrases = wording(context.language)
    who, gain = frozenset(phrases["helps_who"].split()), frozenset(phrases["helps_gain"].split())
    if material is not None:
        said = [sentence for passage in material.passages for sentence in passage.prose]
        for sentence in (*material.advice, *material.best, *said):
            words = tokens(sentence.text)
            if len(words) <= 30 and who.intersection(words) and gain.intersection(words) and not leans(sentence):
                return sentence
    if context.profile.promises:
        return Plain(context.profile.promises[0])
    return say(context.language, f"customer_question_{(week - 1) % _QUESTIONS + 1}")


def _calendar(planned: Sequence[Slot], context: Context) -> bytes:
    """An iCalendar file with UTC times and ids that depend on nothing but the pack."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Deckprism//EN")
    calendar.add("version", "2.0")
    for number, slot in enumerate(planned, start=1):
        if slot.on is None:
            continue
        start = datetime.combine(slot.on, time(9, 0), tzinfo=UTC)
        event = Event()
        event.add("uid", f"{context.cleared.source.sha256[:16]}-{number}@deckprism.invalid")
        event.add("dtstamp", start)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=30))
        event.add("summary", f"{say(context.language, f'piece_{slot.kind}')}: {slot.title.text}")
        event.add("description", "\n".join((*((say(context.language, "held"),) if context.held else ()), *slot.paths)))
        event.add("status", "TENTATIVE" if context.held else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
