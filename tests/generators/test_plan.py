"""The plan, the calendar and the heads-up: when what goes out, and who should know before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from content.draft import Draft, Origin, Sentence
from content.errors import BadSettings
from content.opened import opened
from content.settings import Profile, Team
from generators import generators
from generators.heads_up import GENERATOR as HEADS_UP
from generators.naming import deck_title
from generators.plan import GENERATOR as PLAN
from generators.plan import helps
from generators.schedule import ORDER, planned, slots, working_day_before

START = "2027-01-04"


def piece(kind: str, topic: int | None = None, number: int = 1) -> Draft:
    name = f"{kind}/{number:02d}"
    return Draft(kind=kind, name=name, path=f"{name}.md", topic=topic, title=Sentence(text=f"{kind} {number}", sources=("s1.b1.1",)))


MANY = (
    piece("description"), *(piece("blog", n, n) for n in (1, 2, 3)), *(piece("social", n, n) for n in range(1, 6)),
    *(piece("card", n, n) for n in (1, 4)), piece("carousel"), piece("audio"), piece("interview", 1, 1),
    piece("interview", 2, 2), piece("webchat", 3, 1))


def finished(context):
    """The context with the pieces that the plan speaks about."""
    made = tuple(draft for each in generators() if not each.after for draft in each.drafts(context))
    return replace(context, pieces=made)


# ---------------------------------------------------------------- the schedule


def test_every_piece_has_a_slot():
    planned = slots(MANY, START)
    assert {path for slot in planned for path in slot.paths} == {draft.path for draft in MANY}


def test_nothing_goes_out_at_the_weekend_and_dates_start_where_told():
    planned = slots(MANY, START)
    assert all(slot.on is not None and slot.on.weekday() < 5 and slot.on.weekday() == slot.day for slot in planned)
    assert planned[0].on == date(2027, 1, 4)
    assert all(slot.on == date(2027, 1, 4) + timedelta(weeks=slot.week - 1, days=slot.day) for slot in planned)


def test_no_two_slots_clash():
    for pieces in (MANY, MANY[4:], tuple(reversed(MANY)), (*MANY, piece("blog", 1, 9))):
        days = [(slot.week, slot.day) for slot in slots(pieces, START)]
        assert len(set(days)) == len(days)


def test_a_draft_and_its_posts_share_a_week():
    week = {(slot.kind, slot.topic): slot.week for slot in slots(MANY, "")}
    for topic in (1, 2, 3):
        assert week["blog", topic] == week["social", topic]
    assert {week["social", 4], week["social", 5]}.isdisjoint({1, 2, 3})


def test_a_card_travels_with_the_posts_of_its_topic():
    (slot,) = [slot for slot in slots(MANY, "") if slot.kind == "social" and slot.topic == 1]
    assert slot.paths == ("social/01.md", "card/01.md")
    (alone,) = slots((piece("card", 1),), "")
    assert alone.kind == "card" and alone.paths == ("card/01.md",)


def test_slots_are_in_the_order_of_time():
    planned = slots(MANY, START)
    assert [(slot.week, slot.day) for slot in planned] == sorted((slot.week, slot.day) for slot in planned)
    assert set(ORDER) >= {slot.kind for slot in planned}


def test_without_a_start_there_are_weeks_and_no_dates():
    assert all(slot.on is None and slot.week >= 1 for slot in slots(MANY, ""))


@pytest.mark.parametrize(("start", "first"), [
    ("2027-01-04", date(2027, 1, 4)), ("2027-01-05", date(2027, 1, 11)), ("2027-01-09", date(2027, 1, 11)),
    ("2027-01-10", date(2027, 1, 11))])
def test_week_one_begins_on_the_first_monday_from_the_start(start, first):
    assert slots((piece("description"),), start)[0].on == first


@pytest.mark.parametrize("start", ["soon", "2027-13-01", "04/01/2027"])
def test_a_start_that_is_no_date_is_said(start):
    with pytest.raises(BadSettings, match=r"profile\.start.*2027-01-04"):
        slots(MANY, start)


# ---------------------------------------------------------------- plan.md and calendar.ics


def plan_files(context):
    drafts = PLAN.drafts(context)
    return drafts, {artefact.path: artefact for artefact in PLAN.artefacts(drafts, context)}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_plan_names_every_piece_where_it_goes_and_for_whom(street, language):
    context = finished(street(language, profile=Profile(goals=("Fewer calls",), audiences=("neighbours",))))
    (draft,), made = plan_files(context)
    assert set(made) == {"plan.md"} and made["plan.md"].data.decode() == draft.text
    for each in context.pieces:
        assert opened(each)[0] in draft.text, each.path
    assert "posts.json" not in draft.text
    assert "Fewer calls" in draft.text and "neighbours" in draft.text
    assert "Week 1" in draft.text


def test_goals_take_turns(street):
    (draft,), _ = plan_files(finished(street(profile=Profile(goals=("Fewer calls", "More bread")))))
    goals = [line.removeprefix("  - Goal: ") for line in draft.text.splitlines() if line.startswith("  - Goal: ")]
    # "More bread" shares a word with every topic; what shares none takes turns.
    assert len(goals) >= 5 and set(goals) == {"More bread", "Fewer calls"}
    (draft,), _ = plan_files(finished(street(profile=Profile(goals=("Taller cranes", "Wider docks")))))
    weeks = draft.text.split("## Week ")[1:]
    assert all(("Taller cranes" in week) == (number % 2 == 0) for number, week in enumerate(weeks))


def test_no_pieces_no_plan_and_no_heads_up(street):
    assert PLAN.drafts(street()) == () and HEADS_UP.drafts(street()) == ()


def test_the_calendar_can_be_read_by_calendars(street):
    from icalendar import Calendar

    context = finished(street("nl", profile=Profile(start=START)))
    _, made = plan_files(context)
    data = made["calendar.ics"].data
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines), "nothing was long enough to be folded"
    calendar = Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    due = planned(context)
    assert len(events) == len(due)
    for event, slot in zip(events, due, strict=True):
        assert event["DTSTART"].dt == datetime(slot.on.year, slot.on.month, slot.on.day, 9, tzinfo=UTC)
        assert slot.title.text in event["SUMMARY"]
        assert str(event["DESCRIPTION"]).split("\n")[:len(slot.paths)] == list(slot.paths)
        (alarm,) = event.walk("VALARM")
        rings = slot.on + alarm["TRIGGER"].dt
        assert event["LOCATION"] and rings == working_day_before(slot.on) and rings.weekday() < 5 and rings < slot.on
        assert event["STATUS"] == "CONFIRMED"
    assert len({event["UID"] for event in events}) == len(events)


def test_the_calendar_of_a_held_pack_says_so(street):
    from icalendar import Calendar

    context = finished(street("en", held=True, profile=Profile(start=START)))
    _, made = plan_files(context)
    for event in Calendar.from_ical(made["calendar.ics"].data).walk("VEVENT"):
        assert event["STATUS"] == "TENTATIVE" and "Do not publish." in event["DESCRIPTION"]


def test_the_same_pack_has_the_same_calendar(street):
    first, second = (plan_files(finished(street(profile=Profile(start=START))))[1]["calendar.ics"].data for _ in range(2))
    assert first == second


def test_how_it_helps_a_customer_is_the_talk_s_own_word_a_promise_or_nothing(slide, context):
    about = ("Our customers find the answer faster than before.", "The oven costs 300 euros and stands in the hall.")
    made = context((slide(1, "What callers say", notes=about),))
    assert helps(made.materials[0], made, 1).sources == ("s1.b2.1",)
    other = context((slide(1, "The oven", notes=(*about[1:], "A customer once stood in the hall with a dog.")),))
    assert helps(other.materials[0], other, 1) is None
    promised = replace(other, profile=Profile(promises=("An answer within a day.",)))
    assert helps(promised.materials[0], promised, 1) == "An answer within a day."


def test_the_deck_s_title_is_traced_to_its_title_slide(slide, context):
    made = context((slide(1, "Bread for a whole street", ("Ilka Torvund",)), slide(2, "An oven", notes=("We bought it.",))))
    named = replace(made, cleared=made.cleared.model_copy(update={"title": "Bread for a whole street"}))
    assert deck_title(named) == Sentence(text="Bread for a whole street", sources=("s1.b1.1",))


def test_a_plan_asks_nothing_where_nothing_is_known(street):
    (draft,), _ = plan_files(finished(street()))
    assert "Goal:" not in draft.text and "Question to the author" not in draft.text
    assert draft.text.count("Name goals in the profile") == 1
    (draft,), _ = plan_files(finished(street(profile=Profile(goals=("Fewer calls",)))))
    assert "Name goals" not in draft.text


# ---------------------------------------------------------------- heads-up.md


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_heads_up_says_what_comes_what_people_ask_and_who_answers(street, language):
    profile = Profile(start=START, teams=(Team(name="Door team", handles="keys", contact="ext. 12"),),
                      fallbacks=("The oven breaks: say so.",))
    context = finished(street(language, profile=profile))
    (draft,) = HEADS_UP.drafts(context)
    (artefact,) = HEADS_UP.artefacts((draft,), context)
    assert artefact.path == "heads-up.md" and artefact.data.decode() == draft.text
    for slot in planned(context):
        assert slot.title.text in draft.text and slot.on.isoformat() in draft.text
    asked = {"en": "**Who bakes on Monday?**", "nl": "**Wie bakt er op maandag?**"}[language]
    assert asked in draft.text
    assert "- Door team: keys (ext. 12)" in draft.text and "- The oven breaks: say so." in draft.text


def test_a_heads_up_without_questions_or_teams_says_whom_to_ask(slide, context):
    notes = ("Of 42 houses, 31 took a key in the first month.", "The last bakery in our street closed in March.")
    made = finished(context((slide(1, "Agenda in two lines", notes=notes),)))
    (draft,) = HEADS_UP.drafts(made)
    assert "Ask the author" in draft.text and "add teams to the profile" in draft.text


@pytest.mark.parametrize(("language", "phrase"), [("en", "Do not publish."), ("nl", "Niet publiceren.")])
def test_held_plans_say_so(street, language, phrase):
    context = finished(street(language, held=True))
    assert all(phrase in draft.text for draft in (*PLAN.drafts(context), *HEADS_UP.drafts(context)))


def test_plan_and_heads_up_are_traced(street):
    context = finished(street())
    for draft in (*PLAN.drafts(context), *HEADS_UP.drafts(context)):
        assert all((segment.origin is Origin.TEMPLATE) != bool(segment.sources) for segment in draft.segments)
