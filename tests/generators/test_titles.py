"""The title check keeps its figures, and candidates are whole, about the deck, and say something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.titles import cases, measure
from generators.title_check import verdict
from generators.titles import LEAST, MOST, candidates, known_title


@pytest.mark.parametrize("half", ["dev", "held"])
def test_useless_titles_are_found_and_good_ones_left_alone(half):
    found = cases(half)
    recall, alarms, _, _ = measure(found)
    assert len(found) >= 60 and recall >= 0.95 and alarms <= 0.05


@pytest.mark.parametrize(("title", "language"), [
    ("Thank you", "en"), ("Week 4", "en"), ("xxx xxx", "en"), ("12 May 2027", "en"), ("Bedankt voor jullie aandacht", "nl"),
    ("Stand van zaken", "nl")])
def test_a_title_that_fits_any_deck_is_hollow(title, language):
    assert verdict(title, f"{title}. Pumps and cellars.", {}, language) == ("hollow",)


@pytest.mark.parametrize(("title", "language"), [
    ("PowerPoint-presentatie", "en"), ("PowerPoint Presentation", "nl"), ("Klik om de titel te bewerken", "en"),
    ("[Title of the talk]", "nl")])
def test_a_template_writes_its_title_in_the_language_of_the_program(title, language):
    assert verdict(title, f"{title}. Pumps and cellars.", {}, language) == ("placeholder",)


def test_the_author_with_a_role_is_a_person_and_a_talk_about_one_is_not():
    who = {"author": "Wilma Torvik"}
    text = "Wilma Torvik asked what pumps cost."
    assert verdict("Presented by Wilma Torvik", text, who, "en") == ("person",)
    assert verdict("What Wilma Torvik asked about pumps", text, who, "en") == ()


@pytest.mark.parametrize("name", ["social-business.pptx", "kennis-delen.pptx"])
def test_candidates_of_the_samples_are_whole_and_fit(sample, name):
    ready = sample(name)
    said = " ".join(" ".join(s.text.split()) for s in ready.index.by_id.values())
    found = candidates(ready)
    assert len(found) == 3
    for each in found:
        assert LEAST <= len(each.title.text) <= MOST and each.title.sources
        assert not each.title.text.endswith(("…", ",", "-"))
        assert all(part in said for part in each.parts), each.title.text
    assert len({each.reason for each in found}) >= 2


def test_a_sentence_of_the_talk_may_be_a_title_and_a_leaning_one_not(slide, context):
    notes = ("Whoever asks aloud gets the answer of the whole bakery.", "She never told those people about the bakery again.",
             "The bakery asks, and people who bake answer the bakery.")
    units = (slide(1, "Bread", notes=notes), slide(2, "The bakery", notes=("The whole bakery gets an answer.",)))
    titles = [each.title.text for each in candidates(context(units, (("The whole bakery", 1, 2),)))]
    assert "Whoever asks aloud gets the answer of the whole bakery" in titles
    assert not any("She" in title for title in titles)


def test_words_of_a_title_that_never_meet_are_no_subject():
    title = "Designing monolith first for microservice architecture"
    apart = "Designing ovens\nThe architecture of a street\nFirst the keys\nA monolith stands in the yard"
    assert verdict(title, apart, {}, "en") == ("not_about",)
    assert verdict(title, apart + "\nA monolith first, then an architecture", {}, "en") == ()


@pytest.mark.parametrize(("language", "title", "notes"), [
    ("en", "Grain mills and water rights", "Whoever has the water has the grain mills of the whole valley. People at the "
     "mills know who holds the rights to it."),
    ("nl", "Korenmolens en waterrechten in het dal van Elst", "Wie het water heeft, heeft de korenmolens van de hele rivier. Mensen "
     "bij de molens weten wie het recht heeft.")])
def test_what_the_author_called_it_is_the_first_candidate(slide, context, language, title, notes):
    units = (slide(1, title), slide(2, "Wheel and stone" if language == "en" else "Wiel en steen", (), (notes,)),
             slide(3, "Flour" if language == "en" else "Meel", (), (notes.replace("valley", "county"),)))
    ready = context(units, ((units[1].title, 1, 2), (units[2].title, 3, 3)), asides={1: "title"}, language=language)
    assert candidates(ready)[0].title.text == title


def test_a_first_slide_that_is_called_what_the_file_is_called_is_its_title(slide, context):
    units = (slide(1, "Waiting for the miller: who rings the bell?", (), ("Waiting for the miller is what the village does.",)),
             slide(2, "The bell", (), ("Whoever waits for the miller rings the bell of the village.",)))
    ready = context(units)
    named = ready.cleared.model_copy(update={"title": "Waiting for the miller"})
    known = known_title(replace(ready, cleared=named))
    assert known is not None and known.text == "Waiting for the miller: who rings the bell?"
