"""What a deck says itself that it comes to, on the last page and at the end of an episode."""

from __future__ import annotations

import pytest

from generators.carousel import GENERATOR
from generators.category import category
from generators.recap import recap_of
from generators.webchat import answer_of

_LINES = {"en": ("A key is worth more than a lock", "Bread is what a street is for", "Mistakes get eaten"),
          "nl": ("Een sleutel is meer waard dan een slot", "Voor brood is een straat er", "Fouten worden opgegeten")}


@pytest.mark.parametrize(("language", "title"), [
    ("en", "If you remember three things"), ("en", "In one minute"), ("en", "To take home"),
    ("nl", "Om te onthouden"), ("nl", "In één minuut"), ("nl", "Om mee te nemen")])
def test_the_deck_s_own_recap_is_taken_whole(slide, context, language, title):
    made = context((slide(1, "Brood"), slide(2, title, bullets=_LINES[language])), language=language)
    assert tuple(each.text for each in recap_of(made)) == _LINES[language]


def test_a_problem_is_no_recap(slide, context):
    assert recap_of(context((slide(1, "Bread"), slide(2, "What went wrong", bullets=_LINES["en"])))) == []


def test_the_last_page_has_no_titles_of_topics(street):
    for language in ("en", "nl"):
        made = street(language)
        (draft,) = GENERATOR.drafts(made)
        last = draft.text.rstrip().rsplit("\n\n", 1)[-1]
        assert not any(material.title.text in last.splitlines() for material in made.materials
                       if material.title.text != draft.title.text)


def test_a_category_wants_two_words_of_its_own(slide, context):
    people = ("People stop at a light, and people go.", "Some people wait, other people do not, and people watch them.")
    assert category(context((slide(1, "Lights", notes=people),))) == "general"
    team = ("The team of each manager told its manager what the team knew.",)
    assert category(context((slide(1, "Lights", notes=(*people, *team)),))) == "people"


def test_a_long_answer_is_cut_in_its_middle(passage):
    rule = "Say your answer aloud in your head before you bake."
    point = "Where your voice drops at some word, change that word."
    middle = [f"The baker of the {n} street once told a long tale of rye and wheat, of ovens in cellars and of salt in sacks."
              for n in ("first", "second", "third", "fourth", "fifth", "sixth")]
    said = [each.text for each in answer_of(passage(2, rule, *middle, point).prose, "en")]
    assert said[0] == rule and said[-1] == point and len(said) < len(middle) + 2
