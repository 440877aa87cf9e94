"""The order of the plan as a property: over all samples, with random profiles and random parts of their pieces."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.draft import Draft, Sentence
from content.settings import Profile
from generators import generators
from generators.context import Context
from generators.schedule import planned, slots, told, working_day_before

SAMPLES = ("social-business.pptx", "kennis-delen.pptx", "clean.pptx", "paper.pdf", "article.docx", "handbook.md")
#: What is made of one topic and leads to its draft.
OF_A_TOPIC = frozenset({"social", "card", "interview", "webchat"})


def piece(kind: str, topic: int | None = None, number: int = 1) -> Draft:
    name = f"{kind}/{number:02d}"
    return Draft(kind=kind, name=name, path=f"{name}.md", topic=topic, title=Sentence(text=f"{kind} {number}"))


def keeps_the_order(context: Context) -> None:
    """No two pieces on a day, every piece planned once, and nothing of a topic before the draft that tells it."""
    due = planned(context)
    days = [(slot.week, slot.day) for slot in due]
    assert len(set(days)) == len(days)
    blogs = [each for each in context.pieces if each.kind == "blog"]
    week = {name: slot.week for name, slot in zip(
        (each.name for each in blogs), (slot for slot in due if slot.kind == "blog"), strict=True)}
    home = {topic: week[name] for topic, name in told(context).items()}
    for draft in reversed(blogs):
        if draft.topic is not None:
            home[draft.topic] = week[draft.name]
    for slot in due:
        assert slot.week >= 1 and slot.paths and "social/posts.json" not in slot.paths
        if slot.kind in OF_A_TOPIC and slot.topic is not None:
            assert slot.week >= home.get(slot.topic, 1), (slot.kind, slot.topic)
        if slot.on is not None:
            assert slot.on.weekday() == slot.day < 5 + context.profile.weekends
    single = [each for each in context.pieces if each.kind not in {"social", "card"}]
    topics = {each.topic for each in context.pieces if each.kind in {"social", "card"}}
    assert len(due) == sum(each.kind != "outline" for each in single) + len(topics)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_of_a_topic_comes_before_its_draft(sample: Callable[..., Context], name: str) -> None:
    chance = random.Random(name)
    context = sample(name)
    pieces = tuple(draft for each in generators() if not each.after for draft in each.drafts(context))
    keeps_the_order(replace(context, pieces=pieces))
    for _ in range(40):
        profile = Profile(weekends=chance.random() < 0.5, start=chance.choice(("", "2027-01-04", "2026-12-31")))
        kinds = [kind for kind in {each.kind: 0 for each in pieces} if chance.random() < 0.8]
        some = [each for each in pieces if each.kind in kinds and chance.random() < 0.8]
        if chance.random() < 0.3:
            chance.shuffle(some)
        keeps_the_order(replace(context, pieces=tuple(some), profile=profile, audio=False))


def test_topics_that_one_draft_tells_come_after_it_week_by_week() -> None:
    """One draft may tell three topics; a talk on the fifth draft waits for the fifth week."""
    pieces = (piece("blog", 1, 1), piece("blog", 4, 2), *(piece("social", n, n) for n in range(1, 5)),
              piece("interview", 4, 1), piece("webchat", 2, 1), piece("audio"))
    due = slots(pieces, "", told={2: "blog/01", 3: "blog/01"})
    week = {(slot.kind, slot.topic): slot.week for slot in due}
    assert [week["social", n] for n in range(1, 5)] == [1, 2, 3, 4]
    assert week["audio", None] == 1 and week["webchat", 2] == 2 and week["interview", 4] == 3


def test_a_draft_tells_the_topic_that_has_none_of_its_own(sample: Callable[..., Context]) -> None:
    context = sample("kennis-delen.pptx")
    pieces = tuple(draft for each in generators() if each.kind == "blog" for draft in each.drafts(context))
    found = told(replace(context, pieces=pieces))
    missing = {topic.number for topic in context.topics} - {draft.topic for draft in pieces}
    assert missing and set(found) == missing
    assert set(found.values()) <= {draft.name for draft in pieces}


def test_the_episode_is_linked_where_there_is_one() -> None:
    made = (piece("audio"),)
    assert slots(made, "")[0].paths == ("audio/01.md",)
    assert slots(made, "", spoken=True)[0].paths == ("audio/episode.mp3", "audio/01.md")


@pytest.mark.parametrize(("day", "before"), [(4, 1), (5, 4), (8, 7), (9, 8), (10, 8), (11, 8)])
def test_the_working_day_before_is_never_at_a_weekend(day: int, before: int) -> None:
    first = date(2027, 1, day)
    found = working_day_before(first)
    assert found == (date(2027, 1, before) if day != 4 else date(2027, 1, 1))
    assert found.weekday() < 5 and found < first and first - found <= timedelta(days=3)
