"""The description says what is wrong with the deck's own title and offers better ones from its own words."""

from __future__ import annotations

import pytest

from content.settings import Author, Profile
from gates.trace import GATE as TRACE
from gates.work import Work
from generators.description import GENERATOR
from generators.naming import slug
from generators.title_check import chatty, verdict
from generators.titles import LEAST, MOST

_TEXT = "Two years of answering questions in the open about pumps and cellars"


@pytest.mark.parametrize(("title", "why"), [
    ("", "missing"), ("PowerPoint Presentation", "placeholder"), ("PowerPoint-presentatie", "placeholder"),
    ("Title Slide No more than 2 lines", "placeholder"), ("<Presentation title here>", "placeholder"),
    ("Slide 1", "placeholder"), ("Untitled", "placeholder"), ("Office Theme", "placeholder"),
    ("board_talk_v3_final.pptx", "file_name"), ("Board talk v2.1", "file_name"), ("Wilma Example", "person"),
    ("This is a presentation I did two weeks ago, enjoy", "chatty"), ("Pumps", "one_word"),
    ("Cloud migration for banks", "not_about"), ("ANSWERING QUESTIONS IN THE OPEN", "capitals"),
    ("Answering questions about pumps " * 4, "too_long"),
])
def test_nondescript_titles_and_why(title: str, why: str) -> None:
    assert verdict(title, _TEXT, {"author": "Wilma Example"}, "en") == (why,)


@pytest.mark.parametrize("title", ["Answering questions in the open", "Two years of pumps and cellars"])
def test_titles_that_say_something(title: str) -> None:
    assert verdict(title, _TEXT, {"author": "Wilma Example"}, "en") == ()


@pytest.mark.parametrize(("text", "language", "so"), [
    ("this is a presentation I did two weeks ago, enjoy", "en", True), ("hierbij mijn slides", "nl", True),
    ("How a pump company answers in the open", "en", False), ("Hoe een fabriek leerde te vragen", "nl", False)])
def test_chatty(text: str, language: str, so: bool) -> None:
    assert chatty(text, language) is so


@pytest.mark.parametrize(("text", "name"), [
    ("C++ & .NET", "cpp-and-dotnet"), ("C# for all", "csharp-for-all"), ("Één vraag, één antwoord", "een-vraag-een-antwoord"),
    ("???", "piece")])
def test_slugs(text: str, name: str) -> None:
    assert slug(text) == name


def _ready(slide, context, **more):
    units = (
        slide(1, "What nobody asked us", ("How a pump company learned to answer",)),
        slide(2, "Why the warehouse won", (), ("A pump company has a warehouse that answers questions faster than the office. "
                                               "The questions of the company arise beside the racks.",)),
        slide(3, "What the support desk learned", (), ("Callers of the support desk want to learn what nobody asked before. "
                                                      "Calls went down from 620 to 540 a week.",)))
    return context(units, (("Why the warehouse won", 1, 2), ("What the support desk learned", 3, 3)), asides={1: "title"}, **more)


def test_three_traced_candidates_of_fitting_length(slide, context) -> None:
    ready = _ready(slide, context, properties={"title": "PowerPoint Presentation"})
    draft = GENERATOR.drafts(ready)[0]
    titles = [s.text for s in draft.metadata["titles"]]
    assert len(titles) == 3
    assert all(LEAST <= len(title) <= MOST for title in titles)
    assert titles[0] == "What nobody asked us: How a pump company learned to answer"
    assert TRACE.check(Work(drafts=(draft,), cleared=ready.cleared, index=ready.index)).reasons == ()
    assert "placeholder" in draft.text
    assert "It has no description" in draft.text


def test_profile_is_named_and_nothing_is_made_up(slide, context) -> None:
    profile = Profile(authors=(Author(name="Wilma Example"),), audiences=("people who answer",), licence="CC BY 4.0", event="Example Days")
    with_profile = GENERATOR.drafts(_ready(slide, context, profile=profile))[0].text
    for part in ("Wilma Example", "people who answer", "CC BY 4.0", "Example Days"):
        assert part in with_profile
    without = GENERATOR.drafts(_ready(slide, context))[0].text
    assert "Licence" not in without
    assert "Speaker" not in without


def test_nothing_to_name_gives_no_description(slide, context) -> None:
    assert GENERATOR.drafts(context((slide(1),))) == ()


