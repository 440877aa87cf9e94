"""Chapters: from times that somebody wrote down, by the platform's rules, or none at all."""

from __future__ import annotations

import pytest

from content.settings import Profile
from generators.chapters import chapters, clock
from generators.description import GENERATOR

_TEXT = "The oven of the street is warm at six and every house has a key to the oven."


def talk(slide, context, times: tuple[str, ...], profile: Profile | None = None):
    units = tuple(slide(n, f"Why oven {n} is warm", (), (f"{time}\n{_TEXT}",) if time else (_TEXT,))
                  for n, time in enumerate(times, start=1))
    topics = tuple((unit.title, unit.number, unit.number) for unit in units)
    return context(units, topics, **({"profile": profile} if profile else {}))


@pytest.mark.parametrize("noted", [("0:00", "2:30", "7:05"), ("[0:00]", "[2:30]", "[7:05]"), ("(0:00)", "2:30 – the key", "0:07:05")])
def test_times_of_the_notes(slide, context, noted):
    assert [str(each.time) for each in chapters(talk(slide, context, noted))] == ["0:00", "2:30", "7:05"]


def test_the_profile_has_the_last_word(slide, context):
    made = talk(slide, context, ("0:00", "2:30", "7:05"), Profile(times={2: "3:00", 3: "1:00:10"}))
    assert [str(each.time) for each in chapters(made)] == ["0:00", "3:00", "1:00:10"]


@pytest.mark.parametrize("times", [
    ("", "", ""), ("0:00", "2:30", ""), ("0:00", "0:05", "0:30"), ("0:00", "4:00", "3:00"), ("14:30", "14:45", "15:10")])
def test_all_or_none(slide, context, times):
    assert chapters(talk(slide, context, times)) == ()


def test_a_talk_that_starts_later_has_an_opening(slide, context):
    rows = chapters(talk(slide, context, ("0:40", "2:30", "7:05")))
    assert [(str(row.time), getattr(row.title, "text", row.title)) for row in rows][:2] == [
        ("0:00", "Opening"), ("0:40", "Why oven 1 is warm")]


def test_a_time_in_a_sentence_is_no_chapter(slide, context):
    assert chapters(talk(slide, context, ("At 0:00 we", "At 2:30 we", "7:05 in the morning we"))) == ()


def test_they_stand_in_the_description(slide, context):
    text = GENERATOR.drafts(talk(slide, context, ("", "", ""), Profile(times={1: "0:00", 2: "2:30", 3: "7:05"})))[0].text
    assert "## Chapters\n\n0:00 Why oven 1 is warm\n2:30 Why oven 2 is warm\n7:05 Why oven 3 is warm\n" in text
    assert "Chapters" not in GENERATOR.drafts(talk(slide, context, ("", "", "")))[0].text


def test_clock():
    assert [clock(each) for each in (0, 59, 61, 3600, 3725)] == ["0:00", "0:59", "1:01", "1:00:00", "1:02:05"]
