"""One plan for all packs: nothing clashes, nothing on a weekend, repeats and older versions stay out."""

from __future__ import annotations

from collections import Counter
from datetime import date

import icalendar

from flows.across.compare import compare
from flows.across.packs import PackText, Piece
from flows.across.plan import make_plan
from flows.across.plan_files import plan_files
from flows.across.repeats import Repeat
from flows.across.versions import Older, Versions
from flows.across.wording import wording

MONDAY = date(2027, 1, 4)


def pack(folder: str, topics: int = 3, status: str = "clear") -> PackText:
    pieces = [Piece("description", "description", "description.md", f"{folder} itself", None),
              Piece("audio", "audio/script", "audio/script.md", f"{folder} spoken", None)]
    for topic in range(1, topics + 1):
        pieces += [Piece("blog", f"blog/{topic:02d}", f"blog/{topic:02d}.md", f"{folder}, subject {topic}", topic),
                   Piece("social", f"social/{topic:02d}/x", "social/posts.json", f"{folder}, subject {topic}", topic),
                   Piece("card", f"cards/{topic:02d}", f"cards/{topic:02d}.png", f"{folder}, subject {topic}", topic),
                   Piece("interview", f"interviews/{topic:02d}", f"interviews/{topic:02d}.md", f"{folder} {topic}", topic)]
    return PackText(folder, folder, folder, status, "en", tuple(pieces))


def test_no_two_pieces_of_a_kind_on_a_day_and_none_on_a_weekend() -> None:
    plan = make_plan([pack(f"p{number:03d}") for number in range(120)], start=MONDAY)
    days = Counter((entry.on, "long" if entry.kind in {"audio", "interview"} else entry.kind) for entry in plan.entries)
    assert max(days.values()) == 1
    assert all(entry.on is not None and entry.on.weekday() < 5 for entry in plan.entries)
    assert [(each.week, each.day) for each in plan.entries] == sorted((each.week, each.day) for each in plan.entries)
    assert len(plan.entries) == 120 * (2 + 3 * 3)  # the posts and the card of a topic go out together


def test_posts_come_after_their_draft_and_talks_take_turns() -> None:
    plan = make_plan([pack("a"), pack("b")])
    assert all(entry.on is None for entry in plan.entries)
    drafts = {(entry.pack, entry.title): (entry.week, entry.day) for entry in plan.entries if entry.kind == "blog"}
    posts = [entry for entry in plan.entries if entry.kind == "social"]
    assert all((post.week, post.day) > drafts[post.pack, post.title] for post in posts)
    assert posts[0].paths == ("social/posts.md", "cards/01.png")
    assert [entry.pack for entry in plan.entries if entry.kind == "blog"] == ["a", "b", "a", "b", "a", "b"]


def test_one_pack_is_planned_as_its_own_plan_does() -> None:
    plan = make_plan([pack("a")])
    assert [(entry.week, entry.day, entry.kind) for entry in plan.entries][:4] == [
        (1, 0, "description"), (1, 1, "blog"), (1, 2, "social"), (1, 3, "audio")]


def test_repeats_older_versions_and_what_is_out_are_not_planned() -> None:
    repeated = Repeat("blog", "b", "blog/01", "b, subject 1", "a", "blog/02", "a, subject 2", "text", 0.9)
    alike = Repeat("blog", "b", "blog/02", "b, subject 2", "a", "blog/02", "a, subject 2", "title", 0.0)
    plan = make_plan([pack("a"), pack("b"), pack("old"), pack("out", status="released")], [repeated, alike],
                     [Versions("a", "saved", (Older("old", 5),))])
    assert {entry.pack for entry in plan.entries} == {"a", "b"}
    drafts = [(entry.pack, entry.title) for entry in plan.entries if entry.kind == "blog"]
    assert ("b", "b, subject 1") not in drafts
    assert drafts[-1] == ("b", "b, subject 2")
    assert [(each.pack, each.reason, each.other) for each in plan.left_out] == [("old", "older", "a"), ("b", "repeat", "a")]


def test_a_repeat_of_a_piece_that_is_not_planned_itself_stays_in() -> None:
    repeated = Repeat("blog", "b", "blog/01", "b, subject 1", "old", "blog/01", "old, subject 1", "text", 0.9)
    plan = make_plan([pack("a"), pack("b"), pack("old")], [repeated], [Versions("a", "saved", (Older("old", 5),))])
    assert ("b", "b, subject 1") in [(entry.pack, entry.title) for entry in plan.entries if entry.kind == "blog"]


def test_the_files_say_what_the_plan_says() -> None:
    odd = Piece("blog", "blog/01", "blog/01.md", "Why; [this], \\ that — and " + "é" * 60 + "\nmore", 1)
    held = PackText("held-1", "s", "t", "held", "en", (odd,))
    plan = make_plan([held, pack("b")], start=MONDAY)
    files = plan_files(plan, wording(), dated=True)
    assert isinstance(files["plan.md"], str)
    assert "(2027-01-05) [held]: Why; \\[this\\], \\\\ that" in files["plan.md"]
    raw = files["calendar.ics"]
    assert isinstance(raw, bytes)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert len(events) == len(plan.entries)
    assert len({str(event["UID"]) for event in events}) == len(events)
    first = next(event for event in events if "Why" in event["SUMMARY"])
    assert str(first["SUMMARY"]).startswith("Blog draft: Why; [this], \\ that — and éé")
    assert (first["STATUS"], first["DTSTART"].dt.date()) == ("TENTATIVE", date(2027, 1, 5))
    assert plan_files(plan, wording(), dated=True) == files
    assert set(plan_files(make_plan([pack("b")]), wording(), dated=False)) == {"plan.md"}


def test_nothing_to_plan_is_said() -> None:
    text = plan_files(compare([]).plan, wording(), dated=False)["plan.md"]
    assert isinstance(text, str)
    assert "nothing to plan yet" in text
