"""Which phrases may be printed as what a text is about."""

from __future__ import annotations

import pytest

from language.subjects import names_somebody, noun_phrase, subjects


@pytest.mark.parametrize(("phrase", "texts", "language"), [
    ("Ilka", ("Then Ilka said that the oven was cold.",), "en"),
    ("Ilka", ("We told Ilka about the oven.",), "en"),
    ("Ilka", ("Toen zei Ilka dat de oven koud was.",), "nl"),
    ("mevrouw Torvund", ("Daar stond mevrouw Torvund.",), "nl"),
])
def test_somebody_is_known_by_what_people_do(phrase, texts, language):
    assert names_somebody(phrase, texts, language) and subjects([phrase], texts, language) == []


@pytest.mark.parametrize(("phrase", "text"), [
    ("oven", "The oven said nothing."), ("Torvumatic", "We bought the Torvumatic in spring."), ("API", "The API said no."),
])
def test_a_thing_is_nobody(phrase, text):
    assert not names_somebody(phrase, (text,), "en")


def test_a_subject_is_a_noun_phrase_without_verbs_times_and_figures():
    texts = ("Your voice drops at the oven door.", "The oven door is warm for two weeks.", "A wide range of loaves came out.",
             "The diagram illustrates an oven door.")
    offered = ["voice drops", "oven door", "two weeks", "wide range", "diagram illustrates", "loaves"]
    assert subjects(offered, texts, "en") == ["oven door", "loaves"]
    assert subjects(["eerst", "oven", "juist", "week"], ("Eerst de oven, juist deze week.",), "nl") == ["oven"]


def test_two_words_that_stand_nowhere_side_by_side_are_no_phrase():
    assert not noun_phrase("bakers questions", ("We read the bakers' questions.",), "en")
    assert noun_phrase("bakery", ("We read nothing.",), "en")