def test_the_files_own_words_are_quoted_and_judged(slide, context) -> None:
    ready = _ready(slide, context, properties={"title": "PowerPoint Presentation", "description": "a presentation I did, enjoy <b>"})
    text = GENERATOR.drafts(ready)[0].text
    assert "“PowerPoint Presentation” is the placeholder" in text
    assert "“a presentation I did, enjoy \\<b\\>” talks about the upload" in text


def test_banned_words_of_the_file_are_not_repeated(slide, context) -> None:
    ready = _ready(slide, context, properties={"title": "Synergy for banks"}, profile=Profile(banned_words=("synergy",)))
    assert "Synergy" not in GENERATOR.drafts(ready)[0].text


def test_description_begins_with_the_subtitle_and_credits_who_is_named(slide, context) -> None:
    units = (slide(1, "What nobody asked us", ("How a pump company learned to answer", "Wilma Example, Fernhollow")),
             slide(2, "Why the warehouse won", (), ("A pump company has a warehouse that answers faster than the office does.",)))
    topics = (("Why the warehouse won", 1, 2),)
    known = GENERATOR.drafts(context(units, topics, asides={1: "title"}, properties={"author": "Wilma Example"}))[0].text
    assert "## Description\n\nHow a pump company learned to answer." in known
    assert "Speaker: Wilma Example." in known
    other = GENERATOR.drafts(context(units, topics, asides={1: "title"}, properties={"author": "Otto Sample"}))[0].text
    assert "Speaker" not in other


def test_a_long_title_leaves_the_stage_to_its_subtitle_and_no_two_begin_alike(slide, context) -> None:
    units = (slide(1, "What we know and what nobody asked us", ("Two years of making the knowledge of a company social",)),
             *(slide(n, title, (), (f"The {word} of a company hold knowledge that two years of mails never found, and nobody asked.",))
               for n, (title, word) in enumerate((("Why the warehouse won", "racks"), ("What the desk learned", "calls"),
                                                  ("How the pages stay true", "pages")), start=2)))
    topics = tuple((unit.title, unit.number if unit.number > 2 else 1, unit.number) for unit in units[1:])
    titles = [s.text for s in GENERATOR.drafts(context(units, topics, asides={1: "title"}))[0].metadata["titles"]]
    assert titles[0] == "Two years of making the knowledge of a company social"
    assert len({" ".join(title.split()[:2]) for title in titles}) == 3


def test_a_place_to_fill_or_a_role_is_no_subtitle(slide, context) -> None:
    for line in ("[ Instructor name here ]", "Example Top Ten project lead"):
        units = (slide(1, "Asking in the open", (line,)), slide(2, "The example project", (), (
            "The example project has a lead who is asked ten things at the top of every instructor meeting by name.",)))
        text = GENERATOR.drafts(context(units, (("The example project", 1, 2),), asides={1: "title"}))[0].text
        assert line not in text


def test_tags_are_things_that_come_back(slide, context) -> None:
    notes = ("The support desk asked the warehouse on Monday. Three people of the support desk saw the warehouse again in a week.",)
    ready = context((slide(1, "How the support desk works", (), notes),
                     slide(2, "What came of it", (), ("The support desk has a warehouse now. The warehouse is new.",))))
    tags = [s.text for s in GENERATOR.drafts(ready)[0].metadata["tags"]]
    assert tags[:2] == ["support desk", "warehouse"]
    assert not {"Monday", "people", "week", "three"} & set(tags)


@pytest.mark.parametrize(("language", "title", "held", "first", "said"), [
    ("en", "Grain mills and water rights",
     "For millers primarily looking for a quiet river, grain mills with water rights cost less.",
     "Grain mills on a river need water rights long before anybody needs a wheel or a stone for grain.", "Carts of the valley went empty for two winters."),
    ("nl", "Korenmolens en waterrechten", "Als een molenaar rust zoekt, kosten korenmolens met waterrechten minder.",
     "Korenmolens hebben eerder waterrechten nodig dan een rad, een steen of iemand die eraan draait.", "De karren van het dal bleven twee winters leeg.")])
def test_the_first_sentence_speaks_of_the_title_and_sets_no_condition(
        slide, context, language, title, held, first, said) -> None:
    units = (slide(1, title), slide(2, "Wheel", (), (f"{held} {said} {first} {said}",)))
    text = GENERATOR.drafts(context(units, ((title, 1, 2),), asides={1: "title"}, language=language))[0].text
    lines = text.split("\n")
    below = lines[next(n for n, line in enumerate(lines) if line in {"## Description", "## Beschrijving"}) + 2]
    assert below.startswith(first)
