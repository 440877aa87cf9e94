"""A starter asks for the gap that a line shows, and asks not the same of every topic."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.prose_cues import cues
from generators.render import say
from generators.starter_asks import angle_of, questions, substantial


def _s(text: str) -> Sentence:
    return Sentence(text=text, sources=("s2.b1.1",))


def _asked(lines: tuple[str, ...], heads: tuple[str, ...] = (), wishes: tuple[str, ...] = (), number: int = 1,
           language: str = "en") -> dict[str, str]:
    found = questions([_s(h) for h in heads], [_s(x) for x in lines], [_s(w) for w in wishes], _s("The oven"), number, language,
                      cues(language))
    return {each.ask: each.about.text if each.about else "" for each in found}


@pytest.mark.parametrize(("line", "key", "language"), [
    ("Target: 80 loaves an hour", "starter_target", "en"), ("We want to bake 80 loaves a day", "starter_target", "en"),
    ("Doel: 80 broden per uur", "starter_target", "nl"),
    ("Stone oven or iron oven", "starter_choice", "en"), ("Gist of zuurdesem", "starter_choice", "nl"),
    ("Longest queue on record: 40 minutes", "starter_figure", "en"), ("Langste rij ooit gezien: 40 minuten", "starter_figure", "nl"),
    ("The dough never rises on the north side", "starter_trouble", "en"), ("Het deeg rijst nooit in de kelder", "starter_trouble", "nl"),
    ("Iron ovens are cheaper in every street", "starter_claim", "en"), ("Een ijzeren oven bakt sneller brood", "starter_claim", "nl"),
    ("A loaf has a crust and a crumb", "starter_example", "en"), ("Who lights the fire?", "starter_answer", "en"),
    ("Wie steekt het vuur aan?", "starter_answer", "nl")])
def test_a_line_is_asked_for_what_it_leaves_open(line: str, key: str, language: str) -> None:
    assert _asked((line,), language=language).get(say(language, key)) == line


def test_a_wish_is_asked_how_it_was_met() -> None:
    wish = "Bread on every table before seven"
    assert _asked((wish,), wishes=(wish,))[say("en", "starter_wish")] == wish


@pytest.mark.parametrize("text", [
    "Before we start…", "$ bake --all the loaves", "The App", "SET LoafId = 3 IN oven", "WHERE LoafId IS NULL", "Common ovens:",
    "https://example.org/bread of the street"])
def test_labels_and_program_text_are_asked_about_by_nobody(text: str) -> None:
    assert not substantial(_s(text), cues("en"))
    assert text not in _asked((text,)).values()


def test_a_target_of_which_something_came_is_no_gap() -> None:
    assert say("en", "starter_target") not in _asked(("The target was 80 loaves and we reached 90",))


def test_two_ways_in_passing_are_no_choice() -> None:
    line = "Loaves differ by where they were baked (stone vs. iron)"
    assert say("en", "starter_choice") not in _asked((line,))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_two_starters_are_not_asked_the_same(language: str) -> None:
    asked = [set(_asked((), number=n, language=language)) for n in (1, 2)]
    assert all(len(each) == 3 for each in asked) and not asked[0] & asked[1]


def test_never_more_than_five() -> None:
    lines = ("Target: 80 loaves an hour", "Stone oven or iron oven", "Longest queue on record: 40 minutes",
             "The dough never rises on the north side", "Iron ovens are cheaper in every street", "Who lights the fire?")
    assert len(_asked(lines)) == 5


@pytest.mark.parametrize(("title", "language", "expected"), [
    ("Where can I bake my bread?", "en", "question"), ("Stone vs. iron", "en", "contrast"), ("Installing an oven", "en", "steps"),
    ("Step 2: Look at the oven", "en", ""), ("The bread", "en", ""), ("Stappenplan voor een oven", "nl", "steps"),
    ("Steen of ijzer", "nl", "contrast"), ("Stap 2: kijk naar de oven", "nl", ""), ("Het brood", "nl", "")])
def test_the_angle_is_that_of_the_title_or_none(title: str, language: str, expected: str) -> None:
    assert angle_of(_s(title), cues(language)) == expected


@pytest.mark.parametrize(("text", "language"), [
    ("bake for the whole street", "en"), ("C. The old oven sold for £9 in May", "en"), ("Loaves ÷ ovens = a fair day", "en"),
    ("Crust makes or breaks", "en"), ("B. De oude oven is fout voor € 9 verkocht", "nl")])
def test_parts_of_a_quiz_and_of_a_sentence_are_asked_about_by_nobody(text: str, language: str) -> None:
    assert text not in _asked((text,), language=language).values()


def test_what_is_quoted_claims_nothing() -> None:
    assert say("en", "starter_claim") not in _asked(('The street called that oven "the fast one" for years',))
