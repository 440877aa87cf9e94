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

#: Each is told in three posts.
_EN = (
    ("Three winters ago the last bakery in our street closed, and we bought its oven for 300 euros.",
     "Nobody wanted to run a shop, but everybody wanted bread, so a notice went up on 42 doors in one evening.",
     "Of 42 houses, 31 took a key in the first month, and each of them promised to lock the door again at night.",
     "Two people bake on each day of the week, and a list on the door of the cellar says who they are.",
     "In the second week somebody burnt eighty loaves over a letter, and the street ate toast until Sunday.",
     "A mistake that is eaten together is forgiven faster than one that is hidden in a bin behind the house."),
    ("On a warm day the dough needs four hours, and on a cold one it needs nine hours and a blanket.",
     "A retired teacher keeps a diary of the weather, the flour and the hour at which each dough was ready.",
     "Her diary has 900 pages now, and sixty of them tell of mistakes that nobody in the street makes twice.",
     "Bakers from other streets come on Saturdays to read it, and each of them leaves a page of their own.",
     "Last year a school asked for a copy, and its pupils found that rain had spoilt more loaves than salt.",
     "What is written down by many hands belongs to nobody, and so nobody can take it away from a street."))
_NL = (
    ("Drie winters geleden sloot de laatste bakkerij in onze straat, en we kochten de oven voor 300 euro.",
     "Niemand wilde een winkel, maar iedereen wilde brood, dus hing er op een avond een briefje op 42 deuren.",
     "Van de 42 huizen namen er 31 in de eerste maand een sleutel, en elk huis beloofde de deur te sluiten.",
     "Elke dag van de week bakken twee mensen, en een lijst op de deur van de kelder zegt wie dat zijn.",
     "In de tweede week verbrandde iemand tachtig broden boven een brief, en de straat at toast tot zondag.",
     "Een fout die samen wordt opgegeten, wordt sneller vergeven dan een fout die in een vuilnisbak verdwijnt."),
    ("Op een warme dag heeft het deeg vier uur nodig, en op een koude dag negen uur en een deken.",
     "Een oude onderwijzer houdt een dagboek bij van het weer, het meel en het uur waarop het deeg klaar was.",
     "Dat dagboek heeft nu 900 bladzijden, en zestig daarvan vertellen van fouten die niemand twee keer maakt.",
     "Bakkers uit andere straten komen het op zaterdag lezen, en elke bakker laat een eigen bladzijde achter.",
     "Vorig jaar vroeg een school om een kopie, en de leerlingen zagen dat regen meer broden bedierf dan zout.",
     "Wat door veel handen is opgeschreven, is van niemand, en dus kan niemand het een straat afnemen."))
_TALES = {"en": _EN, "nl": _NL}


@pytest.fixture
def tales(slide, context):
    """tales(language, ...) -> a talk of two slides that fill a thread each."""
    def build(language: str = "en", **more: object):
        units = tuple(slide(n, f"Oven {n}", notes=notes) for n, notes in enumerate(_TALES[language], start=1))
        return context(units, language=language, profile=PROFILE, **more)

    return build


def threads(context) -> list:
    return [draft for draft in GENERATOR.drafts(context) if draft.name.endswith("-thread")]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_post_of_a_thread_fits_and_says_which_it_is(tales, language):
    made = threads(tales(language))
    assert {draft.limit.key for draft in made} == {"x.thread", "bluesky.thread"}
    for draft in made:
        parts = thread_parts(draft.text)
        post = limits()[draft.limit.key.replace("thread", "post")]
        assert 3 <= len(parts) <= 8
        assert [part.rsplit("\n\n", 1)[1] for part in parts] == [f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)]
        assert all(count(part, post.unit) <= post.limit for part in parts)
        assert count(draft.text.strip(), draft.limit.unit) == max(count(part, post.unit) for part in parts)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_thread_tells_one_slide_to_its_last_sentence_and_no_two_tell_the_same(tales, language):
    context = tales(language)
    told = []
    for draft in threads(context):
        said = [s for s in draft.segments if s.sources and s.text[0] != "#" and s.sources != draft.title.sources]
        (unit,) = {unit for s in said for unit in context.index.units(s.sources)}
        assert said[-1].text == _TALES[language][unit - 1][-1]
        told.append(unit)
    assert sorted(told) == [1, 2]


def test_a_slide_of_two_posts_is_no_thread(slide, context):
    made = context(tuple(slide(n, f"Oven {n}", notes=_EN[n - 1][:2]) for n in (1, 2)), profile=PROFILE)
    assert threads(made) == [] and GENERATOR.drafts(made)


def test_link_and_handle_come_last_and_only_there(tales):
    for draft in threads(tales()):
        *before, last = thread_parts(draft.text)
        name = "@streetbread" if draft.limit.key == "x.thread" else "@street.example"
        assert "https://street.example/bread" in last and f"More from {name}" in last
        assert not any("https" in part or "@" in part or "#" in part for part in before)


def test_a_topic_with_little_to_tell_gets_no_thread(slide, context):
    short = context((slide(1, "One oven", notes=("We bought one oven for 300 euros.", "Everybody wanted bread.")),), profile=PROFILE)
    assert threads(short) == [] and GENERATOR.drafts(short)


def test_the_file_holds_each_post_with_its_facets(tales):
    context = tales()
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


def _told(slide, context, *said: str) -> list[str]:
    """The posts of a thread on X that is told from a slide of these sentences; [] for none."""
    made = context((slide(1, "Oven", notes=(" ".join(said),)),), profile=PROFILE)
    (material,) = made.materials
    offered = [Window(p.unit, p.prose, None, begins=True, ends=True, closes=True) for p in material.passages]
    found = thread("x", material, offered, {}, [], made)
    return list(thread_parts(found.draft.text)) if found else []


def test_no_post_of_a_thread_begins_with_what_takes_up_the_one_before(slide, context):
    first = ("Three winters ago 42 houses of our street bought their bread at petrol stations along a motorway, on days of snow and "
             "on days of rain.")
    then = "They paid more for it than for bread that anybody bakes in our street, since somebody had to be paid for petrol."
    parts = _told(slide, context, first, then, *_EN[0][2:])
    assert parts[0].startswith(f"{first} {then}")
    # What is free to stand alone is parted there: a first post of so many letters is no hook.
    free = then.replace("They paid", "Bakers paid")
    assert not _told(slide, context, first, free, *_EN[0][2:])[0].startswith(f"{first} {free}")


def test_a_thread_does_not_begin_with_an_order(slide, context):
    order = "Remember last winter and its bread, which 42 houses baked."
    assert _told(slide, context, order, *_EN[0]) == [] and _told(slide, context, *_EN[0])
