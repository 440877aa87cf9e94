"""Threads: each post fits and is numbered, the talk's order is kept, and what is short stays one post."""

from __future__ import annotations

import json

import pytest

from content.settings import Profile
from generators.limits import limits
from generators.social import GENERATOR
from generators.thread import thread
from generators.windows import Window
from language.counting import count, thread_parts

PROFILE = Profile(platforms=("x", "bluesky"), site="https://street.example/bread", campaign="doors", company="Street Bread",
                  handles={"x": "streetbread", "bluesky": "street.example"})

_HOUSES = (
    ("A retired teacher keeps the book of our second oven.", "Every loaf stands in it with the name of whoever ate it first."),
    ("Nobody wanted to run a shop, but everybody wanted bread.", "Of 42 houses, 31 took a key in the first month."),
    ("Ovens in garages stay dry.", "Children bring the wood on Mondays, and every baker signs a book."))


def threads(context) -> list:
    return [draft for draft in GENERATOR.drafts(context) if draft.name.endswith("-thread")]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_post_of_a_thread_fits_and_says_which_it_is(street, language):
    made = threads(street(language, profile=PROFILE))
    assert {draft.limit.key for draft in made} == {"x.thread", "bluesky.thread"}
    for draft in made:
        parts = thread_parts(draft.text)
        post = limits()[draft.limit.key.replace("thread", "post")]
        assert 3 <= len(parts) <= 8
        assert [part.rsplit("\n\n", 1)[1] for part in parts] == [f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)]
        assert all(count(part, post.unit) <= post.limit for part in parts)
        assert count(draft.text.strip(), draft.limit.unit) == max(count(part, post.unit) for part in parts)


def test_link_and_handle_come_last_and_only_there(street):
    for draft in threads(street(profile=PROFILE)):
        *before, last = thread_parts(draft.text)
        name = "@streetbread" if draft.limit.key == "x.thread" else "@street.example"
        assert "https://street.example/bread" in last and f"More from {name}" in last
        assert not any("https" in part or "@" in part or "#" in part for part in before)


def test_a_topic_with_little_to_tell_gets_no_thread(slide, context):
    short = context((slide(1, "One oven", notes=("We bought one oven for 300 euros.", "Everybody wanted bread.")),), profile=PROFILE)
    assert threads(short) == [] and GENERATOR.drafts(short)


def test_the_file_holds_each_post_with_its_facets(street):
    context = street(profile=PROFILE)
    body = json.loads(GENERATOR.artefacts(GENERATOR.drafts(context), context)[0].data)
    rows = [row for row in body["posts"] if row["form"] == "thread"]
    assert rows
    for row in rows:
        assert [post["text"] for post in row["thread"]] == list(thread_parts(row["text"]))
        if row["platform"] == "bluesky":
            last = row["thread"][-1]
            kinds = [each["features"][0]["$type"].partition("#")[2] for each in last["facets"]]
            assert kinds[:2] == ["mention", "link"]
            assert last["facets"][1]["features"][0]["uri"].startswith("https://street.example/bread?utm_source=bluesky&")
            assert "utm_" not in last["text"]


def test_no_post_needs_the_slide_in_view(slide, context):
    notes = ("Look at the last column of the table.", "Of 42 houses, 31 took a key in the first month.",
             "Nobody had asked the houses for 12 euros before that winter.")
    made = GENERATOR.drafts(context((slide(1, "Keys of the street", notes=notes),)))
    assert made and not any("column" in draft.text for draft in made)


def test_the_longest_post_counts():
    assert count("abc\n---\nabcdef\n---\na", "x_thread") == 6 and count("abc\n---\nabcdef", "posts") == 2
    assert count("a --- b", "posts") == 1


def _told(slide, context, *slides: tuple[str, ...]):
    """The posts of a thread on X that is told from windows of these sentences, one window a slide."""
    made = context(tuple(slide(n, f"Oven {n}", notes=(" ".join(said),)) for n, said in enumerate(slides, start=1)), profile=PROFILE)
    (material,) = made.materials
    offered = [Window(p.unit, p.prose, None, begins=True, ends=True) for p in material.passages]
    draft = thread("x", material, offered, {}, [], made)
    assert draft is not None
    return thread_parts(draft.text)


def test_no_post_of_a_thread_begins_with_what_takes_up_the_one_before(slide, context):
    first = ("Three winters ago 42 houses of our street bought their bread at petrol stations along a motorway, on days of snow and "
             "on days of rain.")
    then = "They paid more for it than for bread that anybody bakes in our street, since somebody had to be paid for petrol."
    parts = _told(slide, context, (first, then), *_HOUSES)
    assert parts[0].startswith(f"{first} {then}")
    # What is free to stand alone is parted there: a first post of so many letters is no hook.
    free = then.replace("They paid", "Bakers paid")
    assert not _told(slide, context, (first, free), *_HOUSES)[0].startswith(f"{first} {free}")


def test_a_thread_does_not_begin_with_an_order(slide, context):
    order = ("Remember last winter and its bread, which 42 houses baked.", "Three winters ago nobody baked at home.")
    parts = _told(slide, context, order, *_HOUSES)
    assert parts[0].startswith(_HOUSES[0][0])
    assert _told(slide, context, order[1:], *_HOUSES)[0].startswith(order[1])
